"""One case per shape in which people keep a configuration."""

import json

import pytest

from provlint.model import read_document


def without_pointers(value):
    """The tree without pointers and wrappers, to compare what was read from two shapes."""
    if isinstance(value, tuple):
        names = getattr(value, "_fields", None)
        if names is None:
            return tuple(without_pointers(item) for item in value)
        return tuple(
            (name, without_pointers(item))
            for name, item in zip(names, value, strict=True)
            if name not in ("pointer", "job", "template")
        )
    return value


@pytest.fixture
def expected(build):
    return without_pointers(read_document(build.schema()).schemas[0])


def only_schema(value, shape):
    document = read_document(value)
    assert document.shape == shape
    assert document.defects == ()
    assert len(document.schemas) == 1
    return document.schemas[0]


def test_schema_of_graph(build):
    schema = only_schema(build.schema(), "schema")
    assert schema.pointer == ""
    assert schema.id == "scim.1.2"
    assert schema.context.endswith("/schema/$entity")
    assert not schema.fragment
    rule = schema.rules[0]
    assert (rule.pointer, rule.priority) == ("/synchronizationRules/0", 1)
    assert rule.included_groups == ("CN=Sales,DC=example",)
    assert rule.metadata == {"supportsProvisionOnDemand": "true"}
    mapping = rule.object_mappings[0]
    assert mapping.flow_types == {"Add", "Update", "Delete"}
    first, second = mapping.attribute_mappings
    assert (first.target_attribute_name, first.matching_priority) == ("userName", 1)
    assert first.source.expression == "[mail]"
    assert [key for key, _ in second.source.parameters] == ["source", "suffix"]
    suffix = second.source.parameters[1][1]
    assert (suffix.type, suffix.name) == ("Constant", "x")
    assert suffix.pointer == (
        "/synchronizationRules/0/objectMappings/0/attributeMappings/1/source/parameters/1/value"
    )
    group = mapping.scope.groups[0]
    assert group.name == "Sales only"
    assert [clause.values for clause in group.clauses] == [("Sales",), None]
    assert group.clauses[0].pointer.endswith("/scope/groups/0/clauses/0")
    entra, target = schema.directories
    assert entra.read_only
    manager = target.objects[0].attributes[2]
    assert (manager.type, manager.referenced_objects) == ("Reference", ("Account",))
    assert manager.api_expressions == {"path": "/manager"}
    assert manager.pointer == "/directories/1/objects/0/attributes/2"
    assert target.objects[0].attributes[0].anchor


def test_schema_of_2017_to_2020(build):
    value = build.schema()
    value["provisioningTaskIdentifier"] = value.pop("id")
    mapping = value["synchronizationRules"][0]["objectMappings"][0]
    mapping["flowTypes"] = "Add, Update, Delete"
    for filters in ("containerFilter", "groupFilter"):
        del value["synchronizationRules"][0][filters]
    for directory in value["directories"]:
        directory["metadata"] = []
        for definition in directory["objects"]:
            for attribute in definition["attributes"]:
                del attribute["flowNullValues"]
    schema = only_schema(value, "schema")
    assert schema.id == "scim.1.2"
    assert schema.rules[0].object_mappings[0].flow_types == {"Add", "Update", "Delete"}
    assert schema.rules[0].included_groups == ()


def test_bare_schema_with_sorted_keys(build, expected):
    value = build.schema()
    del value["id"], value["@odata.context"], value["directories@odata.context"]
    schema = only_schema(json.loads(json.dumps(value, sort_keys=True)), "schema")
    assert schema.id is None
    assert without_pointers(schema.rules) == dict(expected)["rules"]


def test_keys_in_any_order(build, expected):
    def backwards(value):
        if isinstance(value, list):
            return [backwards(item) for item in value]
        if isinstance(value, dict):
            return {key: backwards(value[key]) for key in reversed(value)}
        return value

    schema = only_schema(backwards(build.schema()), "schema")
    assert without_pointers(schema) == expected


def test_template(build, expected):
    schema = only_schema(build.template(), "template")
    assert schema.pointer == "/schema"
    assert without_pointers(schema) == expected
    assert schema.template.factory_tag == "aWSSingleSignon"
    assert schema.template.metadata == {
        "galleryApplicationKey": "aws",
        "AzureIngestionAttributeOptimization": "1",
    }


def test_list_of_templates(build):
    value = {"@odata.context": "…#templates", "value": [build.template(), build.template()]}
    document = read_document(value)
    assert document.shape == "template-list"
    assert [schema.pointer for schema in document.schemas] == ["/value/0/schema", "/value/1/schema"]
    assert document.defects == ()


def test_job_with_schema(build, expected):
    schema = only_schema({**build.job(), "schema": build.schema()}, "job")
    assert without_pointers(schema) == expected
    assert schema.job.template_id == "scim"
    assert (schema.job.schedule_state, schema.job.status_code) == ("Active", "Active")
    assert schema.job.settings == {"Domain": "example.com"}


def test_job_without_schema(build):
    document = read_document(build.job())
    assert (document.shape, document.schemas, len(document.jobs)) == ("job", (), 1)
    (defect,) = document.defects
    assert defect.code == "no-schema"
    assert defect.message == "this job holds no schema, so there are no mappings to check"
    assert "$expand=schema" in defect.help
    assert "/schema`" in defect.help


def test_list_of_jobs(build):
    document = read_document({"value": [build.job(), {**build.job(), "schema": build.schema()}]})
    assert (document.shape, len(document.jobs), len(document.schemas)) == ("job-list", 2, 1)
    assert [(d.code, d.pointer) for d in document.defects] == [("no-schema", "/value/0")]
    document = read_document([build.job(), build.job()])
    (defect,) = document.defects
    assert defect.message == "2 jobs hold no schema, so there are no mappings to check"


def test_empty_list_of_jobs():
    context = (
        "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('1')/synchronization/jobs"
    )
    document = read_document({"@odata.context": context, "value": []})
    assert document.shape == "job-list"
    assert [(d.code, d.pointer) for d in document.defects] == [("no-schema", "")]


def test_list_of_schemas(build):
    document = read_document([build.schema(), build.schema()])
    assert document.shape == "schema-list"
    assert [schema.pointer for schema in document.schemas] == ["/0", "/1"]
    assert document.schemas[1].rules[0].pointer == "/1/synchronizationRules/0"


def test_map_of_schemas(build):
    document = read_document({"a/b": build.schema(), "c~d": build.schema(), "note": "text"})
    assert document.shape == "schema-map"
    assert [schema.pointer for schema in document.schemas] == ["/a~1b", "/c~0d"]
    assert document.defects == ()


def test_members_that_are_no_configuration(build):
    document = read_document({"one": build.schema(), "other": {"a": 1}, "third": [1]})
    assert document.shape == "schema-map"
    assert [(d.code, d.pointer) for d in document.defects] == [("unchecked-member", "/other")]
    assert document.defects[0].message.startswith("2 members are no provisioning configurations")


FRAGMENTS = [
    ("rule", "synchronization-rule"),
    ("object_mapping", "object-mapping"),
    ("attribute_mapping", "attribute-mapping"),
    ("directory", "directory"),
    ("object_definition", "object-definition"),
    ("scope", "scope"),
]


@pytest.mark.parametrize(("builder", "shape"), FRAGMENTS)
@pytest.mark.parametrize("form", ["single", "list", "value", "pascal"])
def test_fragments(build, builder, shape, form):
    value = getattr(build, builder)()
    wrapped, expected_shape = {
        "single": (value, shape),
        "list": ([value, getattr(build, builder)()], f"{shape}-list"),
        "value": ({"@odata.context": "…", "value": [value]}, f"{shape}-list"),
        "pascal": (build.pascal(value), shape),
    }[form]
    document = read_document(wrapped)
    assert document.shape == expected_shape
    assert document.defects == ()
    (schema,) = document.schemas
    assert schema.fragment
    if shape in ("directory", "object-definition"):
        attributes = schema.directories[0].objects[0].attributes
        assert [attribute.name for attribute in attributes] == ["mail", "department"]
    else:
        mapping = schema.rules[0].object_mappings[0]
        assert schema.directories is None
        assert mapping.attribute_mappings or mapping.scope.groups[0].clauses


def test_fragment_points_into_the_file(build):
    (schema,) = read_document([build.attribute_mapping(), build.attribute_mapping("x")]).schemas
    mappings = schema.rules[0].object_mappings[0].attribute_mappings
    assert [mapping.pointer for mapping in mappings] == ["/0", "/1"]
    assert mappings[1].source.pointer == "/1/source"


def test_list_of_attribute_definitions(build):
    document = read_document([build.attribute("a"), {"name": "b", "type": "Boolean"}])
    assert document.shape == "attribute-definition-list"
    (schema,) = document.schemas
    attributes = schema.directories[0].objects[0].attributes
    assert [(a.pointer, a.name, a.type) for a in attributes] == [
        ("/0", "a", "String"),
        ("/1", "b", "Boolean"),
    ]


def test_several_fragments_of_a_vendor_guide(build):
    document = read_document(
        {
            "_note": "paste these",
            "sourceAttributes": [build.attribute("a")],
            "targetAttributes": [build.attribute("b")],
            "attributeMappings": [build.attribute_mapping("b", build.source("a"))],
        }
    )
    assert (document.shape, document.defects) == ("fragments", ())
    (schema,) = document.schemas
    assert [d.objects[0].attributes[0].name for d in schema.directories] == ["a", "b"]
    (mapping,) = schema.rules[0].object_mappings[0].attribute_mappings
    assert mapping.pointer == "/attributeMappings/0"


def test_test_case_of_an_expression():
    value = {
        "TargetAttributeName": "mail",
        "Description": "adds a suffix",
        "ExpectedResult": "ax",
        "Expression": 'Append([mail], "x")',
        "InputAttributes": {"mail": "a"},
    }
    document = read_document(value)
    assert (document.shape, document.defects) == ("mapping-test", ())
    (mapping,) = document.schemas[0].rules[0].object_mappings[0].attribute_mappings
    assert mapping.target_attribute_name == "mail"
    assert mapping.source.expression == 'Append([mail], "x")'


def test_minimal_upload(build):
    value = build.schema()
    value = {"synchronizationRules": value["synchronizationRules"]}
    value["synchronizationRules"][0]["objectMappings"][0]["attributeMappings"] = [
        {"source": {"name": "mail", "type": "Attribute"}, "targetAttributeName": "mail"}
    ]
    document = read_document(value)
    assert [(d.code, d.pointer) for d in document.defects] == [("missing-directories", "")]
    assert document.schemas[0].directories is None
    (mapping,) = document.schemas[0].rules[0].object_mappings[0].attribute_mappings
    assert (mapping.matching_priority, mapping.flow_type) == (0, "Always")
    assert mapping.source.parameters == ()


# PowerShell


def test_sdk_objects(build, expected):
    schema = only_schema(build.pascal(build.schema()), "schema")
    assert without_pointers(schema) == expected
    mapping = schema.rules[0].object_mappings[0].attribute_mappings[0]
    assert mapping.source.pointer == (
        "/SynchronizationRules/0/ObjectMappings/0/AttributeMappings/0/Source"
    )


def test_sdk_objects_with_untyped_properties(build, expected):
    value = build.pascal(build.schema())
    mapping = value["SynchronizationRules"][0]["ObjectMappings"][0]["AttributeMappings"][1]
    for pair in mapping["Source"]["Parameters"]:
        pair["AdditionalProperties"] = {"value": pair["Value"]}
        pair["Value"] = None
    schema = only_schema(value, "schema")
    assert without_pointers(schema) == expected
    parameters = schema.rules[0].object_mappings[0].attribute_mappings[1].source.parameters
    assert parameters[0][1].pointer.endswith("/Parameters/0/AdditionalProperties/value")


def test_unwrapped_arrays(build, expected):
    value = build.schema()
    value["synchronizationRules"] = value["synchronizationRules"][0]
    rule = value["synchronizationRules"]
    rule["objectMappings"] = rule["objectMappings"][0]
    group = rule["objectMappings"]["scope"]["groups"] = rule["objectMappings"]["scope"]["groups"][0]
    group["clauses"][0]["targetOperand"]["values"] = "Sales"
    rule["metadata"] = rule["metadata"][0]
    document = read_document(value)
    assert without_pointers(document.schemas[0]) == expected
    assert [(d.code, d.pointer) for d in document.defects] == [
        ("unwrapped-array", "/synchronizationRules"),
        ("unwrapped-array", "/synchronizationRules/metadata"),
        ("unwrapped-array", "/synchronizationRules/objectMappings"),
        ("unwrapped-array", "/synchronizationRules/objectMappings/scope/groups"),
        (
            "unwrapped-array",
            "/synchronizationRules/objectMappings/scope/groups/clauses/0/targetOperand/values",
        ),
    ]
    assert document.schemas[0].rules[0].pointer == "/synchronizationRules"


def test_arrays_wrapped_in_value_and_count(build, expected):
    value = build.schema()
    value["directories"] = {"value": value["directories"], "Count": 2}
    document = read_document(value)
    assert without_pointers(document.schemas[0]) == expected
    assert [(d.code, d.pointer) for d in document.defects] == [("unwrapped-array", "/directories")]
    assert document.schemas[0].directories[1].pointer == "/directories/value/1"


def test_null_in_place_of_empty_arrays(build):
    value = build.schema()
    mapping = value["synchronizationRules"][0]["objectMappings"][0]
    mapping["metadata"] = None
    mapping["scope"] = {"categoryFilterGroups": None, "groups": None, "inputFilterGroups": None}
    mapping["attributeMappings"][0]["source"]["parameters"] = None
    attribute = value["directories"][0]["objects"][0]["attributes"][0]
    attribute.update(apiExpressions=None, metadata=None, referencedObjects=None)
    schema = only_schema(value, "schema")
    assert schema.rules[0].object_mappings[0].scope.groups == ()


@pytest.mark.parametrize("missing", ["null", "absent"])
def test_no_scope(build, missing):
    value = build.schema()
    mapping = value["synchronizationRules"][0]["objectMappings"][0]
    if missing == "null":
        mapping["scope"] = None
    else:
        del mapping["scope"]
    assert only_schema(value, "schema").rules[0].object_mappings[0].scope is None


def test_enumerations_as_numbers(build):
    value = build.schema()
    mapping = value["synchronizationRules"][0]["objectMappings"][0]
    mapping["flowTypes"] = 5
    mapping["attributeMappings"][0].update(flowType=1, flowBehavior=1)
    mapping["attributeMappings"][1]["source"]["type"] = 2
    value["directories"][0]["objects"][0]["attributes"][0].update(type=2, mutability=3)
    schema = only_schema(value, "schema")
    read = schema.rules[0].object_mappings[0]
    assert read.flow_types == {"Add", "Delete"}
    first, second = read.attribute_mappings
    assert (first.flow_type, first.flow_behavior) == ("ObjectAddOnly", "FlowAlways")
    assert second.source.type == "Function"
    attribute = schema.directories[0].objects[0].attributes[0]
    assert (attribute.type, attribute.mutability) == ("Reference", "WriteOnly")


def test_internal_stubs(build):
    value = build.schema()
    value["synchronizationRules"][0]["objectMappings"].append(
        {
            "enabled": False,
            "flowTypes": "None",
            "name": None,
            "sourceObjectName": "",
            "targetObjectName": "Stub",
            "attributeMappings": [],
            "metadata": [],
            "scope": None,
        }
    )
    stub = only_schema(value, "schema").rules[0].object_mappings[1]
    assert (stub.name, stub.enabled, stub.flow_types) == (None, False, frozenset())


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        None,
        3,
        "text",
        {"name": "x", "attributes": [{"name": "a"}]},
        {"name": "x", "type": "String"},
        [{"name": "x", "type": "String"}],
        {"id": "urn:x", "name": "User", "attributes": [{"name": "userName", "multiValued": False,
         "caseExact": False, "mutability": "readWrite", "returned": "default"}]},
        {"groups": [{"name": "admins"}]},
        {"schedule": "daily", "status": "ok", "id": 3},
        {"value": [{"name": "EQUALS", "arity": "Binary"}]},
        {"value": {"value": {"value": {"value": {"value": {"value": []}}}}}},
    ],
)  # fmt: skip
def test_other_files(value):
    document = read_document(value)
    assert document.shape == "unrecognised"
    assert document.schemas == ()
    (defect,) = document.defects
    assert defect.code == "unrecognised"
    assert defect.message.startswith("no provisioning configuration was recognised in ")


def test_json_in_a_json_string(build):
    (defect,) = read_document(json.dumps(build.schema())).defects
    assert "a string that holds JSON" in defect.message
    assert "second ConvertTo-Json" in defect.help
