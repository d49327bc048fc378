"""What gives another client away, and what is too common to."""

from __future__ import annotations

import pytest

from offboard.model import Client, Setup
from offboard.scan.look import look_into
from offboard.scan.others import wanted_for
from offboard.scan.wanted import Wanted
from tests.scan.conftest import BLOOM

TELLING = (
    "Corvo Coffee", "corvo coffee", "CORVO COFFEE", "Corvo-Coffee", "CorvoCoffee", "like Corvo did", "@corvocoffee",
    "instagram.com/corvocoffee", "leo@corvo.example", "LEO@CORVO.EXAMPLE", "www.corvo.example", "kim.kleo@gmail.com",
    "Kleo", "for KLEO", "ines@opal.example", "@opal.hamburg", "Fig & Fern", "fig and fern", "Good Food", "@later",
    "tiktok.com/@later",
)  # fmt: skip
COMMON = (
    "later", "Later", "See you later", "Opal", "opal ring", "the Opal reel", "good food", "fig and walnut", "fern",
    "Leo", "Ines", "gmail.com", "Bloom Bakery", "@bloombakery", "maya@bloom.example", "corvoid", "Kleopatra",
    "Ana Ruiz",
    "laterally", "opal.hamburger-blog.com/x",
)  # fmt: skip


@pytest.mark.parametrize("text", TELLING)
def test_it_gives_another_client_away(text: str, wanted: Wanted) -> None:
    assert look_into("a.txt", f"As in {text} of May".encode(), wanted).findings


@pytest.mark.parametrize("text", COMMON)
def test_it_tells_nobody(text: str, wanted: Wanted) -> None:
    assert not look_into("a.txt", f"As in {text} of May".encode(), wanted).findings


def test_an_unusual_word_that_the_file_uses_as_a_word_tells_nobody() -> None:
    wanted = wanted_for(BLOOM, (Client(short="gugelhupf", name="Gugelhupf"),), (), Setup())
    assert look_into("a.txt", b"Made by Gugelhupf", wanted).findings
    assert not look_into("a.txt", b"Gugelhupf is back. Our gugelhupf is light.", wanted).findings


def test_what_is_the_clients_own_too_gives_nobody_away() -> None:
    sister = Client(short="bloom-shop", name="Bloom", email="maya@bloom.example", contact="Maya")
    wanted = wanted_for(BLOOM, (BLOOM, sister), (), Setup())
    assert not look_into("a.txt", b"Bloom, maya@bloom.example, www.bloom.example", wanted).findings
