"""An object or array that is being read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.source.node import Node

if TYPE_CHECKING:
    from provlint.source.tolerant.tokens import Token

CLOSERS = {"{": "}", "[": "]"}
OPENERS = {"}": "{", "]": "["}


class Frame:
    """One open bracket, or the file itself (`opener` is then empty).

    Attributes:
        opener: `{`, `[` or nothing.
        state: What is awaited: `key`, `colon`, `value` or `after`.
        value: The dictionary or list that grows.
        node: The places that grow with it.
        key: The key token whose value is awaited; `None` means the value is thrown away.
        comma: The comma just read, for judging what follows it.
        previous: Last token that belongs to the frame.
        first_keys: Range of the first key of each name.
    """

    __slots__ = ("comma", "first_keys", "key", "node", "opener", "previous", "state", "value")

    def __init__(self, opener: str, start: int) -> None:
        self.opener = opener
        self.state = "key" if opener == "{" else "value"
        self.value: Any = {} if opener == "{" else []
        self.node = Node(start, start)
        if opener == "{":
            self.node.members = {}
        else:
            self.node.items = []
        self.key: Token | None = None
        self.comma: Token | None = None
        self.previous: Token | None = None
        self.first_keys: dict[str, tuple[int, int]] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing but commas was read yet."""
        return self.previous is None

    def add(self, value: Any, node: Node) -> tuple[int, int] | None:
        """Take in a value; return the range of an earlier key of the same name."""
        self.state = "after"
        self.comma = None
        if self.node.items is not None:
            self.value.append(value)
            self.node.items.append(node)
            return None
        key, self.key = self.key, None
        if key is None or self.node.members is None:
            return None
        name = key.value
        self.value[name] = value
        self.node.members[name] = (key.start, key.end, node)
        earlier = self.first_keys.get(name)
        self.first_keys[name] = (key.start, key.end)
        return earlier
