"""Mistakes in scoping filters: each function plants one and says where it must be found.

A mutation returns the pointer of what it changed, or None where it does not apply to the sample.
"""

from mutated_sample import clause

TEXT = "qaBranch"
"""A text attribute of ours that every sample gets."""


def text(sample, name=TEXT):
    return sample.define(name)


def alternatives_in_one_group(sample):
    name = text(sample)
    return sample.filter([clause(name, "EQUALS", "Oslo"), clause(name, "EQUALS", "Bergen")]) + "/0"


def null_and_not_null(sample):
    name = text(sample)
    return sample.filter([clause(name, "IS NULL"), clause(name, "IS NOT NULL")]) + "/0"


def true_and_false(sample):
    name = sample.define("qaFlag", "Boolean")
    return sample.filter([clause(name, "IS TRUE"), clause(name, "IS FALSE")]) + "/0"


def equal_and_not_equal(sample):
    name = text(sample)
    return (
        sample.filter([clause(name, "EQUALS", "Oslo"), clause(name, "NOT EQUALS", "Oslo")]) + "/0"
    )


def value_and_null(sample):
    name = text(sample)
    return sample.filter([clause(name, "EQUALS", "Oslo"), clause(name, "IS NULL")]) + "/0"


def exclusions_in_groups(sample):
    name = text(sample)
    return sample.filter(
        [clause(name, "NOT EQUALS", "Oslo")], [clause(name, "NOT EQUALS", "Bergen")]
    )


def regex_exclusions_in_groups(sample):
    name = text(sample)
    return sample.filter(
        [clause(name, "NOT REGEX MATCH", "^A-.*$")], [clause(name, "NOT REGEX MATCH", "^B-.*$")]
    )


def exclusions_beside_a_shared_clause(sample):
    name, shared = text(sample), clause(sample.define("qaCity"), "EQUALS", "Oslo")
    return sample.filter(
        [clause(name, "NOT EQUALS", "Board"), shared],
        [clause(name, "NOT EQUALS", "Legal"), shared],
    )


def broad_group(sample):
    anchor = next(each["name"] for each in sample.source_object["attributes"] if each["required"])
    sample.filter([clause(text(sample), "EQUALS", "Oslo")], [clause(anchor, "IS NOT NULL")])
    return f"{sample.base}/scope/groups"


def narrower_group(sample):
    name, other = text(sample), sample.define("qaCity")
    return sample.filter(
        [clause(name, "EQUALS", "Oslo")],
        [clause(name, "EQUALS", "Oslo"), clause(other, "EQUALS", "Oslo")],
    )


def equals_and_its_null_group(sample):
    name = text(sample)
    return sample.filter([clause(name, "EQUALS", "Oslo")], [clause(name, "IS NOT NULL")])


def broad_group_added(sample):
    name, other = text(sample), sample.define("qaCity")
    narrow = [clause(name, "EQUALS", "Oslo"), clause(other, "EQUALS", "Oslo")]
    return sample.filter(narrow, [clause(other, "EQUALS", "Oslo")]) + "/1"


def leaving_date_filtered(sample):
    date = {"workday": "StatusTerminationLastDayOfWork", "api": "terminationDate"}
    if sample.source not in date:
        return None
    return sample.clause(sample.define(date[sample.source]), "IS NULL")


def leavers_filtered(sample):
    status = {"workday": "Active", "successfactors": "activeEmploymentsCount", "api": "active"}
    name = status.get(sample.source)
    if name is None:
        return None
    if not sample.reads(name):
        sample.define(name)
    kind = next(e["type"] for e in sample.source_object["attributes"] if e["name"] == name)
    sample.set("accountDisabled" if sample.target == "ad" else "accountEnabled", f"[{name}]")
    return (
        sample.clause(name, "IS TRUE") if kind == "Boolean" else sample.clause(name, "EQUALS", "1")
    )


def not_equals(sample):
    return sample.clause(text(sample), "NOT EQUALS", "Oslo")


def not_regex(sample):
    return sample.clause(text(sample), "NOT REGEX MATCH", "^Branch [A-Z]+$")


def text_operator_on_boolean(sample):
    return sample.clause(sample.define("qaFlag", "Boolean"), "EQUALS", "True")


def regex_on_boolean(sample):
    return sample.clause(sample.define("qaFlag", "Boolean"), "REGEX MATCH", "^True$")


def is_true_on_text(sample):
    return sample.clause(text(sample), "IS TRUE")


def member_of(sample):
    return sample.clause(text(sample), "IsMemberOf", "CRM users")


def group_id(sample):
    if sample.source != "entra":
        return None
    if not sample.reads("objectId"):
        sample.define("objectId")
    return sample.clause("objectId", "EQUALS", "6e0b94d7-c285-4f1a-8b3d-a71f5c20e946")


def members(sample):
    return sample.clause(sample.define("members", "Reference", multivalued=True), "EQUALS", "x")


def several_valued(sample):
    return sample.clause(sample.define("otherMails", multivalued=True), "Includes", "@fjord")


def several_valued_own(sample):
    return sample.clause(sample.define("qaMails", multivalued=True), "IS NOT NULL")


def unsupported(sample):
    names = {
        "entra": "userType",
        "workday": "StatusHireDate",
        "successfactors": "startDate",
        "ad": "accountExpires",
    }
    if sample.source not in names:
        return None
    return sample.clause(sample.define(names[sample.source]), "EQUALS", "Guest")


def manager(sample):
    return sample.clause(sample.define("manager", "Reference"), "IS NOT NULL")


def role_assignments(sample):
    if sample.source != "entra":
        return None
    return sample.clause(sample.define("appRoleAssignments"), "EQUALS", "Admin")


def date_type(sample):
    return sample.clause(sample.define("qaHireDate", "DateTime"), "EQUALS", "2026-01-01")


def no_integer(sample):
    return sample.clause(sample.define("qaLevel", "Integer"), "Greater_Than", "many")


def fraction(sample):
    return sample.clause(sample.define("qaLevel", "Integer"), "Greater_Than_OR_EQUALS", "5.5")


def integer_operator_on_text(sample):
    return sample.clause(text(sample), "Greater_Than", "1000")


def mask_without_integer(sample):
    return sample.clause(sample.define("qaFlags", "Integer"), "&", "two")


def unanchored(sample):
    return sample.clause(text(sample), "REGEX MATCH", "Sales")


def half_anchored(sample):
    return sample.clause(text(sample), "REGEX MATCH", "^Sales")


def unanchored_numbers(sample):
    return sample.clause(text(sample), "REGEX MATCH", "(1[0-9]{6})")


def anchored_first_alternative(sample):
    return sample.clause(text(sample), "REGEX MATCH", "^Sales|Marketing$")


def escaped_star(sample):
    return sample.clause(text(sample), "REGEX MATCH", r".\*@fjordbank.example")


def dot_of_domain(sample):
    return sample.clause(text(sample), "REGEX MATCH", "^.*@fjordbank.com$")


def wildcard(sample):
    return sample.clause(text(sample), "EQUALS", "Sales*")


def list_of_values(sample):
    return sample.clause(text(sample), "EQUALS", "Oslo;Bergen")


def wildcard_for_a_letter(sample):
    return sample.clause(text(sample), "EQUALS", "Berg?n")


def list_by_commas(sample):
    return sample.clause(text(sample), "NOT EQUALS", "Oslo,Bergen")


def list_by_bars(sample):
    return sample.clause(text(sample), "EQUALS", "Oslo|Bergen")


def wildcard_at_the_end(sample):
    return sample.clause(text(sample), "ENDS_WITH", "*@fjordbank.example")


def duplicate_clause(sample):
    name = text(sample)
    return sample.filter([clause(name, "EQUALS", "Oslo"), clause(name, "EQUALS", "Oslo")]) + "/0"


def implied_clause(sample):
    name = text(sample)
    return (
        sample.filter([clause(name, "EQUALS", "Oslo"), clause(name, "NOT EQUALS", "Bergen")]) + "/0"
    )


def implied_presence(sample):
    name = text(sample)
    return sample.filter([clause(name, "EQUALS", "Oslo"), clause(name, "IS NOT NULL")]) + "/0"


def duplicate_group(sample):
    name = text(sample)
    return sample.filter([clause(name, "EQUALS", "Oslo")], [clause(name, "EQUALS", "Oslo")])


def always_true(sample):
    anchor = next(each["name"] for each in sample.source_object["attributes"] if each["required"])
    return sample.clause(anchor, "IS NOT NULL")


def regex_always_true(sample):
    return sample.clause(text(sample), "REGEX MATCH", ".*")


def regex_as_text(sample):
    return sample.clause(text(sample), "EQUALS", "^Sales$")


def regex_as_suffix(sample):
    return sample.clause(text(sample), "Includes", "Sales.*")


def blank_at_the_end(sample):
    return sample.clause(text(sample), "EQUALS", "Sales ")


def blank_in_front(sample):
    return sample.clause(text(sample), "EQUALS", " Sales")


def input_filter(sample):
    if sample.source == "ad":
        return None
    sample.scope["inputFilterGroups"] = [
        {"name": "Early", "clauses": [clause(text(sample), "EQUALS", "Oslo")]}
    ]
    return f"{sample.base}/scope/inputFilterGroups"


def several_values(sample):
    return sample.clause(text(sample), "EQUALS", "Oslo", "Bergen")


def unary_with_value(sample):
    return sample.clause(text(sample), "IS NOT NULL", "Oslo")


def binary_without_value(sample):
    return sample.clause(text(sample), "EQUALS")


def binary_with_empty_value(sample):
    where = sample.clause(text(sample), "EQUALS", "x")
    sample.scope["groups"][0]["clauses"][0]["targetOperand"] = {"values": []}
    return where


def unknown_operator(sample):
    return sample.clause(text(sample), "STARTS_WITH", "Oslo")


def less_than(sample):
    return sample.clause(sample.define("qaLevel", "Integer"), "Less_Than", "5")


def is_not_equal(sample):
    return sample.clause(text(sample), "IS NOT EQUAL", "Oslo")


def date_value(sample):
    return sample.clause(text(sample, "qaHired"), "Greater_Than", "2026-01-01")


def date_equals(sample):
    return sample.clause(text(sample, "qaHired"), "EQUALS", "2026-01-01")


def now(sample):
    return sample.clause(text(sample, "qaHired"), "EQUALS", "Now()")


def invalid_regex(sample):
    return sample.clause(text(sample), "REGEX MATCH", "^(Oslo$")


def empty_group(sample):
    return sample.filter([]) + "/0"


def account_state_in_workday(sample):
    if sample.source not in ("workday", "successfactors"):
        return None
    return sample.clause("accountEnabled", "IS TRUE")


def unmapped_entity(sample):
    if sample.source != "successfactors":
        return None
    return sample.clause(sample.define("costCenter"), "EQUALS", "1000")


def unnamed_group(sample):
    where = sample.clause(text(sample), "EQUALS", "Oslo")
    sample.scope["groups"][0]["name"] = ""
    return where


def regex_for_one_value(sample):
    return sample.clause(text(sample), "REGEX MATCH", "^Oslo$")


MUTATIONS = (
    ("M02", alternatives_in_one_group, {"PL110"}),
    ("M02", null_and_not_null, {"PL110"}),
    ("M02", true_and_false, {"PL110"}),
    ("M02", equal_and_not_equal, {"PL110"}),
    ("M02", value_and_null, {"PL110"}),
    ("M03", exclusions_in_groups, {"PL111"}),
    ("M03", regex_exclusions_in_groups, {"PL111"}),
    ("M03", exclusions_beside_a_shared_clause, {"PL111"}),
    ("M04", broad_group, {"PL111", "PL124", "PL125"}),
    ("M04", broad_group_added, {"PL125"}),
    ("M04", narrower_group, {"PL125"}),
    ("M04", equals_and_its_null_group, {"PL125"}),
    ("M15", leavers_filtered, {"PL129"}),
    ("M15", leaving_date_filtered, {"PL129"}),
    ("M18", not_equals, {"PL122"}),
    ("M18", not_regex, {"PL122"}),
    ("M20", text_operator_on_boolean, {"PL108"}),
    ("M20", regex_on_boolean, {"PL108"}),
    ("M20", is_true_on_text, {"PL108"}),
    ("M21", member_of, {"PL102"}),
    ("M21", group_id, {"PL130"}),
    ("M21", members, {"PL108", "PL109"}),
    ("M22", several_valued, {"PL108", "PL109"}),
    ("M22", several_valued_own, {"PL108", "PL109"}),
    ("M23", unsupported, {"PL109"}),
    ("M23", manager, {"PL108", "PL109"}),
    ("M23", role_assignments, {"PL109"}),
    ("M23", date_type, {"PL108", "PL109"}),
    ("M24", no_integer, {"PL116"}),
    ("M24", fraction, {"PL116"}),
    ("M24", integer_operator_on_text, {"PL108"}),
    ("M24", mask_without_integer, {"PL116"}),
    ("M25", unanchored, {"PL113"}),
    ("M25", half_anchored, {"PL113"}),
    ("M25", unanchored_numbers, {"PL113"}),
    ("M25", anchored_first_alternative, {"PL113"}),
    ("M26", escaped_star, {"PL119"}),
    ("M27", dot_of_domain, {"PL120"}),
    ("M28", wildcard, {"PL114"}),
    ("M28", list_of_values, {"PL114"}),
    ("M28", list_by_commas, {"PL114"}),
    ("M28", wildcard_for_a_letter, {"PL114"}),
    ("M28", list_by_bars, {"PL114", "PL115"}),
    ("M28", wildcard_at_the_end, {"PL114"}),
    ("M68", duplicate_clause, {"PL121"}),
    ("M68", implied_clause, {"PL121"}),
    ("M68", implied_presence, {"PL121"}),
    ("M68", duplicate_group, {"PL125"}),
    ("M69", always_true, {"PL124"}),
    ("M69", regex_always_true, {"PL124"}),
    ("M70", regex_as_text, {"PL115"}),
    ("M70", regex_as_suffix, {"PL114", "PL115"}),
    ("M70", regex_for_one_value, {"PL132"}),
    ("M72", blank_at_the_end, {"PL117"}),
    ("M72", blank_in_front, {"PL117"}),
    ("M73", input_filter, {"PL123"}),
    ("M74", several_values, {"PL105"}),
    ("M75", unary_with_value, {"PL104"}),
    ("M75", binary_without_value, {"PL104"}),
    ("M75", binary_with_empty_value, {"PL104"}),
    ("M76", unknown_operator, {"PL101"}),
    ("M76", less_than, {"PL101"}),
    ("M76", is_not_equal, {"PL101"}),
    ("M77", date_value, {"PL116", "PL118"}),
    ("M77", date_equals, {"PL118"}),
    ("M77", now, {"PL118"}),
    ("regex", invalid_regex, {"PL112"}),
    ("empty-group", empty_group, {"PL106"}),
    ("M79", unmapped_entity, {"PL131"}),
    ("M80", account_state_in_workday, {"PL107"}),
    ("M92", unnamed_group, {"PL126"}),
)
