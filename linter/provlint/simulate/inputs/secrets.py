"""The settings that a job keeps among its secrets. Their values are never printed.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationsecretkeystringvaluepair
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from provlint.model.secrets import SETTINGS, Secrets, recipients_of
from provlint.simulate.inputs.fields import member, side_records, text_member, truth
from provlint.simulate.inputs.problem import InputProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provlint.simulate.inputs.problem import Ledger

CREDENTIALS = frozenset(
    {
        "SecretToken", "Password", "ClientSecret", "Oauth2ClientSecret", "Oauth2AccessToken",
        "Oauth2RefreshToken", "ConsumerSecret", "TokenKey", "TokenExpiration", "SharedKey",
        "ApplicationTemplateIdentifier", "AuthenticationType", "Oauth2AuthorizationCode",
        "AccessToken", "ClientIdentifier", "ConsumerKey", "UserName", "PrivateKey", "Token",
    }
) - {"TokenExpiration", "ApplicationTemplateIdentifier", "AuthenticationType",
     "ClientIdentifier", "UserName", "ConsumerKey"}  # fmt: skip
"""Keys that hold a credential."""


def read_secrets(paths: Iterable[str], ledger: Ledger) -> Secrets:
    """Read `synchronization/secrets`: a page, a list of keys and values, or one object.

    Raises:
        InputError: A file holds something else, or a value is no truth and the ledger says to stop.
    """
    found: dict[str, Any] = {}
    places: dict[str, str] = {}
    for record, where in side_records(paths, ledger, "secrets"):
        key = text_member(record, "key", "name")
        pairs = {key: member(record, "value")} if key else record
        for name, value in pairs.items():
            if not name.startswith("@"):
                found[_known(name)] = value
                places[_known(name)] = where
    flags = {}
    for name in ("SyncAll", "SkipOutOfScopeDeletions", "HardDeletesEnabled"):
        if found.get(name) in (None, ""):
            continue
        flags[name] = truth(found[name])
        if flags[name] is None:
            ledger.leave_out(_no_truth(places[name], name))
    notices = _notices(found, places, ledger)
    threshold = member(notices, "DeleteThresholdValue")
    address = found.get("BaseAddress")
    return Secrets(
        sync_all=flags.get("SyncAll"),
        skip_out_of_scope_deletions=flags.get("SkipOutOfScopeDeletions"),
        hard_deletes=flags.get("HardDeletesEnabled"),
        base_address=str(address) if address else None,
        has_credential=any(found.get(name) not in (None, "") for name in CREDENTIALS),
        notification=truth(member(notices, "Enabled")),
        recipients=recipients_of(member(notices, "Recipients")),
        delete_threshold_enabled=truth(member(notices, "DeleteThresholdEnabled")),
        delete_threshold=_whole(threshold),
        keys=tuple(sorted(found)),
    )


def _known(name: str) -> str:
    """A key in Microsoft's spelling, where it differs by letter case only."""
    lowered = {known.lower(): known for known in (*SETTINGS, *sorted(CREDENTIALS))}
    return lowered.get(name.lower(), name)


def _notices(found: dict[str, Any], places: dict[str, str], ledger: Ledger) -> dict[str, Any]:
    """The object in the text of `SyncNotificationSettings`."""
    name = "SyncNotificationSettings"
    value = found.get(name)
    if isinstance(value, dict):
        return value
    if value in (None, ""):
        return {}
    try:
        read = json.loads(str(value))
    except (ValueError, RecursionError):
        read = None
    if isinstance(read, dict):
        return read
    ledger.leave_out(
        InputProblem(
            "bad-setting",
            places[name],
            f'`{name}` is no JSON object, expected a text such as `{{"Enabled":true}}`',
            "export the secrets again",
        )
    )
    return {}


def _whole(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _no_truth(place: str, name: str) -> InputProblem:
    return InputProblem(
        "bad-setting",
        place,
        f"`{name}` is neither `true` nor `false`",
        "write `true` or `false`",
    )
