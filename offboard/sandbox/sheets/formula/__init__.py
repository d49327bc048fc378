"""A small evaluator of spreadsheet formulas."""
