"""Broken records: what is said, where, and what happens to the others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from provlint.simulate.inputs.population import Population
from provlint.simulate.inputs.problem import FIRST_PLACES, InputError, InputProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import SimpleNamespace as Sample


def problem_of(path: str, **options: object) -> InputProblem:
    with pytest.raises(InputError) as caught:
        list(Population([path], attributes=(), **options).users)  # type: ignore[arg-type]
    problem = caught.value.problem
    return problem._replace(place=problem.place.replace(path, "FILE"))


def read_on(path: str) -> tuple[list[object], Population]:
    population = Population([path], attributes=(), on_error="skip")
    return [user.values.get("objectId") for user in population.users], population


def lines(count: int, broken: dict[int, str]) -> str:
    return "".join(
        broken.get(number, json.dumps({"id": f"{number}", "mobilePhone": "x" * 40})) + "\n"
        for number in range(1, count + 1)
    )


def test_a_bad_line_far_into_a_file(give: Callable[..., str]) -> None:
    path = give(lines(30_000, {21_001: '{"id": "21001", "mail": }'}), "users.jsonl")
    assert problem_of(path) == (
        "bad-json",
        "FILE:21001",
        "the record is not JSON: expecting value at column 25, before `}`",
        "correct the record, or export the file again",
    )
    found, population = read_on(path)
    assert len(found) == 29_999
    assert "21001" not in found
    assert population.ledger.left_out == 1
    assert population.ledger.summary == f"1 record left out: {path}:21001"
    assert population.told()[-1] == population.ledger.summary


def test_everything_left_out_is_counted_and_the_first_are_placed(give: Callable[..., str]) -> None:
    path = give(lines(3000, dict.fromkeys(range(100, 200), "{")), "users.jsonl")
    found, population = read_on(path)
    assert len(found) == 2900
    assert population.ledger.left_out == 100
    assert [each.place for each in population.ledger.first] == [
        f"{path}:{number}" for number in range(100, 100 + FIRST_PLACES)
    ]
    assert population.ledger.summary.startswith("100 records left out: ")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[1, 2]", "a record is `[1, 2]`, expected an object with attributes"),
        ('"x"', 'a record is `"x"`, expected an object with attributes'),
        ("null", "a record is `null`, expected an object with attributes"),
        ('{"id": NaN}', "the record is not JSON: NaN is not JSON"),
        ('{"id": "a"', "the record ends at column 11: expecting ',' delimiter"),
        ('{"id": "a"} {"id": "b"}',
         'the record is not JSON: extra data at column 13, before `{"id": "b"}`'),
        ('{"a":' * 100_000, "the record is nested too deeply"),
    ],
)  # fmt: skip
def test_bad_lines(line: str, message: str, give: Callable[..., str]) -> None:
    path = give(lines(3, {2: line}), "users.jsonl")
    problem = problem_of(path)
    assert problem.place == "FILE:2"
    assert problem.message == message
    assert read_on(path)[0] == ["1", "3"]


def test_a_bad_record_in_a_page(give: Callable[..., str]) -> None:
    people = [{"id": f"{number}", "surname": "x"} for number in range(5)]
    text = json.dumps({"value": people}, indent=1).replace('"id": "3"', '"id": 3x')
    path = give(text)
    problem = problem_of(path)
    assert problem.place == "FILE:16 (/value/3)"
    assert problem.message == (
        "the record is not JSON: expecting ',' delimiter at column 11, before `x,`"
    )
    found, population = read_on(path)
    assert found == ["0", "1", "2", "4"]
    assert population.ledger.left_out == 1


def test_a_record_of_a_page_that_is_no_object(give: Callable[..., str]) -> None:
    path = give('{"value": [{"id": "1"}, null, {"id": "2"}, "x"]}')
    assert problem_of(path).place == "FILE#/value/1"
    found, population = read_on(path)
    assert found == ["1", "2"]
    assert population.ledger.left_out == 2


def test_a_large_page_with_a_bad_record(give: Callable[..., str]) -> None:
    people = [json.dumps({"id": f"{number}", "surname": "x" * 200}) for number in range(6000)]
    people[4711] = people[4711].replace(":", "=", 1)
    path = give('{"value": [' + ",\n".join(people) + "]}")
    assert problem_of(path).place == "FILE:4712 (/value/4711)"
    found, population = read_on(path)
    assert len(found) == 5999
    assert population.ledger.left_out == 1


def test_a_page_that_is_cut_off(give: Callable[..., str]) -> None:
    path = give('{"value": [{"id": "1"}, {"id": "2"}, {"id": "3')
    found, population = read_on(path)
    assert found == ["1", "2"]
    assert [each.code for each in population.ledger.first] == ["bad-json", "lost"]
    assert "rest of the file is left out" in population.ledger.first[1].message


def test_unbalanced_brackets_lose_the_rest_and_say_so(give: Callable[..., str]) -> None:
    path = give('[{"id": "1"}, {"a": {"id": "2"x}, {"id": "3"}, {"id": "4"}]')
    found, population = read_on(path)
    assert found == ["1"]
    assert [each.code for each in population.ledger.first] == ["bad-json", "lost"]


@pytest.mark.parametrize(
    ("row", "message", "advice"),
    [
        ("a,b,c,d", "the row has 4 cells, the header has 3 columns; the last cell is `d`",
         'quote the cell that holds `,`, as in "a,b"'),
        ("a,b", "the row has 2 cells, the header has 3 columns; "
         "`city` and what follows has no cell",
         "complete the row, or export the file again if it was cut off"),
        ('"a"b,c,d', "text stands behind the closing quote of a cell",
         'double a quote inside of a cell: `""`'),
    ],
)  # fmt: skip
def test_bad_rows(row: str, message: str, advice: str, give: Callable[..., str]) -> None:
    path = give(f"objectId,mail,city\n1,a,b\n{row}\n3,c,d\n", "users.csv")
    assert problem_of(path) == (problem_of(path).code, "FILE:3", message, advice)
    found, population = read_on(path)
    assert found == ["1", "3"]
    assert population.ledger.left_out == 1


def test_empty_cells_behind_the_last_column_are_no_mistake(give: Callable[..., str]) -> None:
    path = give("objectId,mail,city\n1,a,b,,\n", "users.csv")
    assert read_on(path)[0] == ["1"]


def test_an_open_quote(give: Callable[..., str]) -> None:
    path = give('objectId,mail\n1,a\n2,"b\n3,c\n', "users.csv")
    problem = problem_of(path)
    assert problem.code == "open-quote"
    assert problem.place == "FILE:3"
    assert read_on(path)[0] == ["1"]


def test_mixed_encodings(give: Callable[..., str]) -> None:
    good, bad = '{"id": "1", "city": "Tromsø"}\n', '{"id": "2", "city": "Tromsø"}\n'
    path = give(good.encode() + bad.encode("windows-1252") + good.encode(), "users.jsonl")
    problem = problem_of(path)
    assert problem.place == "FILE:2"
    assert problem.message == (
        "the byte 0xf8 is not UTF-8; as Windows-1252 it is `ø`, "
        "expected one encoding in the whole file"
    )
    assert read_on(path)[0] == ["1", "1"]
    rows = "objectId,city\n1,Tromsø\n".encode("windows-1252") + "2,Tromsø\n3,Oslo\n".encode()
    path = give(rows, "users.csv")
    problem = problem_of(path)
    assert problem.place == "FILE:3"
    assert problem.message.startswith("the letter `ø` is UTF-8 in a file of Windows-1252")
    assert read_on(path)[0] == ["1", "3"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"\xef\xbb\xbf \n", "empty-file"),
        (b"PK\x03\x04rest of a workbook", "not-text"),
        (b"\x1f\x8b\x08\x00 packed", "not-text"),
        (b"hello world\n", "not-csv"),
        (b"objectId,mail,mail\n", "bad-header"),
        (b'{"value": [{"principalId": "1", "appRoleId": "2"}]}', "not-users"),
        (b'{"synchronizationRules": []}', "not-users"),
        (b"PAR1 and nothing more", "bad-parquet"),
    ],
)
def test_files_that_hold_no_users(content: bytes, code: str, give: Callable[..., str]) -> None:
    if code == "bad-parquet":
        pytest.importorskip("duckdb")
    assert problem_of(give(content, "data")).code == code


def test_a_missing_file_names_its_neighbour(sample: Sample) -> None:
    problem = problem_of(str(sample.examples / "user.jsonl"))
    assert problem.code == "no-such-file"
    assert problem.help.startswith("did you mean")


def test_duplicates(give: Callable[..., str]) -> None:
    path = give(lines(500, {400: '{"id": "7"}', 450: '{"id": "7"}', 490: '{"id": "8"}'}), "u")
    assert Population([path], attributes=()).duplicates() == [
        ("7", (f"{path}:7", f"{path}:400", f"{path}:450")),
        ("8", (f"{path}:8", f"{path}:490")),
    ]
    assert Population([give(lines(50, {}), "v")], attributes=()).duplicates() == []


def test_missing_is_not_empty(give: Callable[..., str]) -> None:
    text = '{"id":"1","department":null,"onPremisesExtensionAttributes":null}\n{"id":"2"}\n'
    wanted = {"department", "extensionAttribute7", "mobile", "employeeid", "manager", "mail"}
    population = Population([give(text, "users.jsonl")], attributes=wanted)
    first, second = population.users
    assert first.missing == second.missing == {"mobile", "employeeid", "manager", "mail"}
    assert first.values["department"] is None
    assert first.values["extensionAttribute7"] is None
    assert population.told()[1] == (
        "not in your export (graph): `employeeid`, `mail`, `manager` and `mobile`"
    )
    assert population.hints() == [
        "`employeeid`: add `employeeid` to `$select`",
        "`mail`: add `mail` to `$select`",
        "`manager`: export with `$expand=manager($select=id)`",
        "`mobile`: add `mobilePhone` to `$select`",
    ]


def test_a_column_that_only_a_late_record_has_is_there(give: Callable[..., str]) -> None:
    text = lines(4000, {3999: '{"id": "3999", "jobTitle": "Adviser"}'})
    population = Population([give(text, "users.jsonl")], attributes={"jobTitle", "city"})
    assert population.missing == {"city"}


def test_an_export_that_names_a_next_page_is_told(give: Callable[..., str]) -> None:
    page = {"value": [{"id": "1"}], "@odata.nextLink": "https://graph.microsoft.com/next"}
    population = Population([give(json.dumps(page))], attributes=())
    assert len(list(population.users)) == 1
    assert "not complete" in population.told()[-1]
    last = json.dumps(page) + json.dumps({"value": [{"id": "2"}]})
    population = Population([give(last)], attributes=())
    assert len(list(population.users)) == 2
    assert len(population.told()) == 1


def test_an_attribute_that_only_the_record_behind_the_sample_has(give: Callable[..., str]) -> None:
    records = [{"id": f"u{number}", "userPrincipalName": "x"} for number in range(2002)]
    records[2000]["department"] = "Sales"
    path = give("".join(json.dumps(record) + "\n" for record in records), "users.jsonl")
    population = Population([path], attributes=["department", "mail"])
    assert population.missing == {"mail"}


def test_an_object_id_that_is_a_list_is_no_crash(give: Callable[..., str]) -> None:
    path = give('{"id":["a"],"userPrincipalName":"x"}\n' * 2, "users.jsonl")
    assert [found.identity for found in Population([path]).duplicates()] == ["['a']"]
