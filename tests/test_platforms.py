"""The list of platforms: words that mean one, the person's own on top, and every mistake in it with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from offboard.errors import NotReadyError
from offboard.platforms import FILE, Platforms, load_platforms, shipped_platforms

SHIPPED = shipped_platforms()


def load(home: Path, text: str) -> Platforms:
    (home / FILE).write_text(text, encoding="utf-8")
    return load_platforms(home)


@pytest.mark.parametrize("platform", SHIPPED.known, ids=lambda platform: platform.name)
def test_every_platform_says_what_to_do_and_where_it_is_said(platform: object) -> None:
    found = SHIPPED.find(platform.name)  # type: ignore[attr-defined]
    assert found is platform
    assert found.leave
    assert found.source
    assert found.checked
    assert found.pitfall
    assert bool(found.ask) == bool(found.before)
    assert not found.ask.endswith(".")
    assert all(SHIPPED.find(alias) is found for alias in found.aliases)
    assert not re.search(r"[.;]$", found.pitfall + found.numbers + found.running)
    assert "your" not in found.ask.split(), "it is said to the client and of the client"


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("instagram", "Instagram"),
        ("  google  business-profile ", "Google Business Profile"),
        ("GBP", "Google Business Profile"),
        ("Twitter", "X"),
        ("x.com", "X"),
        ("Meta", "Meta portfolio"),
        ("LATER", "Later"),
    ],
)
def test_a_platform_has_many_words(word: str, name: str) -> None:
    assert SHIPPED.get(word).name == name


def test_what_nobody_knows_gets_the_general_checklist_under_its_own_name() -> None:
    found = SHIPPED.get("Mastodon")
    assert (found.name, found.ask, found.lead_days) == ("Mastodon", SHIPPED.general.ask, 1)
    assert SHIPPED.find("Mastodon") is None


def test_ones_own_platforms_come_on_top(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        """
        [general]
        lead_days = 3

        [[platform]]
        name = "Mastodon"
        aliases = ["masto"]
        ask = "make {contact} admin of {platforms}"
        lead_days = 5

        [[platform]]
        name = "gbp"
        lead_days = 14

        [[platform]]
        name = "SocialPilot"
        like = "Later"
        numbers = ""
        """,
    )
    assert found.get("nowhere").lead_days == 3
    assert found.get("Masto").lead_days == 5
    assert found.get("Mastodon").leave == SHIPPED.general.leave
    google = found.get("google profile")
    assert (google.name, google.lead_days, google.wait_days) == ("Google Business Profile", 14, 7)
    pilot = found.get("socialpilot")
    assert (pilot.own, pilot.last, pilot.numbers, pilot.aliases) == (SHIPPED.get("Later").own, True, "", ())
    assert [p.name for p in found.known] == [p.name for p in SHIPPED.known] + ["Mastodon", "SocialPilot"]
    assert shipped_platforms().get("gbp").lead_days == 8


def test_a_longer_wait_makes_the_clients_part_due_earlier(tmp_path: Path) -> None:
    found = load(tmp_path, '[[platform]]\nname = "Canva"\nwait_days = 20\n')
    assert found.get("canva").lead == 21


def test_every_mistake_is_named_with_its_line_all_at_once(tmp_path: Path) -> None:
    text = """\
lead = 3

[[platform]]
nam = "Mastodon"

[general]
name = "x"
lead_days = -1

[[platform]]
name = "Bluesky"
aliases = "bsky"
lead_days = "8"
last = 1
checked = "2026-05-01"
ask = "tell {who}"
like = "Nowhere"
pitfall = "{contact}"

[[platform]]
name = "Fediverse"
aliases = ["twitter"]
like = "Nowhere"
"""
    with pytest.raises(NotReadyError) as failed:
        load(tmp_path, text)
    path = tmp_path / FILE
    assert [(problem.where, problem.message) for problem in failed.value.problems] == [
        (f"{path}:1", "“lead” stands above every platform."),
        (f"{path}:3", "This platform has no name."),
        (f"{path}:4", "“nam” is nothing that a platform has."),
        (f"{path}:7", "“name” is nothing that a platform has."),
        (f"{path}:8", "“lead_days” must be a number of days from 0 to 366."),
        (f"{path}:12", '“aliases” must be a list of words, like ["gbp", "google profile"].'),
        (f"{path}:13", "“lead_days” must be a number of days from 0 to 366."),
        (f"{path}:14", "“last” must be true or false."),
        (f"{path}:15", "“checked” must be a day, like 2026-05-31, without quotes."),
        (f"{path}:16", "“ask” may hold {contact} and {platforms}, not {who}."),
        (f"{path}:17", "“Nowhere” is no platform of the list above it."),
        (f"{path}:18", "“pitfall” cannot hold {contact}."),
        (f"{path}:22", "“twitter” means X already."),
        (f"{path}:23", "“Nowhere” is no platform of the list above it."),
    ]


@pytest.mark.parametrize("text", ["[[platform]\n", "name = ", "\udcff", "platform = 3", "[platform]\nname = 'x'"])
def test_a_file_that_cannot_be_read_says_so_with_its_name(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(NotReadyError, match=re.escape(FILE)):
        load_platforms(tmp_path)


def test_a_home_without_the_file_has_the_shipped_ones(tmp_path: Path) -> None:
    assert load_platforms(tmp_path) == SHIPPED
    assert load(tmp_path, "") == SHIPPED
    assert load(tmp_path, "# nothing yet\n") == SHIPPED
