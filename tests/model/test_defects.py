"""Departures from the canonical form: code, place, message, help and what is read all the same."""

import pytest
from defect_cases import ATTRIBUTE, CASES, FIRST, MAPPING, REMOVED, RULE

from provlint.model import DEFECT_CODES, read_document
from provlint.source.pointer import split


def resolve(value, pointer):
    for segment in split(pointer):
        value = value[int(segment)] if isinstance(value, list) else value[segment]
    return value


@pytest.mark.parametrize(
    ("where", "members", "code", "pointer", "message", "help_text", "replacement"), CASES
)
def test_defect(build, where, members, code, pointer, message, help_text, replacement):
    value = build.schema()
    changed = resolve(value, where)
    for key, member in members.items():
        if member is REMOVED:
            del changed[key]
        else:
            changed[key] = member
    (defect,) = read_document(value).defects
    assert (defect.code, defect.pointer) == (code, pointer)
    assert defect.message == message
    assert defect.help == help_text
    assert defect.replacement == replacement
    assert defect.part == ("key" if code in ("unknown-key", "unlisted-key") else "value")
    assert defect.code in DEFECT_CODES
    resolve(value, pointer)


def test_what_is_meant_is_read(build):
    value = build.schema()
    mapping = resolve(value, MAPPING)
    mapping["scope"] = {"filterGroups": mapping["scope"]["groups"]}
    mapping["enabled"] = "False"
    mapping["flowTypes"] = "add, DELETE, Nonsense"
    first = resolve(value, FIRST)
    first["MatchingPriority"] = first.pop("matchingPriority")
    first["targetAttributName"] = first.pop("targetAttributeName")
    resolve(value, ATTRIBUTE)["type"] = "bolean"
    schema = read_document(value).schemas[0]
    read = schema.rules[0].object_mappings[0]
    assert not read.enabled
    assert read.flow_types == {"Add", "Delete"}
    assert read.scope.groups[0].pointer == MAPPING + "/scope/filterGroups/0"
    assert read.scope.groups[0].clauses[0].values == ("Sales",)
    assert read.attribute_mappings[0].matching_priority == 1
    assert read.attribute_mappings[0].target_attribute_name == "userName"
    assert schema.directories[0].objects[0].attributes[0].type == "Boolean"


def test_misspelt_keys_of_sdk_objects(build):
    value = build.pascal(build.schema())
    mapping = value["SynchronizationRules"][0]["ObjectMappings"][0]
    mapping["Scope"] = {"FilterGroups": [], "AdditionalProperties": {}}
    mapping["AttributeMappings"][0]["MappingType"] = "Direct"
    mapping["AttributeMappings"][0]["FlowTyp"] = mapping["AttributeMappings"][0].pop("FlowType")
    pascal_mapping = "/SynchronizationRules/0/ObjectMappings/0"
    found = {
        (defect.code, defect.pointer, defect.replacement) for defect in read_document(value).defects
    }
    assert found == {
        ("unknown-key", pascal_mapping + "/Scope/FilterGroups", "Groups"),
        ("unknown-key", pascal_mapping + "/AttributeMappings/0/MappingType", None),
        ("unknown-key", pascal_mapping + "/AttributeMappings/0/FlowTyp", "FlowType"),
    }


def test_expression_beside_the_source_is_read(build):
    value = build.schema()
    first = resolve(value, FIRST)
    del first["source"]
    first["expression"] = "Trim([mail])"
    document = read_document(value)
    assert [defect.code for defect in document.defects] == ["unknown-key"]
    mapping = document.schemas[0].rules[0].object_mappings[0].attribute_mappings[0]
    assert mapping.source.expression == "Trim([mail])"
    assert mapping.source.pointer + "/expression" == FIRST + "/expression"


def test_unlisted_keys_are_counted(build):
    value = build.schema()
    for attribute in value["directories"][0]["objects"][0]["attributes"]:
        attribute["isNewInGraph"] = True
    (defect,) = read_document(value).defects
    assert (defect.code, defect.pointer) == ("unlisted-key", ATTRIBUTE + "/isNewInGraph")
    assert defect.message.endswith("for an attribute definition, 2 times in this file")


def test_annotations_are_never_unknown(build):
    value = build.schema()
    resolve(value, FIRST)["@odata.type"] = "#microsoft.graph.attributeMapping"
    resolve(value, FIRST)["source@odata.context"] = "…"
    resolve(value, MAPPING)["metadata"].append({"key": "NeverSeen", "value": "1"})
    assert read_document(value).defects == ()


def test_truncated_export(build):
    value = build.pascal(build.schema())
    graph = "Microsoft.Graph.PowerShell.Models"
    mapping = value["SynchronizationRules"][0]["ObjectMappings"][0]
    value["SynchronizationRules"][0]["GroupFilter"] = f"{graph}.MicrosoftGraphGroupFilter"
    mapping["AttributeMappings"] = (
        f"{graph}.MicrosoftGraphAttributeMapping {graph}.MicrosoftGraphAttributeMapping"
    )
    mapping["Metadata"] = "System.Object[]"
    mapping["Scope"] = "@{groups=System.Object[]}"
    value["Directories"][0]["Objects"] = ""
    value["Directories"][1]["Objects"] = "System.Collections.Hashtable"
    document = read_document(value)
    (defect,) = document.defects
    assert defect.code == "truncated"
    assert defect.pointer == "/SynchronizationRules/0/GroupFilter"
    assert defect.message == (
        "6 places hold a type name where an object or an array was expected, here"
        " `Microsoft.Graph.PowerShell.Models.MicrosoftGraphGroupFilter`; ConvertTo-Json cut off"
        " what lies deeper than its `-Depth`"
    )
    assert defect.help == ("export again with `ConvertTo-Json -Depth 100`; do not upload this file")
    assert document.schemas[0].fragment


def test_truncated_job_says_nothing_of_a_schema(build):
    value = build.pascal(build.job())
    value["Schema"] = "Microsoft.Graph.PowerShell.Models.MicrosoftGraphSynchronizationSchema"
    value["SynchronizationJobSettings"] = "System.Object[]"
    assert [defect.code for defect in read_document(value).defects] == ["truncated"]


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"value": ["@{id=scim.1.2; templateId=scim; schedule=}"]}, "/value/0"),
        ({"value": "System.Object[]"}, "/value"),
        ([{"Rules": "Microsoft.Graph.PowerShell.Models.MicrosoftGraphSynchronizationRule"}],
         "/0/Rules"),
    ],
)  # fmt: skip
def test_nothing_but_type_names(value, pointer):
    (defect,) = read_document(value).defects
    assert (defect.code, defect.pointer) == ("truncated", pointer)
    assert defect.message.startswith("1 place holds a type name where an object or an array")


def test_list_of_jobs_cut_off_in_part(build):
    document = read_document([build.job(), "@{id=scim.1.2}"])
    assert [(d.code, d.pointer) for d in document.defects] == [("truncated", "/1")]


def test_nothing_is_missing_from_a_damaged_text(build):
    value = build.schema()
    del value["directories"]
    del value["synchronizationRules"][0]["id"]
    first = resolve(value, FIRST)
    del first["targetAttributeName"]
    first["source"] = {}
    first["flowType"] = "Add"
    document = read_document(value, damaged=True)
    assert [defect.code for defect in document.defects] == ["invalid-enum"]
    assert document.schemas[0].fragment
    assert read_document(build.job(), damaged=True).defects == ()
    assert read_document(None, damaged=True).defects == ()
    assert read_document(None, damaged=True).shape == "unrecognised"


def test_every_code_is_tested():
    others = {
        "no-schema",
        "too-deep",
        "too-many",
        "truncated",
        "unchecked-member",
        "unrecognised",
        "unwrapped-array",
        "misplaced-object",
    }
    assert {case[2] for case in CASES} | others == set(DEFECT_CODES)


def test_misplaced_mappings(build):
    value = build.schema()
    value["synchronizationRules"].append(build.attribute_mapping("misplaced"))
    value["synchronizationRules"].append(build.object_mapping())
    value["synchronizationRules"][0]["objectMappings"].append(build.attribute_mapping("other"))
    document = read_document(value)
    assert [(defect.code, defect.pointer, defect.help) for defect in document.defects] == [
        (
            "misplaced-object",
            RULE + "/objectMappings/1",
            "move it into `attributeMappings` of an object mapping",
        ),
        (
            "misplaced-object",
            "/synchronizationRules/1",
            "move it into `attributeMappings` of an object mapping",
        ),
        (
            "misplaced-object",
            "/synchronizationRules/2",
            "move it into `objectMappings` of a synchronization rule",
        ),
    ]
    assert document.defects[1].message == (
        "an attribute mapping stands where a synchronization rule was expected"
    )
    whole, fragment = document.schemas
    assert len(whole.rules) == 1
    assert fragment.fragment
    targets = {
        mapping.target_attribute_name
        for object_mapping in fragment.rules[0].object_mappings
        for mapping in object_mapping.attribute_mappings
    }
    assert {"misplaced", "other", "userName"} <= targets


def test_pieces_pasted_into_the_wrong_array(build):
    value = build.schema()
    mappings = value["synchronizationRules"][0]["objectMappings"][0]["attributeMappings"]
    mappings.append(build.attribute("pasted"))
    definitions = value["directories"][1]["objects"]
    definitions.append(build.attribute("beside"))
    definitions[0]["attributes"].append(build.attribute_mapping("mapped"))
    value["directories"].append(build.object_definition("Group"))
    document = read_document(value)
    assert [(defect.pointer, defect.message, defect.help) for defect in document.defects] == [
        (
            MAPPING + "/attributeMappings/2",
            "an attribute definition stands where an attribute mapping was expected",
            "move it into `attributes` of an object definition",
        ),
        (
            "/directories/1/objects/0/attributes/3",
            "an attribute mapping stands where an attribute definition was expected",
            "move it into `attributeMappings` of an object mapping",
        ),
        (
            "/directories/1/objects/1",
            "an attribute definition stands where an object definition was expected",
            "move it into `attributes` of an object definition",
        ),
        (
            "/directories/2",
            "an object definition stands where a directory was expected",
            "move it into `objects` of a directory",
        ),
    ]
    fragment = document.schemas[1]
    assert fragment.fragment
    mapping = fragment.rules[0].object_mappings[0].attribute_mappings[0]
    assert mapping.target_attribute_name == "mapped"


def test_defects_are_in_file_order(build):
    value = dict(reversed(build.schema().items()))
    value["directories"][0]["objects"][0]["attributes"][0]["type"] = "Text"
    value["synchronizationRules"][0]["objectMappings"][0]["flowTypes"] = "Create"
    pointers = [defect.pointer for defect in read_document(value).defects]
    assert pointers == [ATTRIBUTE + "/type", MAPPING + "/flowTypes"]


def test_deep_parameters_end_with_a_defect(build):
    value = build.attribute_mapping()
    for _ in range(400):
        value["source"] = {
            "type": "Function",
            "name": "Trim",
            "expression": "Trim(…)",
            "parameters": [{"key": "source", "value": value["source"]}],
        }
    (defect,) = read_document(value).defects
    assert defect.code == "too-deep"
    assert defect.message == (
        "function parameters nest deeper than 64 calls; what lies deeper is not read"
    )


def test_defects_are_bounded(build):
    value = [build.attribute_mapping() for _ in range(700)]
    for mapping in value:
        mapping["flowType"] = "Add"
    defects = read_document(value).defects
    assert len(defects) == 501
    assert defects[-1].code == "too-many"
    assert defects[-1].message.startswith("200 more departures")


def test_array_items_are_bounded(build, monkeypatch):
    monkeypatch.setattr("provlint.model.values.MAXIMUM_OBJECTS", 10)
    defects = read_document(build.schema()).defects
    assert [defect.code for defect in defects] == ["too-many"]
