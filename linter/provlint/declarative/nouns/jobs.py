"""Provisioning jobs as rules see them.

The threshold for accidental deletions is a job setting; the addresses for notifications stand, as
JSON in a text, among the secrets of the service principal.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from provlint.declarative.nouns import application_name, wrapping
from provlint.declarative.nouns.noun import Family, Field, Noun, Value, member, table
from provlint.declarative.nouns.schemas import schema_contents
from provlint.diagnostic import Place
from provlint.model.secrets import Secrets, recipients_of
from provlint.model.vocabulary import KEYS

if TYPE_CHECKING:
    from provlint.model.tree import Job, StoredSecret
    from provlint.semantics.configuration import ConfigurationUnit

THRESHOLD = "QuarantineTooManyDeletesThreshold"
NOTIFICATIONS = "SyncNotificationSettings"


class JobThing(NamedTuple):
    """A job and the file that it is in."""

    configuration: ConfigurationUnit
    job: Job


def _jobs(unit: ConfigurationUnit) -> Iterator[JobThing]:
    jobs = {job.pointer: job for job in unit.document.jobs}
    for schema in unit.document.schemas:
        if schema.job is not None:
            jobs.setdefault(schema.job.pointer, schema.job)
    return (JobThing(unit, job) for job in jobs.values())


def _pointer(thing: JobThing) -> str:
    return thing.job.pointer


def _setting_place(thing: JobThing, name: str) -> Place:
    if name in thing.job.setting_places:
        return Place(thing.job.setting_places[name] + "/value", "member")
    if thing.job.has_settings:
        return Place(thing.job.pointer + "/synchronizationJobSettings", "key")
    return JOB.home_of(thing)


def _secret(thing: JobThing, key: str) -> StoredSecret | None:
    secrets = thing.configuration.document.secrets
    return next((each for each in secrets if each.key.lower() == key.lower()), None)


def _notifications(thing: JobThing) -> dict[str, Any]:
    """The settings for notifications, their names in lower case; empty without any."""
    secret = _secret(thing, NOTIFICATIONS)
    try:
        read = json.loads(secret.value) if secret is not None else None
    except (ValueError, RecursionError):
        read = None
    return {key.lower(): value for key, value in read.items()} if isinstance(read, dict) else {}


def _given(thing: JobThing) -> Secrets:
    """The settings that were given beside the file."""
    evidence = thing.configuration.evidence
    return (evidence.secrets if evidence is not None else None) or Secrets()


def _secret_place(key: str) -> Callable[[Any], Place]:
    def place(thing: JobThing) -> Place:
        secret = _secret(thing, key)
        return JOB.home_of(thing) if secret is None else Place(f"{secret.pointer}/value", "member")

    return place


def _number(text: str | None) -> Value:
    if text is None:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else text


def _threshold(thing: JobThing) -> Value:
    if THRESHOLD in thing.job.settings:
        return _number(thing.job.settings[THRESHOLD])
    found, given = _notifications(thing), _given(thing)
    if not found:
        return given.delete_threshold if given.delete_threshold_enabled else None
    enabled, value = found.get("deletethresholdenabled"), found.get("deletethresholdvalue")
    return _number(str(value)) if enabled is True and value is not None else None


def _threshold_place(thing: JobThing) -> Place:
    if THRESHOLD not in thing.job.settings and _threshold(thing) is not None:
        return _secret_place(NOTIFICATIONS)(thing)
    return _setting_place(thing, THRESHOLD)


def _recipients(thing: JobThing) -> tuple[str, ...]:
    found = _notifications(thing)
    return recipients_of(found.get("recipients")) if found else _given(thing).recipients


def _enabled(thing: JobThing) -> Value:
    notifications = _notifications(thing)
    if not notifications:
        return _given(thing).notification
    found = notifications.get("enabled")
    return found if isinstance(found, bool) else None


def _flag(key: str, name: str, about: str, given: Callable[[Secrets], bool | None]) -> Field:
    """A setting among the secrets that is true or false."""

    def read(thing: JobThing) -> Value:
        secret = _secret(thing, key)
        if secret is None:
            return given(_given(thing))
        return secret.value.strip().lower() == "true"

    return Field(name, "true or false", about, read, _secret_place(key))


def _contents() -> dict[str, tuple[str, Callable[[Any], Iterator[Any]]]]:
    def inside(children: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
        return lambda thing: (
            each
            for schema in thing.configuration.schemas
            if schema.schema.job == thing.job
            for each in children(schema)
        )

    return {key: (noun, inside(children)) for key, (noun, children) in schema_contents().items()}


IN_SECRETS = "from `--secrets`, or from `secrets` beside `jobs` in the file"

JOB = Noun(
    "job",
    "a provisioning job: its settings, its schedule, its state",
    "document",
    _jobs,
    _pointer,
    "id",
    "id",
    table(
        member("id", "text", "its id", lambda thing: thing.job.id, _pointer),
        Field("name", "text", "the same as `id`: jobs have no name", lambda thing: thing.job.id),
        member("templateId", "text", "id of its template", lambda thing: thing.job.template_id,
               _pointer),
        member("schedule.state", "text", "`Active`, `Paused`, `Disabled`",
               lambda thing: thing.job.schedule_state, _pointer),
        member("status.code", "text", "`NotRun`, `Active`, `Paused`, `Quarantine`, …",
               lambda thing: thing.job.status_code, _pointer),
        Field("status", "text", "the same as `status.code`", lambda thing: thing.job.status_code,
              lambda thing: Place(thing.job.pointer + "/status/code", "member")),
        Field("accidentalDeletionThreshold", "number",
              f"the job setting `{THRESHOLD}`, else that of the notification settings",
              _threshold, _threshold_place),
        Field("notificationRecipients", "list",
              f"addresses that are told of failures, {IN_SECRETS}", _recipients,
              _secret_place(NOTIFICATIONS)),
        Field("notificationsEnabled", "true or false",
              f"whether somebody is told of failures, {IN_SECRETS}", _enabled,
              _secret_place(NOTIFICATIONS)),
        _flag("SyncAll", "syncAll", f"whether all users are synchronized, {IN_SECRETS}",
              lambda secrets: secrets.sync_all),
        _flag("SkipOutOfScopeDeletions", "skipOutOfScopeDeletions",
              f"whether those who leave the scope are left alone, {IN_SECRETS}",
              lambda secrets: secrets.skip_out_of_scope_deletions),
        application_name.field(
            lambda thing: application_name.of_job(thing.configuration, thing.job)
        ),
    ),
    wrapping.job,
    KEYS["job"],
    families=(
        Family("synchronizationJobSettings.", f"synchronizationJobSettings.{THRESHOLD}", "text",
               "a job setting", lambda thing, name: thing.job.settings.get(name), _setting_place),
    ),
    inside=_contents(),
)  # fmt: skip
