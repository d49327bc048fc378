"""A platform's numbers: which platforms have any, and an export of any tool as months of numbers."""
