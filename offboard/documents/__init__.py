"""Documents that the program writes: frozen data with a digest of what they say, and their bytes when asked for."""
