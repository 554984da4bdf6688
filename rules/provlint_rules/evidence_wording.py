"""How messages speak of numbers and examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.wording import alternatives, counted

if TYPE_CHECKING:
    from provlint.semantics.evidence import Some


def such_as(some: Some) -> str:
    """Examples after a comma; nothing where they may not be shown."""
    return f", such as {alternatives(some.examples, 'and')}" if some.examples else ""


def of_users(count: int, users: int) -> str:
    """So many of all: `3 of 20 users`, `all 20 users`."""
    if count == users:
        return f"all {counted(users, 'user')}" if users != 1 else "the only user"
    return f"{count:,} of {counted(users, 'user')}"


def who(count: int, verb: str, plural: str) -> str:
    """Number, noun and verb: `1 user has`, `2 users have`."""
    return f"{counted(count, 'user')} {verb if count == 1 else plural}"
