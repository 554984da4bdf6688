"""Rules on mappings, beyond what their pages show: findings and what they underline."""

import pytest

TEXT = {"type": "String"}
TARGETS = {
    "userName": TEXT,
    "active": {"type": "Boolean"},
    "title": TEXT,
    "externalId": TEXT,
    "id": TEXT,
    "emails": {"type": "String", "multivalued": True},
}


def mapping(target, source, priority=0, **members):
    """An attribute mapping; `=x` is a constant, a text with a parenthesis is an expression."""
    if source.startswith("="):
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


KEY = mapping("userName", "userPrincipalName", 1)

SOURCE_AND_TARGET_ATTRIBUTES = [
    ([KEY], {}, []),
    ([KEY, mapping("title", "Department")], {}, ['PL401 error "Department"']),
    ([KEY, mapping("title", "ToLower([Department])")], {}, ["PL401 error [Department]"]),
    ([KEY, mapping("title", "jobTitel")], {}, ['PL401 error "jobTitel"']),
    (
        [KEY, mapping("title", 'Join(" ", [department], [ country])')],
        {},
        ["PL401 error [ country]"],
    ),
    ([KEY, mapping("title", "id")], {}, ['PL401 error "id"']),
    ([KEY, mapping("title", "samAccountName")], {}, ['PL402 error "samAccountName"']),
    (
        [KEY, mapping("title", "samAccountName")],
        {
            "source": "ad",
            "target": "entra",
            "attributes": {"samAccountName": TEXT, "userPrincipalName": TEXT},
        },
        [],
    ),
    ([KEY, mapping("title", 'Append("[department]", "x")')], {}, []),
    ([KEY, mapping("Title", "department")], {"targets": TARGETS}, ['PL403 error "Title"']),
    ([KEY, mapping("titel", "department")], {"targets": TARGETS}, ['PL403 error "titel"']),
    ([KEY, mapping("shoeSize", "department")], {"targets": TARGETS}, ['PL403 error "shoeSize"']),
    ([KEY, mapping("shoeSize", "department")], {}, []),
    ([KEY, mapping("", "department")], {"targets": TARGETS}, ['PL403 error ""']),
    (
        [KEY, mapping("title", "department"), mapping("title", "country")],
        {},
        ['PL404 error "title"'],
    ),
    ([KEY, mapping("userName", "employeeId", 2)], {}, []),
    ([KEY, mapping("userName", "employeeId")], {}, ['PL404 error "userName"']),
    ([KEY, mapping("title", "department"), mapping("Title", "country")], {}, []),
    (
        [KEY, mapping("title", "department")],
        {"targets": {**TARGETS, "title": {"type": "String", "mutability": "ReadOnly"}}},
        ['PL405 error "title"'],
    ),
    (
        [KEY, mapping("title", "department")],
        {"targets": {**TARGETS, "title": {"type": "String", "mutability": "WriteOnly"}}},
        [],
    ),
    (
        [mapping("id", "objectId", 1)],
        {"targets": {"id": {"type": "String", "mutability": "ReadOnly", "anchor": True}}},
        ['PL406 error "id"'],
    ),
    ([mapping("id", "objectId", 1)], {}, ['PL406 error "id"']),
    (
        [mapping("id", "objectId", 1)],
        {"source": "workday", "target": "entra", "attributes": {"objectId": TEXT}},
        [],
    ),
    ([KEY, mapping("title", "proxyAddresses")], {"targets": TARGETS}, ['PL407 warning "title"']),
    ([KEY, mapping("emails", "proxyAddresses")], {"targets": TARGETS}, []),
    (
        [KEY, mapping("title", 'Split([department], ",")')],
        {"targets": TARGETS},
        ["PL407 warning Split"],
    ),
    ([KEY, mapping("title", 'Item(Split([department], ","), 1)')], {"targets": TARGETS}, []),
    ([KEY, mapping("title", 'Join(",", [proxyAddresses])')], {"targets": TARGETS}, []),
    ([KEY, mapping("title", "Item([proxyAddresses], 1)")], {"targets": TARGETS}, []),
]

ACCOUNTS = [
    ([KEY, mapping("active", "accountEnabled")], {}, ['PL408 error "active"']),
    (
        [KEY, mapping("active", 'Switch([accountEnabled], , "False", "False", "True", "True")')],
        {},
        ['PL408 error "active"'],
    ),
    (
        [KEY, mapping("active", 'IIF([accountEnabled] = "True", Not([IsSoftDeleted]), "False")')],
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
        [KEY, mapping("suspended", "accountEnabled")],
        {},
        ['PL408 error "suspended"', 'PL409 error "accountEnabled"'],
    ),
    (
        [KEY, mapping("accountEnabled", "accountEnabled")],
        {"target": "entra", "template": "Azure2Azure"},
        [],
    ),
    ([KEY, mapping("accountEnabled", "accountEnabled")], {"source": "ad", "target": "entra"}, []),
    (
        [KEY, mapping("active", 'Switch([IsSoftDeleted], , "False", "True", "True", "False")')],
        {"attributes": {}},
        [],
    ),
    (
        [KEY, mapping("active", 'Switch([IsSoftDeleted], , "False", "False", "True", "True")')],
        {"attributes": {}},
        ['PL409 error Switch([IsSoftDeleted], , \\"False\\", \\"False\\", \\"True\\", \\"True\\")'],
    ),
    (
        [KEY, mapping("active", "IsSoftDeleted")],
        {"attributes": {}},
        ['PL409 error "IsSoftDeleted"'],
    ),
    ([KEY, mapping("suspended", "IsSoftDeleted")], {"attributes": {}}, []),
    ([KEY, mapping("active", "Not([IsSoftDeleted])")], {"attributes": {}}, []),
    (
        [KEY, mapping("suspended", "Not([IsSoftDeleted])")],
        {"attributes": {}},
        ["PL409 error Not([IsSoftDeleted])"],
    ),
    (
        [KEY, mapping("active", 'IIF([IsSoftDeleted] = "True", "False", "True")')],
        {"attributes": {}},
        [],
    ),
    (
        [KEY, mapping("active", 'IIF([IsSoftDeleted] = "True", "True", "False")')],
        {"attributes": {}},
        ['PL409 error IIF([IsSoftDeleted] = \\"True\\", \\"True\\", \\"False\\")'],
    ),
    (
        [mapping("accountDisabled", 'Switch([Active], , "0", "True", "1", "False")')],
        {"source": "workday", "target": "ad", "attributes": {}},
        [],
    ),
    (
        [mapping("accountDisabled", 'Switch([Active], , "0", "False", "1", "True")')],
        {"source": "workday", "target": "ad", "attributes": {}},
        ['PL409 error Switch([Active], , \\"0\\", \\"False\\", \\"1\\", \\"True\\")'],
    ),
    ([KEY], {"targets": TARGETS}, ['PL410 warning "attributeMappings"']),
    ([KEY, mapping("active", "Not([IsSoftDeleted])")], {"targets": TARGETS, "attributes": {}}, []),
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
        [KEY, mapping("title", "appRoleAssignments")],
        {"attributes": {}},
        ['PL414 error "appRoleAssignments"'],
    ),
    (
        [KEY, mapping("title", "SingleAppRoleAssignment([appRoleAssignments])")],
        {"attributes": {}},
        [],
    ),
    (
        [KEY, mapping("title", "thumbnailPhoto")],
        {"attributes": {}},
        ['PL415 warning "thumbnailPhoto"'],
    ),
    (
        [KEY, mapping("thumbnailPhoto", "thumbnailPhoto")],
        {"source": "ad", "target": "entra", "attributes": {}},
        [],
    ),
    (
        [mapping("mail", "Email")],
        {"source": "workday", "target": "entra", "attributes": {}},
        ['PL416 error "mail"'],
    ),
    (
        [mapping("mail", "Email")],
        {"source": "workday", "target": "ad", "attributes": {}},
        ['PL421 note "mail"'],
    ),
    ([mapping("mail", "mail")], {"source": "ad", "target": "entra", "attributes": {}}, []),
    (
        [mapping("otherMails", "otherMails")],
        {"target": "entra", "template": "Azure2Azure", "attributes": {}},
        ['PL417 warning "otherMails"'],
    ),
    (
        [mapping("proxyAddresses", "proxyAddresses")],
        {"source": "ad", "target": "entra", "attributes": {}},
        [],
    ),
    (
        [KEY, mapping("title", "department", defaultValue="x", flowType="Always")],
        {},
        ['PL418 note "x"'],
    ),
    ([KEY, mapping("title", "department", defaultValue="x", flowType="ObjectAddOnly")], {}, []),
    (
        [mapping("title", "IgnoreFlowIfNullOrEmpty([Title])")],
        {
            "source": "workday",
            "target": "ad",
            "attributes": {"Title": {"type": "String", "flowNullValues": True}},
        },
        ["PL419 warning IgnoreFlowIfNullOrEmpty"],
    ),
    (
        [mapping("title", "Title")],
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
        [mapping("title", "IgnoreFlowIfNullOrEmpty([Title])")],
        {"source": "workday", "target": "ad", "attributes": {}},
        [],
    ),
    (
        [mapping("title", "Title", defaultValue="x")],
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
    text = schema(attributeMappings=mappings, **context)
    assert findings_of(text, "PL40", profile="strict") == expected


@pytest.mark.parametrize(("mappings", "context", "expected"), ACCOUNTS)
def test_accounts(schema, findings_of, mappings, context, expected):
    text = schema(attributeMappings=mappings, **context)
    assert findings_of(text, "PL4", profile="strict") == expected


@pytest.mark.parametrize(("mappings", "context", "expected"), OTHER_MAPPINGS)
def test_other_mappings(schema, findings_of, mappings, context, expected):
    text = schema(attributeMappings=mappings, **context)
    assert findings_of(text, "PL4", profile="strict") == expected
