"""Small configurations, and the difference of two of them."""

import copy
import json

from provlint.compare.configuration.difference import compare_configurations
from provlint.simulate.configuration_files import configuration_in

ACTIVE = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'


def clause(attribute, operator, *values):
    operand = {"values": list(values)} if values else None
    return {
        "sourceOperandName": attribute,
        "operatorName": operator,
        "targetOperand": operand,
    }


def group(*clauses, name="group"):
    return {"name": name, "clauses": list(clauses)}


def mapping(target, expression, priority=0, flow_type="Always", default=None):
    kind = "Attribute" if expression.startswith("[") else "Function"
    if expression.startswith('"'):
        kind = "Constant"
    return {
        "targetAttributeName": target,
        "matchingPriority": priority,
        "flowType": flow_type,
        "flowBehavior": "FlowWhenChanged",
        "defaultValue": default,
        "source": {
            "type": kind,
            "name": expression.strip('[]"'),
            "expression": expression,
            "parameters": [],
        },
    }


def attribute(name, **more):
    return {"name": name, "type": "String", "caseExact": False, "required": False, **more}


def base():
    """A SCIM configuration with one filter, two matching attributes and a few mappings."""
    sources = ("userPrincipalName", "displayName", "department", "country", "mail", "employeeId")
    targets = ("userName", "externalId", "displayName", "title", "department", "active")
    return {
        "id": "scim.tenant.job",
        "directories": [
            {
                "name": "Microsoft Entra ID",
                "objects": [{"name": "User", "attributes": [*map(attribute, sources)]}],
            },
            {
                "name": "customappsso",
                "objects": [{"name": "User", "attributes": [*map(attribute, targets)]}],
            },
        ],
        "synchronizationRules": [
            {
                "id": "rule-1",
                "name": "USER_OUTBOUND_USER",
                "sourceDirectoryName": "Microsoft Entra ID",
                "targetDirectoryName": "customappsso",
                "objectMappings": [
                    {
                        "name": "users",
                        "enabled": True,
                        "flowTypes": "Add,Update,Delete",
                        "sourceObjectName": "User",
                        "targetObjectName": "User",
                        "scope": {
                            "groups": [group(clause("department", "EQUALS", "Sales"))],
                            "inputFilterGroups": [],
                            "categoryFilterGroups": [],
                        },
                        "attributeMappings": [
                            mapping("userName", "[userPrincipalName]", 1),
                            mapping("externalId", "[employeeId]", 2),
                            mapping("displayName", 'Join(" ", [givenName], [surname])'),
                            mapping("title", "[jobTitle]"),
                            mapping("active", ACTIVE),
                        ],
                    }
                ],
            }
        ],
    }


def users_of(value):
    """The object mapping of users."""
    return value["synchronizationRules"][0]["objectMappings"][0]


def edited(edit, value=None):
    """A copy of the configuration with an edit."""
    new = copy.deepcopy(base() if value is None else value)
    made = edit(new)
    return new if made is None else made


def read(value, name="schema.json"):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    found = configuration_in(data, name)
    assert found is not None
    return found


def difference(old, new, **options):
    return compare_configurations(read(old), read(new), **options)


def told(found):
    """Kind, weight and target attribute of every change."""
    return [(change.kind, change.weight, change.place.attribute) for change in found.changes]
