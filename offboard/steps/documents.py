"""What every document of ours has in common: it is written once and follows the sheet while nobody touched it."""

from __future__ import annotations

from dataclasses import dataclass

from offboard.documents.document import Document
from offboard.model import Client
from offboard.plan import WriteDocument
from offboard.steps.anew import make_anew
from offboard.world import World


@dataclass(frozen=True)
class Planned:
    """What a document needs: a change, or a note on why it is left alone; neither where it is as it should be."""

    change: WriteDocument | None = None
    note: str = ""


def document_key(client: Client, step: str, *, own: bool = False) -> str:
    """The ledger key of a step's document; `own`: of the one that is for the freelancer alone."""
    return f"{client.short}/{step}/document{'/own' if own else ''}"


def is_document_key(key: str) -> bool:
    """Whether a ledger key is a document's: a report may be called `document` as well."""
    step, _, rest = key.partition("/")[2].partition("/")
    return rest.partition("/")[0] == "document" and step not in ("reports", "share")


def plan_document(
    world: World, client: Client, step: str, *, key: str, name: str, parent_key: str, document: Document
) -> Planned:
    """Write the document, bring an untouched one up to date, or say why it is left alone.

    `name` is the file's, `parent_key` the key of the folder it lies in, which is made before it.
    """
    entry, present = world.ledger.find(key), world.present.get(key)
    made = entry is not None and entry.made
    title = name.rpartition(".")[0] or name
    if made and present is None:
        return Planned()  # the tracker alone was looked at
    if made and not world.lives(key):
        again = make_anew(client, step)
        return Planned(note=f"“{title}” was taken out of its folder; write it anew: {again}")
    if made and present and present.more.get("edited"):
        return Planned(note=f"you changed “{title}”: it is yours now and no longer follows the tracker")
    if made and entry and entry.more.get("digest") == document.digest:
        return Planned()
    says = f"“{title}” {'brought up to date' if made else 'written'}"
    change = WriteDocument(
        key=key,
        step=step,
        says=says,
        name=name,
        parent_key=parent_key,
        document=document,
        made=made,
        after=(parent_key,),
    )
    return Planned(change)
