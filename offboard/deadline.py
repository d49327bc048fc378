"""A deadline of the timetable: what must have happened at some accounts, by whom, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from offboard.model import Account


class Part(StrEnum):
    """Whose part it is, in the order in which one day's deadlines are told."""

    CLIENT = "client"  # the client's: until then nobody can leave
    BEFORE = "before"  # the freelancer's own, before leaving
    WAIT = "wait"  # the platform lets nobody leave before this day, and it lies behind the last working day
    LEAVE = "leave"  # the freelancer leaves


@dataclass(frozen=True)
class Deadline:
    """One line of the timetable; accounts with the same words and the same day share it."""

    day: date
    platforms: tuple[str, ...]  # as the rows call them, with the account's name where there are several of one
    text: str  # for the freelancer: “Maya accepts “owner”; Google waits 7 days”
    ask: str = ""  # for the client, in a mail: “accept “owner” of … Google makes new owners wait …”; empty: nothing
    late: bool = False  # the day is over, or lies behind the last working day; of one's own part it may be done
    earliest_end: date | None = None  # where it is late: the earliest last working day that would still do
    accounts: tuple[Account, ...] = ()  # the rows, in the order of the tab
    part: Part = Part.LEAVE
    group: str = ""  # names the line for good, however its day and its accounts change
    ask_short: str = ""  # the same without its reason: “accept “owner” of the Google Business Profile”
    pitfall: str = ""  # what goes wrong otherwise, as a clause; empty: nothing to warn of
