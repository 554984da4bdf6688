"""Formats, files, colour."""

import json
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parent.parent.parent
SARIF = ROOT / "tests" / "report" / "schemas"


@pytest.fixture
def mistaken(files, texts):
    return files({"mistaken.json": texts["mistaken"], "clean.json": texts["clean"]})


def sarif_schema():
    (path,) = SARIF.glob("sarif*.json")
    return json.loads(path.read_text("utf-8"))


def test_several_formats_each_to_its_file(mistaken, provlint):
    result = provlint(
        "lint", ".",
        "--format", "sarif", "--output-file", "out.sarif",
        "--format", "json", "--output-file", "out.json",
        "--format", "concise",
    )  # fmt: skip
    assert result.status == 1
    assert result.out.startswith("mistaken.json:6:20: error PL310 there is no function `Jion`\n")
    log = json.loads((mistaken / "out.sarif").read_text("utf-8"))
    jsonschema.validate(log, sarif_schema())
    assert [each["ruleId"] for each in log["runs"][0]["results"]] == ["PL310"]
    report = json.loads((mistaken / "out.json").read_text("utf-8"))
    schema = json.loads((ROOT / "docs" / "schemas" / "lint-report.json").read_text("utf-8"))
    jsonschema.validate(report, schema)
    assert report["summary"]["looked_at"] == 2


def test_files_for_all_formats_leave_the_terminal_alone(mistaken, provlint):
    result = provlint("lint", "mistaken.json", "--format", "json", "--output-file", "out.json")
    assert (result.status, result.out, result.err) == (1, "", "")
    assert json.loads((mistaken / "out.json").read_text("utf-8"))["summary"]["errors"] == 1


def test_a_dash_is_the_terminal(mistaken, provlint):
    result = provlint(
        "lint", "mistaken.json", "--format", "concise", "--output-file", "-",
        "--format", "json", "--output-file", "out.json",
    )  # fmt: skip
    assert "error PL310" in result.out
    assert (mistaken / "out.json").is_file()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "json", "--format", "text"], "two formats would go to the terminal"),
        (["--output-file", "a", "--output-file", "b"], "each file needs a format"),
        (
            ["--format", "json", "--output-file", "a", "--format", "sarif", "--output-file", "a"],
            "two formats would go to one --output-file",
        ),
    ],
)
def test_formats_and_files_that_do_not_fit(mistaken, provlint, words, message):
    result = provlint("lint", "mistaken.json", *words)
    assert result.status == 2
    assert message in result.err


def test_a_missing_folder_is_named(mistaken, provlint):
    result = provlint("lint", "mistaken.json", "--output-file", "out/report.txt")
    assert result.status == 2
    assert result.err == (
        "error: `out/report.txt` cannot be written: no such file or directory\n"
        "  help: make the folder `out` first\n"
    )
    assert not (mistaken / "out").exists()


def test_a_folder_in_place_of_a_file(mistaken, provlint):
    (mistaken / "out").mkdir()
    result = provlint("lint", "mistaken.json", "--output-file", "out")
    assert result.status == 2
    assert result.err.startswith("error: `out` cannot be written: ")
    assert [path.name for path in mistaken.iterdir() if path.suffix == ".tmp"] == []


def test_a_configuration_is_never_overwritten_by_a_report(mistaken, provlint, texts):
    for path in ("mistaken.json", "./mistaken.json", str(mistaken / "mistaken.json")):
        result = provlint("lint", ".", "--output-file", path)
        assert result.status == 2
        assert result.err == (
            f"error: `{path}` is one of the files that are checked\n  help: name another file\n"
        )
    assert (mistaken / "mistaken.json").read_text("utf-8") == texts["mistaken"]


def test_the_summary_page_of_github(mistaken, provlint, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(mistaken / "summary.md"))
    (mistaken / "summary.md").write_text("before\n")
    result = provlint("lint", "mistaken.json", "--format", "github")
    assert result.out.startswith("::error file=mistaken.json,line=6,col=20,endLine=6,endColumn=23,")
    page = (mistaken / "summary.md").read_text("utf-8")
    assert page.startswith("before\n## provlint\n")
    assert "PL310 unknown-function" in page


def test_a_summary_page_that_cannot_be_written(mistaken, provlint, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(mistaken / "no" / "summary.md"))
    result = provlint("lint", "mistaken.json", "--format", "github")
    assert result.status == 2
    assert "cannot be written" in result.err


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(mistaken, provlint, monkeypatch, words, environment, coloured):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in provlint("lint", "mistaken.json", *words).out) is coloured


def test_files_are_never_coloured(mistaken, provlint, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    provlint("lint", "mistaken.json", "--output-file", "out.txt")
    text = (mistaken / "out.txt").read_text("utf-8")
    assert "error[PL310 unknown-function]" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "github"])
def test_secrets_stay_out(files, provlint, form):
    canary = "c4n4ry-b3arer-t0ken"
    files(
        {
            "job.json": json.dumps(
                {
                    "secrets": [{"key": "SecretToken", "value": canary}],
                    "schema": {
                        "synchronizationRules": [{"objectMappings": [{"nam": canary}]}],
                        "directories": [],
                    },
                }
            )
        }
    )
    result = provlint("lint", "job.json", "--format", form, "--profile", "strict")
    assert result.status == 1
    assert canary not in result.out + result.err


def test_a_walk_says_what_it_looked_at(files, provlint, texts):
    files(
        {
            "a/clean.json": texts["clean"],
            "a/package.json": texts["unrelated"],
            "b/settings.yaml": "name: x\n",
            "b/notes.txt": texts["mistaken"],
        }
    )
    result = provlint("lint")
    assert result.status == 0
    lines = result.out.splitlines()
    assert lines[0].startswith("no findings in 1 configuration file (")
    assert lines[1:] == ["looked at 3 files; 2 hold no provisioning configuration"]
    summary = json.loads(provlint("lint", "--format", "json").out)["summary"]
    assert (summary["looked_at"], summary["recognised"]) == (3, 1)
