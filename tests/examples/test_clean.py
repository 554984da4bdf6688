"""The clean examples hold together, judged without the linter that they are to test."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
CLEAN = EXAMPLES / "clean"
SCHEMAS = sorted(CLEAN.glob("*/schema.json"))
REFERENCE = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])+)\]")
TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(CLEAN))


def definition(schema: Any, directory: str, name: str) -> Any:
    (found,) = [each for each in schema["directories"] if each["name"] == directory]
    (wanted,) = [each for each in found["objects"] if each["name"] == name]
    return wanted


def leaves(source: Any) -> set[str]:
    if source is None:
        return set()
    if source["type"] == "Attribute":
        return {source["name"]}
    return {name for pair in source["parameters"] for name in leaves(pair["value"])}


def object_mappings(schema: Any) -> list[tuple[Any, Any, Any]]:
    return [
        (
            mapping,
            definition(schema, rule["sourceDirectoryName"], mapping["sourceObjectName"]),
            definition(schema, rule["targetDirectoryName"], mapping["targetObjectName"]),
        )
        for rule in schema["synchronizationRules"]
        for mapping in rule["objectMappings"]
        if mapping["sourceObjectName"]
    ]


@pytest.mark.parametrize("path", SCHEMAS, ids=name_of)
def test_names_resolve(path: Path) -> None:
    for mapping, source, target in object_mappings(load(path)):
        readable = {each["name"] for each in source["attributes"]}
        writable = {
            each["name"]
            for each in target["attributes"]
            if each["mutability"] != "ReadOnly" and not each["anchor"]
        }
        targets = [each["targetAttributeName"] for each in mapping["attributeMappings"]]
        assert len(targets) == len(set(targets))
        assert set(targets) <= writable
        read = {name for each in mapping["attributeMappings"] for name in leaves(each["source"])}
        groups = [each for kind in mapping["scope"].values() for each in kind]
        clauses = [one for each in groups for one in each["clauses"]]
        assert read | {one["sourceOperandName"] for one in clauses} <= readable
        required = {each["name"] for each in target["attributes"] if each["required"]}
        assert required <= set(targets)


@pytest.mark.parametrize("path", SCHEMAS, ids=name_of)
def test_definitions_are_sound(path: Path) -> None:
    for directory in load(path)["directories"]:
        for each in directory["objects"]:
            names = [one["name"] for one in each["attributes"]]
            assert len(names) == len(set(names))
            assert len([one for one in each["attributes"] if one["anchor"]]) == 1
            for one in each["attributes"]:
                for reference in one["referencedObjects"]:
                    assert reference["referencedObjectName"] in {
                        other["name"] for other in directory["objects"]
                    }


@pytest.mark.parametrize("path", SCHEMAS, ids=name_of)
def test_stored_trees_read_what_the_text_reads(path: Path) -> None:
    for mapping, _, _ in object_mappings(load(path)):
        for each in mapping["attributeMappings"]:
            source = each["source"]
            if source is None or source["type"] == "Constant":
                continue
            names, text = set(), source["expression"]
            # Outside of brackets a quoted text may hold brackets of its own (patterns).
            outside = REFERENCE.sub(_keep_names(names), _without_texts(text))
            assert "[" not in outside
            assert names == leaves(source)


def _without_texts(text: str) -> str:
    """Blank the texts, but not those within brackets, which belong to a name."""
    kept, depth, position = "", 0, 0
    while position < len(text):
        quoted = TEXT.match(text, position) if text[position] == '"' and depth == 0 else None
        if quoted:
            kept, position = kept + '""', quoted.end()
            continue
        depth += {"[": 1, "]": -1}.get(text[position], 0)
        kept, position = kept + text[position], position + 1
    return kept


def _keep_names(names: set[str]) -> Any:
    def keep(match: re.Match[str]) -> str:
        names.add(match.group(1))
        return ""

    return keep


@pytest.mark.parametrize("path", SCHEMAS, ids=name_of)
def test_matching_is_distinct_and_direct(path: Path) -> None:
    for mapping, _, _ in object_mappings(load(path)):
        matched = [each for each in mapping["attributeMappings"] if each["matchingPriority"]]
        priorities = [each["matchingPriority"] for each in matched]
        assert priorities == sorted(set(priorities))
        assert 1 <= len(matched) <= 2
        assert {each["source"]["type"] for each in matched} == {"Attribute"}


def test_every_shape_holds_the_same_rules() -> None:
    shapes = CLEAN / "shapes"
    rules = load(shapes / "schema.json")["synchronizationRules"]
    assert load(shapes / "job.json")["schema"]["synchronizationRules"] == rules
    assert load(shapes / "templates.json")["value"][0]["schema"]["synchronizationRules"] == rules
    assert load(shapes / "object-mapping.json") == rules[0]["objectMappings"][0]
    assert (
        yaml.safe_load((shapes / "schema.yaml").read_text("utf-8"))["synchronizationRules"] == rules
    )
    template = (shapes / "schema.json.tftpl").read_text("utf-8")
    assert "${region}" in template
    filled = template.replace("Branches of ${region}", "Branches")
    assert json.loads(filled)["synchronizationRules"] == rules
    windows = (shapes / "schema-utf16.json").read_bytes()
    assert windows.startswith(b"\xff\xfe")
    old = load(shapes / "schema-2020.json")
    assert old["provisioningTaskIdentifier"] == old["id"]
    assert old["synchronizationRules"][0]["objectMappings"][0]["flowTypes"] == "Add, Update, Delete"
    assert "schema" not in load(shapes / "jobs.json")["value"][0]
    text = windows.decode("utf-16")
    assert "\n" not in text.replace("\r\n", "")
    assert "\\u0026" in text or "\\u0027" in text
    assert json.loads(text)["synchronizationRules"] == rules
    typed = load(shapes / "sdk-output.json")["SynchronizationRules"][0]["ObjectMappings"][0]
    assert typed["AttributeMappings"][0]["MatchingPriority"] == 1
    assert typed["AdditionalProperties"] == {}
