"""What a run is asked to do: the command line first, then the configuration file, then defaults."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Literal

from provlint.diagnostic import WARNING, Severity
from provlint.engine import ruleset
from provlint.lint import Options, all_rules, core_rules
from provlint.program_rules import PROGRAM_RULES, RULE_CRASHED
from provlint.selection import Selection, UnknownRuleError, choose, exactly, ids_of
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from provlint.baseline.session import Session
    from provlint.config.find import Found
    from provlint.config.settings import Settings
    from provlint.own_rules import OwnRules
    from provlint.rule import Need, Rule
    from provlint.simulate.evidence.source import EvidenceFiles
    from provlint.suppression import Suppressions


ALWAYS_GIVEN: frozenset[Need] = frozenset({"configuration", "job"})
"""What a rule may find in the file itself: a job may stand around its schema."""

OPTIONS: dict[Need, str] = {
    "users": "--users",
    "targets": "--target",
    "assignments": "--assignments",
    "groups": "--groups",
    "job": "--job",
    "secrets": "--secrets",
}
"""Option of `lint` that meets a need."""

UNREADABLE = "PL002"
"""Id of the rule that a file cannot be read."""

NOT_CHECKED = (UNREADABLE, "PL018", "PL019")
"""Rules that say what was not checked: they run whatever is selected."""


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
    baseline: str | None = None
    use_baseline: bool = True
    write_baseline: str | None = None
    fingerprints: bool = False
    rules: tuple[str, ...] = ()
    use_plugins: bool = True
    use_cache: bool = False
    exclude: tuple[str, ...] = ()
    stdin_name: str = "<stdin>"
    allow_nothing: bool = False
    fix: Literal["", "safe", "unsafe"] = ""
    diff: bool = False
    inputs: EvidenceFiles | None = None

    @property
    def given(self) -> frozenset[Need]:
        """The needs of rules that are met."""
        return ALWAYS_GIVEN | (self.inputs.given if self.inputs is not None else frozenset())


class Plan(NamedTuple):
    """What a run does.

    Attributes:
        request: What the user asked for.
        found: The configuration file, if there is one.
        choose: Chooses the rules and the rest that is the same for every file. A run that finds
            all its results in the cache never imports a rule.
        suppressions: None if nothing is silenced.
        baseline: None if findings need no fingerprints.
        threshold: Severity from which the run fails; None for never.
        own: The rules that do not ship with provlint; None if there are none.
    """

    request: Request
    found: Found | None
    choose: Callable[[], Options]
    suppressions: Suppressions | None
    baseline: Session | None
    threshold: Severity | None
    own: OwnRules | None = None

    @property
    def options(self) -> Options:
        """What is the same for every file."""
        return self.choose()

    def known(self) -> tuple[Rule, ...]:
        """Every rule that the user may name, own ones included."""
        return (*known_rules(), *(self.own.rules if self.own is not None else ()))

    @property
    def severities(self) -> Mapping[str, Severity]:
        """Severities that the configuration changes, by rule id."""
        changed = self.found is not None and self.found.settings.severity
        return self.options.severities if changed else {}


def known_rules() -> tuple[Rule, ...]:
    """Every rule that a user may name, those about the run itself included."""
    return (*all_rules(), *PROGRAM_RULES)


def plan(request: Request) -> Plan:
    """Put the command line and the configuration file together.

    Raises:
        LintError: The configuration file or an option cannot be used.
    """
    found = configuration(request.config_path, use_config=request.use_config)
    own = _own(request, found)
    rules = cache(lambda: _rules(request, found, own))
    options = cache(lambda: _options(rules(), request, found))
    try:
        if found is not None:
            _check_words(rules, found)
        if request.select or request.extend_select or request.ignore:
            options()  # tells the words that name nothing
    except UnknownRuleError as error:
        advice = error.help or "list the rules with `provlint rules`"
        raise LintError(str(error), advice, place_of(found, error.path)) from None
    return Plan(
        request,
        found,
        options,
        _suppressions(rules, found, request),
        _baseline(rules, found, request),
        _threshold(request, found),
        own,
    )


def _own(request: Request, found: Found | None) -> OwnRules | None:
    settings = found.settings if found is not None else None
    if not request.rules and (settings is None or not (settings.rules or settings.plugins)):
        return None
    from provlint.own_rules import own_rules

    return own_rules(request, found)


def _rules(request: Request, found: Found | None, own: OwnRules | None) -> tuple[Rule, ...]:
    """The rules that a run may name: those that need inputs only where it has any, or names one."""
    more = own.rules if own is not None else ()
    if request.inputs is None:
        rules = (*core_rules(), *PROGRAM_RULES, *more)
        words = [*request.select, *request.extend_select, *request.ignore]
        words += [word for _, word in _words(found.settings)] if found is not None else []
        if all(ids_of(rules, word) for word in words):
            return rules
    return (*known_rules(), *more)


def configuration(path: str | None, *, use_config: bool = True) -> Found | None:
    """The configuration file of a run: the one named, else the nearest.

    Raises:
        LintError: It cannot be used.
    """
    try:
        here = os.getcwd()
    except OSError:
        raise LintError("the current folder does not exist any more", "change to another") from None
    if not use_config:
        return None
    from provlint.config.find import ConfigurationError, find, read

    try:
        return read(path) if path else find(here)
    except ConfigurationError as error:
        shown = _shown(error.path)
        place = f"{shown}:{error.line}" if error.line else shown
        raise LintError(error.message, error.help, place) from None


def relative(path: str, folder: str) -> str:
    """A path as it is seen from a folder; as it stands, on another drive."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # another drive
        return path


def _shown(path: str) -> str:
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if relative.startswith(os.pardir) else relative


def place_of(found: Found | None, path: tuple[str | int, ...]) -> str:
    """File and line of a setting; empty for none."""
    if found is None or not path:
        return ""
    return f"{_shown(found.path)}:{found.line_of(*path)}"


def _words(settings: Settings) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every word of the configuration file that names rules, and where it stands."""
    for key, words in (
        ("select", settings.select),
        ("extend-select", settings.extend_select),
        ("ignore", settings.ignore),
        ("unsuppressible", settings.unsuppressible),
    ):
        for word in words:
            yield (key,), word
    for word in settings.severity:
        yield ("severity", word), word
    for index, suppression in enumerate(settings.suppress):
        yield ("suppress", index, "rule"), suppression.rule


def _check_words(rules: Callable[[], Sequence[Rule]], found: Found) -> None:
    for path, word in _words(found.settings):
        if not ids_of(rules(), word):
            raise UnknownRuleError.among(rules(), word, path)


def _options(rules: Sequence[Rule], request: Request, found: Found | None) -> Options:
    settings = found.settings if found is not None else None
    selection = _selection(rules, request, settings)
    if selection.select:
        extended = (*selection.extend_select, *NOT_CHECKED)
        selection = selection._replace(extend_select=extended)
    chosen = choose(rules, selection)
    severities: dict[str, Severity] = {}
    for word, severity in settings.severity.items() if settings else ():
        severities.update(dict.fromkeys(ids_of(rules, word), Severity(severity)))
    hidden: frozenset[str] = frozenset()
    if not selection.select and selection.profile == "default":
        strict = choose(rules, selection._replace(profile="strict"))
        hidden = frozenset(rule.info.id for rule in strict) - {rule.info.id for rule in chosen}
        chosen = strict
    given = request.given
    waiting = [rule for rule in chosen if not given.issuperset(rule.info.needs)]
    named = exactly(rules, (*request.select, *request.extend_select)) if waiting else ()
    return Options(
        ruleset(rule for rule in chosen if rule not in waiting),
        severities,
        request.application,
        request.dialect or (settings.dialect if settings else None),
        hidden,
        waiting=tuple(rule for rule in waiting if rule.info.id in named),
        facts=settings.facts if settings is not None else {},
    )


def _selection(rules: Sequence[Rule], request: Request, settings: Settings | None) -> Selection:
    if settings is None:
        return Selection(
            request.profile or "default", request.select, request.extend_select, request.ignore
        )
    # What the command line names exactly runs, whatever the configuration file ignores.
    named = exactly(rules, (*request.select, *request.extend_select))
    ignored = tuple(word for word in settings.ignore if not ids_of(rules, word) <= named)
    return Selection(
        request.profile or settings.profile,
        request.select or settings.select,
        (*request.extend_select, *(() if request.select else settings.extend_select)),
        (*request.ignore, *ignored),
    )


def _suppressions(
    rules: Callable[[], Sequence[Rule]], found: Found | None, request: Request
) -> Suppressions | None:
    if found is None or not request.use_suppressions or not found.settings.suppress:
        return None
    from datetime import date

    from provlint.suppression import Suppressions

    return Suppressions(
        [(each, frozenset(ids_of(rules(), each.rule))) for each in found.settings.suppress],
        unsuppressible=_unsuppressible(rules, found) | {RULE_CRASHED.id},
        today=date.today(),
    )


def _unsuppressible(rules: Callable[[], Sequence[Rule]], found: Found | None) -> frozenset[str]:
    words = found.settings.unsuppressible if found is not None else ()
    return frozenset(each for word in words for each in ids_of(rules(), word))


def _baseline(
    rules: Callable[[], Sequence[Rule]], found: Found | None, request: Request
) -> Session | None:
    path, place = request.baseline, ""
    if path is None and found is not None and found.settings.baseline is not None:
        path = _shown(os.path.join(found.folder, found.settings.baseline))
        place = place_of(found, ("baseline",))
    path = request.write_baseline or (path if request.use_baseline else None)
    if path is None and not request.fingerprints:
        return None
    from provlint.baseline.baseline_file import Baseline, read_baseline
    from provlint.baseline.session import Session
    from provlint.validation import InvalidFileError

    writes = request.write_baseline is not None
    baseline = None
    if path is not None and not os.path.exists(path):
        if not writes:
            advice = f"write it with `provlint lint --write-baseline {path}`, or correct its name"
            raise LintError(f"there is no baseline `{path}`", advice, place)
        baseline = Baseline(path, {})
    elif path is not None:
        try:
            baseline = read_baseline(path)
        except InvalidFileError as error:
            raise LintError(str(error), error.help, error.place) from None
    never = _unsuppressible(rules, found) | {RULE_CRASHED.id, UNREADABLE}
    return Session(baseline, writes=writes, never=never)


def _threshold(request: Request, found: Found | None) -> Severity | None:
    word = request.fail_on or (found.settings.fail_on if found is not None else None)
    if word == "never":
        return None
    return WARNING if word is None else Severity(word)
