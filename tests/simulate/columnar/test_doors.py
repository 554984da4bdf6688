"""Files that DuckDB reads give the answers of the record reader, and its words where it cannot."""

import json

import pytest

from provlint.simulate.columnar.encoding import decode
from provlint.simulate.columnar.staging import users as staging
from provlint.simulate.inputs.parquet_records import connect
from provlint.simulate.inputs.population import Population
from provlint.simulate.inputs.problem import InputError

pytest.importorskip("duckdb")
pytest.importorskip("msgspec")

NAMES = ("objectId", "userPrincipalName", "department", "mobile", "accountEnabled", "manager")


def graph(number, **more):
    return {
        "id": f"u{number}", "userPrincipalName": f"u{number}@x.example", "department": "Sales",
        "mobilePhone": None, "accountEnabled": True, **more,
    }  # fmt: skip


def silent(*_):
    return None


def stage(path, tmp_path, monkeypatch=None, **options):
    """The users through the columns, and whether no record was read."""
    population = Population([str(path)], attributes=NAMES, **options)
    connection = connect("x")
    staged = staging._in_columns(connection, population, NAMES, str(tmp_path), silent)
    direct = staged is not None
    if staged is None:
        staged = staging._by_record(connection, population, NAMES, str(tmp_path), silent)
    columns = ", ".join(staged.columns.values())
    place = "rn" if staged.place_of is not None else "place"
    rows = connection.execute(f"SELECT {place}, {columns} FROM people u ORDER BY rn").fetchall()
    found = [
        (
            dict(zip(NAMES, map(decode, row[1:]), strict=True)),
            staged.place_of(row[0]) if staged.place_of is not None else row[0],
        )
        for row in rows
    ]
    return found, population, direct


def by_record(path, **options):
    population = Population([str(path)], attributes=NAMES, **options)
    return [
        ({name: user.values.get(name) for name in NAMES}, user.where) for user in population
    ], population


def write(path, records, form):
    if form == "lines":
        text = "".join(json.dumps(each) + "\n" for each in records)
    elif form == "list":
        text = json.dumps(records)
    else:
        text = json.dumps({"@odata.context": "x", "value": records}, indent=1)
    path.write_text(text, encoding="utf-8")
    return path


SURPRISES = {
    "a member that turns up": {"extra": [1, {"a": None}]},
    "a number": {"department": 7},
    "a Boolean as a text": {"accountEnabled": "True"},
    "a list": {"department": ["a", 1]},
    "an object": {"department": {"name": "x"}},
    "an attribute that turns up": {"manager": {"id": "u1"}},
    "another naming": {"objectId": "o"},
    "a sink of data": {"mobilePhone": "x" * 100_000},
}


@pytest.mark.parametrize("form", ["lines", "list", "page"])
@pytest.mark.parametrize("surprise", SURPRISES)
def test_records_that_differ_behind_the_sample(surprise, form, tmp_path):
    records = [graph(number) for number in range(2500)]
    records[2400] |= SURPRISES[surprise]
    path = write(tmp_path / "users.json", records, form)
    found, population, _ = stage(path, tmp_path)
    expected, other = by_record(path)
    assert found == expected
    assert population.told() == other.told()
    assert population.missing == other.missing


def test_plain_records_are_read_by_duckdb(tmp_path):
    for form in ("lines", "list", "page"):
        path = write(tmp_path / "users.json", [graph(n) for n in range(50)], form)
        assert stage(path, tmp_path)[2], form


BROKEN = {
    "cut off": '{"id": "u9", "userPrincipalName": "x"',
    "no value": '{"id": "u9", "userPrincipalName": "x", "mail": }',
    "comma at the end": '{"id": "u9", "userPrincipalName": "x",}',
    "not a number": '{"id": "u9", "userPrincipalName": "x", "age": NaN}',
    "nothing": "null",
    "two in a line": '{"id": "u9", "userPrincipalName": "x"} {"id": "u10"}',
    "half a pair": '{"id": "u9", "userPrincipalName": "\\ud800"',
    "other bytes": b'{"id": "u9", "userPrincipalName": "x", "department": "K\xf8ge"}',
    "a form feed": '\x0c{"id": "u9", "userPrincipalName": "x"}',
    "a group": '{"id": "g", "displayName": "x", "groupTypes": [], "securityEnabled": true}',
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_lines_are_told_with_their_place(name, tmp_path):
    lines = [json.dumps(graph(number, city="Tromsø"), ensure_ascii=False).encode()
             for number in range(3000)]  # fmt: skip
    broken = BROKEN[name]
    lines[2100] = broken if isinstance(broken, bytes) else broken.encode()
    path = tmp_path / "users.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    with pytest.raises(InputError) as caught:
        stage(path, tmp_path)
    assert caught.value.problem.place == f"{path}:2101"
    found, population, _ = stage(path, tmp_path, on_error="skip")
    expected, other = by_record(path, on_error="skip")
    assert found == expected
    assert population.ledger.left_out == other.ledger.left_out == 1


CELLS = {
    "a blank before a quote": (' "a"', False),
    "a tab before a quote": ('\t"a"', False),
    "blanks before a quote": ('  "a"', False),
    "a quote within": ('a "b" c', True),
    "a comma in quotes": ('"a, ""b"" c"', True),
    "a blank before an empty quote": (' ""', False),
    "a line break": ('"a\nb"', True),
    "a single quote": ("'a'", True),
    "a hash": ("#a", True),
}


@pytest.mark.parametrize("name", CELLS)
def test_cells_that_readers_split_otherwise(name, tmp_path):
    cell, direct = CELLS[name]
    rows = ["objectId,userPrincipalName,department,mobile"]
    rows += [f"u{n},u{n}@x.example,{cell if n == 7 else 'Sales'},1" for n in range(20)]
    path = tmp_path / "users.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    found, _, was_direct = stage(path, tmp_path)
    assert found == by_record(path)[0]
    assert was_direct is direct


@pytest.mark.parametrize("row", ['u,"a" ,b,c', "u,a,b,c,d", "u,a", 'u,"a', 'u,"a"b,c,d'])
def test_broken_rows_are_told_with_their_place(row, tmp_path):
    rows = ["objectId,userPrincipalName,department,mobile"]
    rows += [f"u{n},u{n}@x.example,Sales,1" for n in range(900)]
    rows[700] = row
    path = tmp_path / "users.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        stage(path, tmp_path)
    assert caught.value.problem.place == f"{path}:701"
    found, population, _ = stage(path, tmp_path, on_error="skip")
    assert found == by_record(path, on_error="skip")[0]
    assert population.ledger.left_out == 1


def test_a_next_page_is_told(tmp_path):
    path = tmp_path / "users.json"
    page = {"value": [graph(1)], "@odata.nextLink": "https://graph.example/next"}
    path.write_text(json.dumps(page), encoding="utf-8")
    _, population, direct = stage(path, tmp_path)
    assert direct
    assert "the export is not complete" in population.told()[-1]
