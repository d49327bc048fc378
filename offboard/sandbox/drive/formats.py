"""What Drive turns into what: uploads into Google's own types, and these into files for everybody."""

from __future__ import annotations

from offboard.sandbox.drive.store import NATIVE, SPREADSHEET

DOCUMENT = NATIVE + "document"
PRESENTATION = NATIVE + "presentation"
DRAWING = NATIVE + "drawing"
FORM = NATIVE + "form"

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"

# what Google exports, and the word for it in a link; the sandbox makes some of these itself (read.py)
EXPORTS: dict[str, dict[str, str]] = {
    DOCUMENT: {
        "application/rtf": "rtf",
        ODT: "odt",
        "text/html": "html",
        PDF: "pdf",
        "text/markdown": "md",
        "application/epub+zip": "epub",
        "application/zip": "zip",
        DOCX: "docx",
        "text/plain": "txt",
    },
    SPREADSHEET: {
        "application/x-vnd.oasis.opendocument.spreadsheet": "ods",
        "text/tab-separated-values": "tsv",
        PDF: "pdf",
        XLSX: "xlsx",
        "text/csv": "csv",
        "application/zip": "zip",
        ODS: "ods",
    },
    PRESENTATION: {ODP: "odp", PDF: "pdf", PPTX: "pptx", "text/plain": "txt"},
    DRAWING: {"image/svg+xml": "svg", "image/png": "png", PDF: "pdf", "image/jpeg": "jpeg"},
    FORM: {"application/zip": "zip"},
}

# what Google converts when it is uploaded as one of its own types; the sandbox reads some of these (imports.py)
IMPORTS: dict[str, list[str]] = {
    "text/plain": [DOCUMENT],
    "text/html": [DOCUMENT],
    "text/markdown": [DOCUMENT],
    "application/rtf": [DOCUMENT],
    "application/msword": [DOCUMENT],
    DOCX: [DOCUMENT],
    ODT: [DOCUMENT],
    PDF: [DOCUMENT],
    "image/png": [DOCUMENT],
    "image/jpeg": [DOCUMENT],
    "text/csv": [SPREADSHEET],
    "text/tab-separated-values": [SPREADSHEET],
    XLSX: [SPREADSHEET],
    ODS: [SPREADSHEET],
    "application/vnd.ms-excel": [SPREADSHEET],
    PPTX: [PRESENTATION],
    ODP: [PRESENTATION],
    "application/vnd.ms-powerpoint": [PRESENTATION],
}
