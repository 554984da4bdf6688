"""Canonical names are found where the file has them."""

import pytest

from provlint.model.locate import file_pointer

MAPPING = "/synchronizationRules/0/objectMappings/0/attributeMappings/1"


def test_canonical_pointers_stay(build):
    value = build.schema()
    for pointer in ("", "/directories/0/name", MAPPING + "/source/parameters/0/value/expression"):
        assert file_pointer(value, pointer) == pointer


def test_pascal_case(build):
    value = build.pascal(build.schema())
    found = file_pointer(value, "/SynchronizationRules/0/objectMappings/0/targetObjectName")
    assert found == "/SynchronizationRules/0/ObjectMappings/0/TargetObjectName"


def test_additional_properties(build):
    value = {"AdditionalProperties": {"expression": "[a]"}, "Expression": None, "Name": "a"}
    assert file_pointer(value, "/expression") == "/AdditionalProperties/expression"
    assert file_pointer(value, "/name") == "/Name"
    assert file_pointer({"Expression": None}, "/expression") == "/Expression"


@pytest.mark.parametrize(
    ("value", "pointer", "found"),
    [
        ({"scope": {"filterGroups": []}}, "/scope/groups", "/scope/filterGroups"),
        ({"targetAtributeName": "x"}, "/targetAttributeName", "/targetAtributeName"),
        ({"values": "Sales"}, "/values/0", "/values"),
        ({"groups": {"clauses": {"name": 1}}}, "/groups/0/clauses/0/name", "/groups/clauses/name"),
        ({"values": ["a"]}, "/values/3", "/values"),
        ({"a": {"b": 1}}, "/a/flowType", "/a"),
        ({"a": 1}, "/a/b/c", "/a"),
        ({"a/b": {"~": 1}}, "/a~1b/~0", "/a~1b/~0"),
        ([], "/0", ""),
    ],
)
def test_what_the_file_spells_otherwise(value, pointer, found):
    assert file_pointer(value, pointer) == found
