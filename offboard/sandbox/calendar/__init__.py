"""Google Calendar as the sandbox answers it."""

from offboard.sandbox.calendar import calendars, events, listing  # noqa: F401  # importing them registers their answers
