"""What one evaluation knows and remembers, and how it can end without a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.evaluation.readings import LAZY_BRANCHES, NULL_OR_EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from random import Random

    from provlint.dotnet.dates.moment import DateTime
    from provlint.evaluation.trace import Frame
    from provlint.evaluation.values import Value
    from provlint_grammar.span import Span

    Run = Callable[["State"], Value]

TEXT_LIMIT = 1_000_000
"""Characters of the longest text that an evaluation makes."""

LIST_LIMIT = 100_000
"""Values of the longest list that an evaluation makes."""

TRUSTED_SOURCES = frozenset({"entra", "active-directory"})
"""Sources for which Microsoft's default mappings use IIF on absent attributes.
https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/how-to-configure-entra-to-active-directory"""


class Failure(Exception):  # noqa: N818 - an outcome, not a fault of the program
    """The expression has no value.

    Attributes:
        message: What was found and what was expected.
        help: What to do.
        span: Where; None until a call around it fills it in.
        argument: Number of the argument at fault, from 0; None for the whole call.
        escrow: Whether SelectUniqueValue ran out of values.
    """

    def __init__(
        self,
        message: str,
        help: str = "",  # noqa: A002 - the field's name in every report
        *,
        argument: int | None = None,
        escrow: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.span: Span | None = None
        self.argument = argument
        self.escrow = escrow


class Signal(Exception):  # noqa: N818 - an outcome, not a fault of the program
    """Nothing flows.

    Attributes:
        outcome: `dropped` for the attribute, `object-skipped` for the object.
    """

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class Context:
    """What is the same for many evaluations.

    Attributes:
        now: The present; None for the clock.
        seed: Start of the random numbers; None for unpredictable ones.
        taken: Tells whether a value is in use in the target; `exactly` tells it with regard to
            case.
        macros: Values of job variables by name, without percent signs.
        source: The source system, such as `entra` or `workday`; None when it is not known.
    """

    __slots__ = ("_exact", "_folded", "_taken", "macros", "now", "seed", "source")

    def __init__(
        self,
        *,
        now: DateTime | None = None,
        seed: int | None = None,
        taken: Collection[str] | Callable[[str], bool] = (),
        macros: Mapping[str, str] | None = None,
        source: str | None = None,
    ) -> None:
        self.now = now
        self.seed = seed
        self.source = source
        self.macros = {name.strip("%"): value for name, value in (macros or {}).items()}
        self._taken = taken
        self._exact: frozenset[str] | None = None
        self._folded: frozenset[str] = frozenset()

    def is_taken(self, value: str) -> tuple[bool, bool]:
        """Whether a value is in use when case is ignored, and whether exactly so."""
        if callable(self._taken):
            answer = bool(self._taken(value))
            return answer, answer
        from provlint.dotnet.strings import fold

        if self._exact is None:
            self._exact = frozenset(self._taken)
            self._folded = frozenset(map(fold, self._exact))
        return fold(value) in self._folded, value in self._exact


DEFAULT_CONTEXT = Context()


class State:
    """One evaluation.

    Attributes:
        inputs: Attribute values by name; a missing name is absent.
        context: What is the same for many evaluations.
        notes: Names of the open readings that the outcome rests on.
        frame: The innermost call that is traced, if any.
        other_count: What the last DateDiff gives when counted the other way, if that differs.
        probing: Whether a branch is evaluated only to learn whether it would fail.
        flags: `random`, `time`, `redacted`.
    """

    __slots__ = (
        "_random",
        "context",
        "flags",
        "frame",
        "inputs",
        "notes",
        "other_count",
        "probing",
    )

    def __init__(self, inputs: Mapping[str, Any], context: Context) -> None:
        self.inputs = inputs
        self.context = context
        self.notes: list[str] | None = None
        self.flags: set[str] | None = None
        self.frame: Frame | None = None
        self.other_count: int | None = None
        self.probing = False
        self._random: Random | None = None

    def note(self, reading: str) -> None:
        """Remember that the outcome rests on an open reading."""
        if self.notes is None:
            self.notes = [reading]
        elif reading not in self.notes:
            self.notes.append(reading)

    def noted(self) -> int:
        """How many readings are noted so far; a mark for `settle`."""
        return 0 if self.notes is None else len(self.notes)

    def settle(self, mark: int) -> None:
        """Forget readings noted since a mark that only tell null from empty.

        To be called where a value is null or empty and both mean the same.
        """
        if self.notes is not None and len(self.notes) > mark:
            kept = [name for name in self.notes[mark:] if name not in NULL_OR_EMPTY]
            self.notes = self.notes[:mark] + kept or None

    def flag(self, word: str) -> None:
        """Remember a property of the outcome."""
        if self.flags is None:
            self.flags = {word}
        else:
            self.flags.add(word)

    @property
    def now(self) -> DateTime:
        """The present in UTC, the same throughout one evaluation."""
        if self.context.now is None:
            from provlint.evaluation.moments import present

            self.context = _at(self.context, present())
        moment = self.context.now
        assert moment is not None
        return moment

    @property
    def random(self) -> Random:
        """Random numbers, from the seed where there is one."""
        if self._random is None:
            from random import Random

            self._random = Random(self.context.seed)
        return self._random

    def probe(self, branch: Run) -> None:
        """Note when a branch that is not taken would fail."""
        if self.probing:
            branch(self)
            return
        notes, flags, frame, random = self.notes, self.flags, self.frame, self._random
        self.notes = self.flags = self.frame = self._random = None
        self.probing = True
        try:
            branch(self)
            failed = False
        except Failure:
            failed = True
        except Signal:
            failed = False
        self.probing = False
        self.notes, self.flags, self.frame, self._random = notes, flags, frame, random
        if failed:
            self.note(LAZY_BRANCHES)


def _at(context: Context, now: DateTime) -> Context:
    same = Context(now=now, seed=context.seed, macros=context.macros, source=context.source)
    same._taken = context._taken
    return same
