"""spreadsheets.create, get and getByDataFilter, and a sheet copied into another spreadsheet."""

from __future__ import annotations

from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.drive.store import SPREADSHEET, add_file
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.drive_file import change_spreadsheet, open_spreadsheet
from offboard.sandbox.sheets.metadata import find_metadata, place_of_filter, span_of_metadata
from offboard.sandbox.sheets.new_book import build_book
from offboard.sandbox.sheets.places import get_range, get_sheet, naming
from offboard.sandbox.sheets.sheet_properties import copy_sheet, free_title
from offboard.sandbox.sheets.spreadsheet_json import Places, properties_json, read_wanted, spreadsheet_json
from offboard.sandbox.sheets.store import save_book


@answers("sheets.spreadsheets.create")
def create(call: Call) -> Answer:
    """A new spreadsheet in the asking person's My Drive, made by the asking app."""
    properties = call.body.get("properties", {})
    title = properties.get("title") or "Untitled spreadsheet"
    file = add_file(call.state, name=title, mime=SPREADSHEET, owner=call.bearer.email, client=call.bearer.client)
    book = build_book(call, file.id, call.body)
    save_book(call.state, book, 0)
    wanted = read_wanted(call.parameters.get("fields"), grid=False)
    return spreadsheet_json(open_spreadsheet(call, file.id), wanted)


@answers("sheets.spreadsheets.get")
def get(call: Call) -> Answer:
    """A spreadsheet, or only what lies in some of its ranges."""
    opened = open_spreadsheet(call)
    wanted = read_wanted(call.parameters.get("fields"), grid=bool(call.parameters.get("includeGridData")))
    places = [get_range(opened.book, text) for text in call.parameters.get("ranges", [])]
    return spreadsheet_json(opened, wanted, places or None)


@answers("sheets.spreadsheets.getByDataFilter")
def get_by_data_filter(call: Call) -> Answer:
    """A spreadsheet, or only what some data filters match."""
    opened = open_spreadsheet(call)
    wanted = read_wanted(call.parameters.get("fields"), grid=bool(call.body.get("includeGridData")))
    filters = call.body.get("dataFilters", [])
    places: Places = []
    for number, data_filter in enumerate(filters):
        with naming(f"dataFilters[{number}]"):
            place = place_of_filter(opened.book, data_filter)
            if place:
                places.append((get_sheet(opened.book, place[0], "grid"), place[1]))
                continue
        for entry in find_metadata(opened.book, data_filter, call.bearer.client):
            where = entry["location"].get("dimensionRange", entry["location"])
            sheet = opened.book.find_sheet(where.get("sheetId", 0))
            if sheet and entry["location"]["locationType"] != "SPREADSHEET":
                places.append((sheet, span_of_metadata(entry)))
    return spreadsheet_json(opened, wanted, places if filters else None)


@answers("sheets.spreadsheets.sheets.copyTo")
def copy_to(call: Call) -> Answer:
    """A copy of one sheet at the end of another spreadsheet."""
    source = open_spreadsheet(call).book
    sheet = source.find_sheet(int(call.parameters["sheetId"]))
    target_id = call.body.get("destinationSpreadsheetId")
    if sheet is None or not target_id:
        raise Refusal(404 if sheet is None else 400, "Requested entity was not found.")
    with change_spreadsheet(call, target_id) as opened:
        book = opened.book
        copied = copy_sheet(book, sheet, free_title(book, f"Copy of {sheet.title}"))
        book.adopt(copied, len(book.sheets))
        return properties_json(copied, len(book.sheets) - 1)
