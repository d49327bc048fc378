"""The addresses of a mail: who gets it, and whether they can be written to at all."""

from __future__ import annotations

import re
from email.utils import getaddresses

from offboard.sandbox.gmail.headers import list_values
from offboard.sandbox.refusal import Refusal

ADDRESS = re.compile(r"""("[^"]+"|[^\s@<>()\[\],;:\\"]+)@[^\s@<>()\[\],;:\\".]+(\.[^\s@<>()\[\],;:\\".]+)+""")
EMPTY_GROUP = re.compile(r"[^:;,@<>]*:\s*;")  # undisclosed-recipients:;
FIELDS = ("To", "Cc", "Bcc")


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
