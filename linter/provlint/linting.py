"""One run of the linter over files: discovery, rules, suppressions."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from provlint.diagnostic import Diagnostic, Place
from provlint.engine import crash
from provlint.lint import UNRECOGNISED, core_rules, lint_file
from provlint.program_rules import RULE_CRASHED
from provlint.report.result import FileResult, Run
from provlint.request import OPTIONS, UNREADABLE, LintError, Plan, Request, plan, relative
from provlint.source.discovery import STDIN, discover, read_bytes
from provlint.source.problem import SourceProblem
from provlint.wording import counted
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.cache import LintCache
    from provlint.config.find import Found
    from provlint.lint import Linted, Options
    from provlint.report.result import Suppressed
    from provlint.rule import RuleInfo
    from provlint.source.discovery import Found as Item
    from provlint.source.lines import LineIndex
    from provlint.source.source_file import SourceFile

__all__ = ["LintError", "Outcome", "Request", "run"]

NOTHING_FOUND = "no-candidates"
"""Code of the problem that a folder holds no file to look at: no failure, nothing to check."""

FAILURES = frozenset({RULE_CRASHED.id, UNREADABLE})
"""Rules whose findings say that some of the work was not done."""

NAMED = 3
"""Files without a configuration that a notice names."""


class Outcome(NamedTuple):
    """What came of a run.

    Attributes:
        report: For the renderers.
        fails: Whether a finding reaches the severity that the user fails on.
        failed: Whether some of the work could not be done.
        checked: Whether there was anything to check.
        diffs: What fixing would change, a unified diff for each file, where that was asked for.
    """

    report: Run
    fails: bool
    failed: bool
    checked: bool
    diffs: tuple[str, ...] = ()


def run(request: Request) -> Outcome:
    """Lint what the request names.

    Raises:
        LintError: The configuration file or an option cannot be used.
    """
    planned = plan(request)
    if request.inputs is not None:
        from provlint.lint_inputs import LintInputs

        options = planned.options._replace(inputs=LintInputs(request.inputs))
        planned = planned._replace(choose=lambda: options)
    work = _Work(planned)
    for item in discover(request.paths, request.exclude):
        work.take(item)
    return work.outcome()


class _Work:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.cache = _cache(plan)
        self.passed_over = _passed_over(plan)
        self.files: list[FileResult] = []
        self.paths: list[str] = []
        self.unrecognised: list[Item] = []
        self.data = b""
        self.notices: list[str] = []
        self.diffs: list[str] = []
        self.fixed: list[int] = []
        self.looked_at = 0
        self.recognised = 0
        self.hidden = 0
        self.failed = False

    def take(self, item: Item) -> None:
        """Lint one path, or keep why that cannot be done."""
        path = self.relative(item.path)
        if self.left_out(item, path):
            return
        self.looked_at += item.problem is None
        data = item.problem if item.problem is not None else _read(item.path)
        if isinstance(data, SourceProblem):
            self.problem(item, data)
            return
        result = self.file(item, path, data)
        if result.recognised:
            self.recognised += 1
            self.paths.append(path)
        elif item.explicit and not result.diagnostics:
            self.unrecognised.append(item)
            self.data = data
        if result.recognised or result.diagnostics:
            self.files.append(result)

    def left_out(self, item: Item, path: str) -> bool:
        passed_over = self.passed_over
        if passed_over and not item.explicit and os.path.realpath(item.path) in passed_over:
            return True
        found = self.plan.found
        if found is None or (item.explicit and item.problem is None):
            return False
        from provlint.globs import excludes

        return any(excludes(pattern, path) for pattern in found.settings.exclude)

    def problem(self, item: Item, problem: SourceProblem) -> None:
        if problem.code == NOTHING_FOUND:
            self.notices.append(f"{problem.message}; {problem.help}")
            return
        self.failed = True
        name = self.name(item)
        self.files.append(FileResult(name, (_unreadable(problem, name),), recognised=False))

    def file(self, item: Item, path: str, data: bytes, *, required: bool = False) -> FileResult:
        from provlint.source.sniff import might_hold_configuration

        name = self.name(item)
        if not required and not might_hold_configuration(data):
            return FileResult(name, recognised=False)
        try:
            linted, source = self.linted(item, path, data, required=required)
        except LintError:
            raise
        except Exception as error:  # one file must not take the others with it
            self.failed = True
            return FileResult(name, (crash("the check of this file", error, name),))
        self.hidden += linted.hidden
        diagnostics = list(linted.diagnostics)
        suppressed: tuple[Suppressed, ...] = ()
        if self.plan.suppressions is not None:
            diagnostics, suppressed = self.plan.suppressions.keep(diagnostics, path)
        if self.plan.baseline is not None:
            if source is None and diagnostics:
                from provlint.source.source_file import read_source

                source = read_source(data, name)
            where = self.plan.request.stdin_name if item.path == STDIN else item.path
            diagnostics, accepted = self.plan.baseline.sort(diagnostics, source, where)
            suppressed += accepted
        lines = None
        if diagnostics or suppressed:
            lines = source.lines if source is not None else _lines(data)
        return FileResult(name, tuple(diagnostics), lines, linted.recognised, suppressed)

    def linted(
        self, item: Item, path: str, data: bytes, *, required: bool
    ) -> tuple[Linted, SourceFile | None]:
        """The findings, and the file that was read for them; none if they were kept."""
        name = self.name(item)
        application = self.plan.request.application
        if not application and self.plan.found is not None:
            application = named_application(path, self.plan.found)
        cache = self.cache if item.path != STDIN else None
        key = cache.key(data, name, application, required) if cache is not None else ""
        kept = cache.get(key, name) if cache is not None else None
        if kept is not None:
            return kept, None
        from provlint.source.source_file import read_source

        options = self.plan.options._replace(application=application)
        source = read_source(data, name)
        if self.plan.request.fix:
            source = self.fix(item, path, source, options)
        linted = lint_file(source, options, required=required)
        if cache is not None:
            cache.put(key, linted, source.text)
        return linted, source

    def fix(self, item: Item, path: str, source: SourceFile, options: Options) -> SourceFile:
        """Apply fixes and write the file, or keep the change as a diff."""
        from provlint.fixing import difference, fix

        def findings(text: SourceFile) -> Sequence[Diagnostic]:
            found = list(lint_file(text, options).diagnostics)
            suppressions, baseline = self.plan.suppressions, self.plan.baseline
            found = found if suppressions is None else suppressions.keep(found, path)[0]
            return found if baseline is None else baseline.new(found, text, item.path)

        fixed = fix(source, findings, unsafe=self.plan.request.fix == "unsafe")
        if not fixed.applied:
            return source
        if self.plan.request.diff:
            self.diffs.append(difference(source, fixed.source))
            return source
        from provlint.source.edits import write_text

        try:
            write_text(item.path, fixed.source.text, source.encoding, bom=source.bom)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise LintError(
                f"`{item.path}` cannot be written: {reason}", "check its permissions"
            ) from None
        self.fixed.append(fixed.applied)
        if not fixed.complete:
            self.notices.append(f"`{source.name}`: some fixes were left out; run --fix again")
        return fixed.source

    def name(self, item: Item) -> str:
        return self.plan.request.stdin_name if item.path == STDIN else item.path

    def relative(self, path: str) -> str:
        """The path as the globs of the configuration file see it."""
        found = self.plan.found
        path = self.plan.request.stdin_name if path == STDIN else path
        if found is not None:
            path = relative(os.path.abspath(path), found.folder)
        return path.replace(os.sep, "/")

    def explain_nothing(self) -> None:
        """Say why a file that the user named holds no configuration."""
        if self.plan.request.allow_nothing or not self.unrecognised:
            return
        if self.files or len(self.unrecognised) > 1:
            names = [f"`{self.name(item)}`" for item in self.unrecognised[:NAMED]]
            more = len(self.unrecognised) - len(names)
            listed = ", ".join(names) + (f" and {more:,} more" if more else "")
            verb = "holds" if len(self.unrecognised) == 1 else "hold"
            self.notices.append(f"not checked: {listed} {verb} no provisioning configuration")
            return
        (item,) = self.unrecognised
        result = self.file(item, self.relative(item.path), self.data, required=True)
        self.recognised += result.recognised
        self.files.append(result)

    def outcome(self) -> Outcome:
        """Close the run."""
        self.explain_nothing()
        self.notices += _about_inputs(self.plan)
        if self.fixed:
            fixes, files = (
                counted(sum(self.fixed), "fix", "fixes"),
                counted(len(self.fixed), "file"),
            )
            self.notices.append(f"applied {fixes} in {files}")
        if self.cache is not None and self.cache.problem:
            self.notices.append(f"results are not kept: {self.cache.problem}")
        checked = bool(self.recognised) or any(
            each.name != UNRECOGNISED for file in self.files for each in file.diagnostics
        )
        self.files += self.about_the_run()
        diagnostics = [diagnostic for file in self.files for diagnostic in file.diagnostics]
        threshold = self.plan.threshold
        fails = threshold is not None and any(each.severity >= threshold for each in diagnostics)
        failed = self.failed or any(each.rule in FAILURES for each in diagnostics)
        silenced = {"configuration": 0, "baseline": 0}
        for file in self.files:
            for each in file.suppressed:
                silenced[each.kind] += 1
        hidden = (("profile", self.hidden), ("baseline", silenced["baseline"]))
        report = Run(
            files=tuple(self.files),
            looked_at=self.looked_at,
            recognised=self.recognised,
            suppressed=silenced["configuration"],
            hidden={reason: count for reason, count in hidden if count},
            version=_version(),
            rules=_Ran(self.plan),
            notices=tuple(self.notices),
            severities=self.plan.severities,
            root=os.getcwd(),
            plugins=tuple(
                (plugin.name, plugin.version)
                for plugin in (self.plan.own.plugins if self.plan.own is not None else ())
            ),
            baseline=self.plan.baseline is not None and self.plan.baseline.baseline is not None,
        )
        return Outcome(report, fails, failed, checked, tuple(self.diffs))

    def about_the_run(self) -> list[FileResult]:
        """Findings on suppressions and accepted findings that match nothing any more."""
        if self.plan.suppressions is None and self.plan.baseline is None:
            return []
        from provlint.run_findings import close_baseline, useless_suppressions

        written, stale = close_baseline(self.plan)
        self.notices += written
        return [*useless_suppressions(self.plan, self.paths), *stale]


class _Ran:
    """The rules that ran; a format that does not list them spares their import."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __iter__(self) -> Iterator[RuleInfo]:
        options = self._plan.options
        return (rule.info for rule in options.rules.rules if rule.info.id not in options.hidden)


def _passed_over(plan: Plan) -> frozenset[str]:
    """Real paths of files that a walk passes over: the baseline, and files of own rules."""
    paths = [*(plan.own.files if plan.own is not None else ())]
    if plan.baseline is not None and plan.baseline.baseline is not None:
        paths.append(plan.baseline.baseline.path)
    return frozenset(os.path.realpath(path) for path in paths)


def _cache(plan: Plan) -> LintCache | None:
    if not plan.request.use_cache or plan.request.fix or plan.request.inputs is not None:
        return None
    from provlint.cache import lint_cache

    return lint_cache(plan)


def _lines(data: bytes) -> LineIndex:
    from provlint.source.encoding import decode
    from provlint.source.lines import LineIndex

    return LineIndex(decode(data).text)


def _about_inputs(plan: Plan) -> list[str]:
    """What the user should know of the inputs, and of the rules that lack one."""
    request = plan.request
    if not (request.inputs or request.select or request.extend_select):
        return []
    inputs = plan.options.inputs
    notices = inputs.told() if inputs is not None else []
    if plan.options.waiting:
        from provlint.wording import alternatives

        given = request.given
        for rule in plan.options.waiting:
            lacking = [OPTIONS[need] for need in rule.info.needs if need not in given]
            notices.append(f"`{rule.info.id}` did not run: it needs {alternatives(lacking, 'and')}")
    return notices


def _read(path: str) -> bytes | SourceProblem:
    if path == STDIN and sys.stdin is None:
        message = "standard input is closed"
        return SourceProblem("unreadable-file", message, "give the text through `-`", 0, 0)
    return read_bytes(path)


def _version() -> str:
    from provlint.version import VERSION

    return VERSION


def _unreadable(problem: SourceProblem, name: str) -> Diagnostic:
    (info,) = (rule.info for rule in core_rules() if rule.info.id == UNREADABLE)
    return Diagnostic(
        rule=info.id,
        name=info.name,
        severity=info.severity,
        message=problem.message,
        help=problem.help,
        file=name,
        place=Place(""),
        documentation=info.source,
    )


def named_application(path: str, found: Found) -> str:
    """The application that a configuration file names for a path relative to its folder."""
    from provlint.globs import glob_matches

    for entry in found.settings.application:
        if glob_matches(entry.files, path):
            return entry.name
    return ""
