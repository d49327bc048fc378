"""PDF: its text, page by page, and what its properties say."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from offboard.scan.kinds.archive import LOCKED
from offboard.scan.piece import Piece, UnreadableError


def read_pdf(content: bytes) -> Iterator[Piece]:
    """Each line with its page; UnreadableError for a locked or a broken file, or one without any text."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError(LOCKED)
        text = False
        for number, page in enumerate(reader.pages, start=1):
            for line in page.extract_text().splitlines():
                text = text or bool(line.strip())
                yield Piece(f"page {number}", line)
        for name, said in (reader.metadata or {}).items():
            if name in ("/Title", "/Subject", "/Keywords"):
                yield Piece("its properties", str(said))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, zlib.error) as error:
        # pypdf lets through what Python says of a file that breaks off or points nowhere
        raise UnreadableError("it is broken, or no real PDF") from error
    except NotImplementedError as error:  # a lock that needs another program
        raise UnreadableError(LOCKED) from error
    if not text:
        raise UnreadableError("it holds pictures of text only")
