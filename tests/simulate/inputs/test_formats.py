"""The same twenty people in every format are the same population."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from provlint.simulate.inputs.names import PORTAL
from provlint.simulate.inputs.population import Population
from provlint.simulate.inputs.problem import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import SimpleNamespace as Sample

ORIGINAL = {"sven.dahl_revisjon.example#EXT#@fjordbank.example": "sven.dahl@revisjon.example"}


def expected(sample: Sample) -> list[dict[str, Any]]:
    """What everybody has, in provisioning names."""
    rows = []
    for row in sample.flat:
        name = row["userPrincipalName"]
        rows.append({**row, "originalUserPrincipalName": ORIGINAL.get(name, name)})
    return rows


def values(population: Population, sample: Sample) -> list[dict[str, Any]]:
    """All values of all users; a key that a record does not have counts as empty."""
    names = expected(sample)[0]
    return [{name: user.values.get(name) for name in names} for user in population.users]


def test_people_are_the_same_in_every_format(
    format_name: str, sample: Sample, give: Callable[..., str]
) -> None:
    path = give(sample.formats[format_name](), "data")
    population = Population([path], attributes=sample.flat[1])
    assert values(population, sample) == expected(sample)
    assert population.count == 20
    assert population.ledger.left_out == 0
    assert len({user.where for user in population.users}) == 20


def test_one_object_per_file_is_read_from_a_folder(
    sample: Sample, give: Callable[..., str]
) -> None:
    for user in sample.people:
        give(json.dumps(user), f"Users/{user['id']}/{user['id']}.json")
    folder = give("{}", "other.json").replace("other.json", "Users")
    people = sorted(values(Population([folder]), sample), key=lambda row: row["employeeId"] or "")
    assert people == sorted(expected(sample), key=lambda row: row["employeeId"] or "")


def test_files_and_globs_are_joined(sample: Sample, give: Callable[..., str]) -> None:
    give(sample.compact({"value": sample.people[:7]}), "page-1.json")
    give("\n".join(map(sample.compact, sample.people[7:12])), "page-2.json")
    rest = give(sample.as_csv(sample.flat[12:]), "rest.csv")
    pattern = rest.replace("rest.csv", "page-*.json")
    assert values(Population([pattern, rest]), sample) == expected(sample)


def test_example_files_agree_as_far_as_their_columns_go(sample: Sample) -> None:
    files = [
        Population([str(sample.examples / f"users.{end}")]) for end in ("json", "jsonl", "csv")
    ]
    page, lines, portal = (list(each.users) for each in files)
    assert [user.values for user in page] == [user.values for user in lines]
    for ours, theirs in zip(page, portal, strict=True):
        for name in PORTAL:
            if name not in ours.missing:
                assert theirs.values[name] == ours.values[name]
        assert "department" not in theirs.missing
        assert {"companyName", "manager", "employeeId", "extensionAttribute1"} <= theirs.missing
    assert page[2].where.endswith("users.json#/value/2")
    assert lines[2].where.endswith("users.jsonl:3")
    assert portal[2].where.endswith("users.csv:4")


def test_export_csv_of_the_sdk_tells_type_names(sample: Sample, give: Callable[..., str]) -> None:
    rows = []
    for user in sample.people:
        row = {key: value for key, value in sample.powershell(user).items() if key != "Manager"}
        row["BusinessPhones"] = "System.String[]"
        extension = "Microsoft.Graph.PowerShell.Models.MicrosoftGraphOnPremisesExtensionAttributes"
        row["OnPremisesExtensionAttributes"] = extension
        row["AdditionalProperties"] = "System.Collections.Generic.Dictionary`2[System.String,...]"
        rows.append(row)
    text = "#TYPE Microsoft.Graph.PowerShell.Models.MicrosoftGraphUser\n" + sample.as_csv(rows)
    wanted = {"telephoneNumber", "extensionAttribute1", "department", "mobile", "employeeHireDate"}
    population = Population([give(text, "users.csv")], attributes=wanted)
    users = list(population.users)
    assert [user.values["mobile"] for user in users] == [row["mobile"] for row in sample.flat]
    assert users[0].values["accountEnabled"] is True
    assert population.missing == {"telephoneNumber", "extensionAttribute1", "employeeHireDate"}
    notes = [note.message for note in population.ledger.notes]
    assert notes[0] == (
        "the column `BusinessPhones` holds names of types such as `System.String[]` "
        "in place of values"
    )
    assert "-join" in population.ledger.notes[0].help


def test_scim_bulk_request(sample: Sample, give: Callable[..., str]) -> None:
    enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    data = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
        "externalId": "701984",
        "username": "bjensen@example.com",
        "name": {"familyName": "Jensen", "givenName": "Barbara"},
        "emails": [
            {"value": "b@work.example", "type": "work", "primary": True},
            {"value": "b@home.example", "type": "home"},
        ],
        "active": True,
        enterprise: {"department": "Tour", "manager": {"value": "89607"}},
    }
    request = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        "Operations": [{"method": "POST", "bulkId": "1", "path": "/users", "data": data}],
        "failOnErrors": None,
    }
    [user] = Population([give(json.dumps(request, indent="\t"))], attributes=()).users
    assert user.values == {
        "externalId": "701984",
        "userName": "bjensen@example.com",
        "name.familyName": "Jensen",
        "name.givenName": "Barbara",
        "emails": ["b@work.example", "b@home.example"],
        'emails[type eq "work"].value': "b@work.example",
        'emails[type eq "work"].primary': True,
        "emails[primary eq true].value": "b@work.example",
        "emails[primary eq true].primary": True,
        'emails[primary eq "True"].value': "b@work.example",
        'emails[primary eq "True"].primary': True,
        'emails[type eq "home"].value': "b@home.example",
        "active": True,
        f"{enterprise}:department": "Tour",
        f"{enterprise}:manager": "89607",
        f"{enterprise}:manager.value": "89607",
    }


def test_human_resources_with_a_column_map(sample: Sample, give: Callable[..., str]) -> None:
    path = give("Worker ID;Name;Dept\n1;Åse;Loans\n2;Bo;\n", "hr.csv")
    columns = {"workerID": "Worker ID", "department": "Dept"}
    population = Population([path], columns=columns, attributes={"workerID", "department", "x"})
    assert [dict(user.values) for user in population.users] == [
        {"workerID": "1", "department": "Loans", "Name": "Åse"},
        {"workerID": "2", "department": None, "Name": "Bo"},
    ]
    assert population.missing == {"x"}
    with pytest.raises(InputError) as caught:
        Population([path], columns={"workerID": "WorkerID"})
    assert caught.value.problem.message == (
        f"the column map names `WorkerID`, which is no column of `{path}`"
    )
    assert caught.value.problem.help == "did you mean `Worker ID`"


def test_portal_template_of_bulk_operations(sample: Sample, give: Callable[..., str]) -> None:
    text = (
        "version:v1.0,,\n"
        "Name [displayName] Required,User name [userPrincipalName] Required,City [city]\n"
        "Åse Dahl,ase@contoso.example,Oslo\n"
    )
    [user] = Population([give(text, "bulk.csv")]).users
    assert user.values["displayName"] == "Åse Dahl"
    assert user.values["city"] == "Oslo"
    assert user.where.endswith("bulk.csv:3")


def test_windows_1252_is_read_and_told(sample: Sample, give: Callable[..., str]) -> None:
    for name, text in (
        ("users.csv", sample.as_csv(sample.flat[:3])),
        ("users.json", sample.compact(sample.people[:3])),
    ):
        population = Population([give(text.encode("windows-1252"), name)])
        assert [user.values["surname"] for user in population.users] == [
            "Solheim", "Ødegård", "Nygård",
        ]  # fmt: skip
        assert [note.code for note in population.ledger.notes] == ["windows-1252"]


def test_quoted_line_breaks_keep_the_line_numbers(sample: Sample, give: Callable[..., str]) -> None:
    text = 'userPrincipalName,streetAddress\na@x,"1 High Street\nFloor 2"\nb@x,"a ""b"", c"\n'
    first, second = Population([give(text, "users.csv")]).users
    assert first.values["streetAddress"] == "1 High Street\nFloor 2"
    assert first.where.endswith(":2")
    assert second.values["streetAddress"] == 'a "b", c'
    assert second.where.endswith(":4")


def test_parquet(sample: Sample, give: Callable[..., str], tmp_path: Any) -> None:
    duckdb = pytest.importorskip("duckdb")
    lines = give("".join(sample.compact(user) + "\n" for user in sample.people), "users.jsonl")
    path = str(tmp_path / "users.parquet")
    duckdb.sql(f"COPY (SELECT * FROM read_json('{lines}')) TO '{path}' (FORMAT parquet)")
    assert values(Population([path]), sample) == expected(sample)


def test_pages_are_pascal_too(sample: Sample, give: Callable[..., str]) -> None:
    page = json.dumps(
        [sample.pascal(user) | {"AdditionalProperties": {}} for user in sample.people]
    )
    assert values(Population([give(page)]), sample) == expected(sample)
