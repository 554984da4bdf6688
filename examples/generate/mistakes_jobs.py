"""Mistakes that show only beside the schema: in the job and in the list of secrets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import clean
import cross_tenant
import human_resources
from pieces import GRAPH, attribute, in_graph_order, mapping, pairs
from specimen import Specimen

Json = dict[str, Any]

NOTIFY = '{"Enabled":true,"Recipients":"identity-team@fjordbank.example"}'
URL = "https://crm.fjordbank.example/scim"


def _job(template: str, schema: Json, settings: tuple[tuple[str, str], ...] = ()) -> Json:
    inner = in_graph_order(schema)
    context = inner.pop("@odata.context")
    inner.pop("directories@odata.context")
    return {
        "@odata.context": context.replace(f"('{inner['id']}')/schema/$entity", "/$entity"),
        "id": inner["id"],
        "templateId": template,
        "schedule": {"expiration": None, "interval": "PT40M", "state": "Active"},
        "synchronizationJobSettings": [{"name": name, "value": value} for name, value in settings],
        "schema": inner,
    }


def _secrets(*entries: tuple[str, str]) -> Json:
    return {
        "@odata.context": f"{GRAPH}('{clean.PRINCIPAL}')/synchronization/secrets",
        "value": pairs(entries),
    }


def _workday() -> Json:
    """Return the Workday configuration with the few mappings that creation needs."""
    schema = human_resources.workday()
    of_workers = schema["synchronizationRules"][0]["objectMappings"][0]
    needed = {"employeeID", "accountDisabled", "cn", "parentDistinguishedName", "givenName", "sn"}
    of_workers["attributeMappings"] = [
        each for each in of_workers["attributeMappings"] if each["targetAttributeName"] in needed
    ]
    read = (
        "WID WorkerID FirstName LastName Active Municipality WorkerType CountryReferenceTwoLetter"
    )
    for directory, names in zip(
        schema["directories"], (set(read.split()), {"objectGUID", *needed}), strict=True
    ):
        person = directory["objects"][0]
        person["attributes"] = [one for one in person["attributes"] if one["name"] in names]
    return schema


def outbound(folder: Path) -> None:
    """Write a SCIM job that takes the whole tenant."""
    it, secret = Specimen(), Specimen()
    schema = clean.small_schema()
    of_users = schema["synchronizationRules"][0]["objectMappings"][0]
    of_users["scope"] = None
    it.wrong("M13", "SyncAll is on and no filter limits it", of_users, "scope")
    roles = mapping("roles", "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])")
    it.wrong("M44", "roles do not flow with SyncAll", roles, "source", "expression")
    of_users["attributeMappings"].append(roles)
    schema["directories"][1]["objects"][0]["attributes"].append(
        attribute("roles", multivalued=True)
    )
    job = _job("scim", schema)
    it.wrong("M49", "no QuarantineTooManyDeletesThreshold", job, "synchronizationJobSettings")
    secrets = _secrets(
        ("BaseAddress", f"{URL}?aadOptscim062020"),
        ("SecretToken", "*"),
        ("SyncAll", "True"),
        ("SkipOutOfScopeDeletions", "True"),
    )
    values = secrets["value"]
    secret.wrong("M89", "the flag has no effect on demand", values[0], "value")
    secret.wrong("M13", "no filter limits it", values[2], "value")
    secret.wrong("M16", "users who are unassigned keep their accounts", values[3], "value")
    secret.wrong("M91", "no SyncNotificationSettings: quarantine goes unnoticed", values)
    it.write(folder / "outbound" / "job.json", job)
    secret.write(folder / "outbound" / "secrets.json", secrets)


def inbound(folder: Path) -> None:
    """Write two Workday jobs: one runs without a filter, one forgets who leaves it."""
    it, open_job = Specimen(), _workday()
    of_workers = open_job["synchronizationRules"][0]["objectMappings"][0]
    of_workers["scope"] = None
    it.wrong("M14", "the job runs, and no filter keeps a test to its users", of_workers, "scope")
    settings = (("QuarantineTooManyDeletesThreshold", "20"),)
    it.write(folder / "inbound-open" / "job.json", _job("Workday2AD", open_job, settings))
    secret = Specimen()
    secrets = _secrets(
        ("BaseAddress", "http://workday.fjordbank.example/ccx/service/fjordbank"),
        ("SkipOutOfScopeDeletions", "False"),
        ("SyncNotificationSettings", NOTIFY),
    )
    secret.wrong("M90", "https is needed", secrets["value"][0], "value")
    secret.wrong("M17", "who falls out of the filter is disabled", secrets["value"][1], "value")
    filtered = _job("Workday2AD", _workday(), settings)
    Specimen().write(folder / "inbound-filtered" / "job.json", filtered)
    secret.write(folder / "inbound-filtered" / "secrets.json", secrets)


def between_tenants(folder: Path) -> None:
    """Write a cross-tenant job with a setting that does nothing there."""
    secret = Specimen()
    secrets = _secrets(
        ("SkipOutOfScopeDeletions", "True"),
        ("SyncAll", "False"),
        ("SyncNotificationSettings", NOTIFY),
    )
    secret.wrong("M47", "has no effect between tenants", secrets["value"][0], "value")
    Specimen().write(
        folder / "cross-tenant" / "job.json", _job("Azure2Azure", cross_tenant.build())
    )
    secret.write(folder / "cross-tenant" / "secrets.json", secrets)


def write(folder: Path) -> None:
    """Write the folder `jobs/`."""
    jobs = folder / "jobs"
    outbound(jobs)
    inbound(jobs)
    between_tenants(jobs)
