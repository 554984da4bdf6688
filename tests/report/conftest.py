"""Findings on made-up files, for the renderers."""

from types import SimpleNamespace

import pytest

from provlint.diagnostic import (
    ERROR,
    NOTE,
    WARNING,
    Diagnostic,
    Fix,
    Place,
    Position,
    Range,
    Related,
    Subject,
    TextEdit,
)
from provlint.report.result import FileResult, Run, Suppressed
from provlint.rule import RuleInfo
from provlint.source.lines import LineIndex

SCHEMA = """{
  "synchronizationRules": [{
    "objectMappings": [{
      "name": "Provision Users",
      "attributeMappings": [
        {
          "matchingPriority": 1,
          "source": { "expression": "Joinn(\\" \\", [givenName], [surname])" },
          "targetAttributeName": "displayName"
        },
        {
          "matchingPriority": 1,
          "source": { "expression": "[mail]", "name": "måil 日本" },
          "targetAttributeName": "mail"
        }
      ],
      "scope": {
        "groups": []
      }
    }]
  }]
}
"""

UNKNOWN = RuleInfo(
    "PL301",
    "unknown-function",
    "a function that the expression language does not have",
    ERROR,
    "https://learn.microsoft.com/en-us/entra/identity/app-provisioning/functions-for-customizing-application-data",
)
EQUAL = RuleInfo(
    "PL202",
    "equal-matching-priority",
    "two attributes share a matching priority",
    WARNING,
    "https://learn.microsoft.com/en-us/entra/identity/app-provisioning/customize-application-attributes",
    confidence="medium",
)
DOCUMENTATION = "https://provlint.example/rules/"


def at(text, needle, occurrence=1):
    """Range of the nth occurrence of a piece of a text."""
    offset = -1
    for _ in range(occurrence):
        offset = text.index(needle, offset + 1)
    lines = LineIndex(text)
    return Range(Position(*lines.position(offset)), Position(*lines.position(offset + len(needle))))


def finding(message="`x` is not known", where=None, *, rule=UNKNOWN, **fields):
    values = {
        "rule": rule.id,
        "name": rule.name,
        "severity": rule.severity,
        "message": message,
        "help": "",
        "file": "apps/box.json",
        "place": Place(""),
        "range": where,
    }
    return Diagnostic(**{**values, **fields})


def file_result(text, *diagnostics, name="apps/box.json", **fields):
    source = LineIndex(text) if text is not None else None
    return FileResult(name, tuple(diagnostics), source, **fields)


def run(*files, looked_at=None, recognised=None, **fields):
    return Run(
        tuple(files),
        len(files) if looked_at is None else looked_at,
        len(files) if recognised is None else recognised,
        **{"version": "0.1.0", "rules": (EQUAL, UNKNOWN), **fields},
    )


def sample_findings(text=SCHEMA):
    subject = Subject("Box", "Provision Users", "displayName")
    function = finding(
        "`Joinn` is not a function",
        at(text, "Joinn"),
        help="write `Join`",
        place=Place(
            "/synchronizationRules/0/objectMappings/0/attributeMappings/0/source/expression"
        ),
        fix=Fix("replace `Joinn` by `Join`", (TextEdit(Place(""), "Join", at(text, "Joinn")),)),
        documentation=DOCUMENTATION + "unknown-function",
        subject=subject,
    )
    priority = finding(
        "target attributes `displayName` and `mail` share matching priority 1",
        at(text, '"matchingPriority": 1', 2),
        rule=EQUAL,
        help="give each matching attribute its own priority",
        place=Place(
            "/synchronizationRules/0/objectMappings/0/attributeMappings/1/matchingPriority"
        ),
        related=(
            Related("first used here", Place(""), at(text, '"matchingPriority": 1')),
            Related("the portal shows the last one only", Place("")),
        ),
        documentation=DOCUMENTATION + "equal-matching-priority",
        contested="matching-priority-order",
        subject=subject._replace(target="mail"),
    )
    wide = finding(
        "`måil 日本` is not an attribute name", at(text, "日本"), severity=NOTE, subject=subject
    )
    scope = finding(
        "the scope is empty: every user is provisioned",
        at(text, '{\n        "groups": []\n      }'),
        rule=EQUAL,
        help="add a filter group",
        subject=Subject("Box", "Provision Users"),
    )
    whole = finding("the file is larger than 64 MiB", None, file="big.json", severity=ERROR)
    return [function, priority, wide, scope], whole


def sample_run(text=SCHEMA, **fields):
    findings, whole = sample_findings(text)
    silenced = Suppressed(findings[0]._replace(range=at(text, "[surname]")), "agreed with HR")
    return run(
        file_result(text, *findings, suppressed=(silenced,)),
        file_result(None, whole, name="big.json", recognised=False),
        looked_at=12,
        recognised=1,
        suppressed=1,
        hidden={"profile": 3},
        **fields,
    )


@pytest.fixture(scope="session")
def make():
    """The builders of this file; tests cannot import a conftest."""
    return SimpleNamespace(**{name: value for name, value in globals().items() if name[0] != "_"})
