"""About the asking person, their storage, and what Drive converts."""

from __future__ import annotations

from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.formats import DOCUMENT, EXPORTS, IMPORTS, PRESENTATION
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.resource import render_user
from offboard.sandbox.drive.storage import STORAGE, count_trashed, count_used
from offboard.sandbox.drive.store import SPREADSHEET
from offboard.sandbox.refusal import Refusal

LARGEST_UPLOAD = 5 * 1024**4
LARGEST_IMPORTS = {DOCUMENT: 10 * 1024**2, SPREADSHEET: 100 * 1024**2, PRESENTATION: 100 * 1024**2}
COLOURS = ("#ac725e", "#d06b64", "#f83a22", "#fa573c", "#ff7537", "#ffad46", "#42d692", "#16a765", "#7bd148", "#b3dc6c")


@answers_drive("drive.about.get")
def about(call: Call) -> Answer:
    """Only the fields that are named: Google asks that they are."""
    if not call.parameters.get("fields"):
        message = "The 'fields' parameter is required for this method."
        raise Refusal(400, message, reason="required", location="fields")
    used = count_used(call.state, call.bearer.email)
    return {
        "kind": "drive#about",
        "user": render_user(call, call.bearer.email),
        "storageQuota": {
            "limit": str(STORAGE),
            "usage": str(used),
            "usageInDrive": str(used),
            "usageInDriveTrash": str(count_trashed(call.state, call.bearer.email)),
        },
        "exportFormats": {source: list(targets) for source, targets in EXPORTS.items()},
        "importFormats": IMPORTS,
        "maxImportSizes": {mime: str(size) for mime, size in LARGEST_IMPORTS.items()},
        "maxUploadSize": str(LARGEST_UPLOAD),
        "folderColorPalette": list(COLOURS),
        "appInstalled": False,
        "canCreateDrives": False,
        "canCreateTeamDrives": False,
    }
