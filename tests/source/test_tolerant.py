"""Each defect of a JSON text: its code, the exact text underlined, and what is kept."""

import json

import pytest

from provlint.source import Positions, apply_edits, read_json
from provlint.source.tolerant.wording import WORDING

NOTHING = object()

# text, value that is kept, (code, underlined text) of each problem
DEFECTS = [
    ('{"a": 1,}', {"a": 1}, [("trailing-comma", ",")]),
    ("[1, ]", [1], [("trailing-comma", ",")]),
    (
        "[\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> b\n]",
        [1],
        [("merge-conflict", "<<<<<<< HEAD")],
    ),
    ("[,1]", [1], [("leading-comma", ",")]),
    ("{,}", {}, [("leading-comma", ",")]),
    ("[1,,2]", [1, 2], [("double-comma", ",")]),
    ('{"a": 1 // why\n}', {"a": 1}, [("comment", "// why")]),
    ('{"a": /* b */ 1}', {"a": 1}, [("comment", "/* b */")]),
    ('# top\n{"a": 1}', {"a": 1}, [("comment", "# top")]),
    ('{"a": [...]}', {"a": []}, [("ellipsis", "...")]),
    ('{"metadata": [..], "b": 1}', {"metadata": [], "b": 1}, [("ellipsis", "..")]),
    ('{"a": 1, ...}', {"a": 1}, [("ellipsis", "...")]),
    ("[1, \u2026, 2]", [1, 2], [("ellipsis", "\u2026")]),
    ('{a: 1, "b": 2}', {"a": 1, "b": 2}, [("unquoted-key", "a")]),
    ('{"a": Azure AD, "b": 2}', {"a": "Azure AD", "b": 2}, [("unquoted-string", "Azure AD")]),
    ("{'a': 1}", {"a": 1}, [("single-quotes", "'a'")]),
    ('{"a": \u201cx\u201d}', {"a": "x"}, [("typographic-quotes", "\u201cx\u201d")]),
    ('{"a": "x\u201d}', {"a": "x"}, [("typographic-quotes", '"x\u201d')]),
    ('{"a": True}', {"a": True}, [("foreign-literal", "True")]),
    ('{"a": None}', {"a": None}, [("foreign-literal", "None")]),
    ('{"a": $false}', {"a": False}, [("foreign-literal", "$false")]),
    ('{"a": undefined}', {"a": None}, [("foreign-literal", "undefined")]),
    ('{"a": NaN}', {"a": None}, [("foreign-literal", "NaN")]),
    ('{"a": -Infinity}', {"a": None}, [("foreign-literal", "-Infinity")]),
    ('{"a": 007}', {"a": 7}, [("bad-number", "007")]),
    ('{"a": 0x1F}', {"a": 31}, [("bad-number", "0x1F")]),
    ('{"a": .5}', {"a": 0.5}, [("bad-number", ".5")]),
    ('{"a": +1}', {"a": 1}, [("bad-number", "+1")]),
    ('{"a": 1_000}', {"a": 1000}, [("bad-number", "1_000")]),
    ('{"a": 1 "b": 2}', {"a": 1, "b": 2}, [("missing-comma", '"b"')]),
    ("[{} {}]", [{}, {}], [("missing-comma", "{")]),
    ('["a" "b"]', ["a", "b"], [("missing-comma", '"b"')]),
    ('{"a" 1}', {"a": 1}, [("missing-colon", "1")]),
    ('{"a" = 1}', {"a": 1}, [("missing-colon", "=")]),
    ('{"a":, "b": 1}', {"b": 1}, [("missing-value", '"a"')]),
    ('{"a"}', {}, [("missing-value", '"a"')]),
    ('{"a": 1; "b": 2}', {"a": 1, "b": 2}, [("wrong-separator", ";")]),
    ('{"a": "x\ty"}', {"a": "x\ty"}, [("control-character", "\t")]),
    ('{"a": "x\ny"}', {"a": "x\ny"}, [("newline-in-string", '"x')]),
    ('{"a": "x\n,"b": 1}', NOTHING, [("unclosed-string", '"x')]),
    ('{"a": "x,\n "b": 1}', {"a": "x", "b": 1}, [("unclosed-string", '"x')]),
    ('{"a": "\\d"}', {"a": "\\d"}, [("bad-escape", "\\d")]),
    ('{"a": "\\u12"}', {"a": "\\u12"}, [("bad-escape", "\\u")]),
    ('{"a": "x\\ud800y"}', {"a": "x\ufffdy"}, [("lone-surrogate", "\\ud800")]),
    (
        '{"e": "Join("a", [b], "c")", "x": 1}',
        {"e": 'Join("a", [b], "c")', "x": 1},
        [("unescaped-quote", '"a", [b], "c"')],
    ),
    ('{"e": "say "hi" now"}', {"e": 'say "hi" now'}, [("unescaped-quote", '"hi"')]),
    ('{"a: 1, "b": 2}', {"a": 1, "b": 2}, [("unclosed-string", '"a')]),
    ('{"a: "x", "b": 2}', {"a": "x", "b": 2}, [("unclosed-string", '"a')]),
    ('{"a: 1,\n"b": 2}', {"a": 1, "b": 2}, [("unclosed-string", '"a')]),
    (
        '{a": 1, "b": c d"}',
        {"a": 1, "b": "c d"},
        [("unopened-string", 'a"'), ("unopened-string", 'c d"')],
    ),
    ('{"a": ], "b": 2}', {"a": [], "b": 2}, [("stray-bracket", "]")]),
    ("[1, 2", [1, 2], [("unclosed-array", "[")]),
    ('[{"a": 1, {"b": 2}]', [{"a": 1}, {"b": 2}], [("unclosed-object", "{")]),
    ('{"a": [1, 2, "b": 3}', {"a": [1, 2], "b": 3}, [("unclosed-array", "[")]),
    ('{"a": [{"b": "c', {"a": [{"b": "c"}]}, [("unclosed-string", '"c'), ("truncated-file", '"c')]),
    ('{"a": [1}}', {"a": [1]}, [("unclosed-array", "["), ("stray-bracket", "}")]),
    ('{\n  "a": [\n    1\n  }\n}', {"a": [1]}, [("wrong-bracket", "}")]),
    ('{"a": 1}}', {"a": 1}, [("stray-bracket", "}")]),
    ('["a": 1]', [1], [("member-in-array", '"a"')]),
    ('{{"a": 1}}', {}, [("missing-key", "{")]),
    ('{"a": 1} {"b": 2}', [{"a": 1}, {"b": 2}], [("several-documents", "{")]),
    ('{"a": 1} done', {"a": 1}, [("text-after-json", "done")]),
    (
        '```json\n{"a": 1}\n```',
        {"a": 1},
        [("text-before-json", "```json"), ("text-after-json", "```")],
    ),
    ('PS C:\\> Get-It\n{"a": 1}', {"a": 1}, [("text-before-json", "PS C:\\> Get-It")]),
    ('{"a": @{x=1; y=2}}', {"a": "@{x=1; y=2}"}, [("powershell-object", "@{x=1; y=2}")]),
    ('{"a": ${tenant}}', {"a": "${tenant}"}, [("directive-outside-string", "${tenant}")]),
    ('{"a":\u00a01}', {"a": 1}, [("invisible-character", "\u00a0")]),
    ('{"a": 1 ! }', {"a": 1}, [("unexpected-text", "!")]),
    ("", None, [("empty-file", "")]),
    (" \r\n", None, [("empty-file", "")]),
    ("<html></html>", None, [("not-json", "<html></html>")]),
    ("Id : x\nName : y", None, [("not-json", "Id : x")]),
]


@pytest.mark.parametrize(("text", "value", "expected"), DEFECTS, ids=[d[0] for d in DEFECTS])
def test_defect(text, value, expected):
    reading = read_json(text)
    assert [(p.code, text[p.start : p.end]) for p in reading.problems] == expected
    if value is not NOTHING:
        assert reading.value == value
    with pytest.raises(ValueError, match=r".*") if "ud800" not in text else _nothing():
        json.loads(text, parse_constant=_refuse)


def _refuse(name):
    raise ValueError(name)


class _nothing:  # noqa: N801
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


def test_every_code_has_a_case():
    shown = {code for _, _, problems in DEFECTS for code, _ in problems}
    assert set(WORDING) - shown == {"duplicate-key", "nested-too-deeply"}


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("[1,]", "a comma is not allowed before `]`", "remove the comma"),
        ('{"a": 1 "b": 2}', 'a comma is missing before `"b"`', "put `,` after `1`"),
        ('{"a" 1}', "a colon is missing between the key `a` and `1`", "put `:` after the key"),
        ("{a: 1}", "the key `a` is not in double quotes", 'write `"a"`'),
        ('{"a": None}', "`None` is not a value of JSON", "write `null`"),
        ('{"a": 010}', "`010` is not a number of JSON", "write `10`"),
        ('{"a": "b\tc"}', "a string holds a raw tab", "write `\\t` in the string"),
        (
            '{"a": [{"b": 1',
            "the file ends inside 3 brackets that are still open",
            "export the file again, the end is missing",
        ),
        (
            "```json\n[]",
            'text stands before the JSON: "```json"',
            "remove what does not belong to the JSON",
        ),
        (
            "Id : x\nName : y",
            "this is not JSON: it begins with `Id : x`, as a PowerShell list does",
            "export it with `ConvertTo-Json -Depth 100`, not as displayed on the screen",
        ),
    ],
)
def test_what_is_said(text, message, advice):
    problem = read_json(text).problems[0]
    assert (problem.message, problem.help) == (message, advice)


def test_messages_follow_the_law():
    for message, advice in WORDING.values():
        for sentence in (message, advice):
            assert not sentence.endswith(".")
            assert sentence[0] in "`{" or sentence[0].islower() or sentence.startswith("JSON")


def test_several_defects_come_in_order_with_their_pointers():
    text = '{"directories": [ ,{"name": "x",}], "rules": [..],}'
    problems = read_json(text).problems
    assert [(p.code, p.pointer) for p in problems] == [
        ("leading-comma", "/directories"),
        ("trailing-comma", "/directories/0"),
        ("ellipsis", "/rules"),
        ("trailing-comma", ""),
    ]


def test_duplicate_keys_name_both_places():
    text = '{"o": {"a": 1, "b": 2, "\\u0061": 3}}'
    reading = read_json(text)
    assert reading.problems == ()
    assert reading.value == {"o": {"a": 3, "b": 2}}
    [duplicate] = reading.duplicates
    assert text[duplicate.start : duplicate.end] == '"\\u0061"'
    assert [text[start:end] for start, end in duplicate.related] == ['"a"']
    assert duplicate.pointer == "/o"
    assert duplicate.message == "the key `a` stands twice in one object, the last one counts"


def test_nesting_is_bounded():
    for count in (201, 5_000, 200_000):
        for text in ("[" * count + "]" * count, '{"a":' * count + "1" + "}" * count):
            codes = [problem.code for problem in read_json(text).problems]
            assert codes == ["nested-too-deeply"]
    assert read_json("[" * 200 + "]" * 200).problems == ()


def test_numbers_of_any_length_are_read():
    assert [p.code for p in read_json(f'{{"a": {"9" * 5000}}}').problems] == ["bad-number"]


def test_many_defects_are_counted_not_listed():
    problems = read_json("[" + "'a', " * 60 + "1]").problems
    assert [p.code for p in problems].count("single-quotes") == 25
    assert problems[-1].code == "more-problems"
    assert problems[-1].message == (
        "35 more defects of this file are not listed, most of them `single-quotes`"
    )


def test_jsonc_and_templates_accept_their_own():
    assert read_json('{"a": 1, /* b */ }', dialect="jsonc").problems == ()
    template = '{"a": [%{ for x in xs }\n${x}%{ if !last }, %{ endif }%{ endfor }]}'
    assert read_json(template, dialect="template").problems == ()


@pytest.mark.parametrize(
    "text",
    ["[1,]", "[1,,2]", '{"a": 1 "b": 2}', '{"a" 1}', "{a: 1}", "{'a': 'it\\'s \"x\"'}", "[True]",
     "[0x1F, 01, .5, +2]", '["x\ty"]', '["\\d"]', '["Join("a", "b")"]', '["x]', "[1 // c\n]",
     '{"a": \u201cx\u201d}', '{"a"=1;"b"=2}'],
)  # fmt: skip
def test_edits_repair_without_loss(text):
    reading = read_json(text)
    edits = [edit for problem in reading.problems for edit in problem.edits]
    assert edits
    repaired = apply_edits(text, edits)
    value = reading.value
    assert (
        json.loads(repaired + ("]" if repaired.startswith("[") and "]" not in repaired else ""))
        == value
    )


def test_places_of_a_broken_text():
    text = '{a: \'it\\\'s [x]\', "b": [..,{"c": "S("q")"},]}'
    places = Positions(text, read_json(text).root)
    assert text[slice(*places.key("/a"))] == "a"
    assert text[slice(*places.value("/a"))] == "'it\\'s [x]'"
    assert text[slice(*places.string_range("/a", 2, 4))] == "\\'s"
    assert text[slice(*places.value("/b/0"))] == '{"c": "S("q")"}'
    assert text[slice(*places.string_range("/b/0/c", 2, 5))] == '"q"'
