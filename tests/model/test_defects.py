"""Departures from the canonical form: code, place, message, help and what is read all the same."""

import pytest

from provlint.model import DEFECT_CODES, read_document
from provlint.source.pointer import split

RULE = "/synchronizationRules/0"
MAPPING = RULE + "/objectMappings/0"
FIRST = MAPPING + "/attributeMappings/0"
CLAUSE = MAPPING + "/scope/groups/0/clauses/0"
ATTRIBUTE = "/directories/0/objects/0/attributes/0"

TYPES = "`String`, `Integer`, `Reference`, `Binary`, `Boolean` or `DateTime`"
FLOW_TYPES = "`Always`, `ObjectAddOnly`, `MultiValueAddOnly`, `ValueAddOnly` or `AttributeAddOnly`"

REMOVED = object()

CASES = [
    # place of the change, new members, code, place of the defect, message, help, replacement
    (
        MAPPING,
        {"scope": {"filterGroups": []}},
        "unknown-key",
        MAPPING + "/scope/filterGroups",
        "a scope has no property `filterGroups`; the filter groups of a scope stand in `groups`",
        "rename it to `groups`",
        "groups",
    ),
    (
        FIRST,
        {"mappingType": "Direct"},
        "unknown-key",
        FIRST + "/mappingType",
        "an attribute mapping has no property `mappingType`; Graph keeps the kind of mapping in"
        " `source.type`",
        "remove it, and write `Attribute`, `Constant` or `Function` in `source.type`",
        None,
    ),
    (
        FIRST,
        {"MappingType": "Direct"},
        "unknown-key",
        FIRST + "/MappingType",
        "an attribute mapping has no property `MappingType`; Graph keeps the kind of mapping in"
        " `source.type`",
        "remove it, and write `Attribute`, `Constant` or `Function` in `source.type`",
        None,
    ),
    (
        FIRST,
        {"expression": "[mail]"},
        "unknown-key",
        FIRST + "/expression",
        "an attribute mapping has no property `expression`; the expression of a mapping stands in"
        " `source.expression`",
        "move it to `source.expression`",
        None,
    ),
    (
        FIRST,
        {"targetAttributeName": REMOVED, "targetAtributeName": "userName"},
        "unknown-key",
        FIRST + "/targetAtributeName",
        "an attribute mapping has no property `targetAtributeName`; expected `targetAttributeName`",
        "rename it to `targetAttributeName`",
        "targetAttributeName",
    ),
    (
        FIRST,
        {"targetAttributeName": REMOVED, "TargetAttributeName": "userName"},
        "unknown-key",
        FIRST + "/TargetAttributeName",
        "an attribute mapping has no property `TargetAttributeName`; expected"
        " `targetAttributeName`",
        "rename it to `targetAttributeName`",
        "targetAttributeName",
    ),
    (
        FIRST,
        {"flowtype": "Always"},
        "unknown-key",
        FIRST + "/flowtype",
        "an attribute mapping has no property `flowtype`; `flowType` stands beside it",
        "remove `flowtype`",
        None,
    ),
    (
        FIRST,
        {"comment/~": "x"},
        "unlisted-key",
        FIRST + "/comment~1~0",
        "`comment/~` is not a property that Microsoft Graph lists for an attribute mapping",
        "remove it, or check its spelling",
        None,
    ),
    (
        FIRST,
        {"flowType": "Add"},
        "invalid-enum",
        FIRST + "/flowType",
        f"`flowType` of an attribute mapping is `Add`; expected {FLOW_TYPES}",
        "write `ObjectAddOnly` to write it only on creation, or `Always`; `Add` belongs in"
        " `flowTypes` of the object mapping",
        None,
    ),
    (
        FIRST,
        {"flowType": "ObjectAddOnyl"},
        "invalid-enum",
        FIRST + "/flowType",
        f"`flowType` of an attribute mapping is `ObjectAddOnyl`; expected {FLOW_TYPES}",
        "write `ObjectAddOnly`",
        "ObjectAddOnly",
    ),
    (
        FIRST,
        {"flowType": 9},
        "invalid-enum",
        FIRST + "/flowType",
        f"`flowType` of an attribute mapping is 9; expected {FLOW_TYPES}",
        f"write {FLOW_TYPES}",
        None,
    ),
    (
        FIRST,
        {"flowBehavior": "Sometimes"},
        "invalid-enum",
        FIRST + "/flowBehavior",
        "`flowBehavior` of an attribute mapping is `Sometimes`; expected"
        " `FlowWhenChanged` or `FlowAlways`",
        "write `FlowWhenChanged` or `FlowAlways`",
        None,
    ),
    (
        FIRST + "/source",
        {"type": "Expression"},
        "invalid-enum",
        FIRST + "/source/type",
        "`type` of the source of an attribute mapping is `Expression`; expected"
        " `Attribute`, `Constant` or `Function`",
        "write `Function`",
        None,
    ),
    (
        MAPPING,
        {"flowTypes": "Add,Create,Delete"},
        "invalid-enum",
        MAPPING + "/flowTypes",
        "`flowTypes` holds `Create`; expected `Add`, `Update` and `Delete`, joined by commas",
        "remove `Create`, or write `Add`, `Update` or `Delete` in its place",
        None,
    ),
    (
        MAPPING,
        {"flowTypes": "add,Update, DELETE"},
        "enum-case",
        MAPPING + "/flowTypes",
        "`flowTypes` of an object mapping is `add,Update, DELETE`; Microsoft Graph writes"
        " `Add,Update,Delete`",
        "write `Add,Update,Delete`",
        "Add,Update,Delete",
    ),
    (
        MAPPING,
        {"flowTypes": ["Add", "Update"]},
        "wrong-type",
        MAPPING + "/flowTypes",
        "`flowTypes` must be a string such as `Add,Update,Delete`, not an array",
        "write a string such as `Add,Update,Delete`",
        None,
    ),
    (
        ATTRIBUTE,
        {"type": "string"},
        "enum-case",
        ATTRIBUTE + "/type",
        "`type` of an attribute definition is `string`; Microsoft Graph writes `String`",
        "write `String`",
        "String",
    ),
    (
        ATTRIBUTE,
        {"type": "Text"},
        "invalid-enum",
        ATTRIBUTE + "/type",
        f"`type` of an attribute definition is `Text`; expected {TYPES}",
        f"write {TYPES}",
        None,
    ),
    (
        ATTRIBUTE,
        {"mutability": "ReadWrites"},
        "invalid-enum",
        ATTRIBUTE + "/mutability",
        "`mutability` of an attribute definition is `ReadWrites`; expected `ReadWrite`,"
        " `ReadOnly`, `Immutable` or `WriteOnly`",
        "write `ReadWrite`",
        "ReadWrite",
    ),
    (
        ATTRIBUTE,
        {"required": "true"},
        "wrong-type",
        ATTRIBUTE + "/required",
        "`required` must be `true` or `false`, not a string",
        "write `true` or `false` without quotes",
        None,
    ),
    (
        ATTRIBUTE,
        {"name": 5},
        "wrong-type",
        ATTRIBUTE + "/name",
        "`name` must be a string, not a number",
        "enclose it in double quotes",
        None,
    ),
    (
        ATTRIBUTE,
        {"name": ""},
        "missing-key",
        ATTRIBUTE,
        "an attribute definition has no `name`",
        "add `name`",
        None,
    ),
    (
        FIRST,
        {"matchingPriority": "1"},
        "wrong-type",
        FIRST + "/matchingPriority",
        "`matchingPriority` must be a whole number, not a string",
        "write a whole number without quotes",
        None,
    ),
    (
        MAPPING,
        {"attributeMappings": "none"},
        "wrong-type",
        MAPPING + "/attributeMappings",
        "`attributeMappings` must be an array, not a string",
        "write an array",
        None,
    ),
    (
        MAPPING,
        {"attributeMappings": ""},
        "wrong-type",
        MAPPING + "/attributeMappings",
        '`attributeMappings` must be an array, not `""`',
        "write `[]`",
        None,
    ),
    (
        MAPPING,
        {"scope": []},
        "wrong-type",
        MAPPING + "/scope",
        "a scope must be an object, not an array",
        "write an object",
        None,
    ),
    (
        CLAUSE + "/targetOperand",
        {"values": ["1", 2]},
        "wrong-type",
        CLAUSE + "/targetOperand/values/1",
        "an item of `values` must be a string, not a number",
        "enclose it in double quotes",
        None,
    ),
    (
        CLAUSE,
        {"targetOperand": "Sales"},
        "wrong-type",
        CLAUSE + "/targetOperand",
        "`targetOperand` must be an object with the array `values`, not a string",
        "write an object with the array `values`",
        None,
    ),
    (
        CLAUSE,
        {"operator": "EQUALS", "operatorName": REMOVED},
        "unknown-key",
        CLAUSE + "/operator",
        "a clause of a filter group has no property `operator`; the operator of a clause is"
        " `operatorName`",
        "rename it to `operatorName`",
        "operatorName",
    ),
    (
        CLAUSE,
        {"sourceOperandName": REMOVED},
        "missing-key",
        CLAUSE,
        "a clause of a filter group has no `sourceOperandName`",
        "write the `name` of an attribute of the source object",
        None,
    ),
    (
        "",
        {"directories": REMOVED},
        "missing-directories",
        "",
        "the schema has no `directories`; uploading it replaces the whole schema, so the"
        " directories and their attributes would be lost",
        "export the whole schema, change that, and upload all of it",
        None,
    ),
    (
        "",
        {"synchronizationRules": REMOVED},
        "missing-key",
        "",
        "the schema has no `synchronizationRules`; uploading it replaces the whole schema, so"
        " every mapping would be lost",
        "export the whole schema, change that, and upload all of it",
        None,
    ),
    (
        RULE,
        {"id": REMOVED},
        "missing-key",
        RULE,
        "synchronization rule `USER_OUTBOUND_USER` has no `id`",
        "copy `id` from an export of the job; the service tells its rules apart by it",
        None,
    ),
    (
        RULE,
        {"sourceDirectoryName": REMOVED, "targetDirectoryName": ""},
        "missing-key",
        RULE,
        "synchronization rule `USER_OUTBOUND_USER` has no `sourceDirectoryName` and no"
        " `targetDirectoryName`",
        "write the `name` of one of the `directories`",
        None,
    ),
    (
        FIRST,
        {"targetAttributeName": REMOVED},
        "missing-key",
        FIRST,
        "an attribute mapping has no `targetAttributeName`",
        "write the `name` of an attribute of the target object",
        None,
    ),
    (
        FIRST,
        {"source": {"type": "Constant", "expression": '"x"'}},
        "missing-source-name",
        FIRST + "/source",
        "the source has an `expression` but no `name`; expected the constant in `name`",
        "add `name` with the constant",
        None,
    ),
    (
        FIRST,
        {"source": {}},
        "missing-key",
        FIRST + "/source",
        "the source has neither `name` nor `expression`, so nothing can flow",
        "write what flows, or `null` in place of the source",
        None,
    ),
    (
        RULE,
        {"metadata": {"supportsProvisionOnDemand": "true"}},
        "wrong-type",
        RULE + "/metadata",
        "`metadata` must be an array of `key` and `value` pairs, not an object",
        "write an array of `key` and `value` pairs",
        None,
    ),
]


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
