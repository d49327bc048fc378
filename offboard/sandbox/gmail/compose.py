"""A mail as an app hands it over: read from the request, checked, and given what Gmail gives every mail."""

from __future__ import annotations

import base64
import secrets
from email.message import Message
from email.parser import BytesParser
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any

from offboard.sandbox.accounts import find_account
from offboard.sandbox.call import Call
from offboard.sandbox.gmail.headers import check_addresses, list_values, normalize, set_field
from offboard.sandbox.gmail.mailbox import get_owner, has_thread, not_found
from offboard.sandbox.gmail.payload import list_children
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State

LARGEST = 36_700_160  # bytes of one mail, as the discovery document says: 35 MB
DEEPEST = 100  # parts within parts
NEEDED = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"


def read_mail(call: Call, message: dict[str, Any]) -> bytes:
    """The bytes of the mail in this request, checked."""
    raw = _decode(message.get("raw")) if call.media is None else _uploaded(call)
    if len(raw) > LARGEST:
        raise Refusal(413, "Request Too Large", reason="uploadTooLarge")
    raw = normalize(raw)
    _check_depth(parse_mail(raw))
    check_addresses(raw)
    return raw


def find_thread(call: Call, message: dict[str, Any]) -> str | None:
    """The thread that the request names; one that is not there is refused."""
    thread_id = message.get("threadId")
    if thread_id and not has_thread(call.state, get_owner(call), thread_id):
        raise not_found()
    return thread_id or None


def stamp(state: State, raw: bytes, owner: str, *, sent: bool = False) -> bytes:
    """The mail with Gmail's own fields: a fresh Message-ID, a date, and nobody but the owner as its sender."""
    if sent or not list_values(raw, "Date"):
        raw = set_field(raw, "Date", format_datetime(state.clock.now()))
    senders = list_values(raw, "From")
    if len(senders) != 1 or parseaddr(senders[0])[1].lower() != owner:
        account = find_account(state, owner)
        raw = set_field(raw, "From", formataddr((account.name if account else "", owner)))
    return set_field(raw, "Message-ID", f"<CA{secrets.token_urlsafe(36)}@mail.gmail.com>")


def parse_mail(raw: bytes) -> Message:
    """The mail's tree of parts; headers as they stand, nothing decoded yet."""
    try:
        return BytesParser().parsebytes(raw)
    except RecursionError:
        raise _malformed() from None


def _check_depth(mail: Message) -> None:
    level, depth = [mail], 0
    while level:
        level, depth = [child for part in level for child in list_children(part)], depth + 1
        if depth > DEEPEST:
            raise _malformed()


def _malformed() -> Refusal:
    return Refusal(400, "Invalid MIME message", reason="invalidArgument")


def _decode(text: str | None) -> bytes:
    if not text:
        raise Refusal(400, NEEDED, reason="invalidArgument")
    bare = text.rstrip("=").replace("+", "-").replace("/", "_")  # both alphabets are good, with padding or without
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))


def _uploaded(call: Call) -> bytes:
    assert call.media is not None
    if not call.media.mime.lower().startswith("message/"):
        message = f"Media type '{call.media.mime}' is not supported. Valid media types: [message/*]"
        raise Refusal(400, message, reason="badContent")
    if not call.media.content:
        raise Refusal(400, NEEDED, reason="invalidArgument")
    return call.media.content
