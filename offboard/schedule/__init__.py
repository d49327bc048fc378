"""Schedules: how each system runs a command by itself every morning; one file a system, with the same names in each."""
