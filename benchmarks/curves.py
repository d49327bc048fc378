"""How the sandbox's answers grow: the same calls on a little and on a lot, as medians over HTTP and their ratio."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import requests

from offboard.sandbox.accounts import OWNER
from offboard.sandbox.control import PERSON, person_token
from offboard.sandbox.drive.store import add_file
from offboard.sandbox.server import Sandbox

Json = dict[str, Any]
Calls = dict[str, Callable[[], object]]
Medians = dict[str, float]

TIMES, LONGEST = 15, 1.0  # a call is measured so often, unless it takes seconds
ROWS, FILES = (1_000, 100_000), (200, 20_000)
CONNECTIONS, ASKED_BY_EACH = 64, 10


class Client(requests.Session):
    """Somebody with a connection of their own, who insists on right answers."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self.origin = sandbox.origin
        self.headers["Authorization"] = f"Bearer {person_token(sandbox, OWNER)}"

    def ask(self, http: str, path: str, body: Json | None = None, **query: Any) -> Json:
        """The JSON of an answer."""
        answer = self.request(http, self.origin + path, json=body, params=query, timeout=60)
        answer.raise_for_status()
        found: Json = answer.json()
        return found


def measure(calls: Calls) -> Medians:
    """The median of each call in milliseconds, after one that is not counted."""
    found: Medians = {}
    for name, call in calls.items():
        spans: list[float] = []
        while len(spans) <= TIMES and (len(spans) < 4 or sum(spans) < LONGEST):
            begin = time.perf_counter()
            call()
            spans.append(time.perf_counter() - begin)
        found[name] = statistics.median(spans[1:]) * 1000
    return found


def rows_of(first: int, many: int, **target: int) -> Json:
    """An appendCells of so many rows with six cells each."""
    texts = ([f"row {first + row}, column {column}" for column in range(6)] for row in range(many))
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}} for text in line]} for line in texts]
    return {"appendCells": target | {"rows": rows, "fields": "userEnteredValue"}}


def measure_tab(rows: int) -> Medians:
    """A spreadsheet with a short tab and one of so many rows."""
    with Sandbox() as sandbox, Client(sandbox) as client:
        grids = (("Clients", 1000), ("Log", rows + 10))
        sheets = [
            {"properties": {"sheetId": number, "title": title, "gridProperties": {"rowCount": count}}}
            for number, (title, count) in enumerate(grids)
        ]
        book = f"/v4/spreadsheets/{client.ask('POST', '/v4/spreadsheets', {'sheets': sheets})['spreadsheetId']}"

        def batch(*changes: Json) -> Json:
            return client.ask("POST", f"{book}:batchUpdate", {"requests": changes})

        for first in range(0, rows, 5000):
            batch(rows_of(first, min(5000, rows - first), sheetId=1))
        line = [f"text {number}" if number % 2 else number for number in range(20)]
        client.ask("PUT", f"{book}/values/Clients!A1:T1000", {"values": [line] * 1000}, valueInputOption="RAW")
        top = {"range": {"sheetId": 1, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}
        unformatted = {"valueRenderOption": "UNFORMATTED_VALUE"}
        ranges = ["Clients!A1:F10", "Log!A1:B2", "Log!A5:F9"]
        return measure(
            {
                "append ten rows": lambda: batch(rows_of(rows, 10, sheetId=1)),
                "values of the last rows": lambda: client.ask("GET", f"{book}/values/Log!A{rows - 9}:F{rows}"),
                "cells of three ranges": lambda: client.ask("GET", book, ranges=ranges, includeGridData="true"),
                "a row put in at the top": lambda: batch({"insertDimension": top}),
                "values of 1,000 × 20 cells": lambda: client.ask(
                    "GET", f"{book}/values/Clients!A1:T1000", **unformatted
                ),
            }
        )


def measure_drive(files: int) -> Medians:
    """A Drive with so many files in one folder, and 100 in another."""
    with Sandbox() as sandbox, Client(sandbox) as client:
        folder = {"name": "Reports", "mimeType": "application/vnd.google-apps.folder"}
        small, large = (client.ask("POST", "/drive/v3/files", folder)["id"] for _ in range(2))
        with sandbox.state.transaction():
            for number in range(files + 100):
                parent = small if number < 100 else large
                made = add_file(
                    sandbox.state, name=f"{number}.csv", mime="text/csv", owner=OWNER, client=PERSON, parent=parent
                )
        listed = {"q": f"'{small}' in parents and trashed = false", "pageSize": 100}
        return measure(
            {
                "get a file": lambda: client.ask("GET", f"/drive/v3/files/{made.id}"),
                "list a folder of 100": lambda: client.ask("GET", "/drive/v3/files", **listed),
                "list 100 of a full folder": lambda: client.ask(
                    "GET", "/drive/v3/files", q=f"'{large}' in parents", pageSize=100
                ),
                "create a file": lambda: client.ask("POST", "/drive/v3/files", {"name": "x", "parents": [large]}),
            }
        )


def measure_connections() -> tuple[float, int]:
    """Seconds until many connections at once have their answers, and how many of these were right."""
    with Sandbox() as sandbox:
        clients = [Client(sandbox) for _ in range(CONNECTIONS)]

        def create_and_read(client: Client) -> int:
            made = [client.ask("POST", "/drive/v3/files", {"name": f"{id(client)} {n}"}) for n in range(ASKED_BY_EACH)]
            return sum(client.ask("GET", f"/drive/v3/files/{file['id']}") == file for file in made)

        begin = time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            right = sum(pool.map(create_and_read, clients))
        return time.perf_counter() - begin, right


def measure_start() -> float:
    """Milliseconds until a sandbox on a file with a long tab answers its first request."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "state.sqlite"
        with Sandbox(path) as sandbox, Client(sandbox) as client:
            book = f"/v4/spreadsheets/{client.ask('POST', '/v4/spreadsheets', {})['spreadsheetId']}"
            for first in range(0, 20_000, 5000):
                client.ask("POST", f"{book}:batchUpdate", {"requests": [rows_of(first, 5000, sheetId=0)]})
        spans: list[float] = []
        for _ in range(5):
            begin = time.perf_counter()
            with Sandbox(path) as sandbox, Client(sandbox) as client:
                client.ask("GET", "/drive/v3/about", fields="user")
                spans.append(time.perf_counter() - begin)
        return statistics.median(spans) * 1000


def print_curves() -> None:
    """Print both ends of each curve, the connections and the start."""
    for what, sizes, measured in (("rows in a tab", ROWS, measure_tab), ("files", FILES, measure_drive)):
        few, many = (measured(size) for size in sizes)
        print(f"The sandbox with {sizes[0]:,} and with {sizes[1]:,} {what}: medians in ms, and their ratio")
        for name, low in few.items():
            print(f"  {name:<28} {low:8.1f} {many[name]:8.1f} {many[name] / low:8.1f}")
    seconds, right = measure_connections()
    asked = CONNECTIONS * ASKED_BY_EACH
    print(f"{CONNECTIONS} connections at once: {right} of {asked} files made and read right in {seconds:.1f} s")
    print(f"Started on an existing state: {measure_start():.0f} ms until the first answer")
