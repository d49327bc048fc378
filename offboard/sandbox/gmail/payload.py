"""A mail taken apart as Gmail shows it: the tree of parts, the attachments, the first words."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from email.message import Message
from typing import Any

from offboard.sandbox.gmail.headers import decode_words, unfold

Payload = dict[str, Any]
SNIPPET = 200  # characters
UNSEEN = re.compile(r"<(style|script|head|title)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)


def render_payload(mail_id: str, part: Message, part_id: str = "") -> Payload:
    """The tree of a mail's parts; an attachment's bytes stay behind and are fetched by their id."""
    filename = decode_words(part.get_filename() or "")
    payload: Payload = {
        "partId": part_id,
        "mimeType": part.get_content_type(),
        "filename": filename,
        "headers": list_headers(part),
        "body": _body(mail_id, part, part_id, filename),
    }
    children = list_children(part)
    if children:
        payload["parts"] = [render_payload(mail_id, child, number) for number, child in _numbered(children, part_id)]
    return payload


def _body(mail_id: str, part: Message, part_id: str, filename: str) -> dict[str, Any]:
    if list_children(part):
        return {"size": 0}
    content = get_content(part)
    if filename:
        return {"attachmentId": attachment_id(mail_id, part_id), "size": len(content)}
    return {"size": len(content), "data": encode(content)} if content else {"size": 0}


def list_headers(part: Message) -> list[dict[str, str]]:
    """A part's fields in their order, as a person reads them."""
    return [{"name": name, "value": decode_words(_text(value))} for name, value in part.raw_items()]


def get_content(part: Message) -> bytes:
    """A part's bytes with their transfer encoding undone."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def walk(part: Message, part_id: str = "") -> Iterator[tuple[str, Message]]:
    """Every part of a mail that holds content, with its id."""
    children = list_children(part)
    if not children:
        yield part_id, part
    for number, child in _numbered(children, part_id):
        yield from walk(child, number)


def attachment_id(mail_id: str, part_id: str) -> str:
    """The id of one part of one mail, good for fetching it and saying nothing else."""
    return "ANGjdJ" + encode(hashlib.sha256(f"{mail_id} {part_id}".encode()).digest()).rstrip("=")


def encode(content: bytes) -> str:
    """Bytes as Gmail writes them: base64url, padded."""
    return base64.urlsafe_b64encode(content).decode()


def read_text(part: Message) -> str:
    """What a person reads in a mail: its plain text, else the words of its HTML."""
    texts = {"text/plain": "", "text/html": ""}
    for _, leaf in walk(part):
        mime = leaf.get_content_type()
        if mime in texts and not leaf.get_filename():
            texts[mime] += _decoded(leaf) + "\n"
    return texts["text/plain"].strip() or html.unescape(UNSEEN.sub(" ", texts["text/html"])).strip()


def render_snippet(part: Message) -> str:
    """The first words of a mail on one line, escaped for HTML as Gmail does."""
    words = " ".join(read_text(part).split())
    return html.escape(words[:SNIPPET].rstrip()).replace("&#x27;", "&#39;")


def list_children(part: Message) -> list[Message]:
    """The parts right inside a part."""
    inner = part.get_payload()
    return [child for child in inner if isinstance(child, Message)] if isinstance(inner, list) else []


def _numbered(children: list[Message], part_id: str) -> Iterator[tuple[str, Message]]:
    for number, child in enumerate(children):
        yield f"{part_id}.{number}" if part_id else str(number), child


def _decoded(part: Message) -> str:
    content = get_content(part)
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _text(value: object) -> str:
    """A field's value on one line; bytes beyond ASCII are read as UTF-8."""
    return unfold(str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
