"""The way of a request through the scenario in force: kept waiting, refused, applied and lost, edited between."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from offboard.sandbox.accounts import OWNER
from offboard.sandbox.batch import is_batch, list_requests, respond_batch
from offboard.sandbox.call import Bearer
from offboard.sandbox.control import PERSON, person_token
from offboard.sandbox.documents import Method
from offboard.sandbox.drive.links import follow_link
from offboard.sandbox.faults import LINE, REFUSALS, TOKEN, Edit, Instruction, Record, Scenario
from offboard.sandbox.gateway import Request, Response, find_called, refuse
from offboard.sandbox.lag import LAGGING, Lag
from offboard.sandbox.line import Line
from offboard.sandbox.oauth.tokens import find_bearer
from offboard.sandbox.quotas import Quotas, over_quota, respond_trouble

if TYPE_CHECKING:
    from offboard.sandbox.server import Sandbox

UNSENT = 0  # the status, among the requests, of one that was neither applied nor answered


class Mischief:
    """Answers every request that is Google's, and lets happen to it what the scenario says."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._acting = 0  # acts of a person that are under way; what they ask for meets no fault
        self._start(sandbox.faults.scenario)

    def _start(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._quotas = Quotas(self._sandbox.state.clock) if scenario.quotas else None
        self._lag = Lag(self._sandbox.state, scenario.lag) if scenario.lag else None

    async def respond(self, request: Request, line: Line) -> Response | None:
        """The answer; None when none is to be sent any more."""
        if self._scenario is not self._sandbox.faults.scenario:
            self._start(self._sandbox.faults.scenario)
        if self._acting and self._is_person(request):
            return self._sandbox.respond_one(request)
        names = [_name(call) for call in (list_requests(request) if is_batch(request) else [request])]
        met = [self._sandbox.faults.meet(name) if name else [] for name in names]
        await asyncio.sleep(max((self._sandbox.faults.wait(name) for name in names if name), default=0.0))
        edits = [record for records in met for record in records if record.instruction.fault == "edit"]
        await self._edit(edits, "before")
        return await self._strike(request, [_fault(records) for records in met], line, edits)

    async def _strike(
        self, request: Request, faults: list[Instruction | None], line: Line, edits: list[Record]
    ) -> Response | None:
        told = next((fault for fault in faults if fault and fault.fault in LINE), None)
        kind = told.fault if told else ""
        if kind in ("reset", "stall"):
            self._note(request, UNSENT)
            await self._edit(edits, "after")
            if kind == "stall":
                await line.wait_for_leaving()
            await line.tear()
            return None
        left = await line.wait_for_leaving(told.seconds) if told and kind == "late" else False
        response = self._apply(request, faults)
        self._note(request, response.status)
        await self._edit(edits, "after")
        if kind == "truncated":
            await line.cut(response)
        elif kind == "applied-stall":
            await line.wait_for_leaving()
        elif kind == "applied-drop":
            await line.tear()
        elif not left:
            return response
        return None

    def _apply(self, request: Request, faults: Sequence[Instruction | None]) -> Response:
        following = iter(faults)

        def respond_one(call: Request) -> Response:
            return self._respond_one(call, next(following))

        response = respond_batch(request, respond_one) if is_batch(request) else respond_one(request)
        if self._lag:
            self._lag.remember()
        return response

    def _respond_one(self, request: Request, fault: Instruction | None) -> Response:
        method = _method(request)
        if fault and fault.fault in REFUSALS:
            return respond_trouble(fault.fault, method, fault.retry_after)
        bearer = self._bearer(request)
        if self._quotas and method and bearer and not self._quotas.charge(bearer.email, method, request):
            return refuse(over_quota(method), method)
        past = self._lag.past() if self._lag and method and method.id in LAGGING else None
        response = self._sandbox.respond_one(request, past)
        return respond_trouble("503", method) if fault and fault.fault == "applied-503" else response

    async def _edit(self, records: list[Record], when: str) -> None:
        for record in records:
            told = record.instruction
            if told.when != when:
                continue
            for edit in told.requests:
                self._perform(edit, record)
            if told.act:
                self._acting += 1
                try:
                    await asyncio.to_thread(told.act)
                finally:
                    self._acting -= 1

    def _perform(self, edit: Edit, record: Record) -> None:
        path, _, query = edit.path.partition("?")
        token = person_token(self._sandbox, OWNER)
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        content = b"" if edit.body is None else json.dumps(edit.body).encode()
        response = self._sandbox.respond_one(Request(edit.http, path, query, headers, content))
        if response.status >= 400:
            why = response.content.decode("utf-8", "replace")
            record.refused.append({"http": edit.http, "path": edit.path, "status": response.status, "answer": why})

    def _bearer(self, request: Request) -> Bearer | None:
        return find_bearer(self._sandbox.state, request.headers.get("authorization", "").partition(" ")[2].strip())

    def _is_person(self, request: Request) -> bool:
        bearer = self._bearer(request)
        return bearer is not None and bearer.client == PERSON

    def _note(self, request: Request, status: int) -> None:
        self._sandbox.requests.append({"method": request.http, "path": request.path, "status": status})


def _name(request: Request) -> str | None:
    """What a scenario calls this request; None for what is no call: the consent page, an address of nothing."""
    if (request.http, request.path) == ("POST", "/token"):
        return TOKEN
    method = _method(request)
    return method.id if method else None


def _method(request: Request) -> Method | None:
    found = find_called(follow_link(request))
    return found[0] if found else None


def _fault(records: list[Record]) -> Instruction | None:
    return next((record.instruction for record in records if record.instruction.fault != "edit"), None)
