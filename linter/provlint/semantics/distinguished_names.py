"""Distinguished names of a directory: their parts, and what is wrong with one.

Source: https://learn.microsoft.com/previous-versions/windows/desktop/ldap/distinguished-names
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.wording import quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = r"[A-Za-z][A-Za-z0-9.-]*\s*="
"""How a distinguished name begins."""
UNKNOWN = "\ufffc"
"""Stands for characters that are not known, such as the value of an attribute."""

_KEY = r"\s*(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*)\s*=\s*"
_PART = re.compile(_KEY + r"\S.*", re.DOTALL)


def parts(name: str) -> Iterator[tuple[int, int]]:
    r"""Where the parts of a name stand: `,`, `;` and `+` separate, unless `\` is before them."""
    start, quoted, at = 0, False, 0
    while at < len(name):
        if name[at] == "\\":
            at += 1
        elif name[at] == '"':
            quoted = not quoted
        elif name[at] in ",;+" and not quoted:
            yield start, at
            start = at + 1
        at += 1
    yield start, len(name)


class Fault(NamedTuple):
    """What is wrong with a name.

    Attributes:
        message: What was found.
        start: Where the part begins that is none, or the separator before it that is too many.
        end: Where it ends.
        separator: What stands before the part, or behind it where it is the first.
        empty: Whether there is nothing but the separator.
    """

    message: str
    start: int
    end: int
    separator: str
    empty: bool = False

    def advice(self, *, doubled: bool = False) -> str:
        """What to do; in an expression a backslash is doubled."""
        if self.empty:
            return f"delete the `{self.separator}` that is too many"
        escaped = ("\\\\" if doubled else "\\") + self.separator
        return f"write `{escaped}` for a `{self.separator}` inside a name"


def fault(name: str) -> Fault | None:
    """The first part that is no `OU=Staff` or the like; None in a good name.

    Parts with characters that are not known (`UNKNOWN`) count as good.
    """
    for start, end in parts(name):
        part = name[start:end]
        if UNKNOWN in part or _PART.fullmatch(part):
            continue
        separator = name[start - 1 : start] if start else name[end : end + 1]
        shown = quote(name.replace(UNKNOWN, "…"))
        if not part.strip():
            at = max(start - 1, 0)
            return Fault(f"{shown} has an empty part", at, at + len(separator), separator, True)
        start += len(part) - len(part.lstrip())
        found = f"{quote(part.strip())} is a part of its own in {shown}, without `OU=` or the like"
        return Fault(found, start, end, separator)
    return None


def unknown_values(name: str) -> Iterator[int]:
    """Where the whole value of a part is not known, as behind `OU=`."""
    for start, end in parts(name):
        found = re.fullmatch(f"({_KEY}){UNKNOWN}", name[start:end])
        if found is not None:
            yield start + found.end(1)
