"""The columnar engine against the reference path: any configuration, any users, one answer."""

import json
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from provlint.cli.simulation_options import job_from
from provlint.simulate.cycle.engines import refusal
from provlint.simulate.cycle.rowwise import RowwiseSimulation

pytest.importorskip("duckdb")

USERS = 250
EXAMPLES = 84
"""21,000 pairs of configuration and user."""

ATTRIBUTES = ("department", "employeeId", "jobTitle", "mail", "userPrincipalName",
              "extensionAttribute1", "accountEnabled", "givenName")  # fmt: skip
VALUES = (
    None, "", " ", "\t", "Sales", "sales", "SALES", "Salés", "Sale\u0301s", "Überall", "ÜBERALL",
    "ß", "SS", "İzmir", "ΣΑΣ", "σας", "straße", "7", "07", "12", "-3", "9999999999999999999", 7,
    12, 0, -3, True, False, "True", "false", "FALSE", 1.5, 7.0, ["Sales"], ["a", "b"], [], [None],
    [""], ["7", 7], "user@contoso.com", "USER@contoso.com", "x" * 12000, "a\nb", "Sales\n",
    "\x01true", "\x01", "😀", "ab😀", "K", "\u212a", "a'b", 'a"b', "{v}", "%", "a_b", "ﬀ", "\x7f",
    "amy_fabrikam.com#EXT#@contoso.com", "plain#EXT#@contoso.com", "#EXT#", "_#EXT#x", "null",
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
TARGETS = ("userName", "displayName", "active", "title", "emails", "externalId")

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
        "matching": st.integers(1, 2),
        "flow_types": st.sampled_from(("Add,Update,Delete", "Add", "Update", "Add,Update")),
        "types": st.dictionaries(attribute, st.sampled_from(("String", "Integer", "Boolean"))),
        "case_exact": st.lists(st.sampled_from(TARGETS), max_size=2),
        "required": st.lists(st.sampled_from(TARGETS), max_size=1),
        "multivalued": st.lists(st.sampled_from(TARGETS), max_size=1),
        "template": st.sampled_from(("scim",) * 6 + ("Azure2Azure", "AD2AADProvisioning")),
        "null_policy": st.sampled_from(("documented", "negatives-true")),
        "secrets": st.sampled_from(
            (None, {"SyncAll": "True"}, {"SkipOutOfScopeDeletions": "True"})
        ),
        "targets": st.booleans(),
        "links": st.sampled_from((0, 0, 30)),
        "assignments": st.booleans(),
        "parquet": st.booleans(),
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
            {"name": name, "type": case["types"].get(name, "String")} for name in ATTRIBUTES]}]},
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


def written(case, folder):
    rng = random.Random(case["seed"])
    users = list(people(rng, USERS))
    if case["parquet"]:
        # A column of Parquet holds one type.
        for user in users:
            for name, value in user.items():
                if name != "accountEnabled" and not (value is None or isinstance(value, str)):
                    user[name] = str(value)
            if not isinstance(user.get("accountEnabled"), bool):
                user["accountEnabled"] = None
    found = list(accounts(rng, users))
    if case["parquet"]:
        found = [
            {name: None if value is None else str(value) for name, value in each.items()}
            for each in found
        ]
    links = {user["objectId"]: f"t{rng.randrange(USERS)}" for user in users[: case["links"]]}
    paths = {}
    for name, records in (("users", users), ("targets", found)):
        path = folder / f"{name}.jsonl"
        path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
        if case["parquet"]:
            as_parquet(path, folder / f"{name}.parquet")
            path = folder / f"{name}.parquet"
        paths[name] = str(path)
    assigned = [
        {"principalId": user["objectId"], "principalType": "User", "resourceId": "r",
         "appRoleId": "00000000-0000-0000-0000-000000000000"}
        for user in users[::2]
    ]  # fmt: skip
    for name, value in (
        ("config", schema_of(case)), ("links", links), ("assignments", assigned),
        ("secrets", case["secrets"]),
    ):  # fmt: skip
        paths[name] = str(folder / f"{name}.json")
        Path(paths[name]).write_text(json.dumps(value), encoding="utf-8")
    return paths


def options(case, paths):
    return {
        "users": (paths["users"],),
        "targets": (paths["targets"],) if case["targets"] else (),
        "assignments": (paths["assignments"],) if case["assignments"] else (),
        "groups": (),
        "secrets": (paths["secrets"],) if case["secrets"] else (),
        "links": (paths["links"],) if case["links"] else (),
        "job": None, "rule": None, "mapping": None, "application": None, "columns": (),
        "null_policy": case["null_policy"], "now": "2026-11-22", "seed": 1, "on_error": "stop",
    }  # fmt: skip


def told(simulation):
    rows = list(simulation.rows(lambda verdict: True))
    return rows, simulation.summary


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(configuration)
def test_same_answers(case):
    from provlint.simulate.columnar.engine import ColumnarSimulation

    with tempfile.TemporaryDirectory() as folder:
        paths = written(case, Path(folder))
        job = job_from(paths["config"], options(case, paths), mode="cycle")
        if refusal(job):
            return
        expected, summary = told(RowwiseSimulation(job))
        found, other = told(ColumnarSimulation(job))
    assert len(found) == len(expected)
    for row, wanted in zip(found, expected, strict=True):
        assert row == wanted
    assert other == summary
