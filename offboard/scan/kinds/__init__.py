"""One file a kind of document: its bytes to pieces of text, each with its place."""
