"""`provlint rules fields`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from provlint.cli.exit_status import CLEAN, FAILED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.declarative.nouns.noun import Noun
    from provlint.report.style import Look

OPERATORS = "operators"


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("nouns", nargs=-1, metavar="[NOUN]...")
def command(nouns: tuple[str, ...]) -> int:
    """List what rules of one's own may ask about: the nouns, or the fields of some of them.

    \b
    provlint rules fields                    the nouns
    provlint rules fields attributeMapping   the fields of one
    provlint rules fields operators          what fields are compared with
    """  # noqa: D301 - click reads the character of `\b`
    from provlint.declarative.nouns import NOUNS
    from provlint.report.style import look
    from provlint.wording import alternatives, did_you_mean, quote

    appearance = look(sys.stdout, os.environ)
    known = [*NOUNS, OPERATORS]
    folded = {name.casefold(): name for name in known}
    for word in nouns:
        if word.casefold() not in folded:
            hint = did_you_mean(word, known) or f"known are {alternatives(known, 'and')}"
            click.echo(f"error: there is no noun {quote(word)}\n  help: {hint}", err=True)
            return FAILED
    blocks = [_nouns()]
    if nouns:
        names = [folded[word.casefold()] for word in nouns]
        blocks = [_operators() if name == OPERATORS else _fields(NOUNS[name]) for name in names]
    text = "\n".join(_block(title, rows, appearance) for title, rows in blocks)
    click.echo(text, nl=False, color=True)
    return CLEAN


Block = tuple[str, list[tuple[str, str, str]]]


def _nouns() -> Block:
    from provlint.declarative.nouns import NOUNS

    rows = [(noun.name, "", noun.about) for noun in NOUNS.values()]
    rows.append((OPERATORS, "", "no noun: what fields are compared with"))
    return "what a rule may be for", rows


def _fields(noun: Noun) -> Block:
    rows: list[tuple[str, str, str]] = [
        (field.name, field.kind, field.about) for field in noun.fields.values()
    ]
    rows += [(each.example, each.kind, each.about) for each in noun.families]
    rows += [
        (key, "list", f"names of each `{name}` in it; also a condition: `{key}: {{where: …}}`")
        for key, (name, _) in noun.inside.items()
    ]
    return f"fields of {noun.name}, {noun.about}", rows


def _operators() -> Block:
    from provlint.declarative.operators import OPERATORS as TABLE

    rows: list[tuple[str, str, str]] = [
        (operator.name, operator.takes, operator.about) for operator in TABLE.values()
    ]
    return "operators, and what stands after them", rows


def _block(title: str, rows: list[tuple[str, str, str]], look: Look) -> str:
    return "".join(f"{line}\n" for line in (look.paint("message", title), *_rows(rows, look)))


def _rows(rows: list[tuple[str, str, str]], look: Look) -> Iterator[str]:
    first = max(len(name) for name, _, _ in rows)
    second = max(len(kind) for _, kind, _ in rows)
    for name, kind, about in rows:
        middle = f"{kind:<{second}}  " if second else ""
        indent = 2 + first + 2 + len(middle)
        lines = _wrapped(about, max(look.width - indent, 30))
        yield f"  {look.paint('help', name)}{' ' * (first - len(name))}  {middle}{lines[0]}"
        yield from (" " * indent + line for line in lines[1:])


def _wrapped(text: str, room: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if len(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
