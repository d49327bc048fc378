"""Which numbers are still missing for a case study: they vanish with the access (article, step 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from offboard.metrics.platforms import find_platform, platform_of, shows_numbers
from offboard.model import Client, Metric
from offboard.steps.contract import proposed_last_day
from offboard.world import World

NUMBERS = ("followers", "reach", "views", "engagements", "clicks", "leads")


@dataclass(frozen=True)
class MissingNumbers:
    """A platform that has no numbers for a month; None: for no month before the last one."""

    platform: str  # its own name, as `world.platforms.get(…).name`
    month: date | None

    @property
    def when(self) -> str:
        """`in May`, or `from the beginning`."""
        return f"in {format_date(self.month, 'MMMM', locale='en_GB')}" if self.month else "from the beginning"


def missing_numbers(world: World, client: Client) -> tuple[MissingNumbers, ...]:
    """What a case study would lack: of each platform in Access or Metrics a first month, and the last day's month.

    Empty where the person skips the case study: nothing is needed then.
    """
    if "case study" in client.skip:
        return ()
    last = last_month(world, client)
    missing: list[MissingNumbers] = []
    for platform, there in _months(world, client).items():
        if not any(last is None or month < last for month in there):
            missing.append(MissingNumbers(platform, None))
        if last and last not in there:
            missing.append(MissingNumbers(platform, last))
    return tuple(missing)


def _months(world: World, client: Client) -> dict[str, set[date]]:
    """The months of which each platform has numbers; a platform with an account behind it counts for its own."""
    months: dict[str, set[date]] = {}
    for account in world.accounts_of(client):
        platform = find_platform(account.platform, world.platforms)
        if platform and shows_numbers(platform):
            months.setdefault(platform.name, set())
    for metric in world.metrics_of(client):
        if metric.month and has_numbers(metric):
            known = find_platform(metric.platform, world.platforms)
            name = known.name if known else platform_of(metric.platform)
            months.setdefault(name, set()).add(metric.month.replace(day=1))
    return months


def has_numbers(metric: Metric) -> bool:
    """Whether a row of Metrics says anything."""
    return any(getattr(metric, name) is not None for name in NUMBERS)


def last_month(world: World, client: Client) -> date | None:
    """The first of the month of the last day, or of the one that is proposed; None while there is neither."""
    last = client.last_day or proposed_last_day(world, client)
    return last.replace(day=1) if last else None


def find_doubled(world: World, client: Client) -> Iterator[tuple[Metric, Metric]]:
    """Two rows of Metrics for one platform and month: nobody can tell which one counts."""
    first: dict[tuple[str, date], Metric] = {}
    for metric in world.metrics_of(client):
        if metric.month:
            key = (platform_of(metric.platform, world.platforms).casefold(), metric.month.replace(day=1))
            if first.setdefault(key, metric) is not metric:
                yield first[key], metric
