"""`provlint explain`: rules by their pages, functions and operators from the catalogues."""

import subprocess
import sys

import pytest

from provlint.cli import status
from provlint.cli.markdown import terminal
from provlint.lint import all_rules
from provlint.report.style import Look
from provlint.rule_page import read_page
from provlint_grammar.catalogue import FUNCTIONS
from provlint_grammar.scoping_filter.operators import OPERATORS


@pytest.fixture
def explain(capsys):
    def run(*words, expected=0):
        assert status(["explain", *words]) == expected
        captured = capsys.readouterr()
        return captured.err if expected else captured.out

    return run


@pytest.mark.parametrize("word", ["PL113", "pl113", "unanchored-regex", "Unanchored-Regex"])
def test_a_rule_by_id_or_name_in_any_case(explain, word):
    text = explain(word)
    assert text.startswith("unanchored-regex (PL113)\n\nA regular expression also matches")
    assert "\nWarning in the default profile, since 0.1.0, with fixes.\n" in text
    assert "\nWhy it matters\n" in text
    assert '\n      "operatorName": "REGEX MATCH",\n' in text.replace("        ", "      ")
    assert "```" not in text
    assert "##" not in text


def test_markdown_of_a_rule_is_its_page(explain, rules_by_name):
    page = read_page(rules_by_name["unanchored-regex"]).text
    assert explain("PL113", "--format", "markdown") == page


def test_every_rule_function_and_operator_can_be_explained(explain):
    for rule in all_rules():
        assert explain(rule.info.id).startswith(f"{rule.info.name} ({rule.info.id})\n")
    for name in FUNCTIONS:
        assert explain(name.upper()).startswith(f"{name} (function of expressions)\n")
    for name, operator in OPERATORS.items():
        assert explain(name.lower()).startswith(f"{name} (operator of scoping filters)\n")
        assert operator.source in explain(name)


@pytest.mark.parametrize("word", ["Replace", "Switch", "Now", "LCase", "SelectUniqueValue"])
def test_card_of_a_function(explain, golden, word):
    golden(f"{word}.txt", explain(word))


@pytest.mark.parametrize(("word", "name"), [("!&", "mask"), ("ends with", "ends-with")])
def test_card_of_an_operator(explain, golden, word, name):
    golden(f"{name}.txt", explain(word))


@pytest.mark.parametrize("words", [("regex", "match"), ("REGEX_MATCH",), ("RegexMatch",)])
def test_an_operator_in_any_spelling(explain, words):
    assert explain(*words).startswith("REGEX MATCH (operator of scoping filters)\n")


def test_an_operator_that_does_not_exist(explain):
    title, _, text = explain("starts with").splitlines()
    assert title == "starts with (no operator of scoping filters)"
    assert text.startswith('There is no such operator: write `REGEX MATCH "^…"`')


def test_what_is_two_things_is_printed_twice(explain):
    text = explain("contains")
    assert text.startswith("Contains (function of expressions)\n")
    assert "\ncontains (no operator of scoping filters)\n" in text
    assert "\nIncludes (operator of scoping filters)\n" in text


def test_an_application(explain):
    assert explain("box").startswith("Box (application)\n")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Swich", "Switch"),
        ("unancored-regex", "unanchored-regex"),
        ("REGEXMATC", "REGEX MATCH"),
        ("Slak", "Slack"),
        ("PL199", "PL109"),
    ],
)
def test_unknown_word_with_a_near_one(explain, word, meant):
    assert explain(word, expected=2) == (
        f"error: no rule, function, operator or application is called `{word}`;"
        f" did you mean `{meant}`?\n"
        "  help: list the rules with `provlint rules`\n"
    )


def test_unknown_word_that_is_near_to_nothing(explain):
    assert explain("frobnicate-x", expected=2).splitlines() == [
        "error: no rule, function, operator or application is called `frobnicate-x`",
        "  help: list the rules with `provlint rules`",
    ]


def test_colour_is_for_terminals_and_on_request(explain):
    assert "\x1b[" not in explain("Switch")
    assert "\x1b[1mSwitch (function of expressions)\x1b[0m\n" in explain(
        "Switch", "--color", "always"
    )


@pytest.mark.parametrize("word", ["PL113", "unanchored-regex", "Switch", "REGEX MATCH"])
def test_explaining_imports_no_rule(word):
    """Importing the rules costs more than the whole verb may."""
    code = (
        "import sys; from provlint.cli import status; status(['explain', sys.argv[1]]);"
        "print(*[name for name in sys.modules if name.startswith(('provlint_rules.',"
        " 'provlint.engine', 'provlint.semantics', 'pydantic', 'dataclasses'))], sep='\\n',"
        " file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, word], capture_output=True, text=True, check=True
    )
    assert done.stdout
    assert done.stderr.split() == []


def lay_out(text, width=40):
    return terminal(text, Look(width=width)).splitlines()


def test_paragraphs_are_filled_and_code_is_not_broken():
    assert lay_out("one two three four five six seven `a b c d e f` eight nine ten\n") == [
        "one two three four five six seven",
        "`a b c d e f` eight nine ten",
    ]


def test_lists_hang_and_tables_align():
    text = "- a list item that is longer than the line\n- short\n\n| | |\n| --- | --- |\n"
    assert lay_out(text + "| name | a | b |\n| longer name | c |\n") == [
        "- a list item that is longer than the",
        "  line",
        "- short",
        "",
        "  name         a | b",
        "  longer name  c",
    ]


def test_emphasis_and_links_outside_code_only():
    assert lay_out("the *big* `.*x.*` [page](https://a.example/b), `[a](https://c)`", 90) == [
        'the "big" `.*x.*` page (https://a.example/b), `[a](https://c)`'
    ]


def test_fences_become_indentation_with_a_label():
    text = "```json bad file=a.json\n{\n  # x\n```\n\n```text\nout\n```\n\n```\ncard\n```\n"
    assert lay_out(text) == [
        "wrong (file=a.json)",
        "    {",
        "      # x",
        "",
        "what it prints",
        "    out",
        "",
        "card",
    ]
