"""What holds before any Drive answer: the person has a My Drive, the shared drive stands, what expired is gone."""

from __future__ import annotations

from collections.abc import Callable

from offboard.sandbox.accounts import OWNER
from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.drive.grants import drop_expired, grant, refresh_access
from offboard.sandbox.drive.store import FOLDER, find_file, get_root, insert_file
from offboard.sandbox.state import State

STUDIO = "0AStudioDriveUk9PVA"  # the shared drive that the owner of the desk has
STUDIO_NAME = "Studio"

Answering = Callable[[Call], Answer]


def answers_drive(method_id: str, *, default_fields: str = "") -> Callable[[Answering], Answering]:
    """Register the answer to a Drive method, which finds everything ready."""

    def register(function: Answering) -> Answering:
        def answer(call: Call) -> Answer:
            make_ready(call.state, call.bearer.email)
            return function(call)

        answers(method_id, default_fields=default_fields)(answer)
        return function

    return register


def make_ready(state: State, email: str) -> None:
    """Give the person a My Drive and the Workspace its shared drive, where they are not there yet."""
    get_root(state, email)
    if find_file(state, STUDIO) is None:
        insert_file(state, STUDIO, name=STUDIO_NAME, mime=FOLDER, owner="", by=OWNER, drive=STUDIO)
        grant(state, STUDIO, OWNER, "organizer")
        refresh_access(state, STUDIO)
    drop_expired(state)
