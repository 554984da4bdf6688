"""What matching found for one user, told by counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.targets import TargetUser

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OTHER = TargetUser("")


class Hits:
    """Target users of whom only the numbers are known, and the one that was found.

    Args:
        found: By target attribute: whether another source user has the value, and how many target
            users have it, without regard to letter case and with it.
        target: The target user, where there is just one.
    """

    def __init__(
        self, found: Mapping[str, tuple[bool, int, int]], target: TargetUser | None
    ) -> None:
        self._found = found
        self._target = target

    def find(self, attribute: str, value: str, *, ignore_case: bool) -> Sequence[TargetUser]:
        """As many accounts as have the value."""
        del value
        _, many, exact = self._found[attribute]
        count = many if ignore_case else exact
        if count == 1 and self._target is not None:
            return (self._target,)
        return (OTHER,) * count

    def by_id(self, identifier: str) -> TargetUser | None:
        """The account of a link."""
        del identifier
        return self._target

    def source_count(self, target: str, value: str) -> int:
        """Two where another source user has the value, else one."""
        del value
        return 2 if self._found[target][0] else 1
