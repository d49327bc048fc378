"""Sign-in: the consent page, codes, tokens."""
