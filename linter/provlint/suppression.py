"""Silencing findings by rule and by object, with a reason; never by line or message."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from provlint.globs import glob_matches
from provlint.report.result import Suppressed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from provlint.config.settings import Suppression
    from provlint.diagnostic import Diagnostic, Subject


class Suppressions:
    """The suppressions of a configuration file, and which of them were of use."""

    def __init__(
        self,
        suppressions: Sequence[tuple[Suppression, frozenset[str]]],
        *,
        unsuppressible: frozenset[str] = frozenset(),
        today: date | None = None,
    ) -> None:
        """Prepare.

        Args:
            suppressions: Each with the ids of the rules that it names.
            unsuppressible: Ids of rules that cannot be silenced.
            today: For `expires`; None takes no suppression as expired.
        """
        self._suppressions = suppressions
        self._unsuppressible = unsuppressible
        self._today = today
        self._used: set[int] = set()

    def keep(
        self, diagnostics: Sequence[Diagnostic], path: str
    ) -> tuple[list[Diagnostic], tuple[Suppressed, ...]]:
        """The findings that remain, and those that do not.

        Args:
            diagnostics: Findings on one file.
            path: The file, relative to the configuration file, with `/` between folders.
        """
        kept: list[Diagnostic] = []
        suppressed: list[Suppressed] = []
        for diagnostic in diagnostics:
            index = self._first(diagnostic, path)
            if index is None:
                kept.append(diagnostic)
                continue
            self._used.add(index)
            reason = self._suppressions[index][0].reason
            suppressed.append(Suppressed(diagnostic, reason))
        return kept, tuple(suppressed)

    def _first(self, diagnostic: Diagnostic, path: str) -> int | None:
        if diagnostic.rule in self._unsuppressible:
            return None
        for index, (suppression, rules) in enumerate(self._suppressions):
            if diagnostic.rule not in rules or self._expired(suppression):
                continue
            if glob_matches(suppression.files, path) and _applies(suppression, diagnostic.subject):
                return index
        return None

    def _expired(self, suppression: Suppression) -> bool:
        return (
            self._today is not None
            and suppression.expires is not None
            and suppression.expires <= self._today
        )

    def useless(self, ran: frozenset[str]) -> Iterator[tuple[int, str, str]]:
        """The suppressions that did nothing: index, what is wrong with it, what to do.

        Args:
            ran: Ids of the rules that ran; what silences others cannot be judged.
        """
        for index, (suppression, rules) in enumerate(self._suppressions):
            what = f"the suppression of `{suppression.rule}`"
            if not rules & ran:
                continue
            if self._expired(suppression):
                yield (
                    index,
                    f"{what} expired on {suppression.expires}",
                    "remove it, or correct what it silenced",
                )
            elif rules <= self._unsuppressible:
                yield index, f"{what} has no effect: no suppression may silence it", "remove it"
            elif index not in self._used:
                yield (
                    index,
                    f"{what} silences nothing",
                    "remove it, or correct its `rule`, its `files` or the names of its objects",
                )


def _applies(suppression: Suppression, subject: Subject) -> bool:
    wanted = (
        (suppression.application, subject.application),
        (suppression.mapping, subject.mapping),
        (suppression.target, subject.target),
        (suppression.filter_group, subject.filter_group),
    )
    return all(want is None or fnmatchcase(has, want) or has == want for want, has in wanted)
