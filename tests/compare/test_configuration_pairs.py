"""Pairs of configurations, and the verdict that a careful person gives on each."""

import json

import pytest
from building import ACTIVE, base, difference, edited, told
from pairs import attributes, filters, lifecycle, structure, without_change
from pairs.noting import PAIRS, mappings, rewrite

from provlint.report.comparison.headline import facts
from provlint.report.comparison.result import Compared
from provlint.simulate.inputs.secrets import Secrets

ROOMS = (without_change, filters, attributes, lifecycle, structure)
"""Those who note pairs; importing them is enough."""


@pytest.mark.parametrize("name", PAIRS)
def test_the_verdict_of_a_careful_person(name):
    prepare, edit, expected, verdict = PAIRS[name]
    old = base()
    if prepare is not None:
        prepare(old)
    found = difference(old, edited(edit, old))
    assert sorted(told(found)) == sorted(expected)
    first, *_ = facts(Compared("schema.json", "changed", found.changes))
    assert first.text == verdict


def test_the_share_of_what_is_not_proved(capsys):
    undecided = [name for name, (_, _, kinds, _) in PAIRS.items() if "filter-undecided" in kinds]
    filters = [
        name for name, (_, _, kinds, _) in PAIRS.items() if any("filter" in k for k, *_ in kinds)
    ]
    share = len(undecided) / len(filters)
    with capsys.disabled():
        print(f" not proved: {len(undecided)} of {len(filters)} filters ({share:.0%})")
    assert share < 0.05
    assert len(PAIRS) >= 45


@pytest.mark.parametrize("name", PAIRS)
def test_both_ways_are_told(name):
    """Whoever undoes a change is told of it too, and of as many filters the other way round."""
    prepare, edit, *_ = PAIRS[name]
    old = base()
    if prepare is not None:
        prepare(old)
    new = edited(edit, old)
    there, back = difference(old, new), difference(new, old)
    assert bool(there.changes) is bool(back.changes)
    turned = {"filter-wider": "filter-narrower", "filter-narrower": "filter-wider"}
    turned["filter-invalid"] = "filter-repaired"
    same = ("filter-equivalent", "filter-different", "filter-undecided")
    filters = [change.kind for change in there.changes if change.kind in (*turned, *same)]
    others = [
        change.kind for change in back.changes if change.kind in (*turned, *turned.values(), *same)
    ]
    assert [turned.get(kind, kind) for kind in filters] == others


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"sync_all": True}, {"sync_all": False}, ("sync-all-changed", "danger")),
        ({"sync_all": False}, {"sync_all": True}, ("sync-all-changed", "danger")),
        ({}, {"skip_out_of_scope_deletions": True}, ("skip-flag-changed", "caution")),
        ({"skip_out_of_scope_deletions": True}, {}, ("skip-flag-changed", "danger")),
        (
            {"base_address": "https://a"},
            {"base_address": "https://b"},
            ("address-changed", "danger"),
        ),
        (
            {"delete_threshold": 500},
            {"delete_threshold": None},
            ("delete-threshold-changed", "caution"),
        ),
        ({"has_credential": True}, {}, ("secret-changed", "caution")),
    ],
)
def test_secrets(old, new, expected):
    found = difference(base(), base(), old_secrets=Secrets(**old), new_secrets=Secrets(**new))
    assert [(change.kind, change.weight) for change in found.changes] == [expected]


def test_m55_says_that_a_restart_is_needed():
    found = difference(
        base(), base(), old_secrets=Secrets(sync_all=True), new_secrets=Secrets(sync_all=False)
    )
    (change,) = found.changes
    assert change.text == "`SyncAll` is `False`; it was `True`"
    assert "no effect until provisioning is restarted" in change.consequence


def test_leavers_are_kept_by_the_flag():
    new = edited(filters.m02_alternatives_in_one_group)
    secrets = Secrets(skip_out_of_scope_deletions=True)
    (change,) = difference(base(), new, old_secrets=secrets, new_secrets=secrets).changes
    assert (change.kind, change.weight) == ("filter-narrower", "caution")
    assert "SkipOutOfScopeDeletions is true" in change.consequence


def test_example_users_of_a_filter():
    new = edited(filters.an_alternative_in_a_group_of_its_own)
    (change,) = difference(base(), new).changes
    assert change.entering == {"department": "Presales"}
    assert change.leaving is None
    assert (change.old, change.new) == (None, 'department EQUALS "Presales"')


def test_long_expressions_stand_beside_the_sentence():
    new = edited(
        lambda value: rewrite(value, "title", f'Switch([jobTitle], {"[jobTitle], " * 9}"b")')
    )
    old = edited(
        lambda value: rewrite(value, "title", f'Switch([jobTitle], {"[jobTitle], " * 9}"a")')
    )
    (change,) = difference(old, new).changes
    assert change.text == "`title`: another value is written"
    assert change.old.endswith('"a")')
    assert change.new.endswith('"b")')


def test_the_stored_form_of_a_call_counts_where_there_is_no_text():
    def stored(value, attribute):
        mappings(value)["title"]["source"] = {
            "type": "Function",
            "name": "ToUpper",
            "parameters": [
                {"key": "source", "value": {"type": "Attribute", "name": attribute}},
            ],
        }

    old, new = (edited(lambda v, a=a: stored(v, a)) for a in ("jobTitle", "department"))
    (change,) = difference(old, new).changes
    assert change.text == "`title`: `ToUpper([jobTitle])` becomes `ToUpper([department])`"


def test_saving_a_mapping_starts_an_initial_cycle_and_a_title_does_not():
    assert difference(base(), edited(attributes.another_expression)).starts_initial_cycle
    assert not difference(base(), edited(filters.another_title)).starts_initial_cycle


def test_kinds_are_those_that_are_published():
    from provlint.compare.configuration.changes import KINDS
    from provlint.report.comparison.headline import UNSEEN

    assert {kind for _, _, kinds, _ in PAIRS.values() for kind, *_ in kinds} <= set(KINDS)
    assert set(UNSEEN) <= set(KINDS)


def test_active_reads_is_soft_deleted():
    assert ACTIVE in json.dumps(base()).replace('\\"', '"')
