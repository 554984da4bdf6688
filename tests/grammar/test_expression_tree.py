from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provlint_grammar.expression import DEPTH_LIMIT, parse_expression
from provlint_grammar.printer import equal, print_expression
from provlint_grammar.span import Span
from provlint_grammar.syntax import (
    LENIENT_CODES,
    Attribute,
    BareLiteral,
    Call,
    Comparison,
    Enumeration,
    Expression,
    Invalid,
    Keyword,
    Macro,
    Number,
    Omitted,
    Text,
    attributes,
    calls,
    text_offset,
    walk,
)

NOWHERE = Span(0, 0)


def parse(text: str) -> Expression:
    parsed = parse_expression(text)
    assert parsed.problems == ()
    assert parsed.tree is not None
    return parsed.tree


def argument(text: str) -> Expression:
    tree = parse(f"F({text})")
    assert isinstance(tree, Call)
    (node,) = tree.arguments
    return node


def test_a_call_with_spans() -> None:
    text = 'Join ( ", ", [a] ,IIF([b] <> "x", 1, ) )'
    tree = parse(text)
    assert isinstance(tree, Call)
    assert text[slice(*tree.span)] == text
    assert text[slice(*tree.name_span)] == "Join"
    separator, attribute, inner = tree.arguments
    assert separator == Text(", ", Span(7, 11))
    assert attribute == Attribute("a", Span(13, 16))
    assert isinstance(inner, Call)
    comparison, number, omitted = inner.arguments
    assert isinstance(comparison, Comparison)
    assert comparison.operator == "<>"
    assert text[slice(*comparison.span)] == '[b] <> "x"'
    assert text[slice(*comparison.operator_span)] == "<>"
    assert isinstance(number, Number)
    assert isinstance(omitted, Omitted)
    assert text[slice(*omitted.span)] == " "


@pytest.mark.parametrize(
    ("text", "count"),
    [("Now()", 0), ("Now( )", 0), ("F(,)", 2), ("F([a], )", 2), ("F(, , )", 3), ("F([a])", 1)],
)
def test_empty_places_are_counted(text: str, count: int) -> None:
    tree = parse(text)
    assert isinstance(tree, Call)
    assert len(tree.arguments) == count


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("[mail]", Attribute("mail", NOWHERE)),
        ("[ mail ]", Attribute(" mail ", NOWHERE)),
        (
            '[emails[type eq "work"].value]',
            Attribute('emails[type eq "work"].value', NOWHERE),
        ),
        ('[roles[primary eq "]"].value]', Attribute('roles[primary eq "]"].value', NOWHERE)),
        (
            "[urn:ietf:params:scim:schemas:extension:fjord:1.0:User:JobCode]",
            Attribute("urn:ietf:params:scim:schemas:extension:fjord:1.0:User:JobCode", NOWHERE),
        ),
        ("[onPremisesExtensionAttributes.extensionAttribute13]",
         Attribute("onPremisesExtensionAttributes.extensionAttribute13", NOWHERE)),
        ("[msDS-cloudExtensionAttribute1]", Attribute("msDS-cloudExtensionAttribute1", NOWHERE)),
        ("[Straße (privat) 2]", Attribute("Straße (privat) 2", NOWHERE)),
        ('""', Text("", NOWHERE)),
        (r'"say \"hi\""', Text('say "hi"', NOWHERE)),
        (r'"\\d+\\"', Text("\\d+\\", NOWHERE)),
        (r'"\\\""', Text('\\"', NOWHERE)),
        ('"[a], (b)"', Text("[a], (b)", NOWHERE)),
        ('"\u201cx\u201d \uff08\u00a0"', Text("\u201cx\u201d \uff08\u00a0", NOWHERE)),
        ("7", Number("7", NOWHERE)),
        ("-10", Number("-10", NOWHERE)),
        ("1.5", Number("1.5", NOWHERE)),
        ("007", Number("007", NOWHERE)),
        ("129699324000000000", Number("129699324000000000", NOWHERE)),
        ("&H1F", Number("&H1F", NOWHERE)),
        ("&hff7", Number("&hff7", NOWHERE)),
        ("vbBinaryCompare", Enumeration("vbBinaryCompare", NOWHERE)),
        ("IgnoreObjectFlow", Keyword("IgnoreObjectFlow", NOWHERE)),
        ("%DomainFQDN%", Macro("DomainFQDN", NOWHERE)),
        ("([mail])", Attribute("mail", NOWHERE)),
    ],
)  # fmt: skip
def test_operands(text: str, node: Expression) -> None:
    assert equal(argument(text), node)


@pytest.mark.parametrize("operator", ["=", "<>", "<", "<=", ">", ">="])
def test_comparison_operators(operator: str) -> None:
    for text in (f'IIF([a]{operator}"x", 1, 2)', f"CBool(-1 {operator} -2)"):
        tree = parse(text)
        assert isinstance(tree, Call)
        comparison = tree.arguments[0]
        assert isinstance(comparison, Comparison)
        assert comparison.operator == operator


@pytest.mark.parametrize("text", ["[mail]", '"lone"', "42", "\n\tNow()\r\n", "IgnoreObjectFlow"])
def test_anything_with_a_value_may_stand_alone(text: str) -> None:
    assert parse(text)


def test_helpers_walk_in_the_order_of_the_text() -> None:
    tree = parse("F([a], G([b], [c]), IIF([d] = H([e]), [f], ))")
    assert [node.name for node in attributes(tree)] == list("abcdef")
    assert [node.name for node in calls(tree)] == ["F", "G", "IIF", "H"]


def test_offsets_in_a_text_constant() -> None:
    text = r'F("a\"b\\c\d")'
    parsed = parse_expression(text)
    assert isinstance(parsed.tree, Call)
    (node,) = parsed.tree.arguments
    assert isinstance(node, Text)
    assert node.value == 'a"b\\c\\d'
    places = [text_offset(node, text, index) for index in range(len(node.value) + 1)]
    assert [text[place] for place in places] == ["a", "\\", "b", "\\", "c", "\\", "d", '"']


def test_depth_up_to_the_limit() -> None:
    text = "F(" * DEPTH_LIMIT + ")" * DEPTH_LIMIT
    assert len(list(calls(parse(text)))) == DEPTH_LIMIT


@pytest.mark.parametrize("levels", [DEPTH_LIMIT + 1, 5000])
def test_beyond_the_limit_is_told_once(levels: int) -> None:
    parsed = parse_expression("F(" * levels + ")" * levels)
    assert [problem.code for problem in parsed.problems] == ["too-deep"]
    assert parsed.problems[0].span == Span(2 * DEPTH_LIMIT + 1, 2 * DEPTH_LIMIT + 2)
    assert parsed.tree is not None
    assert sum(type(node) is Invalid for node in walk(parsed.tree)) == 1


names = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,8}", fullmatch=True)
attribute_names = st.from_regex(r"[A-Za-z][\w.:\- ]{0,12}", fullmatch=True)
leaves: st.SearchStrategy[Expression] = st.one_of(
    st.builds(Attribute, attribute_names, st.just(NOWHERE)),
    st.builds(
        Text,
        st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30),
        st.just(NOWHERE),
    ),
    st.builds(Number, st.from_regex(r"-?[0-9]{1,9}(\.[0-9]+)?", fullmatch=True), st.just(NOWHERE)),
    st.builds(Number, st.from_regex(r"&H[0-9A-F]{1,9}", fullmatch=True), st.just(NOWHERE)),
    st.builds(Enumeration, st.sampled_from(["vbTextCompare", "vbBinaryCompare"]), st.just(NOWHERE)),
    st.builds(
        Keyword, st.sampled_from(["IgnoreAttributeFlow", "IgnoreObjectFlow"]), st.just(NOWHERE)
    ),
    st.builds(BareLiteral, st.sampled_from(["True", "FALSE", "null"]), st.just(NOWHERE)),
    st.builds(Macro, names, st.just(NOWHERE)),
)


def nested(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    operators = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
    here = st.just(NOWHERE)
    arguments = st.lists(st.one_of(inner, st.builds(Omitted, here)), max_size=4).filter(
        lambda found: found[:1] != [Omitted(NOWHERE)] or len(found) > 1
    )
    call = st.builds(Call, names, arguments.map(tuple), here, here)
    comparison = st.builds(Comparison, operators, inner, inner, here, here)
    condition = st.builds(
        lambda left, rest: Call("IIF", (left, *rest), NOWHERE, NOWHERE), comparison, arguments
    )
    return call | condition


trees = st.recursive(leaves, nested, max_leaves=12)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(max_examples=120, deadline=None)
@given(trees)
def test_printer_and_parser_are_inverses(tree: Expression) -> None:
    text = print_expression(tree)
    parsed = parse_expression(text)
    assert [p for p in parsed.problems if p.code not in LENIENT_CODES] == []
    assert equal(parsed.tree, tree)
    assert parsed.tree is not None
    assert print_expression(parsed.tree) == text


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"()[],;\"\\'{}=<>&|+-*/%$.:!#@ \n0a", "\u201c", "\u201d", "\uff08", "\u200b", "AND",
             "[mail]", '"x"', "ToLower(", "//", "/*", "&HZ", "IIF(", "==", "True", "%A%", '\\"']
        )
    ).map("".join)
)  # fmt: skip
def test_any_text_gets_a_tree_and_honest_problems(text: str) -> None:
    parsed = parse_expression(text)
    assert (parsed.tree is None) == (not text.strip())
    errors = [problem for problem in parsed.problems if problem.code not in LENIENT_CODES]
    nodes = [] if parsed.tree is None else list(walk(parsed.tree))
    assert errors or not any(type(node) is Invalid for node in nodes)
    for start, end in [node.span for node in nodes] + [p.span for p in parsed.problems]:
        assert 0 <= start <= end <= len(text)
    assert len({(p.code, p.span) for p in parsed.problems}) == len(parsed.problems)
    assert list(parsed.problems) == sorted(parsed.problems, key=lambda p: p.span)


def test_equal_sees_every_difference_but_places() -> None:
    tree = parse('F([a], "x", G(1))')
    assert equal(tree, parse('F( [a],"x",G( 1))'))
    for other in ('F([b], "x", G(1))', "F([a], [x], G(1))", 'F([a], "x", G(1), )', "[a]"):
        assert not equal(tree, parse(other))


def test_an_invalid_place_has_no_text() -> None:
    with pytest.raises(ValueError, match="the place from 2 to 4"):
        print_expression(Invalid(Span(2, 4)))
