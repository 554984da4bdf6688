"""`provlint explain`."""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click

from provlint.cli.exit_status import CLEAN, FAILED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Explainer(NamedTuple):
    """One kind of thing that can be explained.

    Attributes:
        kind: What to call it.
        module: Module with `explain(word)`, which yields Markdown, and `known()`, which yields
            names for a suggestion.
        last_resort: Whether to ask only when the word is nothing else.
        of_own: Whether both functions take, first, where rules of one's own stand
            (`OwnSources`).
    """

    kind: str
    module: str
    last_resort: bool = False
    of_own: bool = False


class OwnSources(NamedTuple):
    """Where rules of one's own stand.

    Attributes:
        files: Files of rules that the command line names.
        config_path: The configuration file that it names.
        use_config: Whether a configuration file counts.
    """

    files: tuple[str, ...] = ()
    config_path: str | None = None
    use_config: bool = True


EXPLAINERS = (
    Explainer("rule", "provlint.cli.explain_rule"),
    Explainer("function", "provlint.cli.explain_function"),
    Explainer("operator", "provlint.cli.explain_operator"),
    Explainer("rule", "provlint.cli.explain_own", last_resort=True, of_own=True),
    Explainer("application", "provlint.cli.explain_application", last_resort=True),
)
"""In the order in which matches are printed. A word may be several things at once."""


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("words", nargs=-1, required=True, metavar="RULE|FUNCTION|OPERATOR|APPLICATION")
@click.option(
    "--rules", "files", multiple=True, metavar="FILE", help="Explain the rules of this file too."
)
@click.option("--config", "config_path", metavar="FILE", help="Use this configuration file.")
@click.option("--no-config", is_flag=True, help="Use no configuration file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "markdown")),
    default="text",
    help="Form of the output.",
)
@click.option(
    "--color",
    "colour",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="Colour the text output.",
)
def command(
    words: tuple[str, ...],
    files: tuple[str, ...],
    config_path: str | None,
    no_config: bool,
    form: str,
    colour: str,
) -> int:
    """Explain a rule, a function of expressions, an operator of scoping filters, an application.

    \b
    provlint explain PL113             a rule by its id
    provlint explain unanchored-regex  ... or by its name
    provlint explain Switch            a function
    provlint explain "REGEX MATCH"     an operator; several words need no quotation marks
    provlint explain Box               what is known of an application
    provlint explain CONTOSO001        a rule of one's own: of --rules, or of the configuration file

    Capitals do not matter. What a word stands for more than once is printed more than once.
    """  # noqa: D301 - click reads the character of `\b`
    word = " ".join(words).strip()
    own = OwnSources(files, config_path, not no_config)
    found: list[str] = []
    for explainer in EXPLAINERS:
        if not (explainer.last_resort and found):
            found += _load(explainer, "explain", own)(word)
    if not found:
        click.echo(f"error: {_unknown(word, own)}", err=True)
        click.echo("  help: list the rules with `provlint rules`", err=True)
        return FAILED
    click.echo(_text(found, form, colour), nl=False, color=True)
    return CLEAN


def _load(explainer: Explainer, name: str, own: OwnSources) -> Callable[..., Iterable[str]]:
    function: Callable[..., Iterable[str]] = getattr(import_module(explainer.module), name)
    return partial(function, own) if explainer.of_own else function


def _text(found: list[str], form: str, colour: str) -> str:
    if form == "markdown":
        return "\n".join(found)
    from provlint.cli.markdown import terminal
    from provlint.report.style import look

    appearance = look(sys.stdout, os.environ, colour)  # type: ignore[arg-type]
    return "\n".join(terminal(page, appearance) for page in found)


def _unknown(word: str, own: OwnSources) -> str:
    from provlint.wording import did_you_mean, quote

    known = [name for explainer in EXPLAINERS for name in _load(explainer, "known", own)()]
    hint = did_you_mean(word, known)
    *kinds, last = dict.fromkeys(explainer.kind for explainer in EXPLAINERS)
    message = f"no {', '.join(kinds)} or {last} is called {quote(word)}"
    return f"{message}; {hint}" if hint else message
