"""Names of users, and what texts are, in SQL."""

from __future__ import annotations

from provlint.simulate.inputs.sql import home_name as home_name

HOME = "u.home"
"""The column of `home_name` of the relation of the users."""


def is_ascii(column: str) -> str:
    """Whether a text is ASCII, as SQL: as many bytes as characters."""
    return f"strlen({column}) = length({column})"
