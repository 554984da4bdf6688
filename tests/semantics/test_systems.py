"""Which system a directory stands for."""

import pytest

from provlint.model.tree import AttributeDefinition, Directory, ObjectDefinition
from provlint.semantics.systems import directory_system


def directory(*attributes):
    definitions = tuple(AttributeDefinition("", name) for name in attributes)
    return Directory("", "x", objects=(ObjectDefinition("", "user", definitions),))


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("Active Directory", "active-directory"),
        ("On-premises Active Directory", "active-directory"),
        ("Contoso Active Directory", "active-directory"),
        ("Azure Active Directory", "entra"),
        ("Azure Active Directory (target tenant)", "entra"),
        ("Microsoft Entra ID", "entra"),
        ("Workday", "workday"),
        ("SAP SuccessFactors", "successfactors"),
        ("ServiceNow", "application"),
        ("", "unknown"),
    ],
)
def test_names(name, system):
    assert directory_system(name, None) == system


@pytest.mark.parametrize(
    ("attributes", "system"),
    [
        (("cn", "sAMAccountName", "parentDistinguishedName"), "active-directory"),
        (("objectGUID", "sAMAccountName"), "active-directory"),
        (("userName", "sAMAccountName"), "application"),
        ((), "application"),
    ],
)
def test_a_domain_is_known_by_its_attributes(attributes, system):
    assert directory_system("corp.contoso.com", directory(*attributes)) == system
