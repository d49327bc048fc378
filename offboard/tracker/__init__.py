"""The tracker: how the sheet is laid out, how its rows are read, how its ledger is kept."""
