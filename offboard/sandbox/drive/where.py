"""A query's tree as the condition of a SELECT on `files` (and `marks` as `m`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from offboard.sandbox.accounts import permission_id
from offboard.sandbox.drive.grants import BY_LINK, BY_SEARCH, RANKS
from offboard.sandbox.drive.properties import PUBLIC
from offboard.sandbox.drive.query import DEEPEST, BadQuery, Both, Node, Not, Term
from offboard.sandbox.drive.store import fold_words
from offboard.sandbox.drive.times import IN_QUERY, parse_time

PLAIN = {
    "mimeType": "files.mime",
    "shortcutDetails.targetId": "json_extract(files.details, '$.shortcutDetails.targetId')",
}
TIMES = {
    "modifiedTime": "files.modified",
    "createdTime": "files.created",
    "viewedByMeTime": "coalesce(m.viewed, '')",
}
WORDS = (
    "(instr(files.words, ?) OR EXISTS (SELECT 1 FROM texts WHERE texts.file_id = files.id AND instr(texts.words, ?)))"
)
MEMBER = "EXISTS (SELECT 1 FROM access a WHERE a.file_id = files.id AND a.permission_id = ? AND a.rank >= ?)"
SHARED = (
    "(files.owner != ? AND files.drive = '' AND EXISTS"
    " (SELECT 1 FROM permissions p WHERE p.file_id = files.id AND p.id = ?))"
)
PROPERTY = (
    "EXISTS (SELECT 1 FROM file_properties x WHERE x.file_id = files.id AND x.client = ? AND x.key = ? AND x.value = ?)"
)
VISIBLE = "EXISTS (SELECT 1 FROM access a WHERE a.file_id = files.id AND a.permission_id = ?)"
VISIBILITIES = ("anyoneCanFind", "anyoneWithLink", "domainCanFind", "domainWithLink", "limited")


@dataclass
class Where:
    """A condition with the values of its places, for the person and the app that ask."""

    email: str
    client: str
    resolve: Callable[[str], str]  # a folder's id as the request names it: the one that is meant
    values: dict[str, Any] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)  # the folders that the query names
    full_text: bool = False  # whether it looks into the texts

    def render(self, node: Node, depth: int = 0) -> str:
        """The SQL of a tree; its values are added to `values`."""
        if depth > DEEPEST:
            raise BadQuery("too deep")
        if isinstance(node, Not):
            return f"(NOT {self.render(node.inner, depth + 1)})"
        if isinstance(node, Term):
            return getattr(self, f"_{RENDERERS[node.name]}")(node)  # type: ignore[no-any-return]
        parts: list[Node] = []
        word, rest = node.word, cast(Node, node)
        while isinstance(rest, Both) and rest.word == word:  # a chain is no deeper than it is in words
            parts.append(rest.right)
            rest = rest.left
        rendered = [self.render(part, depth + 1) for part in (rest, *reversed(parts))]
        return f"({f' {word.upper()} '.join(rendered)})"

    def _put(self, sql: str, *values: Any) -> str:
        for value in values:
            name = f"q{len(self.values)}"
            self.values[name] = value
            sql = sql.replace("?", f":{name}", 1)
        return sql

    def _name(self, term: Term) -> str:
        value = str(term.value)
        if term.operator == "contains":
            return self._put("instr(files.words, ?)", fold_words(value)[:-1])
        return self._put(f"files.folded {term.operator} ?", value.casefold())

    def _plain(self, term: Term) -> str:
        column = PLAIN[term.name]
        if term.operator == "contains":
            return self._put(f"instr({column}, ?)", term.value)
        return self._put(f"coalesce({column}, '') {term.operator} ?", term.value)

    def _full_text(self, term: Term) -> str:
        self.full_text, text = True, str(term.value)
        phrase = len(text) > 1 and text[0] == text[-1] == '"'
        wanted = [fold_words(text)] if phrase else [f" {word} " for word in fold_words(text).split()]
        found = [self._put(WORDS, word, word) for word in wanted if word.strip()]
        return f"({' AND '.join(found)})" if found else "0"

    def _time(self, term: Term) -> str:
        moment = parse_time(str(term.value), IN_QUERY)
        if moment is None:
            raise BadQuery(term.name)
        column = TIMES[term.name]
        return self._put(f"({column} {term.operator} ? AND {column} != '')", moment)

    def _flag(self, term: Term) -> str:
        wanted = term.value == (term.operator == "=")
        flag = "files.trashed != 0" if term.name == "trashed" else "coalesce(m.starred, 0)"
        return f"({flag})" if wanted else f"(NOT {flag})"

    def _shared(self, term: Term) -> str:
        found = self._put(SHARED, self.email, permission_id(self.email))
        return found if term.value == (term.operator == "=") else f"(NOT {found})"

    def _parents(self, term: Term) -> str:
        folder = self.resolve(str(term.value))
        self.folders.append(folder)
        return self._put("files.parent = ?", folder)

    def _people(self, term: Term) -> str:
        email = self.email if term.value == "me" else str(term.value)
        if term.name == "owners":
            return self._put("files.owner = ?", email.lower())
        return self._put(MEMBER, permission_id(email), RANKS[term.name.removesuffix("s")])

    def _property(self, term: Term) -> str:
        assert isinstance(term.value, tuple)
        return self._put(PROPERTY, PUBLIC if term.name == "properties" else self.client, *term.value)

    def _visibility(self, term: Term) -> str:
        if term.value not in VISIBILITIES:
            raise BadQuery(term.name)
        if term.value == "limited":
            found = f"NOT ({self._put(VISIBLE, BY_LINK)} OR {self._put(VISIBLE, BY_SEARCH)})"
        elif str(term.value).startswith("anyone"):
            found = self._put(VISIBLE, BY_SEARCH if term.value == "anyoneCanFind" else BY_LINK)
        else:
            found = "0"  # no organization shares anything with all its people here
        return f"({found})" if term.operator == "=" else f"(NOT ({found}))"


RENDERERS = {
    "name": "name",
    "fullText": "full_text",
    "mimeType": "plain",
    "shortcutDetails.targetId": "plain",
    "modifiedTime": "time",
    "createdTime": "time",
    "viewedByMeTime": "time",
    "trashed": "flag",
    "starred": "flag",
    "sharedWithMe": "shared",
    "parents": "parents",
    "owners": "people",
    "writers": "people",
    "readers": "people",
    "properties": "property",
    "appProperties": "property",
    "visibility": "visibility",
}
