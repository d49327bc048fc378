"""systemd, on Linux: a user timer, which also runs what was missed while the computer slept."""

from __future__ import annotations

import os
from pathlib import Path

from offboard.schedule.job import Job, Written, call, remove_files, write_file

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MAILS = "What the job says is kept by the system: journalctl --user -u 'offboard-*'"


def show(job: Job) -> list[Written]:
    """The service and its timer."""
    service = f"""[Unit]
Description=offboard looks after your invoices

[Service]
Type=oneshot
ExecStart={" ".join(map(_quoted, job.words))}
"""
    days = ",".join(DAYS[day - 1] for day in job.days)
    timer = f"""[Unit]
Description=offboard looks after your invoices every morning

[Timer]
OnCalendar={days} {job.at:%H:%M}
Persistent=true

[Install]
WantedBy=timers.target
"""
    texts = {"service": service, "timer": timer}
    return [Written(str(path), texts[path.suffix[1:]]) for path in _paths(job)]


def install(job: Job) -> None:
    """Write both files and start the timer, now and at every sign-in."""
    for written in show(job):
        write_file(Path(written.where), written.text)
    call("systemctl", "--user", "daemon-reload")
    call("systemctl", "--user", "enable", "--now", f"{job.name}.timer")


def remove(job: Job) -> bool:
    """Stop the timer and delete both files; False when there was none."""
    if not any(path.exists() for path in _paths(job)):
        return False
    call("systemctl", "--user", "disable", "--now", f"{job.name}.timer", may_fail=True)
    return remove_files(_paths(job))


def _paths(job: Job) -> list[Path]:
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return [settings / "systemd" / "user" / f"{job.name}.{kind}" for kind in ("service", "timer")]


def _quoted(word: str) -> str:
    for sign, meant in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(sign, meant)
    return f'"{word}"'
