"""Comments on files: nobody wrote any."""

from __future__ import annotations

from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.access import get_downloadable
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.refusal import Refusal


@answers_drive("drive.comments.list")
def list_comments(call: Call) -> Answer:
    """The comments of a file, of which the sandbox has none; Google wants the fields named."""
    if not call.parameters.get("fields"):
        message = "The 'fields' parameter is required for this method."
        raise Refusal(400, message, reason="required", location="fields")
    get_downloadable(call, call.parameters["fileId"])
    return {"kind": "drive#commentList", "comments": []}
