"""Developer metadata: createDeveloperMetadata, updateDeveloperMetadata, deleteDeveloperMetadata."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.metadata import BUDGET, find_metadata, metadata_json
from offboard.sandbox.sheets.numbered import random_id
from offboard.sandbox.sheets.places import Invalid, get_lines, get_sheet
from offboard.sandbox.sheets.writing import read_mask

VISIBLE = ("DOCUMENT", "PROJECT")
LARGEST = 2**31 - 1


@kind("createDeveloperMetadata")
def create_developer_metadata(opened: Opened, request: Json) -> Json:
    """An entry under a number that no entry of the spreadsheet has, given or chosen."""
    asked = request.get("developerMetadata", {})
    taken = {entry["metadataId"] for entry in opened.book.metadata}
    number = asked.get("metadataId")
    if number is None:
        number = random_id(taken)
    elif not 0 < number <= LARGEST:
        raise Invalid(f"Developer metadata ID [{number}] must be positive.")
    elif number in taken:
        reason = "because developer metadata with that ID already exists."
        raise Invalid(f"Cannot add developer metadata with ID [{number}] {reason}")
    if not asked.get("metadataKey"):
        raise Invalid("A metadata key must be specified.")
    if asked.get("visibility") not in VISIBLE:
        raise Invalid("A metadata visibility must be specified.")
    entry = {"metadataId": number, "metadataKey": asked["metadataKey"]}
    entry |= {"metadataValue": asked["metadataValue"]} if asked.get("metadataValue") else {}
    entry |= {"location": _location(opened, asked.get("location", {})), "visibility": asked["visibility"]}
    opened.book.metadata.append(entry | {"client": opened.call.bearer.client})
    _check_budget(opened, entry)
    return {"developerMetadata": entry}


def _location(opened: Opened, asked: Json) -> Json:
    if asked.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "sheetId" in asked:
        return {"locationType": "SHEET", "sheetId": get_sheet(opened.book, asked["sheetId"]).id}
    if "dimensionRange" in asked:
        sheet, dimension, start, end = get_lines(opened.book, asked["dimensionRange"])
        if end - start != 1 or "endIndex" not in asked["dimensionRange"]:
            raise Invalid("Developer metadata can only be associated with a single row or column.")
        if end > sheet.count(dimension):
            raise Invalid(f"No {dimension.lower()[:-1]} with index: {start}")
        where: Json = {"sheetId": sheet.id} if sheet.id else {}
        where |= {"dimension": dimension, "startIndex": start, "endIndex": end}
        return {"locationType": dimension[:-1], "dimensionRange": where}
    raise Invalid("A metadata location must be specified.")


def _check_budget(opened: Opened, entry: Json) -> None:
    """Refuse more than fits beside what is there: on the spreadsheet, or on this sheet with its rows and columns."""

    def home(location: Json) -> int | None:
        where = location.get("dimensionRange", location)
        return None if location["locationType"] == "SPREADSHEET" else int(where.get("sheetId", 0))

    beside = [other for other in opened.book.metadata if home(other["location"]) == home(entry["location"])]
    used = sum(len(other["metadataKey"]) + len(other.get("metadataValue", "")) for other in beside)
    if used > BUDGET:
        raise Invalid(f"Adding developer metadata would exceed the storage limit of {BUDGET} characters.")


@kind("updateDeveloperMetadata")
def update_developer_metadata(opened: Opened, request: Json) -> Json:
    """Change every entry that the data filters match."""
    mask = read_mask(request.get("fields"), "DeveloperMetadata")
    asked = request.get("developerMetadata", {})
    found = {
        entry["metadataId"]: entry
        for data_filter in request.get("dataFilters", [])
        for entry in find_metadata(opened.book, data_filter, opened.call.bearer.client)
    }
    if not found:
        raise Invalid("No developer metadata matched the data filters.")
    for entry in found.values():
        for name in ("metadataKey", "metadataValue", "visibility"):
            if name in mask:
                entry[name] = asked.get(name, "")
        if "location" in mask:
            entry["location"] = _location(opened, asked.get("location", {}))
        _check_budget(opened, entry)
    return {"developerMetadata": [metadata_json(entry) for entry in found.values()]}


@kind("deleteDeveloperMetadata")
def delete_developer_metadata(opened: Opened, request: Json) -> Json:
    """Every entry that the data filter matches goes; none may match."""
    found = find_metadata(opened.book, request.get("dataFilter", {}), opened.call.bearer.client)
    gone = {entry["metadataId"] for entry in found}
    opened.book.metadata = [entry for entry in opened.book.metadata if entry["metadataId"] not in gone]
    return {"deletedDeveloperMetadata": [metadata_json(entry) for entry in found]} if found else {}
