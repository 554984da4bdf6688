"""What a plain lint of a clean file may import: the start-up budget, without a stopwatch."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CLEAN = Path(__file__).parents[2] / "examples" / "clean" / "api-driven-inbound" / "schema.json"

FORBIDDEN = {
    "ast",
    "asyncio",
    "click",
    "concurrent",
    "ctypes",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "fractions",
    "gettext",
    "glob",
    "importlib.metadata",
    "inspect",
    "lark",
    "hashlib",
    "locale",
    "logging",
    "pathlib",
    "platform",
    "pydantic",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "textwrap",
    "threading",
    "tokenize",
    "tomllib",
    "traceback",
    "unicodedata",
    "urllib",
    "uuid",
    "yaml",
    "provlint.baseline",
    "provlint.cache.entry",
    "provlint.config.settings",
    "provlint.declarative",
    "provlint.cli.lint",
    "provlint.asking",
    "provlint.lint_inputs",
    "provlint.semantics.evidence",
    "provlint.simulate",
    "provlint.source.tolerant",
    "provlint.source.yaml_text",
    "provlint.suppression",
    "provlint_grammar.expression.recovery",
    "provlint_grammar.expression.report",
    "provlint_rules.evidence",
    "provlint_rules.evidence_wording",
    "provlint_rules.job",
}
"""Each was seen to cost what the budget cannot carry, or has no business with a clean file."""

MOST = 142
"""Modules of ours; one costs about a hundredth of a bare interpreter before it does anything."""

PROGRAM = """
import json, sys
before = set(sys.modules)
from provlint.cli import status
code = status(json.loads(sys.argv[1]))
print()
print(json.dumps([code, sorted(set(sys.modules) - before)]))
"""


def imported(tmp_path, *arguments):
    """Exit status, and the modules that the command imports."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM, json.dumps(arguments)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    code, modules = json.loads(done.stdout.splitlines()[-1])
    return code, set(modules)


def test_a_plain_lint_imports_no_more_than_it_needs(tmp_path):
    code, modules = imported(tmp_path, "lint", str(CLEAN))
    assert code == 0
    assert modules & FORBIDDEN == set()
    ours = {name for name in modules if name.startswith("provlint")}
    assert len(ours) <= MOST, len(ours)


def test_rules_that_need_inputs_are_imported_when_there_are_some(tmp_path):
    (tmp_path / "users.json").write_text('[{"id": "1", "userPrincipalName": "a@b.no"}]')
    _, modules = imported(tmp_path, "lint", str(CLEAN), "--users", "users.json")
    assert {"provlint.asking", "provlint_rules.evidence", "provlint_rules.job"} <= modules
    assert "duckdb" not in modules


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_and_version_import_no_rule(tmp_path, arguments):
    code, modules = imported(tmp_path, *arguments)
    assert code == 0
    assert "provlint_rules" not in modules
    assert "provlint.linting" not in modules
