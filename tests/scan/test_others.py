"""What gives another client away, and what is too common to."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from offboard.model import Client, Setup
from offboard.scan.look import look_into
from offboard.scan.others import wanted_for
from offboard.scan.wanted import Wanted
from tests.scan.conftest import ACCOUNTS, BLOOM, CLIENTS

TELLING = (
    "Corvo Coffee", "corvo coffee", "CORVO COFFEE", "Corvo-Coffee", "CorvoCoffee", "like Corvo did", "@corvocoffee",
    "instagram.com/corvocoffee", "leo@corvo.example", "LEO@CORVO.EXAMPLE", "www.corvo.example", "kim.kleo@gmail.com",
    "Kleo", "for KLEO", "ines@opal.example", "@opal.hamburg", "Fig & Fern", "fig and fern", "Good Food", "@later",
    "tiktok.com/@later", "DuneYoga", "duneyoga", "dune-yoga", "dune_yoga", "#duneyoga", "DUNEYOGA", "SunFlower",
    "#figfern", "fig-and-fern", "goodfood",
)  # fmt: skip
COMMON = (
    "later", "Later", "See you later", "Opal", "opal ring", "the Opal reel", "good food", "fig and walnut", "fern",
    "Leo", "Ines", "gmail.com", "Bloom Bakery", "@bloombakery", "maya@bloom.example", "corvoid", "Kleopatra",
    "Ana Ruiz",
    "dune and yoga", "duneyogatta", "sunflower", "Sunflower", "laterally", "opal.hamburger-blog.com/x",
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


def test_the_order_of_rows_changes_nothing() -> None:
    setup = Setup()
    assert wanted_for(BLOOM, CLIENTS, ACCOUNTS, setup) == wanted_for(BLOOM, CLIENTS[::-1], ACCOUNTS[::-1], setup)


def test_every_process_looks_for_the_same() -> None:
    """What was looked into is remembered by it: another order would be another look, and a row in the ledger."""
    told = (
        "from offboard.model import Client, Setup; from offboard.scan.others import wanted_for;"
        "emails = ('ann@one.example', 'ben@two.example', 'cas@three.example', 'dot@four.example');"
        "others = (Client(short='corvo', name='Corvo Coffee', contact='Leo Kern', share_with=emails),);"
        "print(wanted_for(Client(short='bloom', name='Bloom Bakery'), others, (), Setup()))"
    )
    found = set()
    for seed in range(1, 5):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        found.add(subprocess.check_output([sys.executable, "-c", told], env=environment))
    assert len(found) == 1
