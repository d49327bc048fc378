"""Many at once: everybody is answered, and nothing that was written is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from offboard.sandbox.accounts import OWNER
from offboard.sandbox.control import person_token
from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.letters import DRAFTS, body, letter

MANY = 64


def test_64_connections_at_once_are_all_answered_and_nothing_is_lost(sandbox: Sandbox, ana: Caller) -> None:
    """Each makes a file, a row and a draft of its own while all others do, and reads in between."""
    book = ana.call("POST", "/v4/spreadsheets", json={}).json()["spreadsheetId"]
    token, together = person_token(sandbox, OWNER), Barrier(MANY, timeout=30)

    def work(number: int) -> list[int]:
        name = f"number {number}"
        with Caller(sandbox.origin, token) as caller:
            together.wait()
            row = f"/v4/spreadsheets/{book}/values/A1:append"
            answers = [
                caller.call("POST", "/drive/v3/files", json={"name": name}),
                caller.call("POST", row, json={"values": [[name]]}, valueInputOption="RAW"),
                caller.call("GET", "/drive/v3/files", pageSize=1000),
                caller.call("POST", DRAFTS, json=body(letter(subject=name))),
                caller.call("GET", f"/v4/spreadsheets/{book}/values/A:A"),
            ]
        return [answer.status_code for answer in answers]

    with ThreadPoolExecutor(MANY) as threads:
        statuses = [status for answered in threads.map(work, range(MANY)) for status in answered]
    assert statuses == [200] * 5 * MANY
    names = {f"number {number}" for number in range(MANY)}
    files = ana.call("GET", "/drive/v3/files", pageSize=1000, q="name contains 'number'").json()["files"]
    assert sorted(file["name"] for file in files) == sorted(names)
    rows = ana.call("GET", f"/v4/spreadsheets/{book}/values/A:A").json()["values"]
    assert sorted(row[0] for row in rows) == sorted(names)
    drafts = ana.call("GET", DRAFTS, maxResults=500).json()["drafts"]
    assert len({draft["id"] for draft in drafts}) == len(drafts) == MANY
