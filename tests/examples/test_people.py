"""The people of the examples are the same in every format, and references lead to somebody."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

USERS = Path(__file__).parent.parent.parent / "examples" / "users"


def load(name: str) -> Any:
    return json.loads((USERS / name).read_text("utf-8"))


def test_formats_hold_the_same_people() -> None:
    page = load("users.json")["value"]
    lines = (USERS / "users.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == page
    with (USERS / "users.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20
    assert len(rows[0]) == 25
    for row, user in zip(rows, page, strict=True):
        assert row["objectId"] == user["id"]
        assert row["mobile"] == (user["mobilePhone"] or "")
        assert row["accountEnabled"] == str(user["accountEnabled"])


def test_references_lead_to_somebody() -> None:
    users = {each["id"] for each in load("users.json")["value"]}
    groups = load("groups.json")["value"]
    known = users | {each["id"] for each in groups}
    assert len(known) == 24
    for user in load("users.json")["value"]:
        assert user.get("manager", {"id": user["id"]})["id"] in users
    for each in groups:
        assert {member["id"] for member in each["members"]} <= known
    application = load("service-principal.json")
    roles = {each["id"] for each in application["appRoles"]}
    for assignment in load("assignments.json")["value"]:
        assert assignment["principalId"] in known
        assert assignment["resourceId"] == application["id"]
        assert assignment["appRoleId"] in roles | {"00000000-0000-0000-0000-000000000000"}


def test_target_holds_the_special_cases() -> None:
    names = [each["userName"] for each in load("target-users.json")["Resources"]]
    assert len(names) - len(set(names)) == 1
    source = {each["userPrincipalName"] for each in load("users.json")["value"]}
    assert {name for name in names if name not in source and name.lower() in source}
