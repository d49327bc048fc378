"""Everything that a person does between two requests, and how often one comes before another."""

from __future__ import annotations

from collections.abc import Callable

from tests.promise.drive_acts import (
    copy_tracker,
    discard_draft,
    edit_draft,
    move_folder,
    remove_permission,
    rename_folder,
    send_draft,
    trash_folder,
)
from tests.promise.hand import Hand
from tests.promise.sheet_acts import (
    add_client,
    delete_log_row,
    delete_row,
    duplicate_row,
    filter_rows,
    hide,
    insert_column,
    insert_row,
    mark_paid,
    move_column,
    move_row,
    paste_with_blanks,
    protect,
    rename_header,
    rename_tab,
    retype,
    retype_nonsense,
    sort,
    sort_log,
    tick_box,
)


def take_back(hand: Hand) -> bool:
    """What was done by mistake is undone."""
    if not hand.takes_back:
        return False
    hand.takes_back.pop()()
    return True


ACTS: dict[str, Callable[[Hand], bool]] = {
    act.__name__: act
    for act in (
        sort, insert_row, insert_column, delete_row, move_row, move_column, rename_tab, rename_header, retype,
        retype_nonsense, mark_paid, tick_box, add_client, duplicate_row, paste_with_blanks, filter_rows, hide, protect,
        edit_draft, send_draft, discard_draft, rename_folder, move_folder, trash_folder, remove_permission,
        delete_log_row, sort_log, copy_tracker, take_back,
    )
}  # fmt: skip

SHAKING = (sort, insert_row, insert_column, move_row, move_column, retype)  # what confuses whoever counts rows
TOUCHING = (edit_draft, send_draft, discard_draft, rename_folder, move_folder, trash_folder, remove_permission)
WEIGHTS = [4 if act in SHAKING else 2 if act in TOUCHING else 1 for act in ACTS.values()]
