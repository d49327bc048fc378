"""People and apps that talk to the sandbox over HTTP, as any program would."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from googleapiclient.discovery import build_from_document
from playwright.sync_api import Browser, Page, expect, sync_playwright

from offboard.sandbox.call import Bearer
from offboard.sandbox.control import person_token
from offboard.sandbox.documents import document
from offboard.sandbox.oauth.clients import CLIENT_ID
from offboard.sandbox.oauth.tokens import issue_access_token
from offboard.sandbox.server import Sandbox
from tests.rehearsal import Rehearsal
from tests.sandbox.caller import Caller, Transport

APP_SCOPES = ("drive.file", "drive.readonly", "gmail.compose")
ELSEWHERE = re.compile(r"https?://(?!(127\.0\.0\.1|localhost):)")
PATIENCE = 30_000  # milliseconds, for machines that have much else to do
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIETLY = "--disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"


@pytest.fixture
def person(sandbox: Sandbox) -> Iterator[Callable[[str], Caller]]:
    """Somebody who works in Google's own pages, with every scope: `person("maya@bloom.example")`."""
    opened: list[Caller] = []

    def sign_in(email: str) -> Caller:
        opened.append(Caller(sandbox.origin, person_token(sandbox, email)))
        return opened[-1]

    yield sign_in
    for caller in opened:
        caller.close()


@pytest.fixture
def app(sandbox: Sandbox) -> Iterator[Callable[..., Caller]]:
    """A program that somebody signed in to: `app("ana@sandbox.example", "drive.file")`; without scopes, offboard's."""
    opened: list[Caller] = []

    def sign_in(email: str, *scopes: str, client: str = CLIENT_ID) -> Caller:
        full = (s if "://" in s else f"https://www.googleapis.com/auth/{s}" for s in scopes or APP_SCOPES)
        with sandbox.state.transaction():
            token = issue_access_token(sandbox.state, Bearer(email, client, frozenset(full)))
        opened.append(Caller(sandbox.origin, token))
        return opened[-1]

    yield sign_in
    for caller in opened:
        caller.close()


@pytest.fixture
def ana(person: Callable[[str], Caller]) -> Caller:
    """The owner of the desk, at work in Google's own pages."""
    return person("ana@sandbox.example")


@pytest.fixture
def maya(person: Callable[[str], Caller]) -> Caller:
    """Another person with a Google account."""
    return person("maya@bloom.example")


@pytest.fixture
def gmail(sandbox: Sandbox, ana: Caller) -> Any:
    """Google's own client for Gmail, in the owner's hands."""
    described = document("gmail.v1") | {"rootUrl": sandbox.origin + "/", "baseUrl": sandbox.origin + "/"}
    return build_from_document(json.dumps(described), http=Transport(ana)).users()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each gets a window of its own."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *QUIETLY.split()])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, rehearsal: Rehearsal) -> Iterator[Page]:
    """The freelancer's window, beside a rehearsal; fails the test when something else is loaded or a script breaks."""
    context = chromium.new_context(base_url=rehearsal.sandbox.origin, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE)
    page, wrong = context.new_page(), list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    context.route(ELSEWHERE, lambda route: (wrong.append(route.request.url), route.abort()))
    yield page
    context.close()
    assert not wrong
