"""Patterns that are wrong, and texts that look like patterns."""

from filter_mutations.text_attribute import text


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


def regex_as_text(sample):
    return sample.clause(text(sample), "EQUALS", "^Sales$")


def regex_as_suffix(sample):
    return sample.clause(text(sample), "Includes", "Sales.*")


def invalid_regex(sample):
    return sample.clause(text(sample), "REGEX MATCH", "^(Oslo$")


def regex_for_one_value(sample):
    return sample.clause(text(sample), "REGEX MATCH", "^Oslo$")


def repeated_repetition(sample):
    return sample.clause(text(sample), "REGEX MATCH", "^(a+)+$")


def repeated_words(sample):
    return sample.clause(text(sample), "NOT REGEX MATCH", r"^(\w+\s?)*$")


def guest_mark_as_text(sample):
    if sample.source != "entra":
        return None
    return sample.clause("userPrincipalName", "Includes", "#EXT#")


def guest_mark_as_pattern(sample):
    if sample.source != "entra":
        return None
    return sample.clause("userPrincipalName", "NOT REGEX MATCH", "^.*#ext#@.*$")


MUTATIONS = (
    ("L55", repeated_repetition, {"PL133"}),
    ("L55", repeated_words, {"PL133"}),
    ("M64", guest_mark_as_text, {"PL134"}),
    ("M64", guest_mark_as_pattern, {"PL134"}),
    ("M25", unanchored, {"PL113"}),
    ("M25", half_anchored, {"PL113"}),
    ("M25", unanchored_numbers, {"PL113"}),
    ("M25", anchored_first_alternative, {"PL113"}),
    ("M26", escaped_star, {"PL119"}),
    ("M27", dot_of_domain, {"PL120"}),
    ("M70", regex_as_text, {"PL115"}),
    ("M70", regex_as_suffix, {"PL114", "PL115"}),
    ("M70", regex_for_one_value, {"PL132"}),
    ("regex", invalid_regex, {"PL112"}),
)
