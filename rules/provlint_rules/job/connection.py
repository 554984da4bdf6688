"""The tenant URL and the other settings among the secrets of a job."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from provlint.diagnostic import ERROR, NOTE, WARNING, Place
from provlint.model.secrets import SETTINGS
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import nearest, quote
from provlint_rules import sources
from provlint_rules.job.scope import SECRETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.model.secrets import Secrets
    from provlint.semantics.configuration import SchemaUnit

TENANT_URL = RuleInfo(
    "PL606", "malformed-tenant-url", "The tenant URL is none that the service calls", ERROR,
    sources.ECMA, needs=SECRETS,
)  # fmt: skip
ON_DEMAND_FLAG = RuleInfo(
    "PL607", "url-flag-on-demand", "A flag of the tenant URL has no effect on demand", NOTE,
    sources.SCIM_COMPATIBILITY, needs=SECRETS,
)  # fmt: skip
NOBODY_TOLD = RuleInfo(
    "PL608", "missing-notification", "Nobody gets mail when the job stops", NOTE,
    sources.ACCIDENTAL_DELETIONS, needs=SECRETS,
)  # fmt: skip
UNKNOWN_SETTING = RuleInfo(
    "PL609", "misspelt-setting", "A key among the secrets is almost a setting", WARNING,
    sources.SECRETS, needs=SECRETS,
)  # fmt: skip

PATCH_FLAG = "aadoptscim062020"
"""The flag, in lower case, that switches a job to PATCH requests as SCIM has them."""

ECMA_PORT = 8585
ECMA_PATH = re.compile(r"/ecma2host_[^/]+/scim/?", re.IGNORECASE)
LOCAL = frozenset({"localhost", "127.0.0.1"})


def _secrets(unit: SchemaUnit) -> Secrets | None:
    return unit.evidence.secrets if unit.evidence is not None and unit.rules else None


def _place(unit: SchemaUnit) -> Place:
    """The name of the system behind the tenant URL."""
    rule = unit.rules[0]
    side = "source" if rule.from_hr else "target"
    return Place(f"{rule.rule.pointer}/{side}DirectoryName")


def tenant_url(unit: SchemaUnit) -> Iterator[Finding]:
    """Only https is called; the on-premises agent has one form of address."""
    secrets = _secrets(unit)
    if secrets is None or secrets.base_address is None:
        return
    address = secrets.base_address
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    shown = quote(f"{parts.scheme}://{host}" if parts.scheme and host else "BaseAddress")
    if address != address.strip():
        message = f"the tenant URL {shown} begins or ends with a blank"
        advice = "remove the blank"
    elif not host or parts.scheme not in ("http", "https"):
        message = "`BaseAddress` is no address of the web"
        advice = "write the whole tenant URL, such as `https://app.example.com/scim`"
    elif parts.scheme == "http":
        message = f"the tenant URL {shown} is not encrypted: it begins with `http`"
        advice = "write `https`"
    elif (host in LOCAL or port == ECMA_PORT) and not _is_ecma(host, port, parts.path):
        message = f"the tenant URL {shown} is none of the on-premises agent"
        advice = "write `https://localhost:8585/ecma2host_NAME/scim` with the name of the connector"
    else:
        return
    yield Finding(message, advice, _place(unit))


def _is_ecma(host: str, port: int | None, path: str) -> bool:
    return host == "localhost" and port == ECMA_PORT and ECMA_PATH.fullmatch(path) is not None


def on_demand_flag(unit: SchemaUnit) -> Iterator[Finding]:
    """Provisioning on demand sends the requests of a job without the flag."""
    secrets = _secrets(unit)
    if secrets is None or PATCH_FLAG not in (secrets.base_address or "").lower():
        return
    yield Finding(
        "the tenant URL has the flag `aadOptscim062020`, which provisioning on demand ignores",
        "test changes that depend on it with a cycle over a few users",
        _place(unit),
    )


def nobody_told(unit: SchemaUnit) -> Iterator[Finding]:
    """A job in quarantine stops quietly; an API-driven one is put there without an address."""
    secrets = _secrets(unit)
    if secrets is None or (secrets.notification and secrets.recipients):
        return
    if "SyncNotificationSettings" not in secrets.keys:
        found = "the secrets have no `SyncNotificationSettings`"
    elif secrets.notification:
        found = "`SyncNotificationSettings` names no recipient"
    else:
        found = "`SyncNotificationSettings` is switched off"
    driven = unit.rules[0].source_system == "api-driven"
    outcome = (
        "so the API-driven job is put into quarantine"
        if driven
        else "so nobody is told when the job is put into quarantine"
    )
    yield Finding(
        f"{found}, {outcome}",
        "switch notification on, and name an address that somebody reads",
        _place(unit),
        severity=WARNING if driven else None,
    )


def unknown_setting(unit: SchemaUnit) -> Iterator[Finding]:
    """The service ignores a key that it does not know."""
    secrets = _secrets(unit)
    for key in secrets.keys if secrets is not None else ():
        near = nearest(key, SETTINGS)
        if near is not None and near != key:
            yield Finding(
                f"the secrets have {quote(key)}, which is no setting; expected {quote(near)}",
                f"rename it to {quote(near)}",
                _place(unit),
            )


RULES = (
    Rule(TENANT_URL, "schema", tenant_url),
    Rule(ON_DEMAND_FLAG, "schema", on_demand_flag),
    Rule(NOBODY_TOLD, "schema", nobody_told),
    Rule(UNKNOWN_SETTING, "schema", unknown_setting),
)
