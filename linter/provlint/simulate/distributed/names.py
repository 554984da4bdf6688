"""The columns that are added to users on their way."""

from __future__ import annotations

from typing import NamedTuple

PREFIX = "provlint_"

LINK = -1
"""Number of the key by which links find their target users; matching attributes count from 0."""

NOBODY = "nobody "
"""Begins the key of a user who has no value, which no other user and no target user has."""


class Columns(NamedTuple):
    """The columns of one key of users.

    Attributes:
        key: What the value is known by.
        shared: How many users have it.
        hits: The target users that have it, by the spellings that they have it in.
    """

    key: str
    shared: str
    hits: str


def columns_of(number: int) -> Columns:
    """The columns of a matching attribute, or of links."""
    word = "link" if number == LINK else str(number)
    return Columns(*(f"{PREFIX}{name}_{word}" for name in ("key", "shared", "hits")))
