"""The addresses of the sign-in: the consent page with its answer, the token address, the revoke address."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from offboard.sandbox.accounts import list_accounts
from offboard.sandbox.gateway import Request, Response
from offboard.sandbox.oauth.clients import Denial
from offboard.sandbox.oauth.consent import Asked, allow, close_page, deny, described_scopes, open_page, read_asked
from offboard.sandbox.oauth.exchange import respond_revoke, respond_token
from offboard.sandbox.state import State

CONSENT = ("/o/oauth2/v2/auth", "/o/oauth2/auth")  # the second stands in the credentials.json that Google offers
TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)
HEADERS = {
    "Content-Type": "text/html; charset=UTF-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


def respond_sign_in(state: State, request: Request) -> Response | None:
    """Answer /o/oauth2/v2/auth, /token and /revoke; None for any other address."""
    address = (request.http, request.path)
    if address == ("POST", "/token"):
        return respond_token(state, request)
    if address == ("POST", "/revoke"):
        return respond_revoke(state, request)
    if request.path not in CONSENT or request.http not in ("GET", "POST"):
        return None
    try:
        with state.transaction():
            return _show(state, request) if request.http == "GET" else _answer(state, request)
    except Denial as denial:
        return _page("error.html", denial.status, error=denial.error, description=denial.description)


def _show(state: State, request: Request) -> Response:
    asked = read_asked(state, request.query)
    if asked.prompt == "none":
        return _redirect(deny(asked, "interaction_required"))
    accounts = list_accounts(state)
    chosen = next((a.email for a in accounts if a.email == asked.login_hint.lower()), accounts[0].email)
    return _page(
        "consent.html",
        200,
        app=asked.client.name,
        testing=asked.client.testing,
        accounts=accounts,
        chosen=chosen,
        scopes=_describe(asked),
        token=open_page(state, request.query),
        path=request.path,
    )


def _describe(asked: Asked) -> list[tuple[str, str]]:
    words = described_scopes()
    return [(scope, words[scope]) for scope in asked.scopes]


def _answer(state: State, request: Request) -> Response:
    form = parse_qs(request.content.decode("latin-1"))
    asked = close_page(state, form.get("token", [""])[0])
    if form.get("answer", [""])[0] != "allow":
        return _redirect(deny(asked, "access_denied"))
    return _redirect(allow(state, asked, form.get("account", [""])[0], frozenset(form.get("scope", []))))


def _redirect(address: str) -> Response:
    return Response(303, b"", HEADERS | {"Location": address})


def _page(template: str, status: int, **words: object) -> Response:
    text = TEMPLATES.get_template(template).render(words, status=status)
    return Response(status, text.encode(), HEADERS)
