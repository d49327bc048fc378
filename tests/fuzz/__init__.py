"""Malformed requests by the thousand, over HTTP, to every route of the sandbox: `python -m tests.fuzz`."""
