"""The five steps: statuses, details, matching, values, references, assumptions."""

import pytest
from flow_building import AMY, ASSIGNED, NAME, SWITCH, flow, mapping, plan

from provlint.simulate.inputs.population import User
from provlint.simulate.population import find_users, references, source_count
from provlint.simulate.situation import Facts, Settings, Situation
from provlint.simulate.writing import Change, Reference


def test_the_steps_come_in_order_and_say_what_the_portal_says():
    scope = {
        "groups": [
            {
                "name": "Sales",
                "clauses": [
                    {
                        "sourceOperandName": "department",
                        "operatorName": "EQUALS",
                        "targetOperand": {"values": ["Sales"]},
                    }
                ],
            }
        ]
    }
    outcome = flow(plan(NAME, scope=scope)).run({**AMY, "department": "Sales"}, ASSIGNED)
    assert [(step.name, step.status) for step in outcome.steps] == [
        ("test connection", "success"),
        ("import", "success"),
        ("scope", "success"),
        ("match", "success"),
        ("action", "success"),
    ]
    assert outcome.steps[0].text == "offline, only the configuration is looked at"
    assert outcome.steps[1].details == (
        ("userPrincipalName", "amy@x.org"),
        ("department", "Sales"),
    )
    assert outcome.steps[2].details == (
        ("Active in source system", "True"),
        ("Assigned to application", "True"),
        ("User has required role", "True"),
        ("Scope sync all", "True"),
        ("Scoping filter evaluation passed", "True"),
        ("Sales department EQUALS Sales", "True"),
    )
    assert outcome.action == "create"
    assert outcome.assumptions == ()


def test_what_is_assumed_is_said():
    found = flow(plan(NAME), None, Settings()).run({"userPrincipalName": "amy@x.org"})
    assert set(found.assumptions) == {
        "no `SyncAll` given: only assigned users are synchronized",
        "no assignments given: everybody counts as assigned",
        "no `accountEnabled` given: the account counts as active",
        "no target users given: nothing can be matched or compared",
    }
    assert found.action == "create-or-update"


def test_missing_attributes_of_mappings_are_named():
    found = flow(plan(NAME, mapping("title", "[jobTitle]"))).run(
        AMY, ASSIGNED, missing=frozenset({"jobTitle"})
    )
    assert "not in your export, taken as empty by mappings: `jobTitle`" in found.assumptions


@pytest.mark.parametrize(
    ("mappings", "facts", "settings", "code", "text"),
    [
        ([mapping("a", "[b]")], {}, {}, None, "no attribute mapping is a matching attribute"),
        (
            [NAME],
            {"filterable": ("externalId",)},
            {},
            None,
            "the target cannot filter on `userName`",
        ),
        (
            [NAME],
            {"matching": ("primaryEmail",), "application": "G Suite"},
            {},
            "matching-not-supported",
            "G Suite matches on `primaryEmail`, not on `userName`",
        ),
        ([NAME], {}, {"base_address": "http://x"}, None, "the tenant URL `http://x` is not https"),
        ([NAME], {}, {"has_secret": False}, None, "no credential is stored"),
    ],
)  # fmt: skip
def test_connection_problems_that_show_offline(mappings, facts, settings, code, text):
    found = flow(plan(*mappings), (), Settings(sync_all=True, **settings), Facts(**facts)).run(AMY)
    assert (found.action, found.code, found.reason) == ("fail", code, text)
    assert found.steps[0].status == "failure"
    assert found.steps[0].causes
    assert found.steps[0].remedies
    assert {step.status for step in found.steps[1:]} == {"not evaluated"}


def test_groups_across_tenants_are_skipped():
    group = plan(NAME, template="Azure2Azure")
    from dataclasses import replace

    found = flow(replace(group, source_object="Group")).run(AMY, ASSIGNED)
    assert (found.action, found.code) == ("skip", "EntityTypeNotSupported")
    assert [step.name for step in found.steps][:2] == ["test connection", "import"]
    assert found.steps[1].remedies == ("switch the object mapping of groups off",)


def test_a_changed_matching_attribute_across_tenants_is_refused():
    found = flow(plan(NAME, template="Azure2Azure")).run(AMY, ASSIGNED)
    assert (found.action, found.code) == ("fail", "schemaInvalid")
    target = {"id": "t", "userName": "amy@x.org"}
    linked = flow(plan(NAME, template="Azure2Azure"), [target]).run(
        AMY, Situation(assignment="direct", link="t")
    )
    assert linked.steps[0].status == "warning"
    assert linked.code == "RedundantExport"


def test_cloud_sync_asks_no_filter_on_demand():
    clause = {"sourceOperandName": "department", "operatorName": "EQUALS",
              "targetOperand": {"values": ["Sales"]}}  # fmt: skip
    the_plan = plan(NAME, scope={"groups": [{"clauses": [clause]}]}, template="AD2AADProvisioning")
    on_demand = flow(the_plan, settings=Settings()).run(AMY)
    assert on_demand.action == "create"
    assert "cloud sync does not ask the scoping filters on demand" in on_demand.assumptions
    cycle = flow(the_plan, settings=Settings(mode="cycle")).run(AMY)
    assert (cycle.action, cycle.scope.why) == ("skip", "filter")


def test_input_filters_of_active_directory_let_unset_attributes_pass():
    clause = {"sourceOperandName": "adminDescription", "operatorName": "NOT REGEX MATCH",
              "targetOperand": {"values": ["^User_"]}}  # fmt: skip
    scope = {"inputFilterGroups": [{"clauses": [clause]}]}
    names = {
        "sourceDirectoryName": "Active Directory",
        "targetDirectoryName": "Azure Active Directory",
    }
    the_plan = plan(NAME, scope=scope, template="AD2AADProvisioning", **names)
    found = flow(the_plan, settings=Settings(mode="cycle")).run(AMY)
    assert found.action == "create"
    assert found.contested == ("null-and-negation",)
    out = flow(the_plan, settings=Settings(mode="cycle")).run({**AMY, "adminDescription": "User_1"})
    assert out.scope.why == "input-filter"
    linked = Situation(link="t", was_in_scope=True)
    kept = flow(the_plan, settings=Settings(mode="cycle"))
    assert kept.run({**AMY, "adminDescription": "User_1"}, linked).row == "13a"


def test_import_skipped_leaves_the_rest():
    found = flow(plan(NAME)).run({"displayName": "Amy"}, ASSIGNED)
    assert (found.action, found.code) == ("skip", "ImportSkipped")
    assert found.steps[1].text == (
        "no matching attribute has a value: `userName` from userPrincipalName"
    )
    assert {step.status for step in found.steps[2:]} == {"not evaluated"}


def test_a_matching_attribute_that_the_export_lacks_is_not_empty():
    found = flow(plan(NAME)).run(
        {"displayName": "Amy"}, ASSIGNED, missing=frozenset({"userPrincipalName"})
    )
    assert (found.action, found.code, found.row) == ("create-or-update", None, "7c")
    assert found.reason == (
        "not in your export, so the user cannot be matched: `userPrincipalName`: the user is"
        " created, or updated where a target user matches"
    )
    assert found.steps[1].status == "warning"
    linked = Situation(assignment="direct", link="t")
    target = {"id": "t", "userName": "amy@x.org"}
    again = flow(plan(NAME), [target]).run(
        {"displayName": "Amy"}, linked, missing=frozenset({"userPrincipalName"})
    )
    assert again.code == "RedundantExport"


def test_a_matching_expression_that_fails_says_why():
    matching = mapping("userName", 'Item(Split([mail], "@"), 9)', 1)
    found = flow(plan(matching)).run({**AMY, "mail": "a@b"}, ASSIGNED)
    assert found.code == "ImportSkipped"
    assert "(" in found.reason


def test_the_second_matching_attribute_is_tried():
    second = mapping("externalId", "[objectId]", 2)
    target = {"id": "t", "userName": "other", "externalId": "U1"}
    found = flow(plan(second, NAME), [target]).run(AMY, ASSIGNED)
    assert (found.matched_on, found.target_id) == ("externalId", "t")
    assert found.match.tried == (("userName", 0), ("externalId", 1))


def test_a_second_attribute_that_cannot_be_filtered_fails_when_it_is_reached():
    second = mapping("externalId", "[objectId]", 2)
    facts = Facts(filterable=("USERNAME",))
    reached = flow(plan(NAME, second), [], facts=facts).run(AMY, ASSIGNED)
    assert (reached.action, reached.row) == ("fail", "7b")
    target = {"id": "t", "userName": "amy@x.org"}
    assert flow(plan(NAME, second), [target], facts=facts).run(AMY, ASSIGNED).target_id == "t"


@pytest.mark.parametrize(
    ("facts", "definition", "linked", "contested"),
    [
        (Facts(), None, "t", ("matching-case",)),
        (Facts(matching_case=True), None, None, ()),
        (Facts(matching_case=False), {"caseExact": True}, "t", ()),
        (Facts(), {"caseExact": True}, None, ()),
    ],
)
def test_the_case_rule_of_the_target(facts, definition, linked, contested):
    attributes = [{"name": "userName", "type": "String", **definition}] if definition else ()
    target = {"id": "t", "userName": "AMY@X.ORG"}
    found = flow(plan(NAME, attributes=attributes), [target], facts=facts).run(AMY, ASSIGNED)
    assert found.target_id == linked
    assert tuple(n for n in found.contested if n == "matching-case") == contested


def test_duplicate_source_users_fail():
    users = [User(AMY, frozenset(), "1"), User({**AMY, "objectId": "u2"}, frozenset(), "2")]
    start = flow(plan(NAME))
    found = flow(plan(NAME), source_count=source_count(start, users, lambda _: ASSIGNED)).run(
        AMY, ASSIGNED
    )
    assert (found.action, found.code) == ("fail", "DuplicateSourceEntries")
    linked = Situation(assignment="direct", link="t")
    target = {"id": "t", "userName": "amy@x.org"}
    again = flow(
        plan(NAME), [target], source_count=source_count(start, users, lambda _: ASSIGNED)
    ).run(AMY, linked)
    assert again.code == "RedundantExport"


def test_guests_are_matched_by_their_home_name():
    guest = {**AMY, "userPrincipalName": "amy_fabrikam.com#EXT#@contoso.onmicrosoft.com"}
    found = flow(plan(NAME)).run(guest, ASSIGNED)
    assert found.changes == (Change("userName", None, "amy@fabrikam.com"),)


MANAGER = mapping("manager", "[manager]")


@pytest.mark.parametrize(
    ("reference", "new", "note"),
    [
        (Reference("t9", "in-scope"), "t9", None),
        (Reference(None, "out-of-scope"), None, "is out of scope"),
        (Reference(None, "in-scope"), None, "has no known account"),
        (Reference(None, "unknown"), None, "was not found"),
    ],
)
def test_references_are_resolved_in_the_target(reference, new, note):
    found = flow(plan(NAME, MANAGER), references=lambda _: reference).run(
        {**AMY, "manager": "u9"}, ASSIGNED
    )
    assert found.action == "create"
    assert {c.attribute: c.new for c in found.changes}.get("manager") == new
    assert found.omitted == (() if new else ("manager",))
    assert any(note in text for text in found.assumptions) if note else True


def test_references_look_managers_up_among_the_users():
    boss = {**AMY, "objectId": "u9", "userPrincipalName": "boss@x.org"}
    target = {"id": "t9", "userName": "boss@x.org"}
    start = flow(plan(NAME, MANAGER), [target], Settings(sync_all=False))
    assigned = {"u9": "direct"}

    def situation(user):
        return Situation(assignment=assigned.get(user.values["objectId"], "none"))

    find = references(start, [User(boss, frozenset(), "")], situation)
    assert find("U9") == Reference("t9", "in-scope")
    assert find("nobody") == Reference(None, "unknown")
    assigned.clear()
    assert find("u9") == Reference(None, "out-of-scope")


@pytest.mark.parametrize(
    ("user", "situation", "why", "code"),
    [
        ({"accountEnabled": False}, ASSIGNED, "inactive", "NotEffectivelyEntitled"),
        ({"accountEnabled": "False"}, ASSIGNED, "inactive", "NotEffectivelyEntitled"),
        ({"deletedDateTime": "2026-01-01"}, ASSIGNED, "inactive", "NotEffectivelyEntitled"),
        ({}, Situation(assignment="none"), "unassigned", "NotEffectivelyEntitled"),
        ({}, Situation(assignment="nested-group-member"), "unassigned", "NotEffectivelyEntitled"),
        ({}, Situation(assignment="dynamic-group-member"), "", None),
    ],
)
def test_why_somebody_is_out_of_scope(user, situation, why, code):
    found = flow(plan(NAME), settings=Settings(sync_all=False)).run({**AMY, **user}, situation)
    assert (found.scope.why, found.code) == (why, code)
    assert found.action == ("skip" if why else "create")


def test_workday_users_need_no_assignment():
    found = flow(plan(NAME, template="Workday2AD"), settings=Settings()).run(AMY)
    assert found.action == "create"
    assert not any("assign" in text for text in found.assumptions)


def test_default_access_is_contested_where_the_page_says_otherwise():
    facts = Facts(default_access=False)
    situation = Situation(assignment="direct", role="default-access")
    found = flow(plan(NAME), settings=Settings(sync_all=False), facts=facts).run(AMY, situation)
    assert found.contested == ("default-access-role",)
    assert [each.in_scope for each in found.alternatives] == [True, False]


def test_the_schema_says_whether_the_target_can_disable():
    metadata = [{"key": "IsSoftDeletionSupported", "value": "false"}]
    target = {"id": "t", "userName": "amy@x.org", "active": True}
    situation = Situation(assignment="none", link="t", was_in_scope=True)
    the_plan = plan(NAME, mapping("active", SWITCH), metadata=metadata)
    found = flow(the_plan, [target], Settings(sync_all=False)).run(AMY, situation)
    assert (found.action, found.row) == ("delete", "16")


def test_users_are_found_by_the_surest_name():
    users = [
        User({"objectId": "1", "userPrincipalName": "a@x", "displayName": "Amy"}, frozenset(), ""),
        User({"objectId": "2", "userPrincipalName": "b@x", "displayName": "a@x"}, frozenset(), ""),
        User({"objectId": "3", "employeeId": "7", "displayName": "AMY"}, frozenset(), ""),
    ]
    assert [user.values["objectId"] for user in find_users(users, "A@X")] == ["1"]
    assert [user.values["objectId"] for user in find_users(users, "amy")] == ["1", "3"]
    assert [user.values["objectId"] for user in find_users(users, "7")] == ["3"]
    assert find_users(users, "nobody") == []


def test_a_system_of_record_disables_who_leaves_without_a_mapping():
    target = {"id": "t", "userName": "amy@x.org"}
    situation = Situation(link="t", was_in_scope=True)
    filters = {"groups": [{"name": "g", "clauses": [
        {"sourceOperandName": "displayName", "operatorName": "EQUALS",
         "targetOperand": {"values": ["Bob"]}}]}]}  # fmt: skip
    found = flow(plan(NAME, scope=filters, template="Workday2AD"), [target]).run(AMY, situation)
    assert (found.action, found.row) == ("disable", "15")
    scim = flow(plan(NAME, scope=filters), [target]).run(AMY, situation)
    assert (scim.action, scim.row) == ("none", "14")
