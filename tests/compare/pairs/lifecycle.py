"""Joiners and leavers."""

from building import clause, group, users_of
from pairs.filters import without_soft_delete
from pairs.noting import KEEP, UNPROVISIONED, VALUES, groups, pair, rewrite


@pair(
    ("deprovisioning-removed", "danger", ""),
    ("mapping-removed", "caution", "active"),
    verdict=KEEP,
)
def m09_nobody_reads_is_soft_deleted(value):
    del users_of(value)["attributeMappings"][4]


@pair(
    ("deprovisioning-removed", "danger", ""),
    ("mapping-changed", "caution", "active"),
    verdict=KEEP,
)
def m08_active_from_account_enabled(value):
    rewrite(value, "active", "[accountEnabled]", "Attribute")


@pair(
    ("deprovisioning-inverted", "danger", "active"), verdict="everybody in scope would be disabled"
)
def m10_inverted(value):
    rewrite(value, "active", 'Switch([IsSoftDeleted], , "False", "False", "True", "True")')


@pair(
    ("mapping-changed", "caution", "active"),
    verdict=VALUES,
)
def the_same_by_another_expression(value):
    rewrite(value, "active", "Not([IsSoftDeleted])")


@pair(("action-switched-off", "danger", ""), verdict=KEEP)
def m12_no_update(value):
    users_of(value)["flowTypes"] = "Add,Delete"


@pair(
    ("action-switched-off", "caution", ""),
    verdict="Create is not selected in the target object actions any more",
)
def no_create(value):
    users_of(value)["flowTypes"] = "Update,Delete"


@pair(("object-mapping-disabled", "danger", ""), verdict=UNPROVISIONED)
def switched_off(value):
    users_of(value)["enabled"] = False


def off(value):
    users_of(value)["enabled"] = False


@pair(
    ("object-mapping-enabled", "caution", ""),
    verdict="the object mapping `users` is switched on",
    old=off,
)
def switched_on(value):
    users_of(value)["enabled"] = True


@pair(
    ("filter-narrower", "note", ""),
    verdict="no change disables, duplicates or rewrites anything",
    old=off,
)
def a_filter_that_nobody_asks(value):
    groups(value, group(clause("department", "EQUALS", "Sales"), clause("country", "EQUALS", "NO")))


@pair(
    ("definition-changed", "danger", ""),
    verdict="people who leave would be deleted instead of disabled",
)
def no_soft_delete_any_more(value):
    without_soft_delete(value)
