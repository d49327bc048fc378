"""A template and the words make a mail: checked as a whole, then rendered as text and as HTML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, meta, nodes
from jinja2 import Template as Compiled
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from offboard.columns import is_email, squeeze
from offboard.emails.facts import Facts
from offboard.emails.markdown import render_html, render_text, shield, unshield
from offboard.emails.templates import Template, Templates
from offboard.emails.words import (
    MARKED,
    MAY_BE_EMPTY,
    VOCABULARY,
    WITH_BOLD,
    WITH_LINKS,
    WITH_LISTS,
    find_cell,
    words,
)
from offboard.errors import Problem, TemplateError

HEADER = re.compile(r"([A-Za-z-]+):(?:\s+|$)(.*)")


@dataclass(frozen=True)
class Attachment:
    """A file that comes with an e-mail."""

    name: str
    kind: str  # such as `text/calendar`
    content: bytes


@dataclass(frozen=True)
class Mail:
    """An e-mail before it is a draft."""

    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Changes when anything that the client would read does."""
        whole = "\0".join((self.to, self.subject, self.text, self.html))
        files = "".join(f"\0{file.name}\0{hashlib.sha256(file.content).hexdigest()}" for file in self.attachments)
        return hashlib.sha256((whole + files).encode()).hexdigest()[:16]


@cache
def environment() -> SandboxedEnvironment:
    """Jinja as templates may use it: no attribute tricks, every unknown word an error."""
    return SandboxedEnvironment(
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )


@lru_cache
def compile_text(text: str) -> Compiled:
    """A text of a template, compiled once however many mails are written with it; TemplateSyntaxError."""
    return environment().from_string(text)


class Gap(Undefined):
    """A word that nothing fills: a template may ask for it, and where it is printed it is noted as missing."""

    def __init__(self, word: str, printed: set[str]) -> None:
        super().__init__(name=word)
        self.__dict__["printed"] = printed

    def __str__(self) -> str:
        self.__dict__["printed"].add(self._undefined_name)
        return ""


def render_mail(templates: Templates, name: str, facts: Facts) -> Mail:
    """The mail of this template for these facts; TemplateError lists everything that is missing, each with its line."""
    template, lines, body = _compose(templates, name, facts)
    subject = _headline(template, lines, "Subject")
    return Mail(_recipient(template, lines, facts), subject, render_text(body), render_html(body))


def render_page(templates: Templates, name: str, facts: Facts) -> tuple[str, str]:
    """Title and Markdown of the page of this template; a cell's text is shielded in it. TemplateError as for a mail."""
    template, lines, body = _compose(templates, name, facts)
    return _headline(template, lines, "Title"), body


def _compose(templates: Templates, name: str, facts: Facts) -> tuple[Template, dict[str, tuple[int, str]], str]:
    """The template, its headers by name, and its body in Markdown."""
    template = templates.get(name, facts.client.language)
    _refuse(template, find_template_problems(template))
    facts = replace(facts, locale=_locale(template, facts))
    head, _, rest = template.text.partition("\n\n")
    printed: set[str] = set()
    known = words(facts, find_words(template))
    gaps = {word: Gap(word, printed) for word, value in known.items() if not value and word not in MAY_BE_EMPTY}
    flat = {word: shield(squeeze(value)) for word, value in known.items()} | gaps
    plain = {w: v for w, v in known.items() if w not in MARKED}
    shielded = {
        w: shield(v, links=w in WITH_LINKS, lists=w in WITH_LISTS, bold=w in WITH_BOLD) for w, v in plain.items()
    }
    lines = dict(_read_headers(_render(template, head, flat)))
    body = _render(template, rest, known | shielded | gaps)
    _refuse(template, [_missing(template, word, facts) for word in sorted(printed)])
    return template, lines, body


def _headline(template: Template, lines: Mapping[str, tuple[int, str]], name: str) -> str:
    """What the “Subject:” or “Title:” line says."""
    headline = squeeze(unshield(lines.get(name, (0, ""))[1]))
    if not headline:
        _refuse(template, [Problem(f"{template.path}:1", f"Its “{name}:” came out empty.")])
    return headline


def _recipient(template: Template, lines: Mapping[str, tuple[int, str]], facts: Facts) -> str:
    """The one address of the “To:” line, or the client's where there is none; what a cell adds to it is refused."""
    line, text = lines.get("To", (0, ""))
    to = squeeze(unshield(text))
    if to and not is_email(to):
        _refuse(template, [Problem(f"{template.path}:{line}", f"“{to}” is no e-mail address.", "Write one address.")])
    return to or facts.client.email


@lru_cache
def find_words(template: Template) -> frozenset[str]:
    """The words that a template asks for: most of the vocabulary it does not."""
    return frozenset(meta.find_undeclared_variables(environment().parse(template.text)))


@lru_cache
def find_template_problems(template: Template) -> tuple[Problem, ...]:
    """What is wrong with a template whoever it is for: its syntax, its headers, words that do not exist."""
    head = template.text.partition("\n\n")[0]
    try:
        compile_text(head)
        compile_text(template.text)  # parsing alone lets a filter pass that does not exist
        tree = environment().parse(template.text)
    except TemplateSyntaxError as error:
        return (Problem(f"{template.path}:{error.lineno}", f"{(error.message or 'It cannot be read').rstrip('.')}."),)
    known = set(VOCABULARY)
    problems = [
        Problem(
            f"{template.path}:{_line_of(tree, name)}",
            f"“{name}” is no word that a template knows.",
            f"There are: {', '.join(sorted(known))}",
        )
        for name in sorted(find_words(template) - known)
    ]
    headers = _read_headers(head)
    if not {"Subject", "Title"} & set(dict(headers)):
        problems.append(Problem(f"{template.path}:1", "It has no “Subject:” line at its top."))
    hint = "Only “Subject:” and “To:” can; the text begins after an empty line."
    for name, (line, _) in headers:
        if name not in ("Subject", "To", "Title"):
            problems.append(Problem(f"{template.path}:{line}", f"“{name}:” cannot stand at its top.", hint))
    return tuple(problems)


def lint_templates(templates: Templates) -> list[Problem]:
    """Every problem of every template at once."""
    return [problem for template in templates.by_name.values() for problem in find_template_problems(template)]


def _refuse(template: Template, problems: Sequence[Problem]) -> None:
    if problems:
        raise TemplateError(f"{_what(template)} cannot be written.", problems=problems)


def _what(template: Template) -> str:
    kind = "page" if template.text.startswith("Title:") else "e-mail"
    return f"The {kind} “{template.name}”"


def _missing(template: Template, word: str, facts: Facts) -> Problem:
    cell = find_cell(facts, word)
    line = _line_of(environment().parse(template.text), word)
    return Problem(f"{template.path}:{line}", f"“{word}” is empty.", f"Fill in {cell}." if cell else "")


def _locale(template: Template, facts: Facts) -> Locale:
    """The template's own language, as the client's row or the tracker's country writes it; else the tracker's."""
    own, tracker = template.language, facts.locale
    spoken = facts.client.language.replace("-", "_")
    country = f"{own}_{tracker.territory}" if tracker.territory else own
    plain = "en_GB" if own == "en" else own  # English without a country would be American
    for wanted in filter(
        None, (spoken if spoken[:2].lower() == own[:2].lower() else "", country if own else "", plain)
    ):
        try:
            return Locale.parse(wanted)
        except (UnknownLocaleError, ValueError):
            continue
    return tracker


def _line_of(tree: nodes.Template, name: str) -> int:
    """Where a word is printed, or else where it is asked for."""
    printed = [found for output in tree.find_all(nodes.Output) for found in output.find_all(nodes.Name)]
    everywhere = [*printed, *tree.find_all(nodes.Name)]
    return next((found.lineno for found in everywhere if found.name == name), 1)


def _render(template: Template, text: str, known: Mapping[str, Any]) -> str:
    try:
        return compile_text(text).render(known)
    except (TemplateSyntaxError, UndefinedError, SecurityError, TypeError, ValueError, ArithmeticError) as error:
        raise TemplateError(
            f"{_what(template)} cannot be written.", problems=[Problem(template.path, f"{error}.")]
        ) from error


def _read_headers(head: str) -> list[tuple[str, tuple[int, str]]]:
    """Each line at the top as its name, its number and what it says."""
    matches = [(number, HEADER.match(line)) for number, line in enumerate(head.split("\n"), start=1)]
    return [(found[1], (number, found[2])) for number, found in matches if found]
