"""Terraform template directives inside a configuration."""

from __future__ import annotations

import re

from provlint.source.problem import SourceProblem, show

_INTERPOLATION = re.compile(r"(?<![$])\$\{[^{}\r\n]{1,500}\}")
_IN_PLAIN_FILES = re.compile(
    r"(?<![$])\$\{~?\s*(?:var|local|module|data|each|path)\.[^{}\r\n]{1,500}\}"
)
_DIRECTIVE = re.compile(r"(?<!%)%\{~?\s*(?:if|else|endif|for|endfor)\b[^}\r\n]{0,500}\}")
_MOST_PLACES = 50


def find_directives(text: str, *, template: bool) -> tuple[SourceProblem, ...]:
    """Return one note about the directives of a text, or nothing.

    `$${` and `%%{` are the escaped forms and stand for themselves.
    Source: https://developer.hashicorp.com/terraform/language/expressions/strings

    Args:
        text: The decoded text.
        template: The file is a template by name. In other files `${` counts only before a word of
            Terraform's, because regular expressions may hold it too.
    """
    interpolations = (_INTERPOLATION if template else _IN_PLAIN_FILES).finditer(text)
    spans = [match.span() for match in interpolations]
    spans += [match.span() for match in _DIRECTIVE.finditer(text)]
    if not spans:
        return ()
    spans.sort()
    start, end = spans[0]
    found = show(text[start:end])
    many = len(spans) > 1
    message = (
        f"{len(spans)} Terraform directives, the first is {found}, are read as text"
        if many
        else f"the Terraform directive {found} is read as text"
    )
    advice = "lint the file that Terraform renders to check what the directives stand for"
    related = tuple(spans[1 : _MOST_PLACES + 1])
    return (
        SourceProblem(
            "template-directive", message, advice, start, end, related=related, level="note"
        ),
    )
