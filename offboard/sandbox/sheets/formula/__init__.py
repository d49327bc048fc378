"""A small evaluator of spreadsheet formulas."""

from offboard.sandbox.sheets.formula import logic, lookup, sums, texts  # noqa: F401  # importing registers the functions
