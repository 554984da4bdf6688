"""Results that are longer than the target attribute takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import NOTE, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.syntax import Attribute, Call, Omitted, attributes, calls
from provlint_rules import sources
from provlint_rules.expression.inferred import known, results, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import AttributeMappingUnit, ExpressionUnit
    from provlint.semantics.inference import Inferred
    from provlint_grammar.syntax import Expression

TOO_LONG = RuleInfo(
    "PL351", "result-too-long", "A result is longer than the target attribute takes", WARNING,
    "https://learn.microsoft.com/windows/win32/adschema/a-samaccountname",
)  # fmt: skip
UNBOUNDED = RuleInfo(
    "PL352", "unbounded-result", "Nothing keeps a result as short as the target takes it", NOTE,
    sources.WORKDAY_EXPRESSIONS, profile="strict", confidence="medium",
)  # fmt: skip

_SCHEMA = "https://learn.microsoft.com/windows/win32/adschema/a-"
_USER = "https://learn.microsoft.com/graph/api/resources/user"

LIMITS: dict[tuple[str, str], tuple[int, str]] = {
    ("active-directory", "samaccountname"): (20, _SCHEMA + "samaccountname"),
    ("active-directory", "cn"): (64, _SCHEMA + "cn"),
    ("active-directory", "company"): (64, _SCHEMA + "company"),
    ("active-directory", "department"): (64, _SCHEMA + "department"),
    ("active-directory", "givenname"): (64, _SCHEMA + "givenname"),
    ("active-directory", "sn"): (64, _SCHEMA + "sn"),
    ("active-directory", "initials"): (6, _SCHEMA + "initials"),
    ("active-directory", "employeeid"): (16, _SCHEMA + "employeeid"),
    ("active-directory", "title"): (128, _SCHEMA + "title"),
    ("active-directory", "displayname"): (256, _SCHEMA + "displayname"),
    ("active-directory", "description"): (1024, _SCHEMA + "description"),
    ("entra", "mailnickname"): (64, _USER),
    ("entra", "givenname"): (64, _USER),
    ("entra", "surname"): (64, _USER),
    ("entra", "department"): (64, _USER),
    ("entra", "companyname"): (64, _USER),
    ("entra", "employeeid"): (16, _USER),
    ("entra", "jobtitle"): (128, _USER),
    ("entra", "displayname"): (256, _USER),
}
"""Target system and attribute in lower case to the most characters and the page that says so."""

SHORT = 64
"""Limits above this are hardly met by people's names and numbers."""

_CUTS = frozenset({"left", "mid"})


def limit_of(unit: AttributeMappingUnit) -> tuple[int, str] | None:
    """The most characters that the target takes, and who says so."""
    definition = unit.target
    if definition is not None:
        from provlint.semantics.inference.walk import stated_length

        stated = stated_length(definition)
        if stated is not None:
            return stated, "`MaximumLength` in the schema"
    name = unit.mapping.target_attribute_name.lower()
    return LIMITS.get((unit.parent.rule.target_system, name))


def _results(unit: ExpressionUnit) -> Iterator[tuple[Expression, Inferred]]:
    if unit.tree is not None:
        inference = known(unit)
        for node in results(unit.tree):
            if not isinstance(node, Omitted):
                yield node, inference.of(node)


def _certain(unit: ExpressionUnit, node: Expression, found: Inferred, limit: int) -> bool:
    """Whether the length is what the author wrote, not what the data happens to be."""
    inference = known(unit)
    names = set()
    for call in calls(node):
        names.add(call.name.lower())
        bounded = inference.of(call).maximum_length is not None
        doubled = bounded and call.name.lower() == "normalizediacritics"
        if doubled and (found.maximum_length or 0) <= 2 * limit:
            # Few letters become two, so the bound is seldom met.
            return False
    return not names.isdisjoint(_CUTS) or not any(attributes(node))


def too_long(unit: ExpressionUnit) -> Iterator[Finding]:
    """The export of the user fails, or the target cuts the value."""
    limited = limit_of(unit.attribute_mapping)
    if limited is None:
        return
    limit, source = limited
    target = quote(unit.attribute_mapping.mapping.target_attribute_name)
    for node, found in _results(unit):
        longest = found.maximum_length
        if found.minimum_length > limit:
            fixed = found.minimum_length == longest
            has = f"{longest}" if fixed else f"at least {found.minimum_length}"
        elif longest is not None and longest > limit and _certain(unit, node, found, limit):
            has = f"up to {longest}"
        else:
            continue
        yield Finding(
            f"{quote(written(unit, node))} has {has} characters, and target attribute {target}"
            f" takes {limit}",
            f"cut it with `Left`, before anything is appended; the limit is from {source}",
            unit.place(*node.span),
        )


def unbounded(unit: ExpressionUnit) -> Iterator[Finding]:
    """How long the value becomes is up to the data."""
    limited = limit_of(unit.attribute_mapping)
    if limited is None or limited[0] > SHORT or unit.lone_attribute is not None:
        return
    limit, source = limited
    target = quote(unit.attribute_mapping.mapping.target_attribute_name)
    for node, found in _results(unit):
        longest = found.maximum_length
        if found.type not in ("any", "text") or found.values is not None:
            continue
        if found.minimum_length > limit or not isinstance(node, (Attribute, Call)):
            continue
        if longest is not None and (longest <= limit or _certain(unit, node, found, limit)):
            continue
        yield Finding(
            f"nothing limits the length of {quote(written(unit, node))}, and target attribute"
            f" {target} takes {limit} characters",
            f"wrap it in `Left(…, {limit})`; the limit is from {source}",
            unit.place(*node.span),
        )


RULES = (
    Rule(TOO_LONG, "expression", too_long),
    Rule(UNBOUNDED, "expression", unbounded),
)
