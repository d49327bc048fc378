"""A document of ours is written, or left alone because it is a person's by now."""

from __future__ import annotations

from offboard.errors import EditedError, MissingError
from offboard.plan import Outcome, Result, WriteDocument
from offboard.steps.folder import LINK_LATER
from offboard.workspace.documents import Documents, Draught


def write_document(documents: Documents, change: WriteDocument, id: str, parent: str) -> Result:
    """What became of it: `id` is the document's, `parent` its folder's. Rendered only where it must go up."""
    document = change.document
    if LINK_LATER in str(document):
        raise RuntimeError("a document was about to be written without its links")
    told = Draught(id, change.name, parent, change.key, document.digest, document.mime)
    more = {"digest": document.digest, "name": change.name, "md5": ""}
    try:
        made = documents.write(told, document.render, made=change.made)
    except EditedError as edited:
        return Result(change, Outcome.CHANGED, edited.message, id, more=more)
    except MissingError:
        made = None
    if made is None or made.trashed:
        says = f"“{change.name}” was taken out by hand before that was written down: it stays so"
        return Result(change, Outcome.CHANGED, says, id, more=more)
    return Result(change, Outcome.CHANGED, change.says, made.id, made.url, {**more, "md5": made.md5})
