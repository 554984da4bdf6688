"""What mappings give, in SQL where it is proven equal, by the reference evaluator elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.columnar.encoding import PLAIN, decode, encode_flow, quoted
from provlint.simulate.columnar.staging import home_name
from provlint.simulate.plan import SOFT_DELETED, seen_by_mappings
from provlint_grammar.expression import parse_expression
from provlint_grammar.syntax import Attribute, Call, Text, walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provlint.evaluation import Context
    from provlint.simulate.columnar.lookups import Lookups
    from provlint.simulate.plan import Flow, MappingPlan, Plan
    from provlint_grammar.syntax import Expression

LONGEST = 10_000
"""Bytes of the longest text that SQL works on."""

RANDOM = frozenset({"guid", "randomstring"})


def refusal(plan: Plan) -> str:
    """Why the columnar engine cannot take the plan; empty where it can."""
    for mapping in plan.mappings:
        if mapping.reference:
            return f"`{mapping.target}` refers to other users"
        tree = mapping.program.tree if mapping.program is not None else None
        if tree is not None and any(
            isinstance(node, Call) and node.name.lower() in RANDOM for node in walk(tree)
        ):
            return f"`{mapping.target}` is random"
    return ""


class Values:
    """The columns of what mappings give.

    Args:
        columns: The column of each attribute.
        context: Of the expressions.
        lookups: Where the reference evaluator's answers are kept.
        source: The relation with the users.
    """

    def __init__(
        self, columns: Mapping[str, str], context: Context, lookups: Lookups, source: str
    ) -> None:
        self._columns = columns
        self._context = context
        self._lookups = lookups
        self._source = source

    def flow(self, mapping: MappingPlan, *, in_scope: bool) -> str:
        """What a mapping gives, encoded, as SQL over the users."""
        if mapping.kind == "none":
            return "CAST(NULL AS VARCHAR)"
        if mapping.kind == "constant":
            return quoted(mapping.text) if mapping.text else "CAST(NULL AS VARCHAR)"
        names = [name for name in mapping.reads if name != SOFT_DELETED]
        if not names:
            found = encode_flow(self._reference(mapping, {}, in_scope=in_scope))
            return "CAST(NULL AS VARCHAR)" if found is None else quoted(found)
        if mapping.kind == "attribute":
            return self._attribute(mapping, in_scope=in_scope)
        return self._expression(mapping, names, in_scope=in_scope)

    def _attribute(self, mapping: MappingPlan, *, in_scope: bool) -> str:
        column = self._columns[mapping.text]
        seen = self._seen(mapping.text)
        odd = f"{column} IS NOT NULL AND {column} <> '' AND {column} < {PLAIN}"
        fallback = self._lookup(mapping, [mapping.text], odd, in_scope=in_scope)
        return (
            f"CASE WHEN {column} IS NULL OR {column} = '' THEN NULL"
            f" WHEN {column} < {PLAIN} THEN {fallback} ELSE nullif({seen}, '') END"
        )

    def _seen(self, name: str) -> str:
        """An attribute as mappings see it; of a guest the home name."""
        column = self._columns[name]
        return home_name(column) if name == "userPrincipalName" else column

    def _expression(self, mapping: MappingPlan, names: Sequence[str], *, in_scope: bool) -> str:
        assert mapping.program is not None
        lowered = None
        if SOFT_DELETED not in mapping.reads:
            lowered = self._lowered(mapping)
        if lowered is None:
            return self._lookup(mapping, names, "TRUE", in_scope=in_scope)
        value, route = lowered
        fallback = self._lookup(mapping, names, f"({route}) IS NOT TRUE", in_scope=in_scope)
        return f"CASE WHEN {route} THEN {value} ELSE {fallback} END"

    def _lowered(self, mapping: MappingPlan) -> tuple[str, str] | None:
        """The expression in SQL, and for which users it is right."""
        parsed = parse_expression(mapping.text)
        if mapping.program is None or mapping.program.problem is not None:
            return None
        if parsed.problems or parsed.tree is None:
            return None
        ascii_only: set[str] = set()
        value = self._sql(parsed.tree, ascii_only)
        if value is None or "userPrincipalName" in mapping.reads:
            return None
        route = []
        for name in mapping.reads:
            column = self._columns[name]
            route.append(f"{column} >= {PLAIN} AND strlen({column}) <= {LONGEST}")
            if name in ascii_only:
                route.append(f"strlen({column}) = length({column})")
        return value, " AND ".join(route)

    def _sql(self, node: Expression, ascii_only: set[str]) -> str | None:
        if isinstance(node, Attribute):
            return self._columns.get(node.name)
        if isinstance(node, Text):
            plain = node.value.isprintable() and len(node.value) <= LONGEST
            return quoted(node.value) if node.value and plain else None
        if not isinstance(node, Call):
            return None
        arguments = [self._sql(argument, ascii_only) for argument in node.arguments]
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

    def _lookup(
        self, mapping: MappingPlan, names: Sequence[str], route: str, *, in_scope: bool
    ) -> str:
        def told(key: Sequence[str | None]) -> str | None:
            user = {name: decode(text) for name, text in zip(names, key, strict=True)}
            return encode_flow(self._reference(mapping, user, in_scope=in_scope))

        columns = [self._columns[name] for name in names]
        return self._lookups.add(self._source, columns, route, told)

    def _reference(
        self, mapping: MappingPlan, user: Mapping[str, object], *, in_scope: bool
    ) -> Flow:
        return mapping.flow(seen_by_mappings(user, in_scope=in_scope), self._context)
