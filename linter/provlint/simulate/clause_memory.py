"""What clauses gave for values: most users share theirs with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.clause import Choices
from provlint.simulate.clause_words import reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.simulate.clause import ClauseTest

MOST = 4096
"""Values that are remembered."""

_KINDS = (str, bool, int, type(None))
"""Types of which equal values of one type are the same value."""


class ClauseMemory:
    """Runs clauses, each value once as long as it is remembered."""

    __slots__ = ("_reasons", "_results")

    def __init__(self) -> None:
        self._results: dict[tuple[object, ...], tuple[bool | None, tuple[str, ...]]] = {}
        self._reasons: dict[tuple[object, ...], str] = {}

    def run(
        self,
        test: ClauseTest,
        value: object,
        type_name: str | None,
        choices: Choices,
        null_key: str,
    ) -> bool | None:
        """What `ClauseTest.run` gives."""
        if type(value) not in _KINDS:
            return test.run(value, type_name, choices, null_key=null_key)
        key = (test, type(value), value, type_name, null_key, choices.key)
        found = self._results.get(key)
        if found is None:
            if len(self._results) >= MOST:
                self._results.clear()
            own = Choices(choices.options)
            result = test.run(value, type_name, own, null_key=null_key)
            found = self._results[key] = (result, tuple(own.met))
        choices.met.update(dict.fromkeys(found[1]))
        return found[0]

    def reason(
        self, test: ClauseTest, user: Mapping[str, object], is_missing: bool, result: str
    ) -> str:
        """What `reason_of` gives."""
        value = user.get(test.attribute, self)
        if type(value) not in _KINDS:
            return reason_of(test, user, is_missing, result)
        key = (test, type(value), value, is_missing, result)
        found = self._reasons.get(key)
        if found is None:
            if len(self._reasons) >= MOST:
                self._reasons.clear()
            found = self._reasons[key] = reason_of(test, user, is_missing, result)
        return found
