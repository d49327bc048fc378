"""What a person at the desk can do to the sandbox itself: look at it, empty it, move its clock, let it misbehave."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from offboard.sandbox.accounts import OWNER, add_account
from offboard.sandbox.call import Bearer
from offboard.sandbox.clock import Clock
from offboard.sandbox.drive.proposals import ask_for_access
from offboard.sandbox.gateway import Request, Response
from offboard.sandbox.oauth.tokens import issue_access_token
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.scenario import WrongScenario, read_scenario
from offboard.sandbox.uploads import read_json

if TYPE_CHECKING:
    from offboard.sandbox.server import Sandbox

PERSON = "person"  # the "app" of somebody who works in Google's own pages
ASKED = {"email": "", "fileId": "", "role": "reader", "message": ""}  # of a request for access, and otherwise
EVERYTHING = frozenset(
    (
        "https://www.googleapis.com/auth/drive",
        "https://www.googleapis.com/auth/spreadsheets",
        "https://www.googleapis.com/auth/calendar",
        "https://mail.google.com/",
    )
)


def respond_control(sandbox: Sandbox, request: Request) -> Response:
    """Answer a control request; these are no part of Google and never appear among the requests."""
    if request.headers.get("origin", sandbox.origin) not in (sandbox.origin, f"http://localhost:{sandbox.port}"):
        return _json({"error": "Only the sandbox's own pages may do this."}, 403)
    try:
        return _control(sandbox, request)
    except Refusal as refusal:
        return _json(refusal.body("drive"), refusal.code)


def _control(sandbox: Sandbox, request: Request) -> Response:
    if (request.http, request.path) == ("GET", "/sandbox/requests"):
        return _json({"requests": sandbox.requests})
    if (request.http, request.path) == ("POST", "/sandbox/reset"):
        sandbox.state.reset()
        sandbox.requests.clear()
        return _json({})
    if (request.http, request.path) == ("POST", "/sandbox/token"):
        email = read_json(request.content).get("email", OWNER)
        if not isinstance(email, str) or not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
            raise Refusal(400, "Not an address", reason="invalid", location="email")
        return _json({"access_token": person_token(sandbox, email)})
    if (request.http, request.path) == ("POST", "/sandbox/access-request"):
        return _json({"proposalId": _request_access(sandbox, read_json(request.content))})
    if (request.http, request.path) == ("POST", "/sandbox/meet"):
        offered = read_json(request.content).get("offered")
        if not isinstance(offered, bool):
            raise Refusal(400, "“offered” is true or false", reason="invalid", location="offered")
        sandbox.state.meet = offered
        return _json({"offered": offered})
    if request.path == "/sandbox/faults":
        return _control_faults(sandbox, request)
    if request.path == "/sandbox/clock" and request.http in ("GET", "POST"):
        if request.http == "POST":
            _move(sandbox.state.clock, read_json(request.content))
        return _json({"now": sandbox.state.clock.text()})
    return _json({}, 404)


def _request_access(sandbox: Sandbox, asked: dict[str, object]) -> str:
    """What only Google's page for a file that one may not open can do."""
    said = [asked.get(name, otherwise) for name, otherwise in ASKED.items()]
    if not all(isinstance(value, str) for value in said):
        raise Refusal(400, "Only texts are asked for", reason="invalid")
    with sandbox.state.transaction():
        return ask_for_access(sandbox.state, *map(str, said))


def _control_faults(sandbox: Sandbox, request: Request) -> Response:
    if request.http == "POST":
        try:
            sandbox.faults.begin(read_scenario(read_json(request.content)))
        except WrongScenario as wrong:
            return _json({"error": "The scenario cannot be played.", "problems": wrong.problems}, 400)
    elif request.http == "DELETE":
        sandbox.faults.end()
    elif request.http != "GET":
        return _json({}, 404)
    return _json(sandbox.faults.report())


def _move(clock: Clock, told: dict[str, Any]) -> None:
    try:
        match told:
            case {"set": str(text)} if len(told) == 1:
                clock.set(_within(datetime.fromisoformat(text)))
            case {"advance": int() | float() as seconds} if len(told) == 1:
                clock.set(_within(clock.now() + timedelta(seconds=seconds)))
            case _:
                raise Refusal(400, "The clock takes “set”, a moment, or “advance”, seconds.", reason="invalid")
    except (ValueError, OverflowError):
        message = "That is no moment between 1970 and 2200; write it like 2026-05-04T09:00:00Z."
        raise Refusal(400, message, reason="invalid") from None


def _within(moment: datetime) -> datetime:
    if not 1970 <= moment.year < 2200:
        raise ValueError(moment)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def person_token(sandbox: Sandbox, email: str) -> str:
    """A token with which somebody works in Google's own pages: no app between, every scope; makes the account."""
    with sandbox.state.transaction():
        account = add_account(sandbox.state, email, email.partition("@")[0].title())
        return issue_access_token(sandbox.state, Bearer(account.email, PERSON, EVERYTHING))


def _json(body: dict[str, object], status: int = 200) -> Response:
    return Response(status, json.dumps(body).encode(), {"Content-Type": "application/json"})
