"""Metadata values that are JSON inside strings."""

import pytest

from provlint.model.metadata import (
    MappingSettings,
    mapping_settings,
    supports_provision_on_demand,
    unquoted,
)


def test_settings_of_an_object_mapping():
    assert mapping_settings(
        {
            "Disposition": '"Normal"',
            "escrowBehavior": '"IgnoreLookupReferenceResolutionFailure"',
            "OriginalJoiningProperty": "displayName",
            "IsCustomerDefined": "true",
            "ExcludeFromReporting": "False",
            "Unsynchronized": "perhaps",
        }
    ) == MappingSettings(
        disposition="Normal",
        escrow_behavior="IgnoreLookupReferenceResolutionFailure",
        original_joining_property="displayName",
        is_customer_defined=True,
        exclude_from_reporting=False,
    )
    assert mapping_settings({}) == MappingSettings()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('"Normal"', "Normal"),
        (' "a\\"b" ', 'a"b'),
        ("plain", "plain"),
        ('"', '"'),
        ("", ""),
        ('"broken\\"', '"broken\\"'),
        ('"a" "b"', '"a" "b"'),
    ],
)
def test_unquoted(text, plain):
    assert unquoted(text) == plain


def test_provision_on_demand():
    assert supports_provision_on_demand({"supportsProvisionOnDemand": "true"}) is True
    assert supports_provision_on_demand({"SupportsProvisionOnDemand": '"false"'}) is False
    assert supports_provision_on_demand({}) is None
