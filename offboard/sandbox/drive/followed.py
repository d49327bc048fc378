"""Drive's links for browsers, followed: each is a call of the API in other words, for whoever brings a token."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from offboard.sandbox.drive.formats import EXPORTS
from offboard.sandbox.drive.links import DOWNLOAD, EXPORTERS
from offboard.sandbox.gateway import Request

SOURCES = {urlsplit(link).path: mime for mime, link in EXPORTERS.items()}
DOWNLOADS = urlsplit(DOWNLOAD).path
ALL_DRIVES = {"supportsAllDrives": "true"}


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
