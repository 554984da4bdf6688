"""The work of `provlint analyze`, once its options are understood."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from provlint.analysis.analyze import analyze_scope
from provlint.analysis.filters import filter_texts
from provlint.analysis.findings import GRAVE, contested, findings_of
from provlint.cli.exit_status import CLEAN, FINDINGS, NOTHING_TO_CHECK
from provlint.cli.failure import guarded
from provlint.report.analysis.result import AnalysedFilter
from provlint.semantics.filter_facts import FilterFacts, filter_facts
from provlint.simulate.configuration_files import read_configuration
from provlint.simulate.inputs.problem import refuse
from provlint.simulate.object_mapping import choose, mapping_title, named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.model.tree import Scope
    from provlint.semantics.configuration import ObjectMappingUnit
    from provlint.semantics.filter_clauses import NullPolicy

READING = "null-and-negation"
"""The open reading that decides what negative operators give on empty attributes."""

UNKNOWN = FilterFacts({}, frozenset(), "unknown", "unknown")
OTHER: dict[NullPolicy, NullPolicy] = {
    "documented": "negatives-true",
    "negatives-true": "documented",
}


def run(config: str | None, options: dict[str, Any]) -> int:
    """Analyze, print and return the exit status.

    Args:
        config: Path of the configuration, if there is one.
        options: The options of the command by click's names.
    """
    return guarded(lambda: _run(config, options))


def _run(config: str | None, options: dict[str, Any]) -> int:
    filters = _filters(config, options)
    if not filters:
        print(f"{config}: the file holds no scoping filter, so everybody passes", file=sys.stderr)
        return NOTHING_TO_CHECK
    _print(filters, options)
    grave = any(each.kind in GRAVE for shown in filters for each in shown.findings)
    return FINDINGS if grave else CLEAN


def _filters(config: str | None, options: dict[str, Any]) -> list[AnalysedFilter]:
    typed = None if options["typed"] is None else _typed(options["typed"])
    if config is None:
        if typed is not None:
            return [_analysed(typed, UNKNOWN, options)]
        message = "there is nothing to analyze"
        advice = "name an exported schema, or write a filter: --filter 'department IS NOT NULL'"
        raise refuse("no-filter", "CONFIG", message, advice)
    found = _object_mappings(config, options["job"])
    names = {"rule": options["rule"], "mapping": options["mapping"]}
    if typed is not None:
        unit = choose(found, config, **names)
        return [_analysed(typed, filter_facts(unit), options)]
    return [
        _analysed(unit.mapping.scope, filter_facts(unit), options, unit)
        for unit in named(found, config, **names)
        if unit.mapping.scope is not None and any(unit.mapping.scope[1:])
    ]


def _object_mappings(path: str, job: str | None) -> list[ObjectMappingUnit]:
    """The object mappings of a file.

    Raises:
        InputError: The file cannot be read, or holds none.
    """
    configuration = read_configuration(path, job=job)
    found = [
        unit
        for schema in configuration.schemas
        for each in schema.rules
        for unit in each.object_mappings
    ]
    if not found:
        raise refuse(
            "no-mapping", path, "the file holds no object mapping", "give an exported schema or job"
        )
    return found


def _typed(text: str) -> dict[str, list[object]]:
    """The filter that was typed, as Graph has it."""
    from provlint_grammar.scoping_filter.graph import to_graph
    from provlint_grammar.scoping_filter.parser import parse_filter

    parsed = parse_filter(text)
    for problem in parsed.problems:
        place = f"--filter, column {problem.span.start + 1}"
        raise refuse(problem.code, place, problem.message, problem.help)
    return to_graph(parsed.filter)


def _analysed(
    scope: Scope | Mapping[str, object] | None,
    facts: FilterFacts,
    options: dict[str, Any],
    unit: ObjectMappingUnit | None = None,
) -> AnalysedFilter:
    policy: NullPolicy = options["null_policy"]
    analysis, other = (
        analyze_scope(
            scope,
            null_policy=asked,
            input_null_policy=facts.input_null_policy(asked),
            types=facts.types,
            present=facts.present,
            step_limit=options["step_limit"],
        )
        for asked in (policy, OTHER[policy])
    )
    return AnalysedFilter(
        "" if unit is None else unit.rule.rule.name or unit.rule.rule.id or "",
        "" if unit is None else mapping_title(unit),
        "" if unit is None else unit.rule.rule.target_directory_name or "",
        filter_texts(scope),
        policy,
        analysis,
        contested(findings_of(analysis), findings_of(other), READING),
    )


def _print(filters: list[AnalysedFilter], options: dict[str, Any]) -> None:
    if options["output_format"] == "json":
        from provlint.cli.machine_output import for_programs
        from provlint.report.analysis.data import as_json

        for_programs("json")
        sys.stdout.write(as_json(filters))
        return
    from provlint.report.analysis.text import analysis_text
    from provlint.report.style import look

    style = look(sys.stdout, os.environ, options["colour"])
    sys.stdout.write(analysis_text(filters, style))
