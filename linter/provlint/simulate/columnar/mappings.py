"""What mappings give, in SQL where it is proven equal, by the reference evaluator elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provlint.simulate.columnar.encoding import PLAIN, decode, encode, encode_flow, quoted
from provlint.simulate.columnar.lookups import EVERYBODY
from provlint.simulate.columnar.sql import HOME, is_ascii
from provlint.simulate.plan import SOFT_DELETED, seen_by_mappings
from provlint.simulate.targets import folded
from provlint_grammar.expression import parse_expression
from provlint_grammar.syntax import Attribute, Call, Text, walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provlint.evaluation import Context
    from provlint.simulate.columnar.lookups import Lookup, Lookups
    from provlint.simulate.plan import Flow, MappingPlan, Plan
    from provlint_grammar.syntax import Expression

LONGEST = 10_000
"""Bytes of the longest text that SQL works on."""

RANDOM = frozenset({"guid", "randomstring"})

NOTHING = "CAST(NULL AS VARCHAR)"


def refusal(plan: Plan, *, references: bool = False) -> str:
    """Why the columnar engine cannot take the plan; empty where it can.

    Args:
        plan: The mappings.
        references: Whether references are resolved, such as `manager`.
    """
    for mapping in plan.mappings:
        if mapping.reference and not references:
            return f"`{mapping.target}` refers to other users"
        tree = mapping.program.tree if mapping.program is not None else None
        if tree is not None and any(
            isinstance(node, Call) and node.name.lower() in RANDOM for node in walk(tree)
        ):
            return f"`{mapping.target}` is random"
    return ""


class Lowered(NamedTuple):
    """A mapping in SQL.

    Attributes:
        value: What flows, as SQL: a plain text or NULL.
        right: For which users that is right, as SQL.
    """

    value: str
    right: str


class MappedColumn:
    """What one mapping gives for each user.

    Attributes:
        flow: The encoded flow as SQL; known when the lookups have run.
    """

    def __init__(
        self,
        mapping: MappingPlan,
        columns: Mapping[str, str],
        context: Context,
        lookups: Lookups,
        *,
        in_scope: bool = True,
    ) -> None:
        """Ask for what the reference evaluator must tell.

        Args:
            mapping: The mapping.
            columns: The column of each attribute, as SQL.
            context: Of the expressions.
            lookups: Where the reference evaluator is asked.
            in_scope: Whether the users are in scope.
        """
        self._mapping = mapping
        self._context = context
        self._in_scope = in_scope
        self._names = [name for name in mapping.reads if name != SOFT_DELETED]
        self._fixed: list[str] | None = None
        self._lookup: Lookup | None = None
        self._lowered: Lowered | None = None
        if not self._names:
            self._fixed = [NOTHING if text is None else quoted(text) for text in self._told(())]
            return
        self._lowered = self._lower(columns)
        inputs = [columns[name] for name in self._names]
        kinds = ["VARCHAR"] * self._width
        self._lookup = lookups.ask(inputs, self._route(), self._told, kinds)

    _width = 1

    @property
    def flow(self) -> str:
        """What flows."""
        return self._result(0, "{value}")

    @property
    def join(self) -> str:
        """The join that brings what the reference evaluator told; empty for none."""
        return "" if self._lookup is None else self._lookup.join

    def _result(self, at: int, form: str) -> str:
        """A result: for those whom SQL is right for, a form of the value."""
        if self._fixed is not None:
            return self._fixed[at]
        assert self._lookup is not None
        if self._lowered is None:
            return self._lookup.result(at)
        value = form.replace("{value}", self._lowered.value)
        if not self._lookup.asked:
            return value
        return f"CASE WHEN {self._lowered.right} THEN {value} ELSE {self._lookup.result(at)} END"

    def _route(self) -> str:
        """Which users ask the reference evaluator."""
        return EVERYBODY if self._lowered is None else f"({self._lowered.right}) IS NOT TRUE"

    def _told(self, key: Sequence[str | None]) -> tuple[str | None, ...]:
        return (encode_flow(self._reference(key)),)

    def _reference(self, key: Sequence[str | None]) -> Flow:
        user = {name: decode(text) for name, text in zip(self._names, key, strict=True)}
        return self._mapping.flow(seen_by_mappings(user, in_scope=self._in_scope), self._context)

    def _lower(self, columns: Mapping[str, str]) -> Lowered | None:
        mapping = self._mapping
        if mapping.kind == "attribute":
            column = columns[mapping.text]
            seen = HOME if mapping.text == "userPrincipalName" else column
            right = f"{column} IS NULL OR {column} = '' OR {column} >= {PLAIN}"
            return Lowered(f"nullif({seen}, '')", right)
        if SOFT_DELETED in mapping.reads or "userPrincipalName" in mapping.reads:
            return None
        return _expression(mapping, columns)


class MatchingColumn(MappedColumn):
    """The same of a matching attribute, with the matching value as it is and without letter case.

    Attributes:
        value: The encoded matching value as SQL.
        key: The same without letter case.
    """

    _width = 3

    @property
    def value(self) -> str:
        """The matching value."""
        return self._result(1, "{value}")

    @property
    def special(self) -> str:
        """Whether what flows is no plain text, as SQL."""
        if self._lookup is not None and not self._lookup.asked:
            return "FALSE"
        return f"coalesce({self.flow} < {PLAIN}, FALSE)"

    @property
    def key(self) -> str:
        """The matching value without letter case."""
        return self._result(2, "lower({value})")

    def _lower(self, columns: Mapping[str, str]) -> Lowered | None:
        lowered = super()._lower(columns)
        if lowered is None:
            return None
        value = lowered.value
        # The home name of a guest is ASCII where the name is.
        asked = columns[self._mapping.text] if self._mapping.kind == "attribute" else value
        return Lowered(value, f"({lowered.right}) AND ({asked} IS NULL OR {is_ascii(asked)})")

    def _told(self, key: Sequence[str | None]) -> tuple[str | None, ...]:
        flow = self._reference(key)
        value = flow.value
        if isinstance(value, tuple):
            value = value[0] if len(value) == 1 else None
        text = value or None
        return encode_flow(flow), encode(text), None if text is None else encode(folded(text))


def _expression(mapping: MappingPlan, columns: Mapping[str, str]) -> Lowered | None:
    """An expression in SQL; None where only the reference evaluator tells it."""
    parsed = parse_expression(mapping.text)
    if mapping.program is None or mapping.program.problem is not None:
        return None
    if parsed.problems or parsed.tree is None:
        return None
    ascii_only: set[str] = set()
    value = _sql(parsed.tree, columns, ascii_only)
    if value is None:
        return None
    right = []
    for name in mapping.reads:
        column = columns[name]
        right.append(f"{column} >= {PLAIN} AND strlen({column}) <= {LONGEST}")
        if name in ascii_only:
            right.append(is_ascii(column))
    return Lowered(value, " AND ".join(right))


def _sql(node: Expression, columns: Mapping[str, str], ascii_only: set[str]) -> str | None:
    if isinstance(node, Attribute):
        return columns.get(node.name)
    if isinstance(node, Text):
        plain = node.value.isprintable() and len(node.value) <= LONGEST
        return quoted(node.value) if node.value and plain else None
    if not isinstance(node, Call):
        return None
    arguments = [_sql(argument, columns, ascii_only) for argument in node.arguments]
    known = [argument for argument in arguments if argument is not None]
    if len(known) != len(arguments) or not known:
        return None
    if node.name in ("Append", "Prepend") and len(known) == 2:
        return f"({known[0]} || {known[1]})"
    if node.name == "Join" and len(known) > 1 and isinstance(node.arguments[0], Text):
        return "(" + f" || {known[0]} || ".join(known[1:]) + ")"
    if node.name in ("ToLower", "ToUpper") and len(known) == 1:
        if any(isinstance(each, Text) and not each.value.isascii() for each in walk(node)):
            return None
        ascii_only.update(each.name for each in walk(node) if isinstance(each, Attribute))
        return f"{'lower' if node.name == 'ToLower' else 'upper'}({known[0]})"
    if node.name == "Coalesce" and all(
        isinstance(each, (Attribute, Text)) for each in node.arguments
    ):
        return known[0]
    return None
