"""The checksum by which Drive and the program know that a file arrived whole."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path


def md5_of(content: bytes | Path) -> str:
    """The md5 of these bytes, or of the file there, as Drive writes it; OSError when the file can't be read."""
    with content.open("rb") if isinstance(content, Path) else BytesIO(content) as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
