"""Mistakes in scoping filters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import entra
import scim_outbound
from pieces import (
    ENTERPRISE,
    TENANT,
    attribute,
    clause,
    group,
    mapping,
    object_definition,
    schema,
    scope,
)
from specimen import Specimen

Json = dict[str, Any]

MEMBER_GROUP = "b3d90c57-41fe-4a28-8c6b-e59f72d1a034"


def _users() -> list[Json]:
    return [
        mapping("userName", "[userPrincipalName]", matching=1),
        mapping("externalId", "[objectId]", matching=2),
        mapping("active", scim_outbound.ACTIVE),
    ]


def _document(principal: str, users: Json, groups: Json | None = None) -> Json:
    source = entra.user(
        attribute("extensionAttribute9", "Integer"),
        attribute("proxyAddresses", multivalued=True),
        attribute("employeeHireDate", "DateTime"),
        attribute("userType"),
        attribute("dirSyncEnabled", "Boolean"),
    )
    target = object_definition(
        ENTERPRISE,
        [
            attribute("id", anchor=True, mutability="ReadOnly"),
            attribute("userName", required=True),
            attribute("externalId"),
            attribute("active", "Boolean"),
        ],
    )
    of_groups = scim_outbound.group_mappings() if groups else None
    return schema(
        f"scim.{TENANT}.{principal}",
        principal,
        scim_outbound.VERSION,
        scim_outbound.rules(_users(), users, of_groups, groups),
        scim_outbound.directories(source, target),
    )


def groups_of_clauses() -> tuple[Specimen, Json]:
    """Return groups that contradict, swallow or undo each other."""
    it = Specimen()
    sales = group(
        "Sales and marketing",
        clause("department", "EQUALS", "Sales"),
        clause("department", "EQUALS", "Marketing"),
    )
    it.wrong("M02", "one department cannot equal two values at once", sales, "clauses")
    nothing = group(
        "Has an employee number, or not",
        clause("employeeId", "IS NULL"),
        clause("employeeId", "IS NOT NULL"),
        clause("companyName", "EQUALS", "Fjordbank ASA"),
    )
    it.wrong("M02", "IS NULL and IS NOT NULL of one attribute", nothing, "clauses")
    switched = group(
        "Enabled and disabled",
        clause("accountEnabled", "IS TRUE"),
        clause("accountEnabled", "IS FALSE"),
    )
    it.wrong("M02", "IS TRUE and IS FALSE of one attribute", switched, "clauses")
    undone = group(
        "Norway, yet not",
        clause("country", "EQUALS", "NO"),
        clause("country", "NOT EQUALS", "NO"),
    )
    it.wrong("M02", "EQUALS and NOT EQUALS of the same value", undone, "clauses")
    regexes = group(
        "Bergen that begins with O",
        clause("city", "EQUALS", "Bergen"),
        clause("city", "REGEX MATCH", "^O.*$"),
    )
    it.wrong("M02", "no text both equals Bergen and begins with O", regexes, "clauses")
    treasury = group("Treasury", clause("department", "EQUALS", "Treasury"))
    narrow = group(
        "Treasury in Oslo",
        clause("department", "EQUALS", "Treasury"),
        clause("city", "EQUALS", "Oslo"),
    )
    it.wrong("M04", "swallowed by the group Treasury, which asks for less", narrow)
    twice = clause("jobTitle", "EQUALS", "Adviser")
    repeated = clause("jobTitle", "EQUALS", "Adviser")
    unnamed = group("", twice, repeated, clause("jobTitle", "IS NOT NULL"))
    it.wrong("M68", "the same clause stands above", repeated)
    it.wrong("M68", "implied by jobTitle EQUALS Adviser", unnamed["clauses"][2])
    it.wrong("M92", "the group has no title", unnamed, "name")
    users = scope(sales, nothing, switched, undone, regexes, treasury, narrow, unnamed)
    secret = group("Not secret", clause("displayName", "NOT EQUALS", "Secret projects"))
    board = group("Not the board", clause("displayName", "NOT EQUALS", "Board"))
    groups = it.wrong("M03", "every group passes one of two exclusions", scope(secret, board))
    document = _document("0c6f2ad1-7be4-49d8-a350-94e1b7d8c26f", users, groups)
    return it, document


def broad_groups() -> tuple[Specimen, Json]:
    """Return groups that admit everybody and so undo their neighbours."""
    it = Specimen()
    treasury = group("Treasury", clause("department", "EQUALS", "Treasury"))
    everybody = group("Everybody with a name", clause("userPrincipalName", "IS NOT NULL"))
    it.wrong("M04", "admits every user, so the other group decides nothing", everybody)
    it.wrong("M69", "a user principal name is never null", everybody["clauses"][0])
    named = group("CRM groups", clause("displayName", "REGEX MATCH", "^CRM-.+$"))
    empty = it.wrong("empty-group", "a group without clauses", group("Leftover"), "clauses")
    document = _document(
        "7e38d0a5-c49b-4f16-8b27-d05c1e9f6a83", scope(treasury, everybody), scope(named, empty)
    )
    return it, document


def single_clauses() -> tuple[Specimen, Json]:
    """Return clauses that cannot work by themselves, one per group."""
    it = Specimen()
    values = ("targetOperand", "values", 0)
    several = clause("department", "EQUALS", "Cards", "Loans")
    table: list[tuple[str, str, Json, tuple[str | int, ...]]] = [
        (
            "M18",
            "says nothing of users without a department",
            clause("department", "NOT EQUALS", "Interns"),
            ("operatorName",),
        ),
        (
            "M18",
            "says nothing of users without a title",
            clause("jobTitle", "NOT REGEX MATCH", "^Temp.*$"),
            ("operatorName",),
        ),
        (
            "M20",
            "EQUALS on a Boolean; IS TRUE is meant",
            clause("accountEnabled", "EQUALS", "True"),
            ("operatorName",),
        ),
        (
            "M20",
            "REGEX MATCH on a Boolean",
            clause("dirSyncEnabled", "REGEX MATCH", "^True$"),
            ("operatorName",),
        ),
        (
            "operator-type",
            "IS TRUE on a text",
            clause("employeeType", "IS TRUE"),
            ("operatorName",),
        ),
        (
            "M21",
            "IsMemberOf is not supported",
            clause("objectId", "IsMemberOf", MEMBER_GROUP),
            ("operatorName",),
        ),
        (
            "M21",
            "appRoleAssignments cannot be filtered on",
            clause("appRoleAssignments", "EQUALS", MEMBER_GROUP),
            ("sourceOperandName",),
        ),
        (
            "M22",
            "proxyAddresses has several values",
            clause("proxyAddresses", "Includes", "@fjordbank.example"),
            ("sourceOperandName",),
        ),
        (
            "M23",
            "userType cannot be filtered on",
            clause("userType", "EQUALS", "Member"),
            ("sourceOperandName",),
        ),
        (
            "M23",
            "a reference cannot be filtered on",
            clause("manager", "IS NOT NULL"),
            ("sourceOperandName",),
        ),
        (
            "M23",
            "a date cannot be filtered on",
            clause("employeeHireDate", "IS NOT NULL"),
            ("sourceOperandName",),
        ),
        (
            "M24",
            "the operand is not an integer",
            clause("extensionAttribute9", "Greater_Than", "ten"),
            values,
        ),
        (
            "M24",
            "employeeId is a text",
            clause("employeeId", "Greater_Than_OR_EQUALS", "5000"),
            ("operatorName",),
        ),
        ("M24", "the mask is not an integer", clause("extensionAttribute9", "&", "0x1F"), values),
        ("M25", "finds Sales in Presales", clause("department", "REGEX MATCH", "Sales"), values),
        (
            "M25",
            "finds seven digits in a longer number",
            clause("employeeId", "REGEX MATCH", "(1[0-9]{6})"),
            values,
        ),
        (
            "L55",
            "takes very long on a long value that ends in another sign",
            clause("jobTitle", "REGEX MATCH", "^([A-Za-z]+ ?)+$"),
            values,
        ),
        (
            "M64",
            "a guest's name may arrive without that part",
            clause("userPrincipalName", "Includes", "#EXT#"),
            values,
        ),
        (
            "M26",
            "the star is literal: the pattern of the old page",
            clause("userPrincipalName", "REGEX MATCH", r".\*@fjordbank.example$"),
            values,
        ),
        (
            "M27",
            "the dot matches any character",
            clause("userPrincipalName", "REGEX MATCH", r"^.*@fjordbank.example$"),
            values,
        ),
        ("M28", "EQUALS knows no wildcards", clause("department", "EQUALS", "Card*"), values),
        ("M28", "EQUALS knows no lists", clause("country", "EQUALS", "NO;SE;DK"), values),
        (
            "M70",
            "a regular expression in EQUALS",
            clause("employeeId", "EQUALS", "^[0-9]+$"),
            values,
        ),
        (
            "M70",
            "a regular expression for one plain value",
            clause("country", "REGEX MATCH", "^NO$"),
            ("operatorName",),
        ),
        ("M72", "ends with a blank", clause("department", "EQUALS", "Loans "), values),
        ("M74", "two values in one clause", several, ("targetOperand", "values")),
        (
            "M75",
            "IS NOT NULL takes no value",
            clause("mail", "IS NOT NULL", "True"),
            ("targetOperand",),
        ),
        ("M75", "EQUALS needs a value", clause("companyName", "EQUALS"), ("targetOperand",)),
        (
            "M75",
            "the list of values is empty",
            {**clause("city", "EQUALS"), "targetOperand": {"values": []}},
            ("targetOperand", "values"),
        ),
        ("M76", "no such operator", clause("department", "STARTS WITH", "Card"), ("operatorName",)),
        (
            "M76",
            "no such operator",
            clause("extensionAttribute9", "Less_Than", "10"),
            ("operatorName",),
        ),
        (
            "M77",
            "dates cannot be compared",
            clause("extensionAttribute3", "Greater_Than", "2026-01-01"),
            values,
        ),
        (
            "M77",
            "functions are not evaluated in filters",
            clause("extensionAttribute3", "EQUALS", "Now()"),
            values,
        ),
        (
            "regex-invalid",
            "the group is not closed",
            clause("department", "REGEX MATCH", "^(Cards|Loans$"),
            values,
        ),
        (
            "regex-invalid",
            "named groups are written (?<name>…) in .NET",
            clause("department", "REGEX MATCH", "^(?P<unit>[A-Z]+)$"),
            values,
        ),
        (
            "M41",
            "the source calls it mobile",
            clause("mobilePhone", "IS NOT NULL"),
            ("sourceOperandName",),
        ),
        (
            "M41",
            "wrong case: the source calls it department",
            clause("Department", "EQUALS", "Cards"),
            ("sourceOperandName",),
        ),
    ]
    groups: list[Json] = []
    for number, (mistake, why, planted, steps) in enumerate(table, start=1):
        it.wrong(mistake, why, planted, *steps)
        # A second clause of its own keeps each group from swallowing another.
        unit = clause("extensionAttribute1", "EQUALS", f"Unit {number:02d}")
        groups.append(group(f"Condition {number}", planted, unit))
    users = scope(*groups)
    early = group("Early filter", clause("companyName", "EQUALS", "Fjordbank ASA"))
    users["inputFilterGroups"].append(early)
    it.wrong("M73", "leaving an input filter never deprovisions", users, "inputFilterGroups")
    members = clause("members", "IS NOT NULL")
    it.wrong("M21", "members cannot be filtered on", members, "sourceOperandName")
    groups_filter = scope(group("With members", members))
    document = _document("95b1e8f4-d36a-4c07-bd12-6f48a0c7e35d", users, groups_filter)
    return it, document


def write(folder: Path) -> None:
    """Write the three files."""
    for name, build in (
        ("filters", groups_of_clauses),
        ("filter-broad", broad_groups),
        ("filter-clauses", single_clauses),
    ):
        it, document = build()
        it.write(folder / f"{name}.json", document)
