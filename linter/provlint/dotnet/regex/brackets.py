"""Reading of character classes `[…]`."""

from __future__ import annotations

from provlint.dotnet.regex.errors import RegexUnsupported
from provlint.dotnet.regex.scanner import Scanner
from provlint.dotnet.regex.tree import CharacterClass, ClassItem

DEEPEST_SUBTRACTION = 50

_SHORTHANDS = frozenset("dDsSwW")


def scan_class(scanner: Scanner, ignore_case: bool) -> CharacterClass:
    """Read a class whose `[` stands just before the cursor.

    Raises:
        RegexSyntaxError: The class is not closed, a range is reversed, an escape is unknown.
        RegexUnsupported: Subtractions are nested more than 50 deep.
    """
    return _Class(scanner, ignore_case, True, 0).read()


def skip_class(scanner: Scanner) -> None:
    """Move the cursor behind a class, as .NET's first pass does.

    That pass checks less, and reads a subtraction that stands as the end of a range differently.
    """
    _Class(scanner, False, False, 0).read()


class _Class:
    """One class while it is read."""

    def __init__(self, scanner: Scanner, ignore_case: bool, checked: bool, depth: int) -> None:
        if depth > DEEPEST_SUBTRACTION:
            raise RegexUnsupported(
                "deep nesting", f"subtractions are nested more than {DEEPEST_SUBTRACTION} deep"
            )
        self.scanner = scanner
        self.ignore_case = ignore_case
        self.checked = checked
        self.depth = depth
        self.items: list[ClassItem] = []
        self.subtraction: CharacterClass | None = None

    def read(self) -> CharacterClass:
        scanner = self.scanner
        units, length = scanner.units, scanner.length
        start = scanner.at - 1
        negated = scanner.is_at("^")
        if negated:
            scanner.at += 1
        first = True
        range_start: str | None = None
        while True:
            if scanner.at >= length:
                raise scanner.error("UnterminatedBracket")
            unit = units[scanner.at]
            scanner.at += 1
            escaped = False
            if unit == "]" and not first:
                break
            if unit == "\\" and scanner.at < length:
                following = units[scanner.at]
                if following in _SHORTHANDS or following in "pP":
                    scanner.at += 1
                    self._add_named(following, range_start is not None)
                    first = False
                    continue
                if following == "-":
                    scanner.at += 1
                    if self.checked:
                        self._add_range("-" if range_start is None else range_start, "-")
                        range_start = None
                    first = False
                    continue
                unit = scanner.scan_escaped_unit()
                escaped = True

            if range_start is not None:
                low, range_start = range_start, None
                if unit == "[" and not escaped and not first:
                    if self.checked:
                        self._add_range(low, low)
                        self._subtract()
                else:
                    self._add_range(low, unit)
            elif (
                scanner.at + 1 < length
                and units[scanner.at] == "-"
                and units[scanner.at + 1] != "]"
            ):
                range_start = unit
                scanner.at += 1
            elif unit == "-" and not escaped and not first and scanner.is_at("["):
                scanner.at += 1
                self._subtract()
            else:
                self._add_range(unit, unit)
            first = False
        node = CharacterClass(tuple(self.items), negated, self.ignore_case, self.subtraction)
        node.start, node.end = start, scanner.at
        return node

    def _add_range(self, low: str, high: str) -> None:
        if not self.checked:
            return
        if low > high:
            raise self.scanner.error("ReversedCharacterRange")
        self.items.append((ord(low), ord(high)))

    def _add_named(self, letter: str, in_range: bool) -> None:
        if letter in _SHORTHANDS:
            if self.checked and in_range:
                raise self.scanner.error("ShorthandClassInCharacterRange")
            self.items.append((letter.lower(), letter.isupper()))
            return
        if self.checked and in_range:
            raise self.scanner.error("ShorthandClassInCharacterRange")
        name = self.scanner.scan_property()
        if self.checked:
            self.items.append(named_item(self.scanner, name, letter == "P"))

    def _subtract(self) -> None:
        scanner = self.scanner
        inner = _Class(scanner, self.ignore_case, self.checked, self.depth + 1).read()
        if self.checked:
            self.subtraction = inner
            if scanner.at < scanner.length and not scanner.is_at("]"):
                raise scanner.error("ExclusionGroupNotLast")


# Unicode general categories and their groups. Source:
# https://learn.microsoft.com/dotnet/standard/base-types/character-classes-in-regular-expressions
_CATEGORY_NAMES = (
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So "
    "Z Zs Zl Zp C Cc Cf Cs Co Cn"
)
CATEGORIES = frozenset(_CATEGORY_NAMES.split())


def named_item(scanner: Scanner, name: str, negated: bool) -> ClassItem:
    r"""Return the class item of `\p{name}`, or raise .NET's error at the cursor."""
    if name not in CATEGORIES:
        from provlint.dotnet.regex.classes import is_block

        if not is_block(name):
            raise scanner.error("UnrecognizedUnicodeProperty")
    return (name, negated)
