"""Mistakes in object mappings and their jobs."""

import copy


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


def legacy_template(sample):
    if sample.name != "shapes":
        return None
    sample.schema["id"] = sample.schema["id"].replace("scim.", "customappsso.")
    sample.job("customappsso")
    return ""


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
    ("M12", no_updates, {"PL411"}),
    ("M14", open_human_resources_job, {"PL426"}),
    ("M48", no_deletions, {"PL423"}),
    ("M48", deletions_in_active_directory, {"PL422"}),
    ("M49", no_delete_threshold, {"PL425"}),
    ("M53", no_creations, {"PL412"}),
    ("M54", disabled_mapping, {"PL413"}),
    ("M88", legacy_template, {"PL507"}),
)
