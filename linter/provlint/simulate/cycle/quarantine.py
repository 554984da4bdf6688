"""What concerns all users of a cycle: quarantine and the deletion threshold.

Sources: https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-quarantine-status,
https://learn.microsoft.com/entra/identity/app-provisioning/accidental-deletions
"""

from __future__ import annotations

from provlint_grammar.named_tuple import NamedTuple

MINIMUM_FAILURES = 5_000
FAILED_PROPORTION = 0.4
BASE_FAILURES = 40_000
TOTAL_FAILURES = 60_000

ESCROW = "escrow threshold"
TOO_MANY_DELETES = "TooManyDeletes"
DELETE_THRESHOLD = 500
"""Default where accidental deletions are prevented."""

THRESHOLD_READING = "delete-threshold"


class Verdict(NamedTuple):
    """What a cycle ends with.

    Attributes:
        action: `proceed` or `quarantine`.
        code: `escrow threshold` or `TooManyDeletes`.
        reason: The quarantine reason of Microsoft Graph, or words.
        contested: Names of the open readings that the verdict rests on.
    """

    action: str
    code: str | None
    reason: str
    contested: tuple[str, ...] = ()


def quarantine(failures: int, successes: int, reference_failures: int = 0) -> Verdict:
    """Whether so many failures put a job into quarantine.

    Args:
        failures: Events that failed, those of references left out.
        successes: Events that succeeded.
        reference_failures: References, such as managers, that failed.
    """
    every = failures + reference_failures
    if every < MINIMUM_FAILURES:
        return Verdict("proceed", None, f"fewer than {MINIMUM_FAILURES:,} failures")
    if every > FAILED_PROPORTION * (every + successes):
        reason = "EncounteredEscrowProportionThreshold: more than 40 % of all events failed"
        return Verdict("quarantine", ESCROW, reason)
    if failures > BASE_FAILURES:
        reason = f"EncounteredBaseEscrowThreshold: more than {BASE_FAILURES:,} failures"
        return Verdict("quarantine", ESCROW, reason)
    if every > TOTAL_FAILURES:
        reason = f"EncounteredTotalEscrowThreshold: more than {TOTAL_FAILURES:,} with references"
        return Verdict("quarantine", ESCROW, reason)
    return Verdict("proceed", None, "no threshold is exceeded")


def deletions(count: int, threshold: int | None) -> Verdict:
    """Whether so many disables and deletions stop the job.

    Microsoft's page says both that the threshold is met and that it is exceeded; here it must be
    exceeded, and equality is contested.
    """
    if threshold is None or count < threshold:
        return Verdict("proceed", None, "the deletions are below the threshold")
    if count == threshold:
        reason = f"{count:,} deletions reach the threshold and do not exceed it"
        return Verdict("proceed", None, reason, (THRESHOLD_READING,))
    return Verdict(
        "quarantine", TOO_MANY_DELETES, f"{count:,} deletions exceed the threshold of {threshold:,}"
    )
