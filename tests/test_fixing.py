"""Fixes: minimal, converging, and never a file that is worse than before."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.cli import status
from provlint.fixing import fix
from provlint.lint import Options, default_rules, lint_file
from provlint.source.encoding import encode
from provlint.source.source_file import read_source

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = sorted(
    path
    for path in (EXAMPLES / "mistakes").rglob("*")
    if path.suffix in (".json", ".tftpl") and path.name != "empty.json"
)
OPTIONS = Options(default_rules())


def lint(source):
    return list(lint_file(source, OPTIONS).diagnostics)


def fixable(source, *, unsafe):
    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    return [each for each in lint(source) if each.fix and each.fix.applicability in wanted]


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sample_converges_and_gets_better(path, unsafe):
    before = read_source(path.read_bytes(), path.name)
    fixed = fix(before, lint, unsafe=unsafe)
    after = fixed.source
    assert fixed.complete
    assert not fixable(after, unsafe=unsafe)
    assert fix(after, lint, unsafe=unsafe).applied == 0
    if fixed.applied:
        assert len(lint(after)) < len(lint(before))
    else:
        assert after.text == before.text
    errors = [problem for problem in after.reading.problems if problem.level == "error"]
    assert len(errors) <= len(before.reading.problems)


MAPPING = {
    "targetAttributeName": "displayName",
    "source": {"type": "Function", "name": "ToLower", "expression": ""},
}
EXPRESSIONS = {
    "tolower([mail])": "ToLower([mail])",
    "Append([mail], “x”)": 'Append([mail], "x")',
    "ToLower([mail], , )": "ToLower([mail], )",
    'Replace([a], , "\\d", , "", , )': 'Replace([a], , "\\\\d", , "", , )',
}


@pytest.mark.parametrize(("wrong", "right"), EXPRESSIONS.items())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_expression_changes(wrong, right, encoding, newline):
    mapping = dict(MAPPING, source=dict(MAPPING["source"], expression=wrong))
    text = json.dumps([mapping], indent="\t", ensure_ascii=False).replace("\n", newline)
    bom = encoding != "utf-8"
    source = read_source(encode(text, encoding, bom=bom), "x.json")
    after = fix(source, lint, unsafe=True).source
    expected = text.replace(json.dumps(wrong, ensure_ascii=False), json.dumps(right))
    assert after.text == expected
    assert (after.encoding, after.bom) == (source.encoding, source.bom)


def test_a_stored_parse_tree_makes_a_fix_unsafe():
    source = dict(MAPPING["source"], expression="tolower([mail])")
    tree = [{"key": "source", "value": {"type": "Attribute", "name": "mail"}}]
    text = json.dumps([dict(MAPPING, source=dict(source, parameters=tree))])
    read = read_source(text.encode(), "x.json")
    assert fix(read, lint, unsafe=False).applied == 0
    assert fix(read, lint, unsafe=True).applied == 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(sorted(EXPRESSIONS)), min_size=1, max_size=4), st.booleans())
def test_many_fixes_at_once_change_nothing_else(expressions, ascii_only):
    mappings = [
        dict(MAPPING, source=dict(MAPPING["source"], expression=text), note=f"ø {index}")
        for index, text in enumerate(expressions)
    ]
    text = json.dumps(mappings, ensure_ascii=ascii_only)
    fixed = fix(read_source(text.encode(), "x.json"), lint, unsafe=True)
    assert fixed.complete
    read = json.loads(fixed.source.text)
    assert [each["source"]["expression"] for each in read] == [
        EXPRESSIONS[text] for text in expressions
    ]
    for before, after in zip(mappings, read, strict=True):
        before["source"] = after["source"] = None
        assert before == after


def test_the_command_writes_in_place_and_says_so(tmp_path, capsys):
    path = tmp_path / "x.json"
    text = '[{"targetAttributeName": "a", "source": {"expression": "tolower([mail])",}}]'
    path.write_text(text, encoding="utf-8")
    assert status(["lint", "--diff", str(path)]) == 1
    out = capsys.readouterr().out
    assert "-[{" in out
    assert "ToLower([mail])" in out
    assert path.read_text("utf-8") == text
    status(["lint", "--fix", str(path)])
    assert "applied" in capsys.readouterr().out
    assert path.read_text("utf-8") == text.replace("tolower", "ToLower").replace('",}', '"}')
    assert status(["lint", "--diff", str(path)]) == 0


def test_what_is_silenced_is_not_fixed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "x.json"
    text = '[{"targetAttributeName": "a", "source": {"expression": "tolower([mail])"}}]'
    path.write_text(text, encoding="utf-8")
    (tmp_path / "provlint.toml").write_text(
        '[[suppress]]\nrule = "PL311"\nreason = "as the vendor prints it"\n', encoding="utf-8"
    )
    status(["lint", "--fix", "x.json"])
    assert path.read_text("utf-8") == text


def test_standard_input_cannot_be_fixed(capsys):
    assert status(["lint", "--fix", "-"]) == 2
    assert "use --diff" in capsys.readouterr().err
