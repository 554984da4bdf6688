"""What a provisioning job tells beside its schema.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.simulate.inputs.fields import incomplete, member, text_member
from provlint.simulate.inputs.problem import InputProblem
from provlint.simulate.inputs.text import find_files
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from provlint.simulate.inputs.problem import Ledger

THRESHOLD = "QuarantineTooManyDeletesThreshold"
"""Setting with the deletions of a cycle above which the job stops.
https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-configuration-api"""


class JobSettings(NamedTuple):
    """A job.

    Attributes:
        identity: Its id; the part before the first dot names the template.
        template: Its template id.
        state: `Active`, `Paused`, `Disabled`; empty where not given.
        settings: `synchronizationJobSettings`.
        delete_threshold: Deletions of a cycle above which the job stops.
        where: Place of the job.
    """

    identity: str
    template: str
    state: str
    settings: Mapping[str, str]
    delete_threshold: int | None
    where: str


def read_jobs(paths: Iterable[str], ledger: Ledger) -> tuple[JobSettings, ...]:
    """Read jobs: one, a page of them, with or without their schema.

    Raises:
        InputError: A file holds no job, or a threshold is no number and the ledger says to stop.
    """
    from provlint.simulate.inputs.containers import records_of

    return tuple(
        job
        for path in find_files(paths)
        for record, where in records_of(path, ledger)
        for job in _jobs(record, where, ledger)
    )


def _jobs(record: dict[str, Any], where: str, ledger: Ledger) -> list[JobSettings]:
    template = text_member(record, "templateId")
    if not template and member(record, "synchronizationJobSettings", "schedule") is None:
        needed = ("id", "templateId", "synchronizationJobSettings")
        ledger.leave_out(incomplete(where, "jobs", needed, record))
        return []
    listed = member(record, "synchronizationJobSettings")
    settings = {
        text_member(each, "name", "key"): text_member(each, "value")
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, dict)
    }
    schedule = member(record, "schedule")
    state = text_member(schedule, "state") if isinstance(schedule, dict) else ""
    text = settings.get(THRESHOLD, "").strip()
    threshold = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    if text and threshold is None:
        message = f"`{THRESHOLD}` is not a whole number"
        advice = "write a number such as `500`"
        ledger.leave_out(InputProblem("bad-setting", where, message, advice))
    return [JobSettings(text_member(record, "id"), template, state, settings, threshold, where)]
