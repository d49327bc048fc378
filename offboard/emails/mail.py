"""A template and the words make a mail: checked as a whole, then rendered as text and as HTML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from jinja2 import StrictUndefined, TemplateSyntaxError, meta, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from offboard.emails.facts import Facts
from offboard.emails.markdown import render_html, render_text, shield
from offboard.emails.templates import Template, Templates
from offboard.emails.words import MAY_BE_EMPTY, VOCABULARY, WITH_LINKS, find_cell, words
from offboard.errors import Problem, TemplateError

HEADERS = ("Subject", "To")


@dataclass(frozen=True)
class Mail:
    """An e-mail before it is a draft."""

    to: str
    subject: str
    text: str
    html: str

    @cached_property
    def digest(self) -> str:
        """Changes when anything that the client would read does."""
        whole = "\0".join((self.to, self.subject, self.text, self.html))
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


def environment() -> SandboxedEnvironment:
    """Jinja as templates may use it: no attribute tricks, every unknown word an error."""
    return SandboxedEnvironment(
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )


def render_mail(templates: Templates, name: str, facts: Facts) -> Mail:
    """The mail of this template for these facts; TemplateError lists everything that is missing, each with its line."""
    template = templates.get(name, facts.client.language)
    known = words(facts)
    problems = [*find_template_problems(template), *_missing_words(template, facts, known)]
    if problems:
        raise TemplateError(f"The e-mail “{name}” cannot be written.", problems=problems)
    shielded = {word: shield(value, links=word in WITH_LINKS) for word, value in known.items()}
    head, _, rest = template.text.partition("\n\n")
    headers = dict(_read_headers(_render(template, head, shielded)))
    body = _render(template, rest, shielded)
    return Mail(
        to=" ".join(render_text(headers.get("To", "")).split()) or facts.client.email,
        subject=" ".join(render_text(headers["Subject"]).split()),
        text=render_text(body),
        html=render_html(body),
    )


def find_template_problems(template: Template) -> list[Problem]:
    """What is wrong with a template whoever it is for: its syntax, its headers, words that do not exist."""
    try:
        tree = environment().parse(template.text)
    except TemplateSyntaxError as error:
        return [Problem(f"{template.path}:{error.lineno}", f"{error.message}.")]
    known = set(VOCABULARY)
    problems = [
        Problem(
            f"{template.path}:{_line_of(tree, name)}",
            f"“{name}” is no word that a template knows.",
            f"There are: {', '.join(sorted(known))}",
        )
        for name in sorted(meta.find_undeclared_variables(tree) - known)
    ]
    head = template.text.partition("\n\n")[0]
    if "Subject" not in dict(_read_headers(head)):
        problems.append(Problem(f"{template.path}:1", "It has no “Subject:” line at its top."))
    return problems


def _missing_words(template: Template, facts: Facts, known: dict[str, str]) -> list[Problem]:
    """Words that the template prints and nothing fills, each with the cell that would."""
    try:
        tree = environment().parse(template.text)
    except TemplateSyntaxError:
        return []
    problems = []
    for name in sorted(_printed(tree) & set(VOCABULARY) - MAY_BE_EMPTY):
        if not known[name]:
            cell = find_cell(facts, name)
            hint = f"Fill in {cell}" if cell else ""
            problems.append(Problem(f"{template.path}:{_line_of(tree, name)}", f"“{name}” is empty.", hint))
    return problems


def _printed(tree: nodes.Template) -> set[str]:
    outputs = tree.find_all(nodes.Output)
    return {name.name for output in outputs for name in output.find_all(nodes.Name) if name.ctx == "load"}


def _line_of(tree: nodes.Template, name: str) -> int:
    return next((found.lineno for found in tree.find_all(nodes.Name) if found.name == name), 1)


def _render(template: Template, text: str, known: dict[str, str]) -> str:
    try:
        return environment().from_string(text).render(known)
    except (UndefinedError, SecurityError, TypeError, ValueError, ArithmeticError) as error:
        raise TemplateError(
            f"The e-mail “{template.name}” cannot be written.", problems=[Problem(template.path, f"{error}.")]
        ) from error


def _read_headers(head: str) -> Iterable[tuple[str, str]]:
    for line in head.splitlines():
        matched = re.match(r"(\w+):\s*(.*)", line)
        if matched and matched[1] in HEADERS:
            yield matched[1], matched[2]


def lint_templates(templates: Templates) -> list[Problem]:
    """Every problem of every template at once."""
    return [problem for template in templates.by_name.values() for problem in find_template_problems(template)]
