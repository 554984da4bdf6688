"""Role functions and references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.syntax import Attribute, Invalid, Omitted
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit

ROLE_ARGUMENT = RuleInfo(
    "PL328", "role-function-argument", "A role function reads something else than role assignments",
    ERROR, sources.CUSTOMIZE,
)  # fmt: skip
REFERENCE = RuleInfo(
    "PL329", "reference-in-function", "A reference is used as if it were text", ERROR,
    sources.FUNCTIONS + "#switch",
)  # fmt: skip

REFERENCES = frozenset({"manager"})
"""Attributes that are references whatever the file says."""

ROLE_FUNCTIONS = frozenset(
    {"SingleAppRoleAssignment", "AppRoleAssignmentsComplex", "AssertiveAppRoleAssignmentsComplex"}
)
CARRIERS = frozenset({"coalesce", "iif", "ignoreflowifnullorempty", "redact"})
"""Functions, in lower case, that may hand a reference on as it is."""
PREDICATES = frozenset({"isnull", "isnullorempty", "ispresent"})


def role_argument(unit: CallUnit) -> Iterator[Finding]:
    """The argument is `[appRoleAssignments]`, always."""
    if not unit.call.arguments:
        return
    node = unit.call.arguments[0]
    if isinstance(node, (Invalid, Omitted)):
        return
    if not (isinstance(node, Attribute) and node.name == "appRoleAssignments"):
        yield Finding(
            f"{quote(unit.call.name)} reads the role assignments, and nothing else",
            f"write `{unit.call.name}([appRoleAssignments])`",
            unit.place(node),
        )


def reference(unit: CallUnit) -> Iterator[Finding]:
    """A reference is resolved to an object of the target; functions see no text in it."""
    name = unit.call.name.lower()
    if name in CARRIERS | PREDICATES or unit.call.name in ROLE_FUNCTIONS:
        return
    attributes = unit.expression.attribute_mapping.parent.source_attributes or {}
    for node in unit.call.arguments:
        if not isinstance(node, Attribute):
            continue
        definition = attributes.get(node.name)
        kind = definition.type if definition is not None else None
        if kind == "Reference" or (kind is None and node.name in REFERENCES):
            yield Finding(
                f"{quote(node.name)} is a reference, and {quote(unit.call.name)} works on text",
                f"map `[{node.name}]` directly",
                unit.place(node),
                severity=None if name == "switch" else WARNING,
            )


RULES = (
    Rule(ROLE_ARGUMENT, "call", role_argument, ROLE_FUNCTIONS),
    Rule(REFERENCE, "call", reference),
)
