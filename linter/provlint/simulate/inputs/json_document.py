"""A text with JSON values behind each other, read through a window of bounded size."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from provlint.simulate.inputs.json_decoding import DECODER, ENVELOPES, bad_json, quickest_decoder
from provlint.simulate.inputs.problem import LARGEST_RECORD, InputProblem, not_an_object
from provlint.simulate.inputs.text import encoding_problem, pieces
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from provlint.simulate.inputs.json_decoding import Json
    from provlint.simulate.inputs.problem import Ledger

    Records = Generator[tuple[dict[str, Any], str], None, bool]

_BLANKS = re.compile(r"[ \t\r\n\ufeff]*")
_TOKENS = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[{}\[\],]')
_LIST = re.compile(r"[ \t\r\n]*:[ \t\r\n]*\[")
_NEXT_RECORD = re.compile(r"\}[ \t\r\n]*,[ \t\r\n]*(?=\{)")
_CUTS = 32
_WORTH = 4096
_BROKEN = object()


class Document:
    """A window on a text with JSON values behind each other."""

    __slots__ = ("at", "decode", "ended", "ledger", "line", "parts", "path", "suspicious", "text")

    def __init__(self, path: str, ledger: Ledger) -> None:
        self.path = path
        self.ledger = ledger
        self.parts = pieces(path, ledger)
        self.text = ""
        self.at = 0
        self.line = 1
        self.ended = False
        self.suspicious = False
        self.decode = quickest_decoder()

    def records(self) -> Iterator[tuple[Json, str]]:
        """All records of the file."""
        number = 0
        while (first := self.peek()) is not None:
            prefix = f"{self.path}#" if not number else f"{self.path}:{self.line_here()}#"
            number += 1
            if first == "[":
                self.at += 1
                if not (yield from self.array(prefix)):
                    return
            elif first == "{":
                if not (yield from self.object(prefix)):
                    return
            elif first == "," and number > 1:
                self.at += 1
            else:
                self.ledger.leave_out(self.unexpected("a record or a page was expected"))
                return

    def object(self, prefix: str) -> Records:
        """The records of one object: those of its list, or itself. False: nothing more follows."""
        place = prefix.removesuffix("#")
        if not self.fits() and self.begins_page():
            return (yield from self.page(prefix))
        value = self.value(place)
        if value is _BROKEN:
            return self.resume()
        name = next((name for name in ENVELOPES if isinstance(value.get(name), list)), None)
        if name is None:
            yield value, place
            return True
        self.turn_page(value)
        for index, record in enumerate(value[name]):
            if isinstance(record, dict):
                yield record, f"{prefix}/{name}/{index}"
            else:
                self.ledger.leave_out(not_an_object(f"{prefix}/{name}/{index}", record))
        return True

    def fits(self) -> bool:
        """Whether the window holds the whole value at the position, without a defect."""
        if self.suspicious:
            return False
        try:
            DECODER.raw_decode(self.text, self.at)
        except (ValueError, RecursionError):
            return False
        return True

    def begins_page(self) -> bool:
        """Whether the object at the position has a list of records among its own members."""
        while True:
            depth = 0
            for token in _TOKENS.finditer(self.text, self.at):
                found = token.group()
                if found[0] == '"':
                    is_list = depth == 1 and _LIST.match(self.text, token.end()) is not None
                    if is_list and found[1:-1] in ENVELOPES:
                        return True
                elif found in "{[":
                    depth += 1
                elif found in "}]":
                    depth -= 1
                    if depth == 0:
                        return False
            if len(self.text) - self.at > LARGEST_RECORD or not self.more():
                return False

    def turn_page(self, members: Json) -> None:
        """Remember that a page was read, and whether it names a next one."""
        self.ledger.pages += 1
        self.ledger.continued += "@odata.nextLink" in members

    def page(self, prefix: str) -> Records:
        """The records of `{"value": […]}`, and what the other members tell."""
        self.at += 1
        members: Json = {}
        while True:
            first = self.peek()
            if first == "}":
                self.at += 1
                self.turn_page(members)
                return True
            if first == ",":
                self.at += 1
                continue
            name = self.value(prefix) if first == '"' else None
            if not isinstance(name, str) or self.peek() != ":":
                self.ledger.leave_out(self.unexpected("a member of the page was expected"))
                return False
            self.at += 1
            if self.peek() == "[" and name in ENVELOPES:
                self.at += 1
                if not (yield from self.array(f"{prefix}/{name}")):
                    return False
                continue
            members[name] = self.value(f"{prefix}/{name}")
            if members[name] is _BROKEN:
                return False

    def array(self, prefix: str) -> Records:
        """The objects of an array; the position is behind its bracket. False: lost, or cut off."""
        index, singly = 0, 0
        while True:
            first = self.peek()
            if first == "]":
                self.at += 1
                return True
            if index and first == ",":
                self.at += 1
                first = self.peek()
            elif index and first is not None:
                self.ledger.leave_out(self.unexpected("`,` or `]` was expected"))
                if not self.resume():
                    return False
                continue
            if first is None:
                self.ledger.leave_out(self.unexpected("`]` was expected at the end of the list"))
                return False
            records = [] if singly or self.suspicious else self.many()
            singly = max(0, singly - 1)
            if not records:
                singly = singly or (len(self.text) - self.at > _WORTH) * 512
                value = self.value(f"{prefix}/{index}")
                if value is _BROKEN:
                    index += 1
                    if not self.resume():
                        return False
                    continue
                records = [value]
            for record in records:
                if type(record) is dict:
                    yield record, f"{prefix}/{index}"
                else:
                    self.ledger.leave_out(not_an_object(f"{prefix}/{index}", record))
                index += 1

    def many(self) -> list[Any]:
        """As many whole records of an array as the window holds; none when that cannot be told."""
        if len(self.text) - self.at < _WORTH:
            return []
        end = len(self.text)
        for _ in range(_CUTS):
            end = self.text.rfind("}", self.at, end)
            if end < 0:
                return []
            if _NEXT_RECORD.match(self.text, end) is None:
                continue
            try:
                records = self.decode(f"[{self.text[self.at : end + 1]}]")
            except (ValueError, RecursionError):
                continue
            self.at = end + 1
            return records if isinstance(records, list) else []
        return []

    def value(self, place: str) -> Any:
        """The JSON value at the position; `_BROKEN` when there is none and the ledger goes on."""
        while True:
            try:
                value, end = DECODER.raw_decode(self.text, self.at)
            except (ValueError, RecursionError) as error:
                unfinished = not isinstance(error, json.JSONDecodeError) or (
                    error.pos > len(self.text) - 64 or error.msg.startswith("Unterminated string")
                )
                if unfinished and len(self.text) - self.at < LARGEST_RECORD and self.more():
                    continue
                self.ledger.leave_out(self.bad(place, error))
                return _BROKEN
            if end == len(self.text) and self.more():
                continue
            if self.suspicious:
                problem = encoding_problem(place, self.text[self.at : end])
                if problem is not None:
                    self.ledger.leave_out(problem)
                    return _BROKEN
            self.at = end
            return value

    def bad(self, place: str, error: Exception) -> InputProblem:
        """The problem of a value that cannot be read, with its line."""
        problem = bad_json(place, self.text, error)
        at = error.pos if isinstance(error, json.JSONDecodeError) else self.at
        line = self.line + self.text.count("\n", 0, at)
        return problem._replace(
            place=f"{self.path}:{line} ({place.rpartition('#')[2] or 'record'})"
        )

    def unexpected(self, expected: str) -> InputProblem:
        """The problem of something unexpected at the position."""
        found = self.text[self.at : self.at + 24].split("\n")[0]
        what = f"found {quote(found)}" if found.strip() else "the file ends"
        return InputProblem(
            "bad-json", f"{self.path}:{self.line_here()}", f"{what}, {expected}",
            "export the file again, or correct it here",
        )  # fmt: skip

    def resume(self) -> bool:
        """Go behind the broken value, to the comma or bracket after it; False when lost."""
        while True:
            open_brackets: list[str] = []
            for token in _TOKENS.finditer(self.text, self.at):
                found = token.group()
                if found in ("{", "["):
                    open_brackets.append(found)
                elif found in ("}", "]"):
                    if not open_brackets:
                        self.at = token.start()
                        return True
                    if open_brackets.pop() + found not in ("{}", "[]"):
                        return self.lost()
                    if not open_brackets:
                        self.at = token.end()
                        return True
                elif found == "," and not open_brackets:
                    self.at = token.start()
                    return True
            if len(self.text) - self.at > LARGEST_RECORD or not self.more():
                return self.lost()

    def lost(self) -> bool:
        """Tell that the rest of the file cannot be read."""
        message = (
            "brackets are not balanced, so the end of the broken record cannot be found and "
            "the rest of the file is left out"
        )
        place = f"{self.path}:{self.line_here()}"
        advice = "correct the record and run again"
        self.ledger.leave_out(InputProblem("lost", place, message, advice))
        return False

    def peek(self) -> str | None:
        """The next character that is not blank, at the position; None at the end of the file."""
        while True:
            blank = _BLANKS.match(self.text, self.at)
            assert blank is not None
            self.at = blank.end()
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return None

    def more(self) -> bool:
        """Read on; drops what lies before the position. False at the end of the file."""
        if self.ended:
            return False
        part = next(self.parts, None)
        if part is None:
            self.ended = True
            return False
        self.line += self.text.count("\n", 0, self.at)
        self.text = self.text[self.at :] + part[0]
        self.at = 0
        self.suspicious = part[1] or (self.suspicious and bool(self.text))
        return True

    def line_here(self) -> int:
        """The line of the position."""
        return self.line + self.text.count("\n", 0, self.at)
