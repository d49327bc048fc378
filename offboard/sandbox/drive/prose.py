"""A Google Doc's content: blocks of text, read from plain text or HTML, written as either; kept as JSON."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = (*HEADINGS, "p", "li", "tr")
BREAKS = (*BLOCKS, "div", "ul", "ol", "table", "thead", "tbody", "blockquote", "pre", "section", "article", "hr")
UNSEEN = ("script", "style", "head", "title")
BLANKS = " \t\r\n\f"  # what HTML takes for one blank


@dataclass(frozen=True)
class Block:
    """A heading (`h1` … `h6`), paragraph (`p`), list item (`li`) or table row (`tr`, its cells in `texts`)."""

    kind: str
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its words, cells divided by tabs."""
        return "\t".join(self.texts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._kind = "p"
        self._cells = [""]
        self._unseen = 0
        self._opened = False  # an empty paragraph that somebody wrote is an empty line

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in UNSEEN:
            self._unseen += 1
        elif tag in ("td", "th") and self._kind == "tr":
            self._cells.append("")
        elif tag == "br":
            self._append("\n")
        elif tag in BREAKS and not (self._kind in ("li", "tr") and tag in ("p", "div")):
            self.end_block()
            self._kind, self._opened = (tag, tag == "p") if tag in BLOCKS else ("p", False)
            self._cells = [""] if tag != "tr" else []

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in BREAKS and not (self._kind in ("li", "tr") and tag in ("p", "div")):
            self.end_block()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        before = self._cells[-1] if self._cells else ""
        text = re.sub(f"[{BLANKS}]+", " ", data)
        self._append(text.lstrip(" ") if not before or before.endswith((" ", "\n")) else text)

    def _append(self, text: str) -> None:
        if not self._cells:
            self._cells.append("")
        self._cells[-1] += text

    def end_block(self) -> None:
        """What was read since the last block is one, unless it is empty."""
        texts = tuple(cell.strip(BLANKS).replace("\xa0", " ") for cell in self._cells)
        if any(texts) or self._opened:
            self.blocks.append(Block(self._kind, texts))
        self._kind, self._cells, self._opened = "p", [""], False


def read_html(markup: str) -> list[Block]:
    """The blocks of a page; scripts, styles and the head are no text."""
    reader = _Reader()
    reader.feed(
        re.sub(r"<(?![A-Za-z/!?])", "&lt;", markup)
    )  # thousands of these in a row would take the reader for ever
    reader.close()
    reader.end_block()
    return reader.blocks


def read_text(text: str) -> list[Block]:
    """Every line a paragraph, empty ones too."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    return [Block("p", (line,)) for line in lines.split("\n")]


def pack_blocks(blocks: list[Block]) -> bytes:
    """The blocks as the bytes that the file keeps."""
    return json.dumps([[block.kind, *block.texts] for block in blocks], ensure_ascii=False).encode()


def unpack_blocks(content: bytes) -> list[Block]:
    """The blocks that a file keeps; none in a file without content."""
    return [Block(kind, tuple(texts)) for kind, *texts in json.loads(content or "[]")]


def write_text(blocks: list[Block]) -> str:
    """Plain text as Google writes it: lines that end in CR LF, list items with a star."""
    return "\r\n".join(f"* {block.text}" if block.kind == "li" else block.text for block in blocks)


def write_html(blocks: list[Block], title: str) -> str:
    """A whole page."""
    body = "".join(_element(block) for block in blocks)
    return (
        '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type">'
        f"<title>{html.escape(title)}</title></head><body>{body}</body></html>"
    )


def _element(block: Block) -> str:
    texts = [re.sub(" (?= )", "\xa0", html.escape(text)).replace("\n", "<br>") for text in block.texts]
    if block.kind == "tr":
        cells = "".join(f"<td>{text}</td>" for text in texts)
        return f"<table><tr>{cells}</tr></table>"
    inner = f"<{block.kind}>{texts[0]}</{block.kind}>"
    return f"<ul>{inner}</ul>" if block.kind == "li" else inner
