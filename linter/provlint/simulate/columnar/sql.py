"""Names of users in SQL."""

from __future__ import annotations

from provlint.simulate.attribute_values import GUEST_MARK
from provlint.simulate.columnar.encoding import quoted

HOME = "u.home"
"""The column of `home_name` of the relation of the users."""


def home_name(column: str) -> str:
    """The name of a user, of a guest that of the home tenant; see `guest_home_name`."""
    home = f"split_part({column}, {quoted(GUEST_MARK)}, 1)"
    return (
        f"CASE WHEN contains({column}, {quoted(GUEST_MARK)}) THEN"
        f" regexp_replace({home}, '_([^_]*)$', '@\\1') ELSE {column} END"
    )


def is_ascii(column: str) -> str:
    """Whether a text is ASCII, as SQL: as many bytes as characters."""
    return f"strlen({column}) = length({column})"
