"""What the target holds, kept as small as the questions allow: accounts, groups, lookup tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from provlint.semantics.attribute_values import is_empty, provisioned_text
from provlint.semantics.evidence import EXAMPLES, SharedValues, Some
from provlint.simulate.inputs.containers import records_of
from provlint.simulate.inputs.fields import member, text_member
from provlint.simulate.target_paths import value_at
from provlint.simulate.targets import folded
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from provlint.simulate.inputs.targets import TargetFiles

NAMES = ("userName", "user_name", "Username", "userPrincipalName", "mail", "email", "primaryEmail")
"""Where accounts keep a name or an address of somebody."""


class TargetGroup(NamedTuple):
    """A group in the target.

    Attributes:
        name: Its display name.
        external: Its `externalId`, in lower case; empty where it has none.
    """

    name: str
    external: str


class Accounts:
    """The target, read once.

    Attributes:
        count: How many accounts there are.
        groups: The groups.
        lookups: Names in lookup tables.
    """

    def __init__(self, files: TargetFiles, attributes: Iterable[str]) -> None:
        """Read the files.

        Args:
            files: Accounts, and perhaps groups and lookup tables.
            attributes: The target attributes that are asked for.

        Raises:
            InputError: A record is broken, and the files say to stop.
        """
        self.count = 0
        self.groups: list[TargetGroup] = []
        self.lookups: set[str] = set()
        self._values: dict[str, dict[int, tuple[str, ...]]] = {name: {} for name in attributes}
        self._handles: dict[str, int] = {}
        self._titles: set[str] = set()
        self._by_value: dict[str, dict[str, list[int]]] = {}
        for path in files.paths:
            for record, where in records_of(path, files.ledger):
                if _is_group(record):
                    external = text_member(record, "externalId").lower()
                    self.groups.append(TargetGroup(text_member(record, "displayName"), external))
                elif _is_lookup(record):
                    self.lookups.add(text_member(record, "name", "u_name", "value"))
                else:
                    self._add(files.user(record, where).values)

    def _add(self, values: Mapping[str, object]) -> None:
        for name, kept in self._values.items():
            texts = tuple(_texts(value_at(values, name)))
            if texts:
                kept[self.count] = texts
        for handle in _handles(values):
            self._handles.setdefault(handle, self.count)
        title = values.get("displayName")
        if isinstance(title, str) and title:
            self._titles.add(folded(title))
        self.count += 1

    def is_titled(self, name: str) -> bool:
        """Whether an account has a display name; letter case does not count."""
        return bool(name) and folded(name) in self._titles

    def find(self, attribute: str, value: str) -> list[int]:
        """Numbers of the accounts with a value; letter case does not count."""
        index = self._by_value.get(attribute)
        if index is None:
            index = self._by_value[attribute] = {}
            for number, texts in self._values[attribute].items():
                for text in dict.fromkeys(map(folded, texts)):
                    index.setdefault(text, []).append(number)
        return index.get(folded(value), [])

    def has(self, number: int, attribute: str) -> bool:
        """Whether an account has any value of an attribute."""
        return number in self._values[attribute]

    def values(self, attribute: str) -> set[str]:
        """All values of an attribute."""
        return {text for texts in self._values[attribute].values() for text in texts}

    def similar(self, names: Iterable[str]) -> int | None:
        """Number of an account with one of these names, or with one before the `@`."""
        return next(
            (self._handles[name] for name in map(handle_of, names) if name in self._handles), None
        )

    def shared(self, attribute: str) -> SharedValues:
        """Values that several accounts have; letter case does not count."""
        counts: Counter[str] = Counter()
        spelt: dict[str, str] = {}
        for texts in self._values[attribute].values():
            for text in texts:
                spelt.setdefault(folded(text), text)
            counts.update({folded(text) for text in texts})
        several = [text for text, count in counts.items() if count > 1]
        examples = tuple(spelt[text] for text in several[:EXAMPLES])
        return SharedValues(Some(len(several), examples), sum(counts[text] for text in several))


def handle_of(name: str) -> str:
    """What identifies a person in a name or an address: what stands before the `@`."""
    return folded(name.partition("@")[0])


def _texts(value: object) -> Iterator[str]:
    for item in value if isinstance(value, (list, tuple)) else (value,):
        if not is_empty(item):
            yield provisioned_text(item)


def _handles(values: Mapping[str, object]) -> Iterator[str]:
    for name in NAMES:
        value = values.get(name)
        if isinstance(value, str) and value:
            yield handle_of(value)
    emails = values.get("emails")
    for each in emails if isinstance(emails, list) else ():
        address = each.get("value") if isinstance(each, dict) else each
        if isinstance(address, str) and address:
            yield handle_of(address)


def _is_group(record: Mapping[str, Any]) -> bool:
    schemas = member(record, "schemas")
    if isinstance(schemas, list) and any(str(each).lower().endswith(":group") for each in schemas):
        return True
    return "members" in record and "userName" not in record and "emails" not in record


def _is_lookup(record: Mapping[str, Any]) -> bool:
    """Whether a record is one of a lookup table, as ServiceNow keeps departments."""
    keys = {key.lower() for key in record}
    person = {"username", "user_name", "emails", "email", "userprincipalname", "schemas"}
    return "sys_id" in keys and not keys & person and bool(keys & {"name", "u_name", "value"})
