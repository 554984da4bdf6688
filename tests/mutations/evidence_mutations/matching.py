"""Mistakes in matching that only users or targets show."""

from given_inputs import PEOPLE


def matching_source(sample):
    """The source attribute of the first matching attribute, and its pointer."""
    first = sample.matching()[0]
    return first["source"]["expression"].strip("[]"), sample.at(first["targetAttributeName"])


def only_one(sample):
    for each in sample.matching()[1:]:
        each["matchingPriority"] = 0
    return matching_source(sample)


def shared_account(sample, given):
    target = sample.matching()[0]["targetAttributeName"]
    given.targets[3][target] = given.targets[4][target]
    return sample.at(target)


def shared_account_by_case(sample, given):
    target = sample.matching()[0]["targetAttributeName"]
    given.targets[3][target] = str(given.targets[4][target]).upper()
    return sample.at(target)


def shared_value(sample, given):
    name, pointer = matching_source(sample)
    given.users[3][name] = given.users[4][name]
    return pointer


def shared_value_by_case(sample, given):
    name, pointer = matching_source(sample)
    given.users[3][name] = str(given.users[4][name]).upper()
    return pointer


def three_with_one_value(sample, given):
    name, pointer = matching_source(sample)
    for number in (5, 6, 7):
        given.users[number][name] = "office"
    return pointer


def accounts_under_another_name(sample, given):
    if sample.source not in ("entra", "api"):
        return None
    _, pointer = only_one(sample)
    target = sample.matching()[0]["targetAttributeName"]
    for number, account in enumerate(given.targets):
        account[target] = f"old-{number}"
        account["mail"] = f"person{number}@old.fjordbank.example"
    return pointer


def expression_misses_plain_values(sample, given):
    if sample.target == "tenant":
        return None
    name, _ = only_one(sample)
    target = sample.matching()[0]["targetAttributeName"]
    return sample.set(target, f'Join("-", "no", [{name}])', matchingPriority=1)


def empty_matching(sample, given, count=3):
    name, pointer = only_one(sample)
    for person in given.users[:count]:
        person[name] = None
    return pointer


def empty_matching_text(sample, given):
    name, pointer = only_one(sample)
    given.users[2][name] = ""
    return pointer


def no_matching_value_at_all(sample, given):
    return empty_matching(sample, given, PEOPLE)


def match_by_mail_without_mailbox(sample, given):
    if sample.target != "saas":
        return None
    target = sample.matching()[0]["targetAttributeName"]
    only_one(sample)
    for number, person in enumerate(given.users):
        person["mail"] = None if number == 3 else f"person{number}@fjordbank.example"
    if not sample.reads("mail"):
        sample.define("mail")
    return sample.set(target, "[mail]", matchingPriority=1)


def special(sample, given, character):
    name, pointer = matching_source(sample)
    given.users[4][name] = f"a{character}b"
    return pointer


def hash_in_matching(sample, given):
    return special(sample, given, "#")


def apostrophe_in_matching(sample, given):
    return special(sample, given, "'")


def plus_in_matching(sample, given):
    return special(sample, given, "+")


MUTATIONS = [
    ("M05", shared_account, {"PL714"}),
    ("M05", shared_account_by_case, {"PL714"}),
    ("M06", shared_value, {"PL712"}),
    ("M06", shared_value_by_case, {"PL712"}),
    ("M06", three_with_one_value, {"PL712"}),
    ("M07", accounts_under_another_name, {"PL715"}),
    ("M30", empty_matching, {"PL711"}),
    ("M30", empty_matching_text, {"PL711"}),
    ("M30", no_matching_value_at_all, {"PL711"}),
    ("M31", match_by_mail_without_mailbox, {"PL711"}),
    ("M36", hash_in_matching, {"PL713"}),
    ("M36", apostrophe_in_matching, {"PL713"}),
    ("M36", plus_in_matching, {"PL713"}),
    ("M37", expression_misses_plain_values, {"PL715"}),
]
