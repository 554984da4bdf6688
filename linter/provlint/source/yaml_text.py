"""YAML: values and places from the events of PyYAML; nothing is constructed or executed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from provlint.source.limits import (
    MAXIMUM_DEPTH,
    MAXIMUM_OF_ONE_CODE,
    MAXIMUM_PROBLEMS,
    MAXIMUM_YAML_VALUES,
)
from provlint.source.node import Node
from provlint.source.problem import SourceProblem, show
from provlint.source.reading import Reading
from provlint.source.yaml_value import STANDARD, plain_value, tagged_value

if TYPE_CHECKING:
    from collections.abc import Iterator

_STYLES = {None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}
_COLLECTIONS = (None, "!", f"{STANDARD}map", f"{STANDARD}seq")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Reading:
    """Read a YAML text; never raises.

    Several documents become a list of them. After a defect the reading ends, and what was read
    before it is the value.
    """
    composer = _Composer(text)
    try:
        for event in _events(text):
            composer.take(event)
            if composer.stopped:
                break
    except yaml.YAMLError as error:
        composer.syntax(error)
    return composer.finish()


def _events(text: str) -> Iterator[Any]:
    return iter(yaml.parse(text, Loader=_LOADER))


class _Open:
    """A mapping, a sequence, or the stream of documents while it is being read."""

    __slots__ = ("anchor", "first_keys", "key", "merged", "node", "size", "value")

    def __init__(self, value: Any, node: Node, anchor: str | None) -> None:
        self.value = value
        self.node = node
        self.anchor = anchor
        self.size = 1
        self.key: tuple[str, int, int] | None = None
        self.merged: list[tuple[Any, Node]] = []
        self.first_keys: dict[str, tuple[int, int]] = {}


class _Composer:
    """Puts events together without recursion, within the limits."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._problems: list[SourceProblem] = []
        self._duplicates: list[SourceProblem] = []
        stream = Node(0, len(text))
        stream.items = []
        self._stack = [_Open([], stream, None)]
        self._anchors: dict[str, tuple[Any, Node, int] | None] = {}
        self._reached = 0
        self.stopped = False

    def take(self, event: Any) -> None:
        """Take in one event."""
        if event.end_mark is not None:
            self._reached = event.end_mark.index
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(self._reached)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchors = {}

    def finish(self) -> Reading:
        """Close what is open and return the outcome."""
        while len(self._stack) > 1:
            self._stack[-1].key = None
            self._end(self._reached)
        stream = self._stack[0]
        nodes = stream.node.items or []
        if not nodes and not self._problems:
            self._report("empty-file", "the file is empty", "export the schema again", 0, 0)
        one = len(nodes) == 1
        return Reading(
            (stream.value[0] if one else stream.value) if nodes else None,
            tuple(self._problems),
            tuple(self._duplicates),
            nodes[0] if one else stream.node,
            found=bool(nodes),
        )

    def syntax(self, error: Any) -> None:
        """Report what PyYAML could not read."""
        mark: Any = getattr(error, "problem_mark", None)
        mark = mark or getattr(error, "context_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        if mark is not None:
            at = min(max(int(mark.index), 0), len(self._text))
        else:
            unprintable = yaml.reader.Reader.NON_PRINTABLE.search(self._text)
            at = unprintable.start() if unprintable else 0
        message, advice = _explain(str(reason), self._text, at)
        end = min(at + 1, len(self._text))
        if "maximum nesting depth" in str(reason):  # libyaml has a limit of its own
            self._too_deep(at, end)
            return
        self._report("yaml-syntax", message, advice, at, end)

    def _too_deep(self, start: int, end: int) -> None:
        message = f"mappings and sequences are nested more than {MAXIMUM_DEPTH} deep"
        advice = "check for brackets and indentation made by mistake"
        self._report("nested-too-deeply", message, advice, start, end)

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        node = Node(start, end, _STYLES[event.style])
        value: Any = event.value
        if event.tag is not None:
            value, known = tagged_value(event.value, event.tag)
            if not known:
                self._unknown_tag(event)
        elif node.style == "plain":
            value = plain_value(event.value)
        if isinstance(value, str):
            self._place_string(node, value)
        holder = self._stack[-1]
        if holder.node.members is not None and holder.key is None:
            self._key(holder, event.value, node)
            return
        self._add(value, node, 1, event.anchor)

    def _place_string(self, node: Node, value: str) -> None:
        """Set where the characters of a string stand, behind tag, anchor and block header."""
        text = self._text
        start, end = node.start, node.end
        before = re.compile(r"(?:[!&][^\s]*\s+)*").match(text, start, end)
        start = before.end() if before else start
        node.value = value
        if node.style in ("single", "double"):
            node.content = (start + 1, max(end - 1, start + 1))
        elif node.style in ("literal", "folded"):
            header = re.compile(r"[|>][^\r\n]*(?:\r\n?|\n)?").match(text, start, end)
            node.content = (header.end() if header else start, end)
        else:
            node.content = (start, end)

    def _key(self, holder: _Open, name: str, node: Node) -> None:
        span = (node.start, node.end)
        earlier = holder.first_keys.get(name)
        if earlier is not None and len(self._duplicates) < MAXIMUM_PROBLEMS:
            message = f"the key {show(name)} stands twice in one mapping, the last one counts"
            self._duplicates.append(
                SourceProblem(
                    "duplicate-key", message, "remove one of the two", *span, related=(earlier,)
                )
            )
        holder.first_keys[name] = span
        holder.key = (name, *span)

    def _alias(self, event: Any) -> None:
        known = self._anchors.get(event.anchor)
        start, end = event.start_mark.index, event.end_mark.index
        if known is None:
            name = show(f"*{event.anchor}")
            message = f"{name} refers to something that is not complete before it"
            advice = (
                "put the text in quotes, or define the anchor before the alias and not around it"
            )
            self._report("yaml-alias", message, advice, start, end)
            self._add(None, Node(start, end), 1, None)
            return
        value, node, size = known
        self._add(value, node, size, None)

    def _begin(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if len(self._stack) > MAXIMUM_DEPTH:
            self._too_deep(start, end)
            self.stopped = True
            return
        if event.tag not in _COLLECTIONS:
            self._unknown_tag(event)
        holder = self._stack[-1]
        if holder.node.members is not None and holder.key is None:
            message = "a mapping or sequence stands where a key is expected"
            self._report("yaml-key", message, "use a text as the key", start, max(end, start + 1))
            self.stopped = True
            return
        node = Node(start, end)
        if isinstance(event, yaml.MappingStartEvent):
            node.members = {}
            self._stack.append(_Open({}, node, event.anchor))
        else:
            node.items = []
            self._stack.append(_Open([], node, event.anchor))
        if event.anchor:
            self._anchors[event.anchor] = None

    def _end(self, end: int) -> None:
        done = self._stack.pop()
        content = self._text[done.node.start : end].rstrip()
        done.node.end = max(done.node.start + len(content), done.node.start)
        for value, node in done.merged:
            for name, member in (node.members or {}).items():
                if name not in done.value:
                    done.value[name] = value[name]
                    (done.node.members or {})[name] = member
        self._add(done.value, done.node, done.size, done.anchor)

    def _add(self, value: Any, node: Node, size: int, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = (value, node, size)
        holder = self._stack[-1]
        holder.size += size
        if holder.size > MAXIMUM_YAML_VALUES and not self.stopped:
            message = f"aliases make more than {MAXIMUM_YAML_VALUES} values of this file"
            advice = "write the values out, or use fewer aliases of aliases"
            self._report("yaml-aliases", message, advice, node.start, node.end)
            self.stopped = True
            return
        if holder.node.items is not None:
            holder.value.append(value)
            holder.node.items.append(node)
            return
        if holder.key is None or holder.node.members is None:
            if holder.node.members is not None and isinstance(value, str):
                self._key(holder, value, node)
            return
        name, key_start, key_end = holder.key
        holder.key = None
        if name == "<<" and self._text[key_start:key_end] == "<<" and _mergeable(value, node):
            sources = zip(value, node.items, strict=True) if node.items else ((value, node),)
            holder.merged += sources
            return
        holder.value[name] = value
        holder.node.members[name] = (key_start, key_end, node)

    def _unknown_tag(self, event: Any) -> None:
        start = event.start_mark.index
        match = re.compile(r"!\S*").search(self._text, start, event.end_mark.index)
        span = match.span() if match else (start, event.end_mark.index)
        message = f"the tag {show(self._text[span[0] : span[1]])} is not used here"
        self._report("yaml-tag", message, "remove the tag, tags are never executed", *span)

    def _report(self, code: str, message: str, advice: str, start: int, end: int) -> None:
        if sum(problem.code == code for problem in self._problems) < MAXIMUM_OF_ONE_CODE:
            self._problems.append(SourceProblem(code, message, advice, start, end))


def _mergeable(value: Any, node: Node) -> bool:
    if node.items:
        return all(isinstance(item, dict) for item in value)
    return isinstance(value, dict)


_OF_INDENTATION = ("block end", "block mapping", "expected key", "expected '-' indicator")


def _explain(reason: str, text: str, at: int) -> tuple[str, str]:
    """Turn what PyYAML says into what was found and what to do."""
    found = show(text[at : at + 1]) if at < len(text) else "the end of the file"
    character = text[at : at + 1]
    if character == "\t" or "character '\\t'" in reason:
        return "a tab stands where YAML wants blanks", "indent with blanks"
    if "mapping values are not allowed" in reason:
        return "a second `:` stands in one line", "put the value in quotes, or indent the key"
    if "could not find expected ':'" in reason:
        return f"a `:` is missing before {found}", "write `key: value`, or put the text in quotes"
    if character in "%@`" and character:
        return f"a text begins with {found}", "put the text in quotes"
    if "special characters" in reason or "control characters" in reason:
        return "the file holds a control character", "remove the character"
    if reason.startswith("did not find expected key") and text[:at].rstrip()[-1:] in ("}", "]"):
        return f"{found} stands behind a closing bracket", "put the whole text in quotes"
    if "unknown escape" in reason:
        return (
            f"in double quotes, {found} begins an escape that YAML does not know",
            "put the text in single quotes, where a backslash stands for itself",
        )
    if any(words in reason for words in _OF_INDENTATION):
        return (
            f"{found} is not indented as what stands before it",
            "indent alike what belongs alike",
        )
    if "unexpected end of stream" in reason or "quoted scalar" in reason:
        return "a quoted text has no closing quote", "put the quote where the text ends"
    if "flow" in reason or "expected ',' or" in reason:
        return f"`,` or a closing bracket is missing before {found}", "complete the list or mapping"
    return f"YAML cannot be read at {found}: {reason}", "put the text in quotes, or correct it"
