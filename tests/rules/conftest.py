"""How the examples of rule pages are linted and printed."""

import json
import tempfile
from pathlib import Path

import pytest

from provlint.engine import ruleset
from provlint.lint import (
    EXPRESSION_NAME,
    Options,
    all_rules,
    lint_expression_unit,
    lint_file,
    lint_text,
)
from provlint.report.result import FileResult, Run
from provlint.report.text import findings
from provlint.selection import Selection, choose
from provlint.semantics.free_standing import free_standing_expression
from provlint.source.lines import LineIndex
from provlint.source.source_file import read_source

NEED_OF = {"target": "targets"}
"""Input block to the need that it meets, where they differ."""

FILE_NAMES = {"json": "schema.json", "yaml": "schema.yaml"}
EXPRESSION_OPTIONS = {
    "dialect", "source", "target", "attributes", "matching-priority", "flow-type",
    "target-attribute",
}  # fmt: skip


OPTION_FIELDS = {"target": "targets", "job": "jobs"}
"""Input block to the field of `EvidenceFiles`, where they differ."""


def inputs_of(blocks):
    """The inputs of an example, from files that are gone afterwards; None without any."""
    blocks = [block for block in blocks if block.verdict != "other"]
    if not blocks:
        return None
    from provlint.lint_inputs import LintInputs
    from provlint.simulate.evidence.source import EvidenceFiles

    folder = tempfile.mkdtemp()
    files = {}
    for number, block in enumerate(blocks):
        path = Path(folder) / f"{block.verdict}{number}.{block.language}"
        path.write_text(block.text, encoding="utf-8")
        field = OPTION_FIELDS.get(block.verdict, block.verdict)
        files[field] = (*files.get(field, ()), str(path))
    return LintInputs(EvidenceFiles(**files))


def default_rules_for(given):
    """The default rules whose needs are met."""
    chosen = choose(all_rules(), Selection())
    return ruleset(rule for rule in chosen if given.issuperset(rule.info.needs))


def lint_block(block, rules=None, inputs=()):
    """Lint a block with one rule, or with all of the default profile; returns a `FileResult`.

    Args:
        block: The block of a page.
        rules: The rules; those of the default profile if left out.
        inputs: The input blocks of the same page.
    """
    needs = {NEED_OF.get(each.verdict, each.verdict) for each in inputs}
    given = frozenset({"configuration", "job"} | needs)
    chosen = default_rules_for(given) if rules is None else ruleset(rules)
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
        known |= {"file", "application", "dialect", "verified-domains"}
        name = block.options.get("file", FILE_NAMES[block.language])
        source = read_source(block.source.encode(), name)
        options = Options(
            chosen,
            application=block.options.get("application", ""),
            dialect=block.options.get("dialect"),
            inputs=inputs_of(inputs),
            facts={
                name: tuple(block.options[name].split(","))
                for name in ("verified-domains",)
                if name in block.options
            },
        )
        for other in (each for each in inputs if each.verdict == "other"):
            before = read_source(other.text.encode(), other.options["file"])
            lint_file(before, options)
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
    return {rule.info.name: rule for rule in all_rules()}


ATTRIBUTES = {
    "objectId": {"type": "String", "anchor": True, "required": True},
    "userPrincipalName": {"type": "String", "required": True},
    "department": {"type": "String"},
    "country": {"type": "String"},
    "employeeId": {"type": "String"},
    "accountEnabled": {"type": "Boolean"},
    "jobLevel": {"type": "Integer"},
    "manager": {"type": "Reference"},
    "employeeHireDate": {"type": "DateTime"},
    "proxyAddresses": {"type": "String", "multivalued": True},
    "userType": {"type": "String"},
    "photo": {"type": "Binary"},
}
"""What the source object of the schemas here has."""

SYSTEMS = {
    "entra": ("Microsoft Entra ID", "User"),
    "workday": ("Workday", "Worker"),
    "successfactors": ("SuccessFactors", "Worker"),
    "ad": ("Active Directory", "user"),
    "saas": ("Harbour CRM", "User"),
}
"""Word to the names of a directory and of its people."""


def make_mapping(target, source, priority=0, **members):
    """An attribute mapping; `=x` is a constant, a text with a parenthesis is an expression."""
    if source is None:
        value = None
    elif source.startswith("="):
        value = {"type": "Constant", "name": source[1:]}
    elif "(" in source:
        value = {"type": "Function", "name": source.partition("(")[0], "expression": source}
    else:
        value = {"type": "Attribute", "name": source}
    return {
        "targetAttributeName": target,
        "matchingPriority": priority,
        **members,
        "source": value,
    }


def make_schema(
    source="entra", target="saas", attributes=None, targets=(), mappings=None, **members
):
    """A schema with one object mapping, as text with one member a line.

    Args:
        source: Word of `SYSTEMS`.
        target: The same.
        attributes: Definitions of the source attributes by name; `ATTRIBUTES` if left out.
        targets: Definitions of the target attributes by name; without any they are unknown.
        mappings: Arguments of `make_mapping`, positional ones and a dictionary.
        members: Of the object mapping; `template` is the beginning of the schema's id.
    """
    (source_name, source_object), (target_name, target_object) = SYSTEMS[source], SYSTEMS[target]
    if source_name == target_name:
        target_name += " (target tenant)"
    template = members.pop("template", "")
    if mappings is not None:
        members["attributeMappings"] = [
            make_mapping(*(each for each in words if not isinstance(each, dict)), **_last(words))
            for words in mappings
        ]
    given = ATTRIBUTES if attributes is None else attributes
    value = {
        "directories": [
            {"name": source_name, "objects": [_object(source_object, given)]},
            {"name": target_name, "objects": [_object(target_object, dict(targets))]},
        ],
        "synchronizationRules": [
            {
                "id": "rule-1",
                "sourceDirectoryName": source_name,
                "targetDirectoryName": target_name,
                "objectMappings": [
                    {
                        "name": "People",
                        "sourceObjectName": source_object,
                        "targetObjectName": target_object,
                        **members,
                    }
                ],
            }
        ],
    }
    if template:
        value = {"id": f"{template}.0123456789abcdef", **value}
    return json.dumps(value, indent=1, ensure_ascii=False)


def _last(words):
    return words[-1] if isinstance(words[-1], dict) else {}


def _object(name, definitions):
    return {
        "name": name,
        "attributes": [{"name": key, **members} for key, members in definitions.items()],
    }


def underlined(text, diagnostic):
    """The characters that a finding underlines, on one line; empty where it is about the file."""
    if diagnostic.range is None:
        return ""
    lines = LineIndex(text)
    start, end = (lines.offset(*position) for position in diagnostic.range)
    return " ".join(text[start:end].split())


def brief(text, prefix="", **options):
    """Each finding as rule, severity and underlined text; of the rules with this prefix only."""
    return [
        f"{found.rule} {found.severity} {underlined(text, found)}"
        for found in lint_text(text, **options)
        if found.rule.startswith(prefix)
    ]


@pytest.fixture
def schema():
    return make_schema


@pytest.fixture
def findings_of():
    return brief
