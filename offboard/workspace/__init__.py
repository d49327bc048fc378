"""The only room that knows Google: its dicts, ids and exceptions end here."""
