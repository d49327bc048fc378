"""What a file that is about to be shared says and should not: pure, from its bytes and its name to findings."""
