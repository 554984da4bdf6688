"""Lint a text, an expression or a file: from bytes to concrete diagnostics.

This is the Python interface: `lint_text` and `lint_expression` give a caller what the command
gives an administrator.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from provlint.diagnostic import Diagnostic, Place, Position, Range
from provlint.engine import Ruleset, check, check_expression, concrete, ruleset, with_severities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from provlint.diagnostic import Severity
    from provlint.rule import Rule
    from provlint.semantics.configuration import ExpressionUnit
    from provlint.source.document import Document
    from provlint.source.lines import LineIndex

EXPRESSION_NAME = "<expression>"
TEXT_NAME = "<text>"


class Options(NamedTuple):
    """What is the same for every file of a run.

    Attributes:
        rules: The rules that run.
        severities: The user's severities by rule id.
        application: Name of the application, where the user gave one.
        dialect: Dialect of the expressions, where the user gave one.
    """

    rules: Ruleset
    severities: Mapping[str, Severity] = MappingProxyType({})
    application: str = ""
    dialect: str | None = None


class Linted(NamedTuple):
    """The outcome for one text.

    Attributes:
        recognised: Whether the text holds a provisioning configuration or a part of one.
        shape: Name of the shape, as in `provlint.model.tree.Document`.
        diagnostics: Sorted, with lines and columns.
    """

    recognised: bool
    shape: str
    diagnostics: tuple[Diagnostic, ...]


def core_rules() -> tuple[Rule, ...]:
    """The rules that ship with provlint, without looking at what else is installed."""
    from provlint_rules import RULES

    return RULES


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
    from provlint.source.document import Document, read_text

    options = Options(default_rules(profile), application=application, dialect=dialect)
    document = Document(name, text, read_text(text, name))
    return list(lint_document(document, options, required=True).diagnostics)


def lint_document(document: Document, options: Options, *, required: bool = False) -> Linted:
    """Lint a file that was read.

    Args:
        document: The file in memory.
        options: See `Options`.
        required: Whether a text without a configuration is itself a finding.
    """
    from provlint.model import read_document
    from provlint.semantics.configuration import ConfigurationUnit

    content = read_document(document.reading.value)
    recognised = content.shape != "unrecognised"
    if not recognised and not required:
        return Linted(False, content.shape, ())
    configuration = ConfigurationUnit(
        content,
        problems=(*document.problems, *document.reading.duplicates),
        application=options.application,
        dialect=options.dialect,
    )
    found = check(configuration, options.rules, document.name)
    diagnostics = list(with_severities(found, options.severities))
    return Linted(recognised, content.shape, tuple(concrete(diagnostics, _Locator(document))))


class _Locator:
    """Turns symbolic places into ranges, in one pass over the text."""

    def __init__(self, document: Document) -> None:
        self._value = document.reading.value
        self._positions = document.positions
        self._document = document

    def __call__(self, places: Sequence[Place]) -> list[tuple[Place, Range | None]]:
        actual = [
            place._replace(pointer=actual_pointer(self._value, place.pointer)) for place in places
        ]
        self._positions.locate([place.pointer for place in actual])
        return [(place, self._range(place)) for place in actual]

    def _range(self, place: Place) -> Range | None:
        start, end = place.start, place.end
        if place.part == "text":
            if place.pointer:
                start, end = self._positions.string_range(place.pointer, start, end)
        elif place.part == "key":
            start, end = self._positions.key(place.pointer)
        elif not place.pointer:
            return None
        else:
            start, end = self._positions.value(place.pointer)
        return line_range(self._document.lines, start, end)


def line_range(lines: LineIndex, start: int, end: int) -> Range:
    """The range of the characters from `start` to `end`."""
    return Range(Position(*lines.position(start)), Position(*lines.position(max(start, end))))


def actual_pointer(value: Any, pointer: str) -> str:
    """The pointer with the spelling of the keys in the file.

    Rules write `/source/expression`; a file made by the PowerShell SDK has `/Source/Expression`,
    or keeps the member in `AdditionalProperties`.
    """
    if not pointer:
        return pointer
    segments: list[str] = []
    for segment in pointer[1:].split("/"):
        if isinstance(value, dict):
            name = segment.replace("~1", "/").replace("~0", "~")
            if name not in value:
                folded = name[:1].upper() + name[1:]
                more = value.get("AdditionalProperties")
                if folded in value:
                    name = folded
                elif isinstance(more, dict) and name in more:
                    segments.append("AdditionalProperties")
                    value = more
            segments.append(name.replace("~", "~0").replace("/", "~1"))
            value = value.get(name)
        else:
            segments.append(segment)
            value = (
                value[int(segment)]
                if isinstance(value, list) and segment.isdecimal() and int(segment) < len(value)
                else None
            )
    return "/" + "/".join(segments)


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

    def locate(places: Sequence[Place]) -> list[tuple[Place, Range | None]]:
        whole = Place("", "text", 0, len(unit.text))
        kept = [place if place.part == "text" and not place.pointer else whole for place in places]
        return [(place, line_range(lines, place.start, place.end)) for place in kept]

    return concrete(diagnostics, locate)
