"""A spreadsheet of the sandbox in the hands of somebody who talks to it over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from tests.sandbox.caller import Caller

Json = dict[str, Any]


class Workbook:
    """One spreadsheet: read and written through the API; `refused` answers what a refusal says."""

    def __init__(self, caller: Caller, locale: str = "en_US", *titles: str, **grid: int) -> None:
        self.caller = caller
        sheets = [
            {"properties": {"sheetId": number, "title": title, "gridProperties": grid}}
            for number, title in enumerate(titles or ("Sheet1",))
        ]
        properties = {"title": "Book", "locale": locale, "timeZone": "Europe/Berlin"}
        made = caller.call("POST", "/v4/spreadsheets", json={"properties": properties, "sheets": sheets})
        assert made.status_code == 200, made.text
        self.id: str = made.json()["spreadsheetId"]

    @property
    def path(self) -> str:
        return f"/v4/spreadsheets/{self.id}"

    def call(self, http: str, rest: str = "", json: Any = None, **query: Any) -> Json:
        answer = self.caller.call(http, self.path + rest, json=json, **query)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def refused(self, http: str, rest: str = "", json: Any = None, **query: Any) -> tuple[int, str]:
        answer = self.caller.call(http, self.path + rest, json=json, **query)
        assert answer.status_code >= 400, answer.text
        error = answer.json()["error"]
        return error["code"], error["message"]

    def values(self, where: str, **query: Any) -> list[list[Any]]:
        found: list[list[Any]] = self.call("GET", f"/values/{quote(where, safe='')}", **query).get("values", [])
        return found

    def value(self, where: str, **query: Any) -> Any:
        found = self.values(where, **query)
        return found[0][0] if found else None

    def type_in(self, where: str, *rows: Sequence[Any], option: str = "USER_ENTERED") -> Json:
        return self.call("PUT", f"/values/{quote(where, safe='')}", {"values": list(rows)}, valueInputOption=option)

    def batch(self, *requests: Json, **more: Any) -> list[Json]:
        found: list[Json] = self.call("POST", ":batchUpdate", {"requests": list(requests), **more})["replies"]
        return found

    def batch_refused(self, *requests: Json) -> str:
        code, message = self.refused("POST", ":batchUpdate", {"requests": list(requests)})
        assert code == 400
        return message

    def get(self, **query: Any) -> Json:
        return self.call("GET", **query)

    def sheet(self, number: int = 0, **query: Any) -> Json:
        found: Json = self.get(**query)["sheets"][number]
        return found

    def cell(self, where: str) -> Json:
        """The one cell of an address, with everything in it."""
        data: Json = self.get(ranges=where, includeGridData="true")["sheets"][0]["data"][0]
        rows = data.get("rowData", [])
        values = rows[0].get("values", []) if rows else []
        found: Json = values[0] if values else {}
        return found


def area(top: int, bottom: int, left: int, right: int, sheet: int = 0) -> Json:
    """A GridRange."""
    return {
        "sheetId": sheet,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def lines(dimension: str, start: int, end: int, sheet: int = 0) -> Json:
    """A DimensionRange."""
    return {"sheetId": sheet, "dimension": dimension, "startIndex": start, "endIndex": end}


def texts(*values: str) -> Json:
    """A row of cells with these texts."""
    return {"values": [{"userEnteredValue": {"stringValue": value}} for value in values]}
