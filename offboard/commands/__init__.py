"""The command line: parse, call, show. A command's own module is loaded only when it is used."""

from __future__ import annotations

import difflib
import importlib
import sys
from typing import Any

import click

from offboard import __version__
from offboard.commands.door import say, show, show_stopped
from offboard.commands.interrupt import listen_for_interrupts
from offboard.commands.names import MODULES
from offboard.commands.plain import write_plainly
from offboard.errors import Exit, UsageError

FRONT_PAGE = """\
Usage: offboard COMMAND [CLIENT]

Say goodbye to a client: folder, e-mails, accounts, invoices, all in your own
Google account. E-mails are drafts: offboard never sends one.

New here?
  demo       Watch a whole goodbye on a pretend Google account (1 minute)
  setup      Connect your Google account and make your tracker

Saying goodbye
  next       What to do now, for whom, by when
  plan       What `run` would do for a client; changes nothing
  run        Do what is due for a client (--all: for every one); asks first
  status     Where every client stands; with a name: each step of one
  invoices   Who owes you what; drafts the reminders that are due
  open       Open the tracker, a client's folder or your drafts
  verify     Is all that was made for a client there, whole, rightly shared?

One step alone
  contract, end-date, folder, reports, share, access, case-study, call,
  feedback, close

Now and then
  accounts   Add a client's accounts to the tracker, with their dates
  timetable  What is due at a client's accounts by when; as a calendar file
  metrics    Import followers, reach … from an export (CSV, Excel)
  unshare    Take back a client's access to the folder
  cron       Have `invoices` run by itself every morning
  doctor     Is all in order? Sign-in, tracker, its memory. Can repair
  auth       Sign in or out; see which account and permissions
  init       Make your tracker (setup does it for you)
  sandbox    A pretend Google account to rehearse with

More about one: offboard run --help        For scripts: --json --yes --exit-code
"""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's shape
        """Every command's name."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002  # click's shape
        """The command of this name, its module loaded now."""
        if name not in MODULES:
            return None
        module = importlib.import_module(f"offboard.commands.{MODULES[name]}")
        if MODULES[name] == "step":
            command: click.Command = module.COMMANDS[name]
        else:
            command = getattr(module, name, None) or getattr(module, f"{name}_")  # `open_`: Python has an `open`
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Click's own way, with the nearest command named when there is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = difflib.get_close_matches(args[0], MODULES, 1)
            hint = f"Did you mean: offboard {near[0]}" if near else "See them all: offboard"
            raise click.UsageError(f"There is no command “{args[0]}”. {hint}") from error

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's shape
        """The front page."""
        formatter.write(FRONT_PAGE)


@click.group(cls=LazyGroup, invoke_without_command=True)
@click.version_option(__version__, prog_name="offboard")
@click.pass_context
def group(ctx: click.Context) -> None:
    """Say goodbye to a client."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(args: list[str] | None = None) -> Any:
    """Run the command line and leave with its exit code."""
    write_plainly()
    listen_for_interrupts()
    try:
        code = group.main(args=args, prog_name="offboard", standalone_mode=False)
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        hint = f"See:  {context.command_path} --help" if context else ""
        show(UsageError(error.format_message(), hint), as_json="--json" in (sys.argv if args is None else args))
        sys.exit(Exit.USAGE)
    except click.Abort:
        say("")
        show_stopped("Nothing more was made", as_json=False)
        sys.exit(Exit.INTERRUPTED)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    sys.exit(code if isinstance(code, int) else 0)
