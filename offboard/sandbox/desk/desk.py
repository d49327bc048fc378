"""The desk's addresses: who may ask, and which part answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from offboard.sandbox.accounts import OWNER, Account, find_account, list_accounts
from offboard.sandbox.control import person_token
from offboard.sandbox.desk.draft_acts import discard, save, send
from offboard.sandbox.desk.drive_view import show_drive
from offboard.sandbox.desk.files import answer_file
from offboard.sandbox.desk.mail_view import answer_attachment, answer_letter, show_mail
from offboard.sandbox.desk.page import answer_asset, answer_json, answer_page, answer_plain
from offboard.sandbox.desk.requests_view import list_requests
from offboard.sandbox.desk.sheet_acts import delete_row, insert_row, sort, type_cell
from offboard.sandbox.desk.sheets_view import show_sheets
from offboard.sandbox.desk.visitor import Asked, Malformed, Refused, Visitor
from offboard.sandbox.documents import Json
from offboard.sandbox.gateway import Request, Response

if TYPE_CHECKING:
    from offboard.sandbox.server import Sandbox


ACTS: dict[str, Callable[[Visitor, Asked], Json]] = {
    "send": send,
    "save": save,
    "discard": discard,
    "type": type_cell,
    "sort": sort,
    "insert": insert_row,
    "delete": delete_row,
}


VIEWS: dict[str, Callable[[Visitor, Asked], Json]] = {
    "drive": show_drive,
    "mail": show_mail,
    "sheets": show_sheets,
}
PARTS: dict[str, Callable[[Visitor, Asked], Response]] = {
    "/desk/file": answer_file,
    "/desk/letter": answer_letter,
    "/desk/attachment": answer_attachment,
}


def is_desk(request: Request) -> bool:
    """Whether this asks for the desk and not for anything of Google's."""
    return request.path in ("/", "/favicon.ico") or request.path.startswith("/desk/")


class Desk:
    """The pages of one sandbox; what is done here goes the way of every request, but is not counted as one."""

    def __init__(self, sandbox: Sandbox, respond: Callable[[Request], Response]) -> None:
        self._sandbox = sandbox
        self._respond_api = respond
        self._form_token = secrets.token_urlsafe(32)  # a form from elsewhere does not know it
        self._tokens: dict[str, str] = {}

    def respond(self, request: Request) -> Response:
        """Answer one request of a browser; one that the desk's pages do not make is refused in plain words."""
        hosts = {f"127.0.0.1:{self._sandbox.port}", f"localhost:{self._sandbox.port}"}
        if request.headers.get("host") not in hosts:
            return answer_plain(403, "The desk answers on this computer only.")
        try:
            if request.http == "POST" and request.path == "/desk/act":
                return self._act(request, {f"http://{host}" for host in hosts})
            if request.http != "GET":
                return answer_plain(405, "Not here.")
            return self._show(request)
        except Malformed as bad:
            return answer_plain(400, str(bad))
        except Refused as refused:
            return answer_plain(refused.status, str(refused))

    def _show(self, request: Request) -> Response:
        if request.path == "/":
            return self._page(Asked(request.query))
        if request.path == "/desk/changes":
            return answer_json({"state": self._state()})
        if request.path in PARTS:
            asked = Asked(request.query)
            return PARTS[request.path](self._visitor(asked), asked)
        name = request.path.removeprefix("/desk/")
        return answer_asset("desk.svg" if request.path == "/favicon.ico" else name)

    def _page(self, asked: Asked) -> Response:
        visitor, view, status = self._visitor(asked), asked.name("view", "drive"), 200
        words: Json = {
            "view": view,
            "problem": "",
            "me": visitor,
            "who": "" if visitor.owner else visitor.account.email,
        }
        try:
            if view == "requests":
                words |= {"requests": list_requests(self._sandbox.requests)}
            elif view in VIEWS:
                words |= VIEWS[view](visitor, asked)
            else:
                raise Malformed("There is no such view.")
        except Refused as refused:
            words["problem"], status = str(refused), refused.status
        words |= {"people": list_accounts(self._sandbox.state), "token": self._form_token, "state": self._state()}
        return answer_page(f"{view}.html" if not words["problem"] else "problem.html", words, status)

    def _act(self, request: Request, origins: set[str]) -> Response:
        if request.headers.get("origin") not in origins:
            return answer_plain(403, "Only the desk's own pages may do this.")
        asked = Asked(_decode(request.content))
        if not secrets.compare_digest(asked.name("token").encode(), self._form_token.encode()):
            return answer_plain(403, "This page is older than the sandbox that runs now. Please load it again.")
        act = ACTS.get(asked.name("act"))
        if act is None:
            raise Malformed("There is no such act.")
        return answer_json(act(self._visitor(asked), asked))

    def _visitor(self, asked: Asked) -> Visitor:
        account = find_account(self._sandbox.state, asked.name("who", OWNER) or OWNER)
        if account is None:
            raise Malformed("Nobody of this address has an account here.")
        return Visitor(account, self._ask)

    def _ask(self, account: Account, request: Request) -> Response:
        """Ask the API as this person; a token that is over is made anew."""
        for _ in range(2):
            token = self._tokens.get(account.email) or person_token(self._sandbox, account.email)
            self._tokens[account.email] = token
            signed = replace(request, headers=request.headers | {"authorization": f"Bearer {token}"})
            response = self._respond_api(signed)
            if response.status != 401:
                break
            del self._tokens[account.email]
        return response

    def _state(self) -> str:
        """Another text after everything that happened here: the process, what was asked and written, the hour."""
        state = self._sandbox.state
        happened = f"{len(self._sandbox.requests)}.{state.db.total_changes}.{state.clock.now():%Y%m%d%H}"
        return f"{self._form_token[:8]}.{happened}"


def _decode(content: bytes) -> str:
    try:
        return content.decode("ascii")
    except UnicodeDecodeError:
        raise Malformed("This cannot be read.") from None
