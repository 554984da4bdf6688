"""Why whoever passes one filter passes another, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.analysis.budget import OutOfSteps
from provlint.analysis.fewest import fewest
from provlint.analysis.filters import Group
from provlint.wording import counted, quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint.analysis.filters import Filter
    from provlint.analysis.reasoner import Reasoner, Sought

MOST_SHOWN = 4
"""Groups whose proof is written out; the others are counted."""


def containment(
    reasoner: Reasoner, narrow: Filter, wide: Filter, narrow_name: str, wide_name: str
) -> str:
    """Why nobody passes `narrow` who does not pass `wide`, where that is so.

    Args:
        reasoner: Knows both filters.
        narrow: The filter that is contained.
        wide: The filter that contains it.
        narrow_name: How to call the one: `old` or `new`.
        wide_name: How to call the other.
    """
    if not wide.sets:
        return f"everybody passes the {wide_name} filter"
    if not narrow.sets and len(wide.sets) == 1:
        everybody = Group("", 0, "", ())
        passes = _passed(reasoner, everybody, wide.sets[0], wide_name)
        return f"everybody passes {passes}"
    if len(narrow.sets) != 1 or len(wide.sets) != 1:
        return f"every way to pass the {narrow_name} filter passes the {wide_name} one"
    reasons: list[str] = []
    kept = 0
    asked = {other.asked for other in wide.sets[0]}
    for group in narrow.sets[0]:
        if group.asked in asked:
            kept += 1
            continue
        try:
            reasons.append(_of_group(reasoner, group, wide.sets[0], wide_name))
        except OutOfSteps:
            reasons.append(f"whoever passes {quote(group.text)} passes the {wide_name} filter")
    words = reasons[:MOST_SHOWN]
    if len(reasons) > MOST_SHOWN:
        words.append(f"and so with {counted(len(reasons) - MOST_SHOWN, 'more group')}")
    if kept:
        stand = "stands" if kept == 1 else "stand"
        words.append(f"{counted(kept, 'group')} {stand} in both filters")
    return ", ".join(words)


def _of_group(reasoner: Reasoner, group: Group, wide: Sequence[Group], wide_name: str) -> str:
    if reasoner.seek(passing=group.clauses, ordinary=True).verdict is False:
        return f"nobody passes {quote(group.text)}"
    passes = _passed(reasoner, group, wide, wide_name)
    return f"whoever passes {quote(group.text)} passes {passes}"


def _passed(reasoner: Reasoner, group: Group, wide: Sequence[Group], wide_name: str) -> str:
    """The groups of which whoever passes a group passes one."""

    def outside(some: Sequence[int]) -> Sought:
        excluded = [wide[each] for each in some]
        return reasoner.seek(passing=group.clauses, excluded=excluded, ordinary=True)

    found = fewest(range(len(wide)), outside)
    if len(found) > 2:
        return f"one of {counted(len(found), 'group')} of the {wide_name} filter"
    return " or ".join(quote(wide[each].text) for each in found)
