"""Say goodbye to a client, well, with one command."""

__version__ = "0.1.0"
