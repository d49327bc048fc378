"""What names a client, in every way in which people write it; and what names nobody stays."""

from __future__ import annotations

import pytest

from offboard.documents.hidden_names import Names
from offboard.model import Account, Client

MUELLER = Client(
    short="mb", name="Müller Brot", contact="Jürgen", email="info@mbrot.example", billing_email="pay@kornhaus.example"
)
ACCOUNTS = tuple(
    Account(client="mb", platform="Instagram", account=account)
    for account in (
        "brotliebe.hh", "Brot und Liebe", "https://instagram.com/mehlwurm/?hl=de",
        "https://www.linkedin.com/company/sauerteig/about", "@kruste",
    )
)  # fmt: skip
NAMING = (
    "Müller Brot", "Mueller Brot", "Muller Brot", "MÜLLER BROT's", "Mu\u0308ller Brot", "Jürgen", "Juergen",
    "brotliebe.hh", "Brot und Liebe", "mehlwurm", "sauerteig", "#kruste", "kornhaus", "muellerbrot.de",
    "https://x.example/y", "info@mbrot.example", "+49 40 123456", "040 / 123 456 78",
)  # fmt: skip
TELLING_NOTHING = (
    "From May 2026 to June 2026", "12,000 views, 8.3 % of 3,600", "2026-05-29", "e.g. reels, i.e. films",
    "Ana liked it. It worked", "3 posts a week",
)  # fmt: skip


@pytest.mark.parametrize("words", NAMING)
def test_nothing_that_names_the_client_stays(words: str) -> None:
    assert Names(MUELLER, ACCOUNTS).hide(f"We worked with {words} and more") == "We worked with […] and more"


@pytest.mark.parametrize("words", TELLING_NOTHING)
def test_what_names_nobody_stays(words: str) -> None:
    assert Names(MUELLER, ACCOUNTS).hide(words) == words


def test_a_name_without_blanks_around_it_is_found() -> None:
    client = Client(short="to", name="東京パン", contact="山田", email="a@b.example")
    assert Names(client, ()).hide("東京パンは山田さんが") == "[…]は[…]さんが"
