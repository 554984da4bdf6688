"""Mistakes in how people are matched."""

from mapping_mutations.people import person


def cross_tenant_matching_from_mail(sample):
    if sample.target != "tenant":
        return None
    return sample.set("alternativeSecurityIdentifier", "[mail]", matchingPriority=1)


def match_only_by(sample, name):
    """Match on one source attribute; the target keeps the one that it has."""
    first, *others = sample.matching()
    for each in others:
        each["matchingPriority"] = 0
    return sample.set(first["targetAttributeName"], f"[{name}]", matchingPriority=1)


def match_by_mail(sample):
    return match_only_by(sample, person(sample, "mail")) if sample.target != "tenant" else None


def match_by_name(sample):
    return match_only_by(sample, person(sample, "name")) if sample.target != "tenant" else None


def match_by_nickname(sample):
    return match_only_by(sample, person(sample, "nickname")) if sample.source == "entra" and (
        sample.target == "saas"
    ) else None  # fmt: skip


def user_name_from_nickname(sample):
    if sample.target != "saas":
        return None
    where = sample.set("userName", f"[{person(sample, 'nickname')}]", matchingPriority=0)
    sample.set("externalId", "[objectId]", matchingPriority=1)
    return where


def match_by_extension_attribute(sample):
    if sample.target != "entra":
        return None
    for each in sample.matching():
        each["matchingPriority"] = 0
    return sample.set(
        "onPremisesExtensionAttributes.extensionAttribute1",
        sample.matching()[0]["source"]["expression"] if sample.matching() else "[userName]",
        matchingPriority=1,
    )


def match_by_expression(sample):
    first = sample.matching()[0]
    name = first["source"]["name"]
    return sample.set(first["targetAttributeName"], f"ToLower([{name}])", matchingPriority=1)


def match_over_two_attributes(sample):
    first = sample.matching()[0]
    name = first["source"]["name"]
    other = sample.define("qaSuffix")
    return sample.set(
        first["targetAttributeName"], f'Join(".", [{name}], [{other}])', matchingPriority=1
    )


def no_matching(sample):
    for each in sample.matching():
        each["matchingPriority"] = 0
    return sample.base


def match_not_searchable(sample):
    if sample.name != "scim-outbound":
        return None
    sample.application = "Slack"
    for each in sample.matching():
        each["matchingPriority"] = 0
    return sample.set("nickName", "[objectId]", matchingPriority=1)


def cross_tenant_matching_changed(sample):
    if sample.target != "tenant":
        return None
    sample.of("alternativeSecurityIdentifier")["matchingPriority"] = 0
    sample.of("mail")["matchingPriority"] = 1
    return sample.base


def cross_tenant_matching_added(sample):
    if sample.target != "tenant":
        return None
    sample.of("mail")["matchingPriority"] = 2
    return sample.base


def nulls_clear_matching(sample):
    if sample.source not in ("api", "workday", "successfactors"):
        return None
    name = sample.matching()[0]["source"]["name"]
    for each in sample.source_object["attributes"]:
        if each["name"] == name:
            each["flowNullValues"] = True
    return (sample.at(sample.matching()[0]["targetAttributeName"]), "/directories/0/objects/0")


def successfactors_matching(sample):
    if sample.source != "successfactors":
        return None
    return sample.set("employeeID", f"[{sample.define('userId')}]", matchingPriority=1)


def too_many_matching_attributes(sample):
    name = sample.define("qaNumber")
    for number, target in enumerate(("qaNumberA", "qaNumberB", "qaNumberC"), 3):
        sample.set(target, f"[{name}]", matchingPriority=number)
    return sample.base


def equal_priorities(sample):
    name = sample.define("qaNumber")
    priority = sample.matching()[0]["matchingPriority"]
    return (
        sample.set("qaNumber", f"[{name}]", matchingPriority=priority),
        sample.at(sample.matching()[0]["targetAttributeName"]),
    )


MUTATIONS = (
    ("M32", match_not_searchable, {"PL506"}),
    ("M33", match_by_mail, {"PL205"}),
    ("M33", match_by_name, {"PL204", "PL205"}),
    ("M34", match_by_nickname, {"PL204", "PL205"}),
    ("M34", user_name_from_nickname, {"PL216"}),
    ("M35", match_by_extension_attribute, {"PL210"}),
    ("M37", match_by_expression, {"PL208"}),
    ("two-sources", match_over_two_attributes, {"PL203"}),
    ("no-matching", no_matching, {"PL201", "PL214"}),
    ("M46", cross_tenant_matching_changed, {"PL214"}),
    ("M46", cross_tenant_matching_added, {"PL214"}),
    ("M46", cross_tenant_matching_from_mail, {"PL214"}),
    ("M52", nulls_clear_matching, {"PL211"}),
    ("M81", successfactors_matching, {"PL215"}),
    ("M93", too_many_matching_attributes, {"PL209"}),
    ("M94", equal_priorities, {"PL202"}),
)
