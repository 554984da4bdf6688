"""Rules on matching, beyond what their pages show: findings and what they underline."""

import pytest

# Target, source, matching priority, other members; `=x` is a constant.
KEY = ("userName", "userPrincipalName", 1)

MATCHING = [
    ([KEY], {}, []),
    ([("userName", "userPrincipalName")], {}, ['PL201 error "attributeMappings"']),
    ([], {}, []),
    ([("userName", "userPrincipalName")], {"enabled": False}, []),
    ([KEY, ("externalId", "objectId", 1)], {}, ["PL202 warning 1"]),
    ([KEY, ("externalId", "objectId", 2)], {}, []),
    (
        [("userName", 'Join("-", [country], [employeeId])', 1)],
        {},
        ['PL203 error Join(\\"-\\", [country], [employeeId])'],
    ),
    (
        [("userName", 'Join("-", [employeeId], [employeeId])', 1)],
        {},
        ['PL208 note Join(\\"-\\", [employeeId], [employeeId])'],
    ),
    (
        [("userName", "ToLower([userPrincipalName])", 1)],
        {},
        ["PL208 note ToLower([userPrincipalName])"],
    ),
    ([("userName", 'Join("-", [country], [employeeId])'), KEY], {}, []),
    ([("title", "department", 1)], {}, ["PL204 error 1"]),
    ([("displayName", "displayName", 1)], {}, ["PL204 warning 1"]),
    ([("title", "department"), KEY], {}, []),
    ([("userName", "mailNickname", 1)], {}, ["PL205 warning 1"]),
    ([("userName", "mail", 1)], {}, ["PL205 note 1"]),
    ([("userName", "mail", 2), ("externalId", "objectId", 1)], {}, []),
    (
        [("externalId", "Append([employeeId], Guid())", 1)],
        {},
        ["PL208 note Append([employeeId], Guid())", "PL206 error Guid"],
    ),
    ([("externalId", "Guid()", 1)], {}, ["PL206 error Guid"]),
    ([("externalId", "Guid()"), KEY], {}, []),
    ([("title", "=Employee", 1)], {}, ["PL207 error 1"]),
    ([("title", 'Append("a", "b")', 1)], {}, ["PL207 error 1"]),
    ([("title", None, 1)], {}, ["PL207 error 1"]),
    (
        [("active", "accountEnabled", 1)],
        {"targets": {"active": {"type": "Boolean"}}},
        ['PL213 error "active"', "PL204 error 1"],
    ),
    (
        [("emails", "userPrincipalName", 1)],
        {"targets": {"emails": {"type": "String", "multivalued": True}}},
        ['PL213 error "emails"'],
    ),
    (
        [("extensionAttribute3", "employeeId", 1)],
        {"source": "workday", "target": "entra"},
        ['PL210 error "extensionAttribute3"'],
    ),
    ([("extensionAttribute3", "employeeId", 1)], {"source": "workday", "target": "ad"}, []),
    ([("employeeId", "employeeId", 1)], {"source": "workday", "target": "entra"}, []),
    (
        [("userPrincipalName", "userPrincipalName", 1)],
        {"target": "entra", "template": "Azure2Azure"},
        ["PL214 error 1"],
    ),
    (
        [("alternativeSecurityIdentifier", "objectId", 1)],
        {"target": "entra", "template": "Azure2Azure"},
        [],
    ),
    (
        [("alternativeSecurityIdentifier", "mail", 1)],
        {"target": "entra", "template": "Azure2Azure"},
        ["PL205 note 1", 'PL214 error "mail"'],
    ),
    (
        [("employeeId", "WorkerID", 1), ("displayName", "FullName")],
        {
            "source": "workday",
            "target": "entra",
            "attributes": {"FullName": {"type": "String", "flowNullValues": True}},
        },
        ["PL211 warning true"],
    ),
    (
        [("employeeId", "WorkerID", 1), ("jobTitle", "BusinessTitle")],
        {
            "source": "workday",
            "target": "entra",
            "attributes": {"BusinessTitle": {"type": "String", "flowNullValues": True}},
        },
        [],
    ),
    (
        [("employeeID", "userId", 1)],
        {"source": "successfactors", "target": "ad"},
        ["PL215 warning 1"],
    ),
    ([("employeeID", "personIdExternal", 1)], {"source": "successfactors", "target": "ad"}, []),
    (
        [("employeeID", "Trim([personIdExternal])", 1)],
        {"source": "successfactors", "target": "ad"},
        ["PL208 note Trim([personIdExternal])"],
    ),
    (
        [("employeeID", "WorkerID", 1)],
        {
            "source": "workday",
            "target": "ad",
            "attributes": {"WorkerID": {"type": "String", "flowNullValues": True}},
        },
        ["PL211 warning true"],
    ),
    (
        [("employeeID", "WorkerID", 1)],
        {"source": "workday", "target": "ad", "attributes": {"WorkerID": {"type": "String"}}},
        [],
    ),
    ([KEY], {"attributes": {"userPrincipalName": {"type": "String", "flowNullValues": True}}}, []),
]


@pytest.mark.parametrize(("mappings", "context", "expected"), MATCHING)
def test_matching(schema, findings_of, mappings, context, expected):
    text = schema(mappings=mappings, **context)
    assert findings_of(text, "PL2", profile="strict") == expected
