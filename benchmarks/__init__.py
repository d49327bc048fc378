"""Counts and ratios, never timed tests."""
