from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from provlint_grammar import generate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("source", [source for source, _, _ in generate.SOURCES])
def test_the_written_module_is_what_the_source_gives(source: str) -> None:
    target, compile_source = {s: (t, c) for s, t, c in generate.SOURCES}[source]
    written = (generate.FOLDER / target).read_text(encoding="utf-8")
    assert written == compile_source(generate.FOLDER / source), (
        f"{target} is out of date: run `python -m provlint_grammar.generate`"
    )


@pytest.mark.parametrize(
    ("grammar", "message"),
    [
        ('start: start "-" start | "x"', "Shift/Reduce"),
        ('start: a | b\na: "x"\nb: "x"', "Reduce/Reduce"),
        ('start: a\na.2: "x"', "has a priority"),
        ("start: A\nA: /(x)y/", "capturing group"),
    ],
)
def test_an_ambiguous_grammar_is_refused(tmp_path: Path, grammar: str, message: str) -> None:
    path = tmp_path / "some.lark"
    path.write_text(grammar, encoding="utf-8")
    with pytest.raises(generate.GrammarConflictError, match=message):
        generate.parser_tables(path)
