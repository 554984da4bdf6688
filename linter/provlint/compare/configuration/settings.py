"""The job and the settings that it keeps among its secrets.

Sources: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob,
https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationsecretkeystringvaluepair
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from provlint.compare.configuration.changes import Change, Place
from provlint.simulate.inputs.job_settings import THRESHOLD
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provlint.compare.configuration.changes import Weight
    from provlint.model.secrets import Secrets
    from provlint.model.tree import Job

NOWHERE = Place()

RESTART = (
    "a change of `SyncAll` has no effect until provisioning is restarted; then everybody who is not"
    " assigned leaves scope"
)
"""https://learn.microsoft.com/entra/identity/app-provisioning/known-issues"""

FLAGS: Mapping[str, tuple[str, str, Mapping[bool, tuple[Weight, str, str]]]] = MappingProxyType(
    {
        "sync_all": (
            "SyncAll",
            "sync-all-changed",
            {
                True: (
                    "danger",
                    "everybody in the tenant who passes the filter comes into scope, guests and"
                    " service accounts too",
                    "add a filter first",
                ),
                False: ("danger", RESTART, "restart provisioning once you know who leaves"),
            },
        ),
        "skip_out_of_scope_deletions": (
            "SkipOutOfScopeDeletions",
            "skip-flag-changed",
            {
                True: (
                    "caution",
                    "people who leave scope keep their accounts from now on",
                    "",
                ),
                False: (
                    "danger",
                    "people who leave scope are disabled or deleted from now on, also those who"
                    " left while it was true and are looked at again",
                    "",
                ),
            },
        ),
        "hard_deletes": (
            "HardDeletesEnabled",
            "setting-changed",
            {True: ("caution", "", ""), False: ("caution", "", "")},
        ),
        "delete_threshold_enabled": (
            "DeleteThresholdEnabled",
            "delete-threshold-changed",
            {
                True: ("note", "accidental deletions are prevented", ""),
                False: (
                    "danger",
                    "nothing stops a cycle that disables or deletes very many people",
                    "keep accidental deletion prevention switched on",
                ),
            },
        ),
    }
)
"""Member of `Secrets` to Microsoft's name, kind of the change, and what each new value does."""


def compare_jobs(old: Job | None, new: Job | None) -> Iterator[Change]:
    """What changed in the job, where both files have it."""
    if old is None or new is None:
        return
    if (old.template_id or "") != (new.template_id or "") and old.template_id and new.template_id:
        yield Change(
            "template-changed",
            "caution",
            NOWHERE,
            f"the job is of the template {quote(new.template_id)}; it was {quote(old.template_id)}",
            "the connector is another one, with other limits",
            "",
            old.template_id,
            new.template_id,
        )
    was, now = old.schedule_state, new.schedule_state
    if was and now and was != now:
        started = now == "Active"
        consequence = "a cycle starts" if started else "nobody is provisioned or deprovisioned"
        text = f"the schedule is {quote(now)}; it was {quote(was)}"
        yield Change("schedule-changed", "caution", NOWHERE, text, consequence, "", was, now)
    if old.has_settings and new.has_settings:
        for name in dict.fromkeys((*old.settings, *new.settings)):
            before, after = old.settings.get(name), new.settings.get(name)
            if before != after:
                yield _setting(name, before, after)


def _setting(name: str, old: str | None, new: str | None) -> Change:
    if name.lower() == THRESHOLD.lower():
        return _threshold(old, new)
    text = f"the setting {quote(name)} of the job is {_shown(new)}; it was {_shown(old)}"
    return Change("setting-changed", "note", NOWHERE, text, "", "", old, new)


def _threshold(old: str | None, new: str | None) -> Change:
    numbers = [_number(text) for text in (old, new)]
    higher = numbers[1] is None or (numbers[0] is not None and numbers[1] > numbers[0])
    weight: Weight = "caution" if higher else "note"
    consequence = "more people can be disabled or deleted in one cycle before the job stops"
    if not higher:
        consequence = "the job stops at fewer disables and deletions in one cycle"
    text = f"the delete threshold is {_shown(new)}; it was {_shown(old)}"
    return Change("delete-threshold-changed", weight, NOWHERE, text, consequence, "", old, new)


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None


def _shown(text: str | None) -> str:
    return "not set" if text is None else quote(text)


def compare_secrets(old: Secrets | None, new: Secrets | None) -> Iterator[Change]:
    """What changed in the settings among the secrets; credentials are never shown."""
    if old is None or new is None:
        return
    for member, (name, kind, effects) in FLAGS.items():
        # A flag that is not set is off.
        was, now = bool(getattr(old, member)), bool(getattr(new, member))
        if was != now:
            weight, consequence, advice = effects[now]
            text = f"`{name}` is `{now}`; it was `{was}`"
            yield Change(kind, weight, NOWHERE, text, consequence, advice, str(was), str(now))
    if old.delete_threshold != new.delete_threshold:
        texts = [
            None if n is None else str(n) for n in (old.delete_threshold, new.delete_threshold)
        ]
        yield _threshold(*texts)
    if (old.base_address or "") != (new.base_address or ""):
        yield Change(
            "address-changed",
            "danger",
            NOWHERE,
            f"the tenant URL is {_shown(new.base_address)}; it was {_shown(old.base_address)}",
            "another system is written to, in which the stored links may point to nobody",
            "create a new application for a new target, or restart with a full reset",
            old.base_address,
            new.base_address,
        )
    if old.has_credential != new.has_credential:
        word = "is stored now" if new.has_credential else "is not stored any more"
        yield Change("secret-changed", "caution", NOWHERE, f"a credential {word}")
