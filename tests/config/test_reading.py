"""Configuration files: where they are found, and what is said of a faulty one."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from provlint.config.find import ConfigurationError, find, read
from provlint.config.generate import TARGET, configuration_schema, content
from provlint.config.places import line_of
from provlint.config.settings import Application, Settings, Suppression

ROOT = Path(__file__).parent.parent.parent

EVERYTHING = """\
profile = "strict"
select = ["PL3", "matching"]
extend-select = ["PL001"]
ignore = ["time-dependent"]
fail-on = "error"
dialect = "cloud-sync"
baseline = "provlint-baseline.json"
rules = ["policies/*.yaml"]
plugins = ["contoso"]
exclude = ["archive", "old/*.json"]
unsuppressible = ["PL310"]
cache = false

[facts]
verified-domains = ["contoso.com"]
most-deletions = 500

[severity]
PL337 = "note"
unknown-key = "error"

[[application]]
files = "apps/box/*.json"
name = "Box"

[[suppress]]
rule = "unknown-target-attribute"
reason = "the attribute is added by the service"
files = "apps/box/*.json"
application = "Box"
mapping = "Provision users"
target = "custom*"
filter-group = "Sales"
expires = 2027-06-30
"""


@pytest.fixture
def write(tmp_path):
    def to(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return to


def fault(path):
    with pytest.raises(ConfigurationError) as caught:
        read(path)
    return caught.value


def test_every_key_is_read(write):
    settings = read(write("provlint.toml", EVERYTHING)).settings
    told = settings.model_dump(by_alias=True, mode="json")
    expected = tomllib.loads(EVERYTHING)
    expected["suppress"][0]["expires"] = "2027-06-30"
    assert told == expected
    assert set(told) == {field.alias for field in Settings.model_fields.values()}
    assert set(told["suppress"][0]) == {field.alias for field in Suppression.model_fields.values()}
    assert set(told["application"][0]) == {
        field.alias for field in Application.model_fields.values()
    }


def test_an_empty_file_changes_nothing(write):
    assert read(write("provlint.toml", "")).settings == Settings()


def test_the_nearest_file_wins(write, tmp_path):
    write("provlint.toml", 'profile = "strict"')
    write("a/pyproject.toml", "[tool.provlint]\nfail-on = 'note'\n")
    write("a/b/pyproject.toml", "[tool.other]\nx = 1\n# provlint\n")
    write("a/b/c/file.json", "{}")
    assert find(str(tmp_path / "a/b/c")).path == str(tmp_path / "a/pyproject.toml")
    assert find(str(tmp_path / "a/b/c")).settings.fail_on == "note"
    assert find(str(tmp_path)).path == str(tmp_path / "provlint.toml")
    write("a/provlint.toml", "")
    assert find(str(tmp_path / "a")).path == str(tmp_path / "a/provlint.toml")


@pytest.mark.parametrize(
    "text",
    [
        "[tool.provlint-extra]\nx = 1\n",
        "[project]\nname = 'provlint'\n",
        "tool = 1\n# provlint\n",
        "[tool]\nother = 'provlint'\n",
    ],
)
def test_a_pyproject_without_the_table_is_passed_over(write, tmp_path, text):
    write("provlint.toml", 'profile = "strict"')
    path = write("a/pyproject.toml", text)
    assert find(str(tmp_path / "a")).path == str(tmp_path / "provlint.toml")
    assert fault(path).message == "the file has no `[tool.provlint]` table"


def test_an_inline_table_of_a_pyproject_is_found(write, tmp_path):
    write("pyproject.toml", "[tool]\nprovlint = {profile = 'strict'}\n")
    assert find(str(tmp_path)).settings.profile == "strict"


@pytest.mark.parametrize(
    ("text", "line", "message", "help_line"),
    [
        ('\nprofil = "strict"\n', 2, "unknown key `profil`", "did you mean `profile`?"),
        ("fail_on = 'error'\n", 1, "unknown key `fail_on`", "did you mean `fail-on`?"),
        ("zebra = 1\n", 1, "unknown key `zebra`", "known keys are `application`, `baseline`,"),
        ("profile = 'strickt'\n", 1, "`profile` is `strickt`; expected `default` or `strict`",
         "did you mean `strict`?"),
        ("fail-on = true\n", 1,
         "`fail-on` is `true`; expected `error`, `warning`, `note` or `never`",
         "exit with status 1 from this severity on"),
        ("# x\nselect = 'PL3'\n", 2,
         '`select` is `PL3`; expected an array, such as `["a", "b"]`',
         "run only these rules"),
        ("select = [\n  'PL3',\n  7,\n]\n", 1, "`select` is `7`; expected a text in quotation",
         "run only these rules"),
        ("select = ['']\n", 1, '`select` is `""`; expected a text that is not empty', "run only"),
        ("severity = 'error'\n", 1, "`severity` is `error`; expected a table", "severity by rule"),
        ("[severity]\nPL001 = 'fatal'\n", 2,
         "`PL001` is `fatal`; expected `error`, `warning` or `note`", "severity by rule id"),
        ("[suppress]\nrule = 'PL001'\n", 1, "`suppress` is one table; expected several",
         "write `[[suppress]]`"),
        ("[[suppress]]\nrule = 'PL001'\n\n[[suppress]]\nrule = 'x'\nreason = 'y'\n", 1,
         "`[[suppress]]` has no `reason`", 'add `reason = "..."`: why the finding is acceptable'),
        ("[[suppress]]\nrule = 'x'\nreason = 'y'\n[[suppress]]\nreason = 'z'\n", 4,
         "`[[suppress]]` has no `rule`", 'add `rule = "..."`: id or name of the rule'),
        ("[[suppress]]\nrule = 'x'\nreason = ' '\n", 3,
         "`reason` is ` `; expected a text that is not empty", "why the finding is acceptable"),
        ("[[suppress]]\nrule = 'x'\nreason = 'y'\nline = 3\n", 4, "unknown key `line`",
         "known keys are `application`, `expires`, `files`, `filter-group`, `mapping`, `reason`,"),
        ("[[suppress]]\nrule = 'x'\nreason = 'y'\nexpires = 'soon'\n", 4,
         "`expires` is `soon`; expected a date, such as `2027-01-31`",
         "day from which the suppression no longer works"),
        ("[[suppress]]\nrule = 'x'\nreason = 'y'\nexpires = 20270131\n", 4,
         "`expires` is `20270131`; expected a date without a time", "day from which"),
        ("[[application]]\nfiles = '*.json'\n", 1, "`[[application]]` has no `name`",
         'add `name = "..."`: name or alias of the application, such as `Box`'),
        ("[[application]]\nfiles = ['*.json']\nname = 'Box'\n", 2,
         "`files` is an array; expected a text in quotation marks", "glob of files, relative to"),
    ],
)  # fmt: skip
def test_faults_have_a_place_and_a_hint(write, text, line, message, help_line):
    for name, prefix, offset in (("provlint.toml", "", 0), ("pyproject.toml", "tool.provlint", 0)):
        if prefix:
            text = _under(text)
            offset = 1 if text.startswith("[tool.provlint]\n") else 0
        found = fault(write(name, text))
        assert found.line - offset == line
        assert found.message.startswith(message)
        assert found.help.startswith(help_line)


def _under(text):
    """The same settings in the table of a pyproject.toml."""
    rows = [
        row.replace("[[", "[[tool.provlint.", 1)
        if row.startswith("[[")
        else row.replace("[", "[tool.provlint.", 1)
        if row.startswith("[")
        else row
        for row in text.splitlines(keepends=True)
    ]
    body = "".join(rows)
    return body if body.startswith("[") else f"[tool.provlint]\n{body}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = \n", 2),
        ("a = 1\na = 2\n", 2),
        ("profile = 'strict", 1),
        ("[severity\n", 1),
        ("x = [1,\n2", 2),
    ],
)
def test_faults_of_the_syntax_have_a_line(write, text, line):
    found = fault(write("provlint.toml", text))
    assert found.line == line
    assert found.message
    assert "(at " not in found.message
    assert found.help == "correct the TOML syntax"


def test_faults_of_the_file(write, tmp_path):
    assert fault(str(tmp_path / "none.toml")).message == (
        "the file cannot be read: no such file or directory"
    )
    assert fault(write("provlint.toml", b"a = '\xff'")).message == "the file is not UTF-8 at byte 5"
    big = fault(write("provlint.toml", b"#" * 1_000_001))
    assert big.message == "the file is larger than 1 MB"
    assert fault(write("pyproject.toml", "[tool]\nprovlint = 3\n")).message == (
        "`provlint` is `3`; expected a table"
    )


def test_a_byte_order_mark_and_crlf_do_no_harm(write):
    path = write("provlint.toml", b"\xef\xbb\xbf" + EVERYTHING.replace("\n", "\r\n").encode())
    found = read(path)
    assert found.settings.profile == "strict"
    assert (
        found.line_of("suppress", 0, "reason")
        == EVERYTHING.splitlines().index('reason = "the attribute is added by the service"') + 1
    )


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1),
        (("t",), 3),
        (("t", "b"), 4),
        (("t", "c", "d"), 5),
        (("x", 0), 7),
        (("x", 0, "k"), 8),
        (("x", 1), 10),
        (("x", 1, "k"), 11),
        (("x", 1, "missing"), 10),
        (("x", 1, "y", 0, "z"), 13),
        (("quoted key",), 15),
        (("nothing",), 0),
        (("text",), 16),
        (("after",), 20),
    ],
)  # fmt: skip
def test_lines_of_keys(path, line):
    text = (
        'a = 1\n\n[t]\nb = 2\nc . "d" = 3\n\n[[x]]\nk = 1\n\n[[ x ]]\nk = 2\n[[x.y]]\nz = 1\n'
        + "\n"
    )
    top = 'text = """\nafter = 1\n[x]\n"""\nafter = 2\n'
    if path[0] in ("quoted key", "text", "after"):
        text = "\n" * 14 + '"quoted key" = 1\n' + top
    assert line_of(text, path) == line


def test_the_schema_is_up_to_date():
    assert TARGET.read_text("utf-8") == content()


def test_the_schema_agrees_with_the_models():
    schema = configuration_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    tables = json.loads(json.dumps(tomllib.loads(EVERYTHING), default=str))
    assert list(validator.iter_errors(tables)) == []
    for wrong in (
        {"profil": "strict"},
        {"profile": "strickt"},
        {"suppress": [{"rule": "x"}]},
        {"suppress": [{"rule": "x", "reason": ""}]},
        {"select": "PL3"},
        {"severity": {"PL001": "fatal"}},
    ):
        assert list(validator.iter_errors(wrong)) != []


def test_every_key_is_described():
    for model in (Settings, Suppression, Application):
        for name, field in model.model_fields.items():
            assert field.description, name
            assert field.description.endswith("."), name


def test_the_files_of_the_examples_are_valid():
    paths = sorted((ROOT / "examples").rglob("provlint.toml"))
    assert paths
    for path in paths:
        read(str(path))
