"""Rules from installed packages: named, checked, run, reported; never from what is linted."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import jsonschema
import pytest

from provlint.lint import core_rules
from provlint.plugins import CORE, GROUP, load
from provlint.rule import Unit

ROOT = Path(__file__).parents[2]
SARIF = ROOT / "tests" / "report" / "schemas" / "sarif-2.1.0.json"

FOUND = "schema.json:6:21: warning CONTOSO102 `givenName` is mapped as it is typed"
HEAD = (
    "from provlint.diagnostic import NOTE\n"
    "from provlint.rule import Finding, Rule, RuleInfo\n"
    "API_VERSION = 1\n"
)


def one_rule(identity="OTHER101", name="other", unit="document", body="return iter(())"):
    return (
        f"{HEAD}def check(unit):\n    {body}\n"
        f'RULES = (Rule(RuleInfo("{identity}", "{name}", "x", NOTE, ""), "{unit}", check),)\n'
    )


@pytest.mark.parametrize("name", ["contoso", "contoso-rules", "contoso_rules", "Contoso_Rules"])
def test_the_example_runs_when_it_is_named(environment, name):
    environment.example()
    result = environment.run("lint", "--format", "concise", toml=f'plugins = ["{name}"]\n')
    assert (result.status, result.out.splitlines()[0].partition(": ")[2]) == (
        1, FOUND.partition(": ")[2],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "toml"),
    [([], ""), (["--no-plugins"], 'plugins = ["contoso"]\n'), (["--no-config"], "")],
)
def test_it_does_not_run_otherwise(environment, words, toml):
    environment.example()
    result = environment.run("lint", "--format", "concise", *words, toml=toml)
    assert "CONTOSO102" not in result.out
    assert "contoso_rules" not in sys.modules


def test_its_rules_are_rules(environment):
    environment.example()
    words = ("lint", "--format", "concise", "--select", "untrimmed-name")
    assert "CONTOSO102" in environment.run(*words).out
    toml = 'plugins = ["contoso"]\n[severity]\nCONTOSO102 = "error"\n'
    assert "error CONTOSO102" in environment.run(*words, toml=toml).out
    assert "CONTOSO102  untrimmed-name" in environment.run("rules").out
    page = environment.run("explain", "contoso102").out
    assert page.startswith("untrimmed-name (CONTOSO102)\n")
    assert "Write `Trim([givenName])`" in page
    assert "of `contoso-rules`" in environment.run("explain", "CONTOSO101").out


def test_they_see_the_facts(environment):
    environment.example()
    toml = 'plugins = ["contoso"]\n[facts]\napproved-applications = ["Box"]\n'
    words = ("lint", "--select", "CONTOSO101", "--format", "concise", "--application")
    assert (
        "`Slack` is not an approved application" in environment.run(*words, "Slack", toml=toml).out
    )
    assert "CONTOSO101" not in environment.run(*words, "Box", toml=toml).out


def test_its_name_is_told(environment):
    environment.example()
    assert (
        "plugin:    contoso-rules 1.2.0, 2 rules\n" in environment.run("--verbose", "--version").out
    )
    log = json.loads(environment.run("lint", "--format", "sarif").out)
    jsonschema.Draft7Validator(json.loads(SARIF.read_text())).validate(log)
    (run,) = log["runs"]
    assert run["tool"]["extensions"] == [{"name": "contoso-rules", "version": "1.2.0"}]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {"CONTOSO101", "CONTOSO102"} <= rules
    log = json.loads(environment.run("lint", "--format", "sarif", toml="").out)
    assert "extensions" not in log["runs"][0]["tool"]


def test_kept_findings_are_those_of_the_plugin_as_it_is(environment, monkeypatch):
    monkeypatch.setenv("PROVLINT_CACHE_DIR", str(environment.work / "kept"))
    environment.example()
    assert "is mapped as it is typed" in environment.run("lint").out
    assert "is mapped as it is typed" in environment.run("lint").out
    path = environment.site / "contoso_rules" / "names.py"
    path.write_text(path.read_text().replace("is mapped as it is typed", "has blanks"))
    for name in [name for name in sys.modules if name.startswith("contoso_rules")]:
        del sys.modules[name]
    assert "has blanks" in environment.run("lint").out


REFUSALS = {
    "unknown": (None, "no plugin `contoso` is installed",
                "install it with pip into the environment of provlint"),
    "older contract": (one_rule().replace("API_VERSION = 1", "API_VERSION = 0"),
                       "plugin `contoso` is written for version 0 of the contract of rules; this"
                       " provlint has version 1", "install a release of it for this provlint"),
    "no contract": (one_rule().replace("API_VERSION = 1\n", ""),
                    "plugin `contoso` is written for no version of the contract",
                    "write `API_VERSION = 1` beside its rules, once they are tested"),
    "broken": ("1 / 0\n", "plugin `contoso` cannot be loaded: ZeroDivisionError: division by zero",
               "correct it, or remove it from `plugins`"),
    "no rules": ("API_VERSION = 1\nRULES = ()\n", "plugin `contoso` has no rules",
                 "let `contoso:RULES` name a tuple of `provlint.rule.Rule`"),
    "no rule": ("API_VERSION = 1\nRULES = (1,)\n", "plugin `contoso` has `1` among its rules",
                "write `provlint.rule.Rule` with a `RuleInfo`"),
    "id of ours": (one_rule("PL101"), "plugin `contoso` has a rule with the id `PL101`",
                   "write letters and three digits, not `PL`, such as `CONTOSO101`"),
    "name": (one_rule(name="Bad name"), "plugin `contoso` has a rule with the name `Bad name`",
             "write small letters, digits and hyphens"),
    "name of ours": (one_rule(name="unknown-function"),
                     "plugin `contoso` has a rule that is called `unknown-function`",
                     "choose another name for it, or use one of the two plugins"),
    "unit": (one_rule(unit="attribute-maping"),
             "rule `OTHER101` of plugin `contoso` asks for the unit `attribute-maping`",
             "did you mean `attribute-mapping`?"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message", "help_line"), REFUSALS.values(), ids=list(REFUSALS))
def test_what_cannot_be_used_is_refused(environment, text, message, help_line):
    if text is not None:
        environment.module("contoso", text)
    toml = '\nplugins = ["contoso"]\n'
    for words in (["lint"], ["rules"], ["explain", "CONTOSO101"]):
        result = environment.run(*words, toml=toml)
        assert result.status == 2
        assert result.err.startswith(f"error: provlint.toml:2: {message}")
        assert f"\n  help: {help_line}\n" in result.err
    shown = environment.run("--verbose", "--version", toml=toml).out
    assert f"plugin:    {message}" in shown


def test_the_installed_ones_are_offered(environment):
    environment.example()
    result = environment.run("lint", toml='plugins = ["contosso"]\n')
    assert "help: did you mean `contoso`?" in result.err
    result = environment.run("lint", toml='plugins = ["x"]\n')
    assert "help: installed are `contoso`" in result.err


def test_a_rule_that_crashes_does_not_take_the_others_with_it(environment):
    environment.module("contoso", one_rule(body="raise ValueError('oh')"))
    result = environment.run("lint", "--format", "concise")
    assert result.status == 2
    assert "PL901 rule `OTHER101` (`other`) failed with ValueError: oh" in result.out


def test_rules_of_files_must_have_other_names(environment):
    environment.example()
    rule = (ROOT / "examples" / "rules" / "updates.yaml").read_text()
    (environment.work / "rules.yaml").write_text(rule.replace("CONTOSO006", "CONTOSO101"))
    result = environment.run("lint", "--rules", "rules.yaml")
    assert (result.status, "another rule is called `CONTOSO101`" in result.err) == (2, True)


def test_the_rules_that_ship_go_the_same_way():
    from importlib.metadata import entry_points

    (core,) = (each for each in entry_points(group=GROUP) if each.name == CORE)
    assert core.value == "provlint_rules:RULES"
    with pytest.raises(Exception, match="has a rule with the id `PL001`"):
        load(core)
    assert core.load() is core_rules()


def run_module(folder, *words, **environ):
    return subprocess.run(
        [sys.executable, "-m", "provlint", *words], cwd=folder, capture_output=True, text=True,
        env={**os.environ, **environ}, check=False,
    )  # fmt: skip


def test_nothing_of_the_linted_folder_is_imported(environment):
    # A package and its description as pip leaves them, in the folder that is linted.
    environment.site.rename(environment.work / "site")
    environment.site = environment.work
    environment.module("contoso", "print('executed')\n")
    for name in ("yaml", "click", "pydantic"):
        (environment.work / f"{name}.py").write_text("print('executed')\n")
    (environment.work / "provlint.toml").write_text('plugins = ["contoso"]\n')
    done = run_module(environment.work, "lint")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no plugin `contoso` is installed" in done.stderr


def test_an_installed_plugin_runs_in_a_process_of_its_own(environment):
    environment.example()
    (environment.work / "provlint.toml").write_text('plugins = ["contoso"]\n')
    done = run_module(
        environment.work, "lint", "--format", "concise", PYTHONPATH=str(environment.site)
    )
    assert (done.returncode, "CONTOSO102" in done.stdout) == (1, True), done


def test_the_page_shows_the_example():
    page = (ROOT / "docs" / "plugins.md").read_text()
    module = (ROOT / "examples" / "plugin" / "contoso_rules" / "names.py").read_text()
    assert module.partition("\n\n")[2] in page
    assert 'contoso = "contoso_rules:RULES"' in page


def test_every_unit_is_on_the_page():
    page = (ROOT / "docs" / "plugins.md").read_text()
    assert all(f"`{unit}`" in page for unit in get_args(Unit))


def test_the_example_is_a_package_that_pip_installs(environment, tmp_path):
    source, work = tmp_path / "plugin", environment.work
    shutil.copytree(ROOT / "examples" / "plugin", source)
    python = (sys.executable, "-I", "-m")
    subprocess.run([*python, "hatchling", "build", "-t", "wheel"], cwd=source, check=True)
    (wheel,) = (source / "dist").glob("contoso_rules-*.whl")
    words = ("--no-index", "--no-deps", "--disable-pip-version-check", "--quiet")
    subprocess.run(
        [*python, "pip", "install", *words, "--target", str(environment.site), str(wheel)],
        check=True,
    )
    (work / "provlint.toml").write_text('plugins = ["contoso-rules"]\n')
    linted = subprocess.run(
        [sys.executable, "-m", "provlint", "lint", "--format", "concise"],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(environment.site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (linted.returncode, linted.stderr) == (1, "")
    assert FOUND.partition(": ")[2] in linted.stdout
    assert (environment.site / "contoso_rules" / "untrimmed-name.md").is_file()
