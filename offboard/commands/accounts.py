"""`offboard accounts`: a client's accounts go into the tab Access, and the dates that follow are shown."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import click

from offboard.commands.dates import date_bodies, date_lines, late_lines
from offboard.commands.output import Invocation, with_options
from offboard.commands.screen import title_line, with_place
from offboard.commands.session import new_nonce, open_place
from offboard.commands.wrap import wrap
from offboard.emails.formats import listed
from offboard.engine.add_rows import Added, Wanted, add_rows
from offboard.errors import Exit, UsageError
from offboard.model import Account, Client
from offboard.platforms import Platforms, fold
from offboard.timetable import make_timetable
from offboard.world import Wishes, World


@click.command()
@click.argument("client")
@click.argument("platforms", nargs=-1)
@click.option("--yes", is_flag=True, help="Add them without asking.")
@with_options
def accounts(invocation: Invocation, client: str, platforms: tuple[str, ...], yes: bool) -> int:
    """Add CLIENT's accounts on these PLATFORMS to the tracker, with their dates; without any, list what there is."""

    def find(world: World, who: Client) -> Wanted:
        rows = tuple(find_missing(world, who, platforms))
        return Wanted("Access", rows, "access", f"Added to Access: {listed([new.platform for new in rows])}")

    def ask(world: World, who: Client, wanted: Wanted) -> bool:
        if not invocation.json:
            invocation.print_lines(_ask_lines(world, who, wanted, platforms))
        if yes:
            return True
        if not invocation.can_ask:
            raise UsageError("There is nobody to ask here. Nothing was added.", "Look at it, then add --yes.")
        many = len(wanted.rows) > 1
        return invocation.confirm(f"Add {'them' if many else 'it'}? The row{'s are' if many else ' is'} yours then.")

    added = add_rows(open_place(invocation), client, Wishes(unasked=yes), new_nonce(), find, ask)
    if invocation.json:
        invocation.print_json("accounts", _body(added, platforms))
    elif added.declined:
        invocation.say("Nothing was added.")
    else:
        invocation.print_lines(_lines(added, platforms))
    return Exit.OK


def find_missing(world: World, client: Client, typed: Sequence[str]) -> Iterator[Account]:
    """A row for each platform that was typed and that the client has no row for, by its own name."""
    there = {fold(world.platforms.get(account.platform).name) for account in world.accounts_of(client)}
    for name in resolve(world.platforms, typed):
        if fold(name) not in there:
            there.add(fold(name))
            yield Account(client=client.short, platform=name)


def resolve(platforms: Platforms, typed: Sequence[str]) -> Iterator[str]:
    """The platforms' names; words that are a name together count as one: google business profile."""
    words = [word.strip() for word in typed if fold(word)]
    while words:
        lengths = range(len(words), 0, -1)
        length = next((length for length in lengths if platforms.find(" ".join(words[:length]))), 1)
        yield platforms.get(" ".join(words[:length])).name
        words = words[length:]


def _ask_lines(world: World, client: Client, wanted: Wanted, typed: Sequence[str]) -> list[str]:
    assert all(isinstance(new, Account) for new in wanted.rows)
    lines = [*title_line(world, client), "", "New in the tab Access:"]
    for new in wanted.rows:
        name = getattr(new, "platform", "")
        lines += wrap(f"{name}{_unknown(world.platforms, name)}", "  ", "    ")
    return [*lines, *_there_lines(world, client, typed, wanted), ""]


def _unknown(platforms: Platforms, name: str) -> str:
    """What is said of a platform that is not in the list: perhaps it was a slip of the finger."""
    if platforms.find(name):
        return ""
    words = {fold(word): known.name for known in platforms.known for word in (known.name, *known.aliases)}
    near = difflib.get_close_matches(fold(name), words, 1, 0.75)
    meant = f" Did you mean {words[near[0]]}?" if near else ""
    return f": not in the list, so the general checklist counts.{meant}"


def _there_lines(world: World, client: Client, typed: Sequence[str], wanted: Wanted | None = None) -> list[str]:
    """Which of the typed ones have a row already."""
    new = {fold(getattr(one, "platform", "")) for one in wanted.rows} if wanted else set()
    asked = {fold(name) for name in resolve(world.platforms, typed)} - new
    there = [a for a in world.accounts_of(client) if fold(world.platforms.get(a.platform).name) in asked]
    cells = listed([f"{account.platform} ({account.where('platform')})" for account in there])
    return wrap(f"There already: {cells}") if there else []


def _lines(added: Added, typed: Sequence[str]) -> list[str]:
    world, client = added.world, added.client
    if not typed:
        return _list_lines(world, client)
    if not added.rows:
        lines = [*title_line(world, client), "", "Nothing to add.", *_there_lines(world, client, typed)]
    else:
        one = len(added.rows) == 1
        count = (
            "1 row is in the tab Access, and is" if one else f"{len(added.rows)} rows are in the tab Access, and are"
        )
        lines = wrap(
            f"{count} yours: add the account's name if you like, and since when {client.contact or 'the client'} is in "
            "charge once that is so."
        )
    lines += _doubled_lines(world, client)
    dates = date_lines(world, client)
    lines += ["", *dates, *late_lines(world, client)] if dates else []
    if client.last_day is None:
        lines += ["", *wrap(f"The dates follow once there is a last day ({client.where('last_day')}).")]
    return [*lines, "", f"What now:  offboard status {client.short}"]


def _doubled_lines(world: World, client: Client) -> list[str]:
    """Platforms that stand there twice without an account's name to tell them apart: typed at the same moment."""
    rows: dict[tuple[str, str], list[str]] = {}
    for account in world.accounts_of(client):
        key = (fold(world.platforms.get(account.platform).name), account.account)
        rows.setdefault(key, []).append(account.where("platform"))
    return [
        line
        for cells in rows.values()
        if len(cells) > 1
        for line in wrap(f"The same account twice? Look at {listed(cells)}: name them, or delete one row.")
    ]


def _list_lines(world: World, client: Client) -> list[str]:
    """The client's rows, and the platforms that are known."""
    lines = [*title_line(world, client), ""]
    mine = world.accounts_of(client)
    lines.append("In the tab Access" if mine else "No account is listed yet.")
    names = [world.platforms.get(account.platform).name for account in mine]
    width = max(map(len, names), default=0)
    for name, account in zip(names, mine, strict=True):
        told = ", ".join(filter(None, (account.account, _state(account))))
        lines += with_place(wrap(told, f"  {name:<{width}}  ", " " * (width + 4)), account.where("platform"))
    lines += _doubled_lines(world, client)
    known = ", ".join(platform.name for platform in world.platforms.known)
    lines += ["", "Known platforms; any other word is taken as well", *wrap(known, "  ", "  ")]
    return [*lines, "", f"Add some:  offboard accounts {client.short} instagram facebook"]


def _state(account: Account) -> str:
    return "left" if account.left_on else "client in charge" if account.in_charge_since else ""


def _body(added: Added, typed: Sequence[str]) -> dict[str, object]:
    world, client = added.world, added.client
    return {
        "client": client.short,
        "added": [getattr(new, "platform", "") for new in added.rows],
        "declined": added.declined,
        "unknown": [name for name in resolve(world.platforms, typed) if not world.platforms.find(name)],
        "accounts": [_account_body(account) for account in world.accounts_of(client)],
        "platforms": [platform.name for platform in world.platforms.known],
        "dates": date_bodies(make_timetable(world, client)),
    }


def _account_body(account: Account) -> dict[str, object]:
    since, left = account.in_charge_since, account.left_on
    return {
        "platform": account.platform,
        "account": account.account,
        "in_charge_since": since.isoformat() if since else None,
        "still_running": account.still_running,
        "left_on": left.isoformat() if left else None,
        "where": account.where("platform"),
    }
