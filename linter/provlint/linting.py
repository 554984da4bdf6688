"""One run of the linter over files: settings, discovery, rules, suppressions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from provlint.diagnostic import WARNING, Diagnostic, Place, Severity
from provlint.engine import RULE_CRASHED, ruleset
from provlint.lint import Options, core_rules, lint_file
from provlint.report.result import FileResult, Run
from provlint.selection import Selection, UnknownRuleError, choose, ids_of
from provlint.source.discovery import STDIN, discover, read_bytes
from provlint.source.problem import SourceProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint.config.find import Found
    from provlint.report.result import Suppressed
    from provlint.rule import Rule
    from provlint.source.discovery import Found as Item
    from provlint.suppression import Suppressions


class LintError(Exception):
    """The run cannot be done.

    Attributes:
        help: What to do.
        place: File and line of the fault, or the empty string.
    """

    def __init__(self, message: str, help: str = "", place: str = "") -> None:  # noqa: A002
        super().__init__(message)
        self.help = help
        self.place = place


class Request(NamedTuple):
    """What the user asked for; None and empty mean that the configuration file decides."""

    paths: tuple[str, ...]
    profile: str | None = None
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    application: str = ""
    dialect: str | None = None
    config_path: str | None = None
    use_config: bool = True
    use_suppressions: bool = True
    exclude: tuple[str, ...] = ()
    stdin_name: str = "<stdin>"


class Outcome(NamedTuple):
    """What came of a run.

    Attributes:
        report: For the renderers.
        fails: Whether a finding reaches the severity that the user fails on.
        failed: Whether some of the work could not be done.
        has_findings: Whether there is any finding at all.
    """

    report: Run
    fails: bool
    failed: bool
    has_findings: bool


def run(request: Request) -> Outcome:
    """Lint what the request names.

    Raises:
        LintError: The configuration file or an option cannot be used.
    """
    found = _configuration(request)
    settings = found.settings if found is not None else None
    rules = core_rules()
    try:
        chosen = choose(rules, _selection(request, found))
        severities = _severities(rules, found)
        suppressions = _suppressions(rules, found, request)
    except UnknownRuleError as error:
        raise LintError(str(error), "list the rules with `provlint rules`", _where(found)) from None
    options = Options(
        ruleset(chosen),
        severities,
        request.application,
        request.dialect or (settings.dialect if settings else None),
    )
    files: list[FileResult] = []
    looked_at = recognised = 0
    failed = False
    exclude = (*request.exclude, *(settings.exclude if settings else ()))
    for item in discover(request.paths, exclude):
        looked_at += item.problem is None
        result, broken = _file(item, options, found, suppressions, request.stdin_name)
        recognised += result.recognised
        failed = failed or broken
        if result.recognised or result.diagnostics:
            files.append(result)
    threshold = _threshold(request, found)
    diagnostics = [diagnostic for result in files for diagnostic in result.diagnostics]
    report = Run(
        files=tuple(files),
        looked_at=looked_at,
        recognised=recognised,
        suppressed=sum(len(result.suppressed) for result in files),
        version=_version(),
        rules=tuple(rule.info for rule in options.rules.rules),
        notices=tuple(_notices(suppressions, found)),
        severities=severities,
        root=os.getcwd(),
    )
    fails = threshold is not None and any(found.severity >= threshold for found in diagnostics)
    crashed = any(diagnostic.rule == RULE_CRASHED for diagnostic in diagnostics)
    return Outcome(report, fails, failed or crashed, bool(diagnostics))


def _version() -> str:
    from provlint.version import VERSION

    return VERSION


def _configuration(request: Request) -> Found | None:
    if not request.use_config:
        return None
    from provlint.config.find import ConfigurationError, find, read

    try:
        return read(request.config_path) if request.config_path else find(os.getcwd())
    except ConfigurationError as error:
        place = f"{error.path}:{error.line}" if error.line else error.path
        raise LintError(error.message, error.help, place) from None


def _where(found: Found | None) -> str:
    return "" if found is None else found.path


def _selection(request: Request, found: Found | None) -> Selection:
    if found is None:
        return Selection(
            request.profile or "default", request.select, request.extend_select, request.ignore
        )
    settings = found.settings
    return Selection(
        request.profile or settings.profile,
        request.select or settings.select,
        (*request.extend_select, *(() if request.select else settings.extend_select)),
        (*request.ignore, *settings.ignore),
    )


def _severities(rules: Sequence[Rule], found: Found | None) -> dict[str, Severity]:
    if found is None:
        return {}
    severities: dict[str, Severity] = {}
    for word, severity in found.settings.severity.items():
        named = ids_of(rules, word)
        if not named:
            raise UnknownRuleError(word, None)
        severities.update(dict.fromkeys(named, Severity(severity)))
    return severities


def _suppressions(
    rules: Sequence[Rule], found: Found | None, request: Request
) -> Suppressions | None:
    if found is None or not request.use_suppressions or not found.settings.suppress:
        return None
    from datetime import date

    from provlint.suppression import Suppressions

    prepared = []
    for suppression in found.settings.suppress:
        named = ids_of(rules, suppression.rule)
        if not named:
            raise UnknownRuleError(suppression.rule, None)
        prepared.append((suppression, frozenset(named)))
    never: set[str] = set()
    for word in found.settings.unsuppressible:
        never |= ids_of(rules, word)
    return Suppressions(prepared, unsuppressible=frozenset(never), today=date.today())


def _notices(suppressions: Suppressions | None, found: Found | None) -> list[str]:
    if suppressions is None or found is None:
        return []
    from provlint.config.explain import line_of_suppression

    path = os.path.relpath(found.path)
    return [
        f"{path}:{line_of_suppression(found.path, index)}: {message}"
        for index, message in suppressions.notices()
    ]


def _threshold(request: Request, found: Found | None) -> Severity | None:
    word = request.fail_on or (found.settings.fail_on if found is not None else None)
    if word == "never":
        return None
    return WARNING if word is None else Severity(word)


def _file(
    item: Item,
    options: Options,
    found: Found | None,
    suppressions: Suppressions | None,
    stdin_name: str,
) -> tuple[FileResult, bool]:
    """The result for one path, and whether it could not be read."""
    from provlint.source.sniff import might_hold_configuration
    from provlint.source.source_file import read_source

    name = stdin_name if item.path == STDIN else item.path
    data = item.problem if item.problem is not None else read_bytes(item.path)
    if isinstance(data, SourceProblem):
        return FileResult(name, _unreadable(data, name, options), recognised=False), True
    if not might_hold_configuration(data):
        return FileResult(name, recognised=False), False
    source = read_source(data, name)
    path = _relative(item.path, found)
    if not options.application and found is not None:
        options = options._replace(application=_application(path, found))
    linted = lint_file(source, options)
    diagnostics = list(linted.diagnostics)
    suppressed: tuple[Suppressed, ...] = ()
    if suppressions is not None:
        diagnostics, suppressed = suppressions.keep(diagnostics, path)
    result = FileResult(name, tuple(diagnostics), source.lines, linted.recognised, suppressed)
    return result, False


def _unreadable(problem: SourceProblem, name: str, options: Options) -> tuple[Diagnostic, ...]:
    for rule in options.rules.rules:
        if rule.info.name == "unreadable-file":
            return (
                Diagnostic(
                    rule=rule.info.id,
                    name=rule.info.name,
                    severity=rule.info.severity,
                    message=problem.message,
                    help=problem.help,
                    file=name,
                    place=Place(""),
                    documentation=rule.info.source,
                ),
            )
    return ()


def _relative(path: str, found: Found | None) -> str:
    if found is None or path == STDIN:
        return path.replace(os.sep, "/")
    try:
        relative = os.path.relpath(os.path.abspath(path), found.folder)
    except ValueError:  # another drive
        relative = path
    return relative.replace(os.sep, "/")


def _application(path: str, found: Found) -> str:
    from provlint.suppression import glob_matches

    for entry in found.settings.application:
        if glob_matches(entry.files, path):
            return entry.name
    return ""
