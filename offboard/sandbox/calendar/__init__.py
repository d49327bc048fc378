"""Google Calendar as the sandbox answers it."""
