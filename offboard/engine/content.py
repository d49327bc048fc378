"""The content of a report on its way into the folder: what arrives, and that only what was looked into does."""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import Path

from offboard.engine.checksum import md5_of
from offboard.errors import OffboardError
from offboard.workspace.drive import Drive, Upload
from offboard.world import How, Source

PDF = "application/pdf"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_content(drive: Drive, source: Source, what: str, *, as_seen: bool) -> tuple[Upload, str]:
    """What a report is handed over as, and the md5 that it must arrive with.

    `as_seen`: OffboardError where it is another than the one that was looked into.
    """
    content, md5 = _read(drive, source, what)
    if as_seen:
        now = md5 if source.md5 else drive.get_file(source.id, what).modified  # a Google document has no md5
        if now != source.stamp:
            raise OffboardError(
                f"“{source.name}” changed after it was looked into, and the folder is open: nothing of it was copied.",
                "Run again: it is looked into anew.",
            )
    return content, md5


def _read(drive: Drive, source: Source, what: str) -> tuple[Upload, str]:
    if source.how is How.UPLOAD:
        path = Path(source.id)
        try:
            md5 = md5_of(path)
        except OSError as error:
            raise OffboardError(f"“{source.name}” can't be read on this computer.", "Close what uses it.") from error
        return Upload(path), md5
    if source.how is How.COPY:
        content, mime = drive.download(source.id, what), guess_type(source.name)[0] or Upload.mime
    else:
        mime = PDF if source.how is How.PDF else EXCEL
        content = drive.export(source.id, mime, what)
    return Upload(content, mime), md5_of(content)
