"""The zip that DOCX, PPTX, XLSX and ODT are: opened only when what it unpacks to fits."""

from __future__ import annotations

import io
import zipfile

from offboard.scan.piece import UnreadableError

MOST = 200 * 1024 * 1024  # bytes unpacked, all parts together; a report has a hundredth of it
BROKEN = "it is broken"
LOCKED = "it is locked with a password"


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive; UnreadableError when it is broken or unpacks to too much: zipfile reads no more than it declares."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableError(BROKEN) from error
    size = sum(part.file_size for part in archive.infolist())
    if size > MOST:
        raise UnreadableError(f"it unpacks to {size // 1_000_000} MB")
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise UnreadableError(LOCKED)
    return archive
