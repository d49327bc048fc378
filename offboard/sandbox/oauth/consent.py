"""The consent page: the scopes that Google knows, who asks for which, what the person answers, and the code for it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from offboard.sandbox.accounts import find_account
from offboard.sandbox.call import Bearer
from offboard.sandbox.documents import DOCUMENTS, document
from offboard.sandbox.oauth.clients import Client, Denial, find_client, is_loopback
from offboard.sandbox.state import State, tables

IDENTITY = {
    "openid": "Associate you with your personal info on Google",
    "email": "See your primary Google Account email address",
    "profile": "See your personal info, including any personal info you've made publicly available",
    "https://www.googleapis.com/auth/userinfo.email": "See your primary Google Account email address",
    "https://www.googleapis.com/auth/userinfo.profile": "See your personal info",
}
tables(
    """CREATE TABLE IF NOT EXISTS consents (token TEXT PRIMARY KEY, query TEXT NOT NULL, expires REAL NOT NULL);
    CREATE TABLE IF NOT EXISTS codes (
        code TEXT PRIMARY KEY, query TEXT NOT NULL, email TEXT NOT NULL, scopes TEXT NOT NULL,
        expires REAL NOT NULL);""",
    contents=(),
)
LIFETIME = 3600  # seconds that a page may stay open
OF_A_CODE = 600  # seconds within which the app must fetch what a code stands for
CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")


@cache
def described_scopes() -> dict[str, str]:
    """Every scope of every API that the sandbox knows, with Google's own description of it."""
    found = dict(IDENTITY)
    for name in DOCUMENTS:
        for scope, said in document(name)["auth"]["oauth2"]["scopes"].items():
            found[scope] = said["description"]
    return found


def list_unknown(scopes: Iterable[str]) -> list[str]:
    """Those of the scopes that Google does not know."""
    return [scope for scope in scopes if scope not in described_scopes()]


@dataclass(frozen=True)
class Asked:
    """A sign-in that an app asks a person for, checked; `challenge` is empty without PKCE."""

    query: str
    client: Client
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    challenge: str
    method: str
    offline: bool
    prompt: str
    login_hint: str


def read_asked(state: State, query: str) -> Asked:
    """What the address of the consent page says; Denial where Google would show an error page instead."""
    given = dict(parse_qsl(query, keep_blank_values=True))
    client = find_client(state, _required(given, "client_id"))
    if client is None:
        raise Denial("invalid_client", "The OAuth client was not found.", 401)
    redirect_uri = _required(given, "redirect_uri")
    if not is_loopback(redirect_uri):
        raise Denial("redirect_uri_mismatch", f"A desktop app cannot be answered at {redirect_uri}.")
    if _required(given, "response_type") != "code":
        raise Denial("unsupported_response_type", f"Invalid response_type: {given['response_type']}")
    scopes = tuple(dict.fromkeys(_required(given, "scope").split()))
    unknown = list_unknown(scopes)
    if unknown or not scopes:
        raise Denial("invalid_scope", f"Some requested scopes were invalid. {{invalid=[{', '.join(unknown)}]}}")
    challenge, method = _read_challenge(given)
    return Asked(
        query=query,
        client=client,
        redirect_uri=redirect_uri,
        scopes=scopes,
        state=given.get("state", ""),
        challenge=challenge,
        method=method,
        offline=_one_of(given, "access_type", "online", "offline") == "offline",
        prompt=given.get("prompt", ""),
        login_hint=given.get("login_hint", ""),
    )


def _read_challenge(given: dict[str, str]) -> tuple[str, str]:
    challenge, method = given.get("code_challenge", ""), _one_of(given, "code_challenge_method", "plain", "S256")
    if challenge and not CHALLENGE.fullmatch(challenge):
        raise Denial("invalid_request", "Invalid parameter value for code_challenge.")
    if "code_challenge_method" in given and not challenge:
        raise Denial("invalid_request", "Missing required parameter: code_challenge")
    return challenge, method


def _one_of(given: dict[str, str], name: str, default: str, other: str) -> str:
    value = given.get(name, default)
    if value not in (default, other):
        raise Denial("invalid_request", f"Invalid parameter value for {name}: '{value}' is not a valid value.")
    return value


def _required(given: dict[str, str], name: str) -> str:
    if not given.get(name):
        raise Denial("invalid_request", f"Missing required parameter: {name}")
    return given[name]


def open_page(state: State, query: str) -> str:
    """A token that only the page just shown knows: a form from elsewhere cannot answer for the person."""
    state.db.execute("DELETE FROM consents WHERE expires <= ?", (state.clock.timestamp(),))
    token = state.new_id(43)
    state.db.execute("INSERT INTO consents VALUES (?, ?, ?)", (token, query, state.clock.timestamp() + LIFETIME))
    return token


def close_page(state: State, token: str) -> Asked:
    """What the page of this token asked; Denial when there is none, or it was answered already."""
    now = state.clock.timestamp()
    row = state.db.execute("SELECT query FROM consents WHERE token = ? AND expires > ?", (token, now)).fetchone()
    if row is None:
        raise Denial(
            "invalid_request", "This page was answered already, or is too old. Please start the sign-in again."
        )
    state.db.execute("DELETE FROM consents WHERE token = ?", (token,))
    return read_asked(state, row["query"])


def allow(state: State, asked: Asked, email: str, ticked: frozenset[str]) -> str:
    """The address at which the app learns what the person allowed; nothing ticked is a refusal."""
    account = find_account(state, email)
    if account is None:
        raise Denial("invalid_request", "Couldn't find your Google Account.")
    scopes = [scope for scope in asked.scopes if scope in ticked]
    if not scopes:
        return deny(asked, "access_denied")
    row = (state.new_id(73, "4/0A"), asked.query, account.email, " ".join(scopes), state.clock.timestamp() + OF_A_CODE)
    state.db.execute("INSERT INTO codes VALUES (?, ?, ?, ?, ?)", row)
    return _back(asked, {"code": row[0], "scope": " ".join(scopes)})


def redeem_code(state: State, code: str, client: str, redirect_uri: str, verifier: str) -> tuple[Bearer, bool]:
    """Who allowed what, and whether for ever: for the app that asked, at its address, with its verifier, only once."""
    row = state.db.execute("SELECT * FROM codes WHERE code = ?", (code,)).fetchone()
    asked = read_asked(state, row["query"]) if row and row["expires"] > state.clock.timestamp() else None
    if asked is None or asked.client.client_id != client:
        raise Denial("invalid_grant", "Bad Request" if code.startswith("4/") else "Malformed auth code.")
    if asked.redirect_uri != redirect_uri:
        raise Denial("redirect_uri_mismatch", "Bad Request")
    _verify(verifier, asked.challenge, asked.method)
    state.db.execute("DELETE FROM codes WHERE code = ?", (code,))
    return Bearer(row["email"], client, frozenset(row["scopes"].split())), asked.offline


def _verify(verifier: str, challenge: str, method: str) -> None:
    if not challenge:
        return
    if not verifier:
        raise Denial("invalid_grant", "Missing code verifier.")
    proof = verifier
    if method == "S256":
        proof = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    if not hmac.compare_digest(proof.encode(), challenge.encode()):
        raise Denial("invalid_grant", "Invalid code verifier.")


def deny(asked: Asked, error: str) -> str:
    """The address at which the app learns that it got nothing."""
    return _back(asked, {"error": error})


def _back(asked: Asked, answer: dict[str, str]) -> str:
    given = {"state": asked.state} if asked.state else {}
    separator = "&" if urlsplit(asked.redirect_uri).query else "?"
    return asked.redirect_uri + separator + urlencode(given | answer)
