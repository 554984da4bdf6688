"""A manager who leaves scope is told of: counts in rows and in columns, and what reports say."""

import json

import pytest
from building import attribute, base, clause, group, mapping, users_of

from provlint.cli import status

PEOPLE = (
    ("boss", "Legal", None), ("chief", "Sales", "boss"), ("ann", "Sales", "BOSS"),
    ("bob", "Sales", "chief"), ("cis", "Legal", "boss"), ("dan", "Sales", "nobody"),
    ("eve", "Sales", "éva"), ("éva", "Legal", None), ("fay", "Other", "boss"),
)  # fmt: skip
"""Name, department, manager. All but Sales leave; who was out before does not count."""

LINE = (
    "3 users in scope refer by `manager` to 2 users who leave it: the reference is left out, and"
    " not repaired until a restart"
)


def schema(*departments):
    value = base()
    value["directories"][1]["objects"][0]["attributes"].append(
        attribute("manager", type="Reference")
    )
    users = users_of(value)
    users["attributeMappings"].append(mapping("manager", "[manager]"))
    users["scope"]["groups"] = [
        group(clause("department", "EQUALS", name), name=name) for name in departments
    ]
    return value


@pytest.fixture
def compare(tmp_path, capsys):
    """Run `provlint compare` over the people."""
    users = [
        {
            "objectId": name, "userPrincipalName": f"{name}@x.example", "department": department,
            "manager": manager, "accountEnabled": True, "employeeId": name,
        }
        for name, department, manager in PEOPLE
    ]  # fmt: skip
    old, new = schema("Sales", "Legal"), schema("Sales")
    for name, value in (("old", old), ("new", new), ("users", users)):
        (tmp_path / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")

    def run(form, engine="reference", sides=("old", "new")):
        files = [str(tmp_path / f"{name}.json") for name in sides]
        words = ["compare", *files, "--users", str(tmp_path / "users.json"), "--format", form,
                 "--engine", engine]  # fmt: skip
        capsys.readouterr()
        assert status(words) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("engine", ["reference", "columns"])
def test_reports_of_a_manager_who_leaves_are_counted(compare, engine):
    pytest.importorskip("duckdb")
    (found,) = json.loads(compare("json", engine))["configurations"]
    assert found["users"]["references"] == [{"attribute": "manager", "users": 3, "referred": 2}]


@pytest.mark.parametrize("engine", ["reference", "columns"])
def test_nobody_is_counted_where_nobody_leaves(compare, engine):
    pytest.importorskip("duckdb")
    (found,) = json.loads(compare("json", engine, ("new", "old")))["configurations"]
    assert found["users"]["references"] == []


def test_reports_say_it_in_words(compare):
    assert f"\nreferences\n  {LINE}\n" in compare("text")
    shown = compare("markdown")
    assert "references to people who leave" in shown
    assert f"- {LINE}" in shown
