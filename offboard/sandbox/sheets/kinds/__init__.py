"""The kinds of requests that spreadsheets.batchUpdate takes."""
