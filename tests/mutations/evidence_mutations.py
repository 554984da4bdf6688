"""Mistakes that only users, targets, assignments or groups show.

Each function gets a sample and its inputs, plants one mistake, and returns the pointer of what it
is about, or None where it does not apply.
"""

import copy

from given_inputs import DEFAULT_ROLE, OTHER_ROLE, PEOPLE, identity
from mutated_sample import clause

GROUPS = "/synchronizationRules/1/objectMappings/0"
"""The mapping of groups of the one sample that has any."""

TEXT = "qaBranch"


def text(sample, given, *values):
    """A text attribute that the users have in turn."""
    sample.define(TEXT)
    for number, person in enumerate(given.users):
        person[TEXT] = values[number % len(values)]
    return TEXT


# Filters


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


# Matching


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


# Values


def required_without_value(sample, given):
    name = text(sample, given, "Oslo", None)
    sample.define("qaTarget", target=True, required=True)
    return sample.set("qaTarget", f"[{name}]", matchingPriority=0)


def required_without_result(sample, given):
    name = text(sample, given, "Oslo", "Bergen")
    sample.define("qaTarget", target=True, required=True)
    expression = f'Switch([{name}], , "Oslo", "1", "Tromsø", "2")'
    return sample.set("qaTarget", expression, matchingPriority=0)


def cleared_value(sample, given):
    if sample.source != "entra":
        return None
    name = text(sample, given, "Oslo", None)
    pointer = sample.set("qaTarget", f"[{name}]", matchingPriority=0)
    for account in given.targets:
        account["qaTarget"] = "Old value"
    return pointer


def guests(sample, given):
    if sample.target != "saas":
        return None
    given.users[3]["userPrincipalName"] = "eve_fabrikam.example#EXT#@fjordbank.example"
    return sample.at("userName")


def lookup_without_entry(sample, given):
    if sample.target != "saas":
        return None
    sample.application = "ServiceNow"
    name = text(sample, given, "Retail", "Field")
    given.targets.append({"sys_id": "5f1a", "name": "Retail"})
    return sample.set("department", f"[{name}]", matchingPriority=0)


def slack(sample, given, target, value):
    if sample.target != "saas":
        return None
    sample.application = "Slack"
    name = text(sample, given, value, "short")
    return sample.set(target, f"[{name}]")


def at_sign_in_slack(sample, given):
    return slack(sample, given, "displayName", "me@home")


def long_name_in_slack(sample, given):
    return slack(sample, given, "userName", "a.name.of.more.than.twenty.characters")


def tenant_domain_in_google(sample, given):
    if sample.target != "saas":
        return None
    sample.application = "G Suite"
    given.users[5]["userPrincipalName"] = "person5@fjordbank.onmicrosoft.com"
    return sample.set("primaryEmail", "[userPrincipalName]", matchingPriority=0)


def sign_in_amazon(sample, given):
    if sample.target != "saas":
        return None
    sample.application = "AWS IAM Identity Center"
    return sample.set("displayName", f"[{text(sample, given, 'a < b', 'c')}]")


def payload_without_status(sample, given):
    if sample.source != "api":
        return None
    del given.users[2]["active"]
    return sample.at("accountEnabled")


def payloads_without_status(sample, given):
    if sample.source != "api":
        return None
    for person in given.users:
        del person["active"]
    return sample.at("accountEnabled")


def partial_payload(sample, given):
    if sample.source != "api":
        return None
    name = sample.define("qaPart", flowNullValues=True)
    for person in given.users[1:]:
        person[name] = "x"
    return sample.set("qaTarget", f"[{name}]", matchingPriority=0)


# Assignments and groups


def nested_group(sample, given):
    if sample.source != "entra":
        return None
    given.groups.append(given.group("g2", "Outer", ["g1"]))
    given.assign_group("g2", "Outer")
    return f"{sample.base}/scope"


def default_access(sample, given, application):
    if sample.target != "saas":
        return None
    sample.application = application
    given.assignments[2]["appRoleId"] = DEFAULT_ROLE
    return f"{sample.base}/scope"


def default_access_to_box(sample, given):
    return default_access(sample, given, "Box")


def default_access_to_salesforce(sample, given):
    return default_access(sample, given, "Salesforce")


def default_access_to_dropbox(sample, given):
    return default_access(sample, given, "Dropbox for Business")


def several_roles(sample, given):
    if sample.target != "saas":
        return None
    given.assignments.append(given.assignment(3, OTHER_ROLE))
    return sample.set("roles", "SingleAppRoleAssignment([appRoleAssignments])")


def several_roles_by_a_group(sample, given):
    if sample.target != "saas":
        return None
    given.assignments.append(given.assignment(0, OTHER_ROLE, "Group", "g1", "Everybody"))
    return sample.set("roles", "SingleAppRoleAssignment([appRoleAssignments])")


def manager_out_of_scope(sample, given):
    mapping = next(
        (each for each in sample.mappings if "manager" in each["targetAttributeName"].lower()), None
    )
    if mapping is None:
        return None
    reference = mapping["source"]["expression"].strip("[]")
    name = text(sample, given, "Oslo")
    boss = given.person(40)
    boss[name] = "Bergen"
    boss.pop(reference, None)
    given.users.append(boss)
    for person in given.users[:5]:
        person[reference] = identity(40)
    sample.clause(name, "EQUALS", "Oslo")
    return sample.at(mapping["targetAttributeName"])


def member_out_of_scope(sample, given):
    if sample.name != "scim-outbound":
        return None
    name = text(sample, given, "Oslo", "Bergen")
    sample.clause(name, "EQUALS", "Oslo")
    given.assign_group("g1", "Everybody")
    return GROUPS


def distribution_list(sample, given):
    if sample.source != "entra":
        return None
    given.groups[0]["securityEnabled"] = False
    given.assign_group("g1", "Everybody")
    return f"{sample.base}/scope"


def group_matching(sample):
    """Match groups by their names; the pointer of that mapping."""
    if sample.name != "scim-outbound":
        return None
    mapping = sample.schema["synchronizationRules"][1]["objectMappings"][0]
    for number, each in enumerate(mapping["attributeMappings"]):
        named = each["targetAttributeName"] == "displayName"
        each["matchingPriority"] = int(named)
        if named:
            found = f"{GROUPS}/attributeMappings/{number}"
    return found


def two_groups_of_one_name(sample, given):
    pointer = group_matching(sample)
    given.groups += [given.group("g3", "Sales", [1]), given.group("g4", "Sales", [2])]
    for key in ("g3", "g4"):
        given.assign_group(key, "Sales")
    return pointer


def group_without_name(sample, given):
    pointer = group_matching(sample)
    given.groups.append(given.group("g3", "", [1]))
    given.assign_group("g3", "")
    return pointer


def renamed_group(sample, given):
    if group_matching(sample) is None:
        return None
    sample.application = "Atlassian Cloud"
    given.targets.append(
        {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
            "id": "a1",
            "externalId": "g1",
            "displayName": "All people",
        }
    )
    return GROUPS


def second_job(sample, given):
    other = copy.deepcopy(sample.document)
    given.others.append(other)
    return f"{sample.base}/scope"


def second_job_with_another_filter(sample, given):
    name = text(sample, given, "Oslo", "Bergen")
    sample.clause(name, "EQUALS", "Oslo")
    given.others.append(copy.deepcopy(sample.document))
    sample.clause(name, "IS NOT NULL")
    return f"{sample.base}/scope"


MUTATIONS = [
    ("M04", broad_group, {"PL704"}),
    ("M04", broad_pattern, {"PL704"}),
    ("M04", broad_test_of_a_name, {"PL704"}),
    ("M05", shared_account, {"PL714"}),
    ("M05", shared_account_by_case, {"PL714"}),
    ("M06", shared_value, {"PL712"}),
    ("M06", shared_value_by_case, {"PL712"}),
    ("M06", three_with_one_value, {"PL712"}),
    ("M07", accounts_under_another_name, {"PL715"}),
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
    ("M29", nested_group, {"PL731"}),
    ("M30", empty_matching, {"PL711"}),
    ("M30", empty_matching_text, {"PL711"}),
    ("M30", no_matching_value_at_all, {"PL711"}),
    ("M31", match_by_mail_without_mailbox, {"PL711"}),
    ("M36", hash_in_matching, {"PL713"}),
    ("M36", apostrophe_in_matching, {"PL713"}),
    ("M36", plus_in_matching, {"PL713"}),
    ("M37", expression_misses_plain_values, {"PL715"}),
    ("M39", required_without_value, {"PL721"}),
    ("M39", required_without_result, {"PL721"}),
    ("M42", default_access_to_box, {"PL732"}),
    ("M42", default_access_to_salesforce, {"PL732"}),
    ("M42", default_access_to_dropbox, {"PL732"}),
    ("M43", several_roles, {"PL733"}),
    ("M43", several_roles_by_a_group, {"PL733"}),
    ("M50", payload_without_status, {"PL727"}),
    ("M50", payloads_without_status, {"PL727"}),
    ("M51", partial_payload, {"PL728"}),
    ("M56", manager_out_of_scope, {"PL744"}),
    ("M57", member_out_of_scope, {"PL743"}),
    ("M58", distribution_list, {"PL734"}),
    ("M59", two_groups_of_one_name, {"PL741"}),
    ("M59", group_without_name, {"PL741"}),
    ("M62", cleared_value, {"PL725"}),
    ("M64", guests, {"PL723"}),
    ("M67", second_job, {"PL735"}),
    ("M67", second_job_with_another_filter, {"PL735"}),
    ("M71", other_capitals, {"PL703"}),
    ("M71", other_blanks, {"PL703"}),
    ("M71", excluded_capitals, {"PL703"}),
    ("M78", unpopulated_text, {"PL701"}),
    ("M78", unpopulated_extension, {"PL701"}),
    ("M84", lookup_without_entry, {"PL726"}),
    ("M85", at_sign_in_slack, {"PL722"}),
    ("M85", long_name_in_slack, {"PL722"}),
    ("M85", sign_in_amazon, {"PL722"}),
    ("M86", tenant_domain_in_google, {"PL722"}),
    ("M97", renamed_group, {"PL742"}),
]
