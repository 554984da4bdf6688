"""Operators and attributes of single clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Fix, Place, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import alternatives, did_you_mean, nearest, quote
from provlint_grammar.scoping_filter.operators import find_operator, fold, suggest_operator
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import ClauseUnit

UNKNOWN_OPERATOR = RuleInfo(
    "PL101", "unknown-operator", "A clause uses an operator that does not exist", ERROR,
    sources.FILTER_CLAUSE,
)  # fmt: skip
UNSUPPORTED_OPERATOR = RuleInfo(
    "PL102", "unsupported-operator", "A clause uses an operator that is listed but does not work",
    ERROR, sources.SCOPING,
)  # fmt: skip
OPERATOR_SPELLING = RuleInfo(
    "PL103", "operator-spelling", "An operator is not spelt as Microsoft Graph spells it", WARNING,
    sources.FILTER_OPERATORS, fixable=True,
)  # fmt: skip
CLAUSE_ARITY = RuleInfo(
    "PL104", "clause-arity", "A clause has a value too few or one too many", ERROR,
    sources.FILTER_OPERATORS,
)  # fmt: skip
UNKNOWN_ATTRIBUTE = RuleInfo(
    "PL107", "unknown-filter-attribute", "A clause tests an attribute that the source lacks",
    ERROR, sources.FILTER_CLAUSE, fixable=True,
)  # fmt: skip
TYPE_MISMATCH = RuleInfo(
    "PL108", "operator-type-mismatch", "An operator does not work on the attribute's type", ERROR,
    sources.FILTER_OPERATORS,
)  # fmt: skip
UNSUPPORTED_ATTRIBUTE = RuleInfo(
    "PL109", "unsupported-filter-attribute", "A clause tests an attribute that filters cannot use",
    ERROR, sources.KNOWN_ISSUES,
)  # fmt: skip

UNSUPPORTED_NAMES = {
    "appRoleAssignments": "assign the app roles, and let assignment decide",
    "userType": "test another attribute that tells guests from members",
    "manager": "test an attribute of the user",
    "members": "assign the group to the application",
    "memberOf": "assign the group to the application",
    "StatusHireDate": "compute a flag upstream and test that",
    "startDate": "compute a flag upstream and test that",
    "endDate": "compute a flag upstream and test that",
    "StatusTerminationDate": "compute a flag upstream and test that",
    "accountExpires": "compute a flag upstream and test that",
}
"""Attributes that known-issues names as unusable in filters, and what to do instead."""


def unknown_operator(unit: ClauseUnit) -> Iterator[Finding]:
    """The operator is in no list of Microsoft's and is no variant of one."""
    name = unit.clause.operator_name
    if find_operator(name) is not None:
        return
    if not name.strip():
        yield Finding(
            "the clause names no operator", "choose an operator, such as `EQUALS`",
            unit.operator_place(),
        )  # fmt: skip
        return
    suggestion = suggest_operator(name)
    hint = suggestion.advice if suggestion else "list the operators with `provlint explain EQUALS`"
    yield Finding(f"unknown operator {quote(name)}", hint, unit.operator_place())


def unsupported_operator(unit: ClauseUnit) -> Iterator[Finding]:
    """The operator is in the portal's list, and the page says that it does not work."""
    known = find_operator(unit.clause.operator_name)
    if known is None or known.support == "supported":
        return
    if known.support == "unsupported":
        yield Finding(
            f"operator {quote(known.name)} is not supported in scoping filters",
            _help(known.note) or "use another operator", unit.operator_place(),
        )  # fmt: skip
        return
    yield Finding(
        f"operator {quote(known.name)} is documented nowhere",
        "test it with provision on demand first, or use a documented operator",
        unit.operator_place(),
        severity=WARNING,
    )


def _help(note: str) -> str:
    """A note of the catalogue as the help of a finding."""
    return note[:1].lower() + note[1:].removesuffix(".")


def operator_spelling(unit: ClauseUnit) -> Iterator[Finding]:
    """Case, blanks or underscores differ from the spelling of Microsoft Graph."""
    name = unit.clause.operator_name
    known = find_operator(name)
    if known is None or name == known.name or name in known.other_spellings:
        return
    same = fold(name) == fold(known.name)
    yield Finding(
        f"operator {quote(name)} is spelt {quote(known.name)} in Microsoft Graph",
        f"write {quote(known.name)}",
        unit.operator_place(),
        fix=Fix(f"write {quote(known.name)}", (TextEdit(unit.operator_place(), known.name),)),
        severity=None if same else NOTE,
    )


def clause_arity(unit: ClauseUnit) -> Iterator[Finding]:
    """A unary operator takes no value, a binary one takes one."""
    known = find_operator(unit.clause.operator_name)
    if known is None:
        return
    values = unit.clause.values or ()
    if known.arity == "unary" and any(values):
        yield Finding(
            f"operator {quote(known.name)} takes no value, and has {quote(values[0])}",
            "set `targetOperand` to `null`, or choose an operator that compares",
            unit.value_place(),
            severity=WARNING,
        )
    if known.arity == "binary" and (not values or not any(values)):
        has = "an empty one" if values else "none"
        yield Finding(
            f"operator {quote(known.name)} needs a value, and the clause has {has}",
            "add the value to `targetOperand.values`, or test with `IS NULL` or `IS NOT NULL`",
            unit.value_place() if values else Place(unit.clause.pointer + "/targetOperand"),
        )


def unknown_attribute(unit: ClauseUnit) -> Iterator[Finding]:
    """The attribute is in no definition of the source object; names are case-sensitive."""
    attributes = unit.object_mapping.source_attributes
    name = unit.clause.source_operand_name
    if not name.strip():
        yield Finding(
            "the clause names no attribute", "name an attribute of the source object",
            unit.attribute_place(),
        )  # fmt: skip
        return
    if attributes is None or name in attributes:
        return
    if unit.group.filter_set == "groups" and unsupported_reason(unit) is not None:
        return  # told by that rule
    source = quote(unit.object_mapping.mapping.source_object_name)
    near = nearest(name, attributes)
    fix = None
    if near is not None and near.casefold() == name.casefold():
        message = f"attribute {quote(name)} is spelt {quote(near)} in the source, case counts"
        fix = Fix(f"write {quote(near)}", (TextEdit(unit.attribute_place(), near),))
    else:
        message = f"the source object {source} has no attribute {quote(name)}"
    hint = did_you_mean(name, attributes) or "add the attribute to the schema, or test another"
    yield Finding(message, hint, unit.attribute_place(), fix=fix)


def type_mismatch(unit: ClauseUnit) -> Iterator[Finding]:
    """Microsoft lists the attribute types that each operator supports."""
    known = find_operator(unit.clause.operator_name)
    attribute = unit.attribute
    if known is None or attribute is None or unsupported_reason(unit) is not None:
        return
    if known.support == "unsupported":
        return
    if attribute.type not in known.refused_types:
        if attribute.type == "String" and known.operand in ("integer", "mask"):
            yield Finding(
                f"operator {quote(known.name)} compares whole numbers, and"
                f" {quote(attribute.name)} is of type String",
                "test an attribute of type Integer, or use `REGEX MATCH`",
                unit.operator_place(),
                severity=NOTE,
                contested="integer-compare-of-text",
            )
        return
    boolean = attribute.type == "Boolean" and known.operand == "text"
    hint = (
        "use `IS TRUE` or `IS FALSE`"
        if boolean
        else f"test an attribute of type {alternatives(known.supported_types)}"
    )
    yield Finding(
        f"operator {quote(known.name)} does not support {quote(attribute.name)}, which is of"
        f" type {attribute.type}",
        hint,
        unit.operator_place(),
        severity=WARNING if boolean else None,
    )


def unsupported_reason(unit: ClauseUnit) -> tuple[str, str] | None:
    """Why the attribute cannot be used in a filter, and what to do; None when it can."""
    name = unit.clause.source_operand_name
    attribute = unit.attribute
    if attribute is not None and attribute.multivalued:
        return "multi-valued attributes are not supported", "test a single-valued attribute"
    if name in UNSUPPORTED_NAMES and not (
        name in ("userType", "members")
        and unit.object_mapping.rule.source_system != "entra"
        and unit.object_mapping.source_attributes is not None
    ):
        return "Microsoft lists it as unsupported", UNSUPPORTED_NAMES[name]
    if attribute is not None and attribute.type in ("Reference", "DateTime"):
        kind = "references" if attribute.type == "Reference" else "dates"
        return f"{kind} are not supported", "compute a flag upstream and test that"
    return None


def unsupported_attribute(unit: ClauseUnit) -> Iterator[Finding]:
    """Multi-valued attributes, references, dates and some named ones cannot be tested."""
    reason = unsupported_reason(unit)
    if reason is not None and unit.group.filter_set == "groups":
        name = quote(unit.clause.source_operand_name)
        yield Finding(
            f"scoping filters cannot test {name}: {reason[0]}", reason[1], unit.attribute_place()
        )


RULES = (
    Rule(UNKNOWN_OPERATOR, "clause", unknown_operator),
    Rule(UNSUPPORTED_OPERATOR, "clause", unsupported_operator),
    Rule(OPERATOR_SPELLING, "clause", operator_spelling),
    Rule(CLAUSE_ARITY, "clause", clause_arity),
    Rule(UNKNOWN_ATTRIBUTE, "clause", unknown_attribute),
    Rule(TYPE_MISMATCH, "clause", type_mismatch),
    Rule(UNSUPPORTED_ATTRIBUTE, "clause", unsupported_attribute),
)
