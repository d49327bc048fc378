"""The tree of errors: what happened, where, what to type next, and the exit code that tells a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """The exit codes that the README promises."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NOT_READY = 3
    WAITING = 4
    INTERRUPTED = 130


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where it stands (`Clients!H4`, a file), what is wrong, how to mend it."""

    where: str
    message: str
    hint: str = ""
    client: str = ""  # the short name of the one client whose work it stops; empty: everybody's


class OffboardError(Exception):
    """Something the person must know: a sentence, and a hint that says what to type or click next."""

    exit = Exit.FAILED

    def __init__(self, message: str, hint: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.problems = tuple(problems)


class UsageError(OffboardError):
    """The command's words are off: an unknown client, a step that does not exist."""

    exit = Exit.USAGE


class NotReadyError(OffboardError):
    """Not set up yet: no credentials, no tracker, a setting that cannot be read."""

    exit = Exit.NOT_READY


class SignedOutError(NotReadyError):
    """Nobody is signed in, or not with every permission."""


class SignInEndedError(SignedOutError):
    """Google ended a sign-in that there was: the same person signs in again, and all goes on."""


class TrackerError(OffboardError):
    """Cells, columns or tabs of the tracker that cannot be read; every one of them is listed."""


class LedgerError(OffboardError):
    """The hidden Ledger tab is damaged or belongs to another tracker: nothing is made until it is mended."""


class TemplateError(OffboardError):
    """E-mail templates that cannot be used; each problem with its file and line."""


class UnreachableError(OffboardError):
    """Google (or the sandbox) did not answer; what was done is written down, and a new run goes on from there."""


class LostReplyError(UnreachableError):
    """The reply to a call that must not be repeated blindly was lost: look first."""


class RefusedError(OffboardError):
    """Google refused one request for a reason that trying again will not change."""

    def __init__(self, message: str, hint: str = "", problems: Sequence[Problem] = (), *, reason: str = "") -> None:
        super().__init__(message, hint, problems)
        self.reason = reason  # Google's own word for it


class MissingError(RefusedError):
    """What was asked for is not there, or this account may not see it."""


class TakenError(RefusedError):
    """The id is in use already: for a reserved id this means that an earlier try landed."""


class NoMeetError(RefusedError):
    """This account's calendar has no Meet rooms."""


class NoAccountError(RefusedError):
    """The address to share with belongs to nobody with a Google account."""


class EditedError(OffboardError):
    """What was to be written over is no longer as we left it: it is the person's now."""


class InterruptedRunError(OffboardError):
    """The person pressed Ctrl-C."""

    exit = Exit.INTERRUPTED
