"""What the operators of clauses depend on, and what they give, for a text that is not empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provlint.simulate.columnar.conditions.patterns import Search, literal, search_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from provlint.simulate.clause import ClauseTest

LONGEST = 10_000
"""Characters of the longest text that SQL looks for patterns in."""

Ladder = tuple[str, ...]
"""Conditions on `{v}`: what matters is which of them is the first that holds."""

NO_KIND = "no such kind"
"""The result where a text is no number, or no Boolean."""


class Lowered(NamedTuple):
    """A positive operator as SQL.

    Attributes:
        ladder: What it depends on under all open readings, by the operand; exact for short texts of
            ASCII without line feeds. None where SQL cannot tell.
        results: What it gives under the first option of each reading, for every text: where no
            condition of the ladder holds, where the first does, and so on. Of patterns nothing:
            see `searches`.
    """

    ladder: Callable[[str], Ladder | None]
    results: tuple[bool | str, ...] = ()


def lowered(test: ClauseTest) -> Lowered | None:
    """The operator of a clause, or its positive twin; None where there is neither."""
    if test.operator is None:
        return None
    return LOWERED.get(test.operator.name) or LOWERED.get(test.operator.opposite)


def results_of(test: ClauseTest, type_name: str | None) -> list[bool | None]:
    """What the operator of a clause gives by the rungs of its ladder; None for undecided.

    Args:
        test: The clause; it has no defect.
        type_name: Type of the attribute by the schema, if it is known.
    """
    operator, found = test.operator, lowered(test)
    assert operator is not None
    assert found is not None
    results: Sequence[bool | str] = found.results
    if operator.operand in ("integer", "mask") and type_name != "Integer":
        results = [NO_KIND] * len(results)
    negated = operator.name not in LOWERED
    other = None if operator.operand == "mask" else False
    return [each is not negated if isinstance(each, bool) else other for each in results]


def searches(test: ClauseTest) -> list[Search | None]:
    """The patterns of a clause, if its operator has patterns."""
    if test.operator is None or test.operator.operand != "regex":
        return []
    return [search_of(value) for value in test.values]


def _equals(value: str) -> Ladder:
    return (f"{{v}} = {literal(value)}",)


def _includes(value: str) -> Ladder:
    return (f"contains({{v}}, {literal(value)})",)


def _ends_with(value: str) -> Ladder:
    return (
        f"ends_with({{v}}, {literal(value)})",
        f"ends_with(lower({{v}}), {literal(value.lower())})",
    )


def _is_null(_: str) -> Ladder:
    return ()


def _is_true(_: str) -> Ladder:
    return ("lower({v}) = 'true'", "lower({v}) = 'false'")


_NO_NUMBER = r"NOT regexp_matches({v}, '\A-?[0-9]{{1,40}}\z') OR TRY_CAST({v} AS BIGINT) IS NULL"


def _greater_than(value: str) -> Ladder:
    return (_NO_NUMBER, f"TRY_CAST({{v}} AS BIGINT) > {int(value)}")


def _greater_than_or_equals(value: str) -> Ladder:
    return (_NO_NUMBER, f"TRY_CAST({{v}} AS BIGINT) >= {int(value)}")


def _shares_bits(value: str) -> Ladder:
    return (_NO_NUMBER, f"(TRY_CAST({{v}} AS BIGINT) & CAST({int(value)} AS BIGINT)) <> 0")


def _regex(value: str) -> Ladder | None:
    """Nothing found; the whole text matches; something in it does."""
    search, whole = search_of(value), search_of(rf"\A(?:{value})\z")
    if search is None or whole is None:
        return None
    if not search.everywhere and search.whole:
        return (f"NOT {search.ascii}",)
    return (f"NOT {search.ascii}", whole.ascii)


LOWERED: Mapping[str, Lowered] = {
    "EQUALS": Lowered(_equals, (False, True)),
    "IS TRUE": Lowered(_is_true, (NO_KIND, True, False)),
    "IS NULL": Lowered(_is_null, (False,)),
    "REGEX MATCH": Lowered(_regex),
    "Greater_Than": Lowered(_greater_than, (False, NO_KIND, True)),
    "Greater_Than_OR_EQUALS": Lowered(_greater_than_or_equals, (False, NO_KIND, True)),
    "Includes": Lowered(_includes, (False, True)),
    "ENDS_WITH": Lowered(_ends_with, (False, True, False)),
    "&": Lowered(_shares_bits, (False, NO_KIND, True)),
}
"""By the name of the operator."""
