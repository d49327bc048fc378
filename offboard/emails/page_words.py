"""Words of the pages that lie in a folder. No word depends on today: a page changes when what it tells of does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from babel.dates import format_date

from offboard.columns import squeeze
from offboard.emails.facts import Facts
from offboard.emails.markdown import shield
from offboard.model import Account

NOT_YET = {True: "not yet", False: "–"}  # by whether the client must take it over
FIRST = 8  # so many reports are named; the rest is counted


def whole_day(facts: Facts, when: date) -> str:
    """`29 August 2026`, whatever year it is now."""
    return str(format_date(when, "long", locale=facts.locale))


def _bold(name: str) -> str:
    return f"**{shield(squeeze(name))}**"


def _contents(facts: Facts) -> str:
    """A line for each sub-folder that has something in it, the reports by name."""
    return "\n".join(_part(facts, name, count) for name, count in facts.folder_parts if count)


def _part(facts: Facts, name: str, count: int) -> str:
    link = dict(facts.part_links).get(name, "")
    title = f"[{shield(name)}]({link})" if link else _bold(name)
    told = f"- {title}: {count} file{'' if count == 1 else 's'}"
    if name != "Reports" or not facts.reports:
        return told
    more = f", and {len(facts.reports) - FIRST} more" if len(facts.reports) > FIRST else ""
    return f"{told} ({', '.join(shield(squeeze(report)) for report in facts.reports[:FIRST])}{more})"


def _to_do(facts: Facts) -> str:
    """What only the client can do, a line each: become owner, change passwords, confirm."""
    return "\n".join(f"- {line}" for line in _tasks(facts))


def _tasks(facts: Facts) -> Iterator[str]:
    left = [account for account in facts.accounts if account.left_on]
    if facts.needs_client:
        yield f"Become owner or administrator, if you are not yet: {_names(facts.needs_client)}"
    if left:
        yield f"Change the passwords that I knew, if you haven't: {_names(left)}"
    yield "Tell me, in a short reply, that everything opens and nothing is missing"


def _names(accounts: Sequence[Account]) -> str:
    return ", ".join(dict.fromkeys(_bold(account.platform) for account in accounts))


def _account_list(facts: Facts) -> str:
    """A row for each account: since when it is the client's, and when the freelancer left it."""
    rows = [f"| {' | '.join(format_account(facts, account))} |" for account in facts.accounts]
    return "\n".join(("| Account | In your hands since | I left it on |", "|---|---|---|", *rows)) if rows else ""


def format_account(facts: Facts, account: Account) -> tuple[str, str, str]:
    """Cells of a table, shielded: what it is, since when it is the client's, when the freelancer left it."""
    who = _bold(account.platform) + (f" ({shield(squeeze(account.account))})" if account.account.strip() else "")
    since, left = account.in_charge_since, account.left_on
    yours = shield(whole_day(facts, since)) if since else NOT_YET[account in facts.needs_client]
    return who, yours, shield(whole_day(facts, left)) if left else "not yet"


def _kept_until(facts: Facts) -> str:
    return shield(whole_day(facts, facts.folder_stays_until)) if facts.folder_stays_until else ""


PAGE_VOCABULARY: dict[str, Callable[[Facts], str]] = {
    "kept_until": _kept_until,
    "folder_contents": _contents,
    "your_to_do": _to_do,
    "account_list": _account_list,
}  # Markdown as it stands: the cells in it are shielded already
