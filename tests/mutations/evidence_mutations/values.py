"""Values of users that a target does not take."""

from evidence_mutations.text_attribute import text


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


MUTATIONS = [
    ("M39", required_without_value, {"PL721"}),
    ("M39", required_without_result, {"PL721"}),
    ("M50", payload_without_status, {"PL727"}),
    ("M50", payloads_without_status, {"PL727"}),
    ("M51", partial_payload, {"PL728"}),
    ("M62", cleared_value, {"PL725"}),
    ("M64", guests, {"PL723"}),
    ("M84", lookup_without_entry, {"PL726"}),
    ("M85", at_sign_in_slack, {"PL722"}),
    ("M85", long_name_in_slack, {"PL722"}),
    ("M85", sign_in_amazon, {"PL722"}),
    ("M86", tenant_domain_in_google, {"PL722"}),
]
