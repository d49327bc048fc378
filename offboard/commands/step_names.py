"""The steps' names with a line of help each: what the command line must know without loading anything."""

from __future__ import annotations

STEP_NAMES = {
    "contract": "Hold the dates against the contract; done when you ticked it",
    "end date": "Propose the last day; draft the notice that confirms it",
    "folder": "Make the client's folder with its sub-folders",
    "reports": "Copy the reports into the folder",
    "share": "Let the client read the folder; asks by itself",
    "invoices": "Draft the reminder that is due for open invoices",
    "access": "See who is in charge of which account, and what to leave when",
    "nudge": "Draft one mail with all that waits for the client",
    "case study": "Write your case study from the numbers in Metrics",
    "call": "Draft the hand-over mail with the call's agenda",
    "feedback": "Draft the goodbye mail with what you ask for",
    "close": "When all is done: a closing summary for both of you",
}


def typed(step: str) -> str:
    """A step's name as it is typed in the terminal: `end-date`."""
    return step.replace(" ", "-")
