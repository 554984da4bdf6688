"""Small object mappings and flows for tests."""

from provlint.evaluation import make_context
from provlint.model.read import read_document
from provlint.semantics.configuration import ConfigurationUnit
from provlint.simulate.flow import Flow
from provlint.simulate.plan import plan_of
from provlint.simulate.situation import Facts, Settings, Situation
from provlint.simulate.targets import TargetList, TargetUser

SWITCH = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'
ASSIGNED = Situation(assignment="direct")
ALL = Settings(sync_all=True)
AMY = {
    "objectId": "u1",
    "userPrincipalName": "amy@x.org",
    "displayName": "Amy",
    "accountEnabled": True,
}


def mapping(target, expression, priority=0, **more):
    source = None
    if expression is not None:
        kind = "Function" if "(" in expression else "Attribute"
        kind = kind if expression.startswith("[") or "(" in expression else "Constant"
        source = {"type": kind, "name": expression.strip("[]"), "expression": expression}
    return {"targetAttributeName": target, "matchingPriority": priority, "source": source, **more}


NAME = mapping("userName", "[userPrincipalName]", 1)


def plan(*mappings, scope=None, attributes=(), metadata=(), template="scim", **rule):
    """One object mapping; `attributes` are definitions of target attributes."""
    names = dict.fromkeys(each["targetAttributeName"] for each in mappings)
    known = {each["name"]: each for each in attributes}
    definitions = [known.get(name, {"name": name, "type": "String"}) for name in names]
    schema = {
        "id": f"{template}.x",
        "synchronizationRules": [
            {
                "id": "r",
                "name": "rule",
                "sourceDirectoryName": "Microsoft Entra ID",
                "targetDirectoryName": "app",
                "objectMappings": [
                    {
                        "name": "users",
                        "flowTypes": "Add,Update,Delete",
                        "sourceObjectName": "User",
                        "targetObjectName": "Account",
                        "attributeMappings": list(mappings),
                        "scope": scope,
                    }
                ],
                **rule,
            }
        ],
    }
    if attributes or metadata:
        objects = [{"name": "Account", "attributes": definitions, "metadata": list(metadata)}]
        target = rule.get("targetDirectoryName", "app")
        schema["directories"] = [{"name": target, "objects": objects}]
    unit = ConfigurationUnit(read_document(schema))
    return plan_of(unit.schemas[0].rules[0].object_mappings[0])


def flow(the_plan, targets=(), settings=ALL, facts=None, **more):
    users = None
    if targets is not None:
        users = TargetList(TargetUser(user["id"], user) for user in targets)
    return Flow(
        the_plan,
        make_context(source="entra", now="2026-11-22T00:00:00Z", seed=1),
        users,
        settings,
        facts or Facts(),
        **more,
    )
