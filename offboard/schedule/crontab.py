"""crontab, on Linux and every other Unix: a line of its own below a mark that names the home."""

from __future__ import annotations

import shlex

from offboard.schedule.job import Job, Written, call

MAILS = "cron e-mails you what the job says, where this computer can send mail."


def show(job: Job) -> list[Written]:
    """The mark and the line."""
    return [Written("your crontab", f"{_mark(job)}\n{_line(job)}\n")]


def install(job: Job) -> None:
    """Put the line in, in the place of an older one; all other lines stay as they are."""
    _write([*_others(job), _mark(job), _line(job)])


def remove(job: Job) -> bool:
    """Take the line out; False when there was none."""
    before, after = _read(), _others(job)
    if before != after:
        _write(after)
    return before != after


def _mark(job: Job) -> str:
    return f"# {job.name}: invoices of {job.home}"


def _line(job: Job) -> str:
    days = ",".join(str(day % 7) for day in job.days)  # to cron Sunday is 0
    when = f"{job.at.minute} {job.at.hour} * * {'*' if len(job.days) == 7 else days}"
    return f"{when}  {shlex.join(job.words)}".replace("%", r"\%")  # a bare % ends the line for cron


def _read() -> list[str]:
    return call("crontab", "-l", may_fail=True).splitlines()  # it fails while there is none


def _others(job: Job) -> list[str]:
    kept, mine = [], False
    for line in _read():
        begins = line.startswith(f"# {job.name}:")
        if not begins and not mine:
            kept.append(line)
        mine = begins
    return kept


def _write(lines: list[str]) -> None:
    call("crontab", "-", typed="".join(f"{line}\n" for line in lines))
