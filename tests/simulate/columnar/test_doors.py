"""Files that DuckDB reads give the answers of the record reader, and its words where it cannot."""

import csv
import json

import pytest

from provlint.simulate.columnar.encoding import decode
from provlint.simulate.columnar.staging import users as staging
from provlint.simulate.inputs import json_files
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


def stage(path, tmp_path, names=NAMES, **options):
    """The users through the columns, and whether no record was read."""
    population = Population([str(path)], attributes=names, **options)
    connection = connect("x")
    staged = staging._in_place(connection, population, names)
    if staged is None:
        staged = staging._in_columns(connection, population, names, str(tmp_path), silent)
    direct = staged is not None
    if staged is None:
        staged = staging._by_record(connection, population, names, str(tmp_path), silent)
    columns = ", ".join(staged.columns.values())
    place = "rn" if staged.place_of is not None else "place"
    rows = connection.execute(f"SELECT {place}, {columns} FROM people u ORDER BY rn").fetchall()
    found = [
        (
            dict(zip(names, map(decode, row[1:]), strict=True)),
            staged.place_of(row[0]) if staged.place_of is not None else row[0],
        )
        for row in rows
    ]
    return found, population, direct


def by_record(path, names=NAMES, **options):
    population = Population([str(path)], attributes=names, **options)
    return [
        ({name: user.values.get(name) for name in names}, user.where) for user in population
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
    "a tab before a quote": ('\t"a"', True),
    "blanks before a quote": ('  "a"', True),
    "a blank before three quotes": (' """a"""', False),
    "a quoted word at the end": ('"a, ""b"""', True),
    "a quote within": ('a "b" c', True),
    "a comma in quotes": ('"a, ""b"" c"', True),
    "a blank before an empty quote": (' ""', False),
    "a line break": ('"a\nb"', True),
    "a list as JSON": ('"[""a"", ""b""]"', True),
    "an object as JSON": ('"{""a"": ""b"", ""c"": 1}"', True),
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


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_quote_behind_a_blank_at_the_start_of_a_row(line_break, tmp_path):
    rows = ["objectId,userPrincipalName,department", *(f"u{n},u{n}@x.example,a" for n in range(20))]
    rows[7] = ' "u7",u7@x.example,a'
    path = tmp_path / "users.csv"
    path.write_text(line_break.join(rows) + line_break, encoding="utf-8", newline="")
    found, _, was_direct = stage(path, tmp_path)
    assert found == by_record(path)[0]
    assert was_direct is False


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


GRAPH_COLUMNS = {
    "id": "{0}", "userPrincipalName": "{0}@x.example", "department": "Sales", "mobilePhone": "",
    "accountEnabled": "true", "businessPhones": "[+47 1, +47 2]", "manager": "u1",
    "onPremisesExtensionAttributes": '{{"extensionAttribute1":"x"}}', "employeeOrgData": "",
}  # fmt: skip
SDK_COLUMNS = {
    "AccountEnabled": "True", "BusinessPhones": "System.String[]", "Department": "Microsoft.Sales",
    "Id": "{0}", "Manager": "Microsoft.Graph.PowerShell.Models.MicrosoftGraphDirectoryObject",
    "MobilePhone": "", "UserPrincipalName": "{0}@x.example", "AdditionalProperties": "",
}  # fmt: skip
AZURE_AD_COLUMNS = {
    "ExtensionProperty": "System.Collections.Generic.Dictionary`2[System.String,System.String]",
    "ObjectId": "{0}", "AccountEnabled": "False", "Department": "", "Mobile": "+47 1",
    "UserPrincipalName": "a_{0}#EXT#@x.example",
}  # fmt: skip
HEADERS = {"Graph": GRAPH_COLUMNS, "SDK": SDK_COLUMNS, "AzureAD": AZURE_AD_COLUMNS}


def as_csv(path, rows, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("header", HEADERS)
def test_csv_of_every_naming_is_read_by_duckdb(header, encoding, tmp_path):
    rows = [
        {name: text.format(f"u{number}") for name, text in HEADERS[header].items()}
        for number in range(2100)
    ]
    path = as_csv(tmp_path / "users.csv", rows, encoding)
    found, population, direct = stage(path, tmp_path)
    expected, other = by_record(path)
    assert direct
    assert found == expected
    assert population.told() == other.told()
    assert population.missing == other.missing


def test_an_attribute_that_only_a_late_row_of_export_csv_fills_is_there(tmp_path):
    rows = [
        {"Id": f"u{number}", "UserPrincipalName": "x", "Department": "", "MobilePhone": ""}
        for number in range(2200)
    ]
    rows[2150]["Department"] = "Sales"
    path = as_csv(tmp_path / "users.csv", rows)
    found, population, direct = stage(path, tmp_path)
    assert direct
    assert found == by_record(path)[0]
    assert population.missing == {"mobile", "accountEnabled", "manager"}


@pytest.mark.parametrize(("text", "is_read"), [("System.Object[]", False), ("Microsoft A", True)])
def test_another_name_of_a_type_behind_the_sample(text, is_read, tmp_path):
    rows = [
        {"Id": f"u{number}", "UserPrincipalName": "x", "Department": "Sales"}
        for number in range(2200)
    ]
    rows[2150]["Department"] = text
    path = as_csv(tmp_path / "users.csv", rows)
    found, population, direct = stage(path, tmp_path)
    expected, other = by_record(path)
    assert direct is is_read
    assert found == expected
    assert population.told() == other.told()


def test_columns_that_share_an_attribute_are_left_to_the_record_reader(tmp_path):
    rows = [
        {"Id": "u1", "id": "", "UserPrincipalName": "x", "Department": "System.String[]"},
        {"Id": "", "id": "u2", "UserPrincipalName": "x", "Department": ""},
    ]
    path = as_csv(tmp_path / "users.csv", rows)
    found, _, direct = stage(path, tmp_path)
    assert not direct
    assert found == by_record(path)[0]


def test_extension_attributes_as_text_do_not_hide_those_with_columns_of_their_own(tmp_path):
    row = {
        "id": "u1", "userPrincipalName": "x", "onPremisesExtensionAttributes": "{}",
        "extensionAttribute1": "NO", "extensionAttribute2": "",
    }  # fmt: skip
    path = as_csv(tmp_path / "users.csv", [row, row | {"onPremisesExtensionAttributes": ""}])
    names = ("extensionAttribute1", "extensionAttribute2", "extensionAttribute3")
    population = Population([str(path)], attributes=names)
    assert [user.values.get("extensionAttribute1") for user in population] == ["NO", "NO"]
    assert population.missing == {"extensionAttribute3"}


def pages_of(count, size, **link):
    users = [graph(number) for number in range(count)]
    batches = [users[at : at + size] for at in range(0, count, size)]
    return [{"@odata.context": "x", "value": batch, **link} for batch in batches]


@pytest.mark.parametrize("indent", [None, 1])
def test_many_pages_keep_their_order(indent, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, page in enumerate(pages_of(5000, 99)):
        text = json.dumps(page, indent=indent)
        (folder / f"{number:03}.json").write_text(text, encoding="utf-8")
    found, population, direct = stage(folder, tmp_path)
    expected, other = by_record(folder)
    assert direct
    assert found == expected
    assert population.ledger.pages == other.ledger.pages == 51


@pytest.mark.parametrize("size", [20, 999, 4000])
def test_a_large_file_of_a_page_per_line_is_read_as_it_stands(size, tmp_path, monkeypatch):
    monkeypatch.setattr(json_files, "WHOLE", 1 << 20)
    path = tmp_path / "users.json"
    text = "".join(f"{json.dumps(page)}\n" for page in pages_of(9000, size))
    path.write_text(text, encoding="utf-8")
    found, population, direct = stage(path, tmp_path)
    expected, other = by_record(path)
    assert direct
    assert found == expected
    assert population.ledger.pages == other.ledger.pages
    assert not list(tmp_path.glob("*.jsonl"))


@pytest.mark.parametrize("on_error", ["stop", "skip"])
def test_a_broken_page_among_many(on_error, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, page in enumerate(pages_of(3000, 99)):
        text = json.dumps(page)
        if number == 28:
            text = text.replace('"u2800"', '"u2800",,')
        (folder / f"{number:03}.json").write_text(text, encoding="utf-8")
    if on_error == "stop":
        with pytest.raises(InputError) as caught:
            stage(folder, tmp_path)
        assert caught.value.problem.place == f"{folder}/028.json:1 (/value/28)"
        return
    found, population, direct = stage(folder, tmp_path, on_error="skip")
    assert not direct
    assert found == by_record(folder, on_error="skip")[0]
    assert population.ledger.left_out == 1


def test_a_csv_with_a_row_as_long_as_a_record_may_be(tmp_path):
    rows = [{"objectId": f"u{n}", "userPrincipalName": "x", "department": "d"} for n in range(5)]
    rows[3]["department"] = "long " * 600_000
    path = as_csv(tmp_path / "users.csv", rows)
    found, _, _ = stage(path, tmp_path)
    assert found == by_record(path)[0]


@pytest.mark.parametrize("form", ["page", "list"])
def test_a_document_that_is_cut_tells_its_next_page(form, tmp_path, monkeypatch):
    monkeypatch.setattr(json_files, "WHOLE", 1 << 16)
    users = [graph(number) for number in range(4000)]
    page = {"@odata.context": "x", "value": users, "@odata.nextLink": "https://graph.example/next"}
    path = tmp_path / "users.json"
    path.write_text(json.dumps(page if form == "page" else users), encoding="utf-8")
    found, population, direct = stage(path, tmp_path)
    expected, other = by_record(path)
    assert direct
    assert found == expected
    assert population.told() == other.told()
    assert population.ledger.pages == other.ledger.pages


@pytest.mark.parametrize("form", ["lines", "page", "csv"])
def test_labels_that_are_read_late_stand_by_their_users(form, tmp_path):
    users = [graph(number, displayName=f"name {number % 7}") for number in range(6000)]
    if form == "csv":
        path = as_csv(tmp_path / "users.csv", users)
    else:
        path = write(tmp_path / "users.json", users, form)
    population = Population([str(path)], attributes=NAMES)
    connection = connect("x")
    names = (*NAMES, "displayName")
    staged = staging.stage_users(
        connection, population, names, str(tmp_path), silent, {"displayName"}
    )
    label = staged.columns["displayName"]
    query = f"SELECT {staged.columns['objectId']}, {label} FROM people u ORDER BY rn"
    assert {text for _, text in connection.execute(query).fetchall()} == {None}
    for _ in range(2):
        staged.read_late()
        assert connection.execute(query).fetchall() == [
            (user["id"], user["displayName"]) for user in users
        ]


@pytest.mark.parametrize("department", ["Sales", 7])
def test_duckdb_has_the_memory_of_before_after_the_check(department, tmp_path):
    users = [graph(number) for number in range(2500)]
    users[-1]["department"] = department
    users[-1]["manager"] = {"id": "u1"} if department == 7 else None
    population = Population([str(write(tmp_path / "users.json", users, "page"))], attributes=NAMES)
    connection = connect("x")
    connection.execute("SET memory_limit = '256MiB'")
    limit = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    staging.stage_users(connection, population, NAMES, str(tmp_path), silent)
    assert connection.execute("SELECT current_setting('memory_limit')").fetchone() == limit


def test_a_folder_of_parquet_files_keeps_their_order(tmp_path):
    folder = tmp_path / "users"
    folder.mkdir()
    connection = connect("x")
    number = 0
    for name, more in (("a", "'x' AS city"), ("b", "7 AS department"), ("c", "'x' AS city")):
        rows = 3000 if name == "c" else 2
        query = (
            f"SELECT 'u' || (i + {number}) AS id, 'u' || i || '@x.example' AS userPrincipalName,"
            f" i % 2 = 0 AS accountEnabled, {more} FROM range({rows}) r(i)"
        )
        connection.execute(f"COPY ({query}) TO '{folder}/part-{name}.parquet' (FORMAT parquet)")
        number += rows
    (folder / "_SUCCESS").touch()
    names = [name for name in NAMES if name != "manager"]
    found, _, direct = stage(folder, tmp_path, names)
    expected, _ = by_record(folder, names)
    assert direct
    assert found == expected
    assert [user["objectId"] for user, _ in found] == [f"u{at}" for at in range(number)]
