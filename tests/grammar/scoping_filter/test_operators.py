from __future__ import annotations

import json
import re
from itertools import chain
from pathlib import Path

import pytest

from provlint_grammar.operators_data import INSTEAD
from provlint_grammar.scoping_filter.explain import explain_operator
from provlint_grammar.scoping_filter.operators import (
    OPERATORS,
    find_instead,
    find_operator,
    fold,
    is_canonical_spelling,
    suggest_operator,
)
from provlint_grammar.scoping_filter.parser import parse_filter
from provlint_grammar.scoping_filter.printer import print_filter

TYPES = {"String", "Integer", "Boolean", "Binary", "Reference", "DateTime"}
RESPONSE = Path(__file__).parents[4] / "shared/real/graphdocs-2021__filterOperators-full__0.json"


def test_the_catalogue_has_every_known_operator() -> None:
    assert list(OPERATORS) == [
        *("EQUALS", "NOT EQUALS", "IS TRUE", "IS FALSE", "IS NULL", "IS NOT NULL"),
        *("REGEX MATCH", "NOT REGEX MATCH", "Greater_Than", "Greater_Than_OR_EQUALS"),
        *("Includes", "ENDS_WITH", "&", "!&", "IsMemberOf", "PRESENT", "VALID CERT MATCH"),
    ]


@pytest.mark.parametrize("name", OPERATORS)
def test_an_entry_is_complete(name: str) -> None:
    operator = OPERATORS[name]
    assert operator.arity in ("unary", "binary", "unknown")
    assert operator.operand in ("none", "text", "regex", "integer", "mask", "unknown")
    assert (operator.operand == "none") == (operator.arity == "unary")
    assert operator.spelling in ("documented", "seen", "not-seen")
    assert operator.case in ("sensitive", "not-stated", "none")
    assert operator.support in ("supported", "unsupported", "undocumented")
    assert operator.null_documented in ("true", "false", "unknown")
    assert operator.null_negatives_true in ("true", "false", "unknown")
    assert not set(operator.supported_types) & set(operator.refused_types)
    assert set(operator.supported_types) | set(operator.refused_types) <= TYPES
    assert operator.meaning.endswith(".")
    assert re.fullmatch(r"https://learn\.microsoft\.com/\S+", operator.source)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", operator.date)
    # A negative operator is one whose result on an unset attribute is disputed.
    disputed = operator.null_documented != operator.null_negatives_true
    assert disputed == operator.negative


@pytest.mark.parametrize("name", OPERATORS)
def test_examples_are_canonical_clauses_of_their_operator(name: str) -> None:
    parsed = parse_filter(OPERATORS[name].example)
    assert parsed.problems == ()
    assert print_filter(parsed.filter) == OPERATORS[name].example
    assert parsed.filter.groups[0].clauses[0].operator == name


@pytest.mark.parametrize("name", [name for name in OPERATORS if OPERATORS[name].opposite])
def test_opposites_agree(name: str) -> None:
    operator = OPERATORS[name]
    opposite = OPERATORS[operator.opposite]
    assert opposite.opposite == name
    for field in ("arity", "operand", "supported_types", "refused_types"):
        assert getattr(opposite, field) == getattr(operator, field)


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("equals", "EQUALS"),
        ("NOT_EQUALS", "NOT EQUALS"),
        ("IsNotNull", "IS NOT NULL"),
        ("GREATER_THAN_OR_EQUALS", "Greater_Than_OR_EQUALS"),
        ("INCLUDES", "Includes"),
        ("Ends With", "ENDS_WITH"),
        ("IS_MEMBER_OF", "IsMemberOf"),
        ("Valid Cert Match", "VALID CERT MATCH"),
        ("! &", "!&"),
    ],
)
def test_spellings_find_their_operator_but_are_not_canonical(spelling: str, name: str) -> None:
    assert find_operator(spelling) is OPERATORS[name]
    assert not is_canonical_spelling(spelling)
    assert is_canonical_spelling(name)
    assert suggest_operator(spelling) is None


@pytest.mark.parametrize("spelling", ["", " ", "EQUAL", "Less_Than", "In", "EQUALS!"])
def test_other_spellings_find_none(spelling: str) -> None:
    assert find_operator(spelling) is None


@pytest.mark.parametrize(
    ("spelling", "name", "advice"),
    [
        ("==", "EQUALS", "write `EQUALS`"),
        ("ne", "NOT EQUALS", "write `NOT EQUALS`"),
        ("co", "Includes", "write `Includes`"),
        ("Contains", "Includes", "write `Includes`"),
        ("pr", "IS NOT NULL", "write `IS NOT NULL`"),
        ("Starts_With", None, 'write `REGEX MATCH "^…"` with the beginning of the value after `^`'),
        ("sw", None, 'write `REGEX MATCH "^…"` with the beginning of the value after `^`'),
        ("Less_Than", None, 'write a `REGEX MATCH` over the digits, such as `"^[0-4]$"` for less '
         "than 5: filters have no upper bound"),
        ("In", None, "write one group for each value, joined by `OR`, or "
         '`REGEX MATCH "^(A|B)$"`'),
        ("LIKE", None, "write `REGEX MATCH`, with `.*` in place of `*` or `%`: "
         "filters have no wildcards"),
        ("NOT CONTAINS", None, "write `NOT REGEX MATCH` with the text, its special characters "
         "escaped"),
        ("EQALS", "EQUALS", "write `EQUALS`"),
        ("REGEX MACH", "REGEX MATCH", "write `REGEX MATCH`"),
    ],
)  # fmt: skip
def test_suggestions(spelling: str, name: str | None, advice: str) -> None:
    suggestion = suggest_operator(spelling)
    assert suggestion is not None
    assert suggestion.operator is (OPERATORS[name] if name else None)
    assert suggestion.advice == advice


@pytest.mark.parametrize("spelling", ["", "x", "resembles", "EQUALS AND MORE"])
def test_far_spellings_get_no_suggestion(spelling: str) -> None:
    assert suggest_operator(spelling) is None


def test_what_people_write_instead_is_unambiguous_and_names_operators() -> None:
    spellings = [fold(spelling) for entry in INSTEAD for spelling in entry["spellings"]]
    assert len(set(spellings)) == len(spellings)
    assert not [spelling for spelling in spellings if find_operator(spelling)]
    assert {entry["operator"] for entry in INSTEAD} <= {"", *OPERATORS}
    for entry in INSTEAD:
        if entry["operator"]:
            assert entry["advice"] == f"write `{entry['operator']}`"
        for quoted in re.findall(r"`((?:NOT )?[A-Z][A-Za-z_ ]+)(?= \"|`)", str(entry["advice"])):
            assert quoted in {*OPERATORS, "AND", "OR"}


def test_instead_does_not_look_for_near_spellings() -> None:
    assert find_instead("EQALS") is None
    assert find_instead("EQUAL") is not None


@pytest.mark.parametrize("name", OPERATORS)
def test_an_explanation_comes_from_the_catalogue(name: str) -> None:
    operator = OPERATORS[name]
    facts = dict(explain_operator(operator))
    assert all(facts.values())
    assert facts["meaning"].startswith(operator.meaning)
    assert facts["example"] == operator.example
    assert facts["source"] == f"{operator.source} ({operator.date})"


def test_an_explanation_in_full() -> None:
    assert explain_operator(OPERATORS["NOT REGEX MATCH"]) == (
        ("meaning", "True when the .NET regular expression does not match the value."),
        (
            "note",
            "The page says false on an unset attribute; the default filter of cloud sync needs it "
            "to be true. Letter case counts, as with REGEX MATCH.",
        ),
        ("example", 'userPrincipalName NOT REGEX MATCH "^svc-"'),
        ("value", "one .NET regular expression"),
        (
            "attribute types",
            "String, Integer; not Boolean, Binary, Reference, DateTime; not multi-valued",
        ),
        ("unset attribute", "false; true under the reading negatives-true"),
        ("letter case", "not documented"),
        ("opposite", "REGEX MATCH"),
        ("JSON spelling", "NOT REGEX MATCH (documented)"),
        (
            "source",
            "https://learn.microsoft.com/entra/identity/app-provisioning/"
            "define-conditional-rules-for-provisioning-user-accounts (2025-03-04)",
        ),
    )


@pytest.mark.skipif(not RESPONSE.is_file(), reason="the shared real files are not here")
def test_graph_lists_the_same_arities_and_types() -> None:
    listed = json.loads(RESPONSE.read_text(encoding="utf-8"))["value"]
    assert len(listed) == 8
    for entry in listed:
        operator = OPERATORS[entry["name"]]
        assert operator.spelling == "documented"
        assert operator.arity == entry["arity"].lower()
        assert set(operator.supported_types) == set(entry["supportedAttributeTypes"])
    documented = [name for name, operator in OPERATORS.items() if operator.spelling == "documented"]
    assert set(documented) == set(chain.from_iterable([entry["name"]] for entry in listed))
