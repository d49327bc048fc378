"""The ladder: an invoice, what was sent, a day in; the next rung, its tone and its first day out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offboard.columns import Money
from offboard.model import Invoice
from offboard.steps.ladder import Sent, find_rung

USUAL = (-3, 3, 7, 14, 30)
DUE = date(2026, 5, 15)
ISSUED = date(2026, 4, 30)


def day(number: int) -> date:
    """So many days from the due day."""
    return DUE + timedelta(days=number)


# issued, ladder, (rung, day) last sent, today | next rung, its first day, its tone; days counted from the due day
CASES = [
    ("the first note is still to come", -15, USUAL, None, -10, (-3, -3, "friendly")),
    ("its day", -15, USUAL, None, -3, (-3, -3, "friendly")),
    ("the due day itself", -15, USUAL, None, 0, (-3, -3, "friendly")),
    ("nothing was sent before: the mildest that is late", -15, USUAL, None, 1, (3, 3, "neutral")),
    ("missed by weeks: still the mildest", -15, USUAL, None, 90, (3, 3, "neutral")),
    ("nobody knows when it was issued: nothing before the due day", None, USUAL, None, -3, (3, 3, "neutral")),
    ("nor with an old one", None, USUAL, None, 40, (3, 3, "neutral")),
    ("but the due day itself is not before it", None, (0, 3), None, 0, (0, 0, "friendly")),
    ("issued today", 0, USUAL, None, 0, (3, 3, "neutral")),
    ("issued two days before it is due: the note comes a day later", -2, USUAL, None, -2, (-3, -1, "friendly")),
    ("issued long after it was due, by a typo", 9, USUAL, None, 9, (3, 10, "neutral")),
    ("the note was sent: one is enough", -15, (-7, -3, 3), (-7, -7), -3, (3, 3, "neutral")),
    ("the latest of two early ones", -15, (-7, -3, 3), None, -2, (-3, -3, "friendly")),
    ("the note was sent late: as many days as lie between", -15, USUAL, (-3, 0), 3, (3, 6, "neutral")),
    ("sent on time", -15, USUAL, (3, 3), 5, (7, 7, "direct")),
    ("sent late", -15, USUAL, (3, 6), 7, (7, 10, "direct")),
    ("sent weeks late: one rung further, not three", -15, USUAL, (3, 60), 61, (7, 64, "direct")),
    ("third", -15, USUAL, (7, 7), 14, (14, 14, "firm")),
    ("last", -15, USUAL, (14, 15), 29, (30, 31, "formal")),
    ("all were sent", -15, USUAL, (30, 31), 90, None),
    ("the ladder was changed after the second", -15, (5, 10, 20), (7, 8), 10, (10, 11, "direct")),
    ("a short ladder is never formal", -15, (7, 30), (7, 7), 30, (30, 30, "direct")),
    ("a long one is formal at its end alone", -15, (1, 2, 3, 4, 5, 6), (4, 4), 5, (5, 5, "firm")),
    ("a day that stands there twice is one rung", -15, (3, 3, 7), (3, 3), 7, (7, 7, "direct")),
    ("a ladder of early notes alone ends at the due day", -15, (-3,), None, 2, None),
    ("an order of any kind", -15, (30, 3, -3), None, 4, (3, 3, "neutral")),
]  # fmt: skip


@pytest.mark.parametrize(("_why", "issued", "ladder", "sent", "today", "expected"), CASES, ids=[c[0] for c in CASES])
def test_the_next_rung(
    _why: str,
    issued: int | None,
    ladder: tuple[int, ...],
    sent: tuple[int, int] | None,
    today: int,
    expected: tuple[int, int, str] | None,
) -> None:
    bill = Invoice(issued=None if issued is None else day(issued), due=DUE, amount=Money(Decimal(850), "EUR"))
    found = find_rung(bill, ladder, Sent(sent[0], day(sent[1])) if sent else None, day(today))
    assert (found and (found.days, (found.first - DUE).days, found.tone.value)) == expected


@given(
    ladder=st.sets(st.integers(-30, 60), min_size=1, max_size=7),
    delays=st.lists(st.integers(0, 40), min_size=8, max_size=8),
    begins=st.integers(-40, 200),
)
def test_however_late_each_is_sent_no_rung_comes_twice_and_none_is_skipped(
    ladder: set[int], delays: list[int], begins: int
) -> None:
    bill = Invoice(issued=day(-60), due=DUE, amount=Money(Decimal(850), "EUR"))
    today, sent, seen = day(begins), None, []
    for delay in delays:
        found = find_rung(bill, tuple(ladder), sent, today)
        if found is None:
            break
        today = max(today, found.first)
        found = find_rung(bill, tuple(ladder), sent, today) or found  # an early note's time may be over
        if sent:
            assert (today - sent.day).days >= found.days - sent.rung
        today = max(today, found.first) + timedelta(days=delay)
        sent = Sent(found.days, today)
        seen.append(found.days)
    late = [days for days in seen if days > 0]
    assert late == sorted(days for days in ladder if days > 0)[: len(late)]
    assert len([days for days in seen if days <= 0]) <= 1
