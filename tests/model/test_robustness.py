"""No value raises an error, and every pointer leads somewhere."""

import json
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.model import read_document
from provlint.model.locate import file_pointer
from provlint.model.published import to_plain
from provlint.model.vocabulary import KEYS
from provlint.source.pointer import split

NAMES = sorted({key for keys in KEYS.values() for key in keys})
PASCAL = [name[:1].upper() + name[1:] for name in NAMES]
ODD = ["AdditionalProperties", "filterGroups"]
SPELLINGS = st.sampled_from([*NAMES, *PASCAL, *ODD]) | st.text(max_size=8)
TEXTS = ["", "Add,Update", "System.Object[]", "@{a=b}", "Always", "[mail]", "Function"]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.sampled_from(TEXTS)
    | st.text(max_size=5)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SPELLINGS, inner, max_size=5),
    max_leaves=25,
)


def resolve(value, pointer):
    for segment in split(pointer):
        value = value[int(segment)] if isinstance(value, list) else value[segment]


def pointers(plain):
    if isinstance(plain, dict):
        if "pointer" in plain and isinstance(plain["pointer"], str):
            yield plain["pointer"]
        for member in plain.values():
            yield from pointers(member)
    elif isinstance(plain, list):
        for item in plain:
            yield from pointers(item)


def check(value):
    document = read_document(value)
    for pointer in pointers(to_plain(document)):
        resolve(value, pointer)
        assert file_pointer(value, pointer) == pointer


@given(VALUES)
@settings(max_examples=150, deadline=None)
def test_any_value(value):
    check(value)


@given(VALUES)
@settings(max_examples=100, deadline=None)
def test_any_value_as_a_schema(value):
    check({"synchronizationRules": value, "directories": value})
    check({"synchronizationRules": [{"objectMappings": value}]})


def places(value, found):
    """Every container with each of its keys or indexes."""
    keys = value if isinstance(value, dict) else range(len(value))
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], dict | list):
            places(value[key], found)
    return found


@given(VALUES)
@settings(max_examples=100, deadline=None)
def test_any_value_in_sdk_objects(value):
    check({"SynchronizationRules": value, "Directories": value, "Id": "", "Version": None})
    check({"SynchronizationRules": [{"ObjectMappings": value, "Name": ""}], "Id": ""})


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_schemas(data):
    value = json.loads(SCHEMA)
    for _ in range(data.draw(st.integers(1, 4))):
        found = places(value, [])
        if not found:
            break
        container, key = data.draw(st.sampled_from(range(len(found))).map(found.__getitem__))
        how = data.draw(st.sampled_from(["remove", "rename", "retype", "wrap", "unwrap"]))
        if how == "retype":
            container[key] = data.draw(VALUES)
        elif how == "wrap":
            container[key] = [container[key]]
        elif how == "unwrap" and isinstance(container[key], list) and container[key]:
            container[key] = container[key][0]
        elif how == "rename" and isinstance(container, dict):
            container[data.draw(SPELLINGS)] = container.pop(key)
        elif how == "remove":
            del container[key]
    check(value)


SCHEMA = json.dumps(
    {
        "id": "scim.1",
        "version": "1",
        "synchronizationRules": [
            {
                "id": "1",
                "name": "USER",
                "sourceDirectoryName": "Entra",
                "targetDirectoryName": "App",
                "groupFilter": {"includedGroups": ["a"]},
                "metadata": [{"key": "a", "value": "b"}],
                "objectMappings": [
                    {
                        "name": "Users",
                        "flowTypes": "Add,Update",
                        "sourceObjectName": "User",
                        "targetObjectName": "User",
                        "scope": {
                            "groups": [
                                {
                                    "name": "g",
                                    "clauses": [
                                        {
                                            "operatorName": "EQUALS",
                                            "sourceOperandName": "mail",
                                            "targetOperand": {"values": ["a"]},
                                        }
                                    ],
                                }
                            ]
                        },
                        "attributeMappings": [
                            {
                                "targetAttributeName": "mail",
                                "source": {
                                    "name": "Trim",
                                    "type": "Function",
                                    "expression": "Trim([mail])",
                                    "parameters": [
                                        {
                                            "key": "source",
                                            "value": {"name": "mail", "expression": "[mail]"},
                                        }
                                    ],
                                },
                            }
                        ],
                    }
                ],
            }
        ],
        "directories": [
            {
                "name": "Entra",
                "objects": [
                    {
                        "name": "User",
                        "attributes": [
                            {
                                "name": "mail",
                                "type": "String",
                                "apiExpressions": [{"key": "a", "value": "b"}],
                                "referencedObjects": [{"referencedObjectName": "User"}],
                            }
                        ],
                    }
                ],
            }
        ],
    }
)


def test_keys_that_are_no_strings():
    value = {"synchronizationRules": [{1: 2, None: 3, "objectMappings": [{True: []}]}]}
    document = read_document(value)
    unlisted = [defect.pointer for defect in document.defects if defect.code == "unlisted-key"]
    assert unlisted == [
        "/synchronizationRules/0/1",
        "/synchronizationRules/0/None",
        "/synchronizationRules/0/objectMappings/0/True",
    ]


def test_import_stays_light():
    heavy = {"pydantic", "dataclasses", "enum", "pathlib", "tomllib", "lark", "yaml"}
    bare = "import sys, re, json; before = set(sys.modules); import provlint.model;"
    program = bare + f"print(sorted((set(sys.modules) - before) & {heavy!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
