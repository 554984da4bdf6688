"""The portal's own CSV and Graph JSON of the same users: the same answers."""

import csv
import json
from pathlib import Path

import pytest

from provlint import simulate
from provlint.simulate.inputs.names import PORTAL

EXAMPLES = Path(__file__).parents[2] / "examples" / "users"
HEADER = (
    "userPrincipalName", "displayName", "surname", "mail", "givenName", "objectId", "userType",
    "jobTitle", "department", "accountEnabled", "usageLocation", "streetAddress", "state",
    "country", "physicalDeliveryOfficeName", "city", "postalCode", "telephoneNumber", "mobile",
    "authenticationAlternativePhoneNumber", "authenticationEmail", "alternateEmailAddress",
    "ageGroup", "consentProvidedForMinor", "legalAgeGroupClassification",
)  # fmt: skip
"""https://learn.microsoft.com/entra/identity/users/users-bulk-download"""

RENAMED = {"objectId": "id", "mobile": "mobilePhone",
           "physicalDeliveryOfficeName": "officeLocation"}  # fmt: skip


def clause(name, operator, *values):
    operand = {"values": list(values)} if values else None
    return {"sourceOperandName": name, "operatorName": operator, "targetOperand": operand}


def mapping(target, source, priority=0):
    expression = source if "(" in source else f"[{source}]"
    kind = "Function" if "(" in source else "Attribute"
    return {"targetAttributeName": target, "matchingPriority": priority, "flowType": "Always",
            "source": {"type": kind, "name": source, "expression": expression}}  # fmt: skip


GROUPS = (
    [clause("country", "REGEX MATCH", "^(NO|SE)$"), clause("accountEnabled", "IS TRUE"),
     clause("jobTitle", "NOT EQUALS", "Intern")],
    [clause("department", "Includes", "Card"), clause("mobile", "IS NOT NULL"),
     clause("state", "IS NULL")],
    [clause("userPrincipalName", "ENDS_WITH", "onmicrosoft.example")],
)  # fmt: skip
MAPPINGS = (
    mapping("userName", "userPrincipalName", 1),
    mapping("displayName", 'Join(" ", [givenName], [surname])'),
    mapping("title", "jobTitle"),
    mapping('phoneNumbers[type eq "work"].value', "telephoneNumber"),
    mapping('phoneNumbers[type eq "mobile"].value', "mobile"),
    mapping("active", 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'),
)


def schema():
    groups = [{"name": f"group {at}", "clauses": each} for at, each in enumerate(GROUPS)]
    rule = {
        "name": "rule", "sourceDirectoryName": "Microsoft Entra ID",
        "targetDirectoryName": "customappsso",
        "objectMappings": [{
            "name": "users", "enabled": True, "flowTypes": "Add,Update,Delete",
            "sourceObjectName": "User", "targetObjectName": "User",
            "scope": {"groups": groups}, "attributeMappings": list(MAPPINGS),
        }],
    }  # fmt: skip
    return {"id": "scim.1", "synchronizationRules": [rule]}


def portal_row(user):
    """A row of Users > Download users: Booleans as the portal writes them, no null."""
    row = {name: user.get(RENAMED.get(name, name)) for name in HEADER}
    row["telephoneNumber"] = next(iter(user["businessPhones"]), None)
    return {name: "" if value is None else str(value) for name, value in row.items()}


@pytest.fixture
def files(tmp_path):
    users = json.loads((EXAMPLES / "users.json").read_text("utf-8"))["value"]
    with open(tmp_path / "portal.csv", "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(map(portal_row, users))
    (tmp_path / "schema.json").write_text(json.dumps(schema()), encoding="utf-8")
    return tmp_path


def answers(folder, users, engine):
    with simulate(
        folder / "schema.json", users, targets=EXAMPLES / "target-users.json",
        assignments=EXAMPLES / "assignments.json", groups=EXAMPLES / "groups.json", engine=engine,
    ) as result:  # fmt: skip
        assert result.summary.missing == ()
        return list(result.rows()), dict(result.summary.counts), result.summary.shared_in_source


def test_the_header_is_the_portals():
    assert set(PORTAL) == set(HEADER)


@pytest.mark.parametrize("engine", ["reference", "columns"])
def test_same_answers(engine, files):
    if engine == "columns":
        pytest.importorskip("duckdb")
    from_graph = answers(files, EXAMPLES / "users.json", engine)
    from_portal = answers(files, files / "portal.csv", engine)
    assert from_portal == from_graph
    actions = {row.verdict.action for row in from_graph[0]}
    assert {"create", "update", "skip", "fail"} <= actions


def test_what_the_portal_does_not_export_is_told(files):
    groups = [{"name": "g", "clauses": [clause("employeeId", "IS NOT NULL")]}]
    value = schema()
    value["synchronizationRules"][0]["objectMappings"][0]["scope"] = {"groups": groups}
    (files / "schema.json").write_text(json.dumps(value), encoding="utf-8")
    result = simulate(files / "schema.json", files / "portal.csv")
    assert result.summary.missing == ("employeeId",)
    undecided = result.summary.counters["undecided"]
    skipped = result.summary.counters["out_of_scope"]
    assert undecided > 0
    assert undecided + skipped == result.summary.counters["users"]
