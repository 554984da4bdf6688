"""The baseline of one run: what is accepted, what is new, what matches nothing any more."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from provlint.baseline.baseline_file import baseline_text
from provlint.baseline.fingerprint import fingerprints
from provlint.baseline.matching import match
from provlint.diagnostic import Diagnostic, Place, Position, Range
from provlint.program_rules import STALE_BASELINE
from provlint.report.result import FileResult, Suppressed
from provlint.source.pointer import escape
from provlint.version import VERSION
from provlint.wording import LONGEST, counted, quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provlint.baseline.baseline_file import Accepted, Baseline
    from provlint.baseline.fingerprint import Fingerprint
    from provlint.diagnostic import Severity
    from provlint.source.source_file import SourceFile

REASON = "accepted by the baseline"

NAMED = 3
"""Stale entries that a finding names."""


class Session:
    """Sorts the findings of a run into new ones and accepted ones.

    Attributes:
        baseline: What is accepted; None when findings only get their fingerprints.
        writes: Whether the findings of this run are written as what is accepted from now on.
    """

    def __init__(
        self,
        baseline: Baseline | None,
        *,
        writes: bool = False,
        never: frozenset[str] = frozenset(),
    ) -> None:
        """Prepare.

        Args:
            baseline: The baseline, which may be one that is yet to be written.
            writes: Whether this run writes it.
            never: Ids of rules whose findings cannot be accepted.
        """
        self.baseline = baseline
        self.writes = writes
        self._never = never
        self._seen: dict[str, Accepted] = {}
        self._left: dict[str, Accepted] = {}
        self._paths: set[str] = set()

    def sort(
        self, diagnostics: Sequence[Diagnostic], source: SourceFile | None, path: str
    ) -> tuple[list[Diagnostic], tuple[Suppressed, ...]]:
        """The findings of a file that are new, and those that are accepted, all with fingerprints.

        Args:
            diagnostics: Findings with lines and columns.
            source: The file; None will do where there are no findings.
            path: Where it is, relative to the current folder.
        """
        prints = fingerprints(diagnostics, source)
        found = [
            diagnostic._replace(fingerprint=each.digest)
            for diagnostic, each in zip(diagnostics, prints, strict=True)
        ]
        if self.baseline is None:
            return found, ()
        key = self.baseline.key(path)
        self._paths.add(os.path.realpath(path))
        self._seen[key] = Counter(each for each in prints if each.rule not in self._never)
        old, self._left[key] = (
            self._match(prints, self._seen[key], VERSION)
            if self.writes
            else self._match(prints, self.baseline.accepted(key), self.baseline.provlint)
        )
        kept = [each for each, known in zip(found, old, strict=True) if not known]
        accepted = [each for each, known in zip(found, old, strict=True) if known]
        return kept, tuple(Suppressed(each, REASON, "baseline") for each in accepted)

    def new(
        self, diagnostics: Sequence[Diagnostic], source: SourceFile, path: str
    ) -> list[Diagnostic]:
        """The findings that were not accepted before this run: those that may be fixed."""
        if self.baseline is None:
            return list(diagnostics)
        accepted = self.baseline.accepted(self.baseline.key(path))
        prints = fingerprints(diagnostics, source)
        old, _ = self._match(prints, accepted, self.baseline.provlint)
        return [each for each, known in zip(diagnostics, old, strict=True) if not known]

    def _match(
        self, prints: Sequence[Fingerprint], accepted: Accepted, version: str
    ) -> tuple[list[bool], Accepted]:
        may = [each.rule not in self._never for each in prints]
        candidates = [each for each, possible in zip(prints, may, strict=True) if possible]
        matched = match(candidates, accepted, same_version=version == VERSION)
        known = iter(matched.known)
        return [possible and next(known) for possible in may], matched.left

    def stale(
        self, ran: frozenset[str], known: frozenset[str], severity: Severity
    ) -> FileResult | None:
        """Findings on the entries that match nothing any more, in the baseline itself.

        Args:
            ran: Ids of the rules that ran; entries of other rules cannot be judged.
            known: Ids of all rules that there are.
            severity: That of these findings.
        """
        if self.baseline is None or self.baseline.source is None or self.writes:
            return None
        name = self.baseline.source.name
        found = []
        for key, left in sorted(self._left.items()):
            stale = [each for each in sorted(left.elements()) if _judged(each.rule, ran, known)]
            if not stale:
                continue
            lines = self.baseline.source.lines
            span = self.baseline.source.positions.key(f"/files/{escape(key)}")
            verb = "matches" if len(stale) == 1 else "match"
            count = counted(len(stale), "accepted finding")
            listed = "; ".join(f"{each.rule} {quote(_end(each))}" for each in stale[:NAMED])
            more = f" and {len(stale) - NAMED:,} more" if len(stale) > NAMED else ""
            found.append(
                Diagnostic(
                    STALE_BASELINE.id,
                    STALE_BASELINE.name,
                    severity,
                    f"{count} of {quote(key)} {verb} nothing any more: {listed}{more}",
                    f"refresh the baseline with `--write-baseline {name}`",
                    name,
                    Place(f"/files/{escape(key)}", "key"),
                    Range(
                        Position(*lines.position(span.start)), Position(*lines.position(span.end))
                    ),
                )
            )
        return FileResult(name, tuple(found), lines, recognised=False) if found else None

    def write(self, ran: frozenset[str], names: Mapping[str, str]) -> str:
        """Write the baseline, and say what was written.

        What is accepted in files that this run did not see stays, as long as the files are there;
        so does what is accepted of rules that did not run.

        Args:
            ran: Ids of the rules that ran.
            names: Id to the name of every rule that there is.

        Raises:
            OSError: The file cannot be written.
        """
        baseline = self.baseline
        assert baseline is not None
        files: dict[str, Accepted] = {}
        gone = 0
        for key, accepted in baseline.files.items():
            if key in self._seen:
                kept = {
                    each: count
                    for each, count in accepted.items()
                    if not _judged(each.rule, ran, frozenset(names))
                }
                files[key] = Counter(kept)
            elif os.path.exists(baseline.place_of(key)):
                files[key] = Counter(accepted)
            else:
                gone += 1
        for key, found in self._seen.items():
            files[key] = files.get(key, Counter()) + found
        from provlint.source.edits import write_text

        write_text(baseline.path, baseline_text(files, names, VERSION))
        total = sum(accepted.total() for accepted in files.values())
        number = sum(1 for accepted in files.values() if accepted)
        note = f"; left out {counted(gone, 'file')} that are gone" if gone else ""
        where = f" in {counted(number, 'file')}" if number else ""
        return f"wrote {quote(baseline.path)}: {counted(total, 'accepted finding')}{where}{note}"

    def holds(self, path: str) -> bool:
        """Whether a path is that of one of the files that were checked."""
        return os.path.realpath(path) in self._paths


def _end(fingerprint: Fingerprint) -> str:
    """The end of the name of a thing, which says most, short enough to be quoted."""
    name = fingerprint.about[0] if fingerprint.about else ""
    return name if len(name) <= LONGEST else f"…{name[1 - LONGEST :]}"


def _judged(rule: str, ran: frozenset[str], known: frozenset[str]) -> bool:
    """Whether a finding of the rule would have been found again."""
    return rule in ran or rule not in known
