"""Three clients with different terms, from the first notice to the last goodbye, by the Workspace's clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from offboard.engine.make import Watch
from offboard.engine.run import Agreement, run
from offboard.model import TABS
from offboard.rows import columns_of
from offboard.tracker.tabs import letter_of
from offboard.world import Wishes
from tests.promise.runner import open_place
from tests.rehearsal import ZONE, Rehearsal

FIRST, LAST = date(2026, 4, 27), date(2026, 7, 10)  # what is played: every working day between them
CLIENTS = ("bloom", "corvo", "dune")
TOGETHER = {"call", "feedback"}  # the two e-mails that may go on one day
ROWS = [
    {
        "short": "bloom", "name": "Bloom Bakery", "contact": "Maya", "email": "maya@bloom.example",
        "notice_given": "2026-04-27", "last_day": "2026-05-31", "ask_for": "testimonial",
    },
    {
        "short": "corvo", "name": "Corvo Coffee", "contact": "Leo", "email": "leo@corvo.example",
        "notice_given": "2026-04-27", "notice_days": "45", "share": "reports now, rest when paid",
        "ask_for": "feedback", "skip": "case study",
    },
    {
        "short": "dune", "name": "Dune Yoga", "contact": "Kim", "email": "kim@oldagency.example",
        "notice_given": "2026-04-20", "notice_days": "14", "last_day": "2026-05-08", "contract_checked": "TRUE",
        "share": "now", "ask_for": "nothing", "skip": "case study",
    },
]  # fmt: skip
INVOICES = [
    ("bloom", "INV-104", "2026-04-30", "2026-05-15", "€850.00"),
    ("corvo", "2026-031", "2026-04-20", "2026-05-04", "€1,250.00"),
    ("dune", "0031", "2026-04-01", "2026-04-30", "CHF 1,200.00"),
]
ACCOUNTS = [
    ("bloom", "Instagram"),
    ("bloom", "Google Business Profile"),
    ("corvo", "LinkedIn"),
    ("dune", "Canva"),
]
METRICS = [
    ("bloom", "Instagram", "2025-05-01", "3120"), ("bloom", "Instagram", "2026-05-01", "4210"),
    ("bloom", "Google Business Profile", "2025-05-01", "", "2400"),
    ("bloom", "Google Business Profile", "2026-05-01", "", "3900"),
]  # fmt: skip
STORY: dict[date, list[tuple[str, str, int, str]]] = {  # a day: the cells that are typed in its morning
    date(2026, 4, 28): [("Clients", "contract_checked", 2, "TRUE"), ("Clients", "contract_checked", 3, "TRUE")],
    date(2026, 4, 30): [("Clients", "last_day", 3, "2026-06-30"), ("Access", "in_charge_since", 5, "2026-04-30")],
    date(2026, 5, 4): [],  # the working day after a reminder
    date(2026, 5, 7): [("Invoices", "paid", 4, "2026-05-06"), ("Access", "left_on", 5, "2026-05-07")],
    date(2026, 5, 18): [("Access", "in_charge_since", 2, "2026-05-18"), ("Access", "in_charge_since", 3, "2026-05-18")],
    date(2026, 5, 20): [("Clients", "share", 2, "when paid"), ("Clients", "call", 2, "2026-05-29 15:00")],
    date(2026, 5, 27): [("Invoices", "paid", 2, "2026-05-26")],
    date(2026, 5, 29): [("Access", "left_on", 2, "2026-05-29"), ("Access", "left_on", 3, "2026-05-29")],
    date(2026, 6, 1): [],  # the day after the call
    date(2026, 6, 8): [("Clients", "feedback", 2, "“She doubled our reach.” Maya Brandt. You may use it.")],
    date(2026, 6, 15): [("Invoices", "paid", 3, "2026-06-15"), ("Access", "in_charge_since", 4, "2026-06-15")],
    date(2026, 6, 30): [("Access", "left_on", 4, "2026-06-30")],
    date(2026, 7, 9): [("Clients", "feedback", 3, "none came")],
}
PAID = date(2026, 5, 27)  # all of the first client's
CLOSED = {"dune": date(2026, 5, 11), "bloom": date(2026, 6, 9), "corvo": date(2026, 7, 9)}
MAILS = {
    "bloom": {"end date": FIRST, "call": date(2026, 5, 28), "feedback": date(2026, 6, 1)},
    "corvo": {"end date": date(2026, 4, 30), "call": date(2026, 5, 4), "feedback": date(2026, 6, 30)},
    "dune": {"end date": date(2026, 4, 28), "call": date(2026, 4, 29), "feedback": date(2026, 5, 8)},
}
LATE = ("invoices", "nudge")  # what only goes to who is late


def working_days(*, only_told: bool) -> Iterator[date]:
    """All of them, or those on which something is typed, with the next after each."""
    told = {day + timedelta(days=n) for day in (*STORY, *CLOSED.values(), FIRST) for n in range(2)}
    day = FIRST
    while day <= LAST:
        if day.weekday() < 5 and (not only_told or day in told):
            yield day
        day += timedelta(days=1)


class Goodbyes:
    """The freelancer's mornings: she types, runs for everybody, reads, and presses Send in the evening."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        self.day = FIRST
        self.sent: dict[str, list[tuple[str, date]]] = {short: [] for short in CLIENTS}
        self._clock = rehearsal.sandbox.state.clock
        self._place = open_place(rehearsal.home, clock=lambda zone: self._clock.now().astimezone(zone))
        self._begin()

    def _begin(self) -> None:
        columns = [field for field, column in columns_of(TABS["Clients"]).items() if not column.extra]
        reports = self.rehearsal.get("/drive/v3/files?q=name='Bloom reports'")["files"][0]["id"]
        link = {"reports": f"https://drive.google.com/drive/folders/{reports}"}
        rows = [row | (link if row["short"] == "bloom" else {}) for row in ROWS]
        typed = [
            [f"{link}{row[f]}" if f == "reports" and f in row else row.get(f, "") for f in columns] for row in rows
        ]
        for tab in ("Invoices", "Access", "Metrics"):
            wide = sum(not column.extra for column in columns_of(TABS[tab]).values())
            self.rehearsal.type(f"{tab}!A2", *[[""] * wide] * 6)
        self.rehearsal.type("Clients!A2", *typed)
        for tab, told in (("Invoices", INVOICES), ("Access", ACCOUNTS), ("Metrics", METRICS)):
            self.rehearsal.type(f"{tab}!A2", *map(list, told))

    def live(self, day: date) -> None:
        """One day of hers."""
        self.day = day
        self._clock.set(datetime.combine(day, time(9), ZONE))
        for tab, field, row, text in STORY.get(day, ()):
            self.rehearsal.type(f"{tab}!{letter_of(tab, field)}{row}", [text])
        for short in CLIENTS:
            run(self._place, short, Wishes(), f"{day}-{short}", lambda *_: Agreement(go=True), Watch())
        self._clock.set(datetime.combine(day, time(18), ZONE))
        for id, key in self._drafts():
            short, step, *_ = key.split("/")
            self.sent[short].append((step, day))
            self.rehearsal.person.ask("POST", "/gmail/v1/users/me/drafts/send", {"id": id})

    def _drafts(self) -> Iterator[tuple[str, str]]:
        """Those that can be sent, and what each is for."""
        for listed in self.rehearsal.get("/gmail/v1/users/me/drafts").get("drafts", []):
            told = self.rehearsal.get(f"/gmail/v1/users/me/drafts/{listed['id']}?format=metadata")
            headers = {one["name"]: one["value"] for one in told["message"]["payload"]["headers"]}
            if headers.get("To"):
                yield listed["id"], headers["X-Offboard-Key"].partition(":")[2]

    def readers(self, short: str) -> set[str]:
        """Who besides her can open the client's folder."""
        folder = next((row[2] for row in self.rehearsal.rows("Ledger") if row[1] == f"{short}/folder"), "")
        if not folder:
            return set()
        told = self.rehearsal.get(f"/drive/v3/files/{folder}?fields=permissions(emailAddress,role)")
        return {one["emailAddress"] for one in told["permissions"] if one["role"] != "owner"}

    def is_closed(self, short: str) -> bool:
        """Whether the client is offboarded."""
        return f"{short}|closed" in self.rehearsal.ledger()

    def mails(self, short: str) -> dict[str, date]:
        """What was sent once, and when, but for what only goes to who is late."""
        told = [(step, day) for step, day in self.sent[short] if step not in LATE]
        assert len(dict(told)) == len(told), f"{short} got an e-mail twice: {told}"
        return dict(told)


@pytest.mark.parametrize("only_told", [True, pytest.param(False, marks=pytest.mark.every)])
def test_three_clients_are_said_goodbye_to_each_by_its_own_terms(rehearsal: Rehearsal, *, only_told: bool) -> None:
    goodbyes = Goodbyes(rehearsal)
    closed: dict[str, date] = {}
    for day in working_days(only_told=only_told):
        goodbyes.live(day)
        for short in CLIENTS:
            today = {step for step, sent in goodbyes.sent[short] if sent == day}
            assert len(today) <= 1 or today == TOGETHER, f"{short} gets {today} on {day}"
            assert not (today and short in closed), f"{short} is offboarded and gets {today} on {day}"
            if goodbyes.is_closed(short):
                closed.setdefault(short, day)
        if day < PAID:
            assert goodbyes.readers("bloom") == set(), f"on {day} not all is paid, and it is shared"
    assert closed == CLOSED
    for short in CLIENTS:
        assert goodbyes.mails(short) == MAILS[short]
        assert goodbyes.readers(short), "the folder stays"
    found = rehearsal.world()
    folders = Counter(path for path, *_ in found["files"] if " – Offboarding " in path and "/" not in path)
    assert set(folders.values()) == {1}
    assert len(folders) == len(CLIENTS)
    (study,) = rehearsal.get("/drive/v3/files?q=name = 'Case study – Bloom Bakery.docx'&fields=files(id)")["files"]
    assert "She doubled our reach." in "\n".join(rehearsal.words(study["id"]))
