"""Random configurations, random edits of them, random people."""

import copy
import json
import random

from building import attribute, clause, group, mapping

ATTRIBUTES = ("department", "country", "jobTitle", "mail", "userPrincipalName", "employeeId",
              "givenName", "accountEnabled")  # fmt: skip
VALUES = (
    None, "", " ", "Sales", "sales", "SALES", "Salés", "Überall", "ß", "7", "07", "12", 7, 12, True,
    False, "True", ["Sales"], ["a", "b"], [], "user@contoso.com", "USER@contoso.com", "a'b", "{v}",
    "\x01true", "x" * 11000, "amy_fabrikam.com#EXT#@contoso.com", "a\nb", "😀",
)  # fmt: skip
PLAIN = (None, "", "Sales", "sales", "Presales", "Legal", "NO", "SE", "7", "12", "Oslo", "sales@x")
OPERANDS = ("Sales", "sales", "7", "12", "Salés", "com", "a", "a'b")
PATTERNS = ("^Sal", "sales$", "[0-9]+", "^(Sales|7)$", "(?i)SALES", "a.b", "é", "(?=S)S", "^$")
EXPRESSIONS = (
    "[{a}]", "[{a}]", "[{a}]", "ToLower([{a}])", "ToUpper([{a}])", 'Append([{a}], "x")',
    'Join(" ", [{a}], [{b}])', "Coalesce([{a}], [{b}])", "Left([{a}], 3)", "Trim([{a}])",
    'Switch([IsSoftDeleted], , "False", "True", "True", "False")', "Not([IsSoftDeleted])",
    "IIF(IsNullOrEmpty([{a}]), IgnoreAttributeFlow, [{b}])", "NormalizeDiacritics([{a}])",
    'Split([{a}], "a")', "IgnoreFlowIfNullOrEmpty([{a}])", "Nope([{a}])", '"fixed"', '"other"',
    'Switch([IsSoftDeleted], [{a}], "True", Append("left-", [{a}]))',
)  # fmt: skip
REFERENCE = "manager"
TARGETS = ("userName", "displayName", "active", "title", "emails", "externalId", "roles")
FLOW_TYPES = ("Always", "Always", "Always", "ObjectAddOnly", "AttributeAddOnly")
ACTIONS = ("Add,Update,Delete",) * 4 + ("Add", "Update", "Add,Update", "Update,Delete")


class Maker:
    """Makes everything from one seed.

    Args:
        seed: Of the random numbers.
        plain: Whether filters and people keep to what a filter is proved about.
    """

    def __init__(self, seed, plain=False):
        self.rng = random.Random(seed)
        self.plain = plain

    def clause(self):
        rng = self.rng
        name = rng.choice(ATTRIBUTES[:-1])
        kind = rng.random()
        if kind < 0.5:
            return clause(name, rng.choice(("EQUALS", "NOT EQUALS", "Includes", "ENDS_WITH")),
                          rng.choice(OPERANDS))  # fmt: skip
        if kind < 0.7:
            return clause(name, rng.choice(("IS NULL", "IS NOT NULL")))
        if kind < 0.9:
            return clause(name, rng.choice(("REGEX MATCH", "NOT REGEX MATCH")),
                          rng.choice(PATTERNS))  # fmt: skip
        if self.plain:
            return clause("department", "EQUALS", "Sales")
        return rng.choice(
            (clause("accountEnabled", "IS TRUE"), clause(name, "Greater_Than", "7"),
             clause(name, "&", "12"), clause("notThere", "EQUALS", "x"))
        )  # fmt: skip

    def group(self):
        count = self.rng.choice((1, 1, 2, 3))
        return group(*(self.clause() for _ in range(count)), name=f"group {self.rng.random():.3f}")

    def mapping(self, target, priority=0):
        rng = self.rng
        text = rng.choice(EXPRESSIONS).replace("{a}", rng.choice(ATTRIBUTES))
        text = text.replace("{b}", rng.choice(ATTRIBUTES))
        if priority:
            text = f"[{rng.choice(('userPrincipalName', 'mail', 'employeeId'))}]"
        default = rng.choice((None, None, "default"))
        return mapping(target, text, priority, rng.choice(FLOW_TYPES), default)

    def schema(self):
        rng = self.rng
        count = rng.randint(2, len(TARGETS))
        matching = rng.choice((1, 1, 2))
        targets = rng.sample(TARGETS, count)
        sources = [attribute(name) for name in ATTRIBUTES]
        declared = [
            attribute(
                name,
                caseExact=rng.random() < 0.3,
                required=rng.random() < 0.15,
                type="Boolean" if name == "active" else "String",
            )
            for name in TARGETS
        ]
        declared.append(attribute(REFERENCE, type="Reference"))
        refers = rng.random() < 0.4
        return {
            "id": rng.choice(("scim.1",) * 5 + ("Azure2Azure.1", "AD2AADProvisioning.1")),
            "directories": [
                {"name": "source", "objects": [{"name": "User", "attributes": sources}]},
                {
                    "name": "target",
                    "objects": [
                        {
                            "name": "User",
                            "attributes": declared,
                            "metadata": [
                                {
                                    "key": "IsSoftDeletionSupported",
                                    "value": str(rng.random() < 0.8),
                                }
                            ],
                        }
                    ],
                },
            ],
            "synchronizationRules": [
                {
                    "id": "1",
                    "name": "rule",
                    "sourceDirectoryName": "source",
                    "targetDirectoryName": "target",
                    "objectMappings": [
                        {
                            "name": "users",
                            "enabled": True,
                            "flowTypes": rng.choice(ACTIONS),
                            "sourceObjectName": "User",
                            "targetObjectName": "User",
                            "scope": {
                                "groups": [self.group() for _ in range(rng.randint(0, 3))],
                                "inputFilterGroups": [],
                                "categoryFilterGroups": [],
                            },
                            "attributeMappings": [
                                self.mapping(name, at + 1 if at < matching else 0)
                                for at, name in enumerate(targets)
                            ]
                            + [mapping(REFERENCE, "[manager]")] * refers,
                        }
                    ],
                }
            ],
        }

    def edited(self, schema):
        """A copy with one to three edits."""
        new = copy.deepcopy(schema)
        for _ in range(self.rng.randint(1, 3)):
            self.rng.choice((self.edit_filter, self.edit_filter, self.edit_mapping,
                             self.edit_mapping, self.edit_matching, self.edit_actions))(
                new["synchronizationRules"][0]["objectMappings"][0]
            )  # fmt: skip
        return new

    def edit_filter(self, users):
        groups = users["scope"]["groups"]
        kind = self.rng.random()
        if kind < 0.3 or not groups:
            groups.append(self.group())
        elif kind < 0.5:
            groups.remove(self.rng.choice(groups))
        elif kind < 0.8:
            self.rng.choice(groups)["clauses"].append(self.clause())
        else:
            chosen = self.rng.choice(groups)
            chosen["clauses"][0] = self.clause()

    def edit_mapping(self, users):
        mappings = users["attributeMappings"]
        kind = self.rng.random()
        plain = [each for each in mappings if not each["matchingPriority"]]
        unused = [
            name for name in TARGETS if name not in {m["targetAttributeName"] for m in mappings}
        ]
        if kind < 0.2 and unused:
            mappings.append(self.mapping(self.rng.choice(unused)))
        elif kind < 0.35 and plain:
            mappings.remove(self.rng.choice(plain))
        elif plain:
            chosen = self.rng.choice(plain)
            chosen.update(self.mapping(chosen["targetAttributeName"]))

    def edit_matching(self, users):
        chosen = self.rng.choice(users["attributeMappings"])
        if chosen["matchingPriority"]:
            text = f"[{self.rng.choice(('userPrincipalName', 'mail', 'employeeId'))}]"
            chosen["source"] = mapping("", text)["source"]
        else:
            chosen["matchingPriority"] = 9

    def edit_actions(self, users):
        users["flowTypes"] = self.rng.choice(ACTIONS)

    def people(self, count):
        rng = self.rng
        values = PLAIN if self.plain else VALUES
        for number in range(count):
            user = {"objectId": f"u{number}"}
            for name in ATTRIBUTES:
                if rng.random() < 0.9:
                    user[name] = rng.choice(values)
            user["accountEnabled"] = rng.choice((True, True, True, False))
            if not self.plain and rng.random() < 0.1:
                user["accountEnabled"] = rng.choice(values)
            if rng.random() < 0.7:
                name = rng.choice(("User", "user"))
                user["userPrincipalName"] = f"{name}{number % (count * 2 // 3)}@contoso.com"
            user.setdefault("userPrincipalName", None)
            if rng.random() < 0.5:
                near = f"{rng.choice('uuuU')}{rng.randrange(count)}"
                user["manager"] = rng.choice((near, near, near, [near, "u1"], "É7", "\x01", ""))
            yield user

    def accounts(self, users):
        rng = self.rng
        for number, user in enumerate(users):
            if rng.random() < 0.4:
                continue
            values = [value for value in user.values() if value is not None]
            yield {"id": f"t{number}", "userName": rng.choice(values)} | {
                name: rng.choice((*values, None)) for name in TARGETS if rng.random() < 0.8
            }


def save(path, records):
    """Write records, one a line, and return the path."""
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return str(path)
