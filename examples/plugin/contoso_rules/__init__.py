"""Rules of Contoso for provlint; the entry point in pyproject.toml names `RULES`."""

from contoso_rules import applications, names

API_VERSION = 1
"""The version of `provlint.rule` that these rules are written for."""

RULES = (*applications.RULES, *names.RULES)
