"""The view of DuckDB holds what the record reader yields."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from provlint.simulate.inputs.population import Population
from provlint.simulate.inputs.problem import InputError

duckdb = pytest.importorskip("duckdb")

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import SimpleNamespace as Sample

    from provlint.simulate.inputs.relation import Relation

NAMES = (
    "objectId", "userPrincipalName", "originalUserPrincipalName", "department", "manager",
    "telephoneNumber", "mobile", "accountEnabled", "extensionAttribute1", "extensionAttribute5",
    "otherMails", "employeeHireDate", "employeeOrgData.costCenter", "extension_1_badge", "state",
)  # fmt: skip


def through_relation(
    population: Population, names: tuple[str, ...] = NAMES
) -> tuple[list[dict[str, Any]], Relation]:
    from provlint.simulate.inputs.relation import as_relation

    connection = duckdb.connect()
    relation = as_relation(connection, population, names)
    cursor = connection.execute(f"SELECT * FROM {relation.view}")
    attributes = list(relation.columns)
    rows = []
    for row in cursor.fetchall():
        values = dict(zip(attributes, row, strict=True))
        for name, kind in relation.kinds.items():
            if kind == "json" and values[name] is not None:
                values[name] = json.loads(values[name])
        rows.append(values)
    return rows, relation


def through_records(population: Population, names: tuple[str, ...] = NAMES) -> list[dict[str, Any]]:
    return [{name: user.values.get(name) for name in names} for user in population.users]


def same(population: Population, names: tuple[str, ...] = NAMES) -> Relation:
    rows, relation = through_relation(population, names)
    assert rows == through_records(population, names)
    return relation


DIRECT = {
    "page", "page on one line", "page with the list first", "list", "lines", "lines, escaped",
    "lines without the last break", "lines with blank ones, CRLF", "provisioning names", "CSV",
    "CSV, semicolons, CRLF", "CSV, tabs", "CSV, all quoted", "CSV with mark", "a page per line",
    "pages behind each other",
}  # fmt: skip


def test_every_format_has_the_same_rows(
    format_name: str, sample: Sample, give: Callable[..., str]
) -> None:
    population = Population([give(sample.formats[format_name](), "data")])
    relation = same(population)
    assert relation.direct == (format_name in DIRECT)
    assert relation.kinds["accountEnabled"] in ("boolean", "json")
    assert relation.kinds["department"] == "text"


def odd_user(rng: random.Random, number: int) -> dict[str, Any]:
    """A user of Microsoft Graph with values that are hard on a reader."""
    texts = (
        None, "", " ", "a", "Åse", "ß", "😀", 'quo"te', "back\\slash", "line\nbreak", "null",
        "true", "[1]", "{}", "1", "001", "x" * 3000, "\t", "é", "e\u0301", "\u2028", "'",
    )  # fmt: skip
    user: dict[str, Any] = {
        "id": f"id-{number}",
        "userPrincipalName": rng.choice((f"u{number}@x.example", f"a_b_{number}#EXT#@t.example")),
        "department": rng.choice(texts),
        "accountEnabled": rng.choice((True, False)),
        "businessPhones": rng.choice(([], ["1"], ["+47 1", "2"])),
        "mobilePhone": rng.choice(texts),
        "otherMails": rng.choice(([], ["a@x"], ["a@x", 'b"@x'])),
        "onPremisesExtensionAttributes": rng.choice(
            (None, {"extensionAttribute1": rng.choice(texts), "extensionAttribute5": None})
        ),
        "extension_1_badge": rng.choice(texts),
        "employeeOrgData": rng.choice((None, {"costCenter": rng.choice(texts), "division": "d"})),
    }
    if rng.random() < 0.5:
        user["manager"] = rng.choice((None, {"id": "m-1"}, {"id": None}))
    keys = list(user)
    rng.shuffle(keys)
    return {key: user[key] for key in keys if key == "id" or rng.random() < 0.95}


@pytest.mark.parametrize("seed", range(8))
def test_odd_values_are_the_same_through_both_doors(seed: int, give: Callable[..., str]) -> None:
    rng = random.Random(seed)
    users = [odd_user(rng, number) for number in range(60)]
    lines = "".join(json.dumps(user, ensure_ascii=rng.random() < 0.5) + "\n" for user in users)
    assert same(Population([give(lines, "users.jsonl")])).direct
    assert same(Population([give(json.dumps({"value": users}), "users.json")])).direct


@pytest.mark.parametrize("odd", [5, 1.5, True, ["a", 1], {"a": 1}, [], [{"a": "b"}], 10**30])
def test_values_of_other_kinds_stay_exact(odd: Any, give: Callable[..., str]) -> None:
    users = [
        {"id": "1", "extension_1_badge": "text"},
        {"id": "2", "extension_1_badge": None},
        {"id": "3", "extension_1_badge": odd},
    ]
    lines = "".join(json.dumps(user) + "\n" for user in users)
    same(Population([give(lines, "users.jsonl")]))


def test_csv_with_odd_cells(sample: Sample, give: Callable[..., str]) -> None:
    rows = [
        {"userPrincipalName": "a@x", "department": 'say "hi", all', "accountEnabled": "TRUE"},
        {"userPrincipalName": "b_x#EXT#@t", "department": "two\nlines", "accountEnabled": ""},
        {"userPrincipalName": "", "department": " null ", "accountEnabled": "maybe"},
    ]
    names = ("userPrincipalName", "originalUserPrincipalName", "department", "accountEnabled")
    for delimiter in ",;\t":
        path = give(sample.as_csv(rows, delimiter), "users.csv")
        assert same(Population([path]), names).direct


def test_parquet(sample: Sample, give: Callable[..., str], tmp_path: Path) -> None:
    lines = give("".join(sample.compact(user) + "\n" for user in sample.people), "users.jsonl")
    path = str(tmp_path / "users.parquet")
    duckdb.sql(f"COPY (SELECT * FROM read_json('{lines}')) TO '{path}' (FORMAT parquet)")
    assert same(Population([path])).direct


def test_names_that_differ_by_letter_case(give: Callable[..., str]) -> None:
    lines = '{"id":"1","Level":"a","level":"b"}\n{"id":"2"}\n'
    relation = same(Population([give(lines, "users.jsonl")]), ("objectId", "Level", "level"))
    assert dict(relation.columns) == {"objectId": "objectId", "Level": "Level", "level": "level 2"}


BROKEN = {
    "json": '{"id":"1"}\n{"id":"2"\n{"id":"3"}\n',
    "no object": '{"id":"1"}\n[1]\n{"id":"3"}\n',
    "half a pair": '{"id":"1"}\n{"id":"\\ud800\n{"id":"3"}\n',
    "bytes": b'{"id":"\xc3\xa6"}\n{"id":"\xe6"}\n{"id":"3"}\n',
    "cells": "userPrincipalName,mail\na,b\nc,d,e\nf,g\n",
    "list": '{"value":[{"id":"1"},{"id":},{"id":"3"}]}',
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_records_are_told_or_counted(name: str, give: Callable[..., str]) -> None:
    path = give(BROKEN[name], "users")
    names = ("objectId", "userPrincipalName")
    with pytest.raises(InputError) as caught:
        through_relation(Population([path]), names)
    with pytest.raises(InputError) as expected:
        through_records(Population([path]), names)
    assert caught.value.problem == expected.value.problem
    skipping = Population([path], on_error="skip")
    rows, relation = through_relation(skipping, names)
    assert len(rows) == 2
    assert relation.ledger.left_out == 1
    assert rows == through_records(skipping, names)


def test_target_users(sample: Sample) -> None:
    from provlint.simulate.inputs.relation import targets_as_relation
    from provlint.simulate.inputs.targets import TargetFiles

    targets = TargetFiles([str(sample.examples / "target-users.json")])
    names = ["userName", "active", "name.familyName", 'emails[type eq "work"].value', "title"]
    connection = duckdb.connect()
    relation = targets_as_relation(connection, targets, names)
    rows = connection.execute(f"SELECT * FROM {relation.view}").fetchall()
    assert rows == [(user.id, *(user.value(name) for name in names)) for user in targets]
    assert relation.kinds["active"] == "boolean"
