"""The columns that are added to users and target users on their way."""

from __future__ import annotations

from typing import NamedTuple

LINK = -1
"""Number of the key by which links find their target users; matching attributes count from 0."""

NOBODY = "\x01null:"
"""Begins the key of a user who has no value, which no other user and no target user has."""


class Columns(NamedTuple):
    """The columns of one key of users.

    Attributes:
        key: The folded value.
        shared: How many users have it, where that is more than one.
        hits: The target users that have it, by the spellings that they have it in.
    """

    key: str
    shared: str
    hits: str


def columns_of(number: int) -> Columns:
    """The columns of a matching attribute, or of links."""
    word = "link" if number == LINK else str(number)
    return Columns(f"provlint_key_{word}", f"provlint_shared_{word}", f"provlint_hits_{word}")


PREFIX = "provlint_"
