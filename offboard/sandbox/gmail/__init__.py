"""Google Gmail as the sandbox answers it."""
