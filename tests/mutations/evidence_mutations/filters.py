"""Mistakes in filters that only users show."""

from given_inputs import PEOPLE, identity
from mutated_sample import clause

from evidence_mutations.text_attribute import text


def broad_group(sample, given):
    name = text(sample, given, "Oslo", "Bergen")
    sample.filter([clause(name, "EQUALS", "Oslo")], [clause(name, "Includes", "e")])
    given.every(name, "Bergen")
    given.users[0][name] = "Osle"
    return f"{sample.base}/scope/groups/1"


def broad_test_of_a_name(sample, given):
    if sample.source != "entra":
        return None
    sample.filter(
        [clause(text(sample, given, "Oslo", "Bergen"), "EQUALS", "Oslo")],
        [clause("userPrincipalName", "Includes", "@")],
    )
    return f"{sample.base}/scope/groups/1"


def broad_pattern(sample, given):
    name = text(sample, given, "Oslo", "Bergen")
    sample.filter(
        [clause(name, "EQUALS", "Oslo")], [clause(name, "REGEX MATCH", "^(Oslo|Bergen)$")]
    )
    return f"{sample.base}/scope/groups/1"


def wrong_case(sample, given):
    return sample.clause(text(sample, given, "Oslo", "Bergen"), "EQUALS", "oslo")


def misspelt_value(sample, given):
    return sample.clause(text(sample, given, "Oslo", "Bergen"), "EQUALS", "Olso")


def value_in_another_language(sample, given):
    return sample.clause(text(sample, given, "Vertrieb", "Einkauf"), "EQUALS", "Sales")


def pattern_of_nobody(sample, given):
    return sample.clause(text(sample, given, "Oslo", "Bergen"), "REGEX MATCH", "^Osl$")


def doubled_blank(sample, given):
    return sample.clause(text(sample, given, "New Town", "Bergen"), "EQUALS", "New  Town")


def one_dead_group_of_two(sample, given):
    name = text(sample, given, "Oslo", "Bergen")
    return (
        sample.filter([clause(name, "EQUALS", "Oslo")], [clause(name, "EQUALS", "bergen")]) + "/1"
    )


def nobody_passes_all(sample, given):
    name = text(sample, given, "Oslo", "Bergen")
    other = sample.define("qaCity")
    for number, person in enumerate(given.users):
        person[other] = "North" if number % 2 else "South"
    sample.filter([clause(name, "EQUALS", "Oslo"), clause(other, "EQUALS", "North")])
    return f"{sample.base}/scope"


def nobody_assigned_passes(sample, given):
    if sample.source != "entra":
        return None
    name = text(sample, given, "Oslo", "Bergen")
    given.assignments = [given.assignment(number) for number in range(1, PEOPLE, 2)]
    sample.clause(name, "EQUALS", "Oslo")
    return f"{sample.base}/scope"


def negation_over_empty(sample, given, operator="NOT EQUALS", value="Oslo"):
    return sample.clause(text(sample, given, "Oslo", "Bergen", None), operator, value)


def negated_pattern_over_empty(sample, given):
    return negation_over_empty(sample, given, "NOT REGEX MATCH", "^Oslo$")


def false_over_empty(sample, given):
    name = sample.define("qaFlag", "Boolean")
    for number, person in enumerate(given.users):
        person[name] = (True, False, None)[number % 3]
    return sample.clause(name, "IS FALSE")


def id_of_a_group(sample, given):
    if sample.source != "entra":
        return None
    given.groups.append(given.group(identity(77), "Sales", []))
    return sample.clause("objectId", "EQUALS", identity(77)) + "/clauses/0"


def id_of_nobody(sample, given):
    if sample.source != "entra":
        return None
    given.without.add("groups")
    return sample.clause("objectId", "EQUALS", identity(77)) + "/clauses/0"


def search_inside(sample, given):
    name = text(sample, given, "Sales", "Presales", "Salesforce")
    return sample.clause(name, "REGEX MATCH", "Sales")


def number_inside(sample, given):
    name = text(sample, given, "1234567", "21234567")
    return sample.clause(name, "REGEX MATCH", "(1[0-9]{6})")


def wildcard(sample, given):
    return sample.clause(text(sample, given, "Sales North", "Bergen"), "EQUALS", "Sales*")


def listed_values(sample, given):
    return sample.clause(text(sample, given, "Oslo", "Bergen"), "EQUALS", "Oslo;Bergen")


def other_capitals(sample, given):
    return sample.clause(text(sample, given, "Oslo", "oslo", "Bergen"), "EQUALS", "Oslo")


def other_blanks(sample, given):
    return sample.clause(text(sample, given, "Oslo", "Oslo ", "Bergen"), "EQUALS", "Oslo")


def excluded_capitals(sample, given):
    return sample.clause(text(sample, given, "Oslo", "OSLO", "Bergen"), "NOT EQUALS", "Oslo")


def unpopulated_text(sample, given):
    return sample.clause(text(sample, given, None), "EQUALS", "Oslo")


def unpopulated_extension(sample, given):
    if sample.source != "entra":
        return None
    name = sample.define("extension_0a1b2c3d4e5f60718293a4b5c6d7e8f9_branch")
    given.every(name, None)
    return sample.clause(name, "IS NOT NULL")


MUTATIONS = [
    ("M04", broad_group, {"PL704"}),
    ("M04", broad_pattern, {"PL704"}),
    ("M04", broad_test_of_a_name, {"PL704"}),
    ("M11", wrong_case, {"PL701"}),
    ("M11", misspelt_value, {"PL701"}),
    ("M11", value_in_another_language, {"PL701"}),
    ("M11", pattern_of_nobody, {"PL701"}),
    ("M11", doubled_blank, {"PL701"}),
    ("M11", one_dead_group_of_two, {"PL701"}),
    ("M11", nobody_passes_all, {"PL702"}),
    ("M11", nobody_assigned_passes, {"PL702"}),
    ("M18", negation_over_empty, {"PL705"}),
    ("M18", negated_pattern_over_empty, {"PL705"}),
    ("M19", false_over_empty, {"PL705"}),
    ("M21", id_of_a_group, {"PL130"}),
    ("M21", id_of_nobody, {"PL130", "PL701"}),
    ("M25", search_inside, {"PL113"}),
    ("M25", number_inside, {"PL113"}),
    ("M28", wildcard, {"PL114"}),
    ("M28", listed_values, {"PL114"}),
    ("M71", other_capitals, {"PL703"}),
    ("M71", other_blanks, {"PL703"}),
    ("M71", excluded_capitals, {"PL703"}),
    ("M78", unpopulated_text, {"PL701"}),
    ("M78", unpopulated_extension, {"PL701"}),
]
