"""What can go wrong with a regular expression."""

from __future__ import annotations

# The text for each of .NET's error codes (System.Text.RegularExpressions.RegexParseError).
# Source: https://learn.microsoft.com/dotnet/api/system.text.regularexpressions.regexparseerror
MESSAGES = {
    "AlternationHasComment": "a condition `(?(…)` cannot be a comment",
    "AlternationHasMalformedCondition": "the condition of `(?(…)yes|no)` is malformed",
    "AlternationHasMalformedReference": "the group number of `(?(…)yes|no)` is malformed",
    "AlternationHasNamedCapture": "a condition `(?(…)` cannot be a named group",
    "AlternationHasTooManyConditions": "a conditional has more than two branches",
    "AlternationHasUndefinedReference": "a conditional names a group that does not exist",
    "CaptureGroupNameInvalid": "a group name is invalid: expected letters, digits and `_`",
    "CaptureGroupOfZero": "a group cannot have the number 0",
    "ExclusionGroupNotLast": "a subtraction `-[…]` must be the last thing in a character class",
    "InsufficientClosingParentheses": "a parenthesis is not closed",
    "InsufficientOpeningParentheses": "a closing parenthesis has no opening one",
    "InsufficientOrInvalidHexDigits": "expected 2 hexadecimal digits after `\\x`, 4 after `\\u`",
    "InvalidGroupingConstruct": "the construct after `(?` is not known to .NET",
    "InvalidUnicodePropertyEscape": "a `\\p{…}` escape is incomplete or malformed",
    "MalformedNamedReference": "a `\\k<…>` reference is malformed",
    "MalformedUnicodePropertyEscape": "expected `{` after `\\p`",
    "MissingControlCharacter": "expected a letter after `\\c`",
    "NestedQuantifiersNotParenthesized": "a quantifier follows another quantifier",
    "QuantifierAfterNothing": "a quantifier has nothing before it to repeat",
    "QuantifierOrCaptureGroupOutOfRange": "a number is greater than 2147483647",
    "ReversedCharacterRange": "a range in a character class is in reverse order",
    "ReversedQuantifierRange": "the minimum of a quantifier is greater than its maximum",
    "ShorthandClassInCharacterRange": "a class such as `\\d` cannot be the end of a range",
    "UndefinedNamedReference": "a reference names a group that does not exist",
    "UndefinedNumberedReference": "a reference has the number of a group that does not exist",
    "UnescapedEndingBackslash": "the pattern ends with a single backslash",
    "UnrecognizedControlCharacter": "expected a letter after `\\c`",
    "UnrecognizedEscape": "this escape is not known to .NET",
    "UnrecognizedUnicodeProperty": "the category or block of `\\p{…}` is not known to .NET",
    "UnterminatedBracket": "a character class `[…]` is not closed",
    "UnterminatedComment": "a comment `(?#…)` is not closed",
}


class RegexSyntaxError(ValueError):
    """A pattern that .NET refuses.

    Attributes:
        code: .NET's `RegexParseError` name.
        offset: .NET's `RegexParseException.Offset`: UTF-16 units, where its parser stood. That is
            just after the offending character in most cases.
        message: What is wrong.
        position: The same place as an index into the Python `str`.
    """

    def __init__(self, code: str, offset: int, position: int) -> None:
        self.code = code
        self.offset = offset
        self.message = MESSAGES[code]
        self.position = position
        super().__init__(f"{self.message} ({code} at {offset})")


class RegexUnsupported(ValueError):  # noqa: N818 - the name is part of the published interface
    """A pattern or text that .NET accepts and whose behaviour is not reproduced here.

    Attributes:
        construct: The name of the construct, as listed in `docs/faithfulness.md`.
        reason: Why it is refused.
    """

    def __init__(self, construct: str, reason: str) -> None:
        self.construct = construct
        self.reason = reason
        super().__init__(f"{construct}: {reason}")


class RegexTimeout(RegexUnsupported):
    """A run that used up its step limit: the answer is undecided.

    .NET itself would run for very long, or until the timeout that its host has set.
    """

    def __init__(self, steps: int) -> None:
        super().__init__(
            "step limit", f"no answer after {steps} steps: the pattern backtracks catastrophically"
        )
