"""Asks a configuration every question, row by row and in columns."""

import json
from pathlib import Path

import pytest

from provlint.asking import questions
from provlint.lint import all_rules
from provlint.model import read_document
from provlint.semantics import evidence as asked
from provlint.semantics.configuration import ConfigurationUnit
from provlint.simulate.evidence import source
from provlint.simulate.evidence.source import EvidenceFiles, EvidenceSource

EXAMPLES = Path(__file__).parents[3] / "examples"


def everything(configuration):
    """What the rules ask, and what no rule asks of these mappings."""
    found = questions(configuration, all_rules())
    for schema in configuration.schemas:
        for rule in schema.rules:
            for unit in rule.object_mappings:
                found.add(asked.ScopeOf(unit.mapping.pointer))
                found.add(asked.Unmatchable(unit.mapping.pointer))
                found.add(asked.MatchesOf(unit.mapping.pointer))
                for each in unit.attribute_mappings:
                    found |= {
                        asked.EmptyValues(each.mapping.pointer),
                        asked.SharedBy(each.mapping.pointer),
                        asked.ValuesWith(each.mapping.pointer, "[#%&+'ø]", 20),
                        asked.Failing(each.mapping.pointer),
                        asked.Uncleared(each.mapping.pointer),
                        asked.OmittedBy(each.mapping.pointer),
                        asked.ReferencesOutOfScope(each.mapping.pointer),
                    }
                if unit.scope_unit is not None:
                    for group in unit.scope_unit.groups:
                        for clause in group.clauses:
                            found.add(asked.SpellingsOf(clause.clause.pointer))
                            found.add(asked.CommonValues(clause.clause.pointer))
    return found


def ask(value, monkeypatch, *, columns, **files):
    """Every question and its answer."""
    monkeypatch.setattr(source, "COLUMNS_FROM", 0 if columns else 1 << 40)
    configuration = ConfigurationUnit(read_document(value))
    inputs = EvidenceSource(EvidenceFiles(**files))
    return inputs.gather(configuration, everything(configuration), "schema.json").answers


@pytest.fixture
def both(monkeypatch):
    """Asks both ways, and gives the answers if they are the same."""
    pytest.importorskip("duckdb")

    def compare(value, **files):
        rows = ask(value, monkeypatch, columns=False, **files)
        columns = ask(value, monkeypatch, columns=True, **files)
        assert set(rows) == set(columns)
        for question in sorted(rows, key=repr):
            assert rows[question] == columns[question], question
        return rows

    return compare


def read(name):
    return json.loads((EXAMPLES / name).read_text("utf-8"))


@pytest.fixture
def example():
    return read
