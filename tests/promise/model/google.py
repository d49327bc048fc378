"""What Google does with a write: applied whole or refused; and what would be damage is noted as it happens."""

from __future__ import annotations

from tests.promise.model.rules import Damage
from tests.promise.model.state import (
    DRAFT,
    EMPTY,
    GONE,
    HERS,
    NEWER,
    OURS,
    OUT,
    READS,
    SWEPT,
    Append,
    Book,
    Create,
    Delete,
    Forget,
    Permit,
    Put,
    Row,
    Shell,
    State,
    World,
    Write,
)

DONE, REFUSED, THERE, MISSING = "done", "refused", "is there already", "is not there"


def apply(world: World, state: State, write: Write) -> tuple[State, str]:
    """The state after this write, and what Google answers."""
    match write:
        case Append():
            return _append(state, write)
        case Forget():
            book = state.books[write.book]
            kept = tuple(mark for mark in book.marks if mark[0] not in write.versions)
            return _with_book(state, write.book, book._replace(marks=kept)), DONE
        case Create():
            return _create(state, write)
        case Shell():
            return state._replace(drafts=(*state.drafts, EMPTY)), str(len(state.drafts))
        case Put():
            return _put(state, write)
        case Delete():
            return _delete(state, write)
        case Permit():
            return _permit(world, state)


def harmed(state: State, *damages: Damage) -> State:
    """The state with these damages noted."""
    return state._replace(harm=state.harm.union(damages)) if damages else state


def _append(state: State, write: Append) -> tuple[State, str]:
    book = state.books[write.book]
    if any(version == write.version for version, _ in book.marks):
        return state, REFUSED
    damages = [Damage.LOGGED_TWICE] if set(write.log) & set(book.log) else []
    if any(row.version == write.version for row in book.rows):
        damages.append(Damage.BROKEN)
    rows = tuple(Row(write.version, write.nonce, *row) for row in write.rows)
    marks = tuple(sorted((*book.marks, (write.version, write.nonce))))
    book = book._replace(rows=tuple(sorted((*book.rows, *rows), key=_version)), marks=marks, log=book.log + write.log)
    return harmed(_with_book(state, write.book, book), *damages), DONE


def _version(row: Row) -> int:
    return row.version


def _create(state: State, write: Create) -> tuple[State, str]:
    if any(id == write.id for id, _ in state.folders):
        return state, THERE  # in the bin or not: an id is given once
    damages = []
    if state.folders:
        binned = all(binned for _, binned in state.folders)
        damages.append(Damage.MADE_AGAIN if binned else Damage.TWO_FOLDERS)
    if write.ground:
        damages.append(Damage(write.ground))
    return harmed(state._replace(folders=(*state.folders, (write.id, False))), *damages), DONE


def _put(state: State, write: Put) -> tuple[State, str]:
    text = state.drafts[write.draft]
    if text in (GONE, SWEPT):
        return state, MISSING
    drafts = list(state.drafts)
    drafts[write.draft] = write.text
    damages = [Damage.OVERWRITTEN] if text == HERS else []
    # what she scribbled into a stray shell is no second one
    before = [state.drafts[int(id)] for id in _recorded(state)] if text == EMPTY else []
    if any(other in (OURS, NEWER, HERS) for other in before):
        damages.append(Damage.TWO_DRAFTS)
    if GONE in before:
        damages.append(Damage.MADE_AGAIN)
    return harmed(state._replace(drafts=tuple(drafts)), *damages), DONE


def _recorded(state: State) -> set[str]:
    """The drafts that a ledger names as the e-mail."""
    return {row.id for book in state.books for row in book.rows if row.key == DRAFT}


def _delete(state: State, write: Delete) -> tuple[State, str]:
    text = state.drafts[write.draft]
    if text in (GONE, SWEPT):
        return state, MISSING
    drafts = list(state.drafts)
    drafts[write.draft] = SWEPT
    needed = text != EMPTY or str(write.draft) in _recorded(state)
    damages = [Damage.SWEPT] if needed else []
    return harmed(state._replace(drafts=tuple(drafts)), *damages), DONE


def _permit(world: World, state: State) -> tuple[State, str]:
    damages = [Damage.SHARED_AGAIN] if state.access == OUT else []
    mails = min(state.mails + world.mails, 2)
    if mails == 2:
        damages.append(Damage.MAILED_TWICE)
    return harmed(state._replace(access=READS, mails=mails), *damages), DONE


def _with_book(state: State, at: int, book: Book) -> State:
    books = list(state.books)
    books[at] = book
    return state._replace(books=tuple(books))
