"""`provlint evaluate`: output, carets, exit status."""

import json
import sys

import pytest

from provlint.cli import status

CONFIGURATION = {
    "id": "job",
    "version": "1",
    "synchronizationRules": [
        {
            "id": "r",
            "name": "USER_INBOUND",
            "sourceDirectoryName": "Workday",
            "targetDirectoryName": "Active Directory",
            "objectMappings": [
                {
                    "name": name,
                    "sourceObjectName": "Worker",
                    "targetObjectName": "User",
                    "attributeMappings": [
                        {"targetAttributeName": target, "source": source}
                        for target, source in sources.items()
                    ],
                }
                for name, sources in {
                    "Workers": {
                        "displayName": {
                            "type": "Function",
                            "name": "Join",
                            "expression": 'Join(" ", [First], [Last])',
                        },
                        "department": {"type": "Attribute", "name": "Dept"},
                        "co": {"type": "Constant", "name": "Norway"},
                        "info": {
                            "type": "Function",
                            "name": "IIF",
                            "expression": 'IIF(IsPresent([Note]), [Note], "none")',
                        },
                        "title": {"type": "Function", "name": "ToLower"},
                    },
                    "Guests": {
                        "displayName": {
                            "type": "Function",
                            "name": "ToUpper",
                            "expression": "ToUpper([First])",
                        }
                    },
                }.items()
            ],
        }
    ],
    "directories": [],
}


@pytest.fixture
def evaluate(tmp_path, monkeypatch, capsys):
    """Run the command in a folder with the configuration; status, output, errors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "schema.json").write_text(json.dumps(CONFIGURATION))

    def run(*words):
        capsys.readouterr()
        code = status(["evaluate", *words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run


@pytest.mark.parametrize(
    ("words", "out"),
    [
        (['Append([a], "x")', "--input", "a=1"], "1x\n"),
        (['Append([a], "x")', "--input", "[a]=b=c"], "b=cx\n"),
        (['Append([a], "")', "--input", "a="], "(empty text)\n"),
        (["IsNull([a])", "--null", "a"], "True\n"),
        (['Join("+", [a])', "--list", "a=x,y"], "x+y\n"),
        (['Split([a], ",")', "--input", "a=x,y"], "x\ny\n"),
        (["AppRoleAssignmentsComplex([a])", "--null", "a"], "(no values)\n"),
        (["Coalesce([a])", "--null", "a"], "(null: nothing flows)\n"),
        (["IgnoreFlowIfNullOrEmpty([a])", "--null", "a"],
         "(dropped: the target keeps its value)\n"),
        (["Now()", "--now", "2026-11-22T15:07:09"], "11/22/2026 3:07:09 PM\n"),
        (['Append("x@", %DomainFQDN%)', "--macro", "DomainFQDN=d.example"], "x@d.example\n"),
        (['FormatDateTime([a], "M/d/yyyy", "yyyy")', "--dialect", "cloud-sync", "--input",
          "a=1/2/2025"], "2025\n"),
        (['IIF(IsNull([a]), "x", "y")', "--source", "ad", "--null", "a"], "x\n"),
    ],
)  # fmt: skip
def test_values_go_to_standard_output_and_nothing_else_does(evaluate, words, out):
    assert evaluate(*words) == (0, out, "")


def test_characters_that_a_terminal_obeys_are_shown(evaluate):
    assert evaluate("StripSpaces([a])", "--input", "a=x\x1b[31m") == (0, "x␛[31m\n", "")


def test_what_is_open_and_what_is_missing_goes_to_standard_error(evaluate):
    code, out, err = evaluate('Append([nick], "x")', "--input", "Nick=y")
    assert (code, out) == (0, "x\n")
    assert err.splitlines() == [
        "contested: null-as-text: provlint reads an absent value as empty text where a text is"
        " needed",
        "note: `[nick]` is not given, and so absent; did you mean `Nick`?",
    ]


def test_random_and_present_values_are_said_to_be_so(evaluate):
    assert evaluate("Guid()")[2] == "note: random: another value at every evaluation\n"
    assert evaluate("Now()")[2] == "note: depends on the present; fix it with --now\n"
    assert evaluate("Guid()", "--seed", "1")[1] == evaluate("Guid()", "--seed", "1")[1]
    assert "[Redact]" in evaluate('Redact("x")')[2]


def test_an_evaluation_error_has_carets_and_status_1(evaluate):
    code, out, err = evaluate('DateAdd("d", 1,\n  CDate([a]))', "--input", "a=soon")
    assert (code, out) == (1, "")
    assert err.splitlines()[:5] == [
        'error: found "soon"; expected a date such as `2025-03-16` or `3/16/2025 7:00:00 AM`',
        " --> <expression>:2:9",
        "  |",
        "2 |   CDate([a]))",
        "  |         ^^^",
    ]


def test_escrow_has_status_1(evaluate, tmp_path):
    (tmp_path / "taken.txt").write_text("a\n\nB\n")
    text = 'SelectUniqueValue("a", "b", "c")'
    assert evaluate(text, "--taken", "taken.txt")[1] == "c\n"
    (tmp_path / "taken.json").write_text('["a", "b", "c"]')
    code, out, err = evaluate(text, "--taken", "taken.json")
    assert (code, out) == (1, "")
    assert err.startswith("escrow: all 3 values are in use or empty")


def test_a_syntax_error_is_shown_as_the_linter_shows_it(evaluate):
    code, out, err = evaluate('Join(".", [a], [b)')
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert lines[0].startswith("error[PL3")
    assert lines[0].endswith(": `]` is missing after `[b`")
    assert lines[3:5] == ['1 | Join(".", [a], [b)', "  |                ^^"]


def test_a_function_that_cannot_be_evaluated_has_status_2(evaluate):
    code, out, err = evaluate("Right([a], 3)")
    assert (code, out) == (2, "")
    assert "1 | Right([a], 3)\n  | ^^^^^\n" in err


def test_json_says_everything(evaluate):
    code, out, err = evaluate(
        'Switch([a], , "x", Split([b], ","))', "--input", "a=x", "--input", "b=1, 2", "--trace",
        "--format", "json",
    )  # fmt: skip
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found["version"] == 1
    assert (found["outcome"], found["type"]) == ("list", "list")
    assert found["value"] == found["texts"] == ["1", "2"]
    assert [reading["name"] for reading in found["contested"]] == ["split-trimming"]
    assert found["problem"] is None
    assert found["trace"]["name"] == "Switch"
    assert found["trace"]["arguments"][1]["state"] == "omitted"


def test_json_of_problems_and_values(evaluate):
    code, out, _ = evaluate("CDate([a])", "--format", "json", "--input", "a=x")
    problem = json.loads(out)["problem"]
    assert (code, problem["start"], problem["end"]) == (1, 6, 9)
    code, out, _ = evaluate("CDate([a]", "--format", "json")
    assert (code, json.loads(out)["outcome"]) == (2, "error")
    assert json.loads(evaluate("CBool(1)", "--format", "json")[1])["value"] is True
    roles = evaluate("AppRoleAssignmentsComplex([a])", "--list", "a=x", "--format", "json")[1]
    assert json.loads(roles)["value"] == [{"value": "x", "primary": False}]
    assert json.loads(roles)["patch"] == "add"


def test_the_trace_stands_before_the_value(evaluate):
    assert evaluate("ToLower([a])", "--input", "a=X", "--trace")[1] == (
        'ToLower -> "x"\n  source: [a] -> "X"\n\nx\n'
    )


def test_inputs_may_come_from_a_file(evaluate, tmp_path):
    (tmp_path / "user.json").write_text('{"a": "x", "n": 7, "m": ["p", "q"], "z": null}')
    text = 'Join("-", [a], [n], [m], [z])'
    assert evaluate(text, "--inputs", "user.json")[1] == "x-7-p-q\n"
    assert evaluate(text, "--inputs", "user.json", "--input", "a=y")[1] == "y-7-p-q\n"
    (tmp_path / "user.yaml").write_text("a: x\nn: 7\nm: [p]\nz: ~\n")
    assert evaluate(text, "--inputs", "user.yaml")[1] == "x-7-p\n"


def test_the_expression_may_come_through_standard_input(evaluate, monkeypatch):
    import io

    monkeypatch.setattr(sys, "stdin", io.StringIO("ToLower([a])\n"))
    assert evaluate("-", "--input", "a=X")[1] == "x\n"


# ---------------------------------------------------------------------- configurations


def test_an_expression_of_a_configuration(evaluate):
    words = ["--attribute", "displayName", "--config", "schema.json", "--input", "First=Ana"]
    code, out, err = evaluate(*words)
    assert (code, out) == (2, "")
    assert err == (
        "error: 2 mappings have the target attribute `displayName`: `Workers` and `Guests`\n"
        "  help: choose one by --mapping NAME\n"
    )
    assert evaluate(*words, "--mapping", "Guests") == (0, "ANA\n", "")
    code, out, err = evaluate(*words, "--mapping", "Workers", "--input", "Last=Ruiz")
    assert (code, out, err) == (0, "Ana Ruiz\n", "")
    code, _, err = evaluate(*words, "--mapping", "Aliens")
    assert code == 2
    assert err.splitlines()[1] == "  help: give one of these names by --mapping"


def test_direct_and_constant_mappings_are_evaluated_without_doubt(evaluate):
    words = ["--config", "schema.json", "--attribute"]
    assert evaluate(*words, "department", "--input", "Dept=Lab") == (0, "Lab\n", "")
    assert evaluate(*words, "co") == (0, "Norway\n", "")
    assert json.loads(evaluate(*words, "co", "--format", "json")[1])["value"] == "Norway"


def test_the_source_system_comes_from_the_configuration(evaluate):
    words = ["--config", "schema.json", "--attribute", "info", "--null", "Note"]
    assert "contested: iif-null" in evaluate(*words)[2]
    assert evaluate(*words, "--source", "entra")[2] == ""


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["--attribute", "displayname", "--config", "schema.json"],
         "2 mappings have the target attribute `displayname`: `Workers` and `Guests`",
         "choose one by --mapping NAME"),
        (["--attribute", "departmnt", "--config", "schema.json"],
         "no mapping in `schema.json` has the target attribute `departmnt`",
         "did you mean `department`?"),
        (["--attribute", "title", "--config", "schema.json"],
         "the mapping of `title` has no text of its expression",
         "export the configuration again, with `expression` in every source"),
        (["ToLower([a])", "--input", "a"],
         "`a` of --input has no `=`; expected a name and a value",
         "write `--input name=value`"),
        (["ToLower([a])", "--macro", "=x"],
         "`=x` of --macro has no name before `=`", "write `--macro name=value`"),
        (["ToLower([a])", "--config", "schema.json"],
         "both an EXPRESSION and --attribute or --config are given",
         "give an EXPRESSION alone, or --attribute with --config"),
        (["--attribute", "a"],
         "there is nothing to evaluate: expected an EXPRESSION, or --attribute with --config",
         "write the expression in quotation marks of the shell"),
        (["ToLower([a])", "--inputs", "list.json"],
         "`list.json` does not hold an object; expected attribute names with their values",
         'write `{"givenName": "Ana", "manager": null}`'),
        (["--attribute", "a", "--config", "list.json"],
         "`list.json` holds no provisioning configuration",
         "give an exported schema, job or mapping"),
    ],
)  # fmt: skip
def test_unusable_input(evaluate, tmp_path, words, message, hint):
    (tmp_path / "list.json").write_text("[1]")
    assert evaluate(*words) == (2, "", f"error: {message}\n  help: {hint}\n")


def test_files_that_cannot_be_read(evaluate, tmp_path):
    assert evaluate("Now()", "--inputs", "none.json")[0] == 2
    (tmp_path / "broken.json").write_text('{"a": "x"\n "b": 1}')
    code, out, err = evaluate("Now()", "--inputs", "broken.json")
    assert (code, out) == (2, "")
    assert err.startswith("error: broken.json:")


@pytest.mark.parametrize("word", ["yesterday", "2026-13-01"])
def test_a_present_that_is_no_date(evaluate, word):
    code, out, err = evaluate("Now()", "--now", word)
    assert (code, out) == (2, "")
    assert word in err


def test_an_unknown_source_system(evaluate):
    code, _, err = evaluate("Now()", "--source", "mainframe")
    assert code == 2
    assert err.startswith("error: unknown source system `mainframe`; known are entra")
