"""Developer metadata: who may see an entry, where it lies, which lookups find it, and what these answer."""

from __future__ import annotations

from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.a1 import Box, Span, read_span
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.drive_file import open_spreadsheet
from offboard.sandbox.sheets.places import check_span, naming
from offboard.sandbox.sheets.sheet import Dimension

BUDGET = 30_000  # characters of keys and values for the spreadsheet itself, and as many for each sheet


def is_visible(entry: Json, client: str) -> bool:
    """Whether an app sees an entry: one of project visibility only the app that made it."""
    return bool(entry["visibility"] == "DOCUMENT" or entry["client"] == client)


def metadata_json(entry: Json) -> Json:
    """An entry as Google shows it."""
    return {name: value for name, value in entry.items() if name != "client"}


def list_metadata(book: Book, client: str, location_type: str, sheet_id: int | None = None) -> list[Json]:
    """The visible entries of the spreadsheet itself, or of a sheet itself."""
    return [
        metadata_json(entry)
        for entry in book.metadata
        if entry["location"]["locationType"] == location_type
        and (sheet_id is None or entry["location"].get("sheetId") == sheet_id)
        and is_visible(entry, client)
    ]


def metadata_of_line(book: Book, sheet_id: int, dimension: Dimension, client: str) -> dict[int, list[Json]]:
    """The visible entries of single rows or columns of a sheet, by their index."""
    found: dict[int, list[Json]] = {}
    for entry in book.metadata:
        where = entry["location"].get("dimensionRange")
        here = where and where["dimension"] == dimension and where.get("sheetId", 0) == sheet_id
        if here and is_visible(entry, client):
            found.setdefault(where["startIndex"], []).append(metadata_json(entry))
    return found


def find_metadata(book: Book, data_filter: Json, client: str) -> list[Json]:
    """The visible entries that a data filter matches."""
    visible = [entry for entry in book.metadata if is_visible(entry, client)]
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is not None:
        return [entry for entry in visible if _matches(book, entry, lookup)]
    place = place_of_filter(book, data_filter)
    return [entry for entry in visible if place and _lies_on(book, entry, *place)]


def place_of_filter(book: Book, data_filter: Json) -> tuple[int, Span] | None:
    """The sheet and range of a data filter that names one."""
    if "a1Range" in data_filter:
        found = book.find_range(data_filter["a1Range"])
        return (found[0].id, found[1]) if found else None
    if "gridRange" in data_filter:
        span = read_span(data_filter["gridRange"])
        check_span(span)
        return data_filter["gridRange"].get("sheetId", 0), span
    return None


def _matches(book: Book, entry: Json, lookup: Json) -> bool:
    for name in ("metadataId", "metadataKey", "metadataValue", "visibility"):
        if name in lookup and lookup[name] != entry.get(name):
            return False
    location = entry["location"]
    if lookup.get("locationType", location["locationType"]) != location["locationType"]:
        return False
    asked = lookup.get("metadataLocation")
    if asked is None:
        return True
    exact = lookup.get("locationMatchingStrategy") == "EXACT_LOCATION"
    if asked.get("spreadsheet"):
        return not exact or str(location["locationType"]) == "SPREADSHEET"
    if exact:
        return all(location.get(name) == asked.get(name) for name in ("sheetId", "dimensionRange"))
    where = asked.get("dimensionRange")
    if where is None:
        return _sheet_of(entry) == int(asked.get("sheetId", 0))
    return _lies_on(book, entry, where.get("sheetId", 0), span_of_dimension(where))


def span_of_dimension(where: Json) -> Span:
    """The cells of a DimensionRange."""
    start, end = where.get("startIndex"), where.get("endIndex")
    return Span(left=start, right=end) if where.get("dimension") == "COLUMNS" else Span(top=start, bottom=end)


def span_of_metadata(entry: Json) -> Span:
    """The cells that an entry on a sheet, a row or a column is about."""
    where = entry["location"].get("dimensionRange")
    return span_of_dimension(where) if where else Span()


def _lies_on(book: Book, entry: Json, sheet_id: int, span: Span) -> bool:
    sheet = book.find_sheet(sheet_id)
    if sheet is None or _sheet_of(entry) != sheet_id:
        return False
    size = sheet.row_count, sheet.column_count
    own: Box = span_of_metadata(entry).on(*size)
    return own.meets(span.on(*size))


def _sheet_of(entry: Json) -> int | None:
    location = entry["location"]
    where = location.get("dimensionRange")
    found: int | None = where.get("sheetId", 0) if where else location.get("sheetId")
    return found


@answers("sheets.spreadsheets.developerMetadata.get")
def get(call: Call) -> Answer:
    """The entry with this number."""
    lookup = {"developerMetadataLookup": {"metadataId": call.parameters["metadataId"]}}
    found = find_metadata(open_spreadsheet(call).book, lookup, call.bearer.client)
    if not found:
        raise Refusal(404, f"No developer metadata with ID [{call.parameters['metadataId']}] was found.")
    return metadata_json(found[0])


@answers("sheets.spreadsheets.developerMetadata.search")
def search(call: Call) -> Answer:
    """Every entry that at least one of the data filters matches, with those that do."""
    book = open_spreadsheet(call).book
    matched: dict[int, Json] = {}
    for number, data_filter in enumerate(call.body.get("dataFilters", [])):
        with naming(f"dataFilters[{number}]"):
            found = find_metadata(book, data_filter, call.bearer.client)
        for entry in found:
            match = matched.setdefault(
                entry["metadataId"], {"developerMetadata": metadata_json(entry), "dataFilters": []}
            )
            match["dataFilters"].append(data_filter)
    return {"matchedDeveloperMetadata": list(matched.values())} if matched else {}
