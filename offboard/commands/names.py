"""The names of all commands: what the command line must know without loading anything."""

from __future__ import annotations

from offboard.commands.step_names import STEP_NAMES, typed

MODULES = {
    "demo": "demo",
    "setup": "setup",
    "next": "next",
    "plan": "plan",
    "run": "run",
    "status": "status",
    "open": "open",
    "timetable": "timetable",
    "accounts": "accounts",
    "metrics": "metrics",
    "verify": "verify",
    "unshare": "unshare",
    "doctor": "doctor",
    "cron": "cron",
    "auth": "auth",
    "init": "init",
    "sandbox": "sandbox",
    **dict.fromkeys(map(typed, STEP_NAMES), "step"),
    "invoices": "invoices",  # for all clients at once, and for cron: more than its step alone
}  # each command, and the module beside this one that holds it
