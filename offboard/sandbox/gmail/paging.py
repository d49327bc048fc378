"""Lists in pages: searched, the newest first."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from offboard.sandbox.call import Call
from offboard.sandbox.gmail.mailbox import Mail
from offboard.sandbox.gmail.search import parse_query
from offboard.sandbox.gmail.terms import Letter
from offboard.sandbox.refusal import Refusal

MOST = 500  # mails in one page, however many are asked for


def get_page(call: Call, mails: list[Mail], name: str, render: Callable[[Mail], dict[str, Any]]) -> dict[str, Any]:
    """One page of those mails that match the request, under the name that the answer gives them."""
    query, labels = call.parameters.get("q", ""), set(call.parameters.get("labelIds", ()))
    matches = parse_query(query)
    now = call.state.clock.now()
    found = [mail for mail in mails if labels <= set(mail.labels) and matches(Letter(mail, now))]
    rest = [mail for mail in found if mail.number < _start(call)]
    page = rest[: max(1, min(call.parameters["maxResults"], MOST))]
    answer: dict[str, Any] = {name: [render(mail) for mail in page]} if page else {}
    if len(page) < len(rest):
        answer["nextPageToken"] = str(page[-1].number).zfill(20)
    return answer | {"resultSizeEstimate": len(found)}


def _start(call: Call) -> float:
    token = call.parameters.get("pageToken", "")
    if not token:
        return float("inf")
    if not re.fullmatch(r"[0-9]{20}", token):
        raise Refusal(400, "Invalid pageToken", reason="invalidArgument")
    return int(token)
