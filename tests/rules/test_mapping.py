"""Rules on mappings, beyond what their pages show: findings and what they underline."""

import json

import pytest

from provlint.lint import lint_text

TEXT = {"type": "String"}
TARGETS = {
    "userName": TEXT,
    "active": {"type": "Boolean"},
    "title": TEXT,
    "externalId": TEXT,
    "id": TEXT,
    "emails": {"type": "String", "multivalued": True},
}


# Target, source, matching priority, other members; `=x` is a constant.
KEY = ("userName", "userPrincipalName", 1)

SOURCE_AND_TARGET_ATTRIBUTES = [
    ([KEY], {}, []),
    ([KEY, ("title", "Department")], {}, ['PL401 error "Department"']),
    ([KEY, ("title", "ToLower([Department])")], {}, ["PL401 error [Department]"]),
    ([KEY, ("title", "jobTitel")], {}, ['PL401 error "jobTitel"']),
    ([KEY, ("title", 'Join(" ", [department], [ country])')], {}, ["PL401 error [ country]"]),
    ([KEY, ("title", "id")], {}, ['PL401 error "id"']),
    ([KEY, ("title", "samAccountName")], {}, ['PL402 error "samAccountName"']),
    (
        [KEY, ("title", "samAccountName")],
        {
            "source": "ad",
            "target": "entra",
            "attributes": {"samAccountName": TEXT, "userPrincipalName": TEXT},
        },
        [],
    ),
    ([KEY, ("title", 'Append("[department]", "x")')], {}, []),
    ([KEY, ("Title", "department")], {"targets": TARGETS}, ['PL403 error "Title"']),
    ([KEY, ("titel", "department")], {"targets": TARGETS}, ['PL403 error "titel"']),
    ([KEY, ("shoeSize", "department")], {"targets": TARGETS}, ['PL403 error "shoeSize"']),
    ([KEY, ("shoeSize", "department")], {}, []),
    ([KEY, ("", "department")], {"targets": TARGETS}, ['PL403 error ""']),
    ([KEY, ("title", "department"), ("title", "country")], {}, ['PL404 error "title"']),
    ([KEY, ("userName", "employeeId", 2)], {}, []),
    ([KEY, ("userName", "employeeId")], {}, ['PL404 error "userName"']),
    ([KEY, ("title", "department"), ("Title", "country")], {}, []),
    (
        [KEY, ("title", "department")],
        {"targets": {**TARGETS, "title": {"type": "String", "mutability": "ReadOnly"}}},
        ['PL405 error "title"'],
    ),
    (
        [KEY, ("title", "department")],
        {"targets": {**TARGETS, "title": {"type": "String", "mutability": "WriteOnly"}}},
        [],
    ),
    (
        [("id", "objectId", 1)],
        {"targets": {"id": {"type": "String", "mutability": "ReadOnly", "anchor": True}}},
        ['PL406 error "id"'],
    ),
    ([("id", "objectId", 1)], {}, ['PL406 error "id"']),
    (
        [("id", "objectId", 1)],
        {"source": "workday", "target": "entra", "attributes": {"objectId": TEXT}},
        [],
    ),
    ([KEY, ("title", "proxyAddresses")], {"targets": TARGETS}, ['PL407 warning "title"']),
    ([KEY, ("emails", "proxyAddresses")], {"targets": TARGETS}, []),
    ([KEY, ("title", 'Split([department], ",")')], {"targets": TARGETS}, ["PL407 warning Split"]),
    ([KEY, ("title", 'Item(Split([department], ","), 1)')], {"targets": TARGETS}, []),
    ([KEY, ("title", 'Join(",", [proxyAddresses])')], {"targets": TARGETS}, []),
    ([KEY, ("title", "Item([proxyAddresses], 1)")], {"targets": TARGETS}, []),
]

STORED = [
    ("Function", "ToUpper", "ToUpper([department])", [("Attribute", "department")], []),
    ("Function", "ToUpper", "toupper([department])", [("Attribute", "department")], []),
    ("Function", "ToUpper", "ToUpper([city])", [("Attribute", "department")], ["department"]),
    ("Function", "ToUpper", "ToLower([department])", [("Attribute", "department")], ["ToUpper"]),
    ("Function", "Left", "Left([department], 5)", [("Attribute", "department")], []),
    (
        "Function",
        "Left",
        "Left([department], 5)",
        [("Attribute", "department"), ("Constant", "6")],
        ["6"],
    ),
    ("Function", "Join", 'Join("", [city], [department])', [("Attribute", "city")], []),
    ("Function", "Append", "Append([city], ${suffix})", [("Attribute", "department")], []),
    ("Attribute", "department", "[department]", [], []),
    ("Attribute", "city", "[department]", [], ["city"]),
]


@pytest.mark.parametrize(("kind", "name", "expression", "parameters", "stored"), STORED)
def test_the_stored_form(kind, name, expression, parameters, stored):
    source = {
        "type": kind,
        "name": name,
        "expression": expression,
        "parameters": [
            {"key": "source", "value": {"type": each, "name": value, "parameters": []}}
            for each, value in parameters
        ],
    }
    mapping = {"targetAttributeName": "title", "source": source}
    found = [each for each in lint_text(json.dumps(mapping)) if each.rule == "PL428"]
    assert len(found) == len(stored)
    assert all(f"`{name}`" in each.message for each, name in zip(found, stored, strict=True))


def test_the_stored_form_in_another_order():
    parameters = [
        {"key": "switchValue", "value": {"type": "Constant", "name": name}}
        for name in ("b", "a", "x")
    ]
    parameters.insert(0, {"key": "source", "value": {"type": "Attribute", "name": "city"}})
    source = {
        "type": "Function",
        "name": "Switch",
        "expression": 'Switch([city], "x", "a", "b")',
        "parameters": parameters,
    }
    mapping = {"targetAttributeName": "title", "source": source}
    assert "PL428" not in {each.rule for each in lint_text(json.dumps(mapping))}


ACCOUNTS = [
    ([KEY, ("active", "accountEnabled")], {}, ['PL408 error "active"']),
    (
        [KEY, ("active", 'Switch([accountEnabled], , "False", "False", "True", "True")')],
        {},
        ['PL408 error "active"'],
    ),
    (
        [KEY, ("active", 'IIF([accountEnabled] = "True", Not([IsSoftDeleted]), "False")')],
        {
            "attributes": {
                "accountEnabled": {"type": "Boolean"},
                "IsSoftDeleted": {"type": "Boolean"},
                "userPrincipalName": TEXT,
            }
        },
        [],
    ),
    (
        [KEY, ("suspended", "accountEnabled")],
        {},
        ['PL408 error "suspended"', 'PL409 error "accountEnabled"'],
    ),
    (
        [KEY, ("accountEnabled", "accountEnabled")],
        {"target": "entra", "template": "Azure2Azure"},
        [],
    ),
    ([KEY, ("accountEnabled", "accountEnabled")], {"source": "ad", "target": "entra"}, []),
    (
        [KEY, ("active", 'Switch([IsSoftDeleted], , "False", "True", "True", "False")')],
        {"attributes": {}},
        [],
    ),
    (
        [KEY, ("active", 'Switch([IsSoftDeleted], , "False", "False", "True", "True")')],
        {"attributes": {}},
        ['PL409 error Switch([IsSoftDeleted], , \\"False\\", \\"False\\", \\"True\\", \\"True\\")'],
    ),
    (
        [("accountDisabled", 'Switch([Active], "True", "Y", "False")')],
        {"source": "workday", "target": "ad", "attributes": {}},
        [],
    ),
    (
        [("accountDisabled", "CBool([Active])")],
        {"source": "workday", "target": "ad", "attributes": {}},
        ["PL409 error CBool([Active])"],
    ),
    ([KEY, ("active", "IsSoftDeleted")], {"attributes": {}}, ['PL409 error "IsSoftDeleted"']),
    ([KEY, ("suspended", "IsSoftDeleted")], {"attributes": {}}, []),
    ([KEY, ("locked_out", "IsSoftDeleted")], {"attributes": {}}, []),
    (
        [KEY, ("locked_out", "Not([IsSoftDeleted])")],
        {"attributes": {}},
        ["PL409 error Not([IsSoftDeleted])"],
    ),
    (
        [KEY, ("isSoftDeleted", "Not([IsSoftDeleted])")],
        {"target": "entra", "template": "Azure2Azure", "attributes": {}},
        ["PL409 error Not([IsSoftDeleted])"],
    ),
    (
        [("accountDisabled", 'Switch([emplStatus], "False", "A", "True")')],
        {"source": "successfactors", "target": "ad", "attributes": {}},
        ['PL409 error Switch([emplStatus], \\"False\\", \\"A\\", \\"True\\")'],
    ),
    (
        [("accountDisabled", 'Switch([emplStatus], "True", "A", "False")')],
        {"source": "successfactors", "target": "ad", "attributes": {}},
        [],
    ),
    (
        [KEY, ("AccountEnabled", 'IIF(BitAnd([userAccountControl], 2) = "0", "True", "False")')],
        {"source": "ad", "target": "entra", "attributes": {}},
        [],
    ),
    (
        [KEY, ("AccountEnabled", 'IIF(BitAnd([userAccountControl], 2) = "0", "False", "True")')],
        {"source": "ad", "target": "entra", "attributes": {}},
        ['PL409 error IIF(BitAnd([userAccountControl], 2) = \\"0\\", \\"False\\", \\"True\\")'],
    ),
    ([KEY, ("active", "Not([IsSoftDeleted])")], {"attributes": {}}, []),
    (
        [KEY, ("suspended", "Not([IsSoftDeleted])")],
        {"attributes": {}},
        ["PL409 error Not([IsSoftDeleted])"],
    ),
    ([KEY, ("active", 'IIF([IsSoftDeleted] = "True", "False", "True")')], {"attributes": {}}, []),
    (
        [KEY, ("active", 'IIF([IsSoftDeleted] = "True", "True", "False")')],
        {"attributes": {}},
        ['PL409 error IIF([IsSoftDeleted] = \\"True\\", \\"True\\", \\"False\\")'],
    ),
    (
        [("accountDisabled", 'Switch([Active], , "0", "True", "1", "False")')],
        {"source": "workday", "target": "ad", "attributes": {}},
        [],
    ),
    (
        [("accountDisabled", 'Switch([Active], , "0", "False", "1", "True")')],
        {"source": "workday", "target": "ad", "attributes": {}},
        ['PL409 error Switch([Active], , \\"0\\", \\"False\\", \\"1\\", \\"True\\")'],
    ),
    ([KEY], {"targets": TARGETS}, ['PL410 warning "attributeMappings"']),
    ([KEY, ("active", "Not([IsSoftDeleted])")], {"targets": TARGETS, "attributes": {}}, []),
    ([KEY], {"targets": {"userName": TEXT}}, []),
    ([KEY], {"targets": TARGETS, "source": "workday", "attributes": {}}, []),
    ([KEY], {"flowTypes": "Add,Delete"}, ['PL411 warning "Add,Delete"']),
    ([KEY], {"flowTypes": "Update"}, ['PL412 note "Update"']),
    ([KEY], {"flowTypes": "Add, Update, Delete"}, []),
    ([KEY], {"flowTypes": ""}, ['PL412 note ""']),
    ([KEY], {"enabled": False}, ["PL413 error false"]),
    ([KEY], {"enabled": False, "source": "ad", "target": "entra"}, []),
    ([KEY], {"enabled": False, "sourceObjectName": "Group"}, []),
]

OTHER_MAPPINGS = [
    (
        [KEY, ("title", "appRoleAssignments")],
        {"attributes": {}},
        ['PL414 error "appRoleAssignments"'],
    ),
    ([KEY, ("title", "SingleAppRoleAssignment([appRoleAssignments])")], {"attributes": {}}, []),
    (
        [KEY, ("title", "IgnoreFlowIfNullOrEmpty([appRoleAssignments])")],
        {"attributes": {}},
        ["PL414 error [appRoleAssignments]"],
    ),
    (
        [KEY, ("title", 'IIF(IsPresent([appRoleAssignments]), "User", "None")')],
        {"attributes": {}},
        [],
    ),
    (
        [("thumbnailPhoto", "Photo")],
        {"source": "successfactors", "target": "ad", "attributes": {"Photo": {"type": "Binary"}}},
        ['PL421 note "thumbnailPhoto"', 'PL415 warning "Photo"'],
    ),
    ([KEY, ("title", "thumbnailPhoto")], {"attributes": {}}, ['PL415 warning "thumbnailPhoto"']),
    (
        [KEY, ("thumbnailPhoto", "thumbnailPhoto")],
        {"source": "ad", "target": "entra", "attributes": {}},
        [],
    ),
    (
        [("mail", "Email")],
        {"source": "workday", "target": "entra", "attributes": {}},
        ['PL416 error "mail"'],
    ),
    (
        [("mail", "Email")],
        {"source": "workday", "target": "ad", "attributes": {}},
        ['PL421 note "mail"'],
    ),
    (
        [KEY, ("title", "jobTitle")],
        {"attributes": {"jobTitle": {**TEXT, "flowNullValues": True}, "userPrincipalName": TEXT}},
        ["PL419 note true"],
    ),
    (
        [("title", "IgnoreFlowIfNullOrEmpty([Titles])")],
        {
            "source": "workday",
            "target": "ad",
            "attributes": {"Titles": {**TEXT, "flowNullValues": True, "multivalued": True}},
        },
        ["PL419 note true", "PL419 warning IgnoreFlowIfNullOrEmpty"],
    ),
    (
        [("title", "StripSpaces([Title])")],
        {"source": "workday", "target": "ad", "attributes": {}},
        ['PL421 note "title"'],
    ),
    (
        [("title", "IgnoreFlowIfNullOrEmpty(StripSpaces([Title]))")],
        {"source": "workday", "target": "ad", "attributes": {}},
        [],
    ),
    ([("mail", "mail")], {"source": "ad", "target": "entra", "attributes": {}}, []),
    (
        [("otherMails", "otherMails")],
        {"target": "entra", "template": "Azure2Azure", "attributes": {}},
        ['PL417 warning "otherMails"'],
    ),
    (
        [("proxyAddresses", "proxyAddresses")],
        {"source": "ad", "target": "entra", "attributes": {}},
        [],
    ),
    (
        [KEY, ("title", "department", {"defaultValue": "x", "flowType": "Always"})],
        {},
        ['PL418 note "x"'],
    ),
    ([KEY, ("title", "department", {"defaultValue": "x", "flowType": "ObjectAddOnly"})], {}, []),
    (
        [("title", "IgnoreFlowIfNullOrEmpty([Title])")],
        {
            "source": "workday",
            "target": "ad",
            "attributes": {"Title": {"type": "String", "flowNullValues": True}},
        },
        ["PL419 warning IgnoreFlowIfNullOrEmpty"],
    ),
    (
        [("title", "Title")],
        {
            "source": "workday",
            "target": "ad",
            "attributes": {"Title": {"type": "String", "flowNullValues": True}},
        },
        ['PL421 note "title"'],
    ),
    (
        [KEY],
        {"targets": {"userName": TEXT, "title": {"type": "String", "required": True}}},
        ['PL420 note "attributeMappings"'],
    ),
    (
        [KEY],
        {
            "targets": {
                "userName": TEXT,
                "title": {"type": "String", "required": True, "defaultValue": "x"},
            }
        },
        [],
    ),
    (
        [KEY],
        {"targets": {"userName": TEXT, "id": {"type": "String", "required": True, "anchor": True}}},
        [],
    ),
    (
        [("title", "IgnoreFlowIfNullOrEmpty([Title])")],
        {"source": "workday", "target": "ad", "attributes": {}},
        [],
    ),
    (
        [("title", "Title", {"defaultValue": "x"})],
        {"source": "workday", "target": "ad", "attributes": {}},
        ['PL418 note "x"'],
    ),
    (
        [KEY],
        {"source": "workday", "target": "ad", "attributes": {}, "flowTypes": "Add,Update,Delete"},
        ['PL422 note "Add,Update,Delete"'],
    ),
    ([KEY], {"source": "workday", "target": "ad", "attributes": {}, "flowTypes": "Add,Update"}, []),
    (
        [KEY],
        {
            "source": "workday",
            "target": "entra",
            "attributes": {},
            "flowTypes": "Add,Update,Delete",
        },
        [],
    ),
]


@pytest.mark.parametrize(("mappings", "context", "expected"), SOURCE_AND_TARGET_ATTRIBUTES)
def test_source_and_target_attributes(schema, findings_of, mappings, context, expected):
    text = schema(mappings=mappings, **context)
    assert findings_of(text, "PL40", profile="strict") == expected


@pytest.mark.parametrize(("mappings", "context", "expected"), ACCOUNTS)
def test_accounts(schema, findings_of, mappings, context, expected):
    text = schema(mappings=mappings, **context)
    assert findings_of(text, "PL4", profile="strict") == expected


@pytest.mark.parametrize(("mappings", "context", "expected"), OTHER_MAPPINGS)
def test_other_mappings(schema, findings_of, mappings, context, expected):
    text = schema(mappings=mappings, **context)
    assert findings_of(text, "PL4", profile="strict") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("mobilePhone", ["PL401 warning mobilePhone"]),
        ("ToLower([businessPhones])", ["PL401 warning [businessPhones]"]),
        ("mobile", []),
        ("id", []),
        ("extension_9f0c_mobilePhone", []),
    ],
)
def test_names_of_graph_where_the_file_has_no_directories(findings_of, source, expected):
    def rule(directory, people="User"):
        mapping = {"targetAttributeName": "phone", "source": make_source(source)}
        return json.dumps(
            {
                "sourceDirectoryName": directory, "targetDirectoryName": "Harbour CRM",
                "objectMappings": [{
                    "sourceObjectName": people, "targetObjectName": "User",
                    "attributeMappings": [mapping],
                }],
            }
        )  # fmt: skip

    found = findings_of(rule("Microsoft Entra ID"), "PL401")
    assert [each.replace('"', "") for each in found] == expected
    assert findings_of(rule("Harbour HR"), "PL401") == []
    assert findings_of(rule("Microsoft Entra ID", "Device"), "PL401") == []


def make_source(text):
    if "(" in text:
        return {"type": "Function", "name": text.partition("(")[0], "expression": text}
    return {"type": "Attribute", "name": text}
