"""launchd, on a Mac: an agent of the person's, which also runs what was missed while the computer slept."""

from __future__ import annotations

import os
import plistlib
from pathlib import Path

from offboard.schedule.job import Job, Written, call, remove_files, write_file

MAILS = "What the job says is written into cron.log in your offboard home."


def show(job: Job) -> list[Written]:
    """The agent's property list."""
    log = str(job.home / "cron.log")
    agent = {
        "Label": job.name,
        "ProgramArguments": list(job.words),
        "StartCalendarInterval": [
            {"Weekday": day % 7, "Hour": job.at.hour, "Minute": job.at.minute} for day in job.days
        ],
        "StandardOutPath": log,
        "StandardErrorPath": log,
    }
    return [Written(str(_path(job)), plistlib.dumps(agent, sort_keys=False).decode())]


def install(job: Job) -> None:
    """Write the file and load it, in the place of an older one."""
    call("launchctl", "bootout", f"{_domain()}/{job.name}", may_fail=True)
    write_file(_path(job), show(job)[0].text)
    call("launchctl", "bootstrap", _domain(), str(_path(job)))


def remove(job: Job) -> bool:
    """Unload it and delete the file; False when there was none."""
    if not _path(job).exists():
        return False
    call("launchctl", "bootout", f"{_domain()}/{job.name}", may_fail=True)
    return remove_files([_path(job)])


def _path(job: Job) -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{job.name}.plist"


def _domain() -> str:
    return f"gui/{os.getuid()}" if hasattr(os, "getuid") else "gui/0"
