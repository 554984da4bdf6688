"""Gathers the problems of one text, bounded, in the order of their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.source.limits import MAXIMUM_DEFECTS, MAXIMUM_OF_ONE_CODE, MAXIMUM_PROBLEMS
from provlint.source.problem import SourceProblem, show
from provlint.source.tolerant.wording import ACCEPTED, WORDING

if TYPE_CHECKING:
    from collections.abc import Callable


class Collector:
    """Problems of one text.

    Attributes:
        text: The text.
        where: Gives the pointer of the object or array that is being read.
    """

    __slots__ = ("_count", "_counts", "_problems", "_silent", "text", "where")

    def __init__(self, text: str, *, dialect: str) -> None:
        self.text = text
        self.where: Callable[[], str] = str
        self._problems: list[SourceProblem] = []
        self._count = 0
        self._counts: dict[str, int] = {}
        self._silent = ACCEPTED[dialect]

    def report(
        self,
        code: str,
        start: int,
        end: int,
        *,
        related: tuple[tuple[int, int], ...] = (),
        edits: tuple[tuple[int, int, str], ...] = (),
        **words: object,
    ) -> None:
        """Add a problem; `found` is what stands at its place unless told."""
        if code in self._silent:
            return
        self._count += 1
        count = self._counts[code] = self._counts.get(code, 0) + 1
        if count > MAXIMUM_OF_ONE_CODE or len(self._problems) >= MAXIMUM_PROBLEMS:
            return
        words.setdefault("found", show(self.text[start : min(end, start + 60)]))
        message, advice = (part.format(**words) for part in WORDING[code])
        problem = SourceProblem(code, message, advice, start, end, self.where(), related, edits)
        self._problems.append(problem)

    @property
    def full(self) -> bool:
        """Whether there are so many defects that reading on is of no use."""
        return self._count > MAXIMUM_DEFECTS

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return what was found; the last one counts what the limits left out."""
        found = sorted(self._problems, key=lambda problem: (problem.start, problem.end))
        hidden = self._count - len(found)
        if hidden:
            codes = [code for code, count in self._counts.items() if count > MAXIMUM_OF_ONE_CODE]
            names = ", ".join(f"`{code}`" for code in sorted(codes))
            kinds = f", most of them {names}" if codes else ""
            end = len(self.text)
            least = "at least " if self.full else ""
            message = f"{least}{hidden} more defects of this file are not listed{kinds}"
            advice = "mend the defects above first"
            found.append(SourceProblem("more-problems", message, advice, end, end))
        return tuple(found)
