"""gspread itself at work on the sandbox: only the origin of its addresses is another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import gspread
import pytest
import requests
from google.auth.credentials import AnonymousCredentials
from gspread.http_client import HTTPClient
from requests.adapters import HTTPAdapter

from offboard.sandbox.control import person_token
from offboard.sandbox.server import Sandbox


class Origin(HTTPAdapter):
    """Sends what is meant for Google to another origin."""

    def __init__(self, origin: str) -> None:
        super().__init__()
        self.origin = origin

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(request.url or "")
        request.url = f"{self.origin}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        return super().send(request, *args, **kwargs)


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[gspread.Client]:
    session = requests.Session()
    session.mount("https://", Origin(sandbox.origin))
    session.headers["Authorization"] = f"Bearer {person_token(sandbox, 'ana@sandbox.example')}"
    http = HTTPClient(AnonymousCredentials(), session=session)
    made = gspread.Client(AnonymousCredentials(), session=session)
    made.http_client = http
    yield made
    session.close()


def test_a_spreadsheet_is_made_found_filled_and_read(client: gspread.Client) -> None:
    made = client.create("Clients")
    sheet = client.open("Clients").sheet1
    assert client.open_by_key(made.id).title == "Clients"
    sheet.update([["Name", "Due"], ["bloom", "2026-05-31"]], "A1", value_input_option="USER_ENTERED")  # type: ignore[arg-type]
    sheet.append_row(["corvo", "=1+1"], value_input_option="USER_ENTERED")  # type: ignore[arg-type]
    assert sheet.get_all_values() == [["Name", "Due"], ["bloom", "2026-05-31"], ["corvo", "2"]]
    assert sheet.get_all_records() == [{"Name": "bloom", "Due": "2026-05-31"}, {"Name": "corvo", "Due": 2}]
    found = sheet.find("corvo")
    assert found is not None
    assert (found.row, found.col) == (3, 1)


def test_sheets_rows_and_formats_are_changed(client: gspread.Client) -> None:
    book = client.create("Formats")
    sheet = book.add_worksheet("Data", rows=10, cols=4)
    sheet.update([["c"], ["a"], ["b"]], "A1")
    sheet.sort((1, "asc"), range="A1:A3")
    sheet.insert_row(["head"], 1)
    sheet.format("A1", {"textFormat": {"bold": True}})
    sheet.freeze(rows=1)
    sheet.update_note("A1", "what it is")
    assert sheet.col_values(1) == ["head", "a", "b", "c"]
    assert sheet.get_note("A1") == "what it is"
    sheet.delete_rows(2, 3)
    sheet.batch_clear(["A1"])
    assert sheet.get_all_values() == [[""], ["c"]]
    book.del_worksheet(book.sheet1)
    assert [tab.title for tab in book.worksheets()] == ["Data"]


def test_a_refusal_reaches_gspread_as_its_own_error(client: gspread.Client) -> None:
    book = client.create("Errors")
    with pytest.raises(gspread.exceptions.APIError, match="already exists"):
        book.add_worksheet("Sheet1", 1, 1)
    with pytest.raises(gspread.exceptions.APIError, match="Unable to parse range"):
        book.values_get("Nowhere!A1")
    with pytest.raises(gspread.exceptions.SpreadsheetNotFound):
        client.open_by_key("1" * 44)
