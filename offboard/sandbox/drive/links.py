"""The addresses under which a person opens, downloads or exports a file in a browser; and these followed."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from offboard.sandbox.drive.formats import DOCUMENT, DRAWING, EXPORTS, FORM, PRESENTATION
from offboard.sandbox.drive.store import FOLDER, SPREADSHEET, File
from offboard.sandbox.gateway import Request

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
SOURCES = {urlsplit(link).path: mime for mime, link in EXPORTERS.items()}
DOWNLOADS = urlsplit(DOWNLOAD).path
ALL_DRIVES = {"supportsAllDrives": "true"}


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


def follow_link(request: Request) -> Request:
    """The call of the API that an `exportLinks` or `webContentLink` address means; any other request as it is."""
    asked = {name: values[0] for name, values in parse_qs(request.query).items()}
    path = f"/drive/v3/files/{quote(asked.get('id', ''), safe='')}"
    if request.http != "GET" or "id" not in asked:
        return request
    if request.path == DOWNLOADS:
        return replace(request, path=path, query=urlencode(ALL_DRIVES | {"alt": "media"}))
    if request.path in SOURCES:
        formats = {word: mime for mime, word in EXPORTS[SOURCES[request.path]].items()}
        word = asked.get("exportFormat", "")
        query = {"mimeType": formats.get(word, word)}
        return replace(request, path=f"{path}/export", query=urlencode(query))
    return request
