"""Google's own sign-in library for desktop apps goes its whole way through the sandbox."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from typing import Any

import google.auth.exceptions
import oauthlib.oauth2
import pytest
import requests
from google.auth.transport.requests import AuthorizedSession, Request
from google_auth_oauthlib.flow import InstalledAppFlow
from requests.adapters import HTTPAdapter

from offboard.sandbox.oauth.clients import CLIENT_ID, format_credentials, get_client
from offboard.sandbox.oauth.refresh import revoke
from offboard.sandbox.server import Sandbox
from tests.sandbox.browser import Browser, ConsentPage
from tests.sandbox.test_oauth_consent import COMPOSE, FILE


class OnLoopback(HTTPAdapter):
    """Carries what is meant for `https` on this machine over `http`: oauthlib will not speak of any other scheme."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """One request, unencrypted."""
        assert request.url is not None
        request.url = request.url.replace("https://", "http://", 1)
        return super().send(request, *args, **kwargs)


class LoopbackFlow(InstalledAppFlow):  # type: ignore[misc]  # the library carries no types
    """Google's flow for a sign-in on this machine, without a switch in the environment."""

    def authorization_url(self, **kwargs: Any) -> tuple[str, str]:
        """The consent page as the browser can open it."""
        url, state = super().authorization_url(**kwargs)
        return url.replace("https://", "http://", 1), state


def start(sandbox: Sandbox) -> LoopbackFlow:
    """The flow of an app that holds the sandbox's credentials.json."""
    safe = sandbox.origin.replace("http://", "https://")
    credentials = format_credentials(get_client(sandbox.state, CLIENT_ID), safe)
    flow = LoopbackFlow.from_client_config(credentials, [FILE, COMPOSE])
    flow.oauth2session.mount(safe, OnLoopback())
    return flow


def run(flow: LoopbackFlow, decide: Callable[[ConsentPage], Any]) -> Any:
    """Sign in, with somebody at the browser."""
    webbrowser.register("somebody", None, Browser(decide))
    return flow.run_local_server(
        port=0, browser="somebody", authorization_prompt_message="", timeout_seconds=5, login_hint="maya@bloom.example"
    )


def session(credentials: Any, sandbox: Sandbox) -> AuthorizedSession:
    """A session that signs its requests, and refreshes its token when that is over."""
    refreshing = requests.Session()
    refreshing.mount(sandbox.origin.replace("http://", "https://"), OnLoopback())
    return AuthorizedSession(credentials, auth_request=Request(refreshing))


def test_a_person_signs_in_and_the_app_works_and_stays_signed_in(sandbox: Sandbox) -> None:
    credentials = run(start(sandbox), lambda page: page.answer())
    assert credentials.refresh_token
    mail = session(credentials, sandbox)
    profile = sandbox.origin + "/gmail/v1/users/me/profile"
    assert mail.get(profile).json()["emailAddress"] == "maya@bloom.example"
    first = credentials.token
    sandbox.state.clock.advance(4000)
    assert mail.get(profile).status_code == 200  # the library met a 401, refreshed, and asked again
    assert credentials.token != first


def test_a_person_who_cancels_is_an_error_that_says_so(sandbox: Sandbox) -> None:
    with pytest.raises(oauthlib.oauth2.AccessDeniedError):
        run(start(sandbox), lambda page: page.answer("cancel"))


def test_an_unticked_scope_arrives_as_a_warning_that_carries_the_token(sandbox: Sandbox) -> None:
    with pytest.raises(Warning, match="Scope has changed") as changed:
        run(start(sandbox), lambda page: page.answer(scopes=[COMPOSE]))
    assert changed.value.token["scope"] == [COMPOSE]  # type: ignore[attr-defined]
    assert changed.value.token["refresh_token"]  # type: ignore[attr-defined]


def test_a_revoked_sign_in_is_a_refresh_error_with_googles_words(sandbox: Sandbox) -> None:
    credentials = run(start(sandbox), lambda page: page.answer())
    with sandbox.state.transaction():
        revoke(sandbox.state, credentials.refresh_token)
    with pytest.raises(google.auth.exceptions.RefreshError, match=r"Token has been expired or revoked\."):
        session(credentials, sandbox).get(sandbox.origin + "/gmail/v1/users/me/profile")
