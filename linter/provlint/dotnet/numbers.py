"""Numbers, truth values and identifiers as .NET reads and writes them, in the invariant culture.

Source: https://learn.microsoft.com/dotnet/api/system.globalization.numberstyles
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final

from provlint.dotnet.failure import DotNetError, UndecidedError
from provlint.dotnet.strings.units import is_white_space

ALLOW_LEADING_WHITE: Final = 1
ALLOW_TRAILING_WHITE: Final = 2
ALLOW_LEADING_SIGN: Final = 4
ALLOW_TRAILING_SIGN: Final = 8
ALLOW_PARENTHESES: Final = 16
ALLOW_DECIMAL_POINT: Final = 32
ALLOW_THOUSANDS: Final = 64
ALLOW_EXPONENT: Final = 128
ALLOW_CURRENCY_SYMBOL: Final = 256
ALLOW_HEX_SPECIFIER: Final = 512
ALLOW_BINARY_SPECIFIER: Final = 1024

INTEGER: Final = 7
NUMBER: Final = 111
FLOAT: Final = 167
FLOAT_WITH_THOUSANDS: Final = FLOAT | ALLOW_THOUSANDS
ANY: Final = 511

_NUMBER_WHITE: Final = frozenset("\t\n\v\f\r ")
_CURRENCY: Final = "\u00a4"
_MOST_DECIMAL_DIGITS: Final = 29
_MOST_FIGURES: Final = 1000
_LARGEST_DECIMAL: Final = 2**96 - 1
_SPECIAL_NUMBERS: Final = {
    "infinity": "Infinity",
    "+infinity": "Infinity",
    "-infinity": "-Infinity",
    "nan": "NaN",
    "+nan": "NaN",
    "-nan": "NaN",
}


def _malformed(text: str) -> DotNetError:
    return DotNetError("FormatException", f"The input string '{text}' was not in a correct format.")


def _too_large(kind: str) -> DotNetError:
    return DotNetError("OverflowException", f"Value was either too large or too small for {kind}.")


def _scan(text: str, styles: int) -> tuple[bool, str, str, int]:
    """Take a number apart.

    Returns:
        Whether it is negative, the digits before and after the point, and the exponent.

    Raises:
        DotNetError: `FormatException`.
    """
    position, end = 0, len(text)
    negative = signed = parenthesis = currency = False
    while position < end:
        sign = text[position]
        if sign in _NUMBER_WHITE and styles & ALLOW_LEADING_WHITE and (not signed or currency):
            position += 1
        elif sign in "+-" and styles & ALLOW_LEADING_SIGN and not signed:
            signed, negative = True, sign != "+"
            position += 1
        elif sign == "(" and styles & ALLOW_PARENTHESES and not signed:
            signed = negative = parenthesis = True
            position += 1
        elif sign == _CURRENCY and styles & ALLOW_CURRENCY_SYMBOL and not currency:
            currency = True
            position += 1
        else:
            break
    whole: list[str] = []
    part: list[str] = []
    has_point = False
    while position < end:
        sign = text[position]
        if "0" <= sign <= "9":
            (part if has_point else whole).append(sign)
        elif sign == "." and styles & ALLOW_DECIMAL_POINT and not has_point:
            has_point = True
        elif sign == "," and styles & ALLOW_THOUSANDS and whole and not has_point:
            pass
        else:
            break
        position += 1
    if not whole and not part:
        raise _malformed(text)
    exponent = 0
    if styles & ALLOW_EXPONENT:
        found = _exponent_pattern().match(text, position)
        if found:
            exponent = _clamped(found[1])
            position = found.end()
    while position < end:
        sign = text[position]
        if sign in _NUMBER_WHITE and styles & ALLOW_TRAILING_WHITE:
            pass
        elif sign in "+-" and styles & ALLOW_TRAILING_SIGN and not signed:
            signed, negative = True, sign != "+"
        elif sign == ")" and parenthesis:
            parenthesis = False
        elif sign == _CURRENCY and styles & ALLOW_CURRENCY_SYMBOL and not currency:
            currency = True
        else:
            break
        position += 1
    if parenthesis or text[position:].strip("\0"):
        raise _malformed(text)
    return negative, "".join(whole), "".join(part), exponent


def _clamped(exponent: str) -> int:
    """Return an exponent, or one that is far enough out of range."""
    digits = exponent.lstrip("+-").lstrip("0") or "0"
    number = int(digits) if len(digits) < 7 else 10**6
    return -number if exponent[0] == "-" else number


@cache
def _exponent_pattern() -> re.Pattern[str]:
    return re.compile(r"[eE]([+-]?[0-9]+)")


def _parse_integer(text: str, styles: int, bits: int) -> int:
    _check_styles(styles)
    negative, whole, part, exponent = _scan(text, styles)
    digits = (whole + part).lstrip("0")
    places = len(part) - exponent
    kind = f"an Int{bits}"
    if not digits:
        return 0
    if len(digits) - places > 20:
        raise _too_large(kind)
    if places > 0:
        if digits[-places:].strip("0") or (places > len(digits)):
            raise _too_large(kind)
        digits = digits[:-places]
    else:
        digits += "0" * -places
    number = -int(digits) if negative else int(digits)
    if not -(2 ** (bits - 1)) <= number < 2 ** (bits - 1):
        raise _too_large(kind)
    return number


def _check_styles(styles: int) -> None:
    if styles & (ALLOW_HEX_SPECIFIER | ALLOW_BINARY_SPECIFIER):
        raise UndecidedError("number styles for hexadecimal and binary digits")
    if not 0 <= styles <= ANY:
        raise DotNetError(
            "ArgumentException",
            "An undefined NumberStyles value is being used. (Parameter 'style')",
        )


def parse_int32(text: str, styles: int = INTEGER) -> int:
    """Read a whole number of 32 bits, as `int.Parse` does.

    Args:
        text: the number.
        styles: NumberStyles, combined.

    Raises:
        DotNetError: `FormatException` for a text that is no number, `OverflowException` for a
            number that does not fit or has a fraction, `ArgumentException` for unknown styles.
        UndecidedError: styles for hexadecimal or binary digits.
    """
    return _parse_integer(text, styles, 32)


def parse_int64(text: str, styles: int = INTEGER) -> int:
    """Read a whole number of 64 bits; arguments and errors are those of `parse_int32`."""
    return _parse_integer(text, styles, 64)


def parse_decimal(text: str, styles: int = NUMBER) -> Decimal:
    """Read a decimal number, as `decimal.Parse` does; it keeps the zeros after the point.

    Raises:
        DotNetError: `FormatException`, `OverflowException`, `ArgumentException`.
        UndecidedError: styles for hexadecimal or binary digits.
    """
    _check_styles(styles)
    negative, whole, part, exponent = _scan(text, styles)
    figures = (whole + part).lstrip("0") or "0"
    if len(figures) > _MOST_FIGURES:
        raise UndecidedError(f"decimal numbers of more than {_MOST_FIGURES} digits")
    digits = int(figures)
    scale = len(part) - exponent
    if scale < 0:
        if -scale > _MOST_DECIMAL_DIGITS and digits:
            raise _too_large("a Decimal")
        digits, scale = digits * 10 ** min(-scale, _MOST_DECIMAL_DIGITS), 0
    kept = min(scale, 28)
    number = _rounded(digits, scale - kept)
    while number > _LARGEST_DECIMAL and kept:
        kept -= 1
        number = _rounded(digits, scale - kept)
    if number > _LARGEST_DECIMAL:
        raise _too_large("a Decimal")
    return Decimal((int(negative), tuple(int(digit) for digit in str(number)), -kept))


def _rounded(digits: int, places: int) -> int:
    if places <= 0:
        return digits
    if places > len(str(digits)):
        return 0
    unit: int = 10**places
    number, rest = divmod(digits, unit)
    half = unit // 2
    rounds_up = rest > half or (rest == half and number % 2 == 1)
    return number + rounds_up


def format_decimal(number: Decimal) -> str:
    """Write a decimal number; zeros after the point are kept, and zero has no sign."""
    text = f"{number:f}"
    return text.removeprefix("-") if not number else text


def parse_double(text: str, styles: int = FLOAT_WITH_THOUSANDS) -> float:
    """Read a floating-point number, as `double.Parse` does; too large a number is infinite.

    Raises:
        DotNetError: `FormatException`, `ArgumentException`.
        UndecidedError: styles for hexadecimal or binary digits.
    """
    _check_styles(styles)
    try:
        negative, whole, part, exponent = _scan(text, styles)
    except DotNetError:
        trimmed = _trim(text)
        special = _SPECIAL_NUMBERS.get(trimmed.lower()) if trimmed.isascii() else None
        if special is None:
            raise
        return float(special)
    return float(f"{'-' if negative else ''}{whole or '0'}.{part or '0'}e{exponent}")


def _trim(text: str) -> str:
    start, end = 0, len(text)
    while start < end and is_white_space(text[start]):
        start += 1
    while end > start and is_white_space(text[end - 1]):
        end -= 1
    return text[start:end]


def format_double(number: float) -> str:
    """Write a floating-point number with the fewest digits that read back as the same number.

    Numbers from 0.0001 up to 17 digits before the point are written without exponent.
    """
    if number != number:
        return "NaN"
    if number in (float("inf"), float("-inf")):
        return "Infinity" if number > 0 else "-Infinity"
    sign, digits, power = Decimal(repr(number)).as_tuple()
    assert isinstance(power, int)
    figures = "".join(map(str, digits)).rstrip("0")
    power += len(digits) - len(figures)
    if not figures:
        return "-0" if sign else "0"
    point = len(figures) + power
    if -4 < point <= 17:
        if point <= 0:
            text = "0." + "0" * -point + figures
        elif point >= len(figures):
            text = figures + "0" * (point - len(figures))
        else:
            text = f"{figures[:point]}.{figures[point:]}"
    else:
        mantissa = figures[0] + (f".{figures[1:]}" if len(figures) > 1 else "")
        text = f"{mantissa}E{'-' if point < 1 else '+'}{abs(point - 1):02d}"
    return f"-{text}" if sign else text


def parse_boolean(text: str) -> bool:
    """Read `True` or `False` in any letter case, as `bool.Parse` does.

    White space and null characters around the word are ignored.

    Raises:
        DotNetError: `FormatException`.
    """
    start, end = 0, len(text)
    while start < end and (is_white_space(text[start]) or text[start] == "\0"):
        start += 1
    while end > start and (is_white_space(text[end - 1]) or text[end - 1] == "\0"):
        end -= 1
    word = text[start:end]
    if word.isascii() and word.lower() in ("true", "false"):
        return word.lower() == "true"
    raise DotNetError("FormatException", f"String '{text}' was not recognized as a valid Boolean.")


def format_boolean(truth: bool) -> str:
    """Write a truth value: `True` or `False`."""
    return "True" if truth else "False"


def format_integer(number: int, pattern: str = "", culture: str = "") -> str:
    """Write a 32-bit whole number with a .NET format string.

    Modelled are the standard formats D, X, N, F, C and G without precision, and custom formats of
    digit places, point and grouping comma with literal text around them.

    Args:
        number: the number.
        pattern: a standard or custom numeric format; "" means `G`.
        culture: "" for the invariant culture, or `en-US`.

    Raises:
        UndecidedError: another format or culture.
    """
    american = culture.lower() == "en-us"
    if culture and not american:
        raise UndecidedError(f"number formats of the culture `{culture}`")
    if not pattern:
        return str(number)
    standard = _standard_pattern().fullmatch(pattern)
    if standard:
        letter = standard[1].upper()
        precision = int(standard[2]) if standard[2] else None
        return _standard_integer(number, letter, standard[1].islower(), precision, american)
    return _custom_integer(number, pattern)


@cache
def _standard_pattern() -> re.Pattern[str]:
    return re.compile(r"([DdXxNnFfCcGgRr])([0-9]{0,2})")


@cache
def _custom_pattern() -> re.Pattern[str]:
    return re.compile(
        r"([^0#.,;%\u2030'\"\\eE]*)([0#,]*[0#])((?:\.[0#]+)?)([^0#.,;%\u2030'\"\\eE]*)"
    )


def _standard_integer(
    number: int, letter: str, small: bool, precision: int | None, american: bool
) -> str:
    sign = "-" if number < 0 else ""
    if letter == "D":
        return sign + str(abs(number)).zfill(precision or 0)
    if letter == "X":
        digits = f"{number % 2**32:X}".zfill(precision or 0)
        return digits.lower() if small else digits
    if letter in "GR":
        if precision:
            raise UndecidedError(f"numeric format `{letter}` with a precision")
        return str(number)
    if precision is None:
        precision = 3 if american and letter != "C" else 2
    text = f"{abs(number):d}" if letter == "F" else f"{abs(number):,d}"
    if precision:
        text += "." + "0" * precision
    if letter != "C":
        return sign + text
    if american:
        return f"{sign}${text}"
    return f"({_CURRENCY}{text})" if sign else _CURRENCY + text


def _custom_integer(number: int, pattern: str) -> str:
    found = _custom_pattern().fullmatch(pattern)
    if found is None or (len(pattern) == 1 and pattern not in "0#"):
        raise UndecidedError(f"custom numeric format `{pattern}`")
    before, places, part, after = found.groups()
    if (len(before) == 1 and before.isalpha() and not after) or "," in (places[:1]):
        raise UndecidedError(f"custom numeric format `{pattern}`")
    slots = places.replace(",", "")
    least = len(slots) - slots.index("0") if "0" in slots else 0
    digits = str(abs(number)).zfill(least) if number or least else ""
    if "," in places:
        groups = [digits[max(end - 3, 0) : end] for end in range(len(digits), 0, -3)]
        digits = ",".join(reversed(groups))
    zeros = len(part[1:].rstrip("#"))
    if zeros:
        digits += "." + "0" * zeros
    return f"{'-' if number < 0 else ''}{before}{digits}{after}"
