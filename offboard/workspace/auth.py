"""Sign-in: the desktop flow with PKCE, the token in a file that only its owner can read, and its renewal."""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import threading
import webbrowser
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials

from offboard.config import Config, write_private
from offboard.errors import NotReadyError, SignedOutError
from offboard.late import late_import
from offboard.workspace.failures import LOOPBACK, understand

PREFIX = "https://www.googleapis.com/auth/"
SCOPES = {
    f"{PREFIX}drive.file": "change only the Drive files that offboard makes",
    f"{PREFIX}drive.readonly": "see your Drive files, to copy your reports",
    f"{PREFIX}gmail.compose": "write drafts in your Gmail",
}  # what offboard needs, in words
CALENDAR = f"{PREFIX}calendar.events"
EXTRAS = {CALENDAR: "put your calls into your Google calendar"}  # what is asked for only where it is wished
TOKEN_FIELDS = ("token", "refresh_token", "token_uri", "client_id", "client_secret", "scopes", "expiry")
GOOGLES = re.compile(r"(.*\.)?(google|googleapis)\.com")  # hosts that a real sign-in belongs to
LOGIN = "Sign in: offboard auth login"
SETUP = "Set it up: offboard setup (the README says how, in five lines)"


@dataclass(frozen=True)
class SignIn:
    """A stored sign-in: what was granted, and until when its present token lasts."""

    granted: tuple[str, ...]
    expires: datetime | None

    @property
    def missing(self) -> tuple[str, ...]:
        """Needed permissions that were not granted, in words."""
        return tuple(words for scope, words in SCOPES.items() if scope not in self.granted)


def check_credentials(config: Config) -> dict[str, Any]:
    """The app's credentials: a desktop app's JSON from Google's console; NotReadyError says what it is instead."""
    path = config.credentials
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotReadyError(f"There are no credentials yet: {path}", SETUP) from None
    except (ValueError, OSError):
        raise NotReadyError(f"{path} is no JSON file.", "Download it again from Google's console.") from None
    kind = next((kind for kind in ("web", "installed") if isinstance(found, dict) and kind in found), "")
    if isinstance(found, dict) and found.get("type") == "service_account":
        raise NotReadyError(
            f"{path} is a service account's key; it owns no Drive.", "Make a client of kind “Desktop app”."
        )
    if kind == "web":
        raise NotReadyError(f"{path} belongs to a web application.", "Make a client of kind “Desktop app”.")
    needed = ("client_id", "client_secret", "auth_uri", "token_uri")
    if not kind or not all(isinstance(found[kind].get(name), str) for name in needed):
        raise NotReadyError(f"{path} is no credentials file of Google's.", "Download it again from Google's console.")
    return dict(found)


def sign_in(
    config: Config, *, open_browser: bool, show: Callable[[str], object], extras: Collection[str] = ()
) -> SignIn:
    """Let the person sign in at Google's page and keep the token; SignedOutError names what was left unticked.

    `show` is given the address of that page, for whoever has no browser here; `extras` are scopes that are asked for
    besides.
    """
    with late_import:
        from google_auth_oauthlib.flow import InstalledAppFlow  # the only place that needs it, and it is slow to load
        from oauthlib.oauth2.rfc6749.errors import OAuth2Error

    class Flow(InstalledAppFlow):  # type: ignore[misc]  # without types; its own way to show the address is print
        def authorization_url(self, **words: str) -> tuple[str, str]:
            address, state = super().authorization_url(**words)
            show(address)
            return address, state

    client = check_credentials(config)
    flow = Flow.from_client_config(client, [*SCOPES, *extras], autogenerate_code_verifier=True)
    try:
        with _loopback_allowed(client["installed"]["token_uri"]):
            flow.run_local_server(
                port=0,
                open_browser=open_browser and _has_browser(),
                authorization_prompt_message="",
                success_message="You can close this page and go back to the terminal.",
                prompt="consent",
                access_type="offline",
            )
    except OAuth2Error as error:
        if error.error == "access_denied":
            raise SignedOutError("You are not signed in: Google's page was closed or said no.", LOGIN) from error
        said = error.description or error.error
        raise SignedOutError(f"You are not signed in. Google says: {said}", LOGIN) from error
    except (GoogleAuthError, requests.RequestException) as error:
        raise understand(error, "sign you in", config.origin.value).error from error
    granted = tuple(flow.oauth2session.token.get("scope", ()))
    found = SignIn(granted, None)
    missing = (*found.missing, *(EXTRAS[scope] for scope in extras if scope not in granted))
    if missing:
        raise SignedOutError(
            f"You left a box unticked. offboard also needs to: {'; '.join(missing)}.",
            "Nothing was kept. Run `offboard auth login` again and leave every box ticked.",
        )
    save_token(config, flow.credentials, granted)
    return found


def _has_browser() -> bool:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


@contextlib.contextmanager
def _loopback_allowed(token_uri: str) -> Iterator[None]:
    """Plain http and fewer scopes are fine for the flow's own checks: the first only on this computer."""
    changed = {"OAUTHLIB_RELAX_TOKEN_SCOPE": "1"}  # an unticked box is ours to name, not oauthlib's to warn of
    if urlsplit(token_uri).hostname in LOOPBACK:
        changed["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def save_token(config: Config, credentials: Credentials, granted: tuple[str, ...]) -> None:
    """Keep the token, readable by its owner only."""
    stored = {
        "token": credentials.token,
        "refresh_token": credentials.refresh_token,
        "token_uri": credentials.token_uri,
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "scopes": sorted(granted),
        "expiry": credentials.expiry.isoformat() if credentials.expiry else None,
    }
    write_private(config.token, json.dumps(stored, indent=2) + "\n")


def load_credentials(config: Config) -> Credentials:
    """Credentials that are valid now, renewed where needed; SignedOutError when nobody is signed in."""
    stored = _read_token(config)
    if config.origin.value and GOOGLES.fullmatch(urlsplit(stored["token_uri"]).hostname or ""):
        raise SignedOutError(
            f"The sign-in here is Google's own; it is not shown to {config.origin.value} ({config.origin.source}).",
            LOGIN,
        )
    credentials = _KeptCredentials(
        config,
        token=stored["token"],
        refresh_token=stored["refresh_token"],
        token_uri=stored["token_uri"],
        client_id=stored["client_id"],
        client_secret=stored["client_secret"],
        scopes=stored["scopes"],
        expiry=_expiry(stored),
    )
    missing = SignIn(tuple(stored["scopes"]), None).missing
    if missing:
        raise SignedOutError(
            f"offboard lacks a permission: {'; '.join(missing)}.", f"{LOGIN} and leave every box ticked."
        )
    if not credentials.valid:
        try:
            credentials.refresh(Request())
        except (GoogleAuthError, requests.RequestException) as error:
            raise understand(error, "renew your sign-in", config.origin.value).error from error
    return credentials


class _KeptCredentials(Credentials):
    """Credentials that are kept in the home again whenever they are renewed, before a run or in its midst."""

    def __init__(self, config: Config, **fields: Any) -> None:
        super().__init__(**fields)  # type: ignore[no-untyped-call]  # google-auth carries no types
        self._config = config
        self._renewing = threading.Lock()

    def refresh(self, request: Request) -> None:
        """Renew the token and keep it; of several threads that ask at once, one renews it for all."""
        seen = self.token
        with self._renewing:
            if self.token == seen:
                super().refresh(request)  # type: ignore[no-untyped-call]
                save_token(self._config, self, tuple(self.scopes))


def find_sign_in(config: Config) -> SignIn | None:
    """The stored sign-in, or None."""
    if not config.token.exists():
        return None
    stored = _read_token(config)
    expiry = _expiry(stored)
    return SignIn(tuple(stored["scopes"]), expiry.replace(tzinfo=UTC) if expiry else None)


def sign_out(config: Config) -> bool:
    """Revoke the token at Google, as far as Google can be reached, and delete it here; False when there was none."""
    if not config.token.exists():
        return False
    with contextlib.suppress(SignedOutError, requests.RequestException):
        stored = _read_token(config)
        address = str(stored["token_uri"]).rpartition("/")[0] + "/revoke"
        requests.post(address, data={"token": stored["refresh_token"] or stored["token"]}, timeout=10)
    config.token.unlink()
    return True


def _expiry(stored: dict[str, Any]) -> datetime | None:
    return datetime.fromisoformat(stored["expiry"]).replace(tzinfo=None) if stored.get("expiry") else None


def _read_token(config: Config) -> dict[str, Any]:
    path = config.token
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SignedOutError(f"Others on this computer can read your sign-in: {path}", f"Type: chmod 600 {path}")
        stored = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(stored, dict) or not all(name in stored for name in TOKEN_FIELDS):
            raise ValueError
        _expiry(stored)
    except FileNotFoundError:
        hint = LOGIN if config.credentials.exists() else SETUP
        raise SignedOutError("You are not signed in.", hint) from None
    except (ValueError, TypeError):
        raise SignedOutError(f"The sign-in cannot be read: {path}", "Run `offboard auth login`.") from None
    return dict(stored)
