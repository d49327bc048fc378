"""Letters to the sign-in: consent pages, their forms, codes, refresh tokens, revocations."""

from __future__ import annotations

from urllib.parse import quote

from offboard.sandbox.oauth.clients import CLIENT_ID, CLIENT_SECRET
from tests.fuzz.bodies import Known
from tests.fuzz.chance import Chance
from tests.fuzz.letter import Letter, spoil_letter
from tests.fuzz.words import ESCAPES, WORDS

SCOPE = "https://www.googleapis.com/auth/drive.file"
VERIFIER = "v" * 43
PAGE = {"client_id": CLIENT_ID, "redirect_uri": "http://127.0.0.1:9/", "response_type": "code", "scope": SCOPE}
PAGE |= {"access_type": "offline", "state": "s", "code_challenge": VERIFIER, "code_challenge_method": "plain"}
APP = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
REDIRECTS = [
    "http://localhost",
    "http://[::1]:1/",
    "http://[",
    "http://127.0.0.1:99999",
    "http://127.0.0.1:x",
    "urn:x",
    "http://a b",
]
ODD = [
    *REDIRECTS,
    *WORDS,
    "none",
    "consent",
    "login select_account",
    "plain",
    "S256",
    "x" * 20_000,
    SCOPE + " " + SCOPE,
    "drive",
]


def sign_in_letter(known: Known, chance: Chance) -> Letter:
    """One more letter to one of the sign-in's addresses."""
    address = chance.one(["page", "page", "form", "form", "code", "code", "refresh", "revoke"])
    if address == "page":
        there = chance.one(["/o/oauth2/v2/auth", "/o/oauth2/auth"])
        letter = Letter(f"sign-in {address}", "GET", there, query=list(_odd(PAGE, chance).items()))
    else:
        form = _odd(_form(address, known, chance), chance)
        there = {"form": "/o/oauth2/v2/auth", "revoke": "/revoke"}.get(address, "/token")
        letter = Letter(f"sign-in {address}", "POST", there, content=_encode(form, chance))
        letter.headers["content-type"] = "application/x-www-form-urlencoded"
    if chance.often(0.3):
        spoil_letter(letter, chance)
    return letter


def _form(address: str, known: Known, chance: Chance) -> dict[str, str]:
    if address == "form":
        consent = chance.one(known.get("consent", ["none"]))
        return {"token": consent, "account": "ana@sandbox.example", "scope": SCOPE, "answer": "allow"}
    if address == "code":
        code = chance.one(known.get("code", ["none"]))
        way = {"grant_type": "authorization_code", "redirect_uri": PAGE["redirect_uri"], "code_verifier": VERIFIER}
        return APP | way | {"code": code}
    refresh = chance.one(known.get("refresh", ["none"]))
    if address == "refresh":
        return APP | {"grant_type": "refresh_token", "refresh_token": refresh}
    return {"token": refresh}


def _odd(form: dict[str, str], chance: Chance) -> dict[str, str]:
    """Mostly the same form; else one field of it missing, odd, or one too many."""
    if chance.often(0.4):
        return form
    name = chance.one([*form, "prompt", "login_hint", "scope", ""])
    if name in form and chance.often(0.4):
        return {other: value for other, value in form.items() if other != name}
    return form | {name: chance.one(ODD)}


def _encode(form: dict[str, str], chance: Chance) -> bytes:
    content = "&".join(
        f"{quote(name, errors='replace')}={quote(value, errors='replace')}" for name, value in form.items()
    ).encode()
    if chance.often(0.85):
        return content
    odd = [b"", b"\xff\x00%zz", content + b"&" + content, b"{}", content[: len(content) // 2], b"=" * 5000, b"&" * 5000]
    return chance.one([*odd, content + b"&" + chance.one(ESCAPES).encode("latin-1")])
