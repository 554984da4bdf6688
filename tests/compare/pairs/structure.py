"""Rules, object mappings, definitions and jobs."""

import copy

from building import attribute, users_of
from pairs.noting import NOTHING, UNPROVISIONED, pair


@pair(("rule-removed", "danger", ""), verdict=UNPROVISIONED)
def a_rule_less(value):
    value["synchronizationRules"].clear()


@pair(("object-mapping-added", "caution", ""), verdict="the object mapping `groups` is new")
def an_object_mapping_more(value):
    more = copy.deepcopy(users_of(value))
    more.update(name="groups", sourceObjectName="Group", targetObjectName="Group")
    value["synchronizationRules"][0]["objectMappings"].append(more)


@pair(
    ("object-mapping-renamed", "note", ""),
    verdict="no change disables, duplicates or rewrites anything",
)
def another_name(value):
    users_of(value)["name"] = "people"


@pair(("rule-renamed", "note", ""), verdict="no change disables, duplicates or rewrites anything")
def another_name_of_the_rule(value):
    value["synchronizationRules"][0]["name"] = "people"


@pair(
    ("definition-added", "note", ""), verdict="no change disables, duplicates or rewrites anything"
)
def an_attribute_more(value):
    value["directories"][1]["objects"][0]["attributes"].append(attribute("nickName"))


@pair(
    ("definition-changed", "caution", "title"),
    verdict="`title` of `customappsso`: `required` `false` becomes `true`",
)
def a_required_attribute(value):
    value["directories"][1]["objects"][0]["attributes"][3]["required"] = True


def job(value, **more):
    return {
        "id": "scim.tenant.job",
        "templateId": "scim",
        "schedule": {"state": "Active"},
        "synchronizationJobSettings": [
            {"name": "QuarantineTooManyDeletesThreshold", "value": "500"}
        ],
        "schema": value,
        **more,
    }


def as_job(value):
    inner = copy.deepcopy(value)
    value.clear()
    value.update(job(inner))


@pair(
    ("delete-threshold-changed", "caution", ""),
    verdict="the delete threshold is `9000`; it was `500`",
    old=as_job,
)
def a_higher_threshold(value):
    value["synchronizationJobSettings"][0]["value"] = "9000"


@pair(
    ("schedule-changed", "caution", ""),
    verdict="the schedule is `Paused`; it was `Active`",
    old=as_job,
)
def paused(value):
    value["schedule"]["state"] = "Paused"


@pair(verdict=NOTHING)
def a_job_around_the_schema(value):
    return job(value)
