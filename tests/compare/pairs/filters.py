"""Filters; `tests/analysis` has more of them."""

from building import clause, group, users_of
from pairs.noting import LEAVE, PAIRS, groups, pair


@pair(("filter-narrower", "danger", ""), verdict=LEAVE)
def m02_alternatives_in_one_group(value):
    groups(
        value,
        group(clause("department", "EQUALS", "Sales"), clause("department", "EQUALS", "Presales")),
    )


@pair(
    ("filter-wider", "caution", ""),
    verdict="people would come into scope, and nobody would leave it",
)
def an_alternative_in_a_group_of_its_own(value):
    groups(
        value,
        group(clause("department", "EQUALS", "Sales")),
        group(clause("department", "EQUALS", "Presales")),
    )


@pair(("filter-different", "danger", ""), verdict=LEAVE)
def another_value(value):
    groups(value, group(clause("department", "EQUALS", "Marketing")))


@pair(("filter-different", "danger", ""), verdict=LEAVE)
def m03_exclusions_in_two_groups(value):
    groups(
        value,
        group(clause("department", "NOT EQUALS", "Sales")),
        group(clause("department", "NOT EQUALS", "Legal"), clause("country", "EQUALS", "NO")),
    )


@pair(
    ("filter-wider", "caution", ""),
    verdict="people would come into scope, and nobody would leave it",
)
def m04_a_broad_group(value):
    groups(
        value,
        group(clause("department", "EQUALS", "Sales")),
        group(clause("userPrincipalName", "IS NOT NULL")),
    )


@pair(
    ("filter-wider", "caution", ""),
    verdict="people would come into scope, and nobody would leave it",
)
def no_filter_any_more(value):
    users_of(value)["scope"] = None


@pair(
    ("filter-equivalent", "note", ""), verdict="no change disables, duplicates or rewrites anything"
)
def equals_as_a_pattern(value):
    groups(value, group(clause("department", "REGEX MATCH", r"\ASales\z")))


@pair(
    ("filter-equivalent", "note", ""), verdict="no change disables, duplicates or rewrites anything"
)
def m68_an_implied_clause(value):
    groups(
        value,
        group(clause("department", "EQUALS", "Sales"), clause("department", "IS NOT NULL")),
    )


@pair(("filter-titles", "note", ""), verdict="no change disables, duplicates or rewrites anything")
def another_title(value):
    users_of(value)["scope"]["groups"][0]["name"] = "people of sales"


@pair(
    ("filter-invalid", "danger", ""),
    verdict="nobody would be provisioned, updated or disabled any more",
)
def a_number_that_is_none(value):
    groups(value, group(clause("employeeId", "Greater_Than", "many")))


@pair(("filter-narrower", "danger", ""), verdict="people would leave scope and be deleted")
def leavers_are_deleted_where_the_target_cannot_disable(value):
    groups(value, group(clause("department", "EQUALS", "Sales"), clause("country", "EQUALS", "NO")))


def without_soft_delete(value):
    target = value["directories"][1]["objects"][0]
    target["metadata"] = [{"key": "IsSoftDeletionSupported", "value": "False"}]


PAIRS["leavers_are_deleted_where_the_target_cannot_disable"] = (
    without_soft_delete,
    *PAIRS["leavers_are_deleted_where_the_target_cannot_disable"][1:],
)
