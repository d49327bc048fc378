"""The addresses under which a person opens, downloads or exports a file in a browser."""

from __future__ import annotations

from offboard.sandbox.drive.formats import DOCUMENT, DRAWING, EXPORTS, FORM, PRESENTATION
from offboard.sandbox.drive.store import FOLDER, SPREADSHEET, File

EDITORS = {
    DOCUMENT: "document",
    SPREADSHEET: "spreadsheets",
    PRESENTATION: "presentation",
    DRAWING: "drawings",
    FORM: "forms",
}
DOWNLOAD = "https://drive.google.com/uc?id={id}&export=download"
EXPORTERS = {
    DOCUMENT: "https://docs.google.com/feeds/download/documents/export/Export?id={id}&exportFormat={word}",
    SPREADSHEET: "https://docs.google.com/spreadsheets/export?id={id}&exportFormat={word}",
    PRESENTATION: "https://docs.google.com/feeds/download/presentations/Export?id={id}&exportFormat={word}",
    DRAWING: "https://docs.google.com/feeds/download/drawings/Export?id={id}&exportFormat={word}",
    FORM: "https://docs.google.com/forms/export?id={id}&exportFormat={word}",
}


def view_link(found: File) -> str:
    """Where a person sees the file."""
    if found.mime == FOLDER:
        return f"https://drive.google.com/drive/folders/{found.id}"
    if found.mime in EDITORS:
        return f"https://docs.google.com/{EDITORS[found.mime]}/d/{found.id}/edit?usp=drivesdk"
    return f"https://drive.google.com/file/d/{found.id}/view?usp=drivesdk"


def content_link(found: File) -> str:
    """Where a person downloads a file that has bytes of its own."""
    return DOWNLOAD.format(id=found.id)


def icon_link(found: File) -> str:
    """The picture of its type."""
    return f"https://drive-thirdparty.googleusercontent.com/16/type/{found.mime}"


def export_links(found: File) -> dict[str, str]:
    """Where one of Google's own types is exported, by the type wanted."""
    words = EXPORTS.get(found.mime, {})
    return {mime: EXPORTERS[found.mime].format(id=found.id, word=word) for mime, word in words.items()}
