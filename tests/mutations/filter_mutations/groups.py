"""Clauses and groups that are wrong together."""

from mutated_sample import clause

from filter_mutations.text_attribute import text


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


def input_filter(sample):
    if sample.source == "ad":
        return None
    sample.scope["inputFilterGroups"] = [
        {"name": "Early", "clauses": [clause(text(sample), "EQUALS", "Oslo")]}
    ]
    return f"{sample.base}/scope/inputFilterGroups"


def empty_group(sample):
    return sample.filter([]) + "/0"


def unnamed_group(sample):
    where = sample.clause(text(sample), "EQUALS", "Oslo")
    sample.scope["groups"][0]["name"] = ""
    return where


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
    ("M68", duplicate_clause, {"PL121"}),
    ("M68", implied_clause, {"PL121"}),
    ("M68", implied_presence, {"PL121"}),
    ("M68", duplicate_group, {"PL125"}),
    ("M69", always_true, {"PL124"}),
    ("M69", regex_always_true, {"PL124"}),
    ("M73", input_filter, {"PL123"}),
    ("empty-group", empty_group, {"PL106"}),
    ("M92", unnamed_group, {"PL126"}),
)
