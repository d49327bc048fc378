"""Markdown to a mail's two parts; what a cell holds is text and stays text, whatever it looks like."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

FIRST = 0xF0000  # a private plane: no keyboard types these, so no cell's text can pretend to be shielded
SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
SHIELDED = re.compile("[\U000f0000-\U000f007f]")
UNWANTED = re.compile("[\U000f0000-\U000f007f\x00-\x08\x0e-\x1f\x7f-\x9f]")  # ours, and what no letter holds
ADDRESS = re.compile(r"(https?://[^\s<>\"'{}()\[\]*`\\|^]+[^\s<>\"'{}()\[\]*`\\|^.,;:!?])")
BARE = re.compile("(?<![(<\\[])\\bhttps?://[^\\s<>)\\]\U000f0000-\U000f007f]+[^\\s<>)\\].,;:!?\U000f0000-\U000f007f]")
SCHEMES = ("https://", "http://", "mailto:")
STYLE = "font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;color:#202124;max-width:640px"
WRAP = "word-wrap:break-word;overflow-wrap:anywhere"  # a long address fits a phone


def shield(text: str, *, links: bool = False, lists: bool = False, bold: bool = False) -> str:
    """Text that means nothing to Markdown; addresses, list marks, what points begin with keep theirs where wanted."""
    text = UNWANTED.sub("", re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text))
    text = "\n".join(line.strip() for line in text.split("\n"))  # four blanks at a line's beginning would mean code
    kept = ADDRESS.split(text) if links else [text]
    return "".join(part if number % 2 else _shield_lines(part, lists, bold) for number, part in enumerate(kept))


def _shield_lines(text: str, lists: bool, bold: bool) -> str:
    return "\n".join(_shield_line(line, lists, bold) for line in text.split("\n"))


def _shield_line(line: str, lists: bool, bold: bool) -> str:
    matched = re.match(r"\d{1,2}\. (?=\S)|- (?=\S)", line) if lists else None
    lead = re.match(r"- \*\*[^*]+\*\*(?=: )", line) if bold else None
    mark = lead[0] if lead else matched[0] if matched else ""
    return mark + SPECIAL.sub(lambda found: chr(FIRST + ord(found[0])), line[len(mark) :])


def unshield(text: str) -> str:
    """The text that was shielded, as it was typed."""
    return SHIELDED.sub(lambda found: chr(ord(found[0]) - FIRST), text)


def unshield_html(text: str) -> str:
    """The same where the text is HTML: what was typed is shown, and is no markup."""
    return SHIELDED.sub(lambda found: html.escape(chr(ord(found[0]) - FIRST)), text)


def _parser() -> MarkdownIt:
    """One for each text: it sorts its rules at its first use, and clients are planned side by side."""
    return MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False})


@lru_cache  # a run plans its e-mails anew at each of its steps, and most come out the same
def render_html(markdown: str) -> str:
    """The HTML part: plain paragraphs and lists that every mail program shows, addresses as links."""
    body = _parser().render(link_addresses(markdown))
    body = unshield_html(body)
    return f'<!DOCTYPE html>\n<html><body><div style="{STYLE};{WRAP}">\n{body}</div></body></html>\n'


def link_addresses(markdown: str) -> str:
    """Bare addresses as links."""
    return BARE.sub(lambda found: f"<{found[0]}>", markdown)


@lru_cache
def render_text(markdown: str) -> str:
    """The text part: one line a paragraph, bullets as •, links with their address behind them."""
    blocks: list[str] = []
    marks: list[str] = []
    for token in _parser().parse(markdown):
        if token.type == "ordered_list_open":
            marks.append(str(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            marks.append("•")
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            marks.pop()
            if not marks:
                blocks.append("")
        elif token.type == "inline":
            line = _plain(token.children or [])
            if marks:
                blocks.append(f"{marks[-1]}{'.' if marks[-1].isdigit() else ''} {line}")
                if marks[-1].isdigit():
                    marks[-1] = str(int(marks[-1]) + 1)
            else:
                blocks += [line, ""]
        elif token.type in ("fence", "code_block"):
            blocks += [token.content.rstrip(), ""]
    return unshield("\n".join(blocks).strip() + "\n") if blocks else ""


def _plain(tokens: list[Token]) -> str:
    out: list[str] = []
    address = ""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            if address.startswith(SCHEMES) and address not in "".join(out):
                out.append(f" ({address.removeprefix('mailto:')})")
        else:
            out.append(token.content)
    return "".join(out)
