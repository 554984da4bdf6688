import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.source import Positions, read_json
from provlint.source.yaml_text import read_yaml

TEXT = """\
synchronizationRules:
  - name: "x \\u0041 \U0001f600y"
    single: 'it''s [x]'
    literal: |
      Switch([a],
        "b")
    folded: >-
      one two
      three
    plain: Join(" ", [a])
"""


def test_words_stay_text():
    text = "a: yes\nb: NO\nc: 2024-01-01\nd: 1:30\ne: on\nf: '1'\ng: \"true\"\nh: 1_000\n"
    assert read_yaml(text).value == {
        "a": "yes", "b": "NO", "c": "2024-01-01", "d": "1:30", "e": "on", "f": "1", "g": "true",
        "h": "1_000",
    }  # fmt: skip


def test_values_of_the_core_schema():
    text = "[1, -2, 0x1F, 0o17, 1.5, .5, 1e3, true, False, null, ~, ]"
    assert read_yaml(text).value == [1, -2, 31, 15, 1.5, 0.5, 1000.0, True, False, None, None]
    assert read_yaml("[!!str 1, !!int '2', !!float 3, ! x]").value == ["1", 2, 3, "x"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("key", "part", "written"),
    [("name", "A", "\\u0041"), ("name", "y", "y"), ("name", "\U0001f600", "\U0001f600"),
     ("single", "'s [x]", "''s [x]"), ("single", "[x]", "[x]"), ("literal", "[a]", "[a]"),
     ("literal", '"b"', '"b"'), ("folded", "two", "two"), ("folded", "three", "three"),
     ("plain", "[a]", "[a]")],
)  # fmt: skip
def test_ranges_inside_scalars(newline, key, part, written):
    text = TEXT.replace("\n", newline)
    reading = read_yaml(text)
    pointer = f"/synchronizationRules/0/{key}"
    at = reading.value["synchronizationRules"][0][key].index(part)
    span = Positions(text, reading.root).string_range(pointer, at, at + len(part))
    assert text[span.start : span.end] == written


def test_keys_and_values_have_places():
    places = Positions(TEXT, read_yaml(TEXT).root)
    assert TEXT[slice(*places.key("/synchronizationRules"))] == "synchronizationRules"
    assert TEXT[slice(*places.value("/synchronizationRules/0/single"))] == "'it''s [x]'"
    assert TEXT[slice(*places.value("/synchronizationRules/0/plain"))] == 'Join(" ", [a])'


@settings(deadline=None, max_examples=80)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers()
        | st.text(st.characters(categories=["L", "Nd", "Zs"])),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab:'\"\\", max_size=3), inner, max_size=3),
    )
)  # fmt: skip
def test_json_is_yaml(value):
    text = json.dumps(value, indent=1, ensure_ascii=False)
    assert read_yaml(text).value == read_json(text).value == value


def test_aliases_and_merges():
    text = "a: &x {k: 1, m: 2}\nb: *x\nc:\n  <<: *x\n  m: 3\n"
    reading = read_yaml(text)
    assert reading.value == {"a": {"k": 1, "m": 2}, "b": {"k": 1, "m": 2}, "c": {"k": 1, "m": 3}}
    places = Positions(text, reading.root)
    assert text[slice(*places.key("/b/k"))] == "k"
    assert places.key("/c/k") == places.key("/a/k")


def test_aliases_are_bounded():
    lines = ["a0: &a0 [1,1,1,1,1,1,1,1,1,1]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    problems = read_yaml("\n".join(lines)).problems
    assert [problem.code for problem in problems] == ["yaml-aliases"]
    assert problems[0].help == "write the values out, or use fewer aliases of aliases"
    assert [problem.code for problem in read_yaml("&a [*a]").problems] == ["yaml-alias"]


def test_nesting_is_bounded():
    for text in ("[" * 5000, "- " * 3000, "{a: " * 400):
        assert [problem.code for problem in read_yaml(text).problems] == ["nested-too-deeply"]


def test_tags_are_not_executed():
    text = 'a: !!python/object/apply:os.system ["exit 1"]'
    reading = read_yaml(text)
    assert reading.value == {"a": ["exit 1"]}
    [problem] = reading.problems
    assert text[problem.start : problem.end] == "!!python/object/apply:os.system"
    assert problem.help == "remove the tag, tags are never executed"


@pytest.mark.parametrize(
    ("text", "underlined", "message", "value"),
    [
        ("a:\n\tb: 1\n", "\t", "a tab stands where YAML wants blanks", {}),
        ("a: b: c\n", ":", "a second `:` stands in one line", {"a": "b"}),
        ("x: 1\na: @b\n", "@", "a text begins with `@`", {"x": 1}),
        ("x: \u00e9\na: \x07\n", "\x07", "the file holds a control character", {"x": "\u00e9"}),
        ('a: "b\n', "", "a quoted text has no closing quote", {}),
    ],
)
def test_defects(text, underlined, message, value):
    reading = read_yaml(text)
    [problem] = reading.problems
    assert (text[problem.start : problem.end], problem.message) == (underlined, message)
    if "\x07" not in text:
        assert reading.value == value


def test_equal_keys_and_several_documents():
    text = "a: 1\na: 2\n"
    [duplicate] = read_yaml(text).duplicates
    assert (duplicate.start, duplicate.related) == (5, ((0, 1),))
    assert read_yaml("---\na: 1\n---\nb: 2\n").value == [{"a": 1}, {"b": 2}]
    assert [problem.code for problem in read_yaml("# nothing\n").problems] == ["empty-file"]
