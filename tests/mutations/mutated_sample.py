"""A clean configuration that mutations change: the mapping of its users and what it reads."""

import copy
import json
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
SYSTEMS = {
    "scim-outbound": ("entra", "saas"),
    "shapes": ("entra", "saas"),
    "cross-tenant": ("entra", "tenant"),
    "cloud-sync": ("ad", "entra"),
    "api-driven-inbound": ("api", "entra"),
    "workday-to-ad": ("workday", "ad"),
    "successfactors": ("successfactors", "ad"),
}
"""Folder of a clean configuration to its source and target."""


class Sample:
    """A configuration of its own, free to be changed; pointers are those of its schema."""

    base = "/synchronizationRules/0/objectMappings/0"

    def __init__(self, name):
        folder = "applications" if name == "successfactors" else "clean"
        path = EXAMPLES / folder / name / "schema.json"
        self.name = name
        self.source, self.target = SYSTEMS[name]
        self.schema = json.loads(path.read_text("utf-8"))
        self.document = self.schema
        self.application = ""
        rule = self.schema["synchronizationRules"][0]
        self.mapping = rule["objectMappings"][0]
        if not self.mapping["scope"]:
            self.mapping["scope"] = {
                "groups": [],
                "inputFilterGroups": [],
                "categoryFilterGroups": [],
            }
        self.scope = self.mapping["scope"]
        self.mappings = self.mapping["attributeMappings"]
        self.source_object = self._object(rule["sourceDirectoryName"], "sourceObjectName")
        self.target_object = self._object(rule["targetDirectoryName"], "targetObjectName")

    def _object(self, directory, key):
        (found,) = [each for each in self.schema["directories"] if each["name"] == directory]
        (wanted,) = [each for each in found["objects"] if each["name"] == self.mapping[key]]
        return wanted

    def text(self):
        return json.dumps(self.document)

    def only(self, *names):
        """Whether the mutation is meant for the source or the target that is named."""
        return self.source in names or self.target in names

    # Attributes

    def reads(self, name):
        return any(each["name"] == name for each in self.source_object["attributes"])

    def define(self, name, attribute_type="String", *, target=False, **changes):
        """Define an attribute like its neighbours; return its name."""
        definitions = (self.target_object if target else self.source_object)["attributes"]
        plain = next(each for each in definitions if not each["anchor"])
        new = copy.deepcopy(plain)
        new.update(
            name=name, type=attribute_type, required=False, anchor=False, multivalued=False,
            mutability="ReadWrite",
        )  # fmt: skip
        new.update(changes)
        definitions[:] = [each for each in definitions if each["name"] != name]
        definitions.append(new)
        return name

    # Scope

    def filter(self, *groups):
        """Replace the filter; a group is a list of clauses. Returns the pointer of the groups."""
        self.scope["groups"] = [
            {"name": f"Group {number}", "clauses": list(clauses)}
            for number, clauses in enumerate(groups, 1)
        ]
        return f"{self.base}/scope/groups"

    def clause(self, attribute, operator, *values):
        """One more clause in a filter of one group with this clause alone."""
        return self.filter([clause(attribute, operator, *values)]) + "/0"

    # Attribute mappings

    def at(self, target):
        numbers = [
            n for n, each in enumerate(self.mappings) if each["targetAttributeName"] == target
        ]
        return f"{self.base}/attributeMappings/{numbers[0]}"

    def of(self, target):
        (found,) = [each for each in self.mappings if each["targetAttributeName"] == target]
        return found

    def matching(self):
        return [each for each in self.mappings if each["matchingPriority"]]

    def set(self, target, expression, **changes):
        """Map a target attribute, anew or again; return the pointer of the mapping."""
        found = [each for each in self.mappings if each["targetAttributeName"] == target]
        if not found:
            if not any(each["name"] == target for each in self.target_object["attributes"]):
                self.define(target, target=True)
            found = [copy.deepcopy(self.mappings[-1])]
            found[0].update(
                targetAttributeName=target, matchingPriority=0, flowType="Always", defaultValue=None
            )
            self.mappings.append(found[0])
        found[0]["source"] = source(expression)
        found[0].update(changes)
        return self.at(target)

    def add(self, target, expression, **changes):
        """A second mapping, even where the target attribute has one; return its pointer."""
        new = copy.deepcopy(self.mappings[-1])
        new.update(
            targetAttributeName=target, matchingPriority=0, flowType="Always", defaultValue=None
        )
        new.update(changes, source=source(expression))
        self.mappings.append(new)
        return f"{self.base}/attributeMappings/{len(self.mappings) - 1}"

    # The job

    def job(self, template=None, **changes):
        """Wrap the schema in a job; return the prefix of pointers into the schema."""
        template = template or self.schema["id"].partition(".")[0]
        self.document = {
            "id": self.schema["id"],
            "templateId": template,
            "schedule": {"expiration": None, "interval": "PT40M", "state": "Active"},
            "synchronizationJobSettings": [
                {"name": "QuarantineTooManyDeletesThreshold", "value": "50"}
            ],
            **changes,
            "schema": self.schema,
        }
        return "/schema"


def clause(attribute, operator, *values):
    operand = {"values": list(values)} if values else None
    return {
        "operatorName": operator,
        "sourceOperandName": attribute,
        "targetOperand": operand,
    }


def source(expression):
    """The source of a mapping, with the kind that its text has."""
    if expression is None:
        return None
    kind = "Function"
    if expression.startswith("[") and expression.endswith("]"):
        kind = "Attribute"
    elif expression.startswith('"'):
        kind = "Constant"
    name = expression.partition("(")[0] if kind == "Function" else expression.strip('[]"')
    return {"expression": expression, "name": name, "type": kind, "parameters": []}
