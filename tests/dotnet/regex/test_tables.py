"""The generated tables are those of the recorded answers."""

import json
from pathlib import Path

from provlint.dotnet.regex import classes, generate

SOURCE = Path(__file__).parent / "tables"
PACKAGE = Path(generate.__file__).parent


def test_class_tables_are_current():
    assert (PACKAGE / "class_tables.py").read_text("utf-8") == generate.class_tables(SOURCE)


def test_case_tables_are_current():
    assert (PACKAGE / "case_tables.py").read_text("utf-8") == generate.case_tables(SOURCE)


def test_derived_classes():
    recorded = json.loads((SOURCE / "character-classes.json").read_text("utf-8"))
    assert [list(each) for each in classes.boundary_words()] == recorded["bw"]
    assert [list(each) for each in classes.complement(classes.named("w"))] == recorded["W"]


def test_case_groups_are_complete():
    path = SOURCE / "case-equivalence.json"
    for unit, others in json.loads(path.read_text("utf-8"))["invariant"].items():
        expected = {chr(int(unit)), *map(chr, others)}
        assert set(classes.equivalents(chr(int(unit)))) == expected
