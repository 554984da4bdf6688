"""What a finding is known by from run to run.

Neither lines nor messages take part, nor the place of an item in its array: a finding keeps its
fingerprint when the file is formatted anew, sorted, encoded otherwise or exported again, and when
a later version words it better.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from provlint.baseline.named_path import named_path
from provlint.rule import group_of
from provlint.source.pointer import split
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provlint.diagnostic import Diagnostic, Place
    from provlint.source.source_file import SourceFile

LONGEST = 200
"""Characters of a text that a fingerprint spells out; a longer one ends in its hash."""


EVIDENCE = "evidence"
"""Group of the rules whose messages quote examples from data, which differ from day to day."""

EXAMPLES = ", such as "
"""Goes before examples from data in messages of other rules."""

_QUOTED = re.compile(r"`` (.+?) ``|`([^`]+)`")


class Fingerprint(NamedTuple):
    """What a finding is known by; two findings of one file may share it, so they are counted.

    Attributes:
        rule: Id of the rule.
        about: The things that it speaks of, by the names that lead to them and, for a value, what
            stands there without what formatting changes. In order of their names, because which
            of two equal things comes first is a matter of their order in the file.
        mentions: What else the message quotes. It tells two findings on one thing apart; as the
            wording of a later version may quote something else, it counts within a version only.
    """

    rule: str
    about: tuple[str, ...]
    mentions: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A hash for other programs; it depends neither on the file nor on the wording."""
        from hashlib import sha256

        parts = "\0".join((self.rule, *self.about))
        return sha256(parts.encode()).hexdigest()[:32]


def well_formed(text: str) -> str:
    """A text that can be written as UTF-8: halves of surrogate pairs become escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def fingerprints(diagnostics: Sequence[Diagnostic], source: SourceFile | None) -> list[Fingerprint]:
    """Return the fingerprint of each diagnostic, which must have the pointers of the file.

    Secrets of the file do not take part: a fingerprint is written into files.
    """
    if not diagnostics or source is None:
        return []
    maker = _Maker(source)
    return [maker.fingerprint(diagnostic) for diagnostic in diagnostics]


class _Maker:
    def __init__(self, source: SourceFile) -> None:
        from provlint.report.redaction import find_secrets

        self.source = source
        self.value = source.reading.value
        self.secrets = find_secrets(source.text)

    def fingerprint(self, diagnostic: Diagnostic) -> Fingerprint:
        places = (diagnostic.place, *(related.place for related in diagnostic.related))
        things = dict.fromkeys(self.thing(place) for place in places)
        mentions: set[str] = set()
        if group_of(diagnostic.rule) != EVIDENCE:
            told, _, _ = diagnostic.message.partition(EXAMPLES)
            mentions = {long or short for long, short in _QUOTED.findall(told)}
        return Fingerprint(
            diagnostic.rule,
            tuple(sorted(self.shown(_words(*thing)) for thing in things)),
            tuple(sorted(self.shown(each) for each in mentions - {text for _, text in things})),
        )

    def thing(self, place: Place) -> tuple[str, str]:
        """The name of what stands at a place, and its text."""
        if place.part == "text" and not place.pointer:
            text = self.source.text[place.start : place.end]
            return self.holder(place.start), " ".join(text.split())
        name = named_path(self.value, place.pointer)
        segments = split(place.pointer)
        value = _at(self.value, segments)
        if isinstance(value, dict | list) or place.part == "key" or _is_operand(segments, place):
            return name, ""
        text = value if isinstance(value, str) else _scalar(value)
        if not segments or segments[-1].lower() != "expression":
            return name, text[place.start : place.end] if place.part == "text" else text
        if place.part == "text":
            argument = _argument(text, place.start, place.end)
            name = f"{name} ({argument})" if argument else name
            text = text[place.start : place.end]
        return name, _unspaced(text)

    def holder(self, offset: int) -> str:
        """The name of the innermost object or array around a character of the file."""
        pointer = ""
        node = self.source.reading.root
        while node is not None:
            children: Iterable[tuple[str | int, Any]] = enumerate(node.items or ())
            if node.members is not None:
                children = ((key, child) for key, (_, _, child) in node.members.items())
            inside = ((key, child) for key, child in children if child.start <= offset < child.end)
            key, node = next(inside, ("", None))
            if node is not None:
                from provlint.source.pointer import escape

                pointer += f"/{escape(str(key))}"
        return named_path(self.value, pointer)

    def shown(self, text: str) -> str:
        """A text without secrets, shortened."""
        from provlint.report.redaction import redact

        text = well_formed(redact(text, self.secrets))
        if len(text) <= LONGEST:
            return text
        from hashlib import sha256

        digest = sha256(text.encode()).hexdigest()[:16]
        return f"{text[: LONGEST - 40]}… ({len(text)} characters, {digest})"


def _words(name: str, text: str) -> str:
    return f"{name} = {text}" if name and text else name or text


def _is_operand(segments: Sequence[str], place: Place) -> bool:
    """Whether a value of a clause is meant as a whole: the name of the clause has it already."""
    return len(segments) > 1 and segments[-2].lower() == "values" and place.part == "value"


def _at(value: object, segments: Sequence[str]) -> object:
    for segment in segments:
        if isinstance(value, dict) and segment in value:
            value = value[segment]
        elif isinstance(value, list) and segment.isdecimal() and int(segment) < len(value):
            value = value[int(segment)]
        else:
            break
    return value


def _scalar(value: object) -> str:
    from json import dumps

    return dumps(value, default=str)


_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+"|\[[^\]]*\]|\s+|[^\s"\[]+|.', re.DOTALL)


def _unspaced(expression: str) -> str:
    """An expression without the blanks that mean nothing."""
    parts: list[str] = []
    blank = False
    for token in _TOKENS.findall(expression):
        if token.isspace():
            blank = True
            continue
        if blank and parts and parts[-1][-1].isalnum() and token[0].isalnum():
            parts.append(" ")
        blank = False
        parts.append(token)
    return "".join(parts)


def _argument(expression: str, start: int, end: int) -> str:
    """Which argument of which function the characters stand in; empty for none."""
    from provlint.semantics.expressions import parse_once
    from provlint_grammar.syntax import Call, children

    found = ""
    node = parse_once(expression).tree
    while node is not None:
        inner = None
        for number, child in enumerate(children(node), 1):
            if child.span.start <= start and end <= child.span.end:
                inner = child
                if type(node) is Call:
                    found = f"argument {number} of {node.name}"
                break
        node = inner
    return found
