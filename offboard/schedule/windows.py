"""The Task Scheduler of Windows: one task, kept by the system under its name."""

from __future__ import annotations

import subprocess

from offboard.schedule.job import Job, Written, call

DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
MAILS = "What the job does is in your tracker's Log."


def show(job: Job) -> list[Written]:
    """The command that makes the task."""
    return [Written("the Task Scheduler", subprocess.list2cmdline(_create(job)) + "\n")]


def install(job: Job) -> None:
    """Make the task, in the place of an older one."""
    call(*_create(job))


def remove(job: Job) -> bool:
    """Delete the task; False when there was none."""
    if not call("schtasks", "/Query", "/TN", job.name, may_fail=True):
        return False
    call("schtasks", "/Delete", "/TN", job.name, "/F")
    return True


def _create(job: Job) -> list[str]:
    days = ",".join(DAYS[day - 1] for day in job.days)
    run = subprocess.list2cmdline(job.words)
    when = ["/SC", "WEEKLY", "/D", days, "/ST", f"{job.at:%H:%M}"]
    return ["schtasks", "/Create", "/TN", job.name, "/TR", run, *when, "/F"]
