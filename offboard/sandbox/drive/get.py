"""One file: its metadata, or what is in it."""

from __future__ import annotations

from offboard.sandbox.call import Answer, Call, Media
from offboard.sandbox.drive.access import get_downloadable, get_readable, rank_of
from offboard.sandbox.drive.capabilities import can_read_all
from offboard.sandbox.drive.contents import get_content
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.resource import DEFAULT, asked_fields, render_file
from offboard.sandbox.refusal import Refusal


@answers_drive("drive.files.get", default_fields=DEFAULT)
def get(call: Call) -> Answer:
    """A file's metadata; with `alt=media`, its bytes."""
    if call.parameters.get("alt") == "media":
        return _download(call)
    return render_file(call, get_readable(call, call.parameters["fileId"]), asked_fields(call))


def _download(call: Call) -> Media:
    found = get_downloadable(call, call.parameters["fileId"])
    if found.native:
        message = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
        raise Refusal(403, message, reason="fileNotDownloadable", location="alt")
    if not can_read_all(found, rank_of(call, found)):
        raise Refusal(403, "This file cannot be downloaded by the user.", reason="cannotDownloadFile")
    return Media(get_content(call.state, found), found.mime, ranged=True)
