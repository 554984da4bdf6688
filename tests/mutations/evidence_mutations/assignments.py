"""Mistakes that assignments, groups and other jobs show."""

import copy

from given_inputs import DEFAULT_ROLE, OTHER_ROLE, identity

from evidence_mutations.text_attribute import text

GROUPS = "/synchronizationRules/1/objectMappings/0"
"""The mapping of groups of the one sample that has any."""


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
    ("M29", nested_group, {"PL731"}),
    ("M42", default_access_to_box, {"PL732"}),
    ("M42", default_access_to_salesforce, {"PL732"}),
    ("M42", default_access_to_dropbox, {"PL732"}),
    ("M43", several_roles, {"PL733"}),
    ("M43", several_roles_by_a_group, {"PL733"}),
    ("M56", manager_out_of_scope, {"PL744"}),
    ("M57", member_out_of_scope, {"PL743"}),
    ("M58", distribution_list, {"PL734"}),
    ("M59", two_groups_of_one_name, {"PL741"}),
    ("M59", group_without_name, {"PL741"}),
    ("M67", second_job, {"PL735"}),
    ("M67", second_job_with_another_filter, {"PL735"}),
    ("M97", renamed_group, {"PL742"}),
]
