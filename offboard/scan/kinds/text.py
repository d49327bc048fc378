"""Text: plain, CSV and HTML, in the encodings that Excel and old programs write."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from offboard.scan.piece import Piece, UnreadableError, cells_of

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
BLOCKS = {"p", "div", "li", "br", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "title", "pre", "option", "dt"}
TELLING = {"href", "src", "content", "value", "alt", "title", "placeholder", "action"}  # attributes with words in them
LONGEST_FIELD = 2**24


def decode(content: bytes) -> str:
    """The text; UnreadableError for what is none."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\0" in content[:4096]:
        raise UnreadableError("it is no kind of file that offboard can read")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_text(content: bytes) -> Iterator[Piece]:
    """Each line."""
    for number, line in enumerate(decode(content).splitlines(), start=1):
        yield Piece(f"line {number}", line)


def read_csv(content: bytes) -> Iterator[Piece]:
    """Each cell, by its line."""
    text = decode(content)
    lines = text[:8192].splitlines()
    delimiter = max(",;\t|", key=lambda sign: _evenness([line.count(sign) for line in lines]))
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))  # the whole program's: never made smaller
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        yield from cells_of(([f"line {rows.line_num}"] * len(row), row) for row in rows)
    except csv.Error:  # a stray quote: then line by line
        yield from read_text(content)


def _evenness(counts: list[int]) -> int:
    """How many signs stand in lines that have equally many: a comma in prose stands now here, now there."""
    common = Counter(count for count in counts if count).most_common(1)
    return common[0][0] * common[0][1] if common else 0


def read_html(content: bytes) -> Iterator[Piece]:
    """What a reader sees and what stands in links and comments, by its line; a table's cells below their headings."""
    page = _Page()
    page.feed(decode(content))
    page.close()
    page.end()
    yield from page.pieces


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._rows: list[tuple[list[str], list[str]]] = []
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.end()
        if tag == "table":
            self._tables += 1
        if tag == "tr":
            self._rows.append(([], []))
        for name, value in attrs:
            if value and name in TELLING:
                self.pieces.append(Piece(self._place, value))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._rows:
            places, texts = self._rows[-1]
            places.append(self._place)
            texts.append(" ".join("".join(self._words).split()))
            self._words = []
        elif tag in BLOCKS:
            self.end()
        if tag == "table" and self._tables:
            self._tables -= 1
            if not self._tables:
                self.pieces += cells_of(self._rows)
                self._rows = []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_comment(self, data: str) -> None:
        self.pieces.append(Piece(self._place, data))

    def end(self) -> None:
        """A line of text is complete."""
        text = " ".join("".join(self._words).split())
        self._words = []
        if text:
            self.pieces.append(Piece(self._place, text))

    @property
    def _place(self) -> str:
        return f"line {self.getpos()[0]}"
