"""Lint a text, an expression or a file: from bytes to concrete diagnostics.

This is the Python interface: `lint_text` and `lint_expression` give a caller what the command
gives an administrator.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from provlint.engine import Ruleset, check, check_expression, concrete, ruleset, with_severities
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Protocol

    from provlint.diagnostic import Diagnostic, Severity
    from provlint.model.tree import Document
    from provlint.rule import Rule
    from provlint.semantics.configuration import ConfigurationUnit, ExpressionUnit, Fact
    from provlint.semantics.evidence import Evidence, Question
    from provlint.source.lines import LineIndex
    from provlint.source.source_file import SourceFile

    class Inputs(Protocol):
        """Users, targets, assignments, groups, secrets and jobs that were given beside files."""

        def with_job(self, document: Document) -> Document:
            """The document with the job that was given, where it has none of its own."""

        def gather(
            self, configuration: ConfigurationUnit, questions: Iterable[Question[Any]], file: str
        ) -> Evidence:
            """The answers to what rules ask."""

        def told(self) -> list[str]:
            """What the user should know of the inputs."""


EXPRESSION_NAME = "<expression>"
TEXT_NAME = "<text>"
UNRECOGNISED = "unrecognised-file"
"""Name of the rule that a text holds no configuration."""


class Options(NamedTuple):
    """What is the same for every file of a run.

    Attributes:
        rules: The rules that run.
        severities: The user's severities by rule id.
        application: Name of the application, where the user gave one.
        dialect: Dialect of the expressions, where the user gave one.
        hidden: Ids of rules whose findings are counted and not shown.
        inputs: What the user gave beside the files, if anything.
        waiting: Rules that the user named and that lack an input.
        facts: What the configuration file says of the organization.
    """

    rules: Ruleset
    severities: Mapping[str, Severity] = MappingProxyType({})
    application: str = ""
    dialect: str | None = None
    hidden: frozenset[str] = frozenset()
    inputs: Inputs | None = None
    waiting: tuple[Rule, ...] = ()
    facts: Mapping[str, Fact] = MappingProxyType({})


class Linted(NamedTuple):
    """The outcome for one text.

    Attributes:
        recognised: Whether the text holds a provisioning configuration or a part of one.
        shape: Name of the shape, as in `provlint.model.tree.Document`.
        diagnostics: Sorted, with lines and columns.
        hidden: How many findings are counted and not shown.
    """

    recognised: bool
    shape: str
    diagnostics: tuple[Diagnostic, ...]
    hidden: int = 0


def core_rules() -> tuple[Rule, ...]:
    """The rules that ship with provlint and need nothing but a configuration."""
    from provlint_rules import RULES

    return RULES


def all_rules() -> tuple[Rule, ...]:
    """All rules that ship with provlint, those that need other inputs included."""
    from provlint_rules import INPUT_RULES, RULES

    return (*RULES, *INPUT_RULES)


_DEFAULT: list[Ruleset] = []


def default_rules(profile: str = "default") -> Ruleset:
    """The core rules of a profile."""
    if profile == "default":
        if not _DEFAULT:
            _DEFAULT.append(_profile("default"))
        return _DEFAULT[0]
    return _profile(profile)


def _profile(profile: str) -> Ruleset:
    from provlint.selection import Selection, choose

    return ruleset(choose(core_rules(), Selection(profile)))


def lint_text(
    text: str,
    *,
    name: str = TEXT_NAME,
    application: str = "",
    dialect: str | None = None,
    profile: str = "default",
) -> list[Diagnostic]:
    """Lint the text of a configuration: JSON or YAML in any shape that people keep.

    Args:
        text: The decoded text.
        name: What to call it in the diagnostics.
        application: Name of the application, such as `Box`; told from the text if left out.
        dialect: `app-provisioning` or `cloud-sync`; told from the text if left out.
        profile: `default` for mistakes, `strict` to add advice.

    Returns:
        Diagnostics in the order of their places. A text that holds no provisioning
        configuration gives one that says so.
    """
    from provlint.source.source_file import SourceFile, read_text

    options = Options(default_rules(profile), application=application, dialect=dialect)
    source = SourceFile(name, text, read_text(text, name))
    return list(lint_file(source, options, required=True).diagnostics)


def lint_file(source: SourceFile, options: Options, *, required: bool = False) -> Linted:
    """Lint a file that was read.

    Args:
        source: The file in memory.
        options: See `Options`.
        required: Whether a text without a configuration is itself a finding. A text that is
            damaged is one in any case: what it holds cannot be told.
    """
    from provlint.model import read_document
    from provlint.semantics.configuration import ConfigurationUnit

    codes = {problem.code for problem in source.problems}
    document = read_document(source.reading.value, damaged=not codes.isdisjoint(LOSSES))
    recognised = document.shape != "unrecognised"
    damaged = any(problem.level == "error" for problem in source.problems)
    if not recognised and not required and not damaged:
        return Linted(False, document.shape, ())
    inputs = options.inputs
    configuration = ConfigurationUnit(
        document if inputs is None else inputs.with_job(document),
        problems=(*source.problems, *source.reading.duplicates),
        application=options.application,
        dialect=options.dialect,
        facts=options.facts,
    )
    if inputs is not None:
        from provlint.asking import questions

        asked = questions(configuration, options.rules.rules)
        configuration.evidence = inputs.gather(configuration, asked, source.name)
    found = check(configuration, options.rules, source.name)
    diagnostics = list(dict.fromkeys(with_severities(found, options.severities)))
    if not source.reading.found:  # the defects of the text say why nothing was recognised
        diagnostics = [each for each in diagnostics if each.name != UNRECOGNISED]
    shown = [each for each in diagnostics if each.rule not in options.hidden]
    placed = _placed(shown, source) if shown else ()
    return Linted(recognised, document.shape, placed, len(diagnostics) - len(shown))


def _placed(diagnostics: list[Diagnostic], source: SourceFile) -> tuple[Diagnostic, ...]:
    # A clean file needs no lines and columns, and nothing that finds them.
    from provlint.locator import DocumentLocator

    return tuple(concrete(diagnostics, DocumentLocator(source)))


LOSSES = frozenset(
    {
        "ellipsis",
        "missing-value",
        "several-documents",
        "stray-bracket",
        "text-after-json",
        "truncated-file",
        "unclosed-array",
        "unclosed-object",
        "unclosed-string",
        "unexpected-text",
        "wrong-bracket",
    }
)
"""Codes of problems that lose a part of the text, so that what is missing says nothing."""


def lint_expression(
    text: str,
    *,
    dialect: str | None = None,
    source: str | None = None,
    target: str | None = None,
    attributes: Iterable[str] | Mapping[str, str] | None = None,
    matching_priority: int = 0,
    flow_type: str | None = None,
    target_attribute: str = "",
    profile: str = "default",
) -> list[Diagnostic]:
    """Lint one mapping expression; lines and columns are those of the expression itself.

    Args:
        text: The expression.
        dialect: `app-provisioning` or `cloud-sync`; told from source and target if left out.
        source: The source system: `entra`, `active-directory` (`ad`), `workday`,
            `successfactors`, `api-driven`, `application`.
        target: The target system; the same words, and `saas`.
        attributes: Names of all source attributes, or a mapping from names to Graph's attribute
            types; without it any attribute is taken to exist.
        matching_priority: Above 0 for a matching attribute.
        flow_type: Graph's `flowType` of the mapping; None says nothing about it.
        target_attribute: Name of the target attribute.
        profile: `default` for mistakes, `strict` to add advice.

    Returns:
        Diagnostics in the order of their places.

    Raises:
        ValueError: `source`, `target` or `dialect` is an unknown word.
    """
    from provlint.semantics.free_standing import free_standing_expression
    from provlint.source.lines import LineIndex

    unit = free_standing_expression(
        text,
        dialect=dialect,
        source=source,
        target=target,
        attributes=attributes,
        matching_priority=matching_priority,
        flow_type=flow_type,
        target_attribute=target_attribute,
    )
    return lint_expression_unit(unit, Options(default_rules(profile)), LineIndex(text))


def lint_expression_unit(
    unit: ExpressionUnit, options: Options, lines: LineIndex
) -> list[Diagnostic]:
    """Lint a free-standing expression."""
    found = check_expression(unit, options.rules, EXPRESSION_NAME)
    diagnostics = list(with_severities(found, options.severities))
    from provlint.locator import TextLocator

    return concrete(diagnostics, TextLocator(lines))
