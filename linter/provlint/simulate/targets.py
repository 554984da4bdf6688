"""Target users, and how they are looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from provlint.semantics.attribute_values import is_empty, provisioned_text
from provlint.simulate.target_paths import value_at


@dataclass(frozen=True, slots=True)
class TargetUser:
    """An account in the target.

    Attributes:
        id: Its identifier there.
        values: What it holds: by the names of target attributes, or nested as in SCIM.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict)

    def value(self, attribute: str) -> object:
        """The value of a target attribute, which may be a SCIM path; None where there is none."""
        return value_at(self.values, attribute)


class Targets(Protocol):
    """The accounts of a target, as matching asks for them."""

    def find(self, attribute: str, value: str, *, ignore_case: bool) -> Sequence[TargetUser]:
        """The accounts of which the attribute equals the value."""

    def by_id(self, identifier: str) -> TargetUser | None:
        """The account with this id."""


class TargetList:
    """Accounts in memory; each attribute that is asked for is indexed once."""

    __slots__ = ("_by_id", "_indexes", "users")

    def __init__(self, users: Iterable[TargetUser]) -> None:
        self.users = tuple(users)
        self._by_id: dict[str, TargetUser] = {}
        for user in self.users:
            self._by_id.setdefault(user.id, user)
        self._indexes: dict[tuple[str, bool], dict[str, list[TargetUser]]] = {}

    def find(self, attribute: str, value: str, *, ignore_case: bool) -> Sequence[TargetUser]:
        """The accounts of which the attribute equals the value."""
        key = (attribute, ignore_case)
        if key not in self._indexes:
            self._indexes[key] = self._index(attribute, ignore_case)
        return self._indexes[key].get(folded(value) if ignore_case else value, ())

    def _index(self, attribute: str, ignore_case: bool) -> dict[str, list[TargetUser]]:
        index: dict[str, list[TargetUser]] = {}
        for user in self.users:
            value = user.value(attribute)
            items = value if isinstance(value, (list, tuple)) else (value,)
            texts = dict.fromkeys(provisioned_text(item) for item in items if not is_empty(item))
            for text in dict.fromkeys(map(folded, texts)) if ignore_case else texts:
                index.setdefault(text, []).append(user)
        return index

    def by_id(self, identifier: str) -> TargetUser | None:
        """The account with this id."""
        return self._by_id.get(identifier)


def folded(text: str) -> str:
    """A text as it is compared without regard to letter case."""
    return text.upper().lower() if not text.isascii() else text.lower()
