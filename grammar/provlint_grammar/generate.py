"""Write the tables that the parsers and catalogues are run from.

`python -m provlint_grammar.generate` reads the grammars (`*.lark`) and the catalogues (`*.toml`)
of this package and writes Python modules of plain literals beside them. Lark and tomllib are
needed here only. A test fails when a written module differs from what this makes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from pprint import pformat
from typing import TYPE_CHECKING, Any

from provlint_grammar.automaton import ACCEPT, APPEND, ERROR, FIRST_STATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lark import Lark
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

FOLDER = Path(__file__).parent
END = "$END"
ODD = "ODD"
"""The terminal of malformed text. Where a grammar has it, `QUICK_PATTERN` is the master regex with
one character in its place: it compiles in a quarter of the time."""
TABLE_TYPES = {
    "PATTERN": "str",
    "TERMINALS": "tuple[str, ...]",
    "NONTERMINALS": "tuple[str, ...]",
    "RULES": "tuple[tuple[int, int, str], ...]",
    "ACTIONS": "tuple[tuple[int, ...], ...]",
    "GOTOS": "tuple[tuple[int, ...], ...]",
}


class GrammarConflictError(Exception):
    """A grammar is not LALR(1), or its terminals do not suit the master regex."""


def load_grammar(path: Path) -> Lark:
    """Lark's own parser for a grammar: the reference that ours is compared with.

    Raises:
        GrammarConflictError: The grammar has a shift/reduce or reduce/reduce conflict, or
            resolves one by the priority of a rule.
    """
    from lark import Lark
    from lark.exceptions import GrammarError
    from lark.parsers.lalr_analysis import LALR_Analyzer

    try:
        lark = Lark(
            path.read_text(encoding="utf-8"),
            parser="lalr",
            lexer="basic",
            keep_all_tokens=True,
            maybe_placeholders=False,
            propagate_positions=True,
        )
        for rule in lark.rules:
            if rule.options.priority:
                raise GrammarConflictError(f"{path.name}: the rule {rule} has a priority")
        # Lark settles shift/reduce conflicts silently; only its strict analysis refuses them.
        LALR_Analyzer(  # type: ignore[no-untyped-call]
            lark.parser.parser_conf, strict=True
        ).compute_lalr()
    except GrammarError as error:
        raise GrammarConflictError(f"{path.name}: {error}") from error
    return lark


def _sorted_terminals(lark: Lark) -> list[TerminalDef]:
    """In the order in which Lark tries them, the ignored ones left out."""
    return sorted(
        (terminal for terminal in lark.terminals if terminal.name not in lark.ignore_tokens),
        key=lambda t: (-t.priority, -t.pattern.max_width, -len(t.pattern.value), t.name),
    )


def _master_regex(
    lark: Lark, terminals: list[TerminalDef], name: str, odd: str | None = None
) -> str:
    by_name = {terminal.name: terminal for terminal in lark.terminals}
    for terminal in lark.terminals:
        if re.compile(terminal.pattern.to_regexp()).groups:
            raise GrammarConflictError(f"{name}: `{terminal.name}` has a capturing group")
    ignored = "|".join(by_name[token].pattern.to_regexp() for token in lark.ignore_tokens)
    groups = [
        f"({odd if odd and terminal.name == ODD else terminal.pattern.to_regexp()})"
        for terminal in terminals
    ]
    return f"(?:{ignored})*(?:" + "|".join([*groups, r"(\Z)"]) + ")"


def _reducer_name(rule: Rule) -> str:
    name = str(rule.alias or rule.origin.name)
    if not name.startswith("_"):
        return name
    return "+" if rule.expansion and rule.expansion[0] == rule.origin else ""


def parser_tables(path: Path) -> str:
    """The module for one grammar.

    Raises:
        GrammarConflictError: See `load_grammar`.
    """
    lark = load_grammar(path)
    terminals = _sorted_terminals(lark)
    terminal_names = ["", *(terminal.name for terminal in terminals), END]
    terminal_number = {name: number for number, name in enumerate(terminal_names)}
    rules = list(lark.rules)
    nonterminal_names = list(dict.fromkeys(str(rule.origin.name) for rule in rules))
    nonterminal_number = {name: number for number, name in enumerate(nonterminal_names)}
    table = lark.parser.parser._parse_table
    start, end = table.start_states["start"], table.end_states["start"]

    def is_append(target: Any) -> bool:
        """Whether all that can follow is to put the symbol at the end of its list."""
        reduced = {arg for kind, arg in table.states[target].values() if str(kind) == "Reduce"}
        if len(reduced) != 1 or any(str(k) == "Shift" for k, _ in table.states[target].values()):
            return False
        rule = reduced.pop()
        return len(rule.expansion) == 2 and _reducer_name(rule) == "+"

    # Numbers by breadth first search, so that they do not depend on Lark's order.
    number: dict[Any, int] = {start: FIRST_STATE}
    queue = [start]
    for state in queue:
        for symbol in sorted(table.states[state]):
            kind, target = table.states[state][symbol]
            if str(kind) == "Reduce" or target == end or target in number or is_append(target):
                continue
            number[target] = FIRST_STATE + len(queue)
            queue.append(target)

    actions = [[ERROR] * len(terminal_names) for _ in range(FIRST_STATE + len(queue))]
    gotos = [[ERROR] * len(nonterminal_names) for _ in range(FIRST_STATE + len(queue))]
    for state in queue:
        for symbol, (kind, target) in table.states[state].items():
            if str(kind) == "Reduce":
                code = -1 - rules.index(target)
            elif target == end:
                code = ACCEPT
            else:
                code = APPEND if is_append(target) else number[target]
            if symbol in nonterminal_number:
                gotos[number[state]][nonterminal_number[symbol]] = code
            else:
                actions[number[state]][terminal_number[symbol]] = code

    return _module(
        path.name,
        {
            "PATTERN": _master_regex(lark, terminals, path.name),
            **(
                {"QUICK_PATTERN": _master_regex(lark, terminals, path.name, "(?s:.)")}
                if ODD in terminal_names
                else {}
            ),
            "TERMINALS": tuple(terminal_names),
            "NONTERMINALS": tuple(nonterminal_names),
            "RULES": (
                (0, 0, ""),
                *(
                    (nonterminal_number[r.origin.name], len(r.expansion), _reducer_name(r))
                    for r in rules
                ),
            ),
            "ACTIONS": tuple(map(tuple, actions)),
            "GOTOS": tuple(map(tuple, gotos)),
        },
    )


def catalogue_data(path: Path) -> str:
    """The module for one TOML file: each table at the top becomes a constant."""
    import tomllib

    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return _module(path.name, {key.upper(): _plain(value) for key, value in data.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_plain(item) for item in value)
    return value if isinstance(value, str | int | float | bool) else str(value)


def _module(source: str, constants: dict[str, Any]) -> str:
    lines = [f'"""Written by `python -m provlint_grammar.generate` from `{source}`."""', ""]
    for name, value in constants.items():
        annotation = f": {TABLE_TYPES[name]}" if name in TABLE_TYPES else ""
        literal = pformat(value, width=100, compact=True, sort_dicts=False)
        lines.append(f"{name}{annotation} = {literal}")
    return "\n".join(lines) + "\n"


SOURCES: tuple[tuple[str, str, Callable[[Path], str]], ...] = (
    ("expression.lark", "expression_tables.py", parser_tables),
    ("scoping_filter.lark", "scoping_filter_tables.py", parser_tables),
    ("functions.toml", "functions_data.py", catalogue_data),
    ("operators.toml", "operators_data.py", catalogue_data),
)


def outputs() -> Iterator[tuple[Path, str]]:
    """Each module to be written and its text."""
    for source, target, compile_source in SOURCES:
        yield FOLDER / target, compile_source(FOLDER / source)


def main() -> None:
    """Write what has changed, and say so."""
    for source, target, compile_source in SOURCES:
        if not (FOLDER / source).exists():
            sys.stdout.write(f"{source} does not exist\n")
            continue
        text = compile_source(FOLDER / source)
        path = FOLDER / target
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{target} written\n")


if __name__ == "__main__":
    main()
