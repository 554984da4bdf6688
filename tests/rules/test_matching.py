"""Rules on matching, beyond what their pages show: findings and what they underline."""

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

MATCHING = [
    ([KEY], {}, []),
    ([mapping("userName", "userPrincipalName")], {}, ['PL201 error "attributeMappings"']),
    ([], {}, []),
    ([mapping("userName", "userPrincipalName")], {"enabled": False}, []),
    ([KEY, mapping("externalId", "objectId", 1)], {}, ["PL202 warning 1"]),
    ([KEY, mapping("externalId", "objectId", 2)], {}, []),
    (
        [mapping("userName", 'Join("-", [country], [employeeId])', 1)],
        {},
        ['PL203 error Join(\\"-\\", [country], [employeeId])'],
    ),
    (
        [mapping("userName", 'Join("-", [employeeId], [employeeId])', 1)],
        {},
        ['PL208 note Join(\\"-\\", [employeeId], [employeeId])'],
    ),
    (
        [mapping("userName", "ToLower([userPrincipalName])", 1)],
        {},
        ["PL208 note ToLower([userPrincipalName])"],
    ),
    ([mapping("userName", 'Join("-", [country], [employeeId])'), KEY], {}, []),
    ([mapping("title", "department", 1)], {}, ["PL204 error 1"]),
    ([mapping("displayName", "displayName", 1)], {}, ["PL204 warning 1"]),
    ([mapping("title", "department"), KEY], {}, []),
    ([mapping("userName", "mailNickname", 1)], {}, ["PL205 warning 1"]),
    ([mapping("userName", "mail", 1)], {}, ["PL205 note 1"]),
    ([mapping("userName", "mail", 2), mapping("externalId", "objectId", 1)], {}, []),
    (
        [mapping("externalId", "Append([employeeId], Guid())", 1)],
        {},
        ["PL208 note Append([employeeId], Guid())", "PL206 error Guid"],
    ),
    ([mapping("externalId", "Guid()", 1)], {}, ["PL206 error Guid"]),
    ([mapping("externalId", "Guid()"), KEY], {}, []),
    ([mapping("title", "=Employee", 1)], {}, ["PL207 error 1"]),
    ([mapping("title", 'Append("a", "b")', 1)], {}, ["PL207 error 1"]),
    (
        [{"targetAttributeName": "title", "matchingPriority": 1, "source": None}],
        {},
        ["PL207 error 1"],
    ),
    (
        [mapping("active", "accountEnabled", 1)],
        {"targets": TARGETS},
        ['PL213 error "active"', "PL204 error 1"],
    ),
    ([mapping("emails", "userPrincipalName", 1)], {"targets": TARGETS}, ['PL213 error "emails"']),
    (
        [mapping("extensionAttribute3", "employeeId", 1)],
        {"source": "workday", "target": "entra"},
        ['PL210 error "extensionAttribute3"'],
    ),
    ([mapping("extensionAttribute3", "employeeId", 1)], {"source": "workday", "target": "ad"}, []),
    ([mapping("employeeId", "employeeId", 1)], {"source": "workday", "target": "entra"}, []),
    (
        [mapping("userPrincipalName", "userPrincipalName", 1)],
        {"target": "entra", "template": "Azure2Azure"},
        ["PL214 error 1"],
    ),
    (
        [mapping("alternativeSecurityIdentifier", "objectId", 1)],
        {"target": "entra", "template": "Azure2Azure"},
        [],
    ),
    (
        [mapping("employeeID", "userId", 1)],
        {"source": "successfactors", "target": "ad"},
        ["PL215 warning 1"],
    ),
    (
        [mapping("employeeID", "personIdExternal", 1)],
        {"source": "successfactors", "target": "ad"},
        [],
    ),
    (
        [mapping("employeeID", "Trim([personIdExternal])", 1)],
        {"source": "successfactors", "target": "ad"},
        ["PL208 note Trim([personIdExternal])"],
    ),
    (
        [mapping("employeeID", "WorkerID", 1)],
        {
            "source": "workday",
            "target": "ad",
            "attributes": {"WorkerID": {"type": "String", "flowNullValues": True}},
        },
        ["PL211 warning true"],
    ),
    (
        [mapping("employeeID", "WorkerID", 1)],
        {"source": "workday", "target": "ad", "attributes": {"WorkerID": TEXT}},
        [],
    ),
    ([KEY], {"attributes": {"userPrincipalName": {"type": "String", "flowNullValues": True}}}, []),
]


@pytest.mark.parametrize(("mappings", "context", "expected"), MATCHING)
def test_matching(schema, findings_of, mappings, context, expected):
    text = schema(attributeMappings=mappings, **context)
    assert findings_of(text, "PL2", profile="strict") == expected
