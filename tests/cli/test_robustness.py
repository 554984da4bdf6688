"""No input gives a traceback, and a rule that fails does not silence the others."""

import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from provlint.cli import status
from provlint.diagnostic import ERROR, Place
from provlint.rule import Finding, Rule, RuleInfo

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
SEED = (EXAMPLES / "clean" / "shapes" / "object-mapping.json").read_bytes()

MARKED = st.sampled_from(
    [b"attributeMappings", b'{"attributeMappings": [', b'"synchronizationRules"', SEED[:3000]]
)
SOUP = st.lists(
    st.one_of(st.binary(max_size=60), MARKED, st.sampled_from([b"\x00", b"\xff\xfe", b"\xfe\xff"])),
    max_size=6,
).map(b"".join)
RELAXED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


def assert_quiet_end(folder, capsys, name, data, *words):
    (folder / name).write_bytes(data)
    capsys.readouterr()
    code = status(["lint", name, *words])
    out, err = capsys.readouterr()
    assert code in (0, 1, 2, 3)
    assert "Traceback" not in out + err
    assert "PL901" not in out
    return code


@RELAXED
@given(data=SOUP, name=st.sampled_from(["a.json", "a.yaml", "a.json.tftpl", "a.bin"]))
@example(data=b"", name="a.json")
@example(data=b"\xff\xfe{\x00", name="a.json")
@example(data=b"\xff\xfe" + b"attributeMappings".replace(b"t", b"t\x00"), name="a.json")
@example(data=b"[" * 100_000 + b'"attributeMappings"', name="a.json")
@example(data=b'{"attributeMappings":' * 5_000, name="a.json")
@example(data=b"attributeMappings: &a [*a]\n", name="a.yaml")
@example(data=b"attributeMappings: !!python/object/apply:os.system ['x']\n", name="a.yaml")
@example(data=b'{"attributeMappings": [{"source": {"type": "Function", "expression": 1e999}}]}',
         name="a.json")  # fmt: skip
@example(data=b'{"attributeMappings": [{"source": {"expression": "\\ud800["}}]}', name="a.json")
def test_any_bytes(folder, capsys, data, name):
    assert_quiet_end(folder, capsys, name, data, "--profile", "strict")


@RELAXED
@given(
    position=st.integers(0, len(SEED) - 1),
    length=st.integers(0, 40),
    inserted=st.binary(max_size=8),
)
def test_any_damage_to_a_configuration(folder, capsys, position, length, inserted):
    data = SEED[:position] + inserted + SEED[position + length :]
    assert_quiet_end(folder, capsys, "schema.json", data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["attributeMappings", "source", "expression", "type", "name", "scope", "groups",
             "clauses", "operatorName", "operand", "values", "objectMappings", "directories",
             "synchronizationRules", "objects", "attributes", "targetAttributeName", "schema"]
        ),
        inner, max_size=4,
    ),
    max_leaves=14,
)  # fmt: skip


@RELAXED
@given(value=JSON)
def test_any_json_in_the_words_of_a_schema(folder, capsys, value):
    text = json.dumps({"attributeMappings": value, "synchronizationRules": value})
    assert_quiet_end(folder, capsys, "schema.json", text.encode(), "--profile", "strict")


@RELAXED
@given(text=st.text(max_size=60) | st.binary(max_size=60).map(lambda data: data.decode("latin-1")))
@example(text="[tool]\nprovlint = 3\n")
@example(text="select = " + "[" * 3000)
@example(text="a" + ".a" * 3000 + " = 1")
def test_any_configuration_file(folder, capsys, text):
    (folder / "ok.json").write_text('{"targetAttributeName": "x"}')
    for name in ("provlint.toml", "pyproject.toml"):
        (folder / name).write_text(text, encoding="utf-8", newline="")
        capsys.readouterr()
        assert status(["lint", "ok.json", "--config", name]) in (0, 1, 2, 3)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        (folder / name).unlink()


def broken(_):
    yield Finding("before the crash", "", Place(""))
    raise ValueError("no `value` here")


@pytest.fixture
def with_broken_rule(monkeypatch):
    from provlint import request

    original = request.core_rules()
    rule = Rule(RuleInfo("PL699", "brittle", "Breaks", ERROR, "https://example.com"),
                "attribute-mapping", broken)  # fmt: skip
    monkeypatch.setattr(request, "core_rules", lambda: (rule, *original))


@pytest.mark.usefixtures("with_broken_rule")
def test_a_rule_that_fails(files, provlint, texts):
    files({"mistaken.json": texts["mistaken"]})
    result = provlint("lint", "mistaken.json")
    assert result.status == 2
    assert "before the crash" in result.out
    assert "there is no function `Jion`" in result.out
    assert (
        "error[PL901 rule-crashed]: rule `PL699` (`brittle`) failed with ValueError: no `value`"
        " here\n"
    ) in result.out
    assert "help: report this failure in `" in result.out
    report = json.loads(provlint("lint", "mistaken.json", "--format", "json").out)
    assert [each["rule"] for each in report["diagnostics"]].count("PL901") == 1
    log = json.loads(provlint("lint", "mistaken.json", "--format", "sarif").out)
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is False


@pytest.mark.usefixtures("with_broken_rule")
def test_a_rule_that_fails_cannot_be_silenced(files, provlint, texts):
    files(
        {
            "clean.json": texts["clean"],
            "provlint.toml": '[[suppress]]\nrule = "PL901"\nreason = "quiet"\n',
        }
    )
    for words in ([], ["--ignore", "PL901"], ["--fail-on", "never"], ["--no-config"]):
        result = provlint("lint", "clean.json", *words)
        assert result.status == 2
        assert "error[PL901 rule-crashed]" in result.out
    assert provlint("lint", "clean.json", "--ignore", "PL699").status == 0


def test_a_check_that_fails_leaves_the_other_files(files, provlint, texts, monkeypatch):
    from provlint import linting

    files({"a.json": texts["clean"], "b.json": texts["mistaken"]})
    original = linting.lint_file

    def fail(source, *arguments, **options):
        if source.name == "a.json":
            raise RecursionError("maximum recursion depth exceeded")
        return original(source, *arguments, **options)

    monkeypatch.setattr(linting, "lint_file", fail)
    result = provlint("lint", "a.json", "b.json")
    assert result.status == 2
    assert "the check of this file failed with RecursionError" in result.out
    assert "there is no function `Jion`" in result.out


def test_an_interrupt_leaves_no_traceback(files, provlint, texts, monkeypatch):
    from provlint import linting

    def interrupt(*_arguments, **_options):
        raise KeyboardInterrupt

    files({"a.json": texts["clean"]})
    monkeypatch.setattr(linting, "lint_file", interrupt)
    result = provlint("lint", "a.json")
    assert result.status == 130
    assert (result.out, result.err.strip()) == ("", "interrupted")


def test_a_failure_of_the_program_is_not_status_1(files, provlint, texts, monkeypatch):
    from provlint.report import text

    def fail(*_):
        raise KeyError("lines")

    files({"a.json": texts["mistaken"]})
    monkeypatch.setattr(text, "render", fail)
    result = provlint("lint", "a.json")
    assert result.status == 2
    assert result.err.startswith("error: provlint failed with KeyError: 'lines'\n  help: report ")
    assert "`test_robustness` line " in result.err or "test_robustness" in result.err


@pytest.mark.skipif(os.name != "posix", reason="a folder in use cannot be removed elsewhere")
def test_a_folder_that_is_gone(files, provlint, texts, monkeypatch):
    folder = files({"a.json": texts["clean"], "gone/x": ""})
    monkeypatch.chdir(folder / "gone")
    shutil.rmtree(folder / "gone")
    result = provlint("lint", str(folder / "a.json"))
    monkeypatch.chdir(folder)
    assert result.status == 2
    assert result.err.startswith("error: the current folder does not exist any more\n")
