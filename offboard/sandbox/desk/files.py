"""A file as the desk shows it: as a table, as text, as a picture, as a frame, or only to be kept."""

from __future__ import annotations

import csv
import io

from offboard.sandbox.desk.page import SHOWN, answer_bytes, answer_paper
from offboard.sandbox.desk.visitor import Asked, Refused, Visitor
from offboard.sandbox.documents import Json
from offboard.sandbox.drive.formats import DOCUMENT, EXPORTS, PRESENTATION
from offboard.sandbox.drive.store import FOLDER, SHORTCUT, SPREADSHEET
from offboard.sandbox.gateway import Response

MOST_ROWS, MOST_CHARACTERS = 200, 100_000
FILE = "/drive/v3/files/{}"


def find_preview(visitor: Visitor, file: Json) -> Json:
    """How to show a file that the person may see; `kind` is `none` where only the bytes are of use."""
    mime = file["mimeType"]
    try:
        if mime in (SPREADSHEET, "text/csv", "text/tab-separated-values"):
            return _table(_text(visitor, file), "\t" if mime == "text/tab-separated-values" else ",")
        if mime == PRESENTATION or mime.startswith("text/") or mime == "application/json":
            text = _text(visitor, file)
            return {"kind": "text", "text": text[:MOST_CHARACTERS], "more": len(text) > MOST_CHARACTERS}
    except Refused as refused:
        return {"kind": "none", "why": str(refused)}
    if mime == DOCUMENT:
        return {"kind": "paper"}
    if mime in SHOWN:
        return {"kind": "pdf" if mime == "application/pdf" else "image"}
    return {"kind": "none", "why": "" if mime in (FOLDER, SHORTCUT) else "The browser cannot show this kind of file."}


def answer_file(visitor: Visitor, asked: Asked) -> Response:
    """The bytes of a file, or of what Google would make of it."""
    file = visitor.get(FILE, asked.name("file"), fields="id,name,mimeType", supportsAllDrives="true")
    if file["mimeType"] == DOCUMENT and not asked.text("keep", ""):
        html = visitor.download(FILE + "/export", file["id"], mimeType="text/html").content
        return answer_paper(html.decode(), "doc.css")
    name, mime = file["name"], file["mimeType"]
    if mime in EXPORTS:
        name, mime = name + ".pdf", "application/pdf"
        content = visitor.download(FILE + "/export", file["id"], mimeType=mime).content
    else:
        content = visitor.download(FILE, file["id"], alt="media", supportsAllDrives="true").content
    return answer_bytes(content, mime, name, download=bool(asked.text("keep", "")))


def _text(visitor: Visitor, file: Json) -> str:
    if file["mimeType"] in (SPREADSHEET, PRESENTATION):
        mime = "text/csv" if file["mimeType"] == SPREADSHEET else "text/plain"
        content = visitor.download(FILE + "/export", file["id"], mimeType=mime).content
    else:
        content = visitor.download(FILE, file["id"], alt="media", supportsAllDrives="true").content
    return content.decode("utf-8-sig", "replace")


def _table(text: str, delimiter: str) -> Json:
    try:
        rows = list(csv.reader(io.StringIO(text[:MOST_CHARACTERS], newline=""), delimiter=delimiter))
    except csv.Error:
        return {"kind": "text", "text": text[:MOST_CHARACTERS], "more": len(text) > MOST_CHARACTERS}
    more = len(rows) > MOST_ROWS or len(text) > MOST_CHARACTERS
    width = max(map(len, rows), default=0)
    shown = [row + [""] * (width - len(row)) for row in rows[:MOST_ROWS]]
    return {"kind": "table", "rows": shown, "more": more}
