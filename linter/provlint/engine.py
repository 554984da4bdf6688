"""Runs rules over one configuration: one walk, every rule called with the unit it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.diagnostic import Diagnostic, Place, Related, Subject, TextEdit
from provlint.program_rules import RULE_CRASHED
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Protocol

    from provlint.diagnostic import Applicability, Severity
    from provlint.locator import Located
    from provlint.rule import Finding, Rule
    from provlint.semantics.configuration import (
        ConfigurationUnit,
        ExpressionUnit,
        ObjectMappingUnit,
        SchemaUnit,
    )

    class Locator(Protocol):
        """Knows where things stand in one text."""

        def locate(self, places: Sequence[Place]) -> Sequence[Located]:
            """The places as the text spells them, with their ranges; all in one pass."""

        def replacement(self, edit: TextEdit, located: Located) -> str | None:
            """What an edit puts into the text, escaped; None where that is not certain."""


class Ruleset(NamedTuple):
    """Rules sorted by the unit that they ask for.

    Attributes:
        rules: All of them, in the order of their ids.
        by_unit: The rules of each unit but `call`.
        calls: For the unit `call`, rules by function name in lower case; "" holds those that
            want every call.
    """

    rules: tuple[Rule, ...]
    by_unit: Mapping[str, tuple[Rule, ...]]
    calls: Mapping[str, tuple[Rule, ...]]


def ruleset(rules: Iterable[Rule]) -> Ruleset:
    """Sort rules for the walk."""
    ordered = tuple(sorted(rules, key=lambda rule: rule.info.id))
    by_unit: dict[str, list[Rule]] = {}
    calls: dict[str, list[Rule]] = {}
    for rule in ordered:
        if rule.unit == "call":
            for name in rule.functions or ("",):
                calls.setdefault(name.lower(), []).append(rule)
        else:
            by_unit.setdefault(rule.unit, []).append(rule)
    return Ruleset(
        ordered,
        {unit: tuple(found) for unit, found in by_unit.items()},
        {name: tuple(found) for name, found in calls.items()},
    )


def check(configuration: ConfigurationUnit, rules: Ruleset, file: str) -> Iterator[Diagnostic]:
    """Findings without concrete places, in the order of the walk.

    A rule that crashes is reported as `PL901` and the others go on.
    """
    walk = _Walk(rules, file)
    yield from walk.unit("document", configuration)
    for schema in configuration.schemas:
        yield from walk.schema(schema)


def check_expression(expression: ExpressionUnit, rules: Ruleset, file: str) -> Iterator[Diagnostic]:
    """Findings on one free-standing expression and the mapping that it is imagined in."""
    walk = _Walk(rules, file)
    yield from walk.unit("attribute-mapping", expression.attribute_mapping)
    yield from walk.expression(expression)


class _Walk:
    def __init__(self, rules: Ruleset, file: str) -> None:
        self._rules = rules
        self._file = file

    def unit(self, name: str, unit: Any) -> Iterator[Diagnostic]:
        for rule in self._rules.by_unit.get(name, ()):
            yield from self._run(rule, unit)

    def _run(self, rule: Rule, unit: Any) -> Iterator[Diagnostic]:
        try:
            for finding in rule.check(unit):
                if finding.fix is not None and getattr(unit, "stored_tree", False):
                    # The edit leaves the stored tree behind, and which one counts is not known.
                    fix = finding.fix._replace(applicability=_weaker(finding.fix.applicability))
                    finding = finding._replace(fix=fix)
                yield _diagnostic(rule, finding, unit.subject, self._file)
        except Exception as error:  # one broken rule must not silence the others
            yield _crash(rule, error, unit.subject, self._file)

    def schema(self, schema: SchemaUnit) -> Iterator[Diagnostic]:
        yield from self.unit("schema", schema)
        for rule in schema.rules:
            yield from self.unit("synchronization-rule", rule)
            for mapping in rule.object_mappings:
                if not mapping.is_stub:
                    yield from self.object_mapping(mapping)

    def object_mapping(self, mapping: ObjectMappingUnit) -> Iterator[Diagnostic]:
        yield from self.unit("object-mapping", mapping)
        scope = mapping.scope_unit
        if scope is not None:
            yield from self.unit("scope", scope)
            for group in scope.groups:
                yield from self.unit("filter-group", group)
                for clause in group.clauses:
                    yield from self.unit("clause", clause)
        for attribute_mapping in mapping.attribute_mappings:
            yield from self.unit("attribute-mapping", attribute_mapping)
            if attribute_mapping.expression is not None:
                yield from self.expression(attribute_mapping.expression)

    def expression(self, expression: ExpressionUnit) -> Iterator[Diagnostic]:
        yield from self.unit("expression", expression)
        calls = self._rules.calls
        every = calls.get("", ())
        for call in expression.calls():
            for rule in (*every, *calls.get(call.call.name.lower(), ())):
                yield from self._run(rule, call)


def _weaker(applicability: Applicability) -> Applicability:
    return "unsafe" if applicability == "safe" else applicability


def _diagnostic(rule: Rule, finding: Finding, subject: Subject, file: str) -> Diagnostic:
    return Diagnostic(
        rule=rule.info.id,
        name=rule.info.name,
        severity=finding.severity or rule.info.severity,
        message=finding.message,
        help=finding.help,
        file=file,
        place=finding.place,
        related=finding.related,
        fix=finding.fix,
        documentation=rule.info.source,
        contested=finding.contested,
        subject=subject,
    )


def _crash(rule: Rule, error: Exception, subject: Subject, file: str) -> Diagnostic:
    return crash(f"rule `{rule.info.id}` (`{rule.info.name}`)", error, file, subject)


NOBODY = Subject()


def crash(what: str, error: Exception, file: str, subject: Subject = NOBODY) -> Diagnostic:
    """The finding that a part of the program failed, with the line of the program."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = trace.tb_frame.f_globals.get("__name__", "") if trace is not None else ""
    where = f" in `{module}` line {trace.tb_lineno}" if trace is not None else ""
    advice = getattr(error, "help", "")
    return Diagnostic(
        rule=RULE_CRASHED.id,
        name=RULE_CRASHED.name,
        severity=RULE_CRASHED.severity,
        message=f"{what} failed with {type(error).__name__}: {error}",
        help=advice or f"report this failure{where} with the part of the file that caused it",
        file=file,
        place=Place(""),
        subject=subject,
    )


def with_severities(
    diagnostics: Iterable[Diagnostic], severities: Mapping[str, Severity]
) -> Iterator[Diagnostic]:
    """Apply the user's severities, by rule id."""
    for diagnostic in diagnostics:
        severity = severities.get(diagnostic.rule)
        yield diagnostic if severity is None else diagnostic._replace(severity=severity)


def concrete(diagnostics: Sequence[Diagnostic], locator: Locator) -> list[Diagnostic]:
    """Give every diagnostic its lines and columns, then sort and drop repetitions."""
    places: dict[Place, None] = {}
    for diagnostic in diagnostics:
        places[diagnostic.place] = None
        places.update((related.place, None) for related in diagnostic.related)
        if diagnostic.fix is not None:
            places.update((edit.place, None) for edit in diagnostic.fix.edits)
    located = dict(zip(places, locator.locate(tuple(places)), strict=True))
    found = dict.fromkeys(_placed(diagnostic, located, locator) for diagnostic in diagnostics)
    return sorted(found, key=_order)


def _placed(
    diagnostic: Diagnostic, located: Mapping[Place, Located], locator: Locator
) -> Diagnostic:
    place, where = located[diagnostic.place]
    related = tuple(Related(other.message, *located[other.place]) for other in diagnostic.related)
    fix = diagnostic.fix
    if fix is not None:
        edits = []
        for edit in fix.edits:
            text = locator.replacement(edit, located[edit.place])
            if text is not None:
                edits.append(TextEdit(located[edit.place].place, text, located[edit.place].range))
        fix = fix._replace(edits=tuple(edits)) if len(edits) == len(fix.edits) else None
    return diagnostic._replace(place=place, range=where, related=related, fix=fix)


def _order(diagnostic: Diagnostic) -> tuple[object, ...]:
    place = diagnostic.range
    where = (0, 0, 0, 0) if place is None else (*place.start, *place.end)
    return (diagnostic.file, *where, diagnostic.rule, diagnostic.message)
