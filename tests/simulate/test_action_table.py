"""The action table: every row is reached, every case has a row."""

from itertools import product

import pytest

from provlint.simulate.action import TABLE, THRESHOLD_ROW, Case, row_for
from provlint.simulate.cases import run_match_action

FACTS = (
    "add",
    "update",
    "delete",
    "required-present",
    "differs",
    "skip-flag",
    "soft-delete-mapped",
    "can-disable",
    "input-filter",
)
UNLINKED = ("none", "one", "several", "source-duplicates", "refused", "unknown")


def every_case():
    accounts = ("active", "disabled", "soft-deleted", "hard-deleted")
    for values in product((True, False), repeat=len(FACTS)):
        answers = dict(zip(FACTS, values, strict=True))
        facts = {name: (lambda value=value: value) for name, value in answers.items()}
        for account, link in product(accounts, ("none", "yes", "earlier")):
            scopes = (True, False, None) if account == "active" else (False, None)
            hits = UNLINKED if link == "none" else ("linked", "gone")
            for in_scope, hit in product(scopes, hits):
                if link == "earlier" and in_scope is True:
                    continue
                yield Case(link, account, in_scope, hit, facts)


def test_every_case_has_a_row_and_every_row_a_case():
    reached = {id(row_for(case)) for case in every_case()}
    invalid = {"invalid-filter": lambda: True}
    reached.add(id(row_for(Case("none", "active", None, "none", invalid))))
    assert [row.number for row in TABLE if id(row) not in reached] == []


def test_numbers_of_the_published_table_are_all_there():
    numbers = {row.number for row in TABLE} | {THRESHOLD_ROW.number, "21"}
    assert {str(number) for number in range(1, 23)} <= numbers


SWITCH = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'
USER = {"id": "u1", "userPrincipalName": "amy@x.org", "displayName": "Amy"}
SAME = {"id": "t1", "userName": "amy@x.org", "displayName": "Amy", "active": True}
OLD = {**SAME, "displayName": "Old"}
LINK = {"linked_target_id": "t1", "previously_in_scope": True}
IN = {"in_scope": True, "active": True}
UNASSIGNED = {"in_scope": False, "active": True, "reason": "unassigned"}
DISABLED = {"in_scope": False, "active": False, "reason": "disabled"}
DELETED = {"in_scope": False, "active": False, "reason": "hard-deleted"}
SKIP_FLAG = {"SkipOutOfScopeDeletions": "True"}


def mapping(target, expression, priority=0, **more):
    kind = "Function" if "(" in expression else "Attribute"
    source = {"type": kind, "name": expression.strip("[]"), "expression": expression}
    return {
        "targetAttributeName": target,
        "matchingPriority": priority,
        "source": source,
        **more,
    }


MAPPINGS = [
    mapping("userName", "[userPrincipalName]", 1),
    mapping("displayName", "[displayName]"),
    mapping("active", SWITCH),
]


def case(target_users=(), state=None, scope=IN, flow_types="Add,Update,Delete", **config):
    return {
        "config": {
            "flowTypes": flow_types,
            "attributeMappings": MAPPINGS,
            "state": state or {},
            "scope_result": scope,
            "target": {"soft_delete": True, "filterable": ["userName"]},
            **config,
        },
        "source_user": USER,
        "target_users": None if target_users is None else list(target_users),
    }


NO_SOFT_DELETE = {"soft_delete": False, "filterable": ["userName"]}
REQUIRED = {"soft_delete": True, "required": ["nickName"]}
EARLIER = {"linked_target_id": "t1", "previously_in_scope": False, "unassigned_earlier": True}

# (number of the row, case, action, code, changed attributes)
ROWS = [
    ("1", case(), "create", None, ["userName", "displayName", "active"]),
    ("2", case(flow_types="Update"), "skip", None, []),
    ("3", case(target=REQUIRED), "fail", "MandatoryFieldsMissing", []),
    ("4", case([OLD]), "update", None, ["displayName"]),
    ("5", case([SAME]), "skip", "RedundantExport", []),
    ("6", case([OLD], flow_types="Add"), "skip", None, []),
    ("7", case([SAME, {**SAME, "id": "t2"}]), "fail", "DuplicateTargetEntries", []),
    (
        "7",
        case([SAME, {**SAME, "id": "t2"}], scope=UNASSIGNED),
        "fail",
        "DuplicateTargetEntries",
        [],
    ),
    ("7b", case([SAME], target={"filterable": ["externalId"]}), "fail", None, []),
    ("7c", case(None), "create-or-update", None, ["userName", "displayName", "active"]),
    ("8", case([SAME], scope=UNASSIGNED), "skip", "NotEffectivelyEntitled", []),
    ("8", case([SAME], scope={**UNASSIGNED, "reason": "filter"}), "skip", None, []),
    ("9", case([SAME], scope=DISABLED), "skip", "NotEffectivelyEntitled", []),
    ("10", case([OLD], LINK), "update", None, ["displayName"]),
    ("11", case([SAME], LINK), "skip", "RedundantExport", []),
    ("12", case([], LINK), "fail", "InvalidAnchor", []),
    ("10a", case([OLD], LINK, flow_types="Add"), "skip", None, []),
    ("13", case([SAME], LINK, UNASSIGNED, settings=SKIP_FLAG), "none", None, []),
    ("14", case([SAME], LINK, UNASSIGNED, attributeMappings=MAPPINGS[:2]), "none", None, []),
    ("15", case([SAME], LINK, UNASSIGNED), "disable", None, ["active"]),
    ("15", case([OLD], LINK, UNASSIGNED), "disable", None, ["active"]),
    ("15a", case([{**SAME, "active": False}], LINK, UNASSIGNED), "skip", "RedundantExport", []),
    ("15b", case([SAME], LINK, UNASSIGNED, flow_types="Add,Delete"), "none", None, []),
    ("16", case([SAME], LINK, UNASSIGNED, target=NO_SOFT_DELETE), "delete", None, []),
    ("16a", case([SAME], LINK, UNASSIGNED, "Add,Update", target=NO_SOFT_DELETE), "none", None, []),
    ("17", case([SAME], LINK, DISABLED, settings=SKIP_FLAG), "none", None, []),
    ("17", case([SAME], LINK, DISABLED), "disable", None, ["active"]),
    ("18", case([SAME], LINK, DELETED), "delete", None, []),
    ("18", case([SAME], LINK, DELETED, settings=SKIP_FLAG), "delete", None, []),
    ("19", case([SAME], LINK, DELETED, "Add,Update"), "none", None, []),
    ("20", case([SAME], EARLIER, DISABLED), "none", None, []),
    ("20", case([SAME], EARLIER, DELETED), "none", None, []),
    ("21", case([{**SAME, "active": False}], EARLIER), "update", None, ["active"]),
]


@pytest.mark.parametrize(
    ("row", "given", "action", "code", "changed"),
    [pytest.param(*row, id=f"{row[0]}-{at}") for at, row in enumerate(ROWS)],
)
def test_rows(row, given, action, code, changed):
    found = run_match_action(given)
    assert (found["action"], found["code"], found["changed"]) == (action, code, changed)
    assert found["reason"]


CONTESTED = {
    "link-without-update": case([OLD], flow_types="Add"),
    "disable-without-update": case([SAME], LINK, UNASSIGNED, flow_types="Add,Delete"),
    "skip-flag-for-inactive": case([SAME], LINK, DISABLED, settings=SKIP_FLAG),
    "match-failure-out-of-scope": case([SAME, {**SAME, "id": "t2"}], scope=UNASSIGNED),
    "case-exact-not-declared": case([{**SAME, "displayName": "AMY"}]),
    "matching-case": case([{**SAME, "userName": "AMY@x.org"}]),
}


@pytest.mark.parametrize("name", CONTESTED)
def test_rows_that_rest_on_a_reading_say_so(name):
    assert name in run_match_action(CONTESTED[name])["contested"]


def test_a_settled_row_is_not_contested():
    assert run_match_action(case([OLD]))["contested"] == ()


def test_cross_tenant_synchronization_ignores_the_skip_flag():
    found = run_match_action(
        case([SAME], LINK, UNASSIGNED, settings=SKIP_FLAG, connector="Azure2Azure")
    )
    assert found["action"] == "disable"


def test_over_the_threshold_deletions_are_staged():
    from dataclasses import replace

    from provlint.simulate import cases

    given = case([SAME], LINK, UNASSIGNED)
    config = given["config"]
    flow = cases._flow(given, config, cases._plan(config), None, None)
    outcome = replace(flow, over_threshold=True).run(
        USER, cases._situation(config), scope=cases._scope(config)
    )
    assert (outcome.action, outcome.code, outcome.row) == ("staged-delete", "TooManyDeletes", "22")
    assert outcome.steps[-1].remedies
