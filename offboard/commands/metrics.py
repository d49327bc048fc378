"""`offboard metrics`: any tool's export becomes rows in the tab Metrics, a month and platform each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from offboard.commands.output import Invocation, with_options
from offboard.commands.screen import SCREEN_LOCALE, title_line
from offboard.commands.session import new_nonce, open_place
from offboard.commands.wrap import wrap
from offboard.engine.add_rows import Added, Wanted, add_rows
from offboard.errors import Exit, UsageError
from offboard.metrics.column_names import MEASURES, fold
from offboard.metrics.compare import Compared, compare, make_row
from offboard.metrics.dates import DAY_FIRST, MONTH_FIRST, Reader
from offboard.metrics.imported import read_numbers
from offboard.metrics.months import MonthNumbers
from offboard.metrics.platforms import platform_of
from offboard.metrics.tables import Said
from offboard.model import Client
from offboard.world import Wishes, World

COLUMN = "What a column holds that is not understood, like “Reichweite=reach”."


@click.command()
@click.argument("client")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--platform", default="", metavar="NAME", help="Where the files do not tell: Instagram, LinkedIn …")
@click.option("--dates", type=click.Choice([DAY_FIRST, MONTH_FIRST]), help="How to read 03/04/2026.")
@click.option("--year", type=click.IntRange(2000, 2100), help="The newest day's, where days have no year (TikTok).")
@click.option(
    "--column", "columns", multiple=True, metavar="NAME=WHAT", help='What a column holds: "Reichweite=reach".'
)
@click.option("--yes", is_flag=True, help="Add them without asking.")
@with_options
def metrics(
    invocation: Invocation,
    client: str,
    files: tuple[Path, ...],
    platform: str,
    dates: str | None,
    year: int | None,
    columns: tuple[str, ...],
    yes: bool,
) -> int:
    """Add CLIENT's numbers from FILES (CSV or Excel, of any tool) to the tab Metrics, month by month.

    Give all files of one platform together: followers in one and reach in another become one row a month.
    """
    meanings = _parse_columns(columns)
    found = Compared()

    def find(world: World, who: Client) -> Wanted:
        nonlocal found
        reader = Reader(dates or "", year, Locale(world.locale.language))
        name = platform_of(platform, world.platforms) if platform else ""
        ends = world.last_working_day(who)
        imported = read_numbers(files, Said(name, reader, meanings), world.today, ends)
        found = compare(world.metrics_of(who), imported, world.platforms)
        rows = tuple(make_row(who.short, month) for month in found.new)
        return Wanted("Metrics", rows, "case study", f"Added to Metrics: {_summary(found.new)}")

    def ask(world: World, who: Client, _wanted: Wanted) -> bool:
        if not invocation.json:
            invocation.print_lines([*title_line(world, who), "", *_found_lines(found), ""])
        if yes:
            return True
        if not invocation.can_ask:
            raise UsageError("There is nobody to ask here. Nothing was added.", "Look at it, then add --yes.")
        return invocation.confirm("Add them to the tab Metrics? The rows are yours then.")

    added = add_rows(open_place(invocation), client, Wishes(unasked=yes), new_nonce(), find, ask)
    if invocation.json:
        invocation.print_json("metrics", _body(added, found))
    elif added.declined:
        invocation.say("Nothing was added.")
    else:
        invocation.print_lines(_lines(added, found))
    return Exit.OK


def _parse_columns(columns: Sequence[str]) -> dict[str, str]:
    """`Reichweite=reach` as folded header -> measure; UsageError where it says something else."""
    meanings = {}
    for said in columns:
        name, equals, what = said.rpartition("=")
        measure = what.strip().casefold().replace("link clicks", "clicks")
        if not equals or measure not in MEASURES or not fold(name):
            hint = f"Write it like --column 'Reichweite=reach'. There are: {', '.join(MEASURES)}"
            raise UsageError(f"“{said}” does not say what a column holds.", hint)
        meanings[fold(name)] = measure
    return meanings


def _label(measure: str) -> str:
    return "link clicks" if measure == "clicks" else measure


def _number(number: int) -> str:
    return str(format_decimal(number, locale=SCREEN_LOCALE))


def _month(month: date) -> str:
    return str(format_date(month, "MMM yyyy", locale=SCREEN_LOCALE))


def _summary(months: Sequence[MonthNumbers]) -> str:
    """`Instagram (Mar 2026 to May 2026), TikTok (May 2026)`."""
    parts = []
    for platform in dict.fromkeys(month.platform for month in months):
        mine = [month.month for month in months if month.platform == platform]
        until = f" to {_month(mine[-1])}" if len(mine) > 1 else ""
        parts.append(f"{platform} ({_month(mine[0])}{until})")
    return ", ".join(parts)


def _found_lines(found: Compared) -> list[str]:
    lines = ["New in the tab Metrics:"] if found.new else []
    for month in found.new:
        numbers = [f"{_number(number)} {_label(measure)}" for measure, number in month.numbers.items()]
        lines += wrap(", ".join(numbers), f"  {month.platform}, {_month(month.month)}: ", "    ")
    if found.there:
        lines += ["", "There already, and left as you have it:"]
    for there in found.there:
        lines += wrap(f"{there.month.platform}, {_month(there.month.month)} ({there.cell})", "  ", "    ")
        for one in there.differences:
            mine = "is empty" if one.mine is None else f"has {_number(one.mine)}"
            lines += wrap(f"{one.cell} {mine}; the file has {_number(one.imported)} {_label(one.measure)}", "    ")
    if found.notes:
        lines += ["", "Good to know"]
        lines += [line for note in found.notes for line in wrap(note, "  ", "    ")]
    return lines


def _lines(added: Added, found: Compared) -> list[str]:
    client = added.client
    if added.rows:
        count = "1 row is" if len(added.rows) == 1 else f"{len(added.rows)} rows are"
        lines = wrap(f"{count} in the tab Metrics, and yours: change what you know better.")
    else:
        lines = [*title_line(added.world, client), "", "Nothing to add.", *_found_lines(found)]
    return [*lines, "", f"What now:  offboard status {client.short}"]


def _body(added: Added, found: Compared) -> dict[str, object]:
    return {
        "client": added.client.short,
        "added": [_month_body(month) for month in found.new] if added.rows else [],
        "declined": added.declined,
        "there": [
            {
                "platform": there.month.platform,
                "month": there.month.month.isoformat(),
                "where": there.cell,
                "differing": [vars(one) for one in there.differences],
            }
            for there in found.there
        ],
        "notes": list(found.notes),
    }


def _month_body(month: MonthNumbers) -> dict[str, object]:
    best = {"best_post": month.best_post} if month.best_post else {}
    return {"platform": month.platform, "month": month.month.isoformat(), **month.numbers, **best}
