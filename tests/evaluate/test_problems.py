"""Why an expression has no value: message, help, and the characters at fault."""

import pytest

from provlint.evaluation import evaluate

CASES = [
    ("CDate([a])", {"a": "soon"}, "[a]",
     'found "soon"; expected a date such as `2025-03-16` or `3/16/2025 7:00:00 AM`',
     "correct the value, or read it by `FormatDateTime` with its own format"),
    ('DateDiff("d", Now(), CDate([a]))', {}, "[a]",
     "found no value; expected a date",
     'guard it: `Switch(source, source, "", "9999-12-31")`'),
    ('DateAdd("D", 1, Now())', {}, '"D"',
     'the interval is "D"; expected one of yyyy, m, d, ww, h, n, s',
     "write `m` for months, `n` for minutes"),
    ('Append("x", Left([a], [b]))', {"a": "y", "b": "z"}, "[b]",
     'found "z"; expected a whole number', "give a number, or a text of digits"),
    ("Left([a], 4294967296)", {"a": "y"}, "4294967296",
     "the number 4294967296 does not fit in 32 bits", "give a smaller number"),
    ('Append([a], "x")', {"a": ["1", "2"]}, "[a]",
     "found a list of 2 values; expected a single one",
     "take one by `Item`, or put them together by `Join`"),
    ("Item([a], 3)", {"a": ["1", "2"]}, "3",
     "there is no value number 3: the list has 2",
     "take a smaller number, or make sure that there are enough values"),
    ('Replace([a], , "a\\\\d[z-a]", , "", , )', {"a": "y"}, "a",
     "the pattern is not valid in .NET: a range in a character class is in reverse order",
     "put the lower end first, or write a literal `-` as `\\-`"),
    ('Replace([a], , "(?<n>x)", "m", "", , )', {"a": "y"}, '"m"',
     'the pattern has no group "m"', "name a group of the pattern so: `(?<m>...)`"),
    ('Replace([a], , "x", "n", , , )', {"a": "y"}, 'Replace([a], , "x", "n", , , )',
     "`Replace` has regexPattern and regexGroupName; no page says what that gives",
     "give oldValue and replacementValue, oldValue and template, or regexPattern and"
     " replacementValue, and leave the other places empty"),
    ("Right([a], 3)", {"a": "y"}, "Right",
     "`Right` cannot be evaluated: it belongs to Connect sync rules",
     'write Replace(text, , "^.*?(?<t>.{0,n})$", , "${t}", , )'),
    ("Concat([a], [b])", {}, "Concat",
     "`Concat` cannot be evaluated: no such function is known", "did you mean `Join`?"),
    ("Append([a])", {}, "Append([a])", "`Append` has 1 argument; expected 2",
     'write it like `Append([mailNickname], "@contoso.com")`'),
    ('Switch([a], "d", "k")', {}, 'Switch([a], "d", "k")',
     "`Switch` has 3 arguments; expected at least 4, in pairs",
     'write it like `Switch([region], "UTC", "W", "Europe/Oslo", "E", "Europe/Riga")`'),
    ('Append( , "x")', {}, " ", "`Append` has no source; expected a value in this place",
     "give the source"),
    ('Append(%Other%, "x")', {}, "%Other%", "the job variable `%Other%` has no value here",
     "give it: `--macro Other=contoso.com`"),
    ("ToLower([a])", {"a": {}}, "[a]",
     "the input of `[a]` is a value of type `dict`; expected a text, a number, a truth value or a"
     " list of them", "give the value as text"),
    ('ToLower([a], "not a culture")', {"a": "x"}, 'ToLower([a], "not a culture")',
     ".NET refuses it: Culture is not supported", "correct the value"),
    ('IIF([a], "x", "y")', {"a": "maybe"}, "[a]",
     'the condition is "maybe"; expected True or False',
     "compare the value, or ask for it by `IsPresent`"),
    ('Error("no name")', {}, 'Error("no name")', 'the expression stops here by `Error`: "no name"',
     "do what the message says"),
    ("StringFromSid([a])", {"a": "x"}, "StringFromSid([a])",
     "`StringFromSid` cannot be evaluated: binary values are not modelled",
     "give the text of the identifier as the input of the attribute around it"),
    ('ConvertFromBase64([a], "UTF7")', {"a": "SGk="}, '"UTF7"',
     'found the encoding "UTF7"; expected `Unicode`, `ASCII` or `UTF8`',
     "write one of the three names"),
    ('ConvertFromBase64([a], "ASCII")', {"a": "w6k="}, 'ConvertFromBase64([a], "ASCII")',
     "cannot be evaluated: provlint does not reproduce bytes above 127 read as ASCII",
     "ask the expression builder of the portal"),
    ("NumFromDate([a])", {"a": "12/31/9999"}, "[a]",
     'found "12/31/9999"; expected an ISO 8601 date such as `2025-12-31 23:59:59-08:00`',
     "bring it into that form by `FormatDateTime`"),
    ('FormatDateTime([a], , "yyyy-MM-dd", "yyyy")', {"a": "1.2.2025"}, "[a]",
     'found "1.2.2025"; expected a date in the form `yyyy-MM-dd`',
     "make the inputFormat fit the value; case and blanks count"),
    ("RandomString(300, 0, 0, 0, 0)", {}, "300", "the length is 300; expected 1 to 256",
     "give another length"),
    ('Append([a] [b])', {}, "[b]", "a comma or `)` is missing before `[b]`",
     "separate arguments by commas"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "inputs", "underlined", "message", "hint"),
    CASES,
    ids=[case[0] for case in CASES],
)
def test_problem(expression, inputs, underlined, message, hint):
    found = evaluate(expression, inputs)
    assert found.outcome == "error"
    start, end = found.problem.span
    assert (expression[start:end], found.problem.message, found.problem.help) == (
        underlined,
        message,
        hint,
    )


def test_the_character_of_a_pattern_is_underlined_through_escapes():
    text = 'Replace([a], , "a\\\\d[z-a]", , "", , )'
    start, end = evaluate(text, {"a": "y"}).problem.span
    assert (start, end) == (text.index("-a]") + 1, text.index("-a]") + 2)


def test_escrow_says_so():
    found = evaluate('SelectUniqueValue("a", "b")', {}, taken=["A", "b"])
    assert found.outcome == "escrow"
    assert found.problem.message == (
        "all 2 values are in use or empty; the entry is held in escrow"
    )


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_expression_is_an_error(text):
    found = evaluate(text, {})
    assert found.outcome == "error"
    assert found.problem.message.startswith("the expression is empty")
