"""Which numbers are still missing for a case study: they vanish with the access (article, step 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from offboard.metrics.platforms import find_platform, platform_of
from offboard.model import Client, Metric
from offboard.steps.folder import proposed_last_day
from offboard.world import World

NUMBERS = ("followers", "reach", "views", "engagements", "clicks", "leads")


@dataclass(frozen=True)
class MissingNumbers:
    """A platform that has no numbers for a month; None: for no month before the last one."""

    platform: str
    month: date | None

    def __str__(self) -> str:
        """`no numbers for Instagram in May`."""
        when = f"in {format_date(self.month, 'MMMM', locale='en_GB')}" if self.month else "from the beginning"
        return f"no numbers for {self.platform} {when}"


def missing_numbers(world: World, client: Client) -> tuple[MissingNumbers, ...]:
    """What a case study would lack: of each platform in Access or Metrics a first month, and the last day's month.

    Empty where the person skips the case study: nothing is needed then.
    """
    if "case study" in client.skip:
        return ()
    months: dict[str, set[date]] = {}
    for account in world.accounts_of(client):
        if platform := find_platform(account.platform):
            months.setdefault(platform, set())
    for metric in world.metrics_of(client):
        if metric.month and has_numbers(metric):
            months.setdefault(platform_of(metric.platform), set()).add(metric.month.replace(day=1))
    last = last_month(world, client)
    missing: list[MissingNumbers] = []
    for platform, there in months.items():
        if not any(last is None or month < last for month in there):
            missing.append(MissingNumbers(platform, None))
        if last and last not in there:
            missing.append(MissingNumbers(platform, last))
    return tuple(missing)


def has_numbers(metric: Metric) -> bool:
    """Whether a row of Metrics says anything."""
    return any(getattr(metric, name) is not None for name in NUMBERS)


def last_month(world: World, client: Client) -> date | None:
    """The first of the month of the last day, or of the one that is proposed; None while there is neither."""
    last = client.last_day or proposed_last_day(world, client)
    return last.replace(day=1) if last else None
