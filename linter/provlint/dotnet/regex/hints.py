"""What to write instead, for patterns that .NET refuses but other engines accept."""

from __future__ import annotations

from provlint.dotnet.regex.errors import RegexSyntaxError
from provlint.dotnet.regex.units import to_units

# (what stands at the place, how far before the offset it may begin, what to do)
_CONSTRUCTS = (
    ("(?P<", "write a named group as `(?<name>…)`"),
    ("(?P=", "write a reference to a named group as `\\k<name>`"),
    ("(?P>", "write the part out: .NET cannot call a group"),
    ("(?|", "number the groups yourself, as `(?<1>…)`: .NET has no branch reset"),
    ("(?R", "write the part out: .NET has no recursion"),
    ("(?&", "write the part out: .NET cannot call a group"),
    ("(*", "remove the backtracking verb: .NET has none"),
    ("\\Q", "escape each special character with a backslash: .NET has no `\\Q…\\E`"),
    ("\\E", "escape each special character with a backslash: .NET has no `\\Q…\\E`"),
    ("\\h", "write `[ \\t]` for horizontal white space"),
    ("\\R", "write `\\r?\\n` for a line break"),
    ("\\X", "write `\\P{M}\\p{M}*` for a character with its marks"),
    ("\\K", "write a look-behind `(?<=…)` before the part that shall match"),
    ("\\g", "write a reference as `\\1` or `\\k<name>`"),
    ("\\N", "write `[^\\n]`"),
    ("\\x{", "write `\\u` and four hexadecimal digits"),
    ("\\u{", "write `\\u` and four hexadecimal digits"),
    ("\\U", "write `\\u` and four hexadecimal digits"),
    ("\\k{", "write a reference as `\\k<name>`"),
    ("\\i", "write `[A-Za-z_:]`: .NET does not know the XML escapes"),
)

_BY_CODE = {
    "UnrecognizedEscape": "write a literal backslash as `\\\\`",
    "InsufficientOrInvalidHexDigits": "write a literal backslash as `\\\\`, or give all digits",
    "UnescapedEndingBackslash": "write a literal backslash as `\\\\`",
    "UnterminatedBracket": "close the class with `]`, or write a literal bracket as `\\[`",
    "InsufficientClosingParentheses": "add `)`, or write a literal parenthesis as `\\(`",
    "InsufficientOpeningParentheses": "remove `)`, or write a literal parenthesis as `\\)`",
    "QuantifierAfterNothing": "put a part before the quantifier, or escape it with a backslash",
    "NestedQuantifiersNotParenthesized": "remove one quantifier, or put the part in `(?:…)`: "
    "possessive quantifiers are written `(?>…)` in .NET",
    "MalformedUnicodePropertyEscape": "write braces, as in `\\p{L}`",
    "InvalidUnicodePropertyEscape": "write a category, as in `\\p{L}`, or a block, as in "
    "`\\p{IsGreek}`",
    "UnrecognizedUnicodeProperty": "use a category such as `\\p{L}` or a block such as "
    "`\\p{IsGreek}`: .NET does not know scripts or long names",
    "UndefinedNumberedReference": "add the group, or correct the number",
    "UndefinedNamedReference": "add the group, or correct the name",
    "AlternationHasUndefinedReference": "add the group, or correct the number",
    "ReversedCharacterRange": "put the lower end first, or write a literal `-` as `\\-`",
    "ReversedQuantifierRange": "put the smaller number first",
    "CaptureGroupNameInvalid": "use letters, digits and `_` in the name of a group",
    "ExclusionGroupNotLast": "move the subtraction to the end of the class",
    "ShorthandClassInCharacterRange": "write a literal `-` as `\\-`",
    "UnterminatedComment": "close the comment with `)`",
    "AlternationHasTooManyConditions": "put alternatives inside a branch in `(?:…)`",
}


def hint(pattern: str, error: RegexSyntaxError) -> str | None:
    """Return what to do about a pattern that .NET refuses, or None.

    Args:
        pattern: The pattern that raised the error.
        error: What `parse` raised.
    """
    units = to_units(pattern)
    for text, advice in _CONSTRUCTS:
        start = units.rfind(text, max(0, error.offset - 4), error.offset + 2)
        if start >= 0 and not _is_escaped(units, start):
            return advice
    return _BY_CODE.get(error.code)


def _is_escaped(units: str, start: int) -> bool:
    before = start
    while before > 0 and units[before - 1] == "\\":
        before -= 1
    return (start - before) % 2 == 1
