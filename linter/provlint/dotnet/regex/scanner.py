"""A cursor over a pattern, and the escapes that both passes of the parser read.

The order of reading and of checking follows .NET's parser, because the error code and the offset
of an invalid pattern depend on it. Offsets are UTF-16 units.
"""

from __future__ import annotations

from provlint.dotnet.regex.errors import RegexSyntaxError
from provlint.dotnet.regex.units import code_point_position

GREATEST_NUMBER = 2147483647

IGNORE_CASE = 1
MULTILINE = 2
EXPLICIT_CAPTURE = 4
SINGLELINE = 8
IGNORE_WHITESPACE = 16
RIGHT_TO_LEFT = 32

_OPTION_LETTERS = {
    "i": IGNORE_CASE,
    "m": MULTILINE,
    "n": EXPLICIT_CAPTURE,
    "s": SINGLELINE,
    "x": IGNORE_WHITESPACE,
}
_SIMPLE_ESCAPES = {
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
_DIGITS = frozenset("0123456789")
_OCTAL = frozenset("01234567")
_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")
_WHITE = frozenset("\t\n\f\r ")
_ASCII_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def is_word(unit: str) -> bool:
    r"""Tell whether .NET counts a unit as part of a group name, an escape letter or a `\b` word."""
    if unit < "\x80":
        return unit in _ASCII_WORD
    from provlint.dotnet.regex.classes import is_word_unit

    return is_word_unit(ord(unit))


class Scanner:
    """A cursor over the units of a pattern, with the inline options in force."""

    def __init__(self, units: str) -> None:
        self.units = units
        self.length = len(units)
        self.at = 0
        self.options = 0

    def error(self, code: str) -> RegexSyntaxError:
        """Return the error `code` at the place of the cursor."""
        return RegexSyntaxError(code, self.at, code_point_position(self.units, self.at))

    def is_at(self, text: str) -> bool:
        """Tell whether `text` stands at the cursor."""
        return self.units.startswith(text, self.at)

    def skip_blank(self) -> None:
        """Skip comments, and white space where the option `x` is on."""
        units, length = self.units, self.length
        while True:
            at = self.at
            if self.options & IGNORE_WHITESPACE:
                while at < length and units[at] in _WHITE:
                    at += 1
                self.at = at
                if at < length and units[at] == "#":
                    end = units.find("\n", at)
                    self.at = length if end < 0 else end
                    continue
            if not units.startswith("(?#", at):
                return
            end = units.find(")", at)
            if end < 0:
                self.at = length
                raise self.error("UnterminatedComment")
            self.at = end + 1

    def scan_options(self) -> None:
        """Read the letters of `(?imnsx-imnsx`."""
        off = False
        while self.at < self.length:
            unit = self.units[self.at]
            if unit in "+-":
                off = unit == "-"
            else:
                option = _OPTION_LETTERS.get(unit.lower()) if unit < "\x80" else None
                if option is None:
                    return
                self.options = self.options & ~option if off else self.options | option
            self.at += 1

    def scan_number(self) -> int:
        """Read decimal digits, possibly none."""
        number = 0
        while self.at < self.length and self.units[self.at] in _DIGITS:
            number = number * 10 + int(self.units[self.at])
            self.at += 1
            if number > GREATEST_NUMBER:
                raise self.error("QuantifierOrCaptureGroupOutOfRange")
        return number

    def scan_name(self) -> str:
        """Read word characters, possibly none."""
        start = self.at
        while self.at < self.length and is_word(self.units[self.at]):
            self.at += 1
        return self.units[start : self.at]

    def scan_property(self) -> str:
        r"""Read `{name}` after `\p` and return the name, whether known or not."""
        if self.at + 2 >= self.length:
            raise self.error("InvalidUnicodePropertyEscape")
        self.at += 1
        if self.units[self.at - 1] != "{":
            raise self.error("MalformedUnicodePropertyEscape")
        start = self.at
        while self.at < self.length and (
            self.units[self.at] == "-" or is_word(self.units[self.at])
        ):
            self.at += 1
        name = self.units[start : self.at]
        if self.at == self.length:
            raise self.error("InvalidUnicodePropertyEscape")
        self.at += 1
        if self.units[self.at - 1] != "}":
            raise self.error("InvalidUnicodePropertyEscape")
        return name

    def scan_escaped_unit(self) -> str:
        """Read what follows a backslash when it stands for one unit."""
        unit = self.units[self.at]
        if unit in _OCTAL:
            return self._scan_octal()
        self.at += 1
        if unit == "x":
            return self._scan_hexadecimal(2)
        if unit == "u":
            return self._scan_hexadecimal(4)
        if unit == "c":
            return self._scan_control()
        simple = _SIMPLE_ESCAPES.get(unit)
        if simple is not None:
            return simple
        if is_word(unit):
            raise self.error("UnrecognizedEscape")
        return unit

    def _scan_octal(self) -> str:
        value = 0
        for _ in range(3):
            if self.at == self.length or self.units[self.at] not in _OCTAL:
                break
            value = value * 8 + int(self.units[self.at])
            self.at += 1
        return chr(value & 0xFF)

    def _scan_hexadecimal(self, digits: int) -> str:
        start = self.at
        # Too few units left: .NET reports the place of the first digit, without reading on.
        if start + digits > self.length:
            raise self.error("InsufficientOrInvalidHexDigits")
        for unit in self.units[start : start + digits]:
            self.at += 1
            if unit not in _HEXADECIMAL:
                raise self.error("InsufficientOrInvalidHexDigits")
        return chr(int(self.units[start : self.at], 16))

    def _scan_control(self) -> str:
        if self.at == self.length:
            raise self.error("MissingControlCharacter")
        unit = self.units[self.at]
        self.at += 1
        value = ord(unit.upper() if "a" <= unit <= "z" else unit) - ord("@")
        if not 0 <= value < 32:
            raise self.error("UnrecognizedControlCharacter")
        return chr(value)
