"""The message law, over every finding of the pages and of the examples.

Lower case, no final period, no line breaks, balanced back-ticks, and a help with every message.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from provlint.lint import Options, all_rules, default_rules, lint_file
from provlint.rule_page import read_page
from provlint.source.source_file import read_source

RULES = all_rules()
EXAMPLES = Path(__file__).parent.parent.parent / "examples"
SUFFIXES = (".json", ".yaml", ".yml", ".tftpl")
FILES = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in SUFFIXES)
# Names that begin a message or a help with a capital: products and formats.
NAMES = re.compile(
    r"(?:JSON|YAML|ConvertTo-Json|Entra|Microsoft|PowerShell|Terraform|UTF-\d+|Windows|Workday"
    r"|Excel|Active Directory|SuccessFactors|SCIM|Connect)\b"
)


def faults(text):
    """What is wrong with a message, a help, or the title of a fix."""
    outside = re.sub(r"`` .+? ``|`[^`]*`", "_", text)
    if not text.strip() or text != text.strip():
        yield "is empty or padded"
    if "\n" in text or "\r" in text:
        yield "has a line break"
    if "`" in outside:
        yield "has an odd back-tick"
    if re.match(r"[A-Z]", text) and not NAMES.match(text):
        yield "begins with a capital"
    if outside.endswith("."):
        yield "ends with a period"
    if "  " in outside:
        yield "has two blanks in a row"


def faults_of(found):
    texts = [("message", found.message), ("help", found.help)]
    texts += [("related", related.message) for related in found.related]
    if found.fix is not None:
        texts.append(("fix", found.fix.title))
    return [
        f"{found.rule} {kind} {fault}: {text}" for kind, text in texts for fault in faults(text)
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.id)
def test_messages_of_pages(rule, lint):
    page = read_page(rule)
    bad = page.example[0]
    found = [
        *lint(bad, (rule,), page.inputs("bad")).diagnostics,
        *lint(bad, None, page.inputs("bad")).diagnostics,
    ]
    assert found
    assert [fault for each in found for fault in faults_of(each)] == []


@cache
def findings_in(path):
    source = read_source(path.read_bytes(), path.name)
    return lint_file(source, Options(default_rules("strict"))).diagnostics


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_messages_of_examples(path):
    assert [fault for each in findings_in(path) for fault in faults_of(each)] == []


def test_fixable_is_said_of_rules_with_fixes_only(lint):
    offered = set()
    for rule in RULES:
        page = read_page(rule)
        found = lint(page.example[0], None, page.inputs("bad")).diagnostics
        offered |= {each.rule for each in found if each.fix}
    for path in FILES:
        offered |= {found.rule for found in findings_in(path) if found.fix is not None}
    assert offered == {rule.info.id for rule in RULES if rule.info.fixable}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "is empty or padded"),
        ("a\nb", "has a line break"),
        ("the `a is odd", "has an odd back-tick"),
        ("Wrong", "begins with a capital"),
        ("ends here.", "ends with a period"),
        ("two  blanks", "has two blanks in a row"),
    ],
)
def test_the_law_is_enforced(text, fault):
    assert fault in list(faults(text))
