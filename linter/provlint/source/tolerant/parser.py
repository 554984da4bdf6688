"""Puts the tokens of a broken JSON text together, says what is wrong, and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.source.limits import MAXIMUM_DEPTH, MAXIMUM_PROBLEMS
from provlint.source.node import Node
from provlint.source.pointer import join
from provlint.source.problem import SourceProblem, show
from provlint.source.tolerant.frame import CLOSERS, OPENERS, Frame
from provlint.source.tolerant.layout import closes_by_indentation
from provlint.source.tolerant.scanner import Scanner, is_foreign
from provlint.source.tolerant.surroundings import find_next_document, first_line
from provlint.source.tolerant.tokens import Token
from provlint.source.tolerant.wording import WORDING

if TYPE_CHECKING:
    from provlint.source.tolerant.collector import Collector

_VALUES = frozenset({"string", "literal", "word", "directive", "display"})


class Parser:
    """A push-down automaton over tokens; it never recurses and takes each token once or twice.

    Attributes:
        documents: The frame of the file: the values that stand side by side in it.
        duplicates: One problem for each repeated key.
    """

    __slots__ = ("_collector", "_scanner", "_stack", "_text", "duplicates")

    def __init__(self, text: str, collector: Collector, start: int) -> None:
        self._text = text
        self._collector = collector
        self._scanner = Scanner(text, collector, start)
        self._stack = [Frame("", start)]
        self.duplicates: list[SourceProblem] = []
        collector.where = self._pointer

    @property
    def documents(self) -> Frame:
        """The frame of the file."""
        return self._stack[0]

    def run(self) -> None:
        """Read all documents of the text.

        Nesting beyond the limit is reported and ends the reading.
        """
        steps = {"key": self._key, "colon": self._colon, "value": self._value, "after": self._after}
        token = self._scanner.next()
        while token.kind != "end":
            frame = self._stack[-1]
            if len(self._stack) > MAXIMUM_DEPTH:
                self._collector.report(
                    "nested-too-deeply", token.start, token.end, limit=MAXIMUM_DEPTH
                )
                self._unwind(token.start)
                break
            if self._collector.full:
                self._unwind(token.start)
                break
            again = steps[frame.state](frame, token)
            token = again or self._scanner.next()
        if len(self._stack) > 1:
            self._truncated(token)
        self.documents.node.end = token.start

    # Each step handles one token in one state and returns a token that is to be handled (again)
    # or nothing when the next token is awaited.

    def _key(self, frame: Frame, token: Token) -> Token | None:
        kind = token.kind
        if kind in ("}", "]"):
            self._close(token)
            return None
        if kind in (",", ";"):
            self._comma(frame, token)
            return None
        if kind == "ellipsis":
            self._ellipsis(frame, token)
            return None
        if kind in ("string", "word", "literal"):
            self._take_key(frame, token)
            return None
        if kind == "{" and self._stack[-2].opener == "[":
            self._pop_unclosed(token)
            return token
        if kind in (":", "=", "junk"):
            self._report("unexpected-text", token)
            return None
        self._report("missing-key", token)
        frame.key = None
        frame.state = "value"
        return token

    def _take_key(self, frame: Frame, token: Token) -> None:
        if frame.previous is not None and frame.comma is None:
            self._missing_comma(frame, token)
        if token.kind != "string":
            bare = self._text[token.start : token.end]
            edits = ((token.start, token.end, f'"{bare}"'),)
            self._report("unquoted-key", token, bare=bare, edits=edits)
            token = Token("string", token.start, token.end, bare, (token.start, token.end))
        frame.key = token
        frame.previous = token
        frame.comma = None
        frame.state = "colon"

    def _colon(self, frame: Frame, token: Token) -> Token | None:
        kind = token.kind
        if kind == ":":
            frame.state = "value"
            return None
        if kind == "=":
            self._missing_colon(frame, token, ((token.start, token.end, ":"),))
            frame.state = "value"
            return None
        if kind in (",", ";", "}", "]"):
            self._missing_value(frame, token)
            return token
        if kind == "junk":
            self._report("unexpected-text", token)
            return None
        end = frame.previous.end if frame.previous else token.start
        self._missing_colon(frame, token, ((end, end, ":"),))
        frame.state = "value"
        return token

    def _value(self, frame: Frame, token: Token) -> Token | None:
        kind = token.kind
        if kind in ("{", "["):
            if frame.node.items is not None and frame.comma is None and not frame.empty:
                self._missing_comma(frame, token)
            frame.comma = None
            self._stack.append(Frame(kind, token.start))
            return None
        if kind in _VALUES:
            self._take_value(frame, token)
            return None
        if kind == "ellipsis":
            self._ellipsis(frame, token)
            return None
        if kind in ("junk", "=", ":"):
            self._report("unexpected-text", token)
            return None
        if frame.opener == "{" and kind == "]" and frame.key is not None:
            self._report("stray-bracket", token, opener="`[`")
            node = Node(token.start, token.end)
            node.items = []
            frame.previous = token
            self._add(frame, [], node)
            return None
        if frame.opener == "{":
            self._missing_value(frame, token)
            return token
        if kind in ("}", "]"):
            self._close(token)
        else:
            self._comma(frame, token)
        return None

    def _take_value(self, frame: Frame, token: Token) -> None:
        if frame.node.items is not None and frame.comma is None and not frame.empty:
            self._missing_comma(frame, token)
        if token.kind == "word":
            token = self._word(token)
        node = Node(token.start, token.end)
        if token.kind == "string":
            node.content = token.content
        elif isinstance(token.value, str):
            node.content = (token.start, token.end)
            node.style, node.value = "plain", token.value
        frame.previous = token
        self._add(frame, token.value, node)

    def _word(self, token: Token) -> Token:
        if is_foreign(token):
            return self._scanner.foreign(token)
        token = self._scanner.rest_of_text(token)
        bare = self._text[token.start : token.end]
        edits = ((token.start, token.end, f'"{bare}"'),) if "\\" not in bare else ()
        self._report("unquoted-string", token, bare=bare, edits=edits)
        return token

    def _after(self, frame: Frame, token: Token) -> Token | None:
        kind = token.kind
        if kind in (",", ";"):
            self._comma(frame, token)
            return None
        if kind in ("}", "]"):
            self._close(token)
            return None
        if kind == "ellipsis":
            self._ellipsis(frame, token)
            return None
        if not frame.opener:
            return self._after_document(frame, token)
        if kind in ("junk", "="):
            self._report("unexpected-text", token)
            return None
        if kind == ":":
            self._colon_after_item(frame, token)
            return None
        if frame.opener == "{" and kind == "{" and self._stack[-2].opener == "[":
            self._pop_unclosed(token)
            return token
        frame.state = "key" if frame.opener == "{" else "value"
        return token

    def _after_document(self, frame: Frame, token: Token) -> Token | None:
        if token.kind in ("{", "["):
            self._report("several-documents", token)
            frame.comma = token
            frame.state = "value"
            return token
        end = find_next_document(self._text, token.start)
        found = self._text[token.start : end].rstrip()
        self._collector.report(
            "text-after-json", token.start, token.start + len(found), found=first_line(found)
        )
        self._scanner.go_to(end)
        return None

    def _colon_after_item(self, frame: Frame, token: Token) -> None:
        """A colon after an array item: a key in an array, or an array that was not closed."""
        last = frame.previous
        if frame.opener != "[" or last is None or last.kind != "string":
            self._report("unexpected-text", token)
            return
        holder = self._stack[-2]
        frame.value.pop()
        if frame.node.items:
            frame.node.items.pop()
        if holder.opener == "{" and frame.value:
            self._pop_unclosed(last)
            holder.comma = None
            holder.previous = holder.key = last
            holder.state = "value"
            return
        self._collector.report("member-in-array", last.start, last.end)
        frame.comma = token
        frame.state = "value"

    def _comma(self, frame: Frame, token: Token) -> None:
        if token.kind == ";":
            edits = ((token.start, token.end, ","),)
            self._report("wrong-separator", token, edits=edits)
        remove = ((token.start, token.end, ""),)
        item = "member" if frame.opener == "{" else "item"
        if not frame.opener:
            self._report("unexpected-text", token)
        elif self._scanner.templated:
            pass
        elif frame.empty:
            opener = f"`{frame.opener}`"
            self._report("leading-comma", token, opener=opener, item=item, edits=remove)
        elif frame.comma is not None and frame.comma.kind != "ellipsis":
            self._report("double-comma", token, item=item, edits=remove)
        frame.comma = token
        frame.state = "key" if frame.opener == "{" else "value"

    def _ellipsis(self, frame: Frame, token: Token) -> None:
        self._report("ellipsis", token)
        frame.key = None
        frame.previous = token
        frame.comma = token
        # What was left out may have brought its own comma.
        frame.state = "after"

    def _close(self, token: Token) -> None:
        frame = self._stack[-1]
        opener = OPENERS[token.kind]
        if frame.opener != opener:
            enclosing = any(outer.opener == opener for outer in self._stack[1:-1])
            if not frame.opener:
                self._report("stray-bracket", token, opener=f"`{opener}`")
                return
            if enclosing and not closes_by_indentation(self._text, frame.node.start, token.start):
                while self._stack[-1].opener != opener:
                    self._pop_unclosed(token)
                frame = self._stack[-1]
            else:
                closer = CLOSERS[frame.opener]
                edits = ((token.start, token.end, closer),)
                related = ((frame.node.start, frame.node.start + 1),)
                self._report(
                    "wrong-bracket",
                    token,
                    opener=f"`{frame.opener}`",
                    instead=f"`{closer}`",
                    related=related,
                    edits=edits,
                )
        comma = frame.comma
        if comma and comma.kind in ",;" and not frame.empty and not self._scanner.templated:
            edits = ((comma.start, comma.end, ""),)
            self._report("trailing-comma", comma, closer=f"`{token.kind}`", edits=edits)
        self._pop(token.end)

    def _pop(self, end: int) -> None:
        frame = self._stack.pop()
        frame.node.end = end
        holder = self._stack[-1]
        kind = CLOSERS[frame.opener]
        holder.previous = Token(kind, frame.node.start, end)
        self._add(holder, frame.value, frame.node)

    def _pop_unclosed(self, token: Token) -> None:
        frame = self._stack[-1]
        if frame.state == "value" and frame.opener == "{":
            self._missing_value(frame, token)
        code = "unclosed-object" if frame.opener == "{" else "unclosed-array"
        start = frame.node.start
        found = show(self._text[token.start : token.end])
        related = ((token.start, token.end),)
        self._collector.report(code, start, start + 1, related=related, found=found)
        end = frame.previous.end if frame.previous else start + 1
        comma = frame.comma
        self._pop(end)
        if comma is not None and comma.kind == ",":
            self._comma(self._stack[-1], comma)

    def _add(self, frame: Frame, value: Any, node: Node) -> None:
        key = frame.key
        earlier = frame.add(value, node)
        if earlier is None or key is None or len(self.duplicates) >= MAXIMUM_PROBLEMS:
            return
        message, advice = WORDING["duplicate-key"]
        message = message.format(found=show(key.value))
        related = (earlier,)
        self.duplicates.append(
            SourceProblem(
                "duplicate-key", message, advice, key.start, key.end, self._pointer(), related
            )
        )

    def _missing_comma(self, frame: Frame, token: Token) -> None:
        if self._scanner.templated:
            return
        last = frame.previous
        end = last.end if last else token.start
        previous = show(self._text[last.start : last.end]) if last else "what stands before"
        if last is not None and last.kind in "}]":
            previous = f"the `{last.kind}` before it"
        self._report("missing-comma", token, previous=previous, edits=((end, end, ","),))

    def _missing_colon(
        self, frame: Frame, token: Token, edits: tuple[tuple[int, int, str], ...]
    ) -> None:
        key = show(frame.key.value) if frame.key else "it"
        self._report("missing-colon", token, key=key, edits=edits)

    def _missing_value(self, frame: Frame, token: Token) -> None:
        key = frame.key
        frame.key = None
        frame.state = "after"
        if key is None:
            return
        found = show(self._text[token.start : token.end]) if token.kind != "end" else "nothing"
        name = show(key.value)
        self._collector.report("missing-value", key.start, key.end, key=name, found=found)

    def _truncated(self, token: Token) -> None:
        frames = self._stack[1:]
        if len(frames) == 1:
            start = frames[0].node.start
            code = "unclosed-object" if frames[0].opener == "{" else "unclosed-array"
            self._collector.report(code, start, start + 1, found="the end of the file")
        else:
            last = self._last_token()
            start, end = (last.start, last.end) if last else (token.start, token.end)
            related = tuple((frame.node.start, frame.node.start + 1) for frame in frames)
            self._collector.report(
                "truncated-file", start, end, count=len(frames), related=related[-10:]
            )
        self._unwind(token.start)

    def _last_token(self) -> Token | None:
        tokens = [
            token
            for frame in self._stack[1:]
            for token in (frame.previous, frame.comma)
            if token is not None
        ]
        return max(tokens, key=lambda token: token.end, default=None)

    def _unwind(self, end: int) -> None:
        while len(self._stack) > 1:
            self._stack[-1].key = None
            self._pop(end)

    def _pointer(self) -> str:
        """Return the pointer of the innermost open object or array."""
        segments: list[str | int] = []
        several = bool(self._stack[0].value)
        for frame in self._stack[:-1]:
            if not frame.opener:
                if several:
                    segments.append(len(frame.value))
            elif frame.node.items is not None:
                segments.append(len(frame.value))
            elif frame.key is not None:
                segments.append(str(frame.key.value))
        return join(segments)

    def _report(self, code: str, token: Token, **words: Any) -> None:
        self._collector.report(code, token.start, token.end, **words)
