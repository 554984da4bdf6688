"""Counts, marks and values of the same users under two configurations, by hand."""

import json

import pytest
from building import ACTIVE, attribute, base, clause, difference, edited, group, mapping, users_of

from provlint.compare.users.jobs import pair_job
from provlint.compare.users.rowwise import RowwiseComparison
from provlint.compare.users.verdict import ValueChange
from provlint.simulate.inputs.problem import Ledger
from provlint.simulate.inputs.read import Inputs
from provlint.simulate.inputs.secrets import read_secrets
from provlint.simulate.preparation import attributes_of

PEOPLE = (
    ("ann", "Sales", "NO"),
    ("bob", "Sales", "SE"),
    ("cis", "Legal", "NO"),
    ("dan", "Legal", "SE"),
    ("eve", None, "NO"),
)


def person(name, department, country, **more):
    return {
        "id": f"id-{name}",
        "accountEnabled": True,
        "userPrincipalName": f"{name}@old.example",
        "mail": f"{name}@new.example",
        "displayName": name.title(),
        "givenName": name.title(),
        "surname": "Berg",
        "department": department,
        "country": country,
        "employeeId": f"7{name}",
        "jobTitle": "clerk",
        **more,
    }


@pytest.fixture
def compare(tmp_path):
    """Run a comparison of the base with an edit of it."""

    def save(name, value):
        path = tmp_path / name
        path.write_text(json.dumps(value), "utf-8")
        return str(path)

    def run(edit, *, people=None, prepare=None, targets=None, links=None, secrets=None,
            old_secrets=None, job=None):  # fmt: skip
        old = base() if prepare is None else edited(prepare)
        found = difference(old, edited(edit, old))
        (sides,) = found.pairs
        users = save("users.json", {"value": people or [person(*each) for each in PEOPLE]})
        files = {"secrets": secrets, "links": links, "targets": targets, "jobs": job}
        inputs = Inputs(
            [users],
            attributes=attributes_of(sides.old.plan, sides.new.plan),
            **{
                name: [save(f"{name}.json", value)]
                for name, value in files.items()
                if value is not None
            },
        )
        before = None
        if old_secrets is not None:
            before = read_secrets([save("before.json", old_secrets)], Ledger())
        return RowwiseComparison(pair_job(sides, inputs, old_secrets=before, now="2026-11-22"))

    return run


def by_name(found):
    return {row.user.partition("@")[0]: row for row in found.rows(lambda verdict: True)}


def counted(found, *names):
    counters = found.summary.counters
    return tuple(counters[name] for name in names)


def groups(*found):
    def edit(value):
        users_of(value)["scope"]["groups"] = list(found)

    return edit


NORWAY = group(clause("department", "EQUALS", "Sales"), clause("country", "EQUALS", "NO"))
LEGAL = group(clause("department", "EQUALS", "Legal"))


def source(target, expression):
    def edit(value):
        for each in users_of(value)["attributeMappings"]:
            if each["targetAttributeName"] == target:
                each["source"] = mapping(target, expression)["source"]

    return edit


def test_who_leaves_is_disabled(compare):
    found = compare(groups(NORWAY))
    assert counted(found, "users", "in_scope_before", "in_scope_after") == (5, 2, 1)
    assert counted(found, "leaving", "disabled", "deletions", "entering") == (1, 1, 1, 0)
    bob = by_name(found)["bob"].verdict
    assert (bob.movement, bob.managed, bob.new.action) == ("leaving", True, "disable")
    assert bob.marks == ("deactivated",)
    assert bob.because == "`group country EQUALS NO` is false"


def test_who_comes_in_is_created(compare):
    found = compare(groups(group(clause("department", "EQUALS", "Sales")), LEGAL))
    assert counted(found, "entering", "created_or_linked", "leaving", "activated") == (2, 2, 0, 2)
    cis = by_name(found)["cis"].verdict
    assert (cis.movement, cis.managed, cis.new.action) == ("entering", False, "create-or-update")
    assert cis.because == "`group department EQUALS Sales` is false"


def test_both_ways_at_once(compare):
    found = compare(groups(LEGAL))
    assert counted(found, "leaving", "entering", "staying", "outside") == (2, 2, 0, 1)


def test_with_target_users_only_accounts_are_taken_away(compare):
    targets = [{"id": "t1", "userName": "ann@old.example"}]
    found = compare(groups(LEGAL), targets=targets)
    assert counted(found, "leaving", "disabled", "leaving_unmanaged") == (2, 1, 1)
    assert counted(found, "entering", "created", "linked") == (2, 2, 0)
    assert found.summary.managed_by == "target"


def test_who_comes_in_and_has_an_account_is_linked(compare):
    targets = [{"id": "t1", "userName": "cis@old.example"}]
    found = compare(groups(LEGAL), targets=targets)
    assert counted(found, "created", "linked") == (1, 1)


def test_with_links_only_those_are_managed(compare):
    found = compare(groups(LEGAL), links={"id-bob": "t2"})
    assert counted(found, "leaving", "disabled", "leaving_unmanaged", "managed") == (2, 1, 1, 1)
    assert by_name(found)["bob"].verdict.new.action == "disable"
    assert found.summary.managed_by == "links"


def test_who_is_linked_and_was_out_before_is_left_alone(compare):
    found = compare(source("title", "[department]"), links={"id-cis": "t3"})
    cis = by_name(found)["cis"].verdict
    assert (cis.movement, cis.new.action) == ("outside", "none")
    assert counted(found, "leaving", "deletions") == (0, 0)


def test_the_flag_keeps_leavers(compare):
    secrets = {"value": [{"key": "SkipOutOfScopeDeletions", "value": "True"}]}
    found = compare(groups(LEGAL), secrets=secrets)
    assert counted(found, "leaving", "deletions", "leaving_untouched") == (2, 0, 2)


def test_leavers_are_deleted_where_the_target_cannot_disable(compare):
    def cannot_disable(value):
        target = value["directories"][1]["objects"][0]
        target["metadata"] = [{"key": "IsSoftDeletionSupported", "value": "False"}]

    found = compare(groups(LEGAL), prepare=cannot_disable)
    assert counted(found, "leaving", "deleted", "disabled") == (2, 2, 0)


def test_without_update_nobody_is_disabled(compare):
    def edit(value):
        groups(LEGAL)(value)
        users_of(value)["flowTypes"] = "Add,Delete"

    assert counted(compare(edit), "leaving", "deletions", "leaving_untouched") == (2, 0, 2)


def test_more_than_the_threshold_is_held_back(compare):
    job = {
        "id": "scim.1", "templateId": "scim", "schedule": {"state": "Active"},
        "synchronizationJobSettings": [
            {"name": "QuarantineTooManyDeletesThreshold", "value": "1"}
        ],
    }  # fmt: skip
    found = compare(groups(LEGAL), job=job)
    assert counted(found, "deletions", "staged_deletes", "disabled") == (2, 2, 0)
    assert by_name(found)["bob"].verdict.marks == ("deactivated",)


def test_m55_sync_all_to_assigned(compare):
    def secrets(value):
        return {"value": [{"key": "SyncAll", "value": value}]}

    found = compare(
        source("title", "[department]"), secrets=secrets("False"), old_secrets=secrets("True")
    )
    # Without assignments everybody counts as assigned.
    assert counted(found, "leaving") == (0,)


def test_values_that_are_written_otherwise(compare):
    found = compare(source("title", "[department]"))
    assert counted(found, "values_changed", "renamed", "matching_changed") == (2, 0, 0)
    (pairs,) = found.summary.values
    assert (pairs.attribute, pairs.users, pairs.distinct) == ("title", 2, 1)
    assert pairs.frequent == ((ValueChange("title", "clerk", "Sales"), 2),)


def test_a_mapping_that_is_gone_writes_nothing_any_more(compare):
    def edit(value):
        del users_of(value)["attributeMappings"][3]

    (pairs,) = compare(edit).summary.values
    assert pairs.frequent == ((ValueChange("title", "clerk", None), 2),)


def test_the_most_frequent_pairs_come_first(compare):
    people = [person(f"p{n}", "Sales", "NO", jobTitle="a" if n < 3 else "b") for n in range(5)]
    (pairs,) = compare(source("title", 'Append([jobTitle], "!")'), people=people).summary.values
    assert [(change.old, change.new, count) for change, count in pairs.frequent] == [
        ("a", "a!", 3),
        ("b", "b!", 2),
    ]


def test_a_default_that_is_written_on_creation_only_changes_nobody_who_exists(compare):
    def edit(value):
        users_of(value)["attributeMappings"][3]["defaultValue"] = "none"

    people = [person("ann", "Sales", "NO", jobTitle=None), person("bob", "Sales", "NO")]
    assert counted(compare(edit, people=people), "values_changed") == (0,)
    found = compare(edit, people=people, targets=[{"id": "t", "userName": "nobody@old.example"}])
    assert found.summary.values[0].frequent == ((ValueChange("title", None, "none"), 1),)


def test_on_creation_only_stops_updates(compare):
    def edit(value):
        users_of(value)["attributeMappings"][3]["flowType"] = "ObjectAddOnly"

    assert compare(edit).summary.values[0].frequent == ((ValueChange("title", "clerk", None), 2),)


def test_filling_writes_nothing_where_the_old_one_wrote(compare):
    def edit(value):
        users_of(value)["attributeMappings"][3]["flowType"] = "AttributeAddOnly"

    assert counted(compare(edit), "values_changed") == (0,)


def test_another_matching_value_is_a_risk_of_duplicates(compare):
    found = compare(source("userName", "[mail]"))
    assert counted(found, "matching_changed", "renamed", "values_changed") == (2, 2, 2)
    assert by_name(found)["ann"].verdict.marks == ("identifier changed", "renamed")


def test_another_order_of_matching_attributes_is_a_risk_too(compare):
    def edit(value):
        users_of(value)["attributeMappings"][1]["matchingPriority"] = 0

    def only_the_second_has_a_value(value):
        source("userName", "[extensionAttribute1]")(value)

    people = [person("ann", "Sales", "NO", extensionAttribute1=None)]
    found = compare(edit, people=people, prepare=only_the_second_has_a_value)
    assert counted(found, "matching_changed", "new_failures") == (1, 1)


@pytest.mark.parametrize(
    ("expression", "count"),
    [
        ('Switch([IsSoftDeleted], , "False", "False", "True", "True")', 2),
        ('"False"', 2),
        ("[IsSoftDeleted]", 2),
        ("Not([IsSoftDeleted])", 0),
        ("[accountEnabled]", 0),
        ('"yes"', 0),
    ],
)
def test_a_written_value_disables(compare, expression, count):
    found = compare(source("active", expression))
    assert counted(found, "disabled", "disabled_in_scope", "deactivated") == (count,) * 3
    assert counted(found, "leaving", "deletions", "disabled_leaving") == (0, 0, 0)


def test_people_who_leave_and_people_who_stay_are_both_disabled(compare):
    def edit(value):
        source("active", '"False"')(value)
        groups(NORWAY)(value)

    found = compare(edit)
    # Nothing reads IsSoftDeleted any more, so who leaves is left alone.
    assert counted(found, "disabled", "disabled_in_scope", "leaving_untouched") == (1, 1, 1)


def test_roles_are_entitlements(compare):
    def edit(value):
        users_of(value)["attributeMappings"].append(mapping("roles", "[department]"))

    found = compare(edit)
    assert counted(found, "entitlements_changed", "values_changed") == (2, 2)
    assert by_name(found)["ann"].verdict.marks == ("entitlement changed",)


def test_new_failures_and_repaired_ones(compare):
    broken = "Nope([jobTitle])"
    found = compare(source("title", broken))
    assert counted(found, "new_failures", "still_failing", "repaired") == (2, 0, 0)
    back = compare(source("title", "[jobTitle]"), prepare=source("title", broken))
    assert counted(back, "new_failures", "still_failing", "repaired") == (0, 0, 2)
    both = compare(source("displayName", "[mail]"), prepare=source("title", broken))
    assert counted(both, "new_failures", "still_failing", "repaired") == (0, 2, 0)


def test_nobody_without_a_matching_value_can_be_imported(compare):
    def edit(value):
        source("userName", "[extensionAttribute1]")(value)
        users_of(value)["attributeMappings"][1]["matchingPriority"] = 0

    people = [person("ann", "Sales", "NO", extensionAttribute1=None)]
    assert counted(compare(edit, people=people), "new_failures") == (1,)


def test_what_the_export_lacks_cannot_be_told(compare):
    found = compare(groups(group(clause("companyName", "EQUALS", "Fjordbank"))))
    assert counted(found, "undecided", "leaving", "entering") == (5, 0, 0)
    assert counted(found, "may_leave", "may_enter", "in_scope_before") == (2, 3, 2)
    assert found.summary.missing == ("companyName",)
    assert "companyName" in by_name(found)["ann"].verdict.because


def test_who_is_disabled_is_out_before_and_after(compare):
    people = [person("ann", "Sales", "NO", accountEnabled=False)]
    found = compare(groups(NORWAY), people=people)
    assert counted(found, "outside", "in_scope_before") == (1, 0)


def test_an_invalid_filter_fails_everybody(compare):
    found = compare(groups(group(clause("employeeId", "Greater_Than", "many"))))
    assert counted(found, "undecided", "new_failures", "may_leave") == (5, 5, 0)


def test_booleans_differ_by_meaning(compare):
    def boolean(value):
        value["directories"][1]["objects"][0]["attributes"][5] = attribute("active", type="Boolean")

    found = compare(
        source(
            "active", ACTIVE.replace("True", "true").replace('"true", "true"', '"True", "true"')
        ),
        prepare=boolean,
    )
    assert counted(found, "values_changed") == (0,)


def test_one_user_in_full(compare):
    found = compare(source("title", "[department]"))
    ((user, decided),) = found.explain("ANN@old.example")
    assert user.values["displayName"] == "Ann"
    assert decided.values == (ValueChange("title", "clerk", "Sales"),)
    assert decided.old.action == "create-or-update"
    assert decided.new.action == "update"


def test_shared_matching_values_before_and_after(compare):
    people = [person(n, "Sales", "NO", mail="both@new.example") for n in ("ann", "bob")]
    found = compare(source("userName", "[mail]"), people=people)
    assert [each.users for each in found.summary.shared_old] == [0, 0]
    assert [each.users for each in found.summary.shared_new] == [2, 0]
