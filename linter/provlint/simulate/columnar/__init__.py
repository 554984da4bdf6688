"""Simulation of all users: row by row where they are few, in columns of DuckDB where they are many.

Both ways ask the same functions for every decision. Modules: `job` (what is simulated), `rowwise`
(the reference path over all users), `encoding` (values as texts), `staging` (files to relations),
`clauses`, `mappings`, `matches` (what is asked in SQL), `engine` (users grouped by all that decides
about them, one user of each group sent through the reference path).
Nothing is imported here, so that a process pays for what it uses.
"""
