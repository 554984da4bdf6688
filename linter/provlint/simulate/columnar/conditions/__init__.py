"""Clauses and filters as conditions of SQL.

Modules: `patterns` (regular expressions), `operators` (what a clause gives for a text), `clauses`
(what it gives for the users), `filters` (who passes). Whatever SQL cannot tell exactly is told by
the reference path, once for each distinct value.
"""
