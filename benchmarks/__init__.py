"""Counts, ratios and medians to look at, never timed tests."""
