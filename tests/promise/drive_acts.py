"""What a person does in Drive and Gmail; each act answers whether there was anything to do."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from tests.promise.hand import BY_HAND, Hand


def edit_draft(hand: Hand) -> bool:
    """A sentence is added to a draft that is not just being written, and it is saved."""
    return _with_draft(hand, _save_changed, hand.is_being_filled)


def send_draft(hand: Hand) -> bool:
    """A draft is sent."""
    return _with_draft(
        hand, lambda hand, draft: _gone(hand, draft, "POST", "/gmail/v1/users/me/drafts/send", {"id": draft})
    )


def discard_draft(hand: Hand) -> bool:
    """A draft is thrown away."""
    return _with_draft(hand, lambda hand, draft: _gone(hand, draft, "DELETE", f"/gmail/v1/users/me/drafts/{draft}"))


def rename_folder(hand: Hand) -> bool:
    """A folder that was made has another name, which no other has."""
    name = f"My “own” name's {hand.chance.randrange(10**6)}"
    return _with_folder(hand, lambda file: hand.person.ask("PATCH", f"/drive/v3/files/{file}", {"name": name}))


def move_folder(hand: Hand) -> bool:
    """The client's folder lies in another one."""

    def move(id: str) -> None:
        new = hand.person.make_folder("Elsewhere")
        hand.copies.add(new)
        parents = ",".join(hand.person.ask("GET", f"/drive/v3/files/{id}?fields=parents")["parents"])
        hand.person.ask("PATCH", f"/drive/v3/files/{id}?addParents={new}&removeParents={parents}", {})

    return _with_folder(hand, move, root=True)


def trash_folder(hand: Hand) -> bool:
    """A folder that was made goes to the bin; it may come back."""

    def trash(id: str) -> None:
        hand.binned.add(id)
        hand.takes_back.append(lambda: untrash(id))
        hand.person.ask("PATCH", f"/drive/v3/files/{id}", {"trashed": True})

    def untrash(id: str) -> None:
        hand.binned.discard(id)
        hand.person.ask("PATCH", f"/drive/v3/files/{id}", {"trashed": False})

    return _with_folder(hand, trash)


def remove_permission(hand: Hand) -> bool:
    """Somebody may no longer read a folder."""
    below = set(_children(hand))
    given = [
        (file["id"], one["id"], one["emailAddress"])
        for file in hand.made()
        if file["id"] not in below
        for one in file.get("permissions", [])
        if one["role"] == "reader"
    ]
    if not given:
        return False
    file, permission, address = hand.chance.choice(sorted(given, key=lambda one: one[2]))
    hand.person.ask("DELETE", f"/drive/v3/files/{file}/permissions/{permission}")
    hand.let_out.add((file, address.lower()))
    return True


def copy_tracker(hand: Hand) -> bool:
    """The whole tracker is copied, marks and memory with it."""
    copied = hand.person.ask("POST", f"/drive/v3/files/{hand.book.tracker}/copy", {"name": "Copy of the tracker"})
    hand.copies.add(str(copied["id"]))
    return True


def _with_draft(
    hand: Hand, act: Callable[[Hand, str], object], left_alone: Callable[[str], bool] = lambda _: False
) -> bool:
    drafts = [draft for draft in hand.drafts() if not left_alone(draft)]
    if drafts:
        act(hand, hand.chance.choice(sorted(drafts, key=lambda draft: str(hand.letter(draft)["Subject"]))))
    return bool(drafts)


def _save_changed(hand: Hand, id: str) -> None:
    letter = hand.letter(id)
    body = letter.get_body(("plain",))
    body.set_content(body.get_content() + f"\n{BY_HAND}\n")
    raw = base64.urlsafe_b64encode(letter.as_bytes()).decode()
    hand.edited.add(id)
    hand.person.ask("PUT", f"/gmail/v1/users/me/drafts/{id}", {"message": {"raw": raw}})


def _gone(hand: Hand, id: str, method: str, path: str, body: dict[str, Any] | None = None) -> None:
    hand.discarded.add(id)
    hand.person.ask(method, path, body)


def _with_folder(hand: Hand, act: Callable[[str], object], *, root: bool = False) -> bool:
    below = set(_children(hand))
    folders = [
        file
        for file in sorted(hand.made(), key=lambda file: str(file["name"]))
        if file["mimeType"].endswith(".folder") and not file["trashed"] and not (root and file["id"] in below)
    ]
    if folders:
        act(hand.chance.choice(folders)["id"])
    return bool(folders)


def _children(hand: Hand) -> list[str]:
    """What lies in something that was made."""
    made = hand.made()
    ids = {file["id"] for file in made}
    return [file["id"] for file in made if ids & set(file.get("parents", []))]
