"""Mistakes that only users, accounts, assignments or groups show, with these beside the schema."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import entra
import scim_outbound
from files import write_text
from pieces import (
    AD,
    AD_ID,
    CORE_GROUP,
    ENTERPRISE,
    ENTRA,
    ENTRA_ID,
    attribute,
    clause,
    directory,
    group,
    mapping,
    object_definition,
    object_mapping,
    rule,
    schema,
    scope,
)
from specimen import Specimen

Json = dict[str, Any]

PRINCIPAL = "d52e8b63-7c1f-4a0a-8b8e-1f6c94d3a725"
JOB = f"scim.5b1c2f0e9d474c1a8e632f7a90d4b6c1.{PRINCIPAL}"
VERSION = "Date:2026-11-12T08:41:07.5120843Z, ActivityId:0b9d6e1f-37c2-4f58-a4e0-6d8c15b2f790"
RULE = "7c3d9f52-1b84-4e6a-9d07-{:012d}"
ADVISER = "5e27b0f1-9d43-4c68-a17b-82c6e0d4f395"
MANAGER = "b06c41d8-3f7e-4952-8da0-e9175c2b6f84"
DEFAULT_ROLE = "00000000-0000-0000-0000-000000000000"
DOMAIN = "fjordbank.example"

NAMES = "objectId userPrincipalName mail givenName surname displayName department city country"
COLUMNS = [*NAMES.split(), "employeeType", "employeeId", "jobTitle", "manager", "onLeave"]
COLUMNS.append("extensionAttribute5")
# The rows of users.csv, in the order of the columns; `u0` is the number of a person.
PEOPLE: tuple[tuple[str, ...], ...] = (
    ("u1", "ada", "ada", "Ada", "Berg", "Advisers", "Bergen", "NO", "Employee", "1001", "Manager",
     "u9", "False", ""),
    ("u2", "bo", "office", "Bo", "Lind", "Advisers", "bergen", "NO", "Employee", "1002", "",
     "u1", "False", ""),
    ("u3", "cecilie", "office", "Cecilie", "Moe", "Loans", "Bergen", "NO", "", "1003",
     "Senior Manager", "u1", "True", ""),
    ("u4", "daniel", "daniel.o'neil", "Daniel", "O'Neil", "Loans", "Oslo", "NO", "Employee", "1004",
     "Adviser", "u1", "", ""),
    ("u5", "eva", "", "Eva", "", "Loans", "Göteborg", "SE", "Contractor", "1005", "Adviser", "u1",
     "False", ""),
    ("u6", "finn_guest.example#EXT#", "finn", "Finn", "Dahl", "Audit", "Oslo", "NO", "", "1006",
     "Auditor", "u1", "True", ""),
    ("u9", "greta", "greta", "Greta", "Holm", "Board", "Reykjavík", "IS", "Contractor", "1009",
     "Chair", "", "True", ""),
)  # fmt: skip


def _users() -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, name, mail, given, surname, *rest in PEOPLE:
        address = f"{mail}@{DOMAIN}" if mail else ""
        display = f"{given} {surname}".strip()
        writer.writerow([number, f"{name}@{DOMAIN}", address, given, surname, display, *rest])
    return text.getvalue()


def _account(number: int, **values: str) -> Json:
    schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"]
    return {"schemas": schemas, "id": f"hc-{number}", **values}


def _accounts() -> Json:
    found = [
        _account(1, userName=f"ada@{DOMAIN}", externalId="1001"),
        _account(2, userName=f"Ada@{DOMAIN}", externalId="1001-old"),
        _account(3, userName=f"daniel@old.{DOMAIN}", externalId="1004"),
        _account(4, userName=f"greta@{DOMAIN}", title="Chairwoman"),
        _account(5, userName=f"office@{DOMAIN}", title="Office"),
        _account(6, userName=f"finn@{DOMAIN}", title="Auditor", nickName="Finn"),
    ]
    return {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": len(found),
        "Resources": found,
    }


def _assignment(principal: str, kind: str, role: str, name: str) -> Json:
    return {
        "principalId": principal,
        "principalType": kind,
        "principalDisplayName": name,
        "appRoleId": role,
        "resourceId": PRINCIPAL,
    }


def _assignments() -> Json:
    direct = [
        _assignment(number, "User", ADVISER, f"{given} {surname}".strip())
        for number, _, _, given, surname, *_ in PEOPLE
    ]
    return {
        "value": [
            *direct,
            _assignment("u1", "User", MANAGER, "Ada Berg"),
            _assignment("g1", "Group", ADVISER, "CRM"),
            _assignment("g3", "Group", ADVISER, "Loans"),
            _assignment("g4", "Group", ADVISER, "loans"),
        ]
    }


def _group(number: str, name: str, *members: str, security: bool = True) -> Json:
    listed: list[Json] = [
        {"@odata.type": f"#microsoft.graph.{'group' if each[0] == 'g' else 'user'}", "id": each}
        for each in members
    ]
    return {
        "id": number,
        "displayName": name,
        "mailNickname": f"{name.lower()}-{number}",
        "securityEnabled": security,
        "members": listed,
    }


def _groups() -> Json:
    return {
        "value": [
            _group("g1", "CRM", "u1", "g2"),
            _group("g2", "CRM guests", "u6"),
            _group("g3", "Loans", "u3", "u9"),
            _group("g4", "loans", "u4", security=False),
        ]
    }


def outbound(folder: Path) -> None:
    """Write a SCIM application, its people and everything around them."""
    it = Specimen()
    filters = scope(
        it.wrong(
            "M04", "admits everybody of the bank, so the other groups do nothing",
            group("Nordic", clause("country", "REGEX MATCH", "^(NO|SE|IS)$")), "name",
        ),
        group(
            "Advisers",
            it.wrong(
                "M11", "the department is `Advisers`", clause("department", "EQUALS", "advisers"),
                "targetOperand", "values", 0,
            ),
        ),
        group(
            "Bergen",
            it.wrong(
                "M71", "one has `bergen`", clause("city", "EQUALS", "Bergen"),
                "targetOperand", "values", 0,
            ),
            it.wrong(
                "M18", "two have no employeeType",
                clause("employeeType", "NOT EQUALS", "Contractor"), "operatorName",
            ),
        ),
        group(
            "At work",
            it.wrong("M19", "one has no value", clause("onLeave", "IS FALSE"), "operatorName"),
            it.wrong(
                "M25", "also matches `Senior Manager`",
                clause("jobTitle", "REGEX MATCH", "Manager"), "targetOperand", "values", 0,
            ),
        ),
        group(
            "Card services",
            it.wrong(
                "M78", "nobody has a value", clause("extensionAttribute5", "IS NOT NULL"),
                "operatorName",
            ),
        ),
    )  # fmt: skip
    by_mail = mapping("userName", "[mail]", matching=1)
    for mistake, why in (
        ("M06", "two share an address"),
        ("M31", "Eva has no mailbox"),
        ("M36", "an apostrophe in an address"),
    ):
        it.wrong(mistake, why, by_mail, "source", "expression")
    it.wrong("M05", "one account twice", by_mail, "targetAttributeName")
    it.wrong("M07", "Daniel has an account under another address", by_mail, "source", "expression")
    users = [
        by_mail,
        mapping("externalId", "[objectId]"),
        mapping("active", scim_outbound.ACTIVE),
        mapping("displayName", "[displayName]"),
        it.wrong(
            "M39", "Eva has no surname", mapping("name.familyName", "[surname]"), "source",
            "expression",
        ),
        it.wrong(
            "M62", "Bo has no title any more", mapping("title", "[jobTitle]"), "targetAttributeName"
        ),
        it.wrong(
            "M64", "the name of a guest is stripped", mapping("nickName", "[userPrincipalName]"),
            "source", "expression",
        ),
        it.wrong(
            "M43", "Ada has two roles",
            mapping("roles", "SingleAppRoleAssignment([appRoleAssignments])"), "source",
            "expression",
        ),
        mapping(f"{ENTERPRISE}:manager", "[manager]"),
    ]  # fmt: skip
    name = mapping("displayName", "[displayName]", matching=1)
    it.wrong("M59", "`Loans` and `loans`", name, "source", "expression")
    groups = [
        name,
        mapping("externalId", "[objectId]"),
        mapping("members", "[members]"),
    ]
    both = scim_outbound.rules(users, filters, groups)
    it.wrong("M29", "the group CRM holds a group", both[0]["objectMappings"][0], "scope")
    it.wrong("M58", "`loans` is no security group", both[0]["objectMappings"][0], "scope")
    target = object_definition(
        ENTERPRISE,
        [
            attribute("id", anchor=True, mutability="ReadOnly"),
            attribute("userName"),
            attribute("active", "Boolean"),
            attribute("name.familyName", required=True),
            *(attribute(each) for each in ("externalId", "displayName", "title", "nickName")),
            attribute("roles"),
            attribute(f"{ENTERPRISE}:manager", "Reference", refers_to=(ENTERPRISE,)),
        ],
    )
    texts = " ".join(each for each in COLUMNS if each not in ("objectId", "manager", "onLeave"))
    source = entra.user(attribute("onLeave", "Boolean"), texts=texts)
    directories = scim_outbound.directories(source, target)
    here = folder / "outbound"
    it.write(here / "schema.json", schema(JOB, PRINCIPAL, VERSION, both, directories))
    write_text(here / "users.csv", _users())
    for file, value in (
        ("target-users", _accounts()),
        ("assignments", _assignments()),
        ("groups", _groups()),
    ):
        write_text(here / f"{file}.json", json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def _pair(
    source: Json, target: Json, mappings: list[Json], only: Json | None = None, name: str = "App"
) -> Json:
    """A schema with one rule between two directories."""
    of_users = object_mapping(
        "Users", source["objects"][0]["name"], target["objects"][0]["name"], mappings, only=only
    )
    one = rule(RULE.format(1), "USERS", source["name"], target["name"], [of_users])
    return {"synchronizationRules": [one], "directories": [source, target]}


def payload(folder: Path) -> None:
    """Write API-driven inbound provisioning, and a bulk request that leaves things out."""
    it = Specimen()
    source = directory(
        "api",
        "API-driven inbound provisioning",
        [
            object_definition(
                "User",
                [
                    attribute("externalId", anchor=True),
                    attribute("active", "Boolean"),
                    attribute("displayName"),
                    attribute("title", flow_null=True),
                ],
            )
        ],
    )
    target = directory(
        ENTRA_ID,
        ENTRA,
        [
            object_definition(
                "User",
                [
                    attribute("employeeId"),
                    attribute("accountEnabled", "Boolean"),
                    attribute("displayName"),
                    attribute("jobTitle"),
                ],
            )
        ],
    )
    mappings = [
        mapping("employeeId", "[externalId]", matching=1),
        it.wrong(
            "M50", "a record without `active`", mapping("accountEnabled", "[active]"), "source",
            "expression",
        ),
        mapping("displayName", "[displayName]"),
        it.wrong(
            "M51", "a record without `title` clears it", mapping("jobTitle", "[title]"), "source",
            "expression",
        ),
    ]  # fmt: skip
    here = folder / "payload"
    it.write(here / "schema.json", _pair(source, target, mappings))
    records = [
        {"externalId": "1001", "displayName": "Ada Berg", "active": True, "title": "Manager"},
        {"externalId": "1002", "displayName": "Bo Lind"},
    ]
    request = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        "Operations": [
            {"method": "POST", "bulkId": str(number), "path": "/Users", "data": record}
            for number, record in enumerate(records, 1)
        ],
        "failOnErrors": None,
    }
    write_text(here / "users.json", json.dumps(request, indent=1) + "\n")


def _entra(*names: str) -> Json:
    return entra.source_directory(entra.user(texts=" ".join(("userPrincipalName", *names))))


def _application(name: str, *names: str) -> Json:
    return directory(name.lower(), name, [object_definition("User", [*map(attribute, names)])])


def applications(folder: Path) -> None:
    """Write small configurations of applications that refuse values, roles or new names."""
    status = mapping("active", scim_outbound.ACTIVE)
    it = Specimen()
    slack = [
        mapping("userName", "[mail]"),
        it.wrong(
            "M85", "Bo has an `@` in the name",
            mapping("displayName", "[displayName]", flow_type="ObjectAddOnly"), "source",
            "expression",
        ),
        mapping('emails[type eq "work"].value', "[userPrincipalName]", matching=1),
        status,
    ]  # fmt: skip
    target = _application(
        "Slack", "userName", "displayName", 'emails[type eq "work"].value', "active"
    )
    here = folder / "slack"
    it.write(here / "schema.json", _pair(_entra("mail", "displayName"), target, slack))
    header = "userPrincipalName,mail,displayName"
    rows = f"ada@{DOMAIN},ada@fj.example,Ada Berg\nbo@{DOMAIN},bo@fj.example,bo@fj.example\n"
    write_text(here / "users.csv", f"{header}\n{rows}")

    it = Specimen()
    google = [
        it.wrong(
            "M86", "Bo has no domain of the bank",
            mapping("primaryEmail", "[userPrincipalName]", matching=1), "source", "expression",
        ),
        mapping("suspended", "[IsSoftDeleted]"),
    ]  # fmt: skip
    here = folder / "google"
    target = _application("Google Workspace", "primaryEmail", "suspended")
    it.write(here / "schema.json", _pair(_entra("displayName"), target, google))
    rows = f"ada@{DOMAIN},Ada Berg\nbo@fjordbank.onmicrosoft.com,Bo Lind\n"
    write_text(here / "users.csv", f"userPrincipalName,displayName\n{rows}")

    it = Specimen()
    now = [
        mapping("user_name", "[userPrincipalName]", matching=1),
        it.wrong(
            "M84", "`Private Loans` is no department there", mapping("department", "[department]"),
            "source", "expression",
        ),
        status,
    ]  # fmt: skip
    here = folder / "servicenow"
    target = _application("ServiceNow", "user_name", "department", "active")
    it.write(here / "schema.json", _pair(_entra("department"), target, now))
    rows = f"ada@{DOMAIN},Loans\nbo@{DOMAIN},Private Loans\n"
    write_text(here / "users.csv", f"userPrincipalName,department\n{rows}")
    write_text(here / "target-departments.json", '[{"sys_id": "5f1a", "name": "Loans"}]\n')

    it = Specimen()
    box = [mapping("login", "[userPrincipalName]", matching=1), status]
    document = _pair(_entra(), _application("Box", "login", "active"), box)
    it.wrong(
        "M42", "Bo has the role Default Access",
        document["synchronizationRules"][0]["objectMappings"][0], "scope",
    )  # fmt: skip
    here = folder / "box"
    it.write(here / "schema.json", document)
    found = [
        _assignment("u1", "User", ADVISER, "Ada Berg"),
        _assignment("u2", "User", DEFAULT_ROLE, "Bo Lind"),
    ]
    write_text(here / "assignments.json", json.dumps({"value": found}, indent=1) + "\n")

    it = Specimen()
    named = mapping("displayName", "[displayName]", matching=1)
    it.wrong("M97", "`Field sales` is still `Sales` there", named, "source", "expression")
    of_groups = object_mapping("Groups", "Group", CORE_GROUP, [named])
    one = rule(RULE.format(2), "GROUPS", ENTRA, "Atlassian Cloud", [of_groups])
    it.write(folder / "atlassian" / "rule.json", one)
    held = {"schemas": [CORE_GROUP], "id": "a1", "externalId": "g1", "displayName": "Sales"}
    here = folder / "atlassian"
    write_text(here / "target-groups.json", json.dumps([held], indent=1) + "\n")
    listed = {"value": [_group("g1", "Field sales")]}
    write_text(here / "groups.json", json.dumps(listed, indent=1) + "\n")


def two_jobs(folder: Path) -> None:
    """Write two inbound jobs that both take a worker."""
    worker = object_definition(
        "Worker", [attribute("WorkerID", anchor=True), attribute("Country"), attribute("Unit")]
    )
    account = object_definition("User", [attribute("employeeID"), attribute("cn")])
    source = directory("workday", "Workday", [worker])
    target = directory(AD_ID, AD, [account])
    here = folder / "two-jobs"
    for name, only in (
        ("a-norway", group("Norway", clause("Country", "EQUALS", "NO"))),
        ("b-loans", group("Loans", clause("Unit", "EQUALS", "Loans"))),
    ):
        it = Specimen()
        document = _pair(
            source, target, [mapping("employeeID", "[WorkerID]", matching=1)], scope(only)
        )
        if name == "b-loans":
            it.wrong(
                "M67", "worker 1001 is in scope of both",
                document["synchronizationRules"][0]["objectMappings"][0], "scope",
            )  # fmt: skip
        it.write(here / f"{name}.json", document)
    rows = "u1,1001,NO,Loans\nu2,1002,SE,Loans\nu3,1003,NO,Cards\n"
    write_text(here / "users.csv", f"objectId,WorkerID,Country,Unit\n{rows}")


def write(folder: Path) -> None:
    """Write the folder `evidence/`."""
    evidence = folder / "evidence"
    for part in (outbound, payload, applications, two_jobs):
        part(evidence)
