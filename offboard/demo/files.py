"""Report files of the demo's client: small, and each really what its name says."""

from __future__ import annotations

import io
import struct
import zlib

from openpyxl import Workbook

MONTHS = ("January", "February", "March", "April", "May", "June")
FOLLOWERS = (3120, 3260, 3410, 3590, 3840, 4210)
REACH = (11800, 12650, 13900, 14200, 16900, 18500)


def make_csv() -> bytes:
    """Followers and reach by month."""
    lines = ["Month,Followers,Reach", *(f"{m},{f},{r}" for m, f, r in zip(MONTHS, FOLLOWERS, REACH, strict=True))]
    return "\r\n".join(lines).encode()


def make_xlsx() -> bytes:
    """The same as an Excel workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Instagram"
    sheet.append(["Month", "Followers", "Reach"])
    for line in zip(MONTHS, FOLLOWERS, REACH, strict=True):
        sheet.append(list(line))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def make_png(width: int = 320, height: int = 180) -> bytes:
    """A bar chart of the reach, as a picture."""
    bar = width // len(REACH)
    tops = [height - 10 - reach * (height - 30) // max(REACH) for reach in REACH]
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            index = min(x // bar, len(REACH) - 1)
            inside = 6 < x % bar < bar - 6 and tops[index] <= y < height - 10
            rows += bytes((46, 125, 110) if inside else (250, 248, 244))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def make_pdf(title: str, lines: tuple[str, ...]) -> bytes:
    """A page of text as a PDF that every reader opens."""
    shown = [f"BT /F1 20 Tf 72 770 Td ({_escaped(title)}) Tj ET"]
    shown += [f"BT /F1 11 Tf 72 {730 - 18 * n} Td ({_escaped(line)}) Tj ET" for n, line in enumerate(lines)]
    stream = "\n".join(shown).encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    count = len(objects) + 1
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            count,
            table,
            count,
            start,
        )
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
