"""The links in a file's metadata lead to what they promise, for whoever brings a token."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests

from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import DOCUMENT, FILES, SPREADSHEET, STUDIO, look, make, share


def follow(caller: Caller, link: str) -> requests.Response:
    """What is at a link of Google's, asked of the sandbox."""
    address = urlsplit(link)
    answer = caller.get(f"{caller.origin}{address.path}?{address.query}", timeout=10)
    assert isinstance(answer, requests.Response)
    return answer


@pytest.mark.parametrize(("mime", "source"), [(SPREADSHEET, "text/csv"), (DOCUMENT, "text/plain")])
def test_an_export_link_gives_the_bytes_of_an_export(ana: Caller, mime: str, source: str) -> None:
    file_id = make(ana, content=b"a,b\n1,2\n", mime=source, mimeType=mime)
    link = look(ana, file_id)["exportLinks"][source]
    exported = ana.call("GET", f"{FILES}/{file_id}/export", mimeType=source)
    answer = follow(ana, link)
    assert (answer.status_code, answer.content) == (200, exported.content)
    assert answer.headers["Content-Type"] == source


def test_every_export_link_is_answered_or_said_not_to_be(ana: Caller) -> None:
    for mime in (SPREADSHEET, DOCUMENT):
        for link in look(ana, make(ana, mimeType=mime))["exportLinks"].values():
            assert follow(ana, link).status_code in (200, 501), link


@pytest.mark.parametrize("parent", ["root", STUDIO])
def test_a_content_link_gives_the_file(ana: Caller, parent: str) -> None:
    link = look(ana, make(ana, content=b"bytes", parents=[parent]))["webContentLink"]
    assert follow(ana, link).content == b"bytes"


def test_a_link_alone_opens_nothing(sandbox: Sandbox, ana: Caller, maya: Caller) -> None:
    file_id = make(ana, content=b"bytes")
    link = look(ana, file_id)["webContentLink"]
    assert follow(maya, link).status_code == 404
    assert follow(Caller(sandbox.origin, "nonsense"), link).status_code == 401
    share(ana, file_id, "maya@bloom.example")
    assert follow(maya, link).content == b"bytes"


@pytest.mark.parametrize("query", ["", "id=", "id=../about&exportFormat=csv", "id=x&exportFormat=doc"])
def test_a_link_to_nothing_leads_nowhere(ana: Caller, query: str) -> None:
    assert ana.get(f"{ana.origin}/spreadsheets/export?{query}", timeout=10).status_code == 404
