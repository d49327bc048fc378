"""The kinds of requests that spreadsheets.batchUpdate takes; importing a file registers its kinds."""
