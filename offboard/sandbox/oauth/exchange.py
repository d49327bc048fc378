"""The token address: a code or a refresh token in, an access token out; and the address that takes tokens back."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from typing import Any
from urllib.parse import parse_qsl

from offboard.sandbox.call import Bearer
from offboard.sandbox.gateway import Request, Response
from offboard.sandbox.oauth.clients import Client, Denial, find_client
from offboard.sandbox.oauth.consent import redeem_code
from offboard.sandbox.oauth.refresh import TESTING_LIFETIME, find_sign_in, issue_refresh_token, revoke
from offboard.sandbox.oauth.tokens import LIFETIME, issue_access_token
from offboard.sandbox.state import State


def respond_token(state: State, request: Request) -> Response:
    """Answer POST /token."""
    try:
        form = _read_form(request.content.decode("latin-1"))
        with state.transaction():
            return _json(200, _exchange(state, form, _read_basic(request.headers.get("authorization", ""))))
    except Denial as denial:
        return _json(denial.status, {"error": denial.error, "error_description": denial.description})


def respond_revoke(state: State, request: Request) -> Response:
    """Answer POST /revoke: the sign-in of this token ends, with everything made from it."""
    try:
        form = _read_form(request.content.decode("latin-1")) | _read_form(request.query)
        with state.transaction():
            if not revoke(state, _required(form, "token")):
                raise Denial("invalid_token", "Token expired or revoked")
    except Denial as denial:
        return _json(denial.status, {"error": denial.error, "error_description": denial.description})
    return _json(200, {})


def _exchange(state: State, form: dict[str, str], basic: dict[str, str]) -> dict[str, Any]:
    kind = _required(form, "grant_type")
    if kind == "authorization_code":
        return _redeem(state, form, _client(state, form | basic))
    if kind == "refresh_token":
        return _refresh(state, form, _client(state, form | basic))
    raise Denial("unsupported_grant_type", f"Invalid grant_type: {kind}")


def _redeem(state: State, form: dict[str, str], client: Client) -> dict[str, Any]:
    code, redirect_uri = _required(form, "code"), _required(form, "redirect_uri")
    verifier = form.get("code_verifier", "")
    bearer, offline = redeem_code(state, code, client.client_id, redirect_uri, verifier)
    if not offline:
        return _answer(bearer, issue_access_token(state, bearer))
    refresh_token = issue_refresh_token(state, bearer, client)
    answer = _answer(bearer, issue_access_token(state, bearer, refresh_token))
    answer["refresh_token"] = refresh_token
    if client.testing:
        answer["refresh_token_expires_in"] = TESTING_LIFETIME - 1
    return answer


def _refresh(state: State, form: dict[str, str], client: Client) -> dict[str, Any]:
    refresh_token = _required(form, "refresh_token")
    bearer = find_sign_in(state, refresh_token)
    if bearer is None:
        raise Denial("invalid_grant", "Token has been expired or revoked.")
    if bearer.client != client.client_id:
        raise Denial("unauthorized_client", "Unauthorized", 401)
    asked = frozenset(form.get("scope", "").split())
    if not asked <= bearer.scopes:
        raise Denial("invalid_scope", "Bad Request")
    narrowed = Bearer(bearer.email, bearer.client, asked or bearer.scopes)
    return _answer(narrowed, issue_access_token(state, narrowed, refresh_token))


def _answer(bearer: Bearer, access_token: str) -> dict[str, Any]:
    scopes = " ".join(sorted(bearer.scopes))
    return {"access_token": access_token, "expires_in": LIFETIME, "scope": scopes, "token_type": "Bearer"}


def _client(state: State, form: dict[str, str]) -> Client:
    client_id = form.get("client_id", "")
    if not client_id:
        raise Denial("invalid_request", "Could not determine client ID from request.")
    client = find_client(state, client_id)
    if client is None:
        raise Denial("invalid_client", "The OAuth client was not found.", 401)
    secret = form.get("client_secret", "")
    if not secret:
        raise Denial("invalid_request", "client_secret is missing.")
    if not hmac.compare_digest(secret.encode(), client.client_secret.encode()):
        raise Denial("invalid_client", "Unauthorized", 401)
    return client


def _read_basic(authorization: str) -> dict[str, str]:
    scheme, _, text = authorization.partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        client_id, _, secret = base64.b64decode(text, validate=True).decode("latin-1").partition(":")
    except binascii.Error:
        raise Denial("invalid_client", "Unauthorized", 401) from None
    return {"client_id": client_id, "client_secret": secret}


def _read_form(text: str) -> dict[str, str]:
    form: dict[str, str] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        if name in form:
            raise Denial("invalid_request", f"OAuth 2 parameters can only have a single value: {name}")
        form[name] = value
    return form


def _required(form: dict[str, str], name: str) -> str:
    if not form.get(name):
        raise Denial("invalid_request", f"Missing required parameter: {name}")
    return form[name]


def _json(status: int, body: dict[str, Any]) -> Response:
    headers = {"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"}
    return Response(status, json.dumps(body).encode(), headers)
