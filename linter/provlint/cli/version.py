"""What `--version --verbose` adds."""

from __future__ import annotations

import platform


def details(language_date: str) -> str:
    """The dates of the facts that this version works with."""
    from provlint_grammar.catalogue import FUNCTIONS
    from provlint_grammar.scoping_filter.operators import OPERATORS
    from provlint_rules import RULES

    rows = (
        ("language", f"as documented by Microsoft on {language_date}"),
        ("functions", str(len(FUNCTIONS))),
        ("operators", str(len(OPERATORS))),
        ("rules", str(len(RULES))),
        ("python", platform.python_version()),
    )
    return "\n".join(f"{name + ':':<11}{value}" for name, value in rows)
