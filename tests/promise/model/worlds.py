"""The smallest worlds in which the rules show: what each is about, and the damage that each rule keeps away there."""

from __future__ import annotations

from typing import NamedTuple

from tests.promise.model.rules import EVERY_RULE, EVERY_TRUST, Damage, Rule, Trust
from tests.promise.model.state import DRAFT, FOLDER, SHARE, Left, World

EDIT, SEND, RETYPE = "edits the draft", "sends the draft", "types another date"
BIN, TAKE_BACK, COPY = "puts the folder into the bin", "takes the share back", "copies the tracker"
CUT, RESTORE = "deletes the ledger's newest rows", "puts the ledger's rows back"

WORLDS = {
    "a folder": World((FOLDER,), Left(runs=2, kills=1, losses=1, acts=1), (BIN,)),
    "a folder and a cut ledger": World((FOLDER,), Left(runs=3, kills=1, acts=2), (BIN, CUT, RESTORE)),
    "a folder and a copied tracker": World((FOLDER,), Left(runs=3, kills=1, acts=1), (COPY,)),
    "a folder and many marks": World((FOLDER,), Left(runs=5), says=(True,), kept=2),
    "an e-mail": World((DRAFT,), Left(runs=2, kills=1, losses=1, acts=1), (EDIT, SEND)),
    "an e-mail and another date": World((DRAFT,), Left(runs=2, losses=1, acts=2), (EDIT, RETYPE)),
    "an e-mail and a sweeper": World((DRAFT,), Left(runs=3, kills=1, acts=1), (EDIT,), sweeps=True),
    "a share": World((SHARE,), Left(runs=3, kills=1, losses=1, acts=1), (TAKE_BACK,)),
    "a share said again": World((SHARE,), Left(runs=3, kills=1, acts=1), (TAKE_BACK,), asks=True),
    "an invitation": World((SHARE,), Left(runs=3, kills=1, losses=1, acts=1), (TAKE_BACK,), mails=True),
    "all of it": World((FOLDER, SHARE, DRAFT), Left(runs=2, kills=1)),
}
SAMPLE = (
    "a folder", "a folder and a cut ledger", "a folder and a copied tracker", "an e-mail", "all of it",
)  # fmt: skip  # a few seconds in all
LARGER = {
    "a folder, longer": World((FOLDER,), Left(runs=3, kills=1, losses=2, acts=2), (BIN, CUT, RESTORE)),
    "a copied tracker, longer": World((FOLDER,), Left(runs=3, kills=1, losses=1, acts=2), (COPY, BIN)),
    "an e-mail, longer": World((DRAFT,), Left(runs=3, kills=1, acts=2), (EDIT, SEND, RETYPE)),
    "a share, longer": World((SHARE,), Left(runs=4, kills=1, losses=1, acts=1), (TAKE_BACK,)),
    "all of it, longer": World(
        (FOLDER, SHARE, DRAFT), Left(runs=2, kills=1, losses=1, acts=1), (EDIT, SEND, BIN, TAKE_BACK)
    ),
}


class Case(NamedTuple):
    """Without this rule, or this trust, this damage is done in this world."""

    off: Rule | Trust
    world: str
    damage: Damage


NEEDED = (
    Case(Rule.CHAIN, "a folder and a cut ledger", Damage.TWO_FOLDERS),
    Case(Rule.CHAIN, "a folder and a cut ledger", Damage.FROM_DAMAGE),
    Case(Rule.ONE_READ, "a folder", Damage.FALSE_ALARM),
    Case(Rule.READ_MARK, "a folder", Damage.TWO_FOLDERS),
    Case(Rule.READ_MARK, "a folder", Damage.LOG_LOST),
    Case(Rule.EVENT_ONCE, "a folder", Damage.LOGGED_TWICE),
    Case(Rule.DROP_SHELL, "an e-mail and a sweeper", Damage.SWEPT),
    Case(Rule.SAY_SWEEP, "an e-mail and a sweeper", Damage.SWEPT),
    Case(Rule.SWEEP_EMPTY, "an e-mail and a sweeper", Damage.SWEPT),
    Case(Rule.GET_FIRST, "an e-mail", Damage.OVERWRITTEN),
    Case(Rule.UP_TO_DATE, "an e-mail and another date", Damage.OVERWRITTEN),
    Case(Rule.GET_AFTER_LOST, "an e-mail", Damage.OVERWRITTEN),
    Case(Rule.LOOK_AGAIN, "a folder and many marks", Damage.TWO_FOLDERS),
    Case(Rule.TAKEN_BACK, "a folder", Damage.MADE_AGAIN),
    Case(Rule.TAKEN_BACK, "an e-mail", Damage.MADE_AGAIN),
    Case(Rule.TAKEN_BACK, "a share", Damage.SHARED_AGAIN),
    Case(Rule.ASK_SHARE, "a share", Damage.SHARED_AGAIN),
    Case(Rule.ASK_SHARE, "an invitation", Damage.MAILED_TWICE),
    Case(Rule.SAY_SHARE, "a share", Damage.SHARED_AGAIN),
    Case(Rule.SAY_SHARE, "an invitation", Damage.MAILED_TWICE),
    Case(Rule.COPY, "a folder and a copied tracker", Damage.TWO_FOLDERS),
    Case(Rule.COPY, "a folder and a copied tracker", Damage.FROM_COPY),
    Case(Rule.KEEP_MARKS, "a folder and many marks", Damage.TWO_FOLDERS),
    Case(Trust.QUIET_WRITE, "an e-mail", Damage.OVERWRITTEN),
    Case(Trust.QUIET_WRITE, "a share", Damage.SHARED_AGAIN),
    Case(Trust.QUIET_REPEAT, "a share", Damage.SHARED_AGAIN),
    Case(Trust.QUIET_SHARE, "a share said again", Damage.SHARED_AGAIN),
    Case(Trust.QUIET_LOG, "a folder and many marks", Damage.BROKEN),
)


def without(world: World, off: Rule | Trust) -> World:
    """The world in which one rule, or one trust, does not hold."""
    if isinstance(off, Rule):
        return world._replace(rules=EVERY_RULE - {off})
    return world._replace(trust=EVERY_TRUST - {off})
