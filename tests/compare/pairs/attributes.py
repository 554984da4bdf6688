"""Matching attributes, and attribute mappings."""

from building import mapping, users_of
from pairs.noting import NOTHING, SECOND, VALUES, mappings, pair, rewrite


@pair(
    ("matching-value-changed", "danger", "userName"),
    ("mapping-changed", "caution", "userName"),
    verdict=SECOND,
)
def matching_on_mail(value):
    rewrite(value, "userName", "[mail]", "Attribute")


@pair(("matching-removed", "danger", "externalId"), verdict=SECOND)
def one_matching_attribute_less(value):
    mappings(value)["externalId"]["matchingPriority"] = 0


@pair(("matching-added", "danger", "title"), verdict=SECOND)
def one_matching_attribute_more(value):
    mappings(value)["title"]["matchingPriority"] = 3


@pair(("matching-order-changed", "danger", ""), verdict="people may be linked to another account")
def the_other_matching_attribute_first(value):
    mappings(value)["userName"]["matchingPriority"] = 2
    mappings(value)["externalId"]["matchingPriority"] = 1


@pair(verdict=NOTHING)
def other_numbers_in_the_same_order(value):
    mappings(value)["userName"]["matchingPriority"] = 5
    mappings(value)["externalId"]["matchingPriority"] = 9


@pair(("mapping-changed", "caution", "title"), verdict=VALUES)
def another_expression(value):
    rewrite(value, "title", "ToUpper([jobTitle], )")


@pair(("mapping-added", "caution", "department"), verdict=VALUES)
def a_new_mapping(value):
    users_of(value)["attributeMappings"].append(mapping("department", "[department]"))


@pair(("mapping-removed", "caution", "title"), verdict=VALUES)
def a_mapping_less(value):
    del users_of(value)["attributeMappings"][3]


@pair(("mapping-moved", "caution", "nickName"), verdict=VALUES)
def another_target(value):
    mappings(value)["title"]["targetAttributeName"] = "nickName"


@pair(("flow-type-changed", "caution", "title"), verdict=VALUES)
def on_creation_only(value):
    mappings(value)["title"]["flowType"] = "ObjectAddOnly"


@pair(
    ("default-changed", "note", "title"),
    verdict="no change disables, duplicates or rewrites anything",
)
def a_default(value):
    mappings(value)["title"]["defaultValue"] = "Employee"


@pair(
    ("flow-behavior-changed", "note", "title"),
    verdict="no change disables, duplicates or rewrites anything",
)
def another_flow_behavior(value):
    mappings(value)["title"]["flowBehavior"] = "FlowAlways"


@pair(
    ("mapping-changed", "danger", "title"),
    verdict="people would fail, as a mapping cannot be evaluated",
)
def an_unknown_function(value):
    rewrite(value, "title", "ToUpperCase([jobTitle])")


@pair(("mapping-changed", "caution", "title"), verdict=VALUES)
def a_constant(value):
    rewrite(value, "title", '"Employee"', "Constant")


@pair(("mapping-changed", "caution", "title"), verdict=VALUES)
def no_source(value):
    mappings(value)["title"]["source"] = None


def required_user_name(value):
    value["directories"][1]["objects"][0]["attributes"][0]["required"] = True


@pair(
    ("matching-removed", "danger", "userName"),
    ("mapping-removed", "danger", "userName"),
    verdict=SECOND,
    old=required_user_name,
)
def a_required_mapping_less(value):
    del users_of(value)["attributeMappings"][0]
