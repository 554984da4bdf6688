"""Random configurations, with random users, target users and all else in files of many formats."""

import csv
import json
import random
from pathlib import Path

from hypothesis import strategies as st

USERS = 320
"""As many as a case has that does not say how many."""

FORMATS = ("lines", "odd page", "plain lines", "parquet", "page", "pages", "list", "csv")
"""Those of plain values are read by DuckDB, the others record by record."""

TARGET_FORMATS = ("lines", "scim", "odd scim", "parquet", "csv")

ATTRIBUTES = ("department", "employeeId", "jobTitle", "mail", "userPrincipalName",
              "extensionAttribute1", "accountEnabled", "givenName", "manager")  # fmt: skip
VALUES = (
    None, "", " ", "\t", "Sales", "sales", "SALES", "Salés", "Sale\u0301s", "Überall", "ÜBERALL",
    "ß", "SS", "İzmir", "ΣΑΣ", "σας", "straße", "7", "07", "12", "-3", "9999999999999999999", 7,
    12, 0, -3, True, False, "True", "false", "FALSE", 1.5, 7.0, ["Sales"], ["a", "b"], [], [None],
    [""], ["7", 7], "user@contoso.com", "USER@contoso.com", "x" * 12000, "a\nb", "Sales\n",
    "\x01true", "\x01", "\0", "a\0b", "\x02", "\x1f", "\u2028", "\ufeff", "\u017f", "\u0131",
    "٣", "ﬁ", "😀", "ab😀", "K", "\u212a", "a'b", 'a"b', "{v}", "%", "a_b", "ﬀ", "\x7f",
    "amy_fabrikam.com#EXT#@contoso.com", "plain#EXT#@contoso.com", "#EXT#", "_#EXT#x", "null",
    "a#EXT#b#EXT#c", "Member", "guest", 2**63, 1e20, {"a": 1}, [["a"]], "9223372036854775808",
)  # fmt: skip
OPERANDS = ("Sales", "sales", "", "7", "07", "Salés", "com", "a", "{v}", "a'b", "\u212a", "K", "Ü")
PATTERNS = ("^Sal", "sales$", "[0-9]+", r"^\d+$", r"\w", "^(Sales|7)$", "(?i)SALES", "a.b", "é",
            ".*@contoso\\.com", "(?=S)S", "(a)\\1", "[", "^$", r"\bSales\b", "{v}",
            "^[^@]+$")  # fmt: skip
TEXT_OPERATORS = ("EQUALS", "NOT EQUALS", "Includes", "ENDS_WITH")
UNARY = ("IS TRUE", "IS FALSE", "IS NULL", "IS NOT NULL")
INTEGER = ("Greater_Than", "Greater_Than_OR_EQUALS", "&", "!&")
EXPRESSIONS = (
    "ToLower([{a}])", "ToUpper([{a}])", 'Append([{a}], "x")', 'Join(" ", [{a}], [{b}])',
    "Coalesce([{a}], [{b}])", 'Coalesce([{a}], "none")', "Left([{a}], 3)", "Trim([{a}])",
    'Switch([IsSoftDeleted], , "False", "True", "True", "False")', "Mid([{a}], 1, 2)",
    'IIF(IsNullOrEmpty([{a}]), IgnoreAttributeFlow, [{b}])', 'Replace([{a}], "a", , , "b", , )',
    'Join("", ToLower([{a}]), "-", [{b}])', "NormalizeDiacritics([{a}])", 'Split([{a}], "a")',
    "[{a}]", 'IgnoreFlowIfNullOrEmpty([{a}])', "Nope([{a}])", 'ToLower(Append([{a}], "É"))',
)  # fmt: skip
TARGETS = ("userName", "displayName", "active", "title", 'emails[type eq "work"].value',
           "name.familyName")  # fmt: skip

attribute = st.sampled_from(ATTRIBUTES)
clause = st.one_of(
    st.tuples(attribute, st.sampled_from(TEXT_OPERATORS),
              st.lists(st.sampled_from(OPERANDS), min_size=1, max_size=2)),
    st.tuples(attribute, st.sampled_from(("REGEX MATCH", "NOT REGEX MATCH")),
              st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=1)),
    st.tuples(attribute, st.sampled_from(UNARY), st.just([])),
    st.tuples(attribute, st.sampled_from(INTEGER),
              st.lists(st.sampled_from(("7", "0", "-3", "12")), min_size=1, max_size=1)),
    st.tuples(st.sampled_from((*ATTRIBUTES, "notThere")), st.sampled_from(("PRESENT", "EQUALS")),
              st.just(["x"])),
)  # fmt: skip
group = st.lists(clause, max_size=3)
mapping = st.tuples(
    st.one_of(
        st.tuples(st.just("Attribute"), attribute),
        st.just(("Attribute", "manager")),
        st.just(("Attribute", "appRoleAssignments")),
        st.just(("Function", "SingleAppRoleAssignment([appRoleAssignments])")),
        st.builds(
            lambda text, a, b: ("Function", text.replace("{a}", a).replace("{b}", b)),
            st.sampled_from(EXPRESSIONS), attribute, attribute,
        ),
        st.just(("Constant", "fixed")),
    ),
    st.sampled_from(("Always", "Always", "ObjectAddOnly", "AttributeAddOnly", "MultiValueAddOnly")),
    st.sampled_from(("", "", "default")),
)  # fmt: skip
configuration = st.fixed_dictionaries(
    {
        "groups": st.lists(group, max_size=3),
        "inputFilterGroups": st.lists(group, max_size=1),
        "mappings": st.lists(mapping, min_size=1, max_size=6),
        "matching": st.integers(0, 3),
        "flow_types": st.sampled_from(("Add,Update,Delete", "Add", "Update", "Add,Update")),
        "types": st.dictionaries(attribute, st.sampled_from(("String", "Integer", "Boolean"))),
        "case_exact": st.lists(st.sampled_from(TARGETS), max_size=2),
        "required": st.lists(st.sampled_from(TARGETS), max_size=1),
        "multivalued": st.lists(st.sampled_from(TARGETS), max_size=1),
        "template": st.sampled_from(
            ("scim",) * 6 + ("Azure2Azure", "AD2AADProvisioning", "Workday2AD")
        ),
        "null_policy": st.sampled_from(("documented", "negatives-true")),
        "secrets": st.sampled_from(
            (None, {"SyncAll": "True"}, {"SkipOutOfScopeDeletions": "True"})
        ),
        "targets": st.booleans(),
        "links": st.sampled_from((0, 0, 30)),
        "assignments": st.booleans(),
        "seed": st.integers(0, 2**32),
    }
)  # fmt: skip


def scope_of(groups):
    return [
        {
            "name": f"group {number}",
            "clauses": [
                {"sourceOperandName": name, "operatorName": operator,
                 "targetOperand": {"values": values} if values else None}
                for name, operator, values in clauses
            ],
        }
        for number, clauses in enumerate(groups)
    ]  # fmt: skip


def type_of(case, name):
    return "Reference" if name == "manager" else case["types"].get(name, "String")


def schema_of(case):
    mappings = []
    for number, ((kind, text), flow_type, default) in enumerate(case["mappings"]):
        source = {"type": kind, "name": text, "expression": text, "parameters": []}
        if kind == "Attribute":
            source["expression"] = f"[{text}]"
        elif kind == "Constant":
            source["expression"] = f'"{text}"'
        mappings.append(
            {
                "targetAttributeName": TARGETS[number],
                "matchingPriority": number + 1 if number < case["matching"] else 0,
                "flowType": flow_type,
                "defaultValue": default or None,
                "source": source,
            }
        )
    directory = [
        {"name": "source", "objects": [{"name": "User", "attributes": [
            {"name": name, "type": type_of(case, name)} for name in ATTRIBUTES]}]},
        {"name": "target", "objects": [{"name": "User", "attributes": [
            {"name": name, "type": "String", "caseExact": name in case["case_exact"],
             "required": name in case["required"], "multivalued": name in case["multivalued"]}
            for name in TARGETS]}]},
    ]  # fmt: skip
    return {
        "id": f"{case['template']}.1",
        "directories": directory,
        "synchronizationRules": [{
            "name": "rule", "sourceDirectoryName": "source", "targetDirectoryName": "target",
            "objectMappings": [{
                "name": "users", "enabled": True, "flowTypes": case["flow_types"],
                "sourceObjectName": "User", "targetObjectName": "User",
                "scope": {"groups": scope_of(case["groups"]),
                          "inputFilterGroups": scope_of(case["inputFilterGroups"]),
                          "categoryFilterGroups": []},
                "attributeMappings": mappings,
            }],
        }],
    }  # fmt: skip


def people(rng, count):
    for number in range(count):
        user = {"objectId": f"u{number}"}
        for name in ATTRIBUTES:
            if rng.random() < 0.9:
                user[name] = rng.choice(VALUES)
        if rng.random() < 0.7:
            user["accountEnabled"] = rng.random() < 0.8
        if rng.random() < 0.6:
            user["userPrincipalName"] = rng.choice(("User", "user")) + f"{number % 90}@contoso.com"
        user.setdefault("userPrincipalName", None)
        if rng.random() < 0.8:
            near = f"{rng.choice('uU')}{rng.randrange(count)}"
            user["manager"] = rng.choice((near, near, near, "nobody", None, [near, "u1"], "É"))
        yield user


def accounts(rng, users):
    for number, user in enumerate(users):
        chance = rng.random()
        if chance < 0.3:
            continue
        values = [value for value in user.values() if value is not None]
        yield {"id": f"t{number}", "userName": rng.choice(values)} | {
            name: rng.choice((*values, None, rng.choice(VALUES)))
            for name in TARGETS
            if chance < 0.9
        }


def as_parquet(lines, path):
    """The same records in columns of one type each."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(
        f"COPY (SELECT * FROM read_json('{lines}', format='newline_delimited',"
        f" sample_size=-1)) TO '{path}' (FORMAT parquet)"
    )
    connection.close()


def plain(user):
    """A user of texts, and one Boolean."""
    values = {
        name: value if value is None or isinstance(value, str) else str(value)
        for name, value in user.items()
    }
    enabled = user.get("accountEnabled")
    return {**values, "accountEnabled": enabled if isinstance(enabled, bool) else None}


def graph(user):
    """A user as Microsoft Graph has it."""
    found = dict(user)
    found["id"] = found.pop("objectId")
    if isinstance(found.get("manager"), str):
        found["manager"] = {"id": found["manager"]}
    if "extensionAttribute1" in found:
        found["onPremisesExtensionAttributes"] = {
            "extensionAttribute1": found.pop("extensionAttribute1")
        }
    return found


def as_csv(records, path, names):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(
            {
                name: str(value).replace("\r", "")
                for name, value in each.items()
                if value is not None
            }
            for each in records
        )


def as_lines(records, path):
    text = "".join(json.dumps(each, ensure_ascii=len(text_of(each)) % 2 == 0) + "\n"
                   for each in records)  # fmt: skip
    path.write_text(text, encoding="utf-8")


def text_of(record):
    return json.dumps(record)


def write_users(form, users, folder):
    """The file of the users in a format, and the users as they are in it."""
    if form not in ("lines", "odd page"):
        users = [plain(user) for user in users]
    path = folder / "users.json"
    if form in ("page", "odd page", "pages", "list"):
        records = [graph(user) for user in users]
        half = len(records) // 2
        values = {
            "page": [{"@odata.context": "x", "value": records}],
            "odd page": [{"value": records}],
            "pages": [{"value": records[:half], "@odata.nextLink": "y"}, {"value": records[half:]}],
            "list": [records],
        }[form]
        path.write_text("\n".join(map(json.dumps, values)), encoding="utf-8")
    elif form == "csv":
        path = folder / "users.csv"
        as_csv(users, path, ("objectId", *ATTRIBUTES))
    else:
        as_lines(users, path)
        if form == "parquet":
            as_parquet(path, folder / "users.parquet")
            path = folder / "users.parquet"
    return path


def scim(account):
    """An account as SCIM has it."""
    found = {name: account.get(name) for name in ("id", "userName", "displayName", "title")}
    if "active" in account:
        found["active"] = account["active"]
    if "name.familyName" in account:
        found["name"] = {"familyName": account["name.familyName"]}
    if TARGETS[4] in account:
        work = {"type": "Work", "value": account[TARGETS[4]], "primary": True}
        found["emails"] = [{"type": "home", "value": "home@x.example"}, work]
    return found


def write_targets(form, found, folder):
    path = folder / "targets.json"
    if form in ("parquet", "csv", "scim"):
        found = [
            {name: None if value is None else str(value) for name, value in each.items()}
            for each in found
        ]
    if form == "scim":
        for each in found:
            if "active" in each:
                each["active"] = len(each["active"] or "") % 2 == 0
    if form == "csv":
        path = folder / "targets.csv"
        as_csv(found, path, ("id", *TARGETS))
    elif form in ("scim", "odd scim"):
        page = {"schemas": ["list"], "Resources": list(map(scim, found))}
        path.write_text(json.dumps(page), encoding="utf-8")
    else:
        as_lines(found, path)
        if form == "parquet":
            as_parquet(path, folder / "targets.parquet")
            path = folder / "targets.parquet"
    return path


def written(case, folder):
    rng = random.Random(case["seed"])
    count = case.get("users", USERS)
    users = list(people(rng, count))
    found = list(accounts(rng, users))
    links = {user["objectId"]: f"t{rng.randrange(count)}" for user in users[: case["links"]]}
    paths = {
        "users": str(write_users(case["format"], users, folder)),
        "targets": str(write_targets(case["target_format"], found, folder)),
    }
    assigned = [
        {"principalId": user["objectId"], "principalType": "User", "resourceId": "r",
         "appRoleId": f"00000000-0000-0000-0000-00000000000{number % 3}"}
        for number, user in enumerate((*users[::2], *users[::8]))
    ]  # fmt: skip
    roles = [
        {"id": f"00000000-0000-0000-0000-00000000000{number}", "value": value,
         "displayName": value, "isEnabled": True}
        for number, value in ((1, "Admin"), (2, "Üser"))
    ]  # fmt: skip
    principal = {"id": "r", "appId": "a", "appRoles": roles}
    for name, value in (
        ("config", schema_of(case)), ("links", links), ("assignments", assigned),
        ("principal", principal), ("secrets", case["secrets"]),
    ):  # fmt: skip
        paths[name] = str(folder / f"{name}.json")
        Path(paths[name]).write_text(json.dumps(value), encoding="utf-8")
    return paths


def options(case, paths):
    return {
        "users": (paths["users"],),
        "targets": (paths["targets"],) if case["targets"] else (),
        "assignments": (paths["assignments"], paths["principal"]) if case["assignments"] else (),
        "groups": (),
        "secrets": (paths["secrets"],) if case["secrets"] else (),
        "links": (paths["links"],) if case["links"] else (),
        "job": None, "rule": None, "mapping": None, "application": None, "columns": (),
        "null_policy": case["null_policy"], "now": "2026-11-22", "seed": 1, "macros": (),
        "on_error": "stop",
    }  # fmt: skip
