"""Sign-in: the desktop flow with PKCE, the token in a file that only its owner can read, and its renewal."""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Iterator
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
from offboard.workspace.failures import LOOPBACK, understand

PREFIX = "https://www.googleapis.com/auth/"
SCOPES = {
    f"{PREFIX}drive.file": "change only the Drive files that offboard makes",
    f"{PREFIX}drive.readonly": "see your Drive files, to copy your reports",
    f"{PREFIX}gmail.compose": "write drafts in your Gmail",
}  # what offboard needs, in words
TOKEN_FIELDS = ("token", "refresh_token", "token_uri", "client_id", "client_secret", "scopes", "expiry")
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


def sign_in(config: Config, *, open_browser: bool) -> SignIn:
    """Let the person sign in at Google's page and keep the token; SignedOutError names what was left unticked."""
    from google_auth_oauthlib.flow import InstalledAppFlow  # the only place that needs it, and it is slow to load
    from oauthlib.oauth2.rfc6749.errors import OAuth2Error

    client = check_credentials(config)
    flow = InstalledAppFlow.from_client_config(client, list(SCOPES), autogenerate_code_verifier=True)
    address = "Open this address in your browser and sign in:\n{url}\n" if not open_browser else ""
    try:
        with _loopback_allowed(client["installed"]["token_uri"]):
            flow.run_local_server(
                port=0,
                open_browser=open_browser,
                authorization_prompt_message=address
                or "Your browser opens Google's sign-in page. If not, open:\n{url}\n",
                success_message="You are signed in. You can close this page and go back to the terminal.",
                prompt="consent",
                access_type="offline",
            )
    except (OAuth2Error, GoogleAuthError, requests.RequestException, AttributeError) as error:
        # an AttributeError is how the flow says that its page was never answered
        raise SignedOutError("You are not signed in: Google's page was closed or said no.", LOGIN) from error
    granted = tuple(flow.oauth2session.token.get("scope", ()))
    found = SignIn(granted, None)
    if found.missing:
        raise SignedOutError(
            f"You left a box unticked. offboard also needs to: {'; '.join(found.missing)}.",
            "Nothing was kept. Run `offboard auth login` again and leave every box ticked.",
        )
    save_token(config, flow.credentials, granted)
    return found


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
    credentials = Credentials(  # type: ignore[no-untyped-call]  # google-auth carries no types
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
            credentials.refresh(Request())  # type: ignore[no-untyped-call]
        except (GoogleAuthError, requests.RequestException) as error:
            raise understand(error, "renew your sign-in", config.origin.value).error from error
        save_token(config, credentials, tuple(stored["scopes"]))
    return credentials


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
