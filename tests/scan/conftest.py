"""What the scan's tests share: Bloom's tracker, with other clients of telling and of everyday names."""

from __future__ import annotations

import pytest

from offboard.model import Account, Client, Setup
from offboard.scan.others import wanted_for
from offboard.scan.wanted import Wanted

BLOOM = Client(short="bloom", name="Bloom Bakery", contact="Maya", email="maya@bloom.example")
CLIENTS = (
    BLOOM,
    Client(short="corvo", name="Corvo Coffee", contact="Leo", email="leo@corvo.example"),
    Client(short="kleo", name="Kleo", contact="Kim", email="kim.kleo@gmail.com"),
    Client(short="opal", name="Opal", contact="Ines", email="ines@opal.example"),
    Client(short="later", name="Later", contact="Tom", email="tom@later.example"),
    Client(short="fern", name="Fig & Fern", contact="Fay", email="fay@figfern.example"),
    Client(short="dune", name="Dune Yoga", contact="Ada", email="ada@dune.example"),
    Client(short="sun", name="Sun Flower", contact="Zoe", email="zoe@sunny.example"),
    Client(short="food", name="Good Food", contact="Leo", email="leo@goodfood.example"),
)
ACCOUNTS = (
    Account(client="bloom", platform="Instagram", account="@bloombakery"),
    Account(client="bloom", platform="Later", account=""),
    Account(client="corvo", platform="Instagram", account="@corvocoffee"),
    Account(client="opal", platform="Instagram", account="https://www.instagram.com/opal.hamburg/"),
    Account(client="later", platform="TikTok", account="@later"),
)


@pytest.fixture(scope="session")
def wanted() -> Wanted:
    """What to look for in Bloom's files."""
    return wanted_for(BLOOM, CLIENTS, ACCOUNTS, Setup(your_name="Ana Ruiz", business="Ana Ruiz Social"))
