"""developerMetadata.get and developerMetadata.search."""

from __future__ import annotations

from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.drive_file import open_spreadsheet
from offboard.sandbox.sheets.invalid import naming
from offboard.sandbox.sheets.metadata import find_metadata, metadata_json


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
