"""The settings that a job keeps among its secrets.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationsecretkeystringvaluepair
"""

from __future__ import annotations

from provlint_grammar.named_tuple import NamedTuple

SETTINGS = (
    "SyncAll",
    "SkipOutOfScopeDeletions",
    "SyncNotificationSettings",
    "BaseAddress",
    "HardDeletesEnabled",
)
"""Keys that hold a setting and no credential."""


class Secrets(NamedTuple):
    """What is of use among the secrets; None where a key is not given.

    Attributes:
        sync_all: Whether all users are synchronized, not only those assigned.
        skip_out_of_scope_deletions: Whether those who fall out of scope are left alone.
        hard_deletes: `HardDeletesEnabled`.
        base_address: The tenant URL.
        has_credential: Whether a credential is stored.
        notification: Whether mail about failures is sent.
        recipients: Addresses that get that mail.
        delete_threshold_enabled: Whether accidental deletions are prevented.
        delete_threshold: Deletions of a cycle above which the job stops.
        keys: The keys that were given, sorted.
    """

    sync_all: bool | None = None
    skip_out_of_scope_deletions: bool | None = None
    hard_deletes: bool | None = None
    base_address: str | None = None
    has_credential: bool = False
    notification: bool | None = None
    recipients: tuple[str, ...] = ()
    delete_threshold_enabled: bool | None = None
    delete_threshold: int | None = None
    keys: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """The keys only."""
        return f"Secrets(keys={self.keys!r})"


def recipients_of(value: object) -> tuple[str, ...]:
    """The addresses in `Recipients` of the notification settings: a text, or a list of texts."""
    texts = value if isinstance(value, list) else [value]
    words = (each.replace(";", " ").replace(",", " ") for each in texts if isinstance(each, str))
    return tuple(address for word in words for address in word.split())
