"""Small configurations of one application, and what group 5 says of them."""

import json

import pytest

from provlint.engine import check, ruleset
from provlint.lint import core_rules, lint_text
from provlint.model.read import read_document
from provlint.semantics.configuration import ConfigurationUnit

GROUP = ruleset(rule for rule in core_rules() if rule.info.group == "application")
TENANT = "5b1c2f0e9d474c1a8e632f7a90d4b6c1.a20d9c4e-6b17-4d85-0001-5f3e81c0b746"


def make_mapping(target, source, matching=0, **more):
    expression = source if "(" in source else f"[{source}]"
    kind = "Function" if "(" in source else "Attribute"
    return {
        "targetAttributeName": target,
        "matchingPriority": matching,
        "source": {"type": kind, "name": source, "expression": expression, "parameters": []},
        **more,
    }


def make_object_mapping(kind="User", mappings=None, **more):
    return {
        "name": f"Provision Microsoft Entra ID {kind}s",
        "enabled": True,
        "flowTypes": "Add,Update",
        "sourceObjectName": kind,
        "targetObjectName": kind,
        "attributeMappings": mappings or [make_mapping("userName", "userPrincipalName", 1)],
        **more,
    }


def make_schema(
    *mappings,
    source="Microsoft Entra ID",
    target="Fjord Ledger",
    identifier=f"unheardOf.{TENANT}",
    **more,
):
    """A schema with one rule; `declares` is what its metadata say of provisioning on demand."""
    metadata = []
    if "declares" in more:
        metadata.append({"key": "supportsProvisionOnDemand", "value": more["declares"]})
    return {
        "id": identifier,
        "synchronizationRules": [
            {
                "id": "b94f0e63-8d2a-47c5-91f6-000000000001",
                "name": "USER_OUTBOUND_USER",
                "sourceDirectoryName": source,
                "targetDirectoryName": target,
                "metadata": metadata,
                "objectMappings": list(mappings or (make_object_mapping(),)),
            }
        ],
        "directories": more.get("directories", []),
    }


def make_job(template, schema=None, identifier=None):
    job = {"id": identifier or f"{template}.{TENANT}", "templateId": template}
    job["schedule"] = {"interval": "PT40M", "state": "Active"}
    return job | ({"schema": schema} if schema is not None else {})


@pytest.fixture
def unit():
    """A `ConfigurationUnit` of a value."""

    def make(value, application=""):
        return ConfigurationUnit(read_document(value), application=application)

    return make


@pytest.fixture
def lint_group(unit):
    """Findings of group 5, with symbolic places."""

    def lint(value, application=""):
        found = list(check(unit(value, application), GROUP, "f.json"))
        assert not [each for each in found if each.rule == "PL901"]
        return found

    return lint


@pytest.fixture
def underlined():
    """Findings of a rule in the default profile, each with the text that it underlines."""

    def lint(value, rule, application=""):
        text = json.dumps(value, indent=1)
        lines = text.split("\n")
        found = []
        for each in lint_text(text, application=application):
            if each.rule != rule:
                continue
            if each.range is None:
                found.append((each, ""))
                continue
            start, end = each.range
            assert start.line == end.line
            found.append((each, lines[start.line - 1][start.column - 1 : end.column - 1]))
        return found

    return lint


@pytest.fixture
def mapping_of():
    return make_mapping


@pytest.fixture
def object_mapping_of():
    return make_object_mapping


@pytest.fixture
def schema_of():
    return make_schema


@pytest.fixture
def job_of():
    return make_job
