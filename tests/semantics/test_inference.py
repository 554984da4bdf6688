"""What is inferred of results, and that the evaluator never contradicts it."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings

from provlint.evaluation import compile_expression, make_context
from provlint.evaluation.values import plain_text
from provlint.model.tree import AttributeDefinition
from provlint.semantics.inference import (
    DIGITS,
    LOWER,
    NO_BLANKS,
    UPPER,
    Inferred,
    infer,
    inference,
    union,
)
from provlint.semantics.inference.facts import (
    ANY,
    DATE,
    NOTHING,
    NULL,
    NUMBER,
    SET_LIMIT,
    from_values,
    length,
)
from provlint.semantics.inference.functions import TRANSFERS
from provlint_grammar.catalogue import CONNECT, FUNCTIONS
from provlint_grammar.expression import parse_expression

sys.path.insert(0, str(Path(__file__).parent.parent / "evaluate"))
from strategies import EXPRESSIONS, INPUTS

ATTRIBUTES = {
    "name": AttributeDefinition("", "name"),
    "short": AttributeDefinition("", "short", metadata={"MaximumLength": "8"}),
    "odd": AttributeDefinition("", "odd", metadata={"MaximumLength": "many"}),
    "many": AttributeDefinition("", "many", multivalued=True),
    "flag": AttributeDefinition("", "flag", "Boolean"),
    "number": AttributeDefinition("", "number", "Integer"),
    "boss": AttributeDefinition("", "boss", "Reference"),
    "photo": AttributeDefinition("", "photo", "Binary"),
}


def found(text):
    return infer(parse_expression(text).tree, ATTRIBUTES)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("[name]", "text"),
        ("[many]", "list"),
        ("[flag]", "boolean"),
        ("[number]", "number"),
        ("[boss]", "reference"),
        ("[photo]", "any"),
        ("[unknown]", "any"),
        ("[appRoleAssignments]", "roles"),
        ("AppRoleAssignmentsComplex([appRoleAssignments])", "roles"),
        ('"x"', "text"),
        ("7", "number"),
        ("True", "text"),
        ("NULL", "null"),
        ("%DomainFQDN%", "text"),
        ("vbTextCompare", "text"),
        ("IgnoreAttributeFlow", "null"),
        ('[name] = "x"', "boolean"),
        ("CDate([name])", "date"),
        ("Now()", "date"),
        ("DateFromNum([number])", "date"),
        ('DateDiff("d", Now(), CDate([name]))', "number"),
        ("NumFromDate([name])", "number"),
        ('InStr([name], "x")', "number"),
        ("BitAnd([number], 2)", "number"),
        ("IsPresent([name])", "boolean"),
        ("Not([flag])", "boolean"),
        ("CBool([name])", "boolean"),
        ('Split([name], ",")', "list"),
        ("Trim([many])", "list"),
        ("Trim([name])", "text"),
        ("RemoveDuplicates([many])", "list"),
        ("Item([many], 1)", "text"),
        ('Item(Split([name], ","), 1)', "text"),
        ("CStr([flag])", "text"),
        ("CRef([name])", "reference"),
        ("LCase([name])", "any"),
        ('IIF([name] = "x", CDate([name]), Now())', "date"),
        ('IIF([name] = "x", CDate([name]), "never")', "any"),
        ('IIF([name] = "x", NULL, [flag])', "boolean"),
        ('Switch([name], , "a", [many], "b", Split([name], ","))', "list"),
        ("Coalesce([name], [short])", "text"),
        ("IgnoreFlowIfNullOrEmpty([number])", "number"),
        ("Redact([flag])", "boolean"),
        ('SelectUniqueValue([name], Append([name], "1"))', "text"),
        ('IIF([name] = "x", Error("no"), [flag])', "boolean"),
    ],
)
def test_types(text, type_):
    assert found(text).type == type_


@pytest.mark.parametrize(
    ("text", "null", "empty"),
    [
        ("[name]", True, True),
        ("ToLower([name])", False, True),
        ('Append([name], "x")', False, False),
        ('Append([name], "")', False, True),
        ('Join("@", [name], "x")', False, False),
        ('Join("@", [name], [short])', False, True),
        ('Switch([name], , "a", "b")', True, False),
        ('Switch([name], "", "a", "b")', False, True),
        ('Switch([name], [name], "", "none")', False, False),
        ('Switch([name], [name], "x", "none")', True, True),
        ("Coalesce([name], [short])", True, True),
        ('Coalesce([name], "x")', False, True),
        ("IgnoreFlowIfNullOrEmpty([name])", False, False),
        ('IIF([name] = "x", "y", NULL)', True, False),
        ("SingleAppRoleAssignment([appRoleAssignments])", True, True),
        ("Guid()", False, False),
        ('Split([name], ",")', True, True),
    ],
)
def test_nullness(text, null, empty):
    assert (found(text).may_be_null, found(text).may_be_empty) == (null, empty)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("[name]", 0, None),
        ("[short]", 0, 8),
        ("[odd]", 0, None),
        ('"Ægir"', 4, 4),
        ('"😀"', 2, 2),
        ("Left([name], 20)", 0, 20),
        ("Left([short], 20)", 0, 8),
        ("Left([name], -1)", 0, None),
        ("Left([name], 0)", 0, 0),
        ("Left([name], [number])", 0, None),
        ('Left("abcdef", [number])', 0, 6),
        ("Mid([name], 1, 5)", 0, 5),
        ("Mid([name], 9, 2)", 0, 8),
        ("Mid(Guid(), 9, 2)", 2, 2),
        ('Append(Left([name], 20), "12")', 2, 22),
        ('Join("-", Left([name], 3), Left([short], 4), "x")', 1, 10),
        ('Join("-", [many], "x")', 1, None),
        ("NormalizeDiacritics(Left([name], 10))", 0, 20),
        ("ToUpper(Left([name], 10), )", 0, 10),
        ('Replace([short], "a", , , "bb", , )', 0, 16),
        ('Replace([short], "ab", , , "", , )', 0, 8),
        ('Replace([short], , "[a-z]", , "", , )', 0, 8),
        ('Replace([short], , "[a-z]", , "x", , )', 0, None),
        ("Guid()", 36, 36),
        ("RandomString(12, 1, 1, 1, 1)", 12, 12),
        ('IIF([name] = "x", "abc", Left([name], 2))', 0, 3),
        ('Switch([name], "ab", "x", "abcd")', 2, 4),
    ],
)
def test_lengths(text, least, most):
    result = found(text)
    assert (result.minimum_length, result.maximum_length) == (least, most)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('"x"', ("x",)),
        ('ToUpper("nor")', ("NOR",)),
        ('ToUpper("nor", "tr-TR")', None),
        ('Join("-", "a", "", "b")', ("a-b",)),
        ('Left("abc", 2)', ("ab",)),
        ('Replace("a-b", "-", , , "_", , )', ("a_b",)),
        ("IsPresent([name])", ("False", "True")),
        ('IsPresent(Append([name], "x"))', ("True",)),
        ('IsNullOrEmpty(Append([name], "x"))', ("False",)),
        ('IsNullOrEmpty("")', ("True",)),
        ("IsNull(ToLower([name]))", ("False",)),
        ('Not("true")', ("False",)),
        ('Not("yes")', ("True",)),
        ("BitAnd([number], 2)", ("0", "2")),
        ("BitAnd(&H3, [number])", ("0", "1", "2", "3")),
        ("BitAnd([number], 255)", None),
        ('IIF("a" = "b", "x", "y")', ("y",)),
        ('IIF([name] = "b", "x", "y")', ("x", "y")),
        ('Switch(IsPresent([name]), "z", "True", "x", "maybe", "y")', ("x", "z")),
        ('Switch(IsPresent([name]), "z", "True", "x", "False", "y")', ("x", "y")),
        ('InStr([name], "x") >= 0', ("True",)),
    ],
)
def test_values(text, values):
    assert found(text).values == values


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("ToLower([name])", LOWER),
        ("ToUpper(ToLower([name]))", UPPER),
        ("StripSpaces(ToLower([name]))", LOWER | NO_BLANKS),
        ("Left(ToLower([name]), 3)", LOWER),
        ('Append(ToLower([name]), "-x")', LOWER),
        ('Append(ToLower([name]), "-X")', 0),
        ("PCase(ToLower([name]))", 0),
        ('Join(" ", ToLower([name]), ToLower([short]))', LOWER),
        ('"0123"', LOWER | UPPER | NO_BLANKS | DIGITS),
        ("Guid()", LOWER | NO_BLANKS),
    ],
)
def test_characters(text, characters):
    assert found(text).characters == characters


def test_constant_is_what_everybody_gets():
    assert found('"x"').constant == "x"
    assert found('IIF([name] = "x", "y", NULL)').constant is None
    assert found("[name]").constant is None


def test_union_is_commutative_and_has_a_neutral_element():
    some = [ANY, NULL, NOTHING, DATE, NUMBER, from_values(("a", "b")), Inferred("list")]
    for one in some:
        assert union(one, one) == one
        assert union(one, NOTHING) == one
        for other in some:
            assert union(one, other) == union(other, one)


def test_large_sets_are_given_up():
    many = from_values(str(number) for number in range(SET_LIMIT + 1))
    assert many.values is None
    assert (many.minimum_length, many.maximum_length) == (1, 2)
    one, other = (from_values(f"{side}{number}" for number in range(40)) for side in "ab")
    assert union(one, other).values is None


def test_parts_are_known_too_and_the_last_tree_is_remembered():
    tree = parse_expression('Append(Left([name], 3), "x")').tree
    known = inference(tree, ATTRIBUTES)
    assert known.of(tree.arguments[0]).maximum_length == 3
    assert known.of(parse_expression("[name]").tree) is ANY
    assert inference(tree, ATTRIBUTES) is known
    assert inference(tree) is not known


def test_depth_and_width_are_no_matter():
    deep = "ToLower(" * 90 + "[name]" + ")" * 90
    assert found(deep).characters == LOWER
    wide = f'Join("", {", ".join(["[name]"] * 2000)})'
    assert found(wide).type == "text"


def test_every_function_of_provisioning_is_known():
    provisioning = {
        name.lower() for name, function in FUNCTIONS.items() if set(function.dialects) != {CONNECT}
    }
    unknown = {"approleassignments", "convertfrombase64", "defaultdomain", "dncomponent"}
    assert provisioning - set(TRANSFERS) == unknown | {"isnothing", "stringfromsid"}
    assert set(TRANSFERS) <= provisioning


CONTEXT = make_context(now="2026-03-16T08:00:00Z", seed=1, macros={"DomainFQDN": "corp.example"})


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(EXPRESSIONS, INPUTS)
@example("Trim(Split([a], [a]))", {})
def test_the_evaluator_never_contradicts(text, inputs):
    tree = parse_expression(text).tree
    if tree is None:
        return
    known = infer(tree)
    result = compile_expression(text).run(inputs, CONTEXT)
    if result.outcome == "null":
        assert known.may_be_null
    elif result.outcome == "list":
        assert known.type in ("any", "list", "roles")
    elif result.outcome == "value":
        value = plain_text(result.value)
        # Null is read as the empty text, also where there would be a list.
        assert known.type != "null"
        assert known.type != "list" or not value
        assert value or known.may_be_empty
        assert known.minimum_length <= length(value)
        assert known.maximum_length is None or length(value) <= known.maximum_length
        assert known.values is None or value in known.values
        _check_characters(known.characters, value)


def _check_characters(facts, value):
    assert not facts & NO_BLANKS or " " not in value
    assert not facts & DIGITS or set(value) <= set("0123456789")
    assert not facts & LOWER or not any("A" <= each <= "Z" for each in value)
    assert not facts & UPPER or not any("a" <= each <= "z" for each in value)


@pytest.mark.parametrize(
    ("text", "gone", "result"),
    [
        ("[flag]", "True", "True"),
        ("Not([flag])", "True", "False"),
        ('Switch([flag], , "False", "on", "True", "off")', "True", "off"),
        ('Switch([flag], "other", "yes", "on")', "True", "other"),
        ('IIF([flag], "off", "on")', "False", "on"),
        ('IIF([flag] = "True", "off", "on")', "True", "off"),
        ('IIF([flag] <> "True", "off", "on")', "True", "on"),
        ('IIF(Not([flag]), "on", Switch([flag], "on", "True", "off"))', "True", "off"),
        ('IIF([name] = "True", "off", "on")', "True", None),
        ('Coalesce([name], "on")', "True", None),
    ],
)
def test_what_is_known_of_an_attribute_beyond_its_definition(text, gone, result):
    known = {"flag": from_values((gone,), type_="boolean")}
    tree = parse_expression(text).tree
    assert infer(tree, ATTRIBUTES, known).constant == result
    assert infer(tree, ATTRIBUTES).constant is None
