"""Google Sheets: one atomic read of the tracker, and the append that lands once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from offboard.columns import EPOCH, Cell, Link
from offboard.errors import MissingError, OffboardError, RefusedError
from offboard.workspace.google import Google, Repeat
from offboard.workspace.sheet_requests import SheetRequest

ADDRESS = "https://sheets.googleapis.com/v4/spreadsheets"
MARK = "offboard"  # the key of the ledger's marks among the spreadsheet's metadata
GRID = "effectiveValue,formattedValue,hyperlink,chipRuns,textFormatRuns(startIndex,format/link)"
FIELDS = (
    "spreadsheetId,spreadsheetUrl,properties(title,locale,timeZone),"
    "developerMetadata(metadataId,metadataKey,metadataValue),"
    f"sheets(properties(sheetId,title),data(startRow,startColumn,rowData/values({GRID})))"
)
EMPTY = Cell()
Value = str | int | float | datetime | None


@dataclass(frozen=True)
class Tab:
    """One tab as read: its id, its present title, its rows from the first one on, ragged."""

    id: int
    title: str
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Spreadsheet:
    """A spreadsheet as one read saw it."""

    id: str
    url: str
    title: str
    locale: str
    timezone: str
    tabs: tuple[Tab, ...] = ()
    marks: Mapping[int, str] = field(default_factory=dict)  # version -> nonce


class OvertakenError(OffboardError):
    """The version was taken: by somebody else's append, or by our own whose reply was lost."""


class Sheets:
    """What the program does with spreadsheets."""

    def __init__(self, google: Google) -> None:
        self._google = google

    def read(self, spreadsheet_id: str, tabs: Mapping[str, int], heads: Collection[str] = ()) -> Spreadsheet:
        """These tabs (title -> sheet id) in one consistent read; a renamed one is found by id, a missing one left out.

        Of the tabs in `heads` only the first row is read.
        """
        try:
            found = self._read(spreadsheet_id, [_range(title, title in heads) for title in tabs])
        except MissingError:
            raise
        except RefusedError:  # a range that cannot be parsed: a tab was renamed or deleted
            found = None
        if found is None or any(tabs.get(tab.title, tab.id) != tab.id for tab in found.tabs):
            # also where a tab has the name of ours: ours may be there still, under another name
            there = {tab.id: tab.title for tab in self._read(spreadsheet_id, []).tabs}
            titles = {title: there.get(id, title if title in there.values() else "") for title, id in tabs.items()}
            return self._read(spreadsheet_id, [_range(now, old in heads) for old, now in titles.items() if now])
        return found

    def _read(self, spreadsheet_id: str, ranges: Sequence[str]) -> Spreadsheet:
        fields = FIELDS if ranges else FIELDS.partition(",data(")[0] + ")"
        found = self._google.call(
            lambda: self._google.sheets.request(
                "get",
                f"{ADDRESS}/{spreadsheet_id}",
                params={"ranges": list(ranges), "fields": fields},
            ).json(),
            repeat=Repeat.ALWAYS,
            what="read the tracker",
        )
        return _spreadsheet(found)

    def list_choices(self, spreadsheet_id: str, title: str, cell: str) -> tuple[str, ...]:
        """The words of a cell's dropdown; none where it has none, or takes them from other cells."""
        found = self._google.call(
            lambda: self._google.sheets.request(
                "get",
                f"{ADDRESS}/{spreadsheet_id}",
                params={
                    "ranges": [f"{_range(title, head=False)}!{cell}"],
                    "fields": "sheets/data/rowData/values/dataValidation/condition",
                },
            ).json(),
            repeat=Repeat.ALWAYS,
            what="read the tracker",
        )
        rows = found.get("sheets", [{}])[0].get("data", [{}])[0].get("rowData", [{}])
        rule = rows[0].get("values", [{}])[0].get("dataValidation", {}).get("condition", {})
        words = rule.get("values", []) if rule.get("type") == "ONE_OF_LIST" else []
        return tuple(str(word["userEnteredValue"]) for word in words)

    def update(self, spreadsheet_id: str, requests: Sequence[SheetRequest], what: str) -> None:
        """A repeatable batch, applied whole or not at all."""
        self._google.call(
            lambda: self._google.sheets.batch_update(spreadsheet_id, {"requests": list(requests)}),
            repeat=Repeat.ALWAYS,
            what=what,
        )

    def append(
        self,
        spreadsheet_id: str,
        version: int,
        nonce: str,
        rows: Mapping[int, Sequence[Sequence[Value]]],
        before: Sequence[SheetRequest] = (),
    ) -> None:
        """Append rows to tabs (by sheet id) and take this version, together or not at all (OvertakenError).

        `before` are requests of the same batch that go first: the layout of a new tracker.
        """
        mark = {
            "metadataId": version,
            "metadataKey": MARK,
            "metadataValue": nonce,
            "visibility": "DOCUMENT",
            "location": {"spreadsheet": True},
        }
        requests: list[SheetRequest] = [*before, {"createDeveloperMetadata": {"developerMetadata": mark}}]
        for sheet_id, lines in rows.items():
            if lines:
                cells = [{"values": [_cell_body(value) for value in line]} for line in lines]
                fields = "userEnteredValue,userEnteredFormat.numberFormat"
                requests.append({"appendCells": {"sheetId": sheet_id, "rows": cells, "fields": fields}})
        try:
            self.update(spreadsheet_id, requests, "write down what was done")
        except MissingError:
            raise
        except RefusedError as refused:
            taken_by = self.find_mark(spreadsheet_id, version)
            if taken_by is None:
                raise  # refused for a reason of its own
            if taken_by != nonce:
                raise OvertakenError("Somebody else wrote to the tracker at the same moment.") from refused
            self._google.say_found("write down what was done")

    def find_mark(self, spreadsheet_id: str, version: int) -> str | None:
        """The nonce of whoever took this version; None while nobody has."""
        try:
            found = self._google.call(
                lambda: self._google.sheets.request(
                    "get", f"{ADDRESS}/{spreadsheet_id}/developerMetadata/{version}"
                ).json(),
                repeat=Repeat.ALWAYS,
                what="read the tracker",
            )
        except RefusedError:
            return None
        return str(found.get("metadataValue", ""))

    def make_mark(self, spreadsheet_id: str, number: int, key: str) -> bool:
        """Take a number by a mark of its own; False when the number is taken."""
        place = {"spreadsheet": True}
        mark = {"metadataId": number, "metadataKey": key, "visibility": "DOCUMENT", "location": place}
        request = {"createDeveloperMetadata": {"developerMetadata": mark}}
        try:
            self.update(spreadsheet_id, [request], "try the fence")
        except MissingError:
            raise
        except RefusedError:
            return False
        return True

    def delete_marks(self, spreadsheet_id: str, versions: Sequence[int]) -> None:
        """Forget old marks; whether it works does not matter, so a refusal is swallowed here."""
        lookups = [{"developerMetadataLookup": {"metadataId": version}} for version in versions]
        requests = [{"deleteDeveloperMetadata": {"dataFilter": lookup}} for lookup in lookups]
        try:
            self.update(spreadsheet_id, requests, "tidy the tracker")
        except OffboardError:
            return


def serial(moment: datetime) -> float:
    """A moment as the spreadsheet counts it: days since 1899-12-30 on the wall clock of its own time zone."""
    return (moment.replace(tzinfo=None) - EPOCH).total_seconds() / 86400


def _range(title: str, head: bool) -> str:
    return "'" + title.replace("'", "''") + "'" + ("!1:1" if head else "")


def _cell_body(value: Value) -> dict[str, Any]:
    if isinstance(value, datetime):
        number_format = {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm"}
        return {
            "userEnteredValue": {"numberValue": serial(value)},
            "userEnteredFormat": {"numberFormat": number_format},
        }
    if isinstance(value, int | float):
        return {"userEnteredValue": {"numberValue": value}}
    return {"userEnteredValue": {"stringValue": value}} if value else {}


def _spreadsheet(found: dict[str, Any]) -> Spreadsheet:
    properties = found.get("properties", {})
    return Spreadsheet(
        id=found["spreadsheetId"],
        url=found.get("spreadsheetUrl", ""),
        title=properties.get("title", ""),
        locale=properties.get("locale", "en_US"),
        timezone=properties.get("timeZone", "UTC"),
        tabs=tuple(_tab(sheet) for sheet in found.get("sheets", [])),
        marks={
            mark["metadataId"]: mark.get("metadataValue", "")
            for mark in found.get("developerMetadata", [])
            if mark.get("metadataKey") == MARK
        },
    )


def _tab(sheet: dict[str, Any]) -> Tab:
    properties = sheet["properties"]
    rows: list[tuple[Cell, ...]] = []
    for block in sheet.get("data", []):
        rows += [()] * block.get("startRow", 0)
        rows += [_row(row.get("values", [])) for row in block.get("rowData", [])]
    return Tab(properties.get("sheetId", 0), properties.get("title", ""), tuple(rows))


def _row(found: list[dict[str, Any]]) -> tuple[Cell, ...]:
    return tuple(_cell(value) if value else EMPTY for value in found) if any(found) else ()  # most rows wait empty


def _cell(found: dict[str, Any]) -> Cell:
    effective = found.get("effectiveValue", {})
    value = next((effective[kind] for kind in ("numberValue", "stringValue", "boolValue") if kind in effective), None)
    text = str(found.get("formattedValue", ""))
    return Cell(value, text, tuple(dict.fromkeys(_links(found, text))), error="errorValue" in effective)


def _links(found: dict[str, Any], text: str) -> list[Link]:
    links = []
    for runs, address in (("chipRuns", _chip_address), ("textFormatRuns", _run_address)):
        starts = [run.get("startIndex", 0) for run in found.get(runs, [])] + [len(text)]
        for run, start, end in zip(found.get(runs, []), starts, starts[1:], strict=False):
            if address(run):
                links.append(Link(address(run), text[start:end].strip(" ,\n")))
    if not links and found.get("hyperlink"):
        links.append(Link(found["hyperlink"], text.strip()))
    return links


def _chip_address(run: dict[str, Any]) -> str:
    return str(run.get("chip", {}).get("richLinkProperties", {}).get("uri", ""))


def _run_address(run: dict[str, Any]) -> str:
    return str(run.get("format", {}).get("link", {}).get("uri", ""))
