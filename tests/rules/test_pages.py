"""Every rule has a page, and what the page prints is what provlint prints.

`--update-golden` writes the printed output of the bad examples into the pages.
"""

import re

import pytest

from provlint.diagnostic import WARNING
from provlint.lint import all_rules
from provlint.rule_page import HEADINGS, facts_of, page_path, read_page
from provlint.source.lines import LineIndex

RULES = sorted(all_rules(), key=lambda rule: rule.info.id)
NEEDS = {"target": "targets"}
"""Input block to the need that it meets, where they differ."""

LINK = re.compile(r"\]\((https://[^)\s]+)\)")


@pytest.fixture(params=RULES, ids=lambda rule: f"{rule.info.id}-{rule.info.name}")
def rule(request):
    return request.param


def write(rule, text):
    with open(page_path(rule), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def test_head_is_that_of_the_rule(rule, request):
    info = rule.info
    head = f"# {info.name} ({info.id})\n\n{info.summary}.\n\n{facts_of(info)}\n\n"
    page = read_page(rule)
    if request.config.getoption("--update-golden") and not page.text.startswith(head):
        _, heading, rest = page.text.partition(f"## {HEADINGS[0]}\n")
        write(rule, head + heading + rest)
        page = read_page(rule)
    assert (page.name, page.id) == (info.name, info.id)
    assert (page.summary, page.facts) == (f"{info.summary}.", facts_of(info))
    assert page.text.startswith(head)


def test_source_is_linked(rule):
    section = read_page(rule).sections["Source"]
    assert LINK.findall(section)[:1] == [rule.info.source]


def test_pages_are_short(rule):
    assert 16 <= read_page(rule).text.count("\n") <= 120


def test_example_has_three_blocks(rule):
    page = read_page(rule)
    blocks = page.example
    kinds = [(block.language == "text", block.verdict) for block in blocks]
    assert kinds == [(False, "bad"), (True, ""), (False, "good")]
    example = page.sections["Example"]
    assert all(block.text in example for block in page.blocks)
    between = page.text[blocks[0].end : blocks[1].start]
    assert between == "```\n\n```text\n"


def test_inputs_are_those_that_the_rule_needs(rule):
    for side in ("bad", "good"):
        inputs = read_page(rule).inputs(side)
        given = {NEEDS.get(block.verdict, block.verdict) for block in inputs}
        assert set(rule.info.needs) - {"configuration"} <= given | {"job"}


def test_bad_example_prints_its_output(rule, lint, show, request):
    page = read_page(rule)
    bad, output, _ = page.example
    result = lint(bad, (rule,), page.inputs("bad"))
    assert result.diagnostics, "the bad example gives no finding"
    assert {found.rule for found in result.diagnostics} == {rule.info.id}
    expected = show(result)
    if request.config.getoption("--update-golden"):
        write(rule, page.text[: output.start] + expected + page.text[output.end :])
        output = read_page(rule).example[1]
    assert output.text == expected


def test_good_example_is_clean(rule, lint):
    page = read_page(rule)
    good = page.example[2]
    assert lint(good, (rule,), page.inputs("good")).diagnostics == ()
    others = [
        f"{found.rule} {found.message}"
        for found in lint(good, None, page.inputs("good")).diagnostics
        if found.severity >= WARNING
    ]
    assert others == []


def test_fixes_remove_what_they_are_offered_for(rule, lint):
    page = read_page(rule)
    bad = page.example[0]
    before = lint(bad, (rule,), page.inputs("bad")).diagnostics
    for found in before:
        if found.fix is None:
            continue
        assert found.fix.edits
        fixed = edited(bad.source, found.fix.edits)
        changed = bad._replace(text=fixed, options=without_repeat(bad))
        again = lint(changed, (rule,), page.inputs("bad")).diagnostics
        assert len(again) < len(before), f"{found.fix.title} leads to {fixed}"


def without_repeat(block):
    return {key: value for key, value in block.options.items() if key != "repeat"}


def edited(text, edits):
    lines = LineIndex(text)
    places = [(lines.offset(*edit.range.start), lines.offset(*edit.range.end)) for edit in edits]
    for (start, end), edit in sorted(zip(places, edits, strict=True), reverse=True):
        text = text[:start] + edit.text + text[end:]
    return text
