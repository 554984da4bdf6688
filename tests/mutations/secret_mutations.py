"""Mistakes in the secrets of a job: each function plants one and says where it must be found.

A mutation gets the sample and its inputs, and returns the pointer of what it is about, or None
where it does not apply.
"""

import json

RULE = "/synchronizationRules/0"


def everybody(sample, given, value="True"):
    if sample.source != "entra":
        return None
    sample.scope["groups"] = []
    given.secrets["SyncAll"] = value
    return f"{sample.base}/scope"


def whole_tenant(sample, given):
    return everybody(sample, given)


def whole_tenant_in_lower_case(sample, given):
    return everybody(sample, given, "true")


def whole_tenant_without_users(sample, given):
    given.without |= {"users", "targets", "assignments", "groups"}
    return everybody(sample, given)


def whole_tenant_with_an_idle_filter(sample, given):
    if everybody(sample, given) is None:
        return None
    return sample.clause("userPrincipalName", "IS NOT NULL").removesuffix("/0")


def kept_accounts(sample, given):
    if sample.target != "saas":
        return None
    given.secrets["SkipOutOfScopeDeletions"] = "True"
    return f"{sample.base}/scope"


def kept_accounts_by_a_boolean(sample, given):
    if sample.target != "saas":
        return None
    given.secrets["SkipOutOfScopeDeletions"] = True
    return f"{sample.base}/scope"


def inbound_without_flag(sample, given):
    if sample.source not in ("workday", "api"):
        return None
    del given.secrets["SkipOutOfScopeDeletions"]
    return f"{sample.base}/scope/groups"


def inbound_with_flag_off(sample, given):
    if sample.source not in ("workday", "api"):
        return None
    given.secrets["SkipOutOfScopeDeletions"] = "False"
    return f"{sample.base}/scope/groups"


def leavers_filtered_and_kept(sample, given):
    name = {"workday": "Active", "api": "active"}.get(sample.source)
    if name is None:
        return None
    given.every(name, "1")
    return sample.clause(name, "EQUALS", "1") + "/clauses/0"


def roles(sample, given, function):
    if sample.target != "saas":
        return None
    given.secrets["SyncAll"] = "True"
    return sample.set("roles", f"{function}([appRoleAssignments])")


def single_role_with_sync_all(sample, given):
    return roles(sample, given, "SingleAppRoleAssignment")


def complex_roles_with_sync_all(sample, given):
    return roles(sample, given, "AppRoleAssignmentsComplex")


def assertive_roles_with_sync_all(sample, given):
    return roles(sample, given, "AssertiveAppRoleAssignmentsComplex")


def flag_between_tenants(sample, given):
    if sample.target != "tenant":
        return None
    given.secrets["SkipOutOfScopeDeletions"] = "True"
    return f"{sample.base}/scope"


def address(sample, given, url):
    given.secrets["BaseAddress"] = url
    return RULE


def flag_in_the_address(sample, given):
    return address(sample, given, "https://crm.fjordbank.example/scim?aadOptscim062020")


def flag_among_others(sample, given):
    return address(sample, given, "https://crm.fjordbank.example/scim?a=b&AADOptSCIM062020=true")


def address_without_encryption(sample, given):
    return address(sample, given, "http://crm.fjordbank.example/scim")


def address_without_scheme(sample, given):
    return address(sample, given, "crm.fjordbank.example/scim")


def padded_address(sample, given):
    return address(sample, given, " https://crm.fjordbank.example/scim")


def address_of_the_agent_without_name(sample, given):
    return address(sample, given, "https://localhost:8585/scim")


def address_of_the_agent_elsewhere(sample, given):
    return address(sample, given, "https://server7:8585/ecma2host_SQL/scim")


def no_notification(sample, given):
    del given.secrets["SyncNotificationSettings"]
    return RULE


def notification_off(sample, given):
    given.secrets["SyncNotificationSettings"] = json.dumps(
        {"Enabled": False, "Recipients": "a@b.c"}
    )
    return RULE


def notification_to_nobody(sample, given):
    given.secrets["SyncNotificationSettings"] = json.dumps({"Enabled": True, "Recipients": ""})
    return RULE


def job(sample, **settings):
    return {
        "id": sample.schema["id"],
        "templateId": sample.schema["id"].partition(".")[0],
        "schedule": {"interval": "PT40M", "state": "Active"},
        "synchronizationJobSettings": [
            {"name": name, "value": value} for name, value in settings.items()
        ],
    }


def job_without_threshold(sample, given):
    if sample.target == "tenant":
        return None
    given.job = job(sample)
    given.without.add("secrets")
    return RULE


def job_runs_without_filter(sample, given):
    if sample.source not in ("workday", "successfactors", "api"):
        return None
    sample.scope["groups"] = []
    given.job = job(sample, QuarantineTooManyDeletesThreshold="50")
    return f"{sample.base}/scope"


def job_of_the_old_template(sample, given):
    if sample.target != "saas":
        return None
    given.job = {
        **job(sample, QuarantineTooManyDeletesThreshold="50"),
        "templateId": "customappsso",
    }
    return RULE


MUTATIONS = [
    ("M13", whole_tenant, {"PL601"}),
    ("M13", whole_tenant_in_lower_case, {"PL601"}),
    ("M13", whole_tenant_without_users, {"PL601"}),
    ("M13", whole_tenant_with_an_idle_filter, {"PL601"}),
    ("M14", job_runs_without_filter, {"PL426"}),
    ("M15", leavers_filtered_and_kept, {"PL129"}),
    ("M16", kept_accounts, {"PL602"}),
    ("M16", kept_accounts_by_a_boolean, {"PL602"}),
    ("M17", inbound_without_flag, {"PL603"}),
    ("M17", inbound_with_flag_off, {"PL603"}),
    ("M44", single_role_with_sync_all, {"PL605"}),
    ("M44", complex_roles_with_sync_all, {"PL605"}),
    ("M44", assertive_roles_with_sync_all, {"PL605"}),
    ("M47", flag_between_tenants, {"PL604"}),
    ("M49", job_without_threshold, {"PL425"}),
    ("M88", job_of_the_old_template, {"PL507"}),
    ("M89", flag_in_the_address, {"PL607"}),
    ("M89", flag_among_others, {"PL607"}),
    ("M90", address_without_encryption, {"PL606"}),
    ("M90", address_without_scheme, {"PL606"}),
    ("M90", padded_address, {"PL606"}),
    ("M90", address_of_the_agent_without_name, {"PL606"}),
    ("M90", address_of_the_agent_elsewhere, {"PL606"}),
    ("M91", no_notification, {"PL608"}),
    ("M91", notification_off, {"PL608"}),
    ("M91", notification_to_nobody, {"PL608"}),
]
