"""Mistakes in mappings, matching and jobs: each function plants one and says where."""

import copy

PEOPLE = {
    "entra": {"mail": "mail", "name": "displayName", "nickname": "mailNickname"},
    "ad": {"mail": "mail", "name": "displayName", "nickname": "mailNickname"},
    "api": {"mail": 'emails[type eq "work"].value', "name": "displayName", "nickname": "nickName"},
    "workday": {"mail": "EmailAddressWork", "name": "LastName", "nickname": "UserID"},
    "successfactors": {"mail": "email", "name": "displayName", "nickname": "username"},
}
"""What a source calls the address, the name and the short name of a person."""


def person(sample, what):
    name = PEOPLE[sample.source][what]
    return name if sample.reads(name) else sample.define(name)


def status(sample):
    """The target attribute that says whether an account is active; None where none does."""
    return {"saas": "active", "tenant": "isSoftDeleted"}.get(sample.target)


def active_from_account_enabled(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", "[accountEnabled]")


def active_from_computed_account_enabled(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", 'IIF([accountEnabled] = "True", "True", "False")')


def nothing_reads_soft_deleted(sample):
    if status(sample) is None:
        return None
    sample.mappings.remove(sample.of(status(sample)))
    return f"{sample.base}/attributeMappings"


def active_swapped(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", 'Switch([IsSoftDeleted], , "False", "False", "True", "True")')


def active_direct(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", "[IsSoftDeleted]")


def active_negated_twice(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", 'IIF([IsSoftDeleted] = "True", "True", "False")')


def lock_swapped(sample):
    if sample.target != "saas":
        return None
    return sample.set("locked_out", 'Switch([IsSoftDeleted], , "False", "True", "True", "False")')


def soft_delete_negated(sample):
    if sample.target != "tenant":
        return None
    return sample.set("isSoftDeleted", "Not([IsSoftDeleted])")


def control_bit_swapped(sample):
    if sample.source != "ad":
        return None
    expression = 'IIF(BitAnd([userAccountControl], 2) = "0", "False", "True")'
    return sample.set("AccountEnabled", expression)


def employment_status_swapped(sample):
    if sample.source != "successfactors":
        return None
    name = sample.define("emplStatus")
    return sample.set("accountDisabled", f'Switch([{name}], "False", "A", "True")')


def cross_tenant_matching_from_mail(sample):
    if sample.target != "tenant":
        return None
    return sample.set("alternativeSecurityIdentifier", "[mail]", matchingPriority=1)


def nulls_clear_what_creation_needs(sample):
    if sample.source != "api":
        return None
    name = sample.define("qaName", flowNullValues=True)
    sample.set("displayName", f"[{name}]")
    return f"/directories/{_source_directory(sample)}"


def _source_directory(sample):
    name = sample.schema["synchronizationRules"][0]["sourceDirectoryName"]
    return [each["name"] for each in sample.schema["directories"]].index(name)


def empty_text_as_a_branch(sample):
    if sample.source not in ("workday", "successfactors"):
        return None
    name = sample.define("qaTitle")
    return sample.set("title", f'Switch([{name}], [{name}], "None", "")')


def container_without_path(sample):
    if sample.source not in ("workday", "successfactors"):
        return None
    return sample.set("parentDistinguishedName", '"Staff/Oslo"')


def user_type_of_no_kind(sample):
    if sample.target != "tenant":
        return None
    return sample.set("userType", '"Internal"')


def active_swapped_by_default(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", 'Switch([IsSoftDeleted], "False", "True", "True")')


def active_swapped_by_condition(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", 'IIF([IsSoftDeleted], "True", "False")')


def suspended_swapped(sample):
    if sample.target != "saas":
        return None
    sample.mappings.remove(sample.of("active"))
    return sample.set("suspended", 'Switch([IsSoftDeleted], , "False", "True", "True", "False")')


def account_disabled_swapped(sample):
    if sample.source != "workday":
        return None
    return sample.set("accountDisabled", 'Switch([Active], , "1", "True", "0", "False")')


def account_enabled_negated(sample):
    if sample.source != "api":
        return None
    return sample.set("accountEnabled", "Not([active])")


def no_updates(sample):
    sample.mapping["flowTypes"] = "Add,Delete"
    return f"{sample.base}/flowTypes"


def no_creations(sample):
    sample.mapping["flowTypes"] = "Update,Delete"
    return f"{sample.base}/flowTypes"


def no_deletions(sample):
    if sample.target not in ("saas", "tenant"):
        return None
    sample.mapping["flowTypes"] = "Add,Update"
    return f"{sample.base}/flowTypes"


def deletions_in_active_directory(sample):
    if sample.target != "ad":
        return None
    sample.mapping["flowTypes"] = "Add,Update,Delete"
    return f"{sample.base}/flowTypes"


def disabled_mapping(sample):
    if sample.source == "ad":
        return None  # such jobs ship with disabled mappings
    sample.mapping["enabled"] = False
    return f"{sample.base}/enabled"


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


def two_mappings_for_one_target(sample):
    name = sample.mappings[-1]["targetAttributeName"]
    where = sample.add(name, f"[{sample.define('qaBranch')}]")
    return (where, f"{sample.base}/attributeMappings/{len(sample.mappings) - 2}")


def required_target(sample):
    sample.define("qaRequired", target=True, required=True)
    return sample.base


def required_target_lost(sample):
    required = {e["name"] for e in sample.target_object["attributes"] if e["required"]}
    lost = [
        each
        for each in sample.mappings
        if each["targetAttributeName"] in required and not each["matchingPriority"]
    ]
    if not lost:
        return None
    sample.mappings.remove(lost[0])
    return sample.base


def unknown_target(sample):
    where = sample.set("qaBranch", f"[{sample.define('qaBranch')}]")
    sample.mappings[-1]["targetAttributeName"] = "qaBranhc"
    return where


def target_in_other_case(sample):
    where = sample.set("qaBranch", f"[{sample.define('qaBranch')}]")
    sample.mappings[-1]["targetAttributeName"] = "QABranch"
    return where


def unknown_source(sample):
    return sample.set("qaBranch", "[qaBranhc]")


def source_in_other_case(sample):
    sample.define("qaBranch")
    return sample.set("qaBranch", "[QaBranch]")


def unknown_source_in_expression(sample):
    sample.define("qaBranch")
    return sample.set("qaBranch", "ToLower([qaBranhc])")


def extension_in_other_case(sample):
    sample.define("extension_9f0c_costCenter")
    return sample.set("qaBranch", "[extension_9F0C_costCenter]")


def roles_direct(sample):
    if sample.source != "entra":
        return None
    if not sample.reads("appRoleAssignments"):
        sample.define("appRoleAssignments", multivalued=True)
    return sample.set("roles", "[appRoleAssignments]")


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


def nulls_clear(sample):
    if sample.source != "api":
        return None
    name = sample.define("qaBranch", flowNullValues=True)
    number = len(sample.source_object["attributes"]) - 1
    where = sample.set("qaBranch", f"[{name}]")
    return (where, f"/directories/0/objects/0/attributes/{number}")


def nulls_clear_and_are_kept(sample):
    if sample.source not in ("api", "workday", "successfactors"):
        return None
    name = sample.define("qaBranch", flowNullValues=True)
    return sample.set("qaBranch", f"IgnoreFlowIfNullOrEmpty([{name}])")


def nulls_clear_matching(sample):
    if sample.source not in ("api", "workday", "successfactors"):
        return None
    name = sample.matching()[0]["source"]["name"]
    for each in sample.source_object["attributes"]:
        if each["name"] == name:
            each["flowNullValues"] = True
    return (sample.at(sample.matching()[0]["targetAttributeName"]), "/directories/0/objects/0")


def default_on_update(sample):
    return sample.set("qaBranch", f"[{sample.define('qaBranch')}]", defaultValue="Oslo")


def empty_text_into_active_directory(sample):
    if sample.target != "ad":
        return None
    return sample.set("department", f"[{sample.define('qaBranch')}]")


def key_of_target(sample):
    if sample.target != "saas":
        return None
    return sample.set("id", f"[{sample.define('qaBranch')}]")


def anchor_of_target(sample):
    anchors = [each["name"] for each in sample.target_object["attributes"] if each["anchor"]]
    mapped = {each["targetAttributeName"] for each in sample.mappings}
    if not anchors or anchors[0] in mapped:
        return None
    return sample.set(anchors[0], f"[{sample.define('qaBranch')}]")


def unique_value_on_update(sample):
    if sample.target != "ad":
        return None
    return sample.set("cn", sample.of("cn")["source"]["expression"], flowType="Always")


def random_value_on_update(sample):
    return sample.set("qaSecret", "RandomString(12, 2, 2, 2, 2)")


def new_key_on_update(sample):
    return sample.set("qaKey", "Guid()")


def successfactors_matching(sample):
    if sample.source != "successfactors":
        return None
    return sample.set("employeeID", f"[{sample.define('userId')}]", matchingPriority=1)


def mail_into_entra(sample):
    if sample.source != "api":
        return None
    return sample.set("mail", f"[{person(sample, 'mail')}]")


def proxy_addresses_between_tenants(sample):
    if sample.target != "tenant":
        return None
    return sample.set("proxyAddresses", f"[{sample.define('qaBranch')}]")


def other_mails_between_tenants(sample):
    if sample.target != "tenant":
        return None
    return sample.set("otherMails", f"[{sample.define('qaBranch')}]")


def endless_expression(sample):
    name = sample.define("qaBranch")
    pairs = ", ".join(f'"Branch number {n}", "Region number {n}"' for n in range(400))
    return sample.set("qaRegion", f'Switch([{name}], "", {pairs})')


def legacy_template(sample):
    if sample.name != "shapes":
        return None
    sample.schema["id"] = sample.schema["id"].replace("scim.", "customappsso.")
    sample.job("customappsso")
    return ""


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


def photo(sample):
    if sample.source != "entra":
        return None
    return sample.set("qaPhoto", f"[{sample.define('thumbnailPhoto', 'Binary')}]")


def several_into_one(sample):
    return sample.set("qaBranch", f"[{sample.define('qaBranches', multivalued=True)}]")


def open_human_resources_job(sample):
    if sample.source not in ("workday", "successfactors", "api"):
        return None
    sample.scope["groups"] = []
    return sample.job() + f"{sample.base}/scope"


def no_delete_threshold(sample):
    if sample.target == "tenant":
        return None
    sample.job(synchronizationJobSettings=[])
    return "/synchronizationJobSettings"


def groups_of_a_connector_without(sample):
    if sample.source not in ("workday", "successfactors", "api") and sample.target != "tenant":
        return None
    rule = sample.schema["synchronizationRules"][0]
    groups = copy.deepcopy(sample.mapping)
    groups.update(name="Groups", sourceObjectName="Group", targetObjectName="Group", scope=None)
    rule["objectMappings"].append(groups)
    number = len(rule["objectMappings"]) - 1
    return f"/synchronizationRules/0/objectMappings/{number}"


def groups_of_a_named_application(sample):
    if sample.name != "scim-outbound":
        return None
    sample.application = "Workday Writeback"
    return "/synchronizationRules/1/objectMappings/0"


MUTATIONS = (
    ("M60", groups_of_a_connector_without, {"PL503"}),
    ("M60", groups_of_a_named_application, {"PL503"}),
    ("M08", active_from_account_enabled, {"PL408"}),
    ("M08", active_from_computed_account_enabled, {"PL408"}),
    ("M09", nothing_reads_soft_deleted, {"PL410"}),
    ("M10", active_swapped, {"PL409"}),
    ("M10", active_direct, {"PL409"}),
    ("M10", active_negated_twice, {"PL409"}),
    ("M10", active_swapped_by_default, {"PL409"}),
    ("M10", active_swapped_by_condition, {"PL409"}),
    ("M10", suspended_swapped, {"PL409"}),
    ("M10", lock_swapped, {"PL409"}),
    ("M10", soft_delete_negated, {"PL409"}),
    ("M10", control_bit_swapped, {"PL409"}),
    ("M10", employment_status_swapped, {"PL409"}),
    ("M10", account_disabled_swapped, {"PL409"}),
    ("M10", account_enabled_negated, {"PL409"}),
    ("M12", no_updates, {"PL411"}),
    ("M14", open_human_resources_job, {"PL426"}),
    ("M32", match_not_searchable, {"PL506"}),
    ("M33", match_by_mail, {"PL205"}),
    ("M33", match_by_name, {"PL204", "PL205"}),
    ("M34", match_by_nickname, {"PL204", "PL205"}),
    ("M34", user_name_from_nickname, {"PL216"}),
    ("M35", match_by_extension_attribute, {"PL210"}),
    ("M37", match_by_expression, {"PL208"}),
    ("two-sources", match_over_two_attributes, {"PL203"}),
    ("no-matching", no_matching, {"PL201", "PL214"}),
    ("M38", two_mappings_for_one_target, {"PL404"}),
    ("M39", required_target, {"PL420"}),
    ("M39", required_target_lost, {"PL420"}),
    ("M40", unknown_target, {"PL403"}),
    ("M40", target_in_other_case, {"PL403"}),
    ("M41", unknown_source, {"PL401"}),
    ("M41", source_in_other_case, {"PL401"}),
    ("M41", unknown_source_in_expression, {"PL401"}),
    ("M41", extension_in_other_case, {"PL401"}),
    ("M45", roles_direct, {"PL414"}),
    ("M46", cross_tenant_matching_changed, {"PL214"}),
    ("M46", cross_tenant_matching_added, {"PL214"}),
    ("M46", cross_tenant_matching_from_mail, {"PL214"}),
    ("M48", no_deletions, {"PL423"}),
    ("M48", deletions_in_active_directory, {"PL422"}),
    ("M49", no_delete_threshold, {"PL425"}),
    ("M51", nulls_clear, {"PL424"}),
    ("M52", nulls_clear_matching, {"PL211"}),
    ("M52", nulls_clear_what_creation_needs, {"PL211"}),
    ("null-flow", nulls_clear_and_are_kept, {"PL419"}),
    ("M53", no_creations, {"PL412"}),
    ("M54", disabled_mapping, {"PL413"}),
    ("M61", default_on_update, {"PL418"}),
    ("M63", empty_text_into_active_directory, {"PL421"}),
    ("M63", empty_text_as_a_branch, {"PL350"}),
    ("container", container_without_path, {"PL350"}),
    ("user-type", user_type_of_no_kind, {"PL350"}),
    ("M65", key_of_target, {"PL406"}),
    ("M65", anchor_of_target, {"PL405", "PL406"}),
    ("M66", unique_value_on_update, {"PL326"}),
    ("M66", random_value_on_update, {"PL341"}),
    ("M66", new_key_on_update, {"PL341"}),
    ("M81", successfactors_matching, {"PL215"}),
    ("M82", mail_into_entra, {"PL416"}),
    ("M83", proxy_addresses_between_tenants, {"PL417"}),
    ("M83", other_mails_between_tenants, {"PL417"}),
    ("M87", endless_expression, {"PL338"}),
    ("M88", legacy_template, {"PL507"}),
    ("M93", too_many_matching_attributes, {"PL209"}),
    ("M94", equal_priorities, {"PL202"}),
    ("M95", photo, {"PL415"}),
    ("M96", several_into_one, {"PL407"}),
)
