"""Conditions such as `disabled > 50` and `failed > 2%` on published counters."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING

from provlint.report.simulation.result import Threshold
from provlint.simulate.cycle.summary import COUNTERS
from provlint.simulate.inputs.problem import refuse
from provlint.wording import alternatives, did_you_mean, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

_CONDITION = re.compile(r"\s*([A-Za-z][\w -]*?)\s*(>=|<=|==|!=|=|>|<)\s*(\d+(?:\.\d+)?)\s*(%?)\s*")
_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
}
NAMES = (*COUNTERS, "left_out")


class Condition:
    """One `--fail-if`, understood.

    Attributes:
        text: As it was given.
        counter: Name of the counter.
        number: What it is compared with.
        percent: Whether in percent of the counter `base`.
    """

    __slots__ = ("_base", "_compare", "counter", "number", "percent", "text")

    def __init__(self, text: str, names: Collection[str] = NAMES, base: str = "in_scope") -> None:
        """Understand a condition.

        Args:
            text: As it was given.
            names: The counters that there are.
            base: The counter that shares are shares of.

        Raises:
            InputError: It is no condition, or names no counter.
        """
        found = _CONDITION.fullmatch(text)
        if found is None:
            message = f"{quote(text)} is no condition"
            raise refuse(
                "bad-option", "--fail-if", message, "write `disabled > 50` or `failed > 2%`"
            )
        name, sign, number, percent = found.groups()
        self.text = text.strip()
        self.counter = re.sub(r"[ -]+", "_", name.lower())
        self.number = float(number)
        self.percent = bool(percent)
        self._compare = _OPERATORS[sign]
        self._base = base
        if self.counter not in names:
            message = f"no counter is called {quote(name)}; there are {alternatives(names, 'and')}"
            advice = did_you_mean(self.counter, names) or "name one of these counters"
            raise refuse("bad-option", "--fail-if", message, advice)

    def check(self, counters: Mapping[str, int]) -> Threshold:
        """Look at the counters; a share of nobody is 0."""
        value: float = counters[self.counter]
        if self.percent:
            base = counters[self._base]
            value = 100 * value / base if base else (100.0 if value else 0.0)
        return Threshold(self.text, self.counter, value, self._compare(value, self.number))


def conditions(
    texts: Iterable[str], names: Collection[str] = NAMES, base: str = "in_scope"
) -> tuple[Condition, ...]:
    """Understand the conditions of the command line; see `Condition`."""
    return tuple(Condition(text, names, base) for text in texts)
