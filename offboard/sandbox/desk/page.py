"""Answers of the desk: pages that load nothing from outside, plain words, and bytes that can do nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from offboard.sandbox.desk.visitor import link
from offboard.sandbox.gateway import Response

ASSETS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SAFE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "frame-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)  # a cell's colours stand in its style attribute; no other style may come in
PAPER = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)  # what others wrote: no script runs, nothing is fetched; the desk may measure it and see which link was pressed
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf")  # the browser shows these by itself


def format_moment(moment: str | int) -> str:
    """`23 Nov 2026, 09:05` in this computer's time, from Drive's text or Gmail's milliseconds."""
    when = datetime.fromtimestamp(moment / 1000, UTC) if isinstance(moment, int) else datetime.fromisoformat(moment)
    local = when.astimezone()
    return f"{local.day} {local:%b %Y, %H:%M}"


def format_size(size: int | str) -> str:
    """`2.4 MB`; a few bytes are 1 KB."""
    kilobytes = max(1, round(int(size) / 1000))
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{int(size) / 1e6:.1f} MB"


ROOM = Path(__file__).parent
TEMPLATES = Environment(
    loader=FileSystemLoader(ROOM / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals["link"] = link
TEMPLATES.filters |= {"moment": format_moment, "size": format_size}


def answer_page(template: str, words: Mapping[str, object], status: int = 200) -> Response:
    """A page of the desk."""
    text = TEMPLATES.get_template(template).render(words)
    return _answer(status, text.encode(), "text/html; charset=UTF-8", PAGE)


def answer_json(body: Mapping[str, object], status: int = 200) -> Response:
    """An answer to the page's own script."""
    return _answer(status, json.dumps(body).encode(), "application/json", PAPER)


def answer_plain(status: int, text: str) -> Response:
    """A sentence."""
    return _answer(status, text.encode(), "text/plain; charset=UTF-8", PAPER)


def answer_asset(name: str) -> Response:
    """A style, a script or a picture of the desk itself; a name that is none of these is 404."""
    known = {path.name: path for path in (ROOM / "assets").iterdir()}
    if name not in known:
        return answer_plain(404, "There is nothing at this address.")
    path = known[name]
    return _answer(200, path.read_bytes(), f"{ASSETS[path.suffix]}; charset=UTF-8", PAPER)


def answer_paper(markup: str, style: str) -> Response:
    """HTML that somebody else wrote, for a frame, on the desk's own style."""
    css = (ROOM / "assets" / style).read_text(encoding="utf-8")
    page = f'<!doctype html><meta charset="utf-8"><style>{css}</style>{markup}'
    return _answer(200, page.encode("utf-8", "replace"), "text/html; charset=UTF-8", PAPER)


def answer_bytes(content: bytes, mime: str, name: str, *, download: bool) -> Response:
    """Bytes that somebody else made: shown where the browser can without running anything, else kept as a file."""
    shown = mime in SHOWN and not download
    rules = "default-src 'none'; object-src 'self'; frame-ancestors 'self'" if mime == "application/pdf" else PAPER
    response = _answer(200, content, mime if shown else "application/octet-stream", rules)
    if not shown:
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response


def _answer(status: int, content: bytes, mime: str, rules: str) -> Response:
    return Response(status, content, {"Content-Type": mime, "Content-Security-Policy": rules} | SAFE)
