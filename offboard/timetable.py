"""The timetable: what must have happened at a client's accounts by when, counted back from the last working day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from babel.dates import format_date

from offboard.deadline import Deadline, Part
from offboard.emails.formats import listed
from offboard.model import Account, Client
from offboard.platforms import Platform
from offboard.world import World

ORDER = list(Part)


@dataclass(frozen=True)
class _Line:
    """A deadline of one account, before those with the same words are put together."""

    part: Part
    day: date
    platform: Platform
    account: Account
    earliest: date | None  # the first day on which one could leave if this were done today; None: nobody knows


def make_timetable(world: World, client: Client) -> tuple[Deadline, ...]:
    """What is still to come at the client's accounts, the earliest first; nothing without a last day.

    Waiting times are calendar days; what would fall on a day off is due on the working day before it.
    """
    last = world.last_working_day(client)
    if last is None:
        return ()
    open_accounts = [account for account in world.accounts_of(client) if not account.left_on]
    lines = [line for account in open_accounts for line in _list_lines(world, account, last)]
    groups: dict[tuple[object, ...], list[_Line]] = {}
    for line in lines:
        groups.setdefault((line.part, line.day, line.earliest, _words(line)), []).append(line)
    made = [_make_deadline(world, client, last, group) for group in groups.values()]
    places = {platform.name: place for place, platform in enumerate(world.platforms.known)}
    return tuple(
        sorted(made, key=lambda d: (d.day, ORDER.index(d.part), _is_last(world, d), places.get(d.group, len(places))))
    )


def in_charge(account: Account, platform: Platform, today: date) -> bool:
    """Whether the client is in charge, or need not be."""
    return not platform.ask or (account.in_charge_since is not None and account.in_charge_since <= today)


def find_needing(world: World, client: Client) -> tuple[Account, ...]:
    """The accounts that the client must still take over; none where the person sees to it without the program."""
    accounts = () if "access" in client.skip else world.accounts_of(client)
    return tuple(a for a in accounts if not in_charge(a, world.platforms.get(a.platform), world.today))


def can_leave_from(account: Account, platform: Platform) -> date | None:
    """The first day on which the platform lets one leave, once the client is in charge; None: nobody can say yet."""
    if not platform.ask:
        return date.min
    since = account.in_charge_since
    return since + timedelta(days=platform.wait_days) if since else None


def label(world: World, client: Client, account: Account) -> str:
    """The platform's name; with the account's where the client has several of one platform."""
    name = world.platforms.get(account.platform).name
    same = [a for a in world.accounts_of(client) if world.platforms.get(a.platform).name == name]
    return f"{name} {account.account}" if len(same) > 1 and account.account else name


def tell_pitfalls(part: Part, platforms: Iterable[Platform]) -> str:
    """What goes wrong otherwise, each once; on leaving only what was not told with the client's part already."""
    told = (platform for platform in platforms if not (part is Part.LEAVE and platform.ask))
    return "; ".join(dict.fromkeys(platform.pitfall for platform in told if platform.pitfall))


def find_earliest_end(world: World, client: Client, deadlines: Sequence[Deadline]) -> date | None:
    """The earliest last working day with which nothing would be too late; None: the present one will do."""
    last = world.last_working_day(client)
    ends = [deadline.earliest_end for deadline in deadlines if deadline.earliest_end]
    return max(ends) if last and ends and max(ends) > last else None


def _list_lines(world: World, account: Account, last: date) -> Iterator[_Line]:
    platform = world.platforms.get(account.platform)
    off = world.setup.days_off
    from_day = can_leave_from(account, platform)
    if platform.ask and from_day is None:
        day = off.last_working_day(last - timedelta(days=platform.lead))
        earliest = off.next_working_day(world.today + timedelta(days=platform.lead))
        yield _Line(Part.CLIENT, day, platform, account, earliest)
    if platform.own:
        day = off.last_working_day(last - timedelta(days=platform.own_days))
        yield _Line(Part.BEFORE, day, platform, account, None)  # no cell says whether it is done
    if from_day and from_day > last:
        yield _Line(Part.WAIT, from_day, platform, account, off.next_working_day(from_day))
    else:
        yield _Line(Part.LEAVE, last, platform, account, off.next_working_day(world.today))


def _words(line: _Line) -> tuple[str, ...]:
    """What must be the same for accounts to share a line."""
    platform = line.platform
    return {
        Part.CLIENT: (platform.ask, platform.before, platform.why, platform.pitfall, str(platform.lead)),
        Part.BEFORE: (platform.own, platform.pitfall, str(platform.own_days)),
        Part.WAIT: (platform.name,),
        Part.LEAVE: (platform.leave, str(platform.last)),
    }[line.part]


def _make_deadline(world: World, client: Client, last: date, lines: Sequence[_Line]) -> Deadline:
    first = lines[0]
    platform, part = first.platform, first.part
    labels = tuple(dict.fromkeys(label(world, client, line.account) for line in lines))
    ask = _fill(platform.ask, client, labels) if part is Part.CLIENT else ""
    if ask and len(labels) > 1 and "{platforms}" not in platform.ask:
        ask = f"{ask} ({listed(labels)})"
    late = first.day > last or first.day < world.today
    return Deadline(
        day=first.day,
        platforms=labels,
        text=_fill(_text(first), client, labels),
        ask=f"{ask}. {platform.why}" if ask and platform.why else ask,
        late=late,
        earliest_end=first.earliest if late else None,
        accounts=tuple(line.account for line in lines),
        part=part,
        group=_group(world, first),
        ask_short=ask,
        pitfall=tell_pitfalls(part, [line.platform for line in lines]),
    )


def _text(line: _Line) -> str:
    platform = line.platform
    if line.part is Part.WAIT and line.account.in_charge_since:
        since = format_date(line.account.in_charge_since, "d MMM", locale="en_GB")
        wait = (
            f"{platform.wait_days} days after {since}" if platform.wait_days else "before, {contact} is not in charge"
        )
        return f"only now you can leave: {wait}"
    return {Part.CLIENT: platform.before or platform.ask, Part.BEFORE: platform.own, Part.LEAVE: platform.leave}[
        line.part
    ]


def _fill(text: str, client: Client, labels: Sequence[str]) -> str:
    return text.replace("{contact}", client.contact).replace("{platforms}", listed(labels))


def _group(world: World, line: _Line) -> str:
    """The first platform of the list that has the same words: its name stays, whoever of them is left."""
    if line.part is Part.WAIT:
        return f"{line.platform.name} {line.account.account}".strip()
    same = (p.name for p in world.platforms.known if _words(replace(line, platform=p)) == _words(line))
    return next(same, world.platforms.general.name)


def _is_last(world: World, deadline: Deadline) -> bool:
    accounts = deadline.accounts if deadline.part is Part.LEAVE else ()
    return any(world.platforms.get(account.platform).last for account in accounts)
