"""Google Gmail as the sandbox answers it."""

from offboard.sandbox.gmail import drafts, messages, profile  # noqa: F401  # importing them registers their answers
