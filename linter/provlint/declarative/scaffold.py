"""A first rule for somebody to change: complete, and in agreement with its samples."""

from __future__ import annotations

import re
from typing import NamedTuple

from provlint.rule import OWN_ID, OWN_NAME


class Draft(NamedTuple):
    """What a first rule for a noun says, as lines of YAML.

    Attributes:
        where: Which things; empty for all.
        require: What must hold.
        message: What was found.
        good: A sample that is left alone.
        bad: A sample that is found.
    """

    where: str
    require: str
    message: str
    good: str
    bad: str


DRAFTS: dict[str, Draft] = {
    "job": Draft(
        "",
        "{ field: accidentalDeletionThreshold, lessOrEquals: 500 }",
        "job `{name}` has the accidental-deletion threshold `{accidentalDeletionThreshold}`",
        "{ name: A, accidentalDeletionThreshold: 100 }",
        "{ name: B }",
    ),
    "schema": Draft(
        "",
        "{ field: version, exists: true }",
        "schema `{id}` has no version",
        "{ id: A, version: v1.0 }",
        "{ id: B }",
    ),
    "synchronizationRule": Draft(
        "",
        "{ field: editable, equals: true }",
        "synchronization rule `{name}` cannot be edited",
        "{ name: A, editable: true }",
        "{ name: B, editable: false }",
    ),
    "objectMapping": Draft(
        "{ field: provisions, equals: users }",
        "{ field: flowTypes, contains: Update }",
        "object mapping `{name}` has the flow types `{flowTypes}`, without `Update`",
        '{ name: Users, sourceObjectName: User, flowTypes: "Add,Update" }',
        "{ name: Users, sourceObjectName: User, flowTypes: Add }",
    ),
    "attributeMapping": Draft(
        "{ field: targetAttributeName, equals: title }",
        "{ field: sourceAttribute, equals: jobTitle }",
        "`{targetAttributeName}` comes from `{source}`; expected `jobTitle`",
        "{ targetAttributeName: title, sourceAttribute: jobTitle }",
        "{ targetAttributeName: title, sourceAttribute: department }",
    ),
    "scopingGroup": Draft(
        "{ field: attributes, contains: department }",
        "{ field: clauses, count: { greaterOrEquals: 2 } }",
        "scoping filter `{name}` asks for `department` and nothing else",
        "{ name: A, clauses: [{ sourceOperandName: country, operatorName: IS NOT NULL }] }",
        "{ name: B, clauses: [{ sourceOperandName: department, operatorName: IS NOT NULL }] }",
    ),
    "clause": Draft(
        "",
        "{ field: operatorName, notIn: [REGEX MATCH, NOT REGEX MATCH] }",
        "the clause `{text}` is a regular expression",
        "{ sourceOperandName: department, operatorName: EQUALS, value: Sales }",
        '{ sourceOperandName: department, operatorName: REGEX MATCH, value: "^S" }',
    ),
    "expression": Draft(
        "",
        "{ field: depth, lessOrEquals: 2 }",
        "the expression for `{targetAttributeName}` is {depth} calls deep; expected at most 2",
        "Trim(ToLower([mail], ))",
        "Trim(ToLower(Coalesce([mail], [userPrincipalName]), ))",
    ),
    "functionCall": Draft(
        "{ field: function, equals: Switch }",
        "{ field: argument.2, hasValue: true }",
        "`Switch` for `{targetAttributeName}` has no default",
        'Switch([country], "NO", "Norge", "NO")',
        'Switch([country], "", "Norge", "NO")',
    ),
    "directory": Draft(
        "",
        "{ field: readOnly, equals: false }",
        "directory `{name}` is read only",
        "{ name: A, readOnly: false }",
        "{ name: B, readOnly: true }",
    ),
    "attributeDefinition": Draft(
        "{ field: type, equals: String }",
        "{ field: caseExact, equals: false }",
        "letter case counts in `{name}`",
        "{ name: title, type: String, caseExact: false }",
        "{ name: title, type: String, caseExact: true }",
    ),
}
"""Noun to a first rule."""


def scaffold(name: str, identity: str, noun: str) -> tuple[str, str, str]:
    """A file with one rule; or, where a name will not do, what is wrong with it and what to do."""
    if not re.fullmatch(OWN_NAME, name):
        hint = "write small letters, digits and hyphens, such as `no-guests`"
        return "", f"`{name}` is no name of a rule", hint
    if not re.fullmatch(OWN_ID, identity) or identity.startswith("PL"):
        hint = "write letters and three digits, such as `CONTOSO001`; `PL` is for provlint"
        return "", f"`{identity}` is no id of a rule of one's own", hint
    draft = DRAFTS[noun]
    quoted = noun in ("expression", "functionCall")
    good, bad = (f"'{each}'" if quoted else each for each in (draft.good, draft.bad))
    rows = [
        f"# What may stand here: provlint rules fields {noun}",
        "version: 1",
        "rules:",
        f"  - id: {identity}",
        f"    name: {name}",
        f"    synopsis: {name.replace('-', ' ').capitalize()}",
        "    severity: warning",
        f"    for: {noun}",
        *([f"    where: {draft.where}"] if draft.where else []),
        f"    require: {draft.require}",
        f'    message: "{draft.message}"',
        "    help: say here what to do about it",
        "    tests:",
        f"      - good: {good}",
        f"      - bad: {bad}",
    ]
    return "".join(f"{row}\n" for row in rows), "", ""
