"""The head of a mail: fields read, set and taken out, every other byte left as it is; and the addresses in it."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import getaddresses

from offboard.sandbox.refusal import Refusal

ADDRESS = re.compile(r"""("[^"]+"|[^\s@<>()\[\],;:\\"]+)@[^\s@<>()\[\],;:\\".]+(\.[^\s@<>()\[\],;:\\".]+)+""")
EMPTY_GROUP = re.compile(r"[^:;,@<>]*:\s*;")  # undisclosed-recipients:;
FIELDS = ("To", "Cc", "Bcc")


def normalize(raw: bytes) -> bytes:
    """The mail with CRLF at every line's end, as it goes over the wire."""
    return re.sub(rb"\r?\n", b"\r\n", raw)


def list_values(raw: bytes, name: str) -> list[str]:
    """The values of every field of this name, unfolded, encoded words left encoded."""
    mark = name.lower().encode() + b":"
    fields, _ = _split(raw)
    found = [field[len(mark) :] for field in fields if field.lower().startswith(mark)]
    return [unfold(value.decode("utf-8", "replace")) for value in found]


def set_field(raw: bytes, name: str, value: str) -> bytes:
    """The mail with this one value under the name, on top."""
    fields, body = _split(remove_field(raw, name))
    return b"\r\n".join([f"{name}: {value}".encode(), *fields, b"", body])


def remove_field(raw: bytes, name: str) -> bytes:
    """The mail without any field of this name."""
    mark = name.lower().encode() + b":"
    fields, body = _split(raw)
    return b"\r\n".join([*(field for field in fields if not field.lower().startswith(mark)), b"", body])


def _split(raw: bytes) -> tuple[list[bytes], bytes]:
    if raw.startswith(b"\r\n"):
        return [], raw[2:]
    head, _, body = raw.partition(b"\r\n\r\n")
    return [field for field in re.split(rb"\r\n(?![ \t])", head) if field], body


def unfold(value: str) -> str:
    """A value on one line."""
    return re.sub(r"\r?\n[ \t]+", " ", value).strip()


def decode_words(value: str) -> str:
    """A value as a person reads it: `=?utf-8?q?S=C3=B6hne?=` is `Söhne`; what cannot be decoded stays."""
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return value


def check_addresses(raw: bytes) -> None:
    """Refuse a mail with something that is no address where its recipients stand."""
    for field in FIELDS:
        list_addresses(raw, field)


def list_addresses(raw: bytes, field: str) -> list[str]:
    """The bare addresses of a field, each checked."""
    values = [value for value in list_values(raw, field) if value and not EMPTY_GROUP.fullmatch(value)]
    try:
        found = [address for _, address in getaddresses(values)]
    except RecursionError:  # groups in groups in groups
        found = [""]
    if not all(ADDRESS.fullmatch(address) for address in found):
        raise Refusal(400, f"Invalid {field} header", reason="invalidArgument")
    return found


def get_recipients(raw: bytes) -> set[str]:
    """Everybody who gets this mail, in lower case; at least one."""
    everybody = {address.lower() for field in FIELDS for address in list_addresses(raw, field)}
    if not everybody:
        raise Refusal(400, "Recipient address required", reason="invalidArgument")
    return everybody
