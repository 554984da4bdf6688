"""DateTimeStyles: the names and numbers that say how leniently a date is read.

Source: https://learn.microsoft.com/dotnet/api/system.globalization.datetimestyles
"""

from __future__ import annotations

from typing import Final

from provlint.dotnet.failure import DotNetError

ALLOW_LEADING_WHITE: Final = 1
ALLOW_TRAILING_WHITE: Final = 2
ALLOW_INNER_WHITE: Final = 4
ALLOW_WHITE_SPACES: Final = 7
NO_CURRENT_DATE_DEFAULT: Final = 8
ADJUST_TO_UNIVERSAL: Final = 16
ASSUME_LOCAL: Final = 32
ASSUME_UNIVERSAL: Final = 64
ROUNDTRIP_KIND: Final = 128

ENTRA_DEFAULT: Final = ROUNDTRIP_KIND | ALLOW_LEADING_WHITE | ALLOW_TRAILING_WHITE
"""What FormatDateTime uses when its second argument is left empty."""

NAMES: Final = {
    "None": 0,
    "AllowLeadingWhite": ALLOW_LEADING_WHITE,
    "AllowTrailingWhite": ALLOW_TRAILING_WHITE,
    "AllowInnerWhite": ALLOW_INNER_WHITE,
    "AllowWhiteSpaces": ALLOW_WHITE_SPACES,
    "NoCurrentDateDefault": NO_CURRENT_DATE_DEFAULT,
    "AdjustToUniversal": ADJUST_TO_UNIVERSAL,
    "AssumeLocal": ASSUME_LOCAL,
    "AssumeUniversal": ASSUME_UNIVERSAL,
    "RoundtripKind": ROUNDTRIP_KIND,
}
_NUMBER_BY_LOWER_NAME: Final = {name.lower(): number for name, number in NAMES.items()}
_ALL: Final = 255
_MOST_DIGITS: Final = 11
"""As many as tell that a number is beyond 32 bits."""


def parse_styles(text: str) -> int:
    """Read a list of style names, or one number, as .NET's `Enum.Parse` does.

    Letter case is ignored and names are separated by commas. A number is taken as it is.
    Whether the combination is allowed is checked where it is used.

    Raises:
        DotNetError: `ArgumentException` for an unknown name or an empty text,
            `OverflowException` for a number beyond 32 bits.
    """
    trimmed = text.strip()
    if not trimmed:
        raise DotNetError(
            "ArgumentException",
            "Must specify valid information for parsing in the string. (Parameter 'value')",
        )
    digits = trimmed[1:] if trimmed[0] in "+-" else trimmed
    if digits.isascii() and digits.isdigit():
        magnitude = int(digits.lstrip("0")[:_MOST_DIGITS] or "0")
        number = -magnitude if trimmed[0] == "-" else magnitude
        if not -(2**31) <= number < 2**31:
            raise DotNetError(
                "OverflowException", "Value was either too large or too small for an Int32."
            )
        return number
    styles = 0
    for name in trimmed.split(","):
        number_of_name = _NUMBER_BY_LOWER_NAME.get(name.strip().lower())
        if number_of_name is None:
            raise DotNetError("ArgumentException", f"Requested value '{text}' was not found.")
        styles |= number_of_name
    return styles


def check_styles(styles: int, *, parameter: str = "style", with_offset: bool = False) -> int:
    """Return the styles when .NET accepts their combination.

    Args:
        styles: the combined numbers.
        parameter: the parameter name that .NET's message shows.
        with_offset: whether a DateTimeOffset is read, which allows fewer styles.

    Raises:
        DotNetError: `ArgumentException`.
    """
    if not 0 <= styles <= _ALL:
        problem = "An undefined DateTimeStyles value is being used."
    elif styles & ASSUME_LOCAL and styles & ASSUME_UNIVERSAL:
        problem = (
            "The DateTimeStyles values AssumeLocal and AssumeUniversal cannot be used together."
        )
    elif with_offset and styles & NO_CURRENT_DATE_DEFAULT:
        problem = (
            "The DateTimeStyles value 'NoCurrentDateDefault' is not allowed when parsing"
            " DateTimeOffset."
        )
    elif (
        not with_offset
        and styles & ROUNDTRIP_KIND
        and styles & (ASSUME_LOCAL | ASSUME_UNIVERSAL | ADJUST_TO_UNIVERSAL)
    ):
        problem = (
            "The DateTimeStyles value RoundtripKind cannot be used with the values AssumeLocal,"
            " AssumeUniversal or AdjustToUniversal."
        )
    else:
        return styles
    raise DotNetError("ArgumentException", f"{problem} (Parameter '{parameter}')")
