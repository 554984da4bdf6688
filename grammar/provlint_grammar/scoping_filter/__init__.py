"""Scoping filters: their operators, their tree, and their one-line text form.

Modules: `operators` (the catalogue), `tree`, `graph` (Graph JSON to tree and back), `printer` and
`parser` (exact inverses), `explain` (an operator in plain words). Nothing is imported here, so that
a process pays for what it uses.
"""
