"""People and apps that talk to the sandbox over HTTP, as any program would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from googleapiclient.discovery import build_from_document

from offboard.sandbox.call import Bearer
from offboard.sandbox.control import person_token
from offboard.sandbox.documents import document
from offboard.sandbox.oauth.clients import CLIENT_ID
from offboard.sandbox.oauth.tokens import issue_access_token
from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller, Transport

APP_SCOPES = ("drive.file", "drive.readonly", "gmail.compose")


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
