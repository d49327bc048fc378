"""The timetable: a client and a day in, dates out; no network, no clock."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from offboard.columns import Cell, Reading
from offboard.days_off import parse_days_off
from offboard.deadline import Deadline, Part
from offboard.model import Account, Client, Setup
from offboard.platforms import load_platforms, shipped_platforms
from offboard.timetable import find_earliest_end, make_timetable
from offboard.world import World

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))["case"]
ALONE = tomllib.loads((HERE / "platforms.toml").read_text(encoding="utf-8"))
BERLIN = ZoneInfo("Europe/Berlin")
READING = Reading(Locale("en", "GB"), BERLIN)
ACCOUNT = re.compile(r"(?P<platform>[^(]+?)(?: \((?P<account>.+)\))?(?: since (?P<since>\S+))?(?: left (?P<left>\S+))?")


def account(told: str) -> Account:
    """`Google Business Profile (Altona) since 2026-05-10 left 2026-05-20`."""
    found = ACCOUNT.fullmatch(told)
    assert found
    since, left = (date.fromisoformat(day) if day else None for day in (found["since"], found["left"]))
    return Account(
        client="bloom", platform=found["platform"], account=found["account"] or "", in_charge_since=since, left_on=left
    )


def world(today: date, accounts: list[str], days_off: str = "Sat, Sun") -> World:
    now = datetime(today.year, today.month, today.day, 9, tzinfo=BERLIN)
    off = parse_days_off(Cell(days_off, days_off), READING)
    return World(now, READING, setup=Setup(days_off=off), accounts=tuple(map(account, accounts)))


def client(last_day: date | None) -> Client:
    return Client(short="bloom", name="Bloom Bakery", contact="Maya", notice_given=date(2026, 1, 1), last_day=last_day)


def told(deadline: Deadline) -> str:
    """A deadline as a case writes it."""
    late = f" late {deadline.earliest_end}" if deadline.late else ""
    return f"{deadline.day} {deadline.part} {', '.join(deadline.platforms)}{late}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_the_dates_of_a_client(case: dict[str, Any]) -> None:
    seen = world(case["today"], case["accounts"], case.get("days_off", "Sat, Sun"))
    who = client(case.get("last_day"))
    dates = make_timetable(seen, who)
    assert [told(deadline) for deadline in dates] == case["dates"]
    assert find_earliest_end(seen, who, dates) == case.get("earliest_end")


def test_every_platform_has_its_case() -> None:
    cases = {name for part in ("client", "before", "none") for name in ALONE[part]}
    assert cases == {platform.name for platform in shipped_platforms().known}


@pytest.mark.parametrize("part", ["client", "before", "none"])
def test_the_date_of_every_platform(part: str) -> None:
    last = ALONE["last_day"]
    for name, day in ALONE[part].items():
        dates = make_timetable(world(date(2026, 6, 1), [name]), client(last))
        first, leaving = dates[0], dates[-1]
        assert (first.day, leaving.day, leaving.part) == (day, last, Part.LEAVE), name
        assert first.part == (part if part != "none" else Part.LEAVE), name
        assert bool(first.ask) == (part == "client"), name


@pytest.mark.parametrize("platform", shipped_platforms().known, ids=lambda platform: platform.name)
def test_whoever_does_their_part_on_its_day_makes_leaving_possible_in_time(platform: Any) -> None:
    """The day told to the client is early enough, whatever day of the year is the last."""
    for number in range(366):
        last = date.fromordinal(date(2028, 1, 1).toordinal() + number)
        asked = [d for d in make_timetable(world(date(2027, 11, 1), [platform.name]), client(last)) if d.ask]
        for deadline in asked:
            done = world(deadline.day, [f"{platform.name} since {deadline.day}"])
            after = make_timetable(done, client(last))
            assert [d.part for d in after if d.part is not Part.BEFORE] == [Part.LEAVE], (last, deadline.day)
            assert not any(d.late for d in after if d.part is not Part.BEFORE)


@pytest.mark.parametrize("platform", shipped_platforms().known, ids=lambda platform: platform.name)
def test_with_the_earliest_end_that_is_named_nothing_is_late_any_more(platform: Any) -> None:
    for number in range(60):
        today = date.fromordinal(date(2028, 2, 1).toordinal() + number)
        seen = world(today, [platform.name])
        late = client(today)
        end = find_earliest_end(seen, late, make_timetable(seen, late))
        if end:
            moved = client(end)
            assert find_earliest_end(seen, moved, make_timetable(seen, moved)) is None, (today, end)
            sooner = client(date.fromordinal(end.toordinal() - 1))
            again = find_earliest_end(seen, sooner, make_timetable(seen, sooner))
            assert again == end or seen.last_working_day(sooner) is None, (today, end)


def test_what_the_client_is_asked_is_one_sentence_with_its_reason() -> None:
    asks = [
        d.ask for d in make_timetable(world(date(2026, 4, 27), ["gbp", "fb", "meta", "x"]), client(date(2026, 5, 31)))
    ]
    assert [ask for ask in asks if ask] == [
        "give one more person of the team full control in Meta (Facebook and Meta portfolio). "
        "Meta may make a new admin wait 7 days, so this date can't move.",
        "accept “owner” of the Google Business Profile. Google makes new owners wait 7 days, so this date can't move.",
        "check that recovery e-mail and phone of X are in the right hands",
    ]


def test_a_lines_name_stays_whoever_of_its_accounts_is_left() -> None:
    """By it a calendar knows the entry again."""
    last = client(date(2026, 5, 31))
    whole = {d.group for d in make_timetable(world(date(2026, 5, 1), ["Instagram", "TikTok", "foo"]), last)}
    assert {d.group for d in make_timetable(world(date(2026, 5, 1), ["TikTok"]), last)} <= whole
    groups = [(d.part, d.group) for d in make_timetable(world(date(2026, 5, 1), _every()), last)]
    assert len(groups) == len(set(groups))


def _every() -> list[str]:
    return [platform.name for platform in shipped_platforms().known] + ["foo", "bar", "Instagram (second)"]


def test_two_lines_never_share_a_name_even_with_the_same_words(tmp_path: Path) -> None:
    """Or one of them would be lost in a calendar."""
    own = '[[platform]]\nname = "Slow"\nlike = "Facebook"\nlead_days = 20\n'
    (tmp_path / "platforms.toml").write_text(own, encoding="utf-8")
    seen = replace(world(date(2026, 5, 1), ["Facebook", "Slow"]), platforms=load_platforms(tmp_path))
    names = [(d.part, d.group) for d in make_timetable(seen, client(date(2026, 5, 31)))]
    assert len(names) == len(set(names)) == 3
