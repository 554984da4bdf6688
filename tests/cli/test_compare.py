"""`provlint compare` as people use it: verdict, users, thresholds, formats, unusable input."""

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from provlint.cli import status
from provlint.report.comparison.generate import TARGET, content

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
OLD = str(EXAMPLES / "changes" / "old.json")
NEW = str(EXAMPLES / "changes" / "new.json")
USERS = str(EXAMPLES / "users" / "users.json")
PEOPLE = ("--users", USERS, "--now", "2026-11-22")
GIVEN = (
    *PEOPLE,
    *("--target", str(EXAMPLES / "users" / "target-users.json")),
    *("--assignments", str(EXAMPLES / "users" / "assignments.json")),
    *("--groups", str(EXAMPLES / "users" / "groups.json")),
)


@pytest.fixture
def compare(capsys):
    def run(*words):
        code = status(["compare", *words])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def test_the_verdict_is_the_first_line(compare):
    code, output, _ = compare(OLD, NEW)
    assert code == 0
    first, second, third, *_ = output.splitlines()
    assert first == "People would leave scope and be disabled"
    assert second == f"--> {NEW}"
    assert third == "help: add --users FILE to count the people"


def test_people_are_counted_in_the_first_line(compare):
    code, output, _ = compare(OLD, NEW, *PEOPLE)
    assert code == 0
    assert output.splitlines()[0] == "13 people would be disabled (93 % of the 14 in scope now)"
    assert "\x1b" not in output
    assert "help: add --users" not in output


def test_the_first_line_is_red(compare):
    _, output, _ = compare(OLD, NEW, *PEOPLE, "--color", "always")
    first = output.splitlines()[0]
    assert first == "\x1b[1;31m13 people would be disabled (93 % of the 14 in scope now)\x1b[0m"
    _, output, _ = compare(OLD, OLD, "--color", "always")
    assert output.startswith("\x1b[32mNothing changes for anybody")


def test_nobody_is_named_unless_asked(compare):
    _, output, _ = compare(OLD, NEW, *PEOPLE)
    assert "astrid.solheim" not in output
    _, output, _ = compare(OLD, NEW, *PEOPLE, "--show", "leaving", "--limit", "3")
    rows = output.split("rows: leaving\n")[1].splitlines()
    assert len(rows) == 4
    assert rows[0].split()[:3] == ["astrid.solheim@fjordbank.example", "leaving", "disable"]
    assert rows[0].endswith("and 1 more group fails [deactivated]")
    assert rows[3].startswith("  … more")


def test_layout_is_silent(compare):
    code, output, _ = compare(OLD, str(EXAMPLES / "clean" / "scim-outbound" / "schema.json"))
    assert code == 0
    assert output.startswith("Nothing changes for anybody: only layout, order or spelling differ\n")


SHAPES = EXAMPLES / "clean" / "shapes"


@pytest.mark.parametrize(
    "name",
    ["schema.yaml", "schema-utf16.json", "sdk-output.json", "templates.json", "job.json",
     "object-mapping.json"],
)  # fmt: skip
def test_every_shape_is_the_same_configuration(compare, name):
    code, output, _ = compare(str(SHAPES / "schema.json"), str(SHAPES / name))
    assert code == 0
    assert output.startswith("Nothing changes for anybody")


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("leaving > 12", 1),
        ("leaving > 13", 0),
        ("disabled >= 93%", 0),
        ("disabled > 92%", 1),
        ("dangers > 0", 1),
        ("values changed = 1", 1),
        ("new-failures > 0", 0),
    ],
)
def test_thresholds(compare, condition, code):
    found, output, _ = compare(OLD, NEW, *PEOPLE, "--fail-if", condition)
    assert found == code
    assert f"  {condition}: " in output
    assert output.rstrip().endswith("not exceeded") is not bool(code)


def test_thresholds_without_users(compare):
    assert compare(OLD, NEW, "--fail-if", "dangers > 0")[0] == 1
    assert compare(OLD, NEW, "--fail-if", "changes > 2")[0] == 0
    code, _, error = compare(OLD, NEW, "--fail-if", "leaving > 0")
    assert code == 2
    assert "`leaving` cannot be counted without users" in error
    code, _, error = compare(OLD, NEW, *PEOPLE, "--fail-if", "leavers > 0")
    assert code == 2
    assert "no counter is called `leavers`" in error


def test_json_is_as_published(compare):
    code, output, _ = compare(OLD, NEW, *GIVEN, "--format", "json", "--show", "all")
    assert code == 0
    value = json.loads(output)
    Draft202012Validator(json.loads(TARGET.read_text("utf-8"))).validate(value)
    (found,) = value["configurations"]
    assert value["weight"] == "danger"
    assert found["verdict"][0]["text"] == "6 people would be disabled (67 % of the 9 in scope now)"
    assert [change["kind"] for change in found["changes"]] == ["filter-narrower", "mapping-changed"]
    users = found["users"]
    assert users["counters"]["users"] == len(users["rows"]) == 20
    assert users["counters"]["leaving"] == sum(each["users"] for each in users["leaving"]) == 9
    assert users["managed_by"] == "target"


def test_the_schema_is_up_to_date():
    assert TARGET.read_text("utf-8") == content()


def test_counters_are_those_that_are_published():
    from provlint.cli import compare as command
    from provlint.compare.users.summary import COUNTERS, SHOWN
    from provlint.report.comparison.published import Counters

    assert list(Counters.model_fields) == [*COUNTERS, "left_out"]
    assert tuple(SHOWN) == command.SHOWN


def test_counters_on_the_page_are_there():
    import re

    from provlint.cli.compare_run import OF_CHANGES
    from provlint.compare.users.summary import COUNTERS

    page = (ROOT / "docs" / "compare.md").read_text("utf-8")
    rows = page.split("| counter | what it counts |")[1].split("\n\n")[0]
    named = [
        name for row in rows.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])
    ]
    assert named
    assert set(named) <= {*COUNTERS, *OF_CHANGES}


def test_kinds_and_words_are_complete():
    from provlint.compare.users.summary import COUNTERS
    from provlint.compare.users.verdict import MARKS, MOVEMENTS
    from provlint.report.comparison import published, words

    assert set(words.COUNTER_WORDS) <= {*COUNTERS, "left_out"}
    assert set(published.Mark.__args__) == set(MARKS)
    assert set(published.Movement.__args__) == set(MOVEMENTS)


def test_csv_holds_users(compare):
    code, output, _ = compare(OLD, NEW, *PEOPLE, "--format", "csv", "--show", "leaving")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(output)))
    assert len(rows) == 13
    assert rows[0]["movement"] == "leaving"
    assert rows[0]["action"] == "disable"
    assert rows[0]["marks"] == "deactivated"
    assert rows[0]["configuration"] == NEW
    code, _, error = compare(OLD, NEW, "--format", "csv")
    assert code == 2
    assert "there are no users to show" in error


def test_parquet_holds_users(compare, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "rows.parquet"
    code, _, _ = compare(OLD, NEW, *PEOPLE, "--format", "parquet", "--output", str(path))
    assert code == 0
    rows = duckdb.sql(
        f"SELECT movement, count(*) FROM '{path}' GROUP BY 1 ORDER BY 2 DESC"
    ).fetchall()
    assert rows == [("leaving", 13), ("outside", 6), ("staying", 1)]
    assert compare(OLD, NEW, *PEOPLE, "--format", "parquet")[0] == 2


def test_markdown_goes_to_a_file(compare, tmp_path):
    path = tmp_path / "comment.md"
    code, output, _ = compare(OLD, NEW, *PEOPLE, "--format", "markdown", "--output", str(path))
    assert (code, output) == (0, "")
    text = path.read_text("utf-8")
    assert text.startswith("<!-- provlint compare -->\n### ")
    assert "13 people would be disabled" in text.splitlines()[1]
    assert "`astrid.solheim@fjordbank.example`" in text
    assert sorted(tmp_path.iterdir()) == [path]


def test_no_examples_means_none(compare):
    for form in ("text", "markdown", "json"):
        _, output, _ = compare(OLD, NEW, *PEOPLE, "--format", form, "--no-examples")
        assert "@fjordbank" not in output
        assert "CARD SERVICES" not in output
        assert "disabled" in output


def test_no_examples_and_names_exclude_each_other(compare):
    for words in (("--show", "all"), ("--explain", "bjorn"), ("--format", "csv")):
        code, _, error = compare(OLD, NEW, *PEOPLE, "--no-examples", *words)
        assert code == 2
        assert "--no-examples" in error


def test_one_user(compare):
    code, output, _ = compare(OLD, NEW, *PEOPLE, "--explain", "bjorn.odegard@fjordbank.example")
    assert code == 0
    head = output.splitlines()
    assert head[0] == "Bjørn Ødegård would leave scope and would be disabled"
    assert head[1].endswith("new.json")
    assert "BEFORE" in head
    assert "AFTER" in head
    code, _, error = compare(OLD, NEW, *PEOPLE, "--explain", "nobody")
    assert code == 2
    assert "none of 20 users is `nobody`" in error


def test_secrets_before_and_after(compare, tmp_path):
    for name, value in (("before", "True"), ("after", "False")):
        (tmp_path / name).write_text(json.dumps({"value": [{"key": "SyncAll", "value": value}]}))
    secrets = ("--old-secrets", str(tmp_path / "before"), "--secrets", str(tmp_path / "after"))
    _, output, _ = compare(OLD, OLD, *secrets)
    assert output.startswith("People would come into scope or leave it\n")
    assert "no effect until provisioning is restarted" in output
    _, output, _ = compare(OLD, OLD, *secrets, *GIVEN)
    assert output.startswith("5 people would leave scope who have no account yet\n")


def test_folders_are_paired_by_path(compare, tmp_path):
    for side, source in (("old", OLD), ("new", NEW)):
        (tmp_path / side / "crm").mkdir(parents=True)
        (tmp_path / side / "crm" / "schema.json").write_bytes(Path(source).read_bytes())
        (tmp_path / side / "same.json").write_bytes(Path(OLD).read_bytes())
    (tmp_path / "new" / "more.json").write_bytes((SHAPES / "schema.json").read_bytes())
    (tmp_path / "new" / "package.json").write_text('{"name": "x"}')
    code, output, _ = compare(str(tmp_path / "old"), str(tmp_path / "new"))
    assert code == 0
    assert [line for line in output.splitlines() if line.startswith("-->")] == [
        "--> crm/schema.json",
        "--> more.json",
    ]
    assert "The file is new: nothing to compare it with" in output


def test_nothing_to_compare(compare, tmp_path):
    code, output, error = compare(str(tmp_path), str(tmp_path))
    assert (code, output) == (3, "")
    assert error.startswith("no provisioning configuration differs between")


def test_several_configurations_and_inputs_of_one(compare, tmp_path):
    for side, source in (("old", OLD), ("new", NEW)):
        (tmp_path / side).mkdir()
        for name in ("a.json", "b.json"):
            (tmp_path / side / name).write_bytes(Path(source).read_bytes())
    folders = (str(tmp_path / "old"), str(tmp_path / "new"))
    code, output, _ = compare(*folders, *PEOPLE, "--fail-if", "leaving > 25")
    assert code == 1
    assert output.count("13 people would be disabled") == 2
    code, _, error = compare(*folders, *GIVEN)
    assert code == 2
    assert (
        "2 configurations changed, and `--target`, `--assignments` and `--groups` belong" in error
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((OLD,), "is one file or folder, and two are compared"),
        ((OLD, NEW, NEW), "two files or two folders are compared, not 3"),
        ((), "two files or two folders are compared, not 0"),
        ((OLD, str(EXAMPLES)), "is a folder and"),
        ((OLD, "nowhere.json"), "`nowhere.json` does not exist"),
        (("-", "-"), "standard input is one text"),
        ((OLD, USERS), "holds no provisioning configuration"),
        ((OLD, str(SHAPES / "jobs.json")), "holds a job without its schema"),
        ((OLD, NEW, "--users", "nowhere.json"), "nowhere.json"),
        ((OLD, NEW, *PEOPLE, "--rule", "nope"), "no synchronization rule is called `nope`"),
    ],
)
def test_unusable_input(compare, words, message):
    code, output, error = compare(*words)
    assert (code, output) == (2, "")
    assert message in error
    assert "Traceback" not in error


def test_damaged_files(compare, tmp_path):
    path = tmp_path / "new.json"
    text = Path(NEW).read_text("utf-8")
    path.write_text(text[: len(text) // 2], "utf-8")
    code, _, error = compare(OLD, str(path))
    assert code == 2
    assert f"{path}:" in error
    path.write_text("// exported today\n" + text, "utf-8")
    assert compare(OLD, str(path))[0] == 0


def test_credentials_are_never_shown(compare, tmp_path):
    for name, token in (("before", "canary-before-0123456789"), ("after", "")):
        rows = [
            {"key": "SecretToken", "value": token},
            {
                "key": "BaseAddress",
                "value": f"https://{name}.example?token=canary-address-0123456789",
            },
        ]
        (tmp_path / name).write_text(json.dumps({"value": rows}))
    secrets = ("--old-secrets", str(tmp_path / "before"), "--secrets", str(tmp_path / "after"))
    for form in ("text", "markdown", "json"):
        _, output, _ = compare(OLD, OLD, *secrets, "--format", form)
        assert "canary" not in output
        assert "a credential is not stored any more" in output
