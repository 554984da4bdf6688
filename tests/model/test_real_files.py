"""Public files that are not part of the project; skipped where they are absent."""

from pathlib import Path

import pytest

from provlint.model import read_document
from provlint.source import read_source as read_file

FOLDER = Path(__file__).parents[3] / "shared" / "real"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the folder of real files is absent")

EXPECTED = {
    "MS-LUF__Use-AzureAD__Azure_Cloud_Provisionning-Sample1.json": ("schema", []),
    "microsoft-graph-docs__synchronization_schema_sample__salesforce-2017.json": ("schema", []),
    "SuryenduB-blog-2024__schema-PUT-body.json": (
        "schema",
        [("missing-key", "/synchronizationRules/0")],
    ),
    "graphdocs-2017__directoryDefinition-salesforce__0.json": ("directory", []),
    "graphdocs-2021__custom-target-attributes__0.json": (
        "schema",
        [("missing-key", "/synchronizationRules/0")],
    ),
    "graphdocs-2021__custom-target-attributes__1.json": ("schema", []),
    "graphdocs-2021__directory-extension__0.json": (
        "schema",
        [("missing-key", "/synchronizationRules/0")],
    ),
    "graphdocs-2021__directory-extension__1.json": ("schema", []),
    "graphdocs-2021__filterOperators-full__0.json": ("unrecognised", [("unrecognised", "")]),
    "graphdocs-2021__functions-full__0.json": ("unrecognised", [("unrecognised", "")]),
    "graphdocs-2021__functions-full__1.json": ("unrecognised", [("unrecognised", "")]),
    "graphdocs-2021__objectDefinition-aad-user__0.json": ("object-definition", []),
    "graphdocs-2021__objectMapping-salesforce__0.json": ("object-mapping", []),
    "graphdocs-2021__schema-update-PUT__0.json": (
        "schema",
        [
            ("enum-case", "/directories/0/objects/0/attributes/0/type"),
            ("missing-key", "/synchronizationRules/0"),
            (
                "missing-key",
                "/synchronizationRules/0/objectMappings/0/attributeMappings/0/source",
            ),
        ],
    ),
    "transcribed__cato-networks-doc__fragments.json": ("fragments", []),
    "transcribed__entra-docs-aws-template__schema.json": (
        "schema",
        [("missing-directories", "")],
    ),
    "transcribed__live-uem-gsuite-ps1__schemaJson.json": (
        "schema",
        [
            ("missing-directories", ""),
            ("missing-key", "/synchronizationRules/0"),
            ("unknown-key", "/synchronizationRules/0/objectMappings/0/scope/filterGroups"),
            (
                "missing-source-name",
                "/synchronizationRules/0/objectMappings/0/attributeMappings/6/source",
            ),
        ],
    ),
}


def read(name):
    return read_document(read_file((FOLDER / name).read_bytes(), name).reading.value)


@pytest.mark.parametrize("name", EXPECTED)
def test_shape_and_defects(name):
    document = read(name)
    shape, defects = EXPECTED[name]
    assert document.shape == shape
    assert [(defect.code, defect.pointer) for defect in document.defects] == defects


def test_everything_is_read():
    (schema,) = read("MS-LUF__Use-AzureAD__Azure_Cloud_Provisionning-Sample1.json").schemas
    objects = [definition for directory in schema.directories for definition in directory.objects]
    assert sum(len(definition.attributes) for definition in objects) == 566
    mappings = [mapping for rule in schema.rules for mapping in rule.object_mappings]
    assert sum(len(mapping.attribute_mappings) for mapping in mappings) == 136
    name = "microsoft-graph-docs__synchronization_schema_sample__salesforce-2017.json"
    (schema,) = read(name).schemas
    objects = [definition for directory in schema.directories for definition in directory.objects]
    assert (len(objects), sum(len(definition.attributes) for definition in objects)) == (12, 124)
    mappings = [mapping for rule in schema.rules for mapping in rule.object_mappings]
    assert len(mappings) == 9
    assert sum(len(mapping.attribute_mappings) for mapping in mappings) == 29
