"""What mappings write, as columns: the text, and a class for what is no plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import provisioned_text
from provlint.simulate.columnar.differences import odd_class
from provlint.simulate.columnar.encoding import MARK, encode, encode_flow, quoted
from provlint.simulate.columnar.mappings import MappedColumn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provlint.compare.users.columnar.combined import Combined
    from provlint.compare.users.written import MappingPair
    from provlint.simulate.columnar.lookups import Lookups
    from provlint.simulate.plan import MappingPlan

DROPPED = "dropped"
NO_TEXT = "CAST(NULL AS VARCHAR)"


class Classes:
    """Classes of what mappings give that is no plain text: those of one class decide alike."""

    def __init__(self, both: Combined) -> None:
        self._both = both
        self._known: dict[tuple[object, ...], int] = {}

    def of(self, number: int, text: str) -> str:
        """The class of an encoded flow.

        Args:
            number: Of the combined mapping that gives it.
            text: The flow.
        """
        profile: list[object] = []
        for side in (self._both.old, self._both.new):
            for mapping, at in zip(side.flow.plan.mappings, side.values, strict=True):
                if at == number:
                    profile.append(odd_class(side.flow, mapping, text, None))
        return str(self._known.setdefault(tuple(profile), len(self._known)))


class WrittenColumn(MappedColumn):
    """What one mapping writes.

    Attributes:
        text: The text, encoded; NULL for nothing.
        kind: The class of what is no plain text; NULL for all others.
        dropped: Whether the mapping says that nothing flows, so that no default is taken.
    """

    _width = 3

    def __init__(
        self,
        number: int,
        mapping: MappingPlan,
        columns: Mapping[str, str],
        both: Combined,
        classes: Classes,
        lookups: Lookups,
        *,
        in_scope: bool = True,
    ) -> None:
        """Ask for what the reference evaluator must tell.

        Args:
            number: Of the combined mapping.
            mapping: The mapping.
            columns: The column of each attribute, as SQL.
            both: Both object mappings.
            classes: Of what is no plain text.
            lookups: Where the reference evaluator is asked.
            in_scope: Whether the users are in scope.
        """
        self._number = number
        self._classes = classes
        super().__init__(mapping, columns, both.flow.context, lookups, in_scope=in_scope)

    @property
    def text(self) -> str:
        """The text."""
        return self._result(0, "{value}")

    @property
    def kind(self) -> str:
        """The class."""
        return self._result(1, NO_TEXT)

    @property
    def dropped(self) -> str:
        """Whether it is dropped."""
        return f"({self._result(2, NO_TEXT)} IS NOT NULL)"

    @property
    def is_plain(self) -> bool:
        """Whether nobody has anything but plain texts and nothing."""
        if self._fixed is not None:
            return self._fixed[1] == NO_TEXT
        return self._lookup is None or not self._lookup.asked

    def _told(self, key: Sequence[str | None]) -> tuple[str | None, ...]:
        flow = self._reference(key)
        encoded = encode_flow(flow)
        special = encoded is not None and encoded[:1] == MARK
        text = provisioned_text(flow.value) if flow.value else None
        return (
            encode(text),
            self._classes.of(self._number, encoded) if special and encoded is not None else None,
            DROPPED if flow.outcome == DROPPED else None,
        )


def written(
    mapping: MappingPlan | None, column: WrittenColumn | None, *, managed: bool, name: str
) -> str:
    """What is written to one target attribute, as SQL; see `provlint.compare.users.written`.

    Args:
        mapping: The mapping; None where there is none.
        column: Its column.
        managed: Whether the account is there.
        name: Of the columns `text_` and `dropped_` of the relation `r`.
    """
    if mapping is None or column is None or (managed and mapping.flow_type == "ObjectAddOnly"):
        return NO_TEXT
    if managed or not mapping.default:
        return f"r.text_{name}"
    default = encode(mapping.default)
    assert default is not None
    literal = quoted(default)
    text = f"r.text_{name}"
    return f"CASE WHEN {text} IS NULL AND NOT r.dropped_{name} THEN {literal} ELSE {text} END"


def differs(pair: MappingPair, old: str, new: str, *, managed: bool) -> str:
    """Whether an attribute is written otherwise, as SQL.

    Args:
        pair: The mappings before and after.
        old: What the old one writes, as SQL.
        new: What the new one writes.
        managed: Whether the account is there.
    """
    found = f"({old}) IS DISTINCT FROM ({new})"
    if managed and pair.fills:
        found = f"({found} AND ({old}) IS NULL)"
    if pair.boolean:
        ascii_only = " AND ".join(f"strlen({each}) = length({each})" for each in (old, new))
        found = f"({found} AND NOT coalesce({ascii_only} AND lower({old}) = lower({new}), FALSE))"
    return found
