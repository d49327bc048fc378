"""The zip that DOCX, PPTX, XLSX and ODT are: opened only when what it unpacks to fits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from offboard.scan.piece import UnreadableError

MOST = 200 * 1024 * 1024  # bytes unpacked, all parts together; a report has a hundredth of it
BROKEN = "it is broken"
FAULTS = (  # what zipfile says, or lets zlib and struct say, of a file that went wrong somewhere
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)
LOCKED = "it is locked with a password"


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive; UnreadableError when it is broken or unpacks to too much: zipfile reads no more than it declares."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except FAULTS as error:
        raise UnreadableError(BROKEN) from error
    size = sum(part.file_size for part in archive.infolist())
    if size > MOST:
        raise UnreadableError(f"it unpacks to {size // 1_000_000} MB")
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise UnreadableError(LOCKED)
    return archive
