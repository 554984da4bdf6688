"""Mistakes in the attributes that a mapping reads and writes."""

from mapping_mutations.people import person


def nulls_clear_what_creation_needs(sample):
    if sample.source != "api":
        return None
    name = sample.define("qaName", flowNullValues=True)
    sample.set("displayName", f"[{name}]")
    return f"/directories/{_source_directory(sample)}"


def _source_directory(sample):
    name = sample.schema["synchronizationRules"][0]["sourceDirectoryName"]
    return [each["name"] for each in sample.schema["directories"]].index(name)


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


def photo(sample):
    if sample.source != "entra":
        return None
    return sample.set("qaPhoto", f"[{sample.define('thumbnailPhoto', 'Binary')}]")


def several_into_one(sample):
    return sample.set("qaBranch", f"[{sample.define('qaBranches', multivalued=True)}]")


def name_of_graph(sample):
    if sample.source != "entra":
        return None
    where = sample.set("qaBranch", "[mobilePhone]")
    del sample.schema["directories"]
    return where


MUTATIONS = (
    ("M41", name_of_graph, {"PL401"}),
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
    ("M51", nulls_clear, {"PL424"}),
    ("M52", nulls_clear_what_creation_needs, {"PL211"}),
    ("null-flow", nulls_clear_and_are_kept, {"PL419"}),
    ("M61", default_on_update, {"PL418"}),
    ("M63", empty_text_into_active_directory, {"PL421"}),
    ("M65", key_of_target, {"PL406"}),
    ("M65", anchor_of_target, {"PL405", "PL406"}),
    ("M82", mail_into_entra, {"PL416"}),
    ("M83", proxy_addresses_between_tenants, {"PL417"}),
    ("M83", other_mails_between_tenants, {"PL417"}),
    ("M95", photo, {"PL415"}),
    ("M96", several_into_one, {"PL407"}),
)
