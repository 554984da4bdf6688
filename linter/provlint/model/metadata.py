r"""Metadata of rules and object mappings, whose values are JSON inside strings.

Microsoft Graph stores `"\"Normal\""`, quotes included, for `Disposition`, and `"false"` for
a flag.
Source: https://learn.microsoft.com/graph/api/resources/synchronization-objectmapping
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class MappingSettings(NamedTuple):
    """The metadata of an object mapping. None where the file does not say.

    Attributes:
        disposition: `Normal`, `Discard` or `Escrow`.
        escrow_behavior: `Default` or `IgnoreLookupReferenceResolutionFailure`.
        original_joining_property: The source attribute that the service's template matches on.
        is_customer_defined: Whether an administrator added the mapping.
        exclude_from_reporting: Whether the mapping is left out of the logs.
        unsynchronized: Whether the mapping only serves references.
        disable_monitoring_for_changes: Whether changes do not start a synchronization.
    """

    disposition: str | None = None
    escrow_behavior: str | None = None
    original_joining_property: str | None = None
    is_customer_defined: bool | None = None
    exclude_from_reporting: bool | None = None
    unsynchronized: bool | None = None
    disable_monitoring_for_changes: bool | None = None


def mapping_settings(metadata: Mapping[str, str]) -> MappingSettings:
    """Read the metadata of an object mapping; keys are found in any case."""
    lower = {key.lower(): value for key, value in metadata.items()}
    return MappingSettings(
        _text(lower, "disposition"),
        _text(lower, "escrowbehavior"),
        _text(lower, "originaljoiningproperty"),
        _flag(lower, "iscustomerdefined"),
        _flag(lower, "excludefromreporting"),
        _flag(lower, "unsynchronized"),
        _flag(lower, "disablemonitoringforchanges"),
    )


def supports_provision_on_demand(metadata: Mapping[str, str]) -> bool | None:
    """What the metadata of a synchronization rule says about provisioning on demand."""
    return _flag({key.lower(): value for key, value in metadata.items()}, PROVISION_ON_DEMAND)


PROVISION_ON_DEMAND = "supportsprovisionondemand"


def unquoted(text: str) -> str:
    """Return the text inside a JSON string such as `"Normal"`; any other text as it is."""
    stripped = text.strip()
    if len(stripped) < 2 or stripped[0] != '"' or stripped[-1] != '"':
        return text
    import json

    try:
        value = json.loads(stripped)
    except ValueError:
        return text
    return value if isinstance(value, str) else text


def _text(metadata: Mapping[str, str], key: str) -> str | None:
    found = metadata.get(key)
    return None if found is None else unquoted(found)


def _flag(metadata: Mapping[str, str], key: str) -> bool | None:
    found = unquoted(metadata.get(key, "")).strip().lower()
    return {"true": True, "false": False}.get(found)
