"""Who passes a clause, as a condition of SQL under the readings that provlint takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

from provlint.semantics.attribute_values import GUEST_MARK
from provlint.simulate.clause import Choices
from provlint.simulate.columnar.conditions.operators import LONGEST, lowered, results_of, searches
from provlint.simulate.columnar.encoding import MARK, PLAIN, decode, quoted
from provlint.simulate.columnar.sql import home_name, is_ascii
from provlint.simulate.readings import SEVERAL_VALUES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from provlint.simulate.clause import ClauseTest
    from provlint.simulate.columnar.lookups import Key

GUEST_ATTRIBUTE = "userPrincipalName"
ASTRAL = r"[\x{10000}-\x{10ffff}]"
"""Characters that .NET counts as two."""

Kind = Literal["text", "boolean", "number", "encoded"]
"""What a column holds: texts, Booleans, whole numbers, or any values, encoded as texts."""

Ask = Callable[["ClauseCondition"], str]
"""Gives what the reference path told of a clause, as SQL."""


class Column(NamedTuple):
    """An attribute of the users.

    Attributes:
        sql: Its column.
        kind: What the column holds.
        absent: The kinds of files that do not have it, of the column `kind`; None where no file
            has it.
    """

    sql: str
    kind: Kind
    absent: Collection[int] | None = ()

    @property
    def key(self) -> str:
        """The text that a value is asked for by, as SQL."""
        return f"CAST({self.sql} AS VARCHAR)" if self.kind == "number" else self.sql


def value_of(kind: Kind, text: str | None) -> object:
    """The value that stands in a column, by its key."""
    if kind == "number":
        return int(text or "0")
    return decode(text) if kind == "encoded" else text


class ClauseCondition:
    """One clause.

    Undecided users pass or fail as the caller says, so that a filter can be asked both who passes
    for certain and who may pass.

    Attributes:
        test: The clause.
        column: Its attribute.
        cost: What orders clauses: those that cost less go first.
    """

    def __init__(
        self,
        test: ClauseTest,
        column: Column,
        type_name: str | None,
        options: Mapping[str, str],
        null_key: str,
    ) -> None:
        """Make a clause ready.

        Args:
            test: The clause; it has no defect.
            column: Its attribute.
            type_name: Type of the attribute by the schema, if it is known.
            options: Option by key of `READINGS`: any for empty and for several values, the first of
                all others.
            null_key: The reading that settles empty values.
        """
        self.test = test
        self.column = column
        self._type_name = type_name
        self._options = options
        self._null_key = null_key
        # Half a surrogate pair is no text of SQL.
        halves = any("\ud800" <= each <= "\udfff" for value in test.values for each in value)
        self._searches = [None] if halves else searches(test)
        self._exact = all(each is not None and each.everywhere for each in self._searches)
        self.cost = self._cost()

    def told(self, key: Key) -> tuple[bool | None]:
        """What the reference path tells of one value."""
        return (self._run(value_of(self.column.kind, key[0])),)

    @property
    def known(self) -> bool:
        """Whether anybody knows what the operator tests."""
        return self.test.compare is not None and self.column.absent is not None

    def sql(self, ask: Ask, *, undecided: bool) -> str:
        """The condition; users for whom it is NULL do not pass.

        Args:
            ask: Gives what the reference path told, as SQL.
            undecided: Whether undecided users pass.
        """
        if not self.known:
            return constant(undecided)
        condition = self._of_kind(ask, undecided)
        if self.column.absent:
            listed = ", ".join(map(str, sorted(self.column.absent)))
            return f"CASE WHEN u.kind IN ({listed}) THEN {constant(undecided)} ELSE {condition} END"
        return condition

    def _run(self, value: object) -> bool | None:
        return self.test.run(
            value, self._type_name, Choices(self._options), null_key=self._null_key
        )

    def _cost(self) -> int:
        if self.column.kind == "boolean" or not self.known:
            return 0
        name = self.test.operator.name if self.test.operator is not None else ""
        if not self._exact:
            return 3
        return 1 if name in ("EQUALS", "NOT EQUALS", "IS NULL", "IS NOT NULL") else 2

    def _of_kind(self, ask: Ask, undecided: bool) -> str:
        column = self.column.sql
        if self.column.kind == "boolean":
            return self._listed(
                (f"{column} IS NULL", None), (column, True), (f"NOT {column}", False),
                undecided=undecided,
            )  # fmt: skip
        if self.column.kind == "number":
            return self._number(ask, undecided)
        if self.column.kind == "text":
            return self._text(ask, undecided)
        lines = [f"WHEN {column} IS NULL OR {column} = '' THEN {constant(self._on_empty)}"]
        for word, value in (("true", True), ("false", False)):
            given = constant(self._settled(value, undecided))
            lines.append(f"WHEN {column} = {quoted(MARK + word)} THEN {given}")
        lines.append(f"WHEN {column} < {PLAIN} THEN {self._asked(ask, undecided)}")
        return f"CASE {' '.join(lines)} ELSE {self._text(ask, undecided)} END"

    @property
    def _on_empty(self) -> bool:
        return self._run(None) is True

    def _settled(self, value: object, undecided: bool) -> bool:
        found = self._run(value)
        return undecided if found is None else found

    def _listed(self, *cases: tuple[str, object], undecided: bool) -> str:
        """The cases of values that pass."""
        passing = [case for case, value in cases if self._settled(value, undecided)]
        if len(passing) in (0, len(cases)):
            return constant(bool(passing))
        return f"({' OR '.join(passing)})"

    def _asked(self, ask: Ask, undecided: bool) -> str:
        return f"coalesce({ask(self)}, {constant(undecided)})"

    def _number(self, ask: Ask, undecided: bool) -> str:
        """Whole numbers, which are compared as such or by the text that they become."""
        operator = self.test.operator
        assert operator is not None
        if operator.operand not in ("integer", "mask") or self._type_name == "String":
            return self._plain(self.column.key, ask, undecided)
        column = self.column.sql
        condition = self._several(
            [_NUMBERS[operator.name].format(v=column, n=int(each)) for each in self.test.values]
        )
        return f"({column} IS NULL OR {condition})" if self._on_empty else condition

    def _text(self, ask: Ask, undecided: bool) -> str:
        column = self.column.sql
        found = self._plain(column, ask, undecided)
        if self.test.attribute != GUEST_ATTRIBUTE:
            return found
        home = self._plain(f"({home_name(column)})", ask, undecided)
        guest = f"contains({column}, {quoted(GUEST_MARK)})"
        return f"CASE WHEN {guest} THEN {home} ELSE {found} END"

    def _plain(self, text: str, ask: Ask, undecided: bool) -> str:
        """What a clause gives for a text, which may be empty or NULL."""
        if self._exact:
            condition, strict = self._compared(text, undecided)
            return self._with_empty(text, condition, strict=strict)
        asked = self._asked(ask, undecided)
        forms = [
            None
            if None in found
            else self._several([self._searched(each or "", text) for each in found])
            for found in (
                [each and each.ascii for each in self._searches],
                [each and each.basic for each in self._searches],
            )
        ]
        if forms[0] is None:
            return self._with_empty(text, asked, strict=False)
        lines = [
            f"WHEN {text} IS NULL OR {text} = '' THEN {constant(self._on_empty)}",
            f"WHEN strlen({text}) > {LONGEST} OR contains({text}, chr(10)) THEN {asked}",
            f"WHEN {is_ascii(text)} THEN {forms[0]}",
        ]
        if forms[1] is not None:
            lines.append(f"WHEN NOT regexp_matches({text}, '{ASTRAL}') THEN {forms[1]}")
        return f"CASE {' '.join(lines)} ELSE {asked} END"

    def _searched(self, form: str, text: str) -> str:
        found = form.format(v=text)
        return f"(NOT {found})" if self.test.negative else found

    def _compared(self, text: str, undecided: bool) -> tuple[str, bool]:
        """What a clause gives for a text that is there, and whether NULL makes it NULL."""
        if self._searches:
            return self._several([self._searched(s.ascii, text) for s in self._searches if s]), True
        found = lowered(self.test)
        assert found is not None
        results = [
            undecided if each is None else each for each in results_of(self.test, self._type_name)
        ]
        listed, strict = [], True
        for value in self.test.values or ("",):
            ladder = found.ladder(value)
            assert ladder is not None
            condition, of_value = _climbed([rung.format(v=text) for rung in ladder], results)
            listed.append(condition)
            strict = strict and of_value
        return self._several(listed), strict

    def _several(self, conditions: Sequence[str]) -> str:
        """What several values in a clause give together."""
        if len(conditions) == 1:
            return conditions[0]
        every = (self._options[SEVERAL_VALUES] == "all") is not self.test.negative
        return f"({(' AND ' if every else ' OR ').join(conditions)})"

    def _with_empty(self, text: str, condition: str, *, strict: bool) -> str:
        """A condition on texts that are there, with what an empty one gives.

        Args:
            text: The text.
            condition: What a text that is there gives.
            strict: Whether it is NULL for NULL.
        """
        if self._on_empty:
            return f"({text} IS NULL OR {text} = '' OR {condition})"
        if strict and self._fails_on_nothing:
            return condition
        return f"({text} <> '' AND {condition})"

    @property
    def _fails_on_nothing(self) -> bool:
        """Whether the comparison alone fails an empty text."""
        test, choices = self.test, Choices(self._options)
        assert test.compare is not None
        return all(
            test.compare(test, "", value, self._type_name, choices) is False
            for value in test.values or ("",)
        )


def _climbed(rungs: Sequence[str], results: Sequence[bool]) -> tuple[str, bool]:
    """The condition that a ladder stands for, and whether NULL makes it NULL."""
    results = results[: len(rungs) + 1]
    otherwise, *given = results
    steps = list(zip(rungs, given, strict=True))
    while steps and steps[-1][1] is otherwise:
        steps.pop()
    if not steps:
        return constant(otherwise), False
    if len(steps) == 1:
        rung, result = steps[0]
        return (rung if " OR " not in rung else f"({rung})") if result else f"(NOT ({rung}))", True
    lines = " ".join(f"WHEN {rung} THEN {constant(result)}" for rung, result in steps)
    return f"CASE {lines} ELSE {constant(otherwise)} END", False


def constant(value: bool) -> str:
    """A Boolean as SQL."""
    return "TRUE" if value else "FALSE"


_NUMBERS = {
    "Greater_Than": "({v} > {n})",
    "Greater_Than_OR_EQUALS": "({v} >= {n})",
    "&": "((CAST({v} AS HUGEINT) & CAST({n} AS HUGEINT)) <> 0)",
    "!&": "((CAST({v} AS HUGEINT) & CAST({n} AS HUGEINT)) = 0)",
}
"""Comparisons of whole numbers, by operator."""
