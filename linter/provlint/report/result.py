"""What renderers render: the outcome of one run over some files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from typing import Protocol

    from provlint.diagnostic import Diagnostic, Severity
    from provlint.rule import RuleInfo

    class TextSource(Protocol):
        """The decoded text of a file, by line; `provlint.source.lines.LineIndex` is one."""

        @property
        def text(self) -> str:
            """The whole decoded text."""

        @property
        def count(self) -> int:
            """Number of lines."""

        def line_text(self, line: int) -> str:
            """The line with this number, from 1, without its line break."""


NOTHING: Mapping[str, str] = MappingProxyType({})


class Suppressed(NamedTuple):
    """A finding that the user silenced.

    Attributes:
        diagnostic: The finding.
        reason: Why, in the user's words.
        kind: `configuration` for an entry of the configuration file, `baseline` for an accepted
            old finding.
    """

    diagnostic: Diagnostic
    reason: str
    kind: Literal["configuration", "baseline"] = "configuration"


class FileResult(NamedTuple):
    """One file.

    Attributes:
        name: As the user named it.
        diagnostics: With concrete ranges, sorted, each once.
        source: Its text; None when it could not be read, or when nothing was found in it.
        recognised: Whether it holds a provisioning configuration.
        suppressed: Findings that are not shown.
        secrets: Texts that must not be shown; renderers add those that they find in the source.
    """

    name: str
    diagnostics: tuple[Diagnostic, ...] = ()
    source: TextSource | None = None
    recognised: bool = True
    suppressed: tuple[Suppressed, ...] = ()
    secrets: tuple[str, ...] = ()


class Run(NamedTuple):
    """One run of the linter.

    Attributes:
        files: Files with something to say; may be fewer than were looked at.
        looked_at: How many files were opened.
        recognised: How many of them hold a provisioning configuration.
        suppressed: How many findings the user silenced.
        hidden: Why findings are not shown to how many; keys of `summary.HIDDEN` get a hint.
        elapsed: Seconds of wall clock; None where output must not change from run to run.
        version: Version of provlint.
        rules: Rules that ran.
        notices: What the user should know and that is about no file.
        documentation: Rule id to the address of its page.
        severities: Severities that the configuration changed, by rule id.
        root: Absolute working directory; absolute names below it are written relative to it.
        plugins: Names and versions of the packages whose rules were loaded.
        baseline: Whether there is a baseline, so that the findings shown are new ones.
    """

    files: tuple[FileResult, ...]
    looked_at: int
    recognised: int
    suppressed: int = 0
    hidden: Mapping[str, int] = MappingProxyType({})
    elapsed: float | None = None
    version: str = ""
    rules: Iterable[RuleInfo] = ()
    notices: tuple[str, ...] = ()
    documentation: Mapping[str, str] = NOTHING
    severities: Mapping[str, Severity] = MappingProxyType({})
    root: str = ""
    plugins: tuple[tuple[str, str], ...] = ()
    baseline: bool = False
