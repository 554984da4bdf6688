"""How the examples of rule pages are linted and printed."""

import pytest

from provlint.engine import ruleset
from provlint.lint import (
    EXPRESSION_NAME,
    Options,
    core_rules,
    default_rules,
    lint_expression_unit,
    lint_file,
)
from provlint.report.result import FileResult, Run
from provlint.report.text import findings
from provlint.semantics.free_standing import free_standing_expression
from provlint.source.lines import LineIndex
from provlint.source.source_file import read_source

FILE_NAMES = {"json": "schema.json", "yaml": "schema.yaml"}
EXPRESSION_OPTIONS = {
    "dialect", "source", "target", "attributes", "matching-priority", "flow-type",
    "target-attribute",
}  # fmt: skip


def lint_block(block, rules=None):
    """Lint a block with one rule, or with all of the default profile; returns a `FileResult`."""
    chosen = default_rules() if rules is None else ruleset(rules)
    known = {"repeat"}
    if block.language == "expression":
        text = block.source.removesuffix("\n")
        known |= EXPRESSION_OPTIONS
        given = {
            key.replace("-", "_"): value for key, value in block.options.items() if key != "repeat"
        }
        if "attributes" in given:
            pairs = (word.partition(":") for word in given["attributes"].split(","))
            given["attributes"] = {name: kind or "String" for name, _, kind in pairs}
        if "matching_priority" in given:
            given["matching_priority"] = int(given["matching_priority"])
        lines = LineIndex(text)
        unit = free_standing_expression(text, **given)
        found = lint_expression_unit(unit, Options(chosen), lines)
        result = FileResult(EXPRESSION_NAME, tuple(found), lines)
    else:
        known |= {"file", "application", "dialect"}
        name = block.options.get("file", FILE_NAMES[block.language])
        source = read_source(block.source.encode(), name)
        options = Options(
            chosen,
            application=block.options.get("application", ""),
            dialect=block.options.get("dialect"),
        )
        found = lint_file(source, options, required=True).diagnostics
        result = FileResult(name, tuple(found), source.lines)
    assert not set(block.options) - known, f"unknown options {set(block.options) - known}"
    return result


def printed(result):
    """What the text format prints for a file, without its summary."""
    return findings(Run((result,), 1, 1))


@pytest.fixture
def lint():
    return lint_block


@pytest.fixture
def show():
    return printed


@pytest.fixture(scope="session")
def rules_by_name():
    return {rule.info.name: rule for rule in core_rules()}
