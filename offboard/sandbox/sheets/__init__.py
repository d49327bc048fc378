"""Google Sheets as the sandbox answers it."""
