"""A draft that must not be sent any more: without a recipient Gmail cannot send it, and its words say why."""

from __future__ import annotations

from offboard.emails.mail import Mail
from offboard.emails.markdown import render_html, render_text, shield


def write_withdrawn(why: str, kind: str) -> Mail:
    """The mail that takes the place of one that nobody touched; `why` such as `INV-7 was paid on Mon 4 May`.

    `kind`: what it was, and what the draft is used for again: `reminder`.

    It is emptied and not deleted: a deleted draft looks like a sent one, and whoever is just reading it would lose
    it under their eyes. It is not only reworded either: what has no recipient cannot be sent at all, not even by
    somebody who presses Send without reading.
    """
    text = (
        f"{shield(why)}.\n\nSo there is nothing to ask for in this e-mail: it has no recipient any more, and cannot be "
        f"sent. Discard it, or leave it here: offboard uses it again for the next {kind}."
    )
    return Mail("", f"Do not send: {why}", render_text(text), render_html(text))
