"""The open readings: what Microsoft's documentation leaves undecided, and what provlint does.

An outcome that rests on a reading carries its name in `contested`.
Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGE: Final = (
    "https://learn.microsoft.com/entra/identity/app-provisioning/"
    "functions-for-customizing-application-data#"
)
_CONNECT: Final = (
    "https://learn.microsoft.com/entra/identity/hybrid/connect/"
    "reference-connect-sync-functions-reference#"
)
_CLOUD_SYNC: Final = (
    "https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/reference-expressions#"
)
_WORKDAY: Final = (
    "https://learn.microsoft.com/entra/identity/app-provisioning/"
    "workday-expression-mapping-functions-guide#"
)


class Reading(NamedTuple):
    """One open question.

    Attributes:
        name: Kebab-case; stands in `contested`.
        number: Number in the list of 36 ambiguities of the language; 0 for one beyond it.
        does: What provlint does.
        alternatives: What else the service could do.
        source: The Microsoft page that leaves it open.
    """

    name: str
    number: int
    does: str
    alternatives: str
    source: str


UNKNOWN_BACKSLASH: Final = "unknown-backslash"
FUNCTION_NAME_CASE: Final = "function-name-case"
LONE_OPERAND: Final = "lone-operand"
IIF_NULL: Final = "iif-null"
EQUALITY_CASE: Final = "equality-case"
LAZY_BRANCHES: Final = "lazy-branches"
SWITCH_NO_MATCH: Final = "switch-no-match"
SWITCH_DUPLICATE_KEY: Final = "switch-duplicate-key"
SWITCH_EMPTY_KEY: Final = "switch-empty-key"
COALESCE_EMPTY: Final = "coalesce-empty"
JOIN_NULL: Final = "join-null"
NULL_AS_TEXT: Final = "null-as-text"
MID_OUT_OF_RANGE: Final = "mid-out-of-range"
SPLIT_TRIMMING: Final = "split-trimming"
SPLIT_DELIMITER: Final = "split-delimiter"
WORD_DELIMITERS: Final = "word-delimiters"
INSTR_COMPARISON: Final = "instr-comparison"
PCASE_APOSTROPHE: Final = "pcase-apostrophe"
DIACRITICS_OUTSIDE_TABLE: Final = "diacritics-outside-table"
DATE_WITHOUT_OFFSET: Final = "date-without-offset"
DATE_ORDER: Final = "date-order"
NOT_A_DATE: Final = "not-a-date"
DATEDIFF_COUNTING: Final = "datediff-counting"
FORMAT_TIME_ZONE: Final = "format-time-zone"
DATEADD_MONTH_END: Final = "dateadd-month-end"
DUPLICATES_COMPARISON: Final = "duplicates-comparison"
COUNT_NULL: Final = "count-null"
CBOOL_TEXT: Final = "cbool-text"
REPLACE_SHORT: Final = "replace-short"
REPLACE_NULL: Final = "replace-null"
REPLACE_NO_MATCH: Final = "replace-no-match"
REPLACE_PLACES: Final = "replace-places"
REPLACE_GROUP: Final = "replace-group"
UNIQUE_CASE: Final = "unique-case"
EXTRA_PLACES: Final = "extra-places"
EMPTY_PLACE: Final = "empty-place"
BARE_LITERAL: Final = "bare-literal"
IGNORE_FLOW_NESTED: Final = "ignore-flow-nested"
COMPARISON_OUTSIDE: Final = "comparison-outside"
CHAINED_COMPARISON: Final = "chained-comparison"
LIST_AS_TEXT: Final = "list-as-text"
BOOLEAN_TEXT: Final = "boolean-text"
BLANK_IS_VALUE: Final = "blank-is-value"
DATE_COMPARISON: Final = "date-comparison"
DATE_NUMBER_TEXT: Final = "date-number-text"
DATE_TEXT: Final = "date-text"
DIALECT: Final = "dialect"
FLOW_KEYWORDS: Final = "flow-keywords"
IIF_CONDITION: Final = "iif-condition"
IS_STRING: Final = "is-string"
ITEM_INDEX: Final = "item-index"
LETTER_CASE: Final = "letter-case"
NOT_TEXT: Final = "not-text"
NULL_NUMBER: Final = "null-number"
NUMBER_TEXT: Final = "number-text"
ORDERING: Final = "ordering"
PCASE_FIRST: Final = "pcase-first"
RANDOM_LENGTH: Final = "random-length"
SEVERAL_ROLES: Final = "several-roles"
SINGLE_VALUE: Final = "single-value"
STRIP_SPACES: Final = "strip-spaces"
TOLERATED: Final = "tolerated-text"
UNIQUE_NESTED: Final = "unique-nested"
UNIQUE_NULL: Final = "unique-null"

NULL_OR_EMPTY: Final = frozenset(
    {JOIN_NULL, NULL_AS_TEXT, REPLACE_NO_MATCH, REPLACE_NULL, SWITCH_NO_MATCH}
)
"""Readings that only decide between null and the empty text."""

_TABLE: Final = (
    Reading(UNKNOWN_BACKSLASH, 1, "keeps a backslash before other characters than `\"` and `\\`",
            "drop it; refuse the expression", _PAGE + "syntax-overview"),
    Reading(FUNCTION_NAME_CASE, 2, "knows a function in any capitals",
            "refuse other capitals", _PAGE + "syntax-overview"),
    Reading(LONE_OPERAND, 3, "evaluates an attribute or a constant that stands alone",
            "refuse it", _PAGE + "syntax-overview"),
    Reading(IIF_NULL, 4, "lets a comparison with an absent or empty attribute fail, and asks"
            " IsPresent, IsNull and IsNullOrEmpty as they are documented",
            "take the other branch", _PAGE + "known-limitations"),
    Reading(EQUALITY_CASE, 5, "compares texts with regard to case",
            "ignore case", _PAGE + "iif"),
    Reading(LAZY_BRANCHES, 6, "evaluates only what is taken of IIF, Switch and Coalesce",
            "evaluate everything, and fail where any part fails", _PAGE + "iif"),
    Reading(SWITCH_NO_MATCH, 7, "gives null when no key matches and the default is left out",
            "empty text; an error", _PAGE + "switch"),
    Reading(SWITCH_DUPLICATE_KEY, 8, "takes the first of equal keys",
            "take the last; an error", _PAGE + "switch"),
    Reading(SWITCH_EMPTY_KEY, 9, "matches an absent source with the key `\"\"`, as the workaround"
            " for IIF says", "match empty texts only", _PAGE + "known-limitations"),
    Reading(COALESCE_EMPTY, 10, "returns an empty text: only null is passed over",
            "pass over empty texts too", _PAGE + "coalesce"),
    Reading(JOIN_NULL, 11, "passes over an absent source like an empty one",
            "null result; an error", _PAGE + "join"),
    Reading(NULL_AS_TEXT, 12, "reads an absent value as empty text where a text is needed",
            "null result; an error", _PAGE + "append"),
    Reading(MID_OUT_OF_RANGE, 13, "returns the whole text when start or length is out of range, and"
            " the empty text for length 0",
            "empty text; an error", _CONNECT + "mid"),
    Reading(SPLIT_TRIMMING, 14, "takes blanks off the parts, as the sample prints them",
            "keep the blanks", _PAGE + "split"),
    Reading(SPLIT_DELIMITER, 15, "takes the whole text as the delimiter; an empty one never occurs",
            "split at each of its characters", _PAGE + "split"),
    Reading(WORD_DELIMITERS, 16, "passes over empty words, and takes a text without delimiter as"
            " one word", "count empty words; empty text", _PAGE + "word"),
    Reading(INSTR_COMPARISON, 17, "compares with regard to case unless told otherwise",
            "ignore case", _PAGE + "instr"),
    Reading(PCASE_APOSTROPHE, 18, "keeps the letter after an apostrophe small, as ToTitleCase does",
            "capitalise it", _PAGE + "pcase"),
    Reading(DIACRITICS_OUTSIDE_TABLE, 19, "takes the marks off letters that the table lacks",
            "leave them", _PAGE + "normalizediacritics"),
    Reading(DATE_WITHOUT_OFFSET, 20, "reads a date without offset as UTC",
            "read it in another time zone", _PAGE + "cdate"),
    Reading(DATE_ORDER, 20, "reads the month before the day, as the invariant culture does",
            "read the day first", _PAGE + "cdate"),
    Reading(NOT_A_DATE, 21, "fails where a date is needed and there is none",
            "null result", _PAGE + "cdate"),
    Reading(DATEDIFF_COUNTING, 22, "counts as Visual Basic does: years and months by the calendar,"
            " weeks by Sundays, the rest by whole elapsed units",
            "count calendar days; count elapsed years and months", _PAGE + "datediff"),
    Reading(FORMAT_TIME_ZONE, 23, "takes UTC as the local time zone of the service",
            "another time zone", _PAGE + "formatdatetime"),
    Reading(DATEADD_MONTH_END, 24, "takes the last day of a month that lacks the day",
            "run over into the next month", _PAGE + "dateadd"),
    Reading(DUPLICATES_COMPARISON, 25, "keeps values that differ in case",
            "ignore case", _PAGE + "removeduplicates"),
    Reading(COUNT_NULL, 26, "counts 0 for an absent attribute",
            "null result; an error", _PAGE + "count"),
    Reading(CBOOL_TEXT, 27, "reads the words True and False, then numbers, and fails on others;"
            " absent is False", "count any text as True", _PAGE + "cbool"),
    Reading(REPLACE_SHORT, 28, "lets the last places of Replace be left out",
            "refuse the expression", _PAGE + "replace"),
    Reading(REPLACE_NULL, 28, "reads an absent source of Replace as empty text",
            "null result", _PAGE + "replace"),
    Reading(REPLACE_NO_MATCH, 28, "gives null when the pattern finds nothing in the other"
            " attribute", "empty text; the other attribute unchanged", _PAGE + "replace"),
    Reading(REPLACE_PLACES, 28, "fails on a combination of places that is not documented, and"
            " counts `\"\"` as a place left empty", "take a documented way", _PAGE + "replace"),
    Reading(REPLACE_GROUP, 29, "replaces what the group captured in each match, at its place",
            "replace equal texts elsewhere too", _PAGE + "replace"),
    Reading(UNIQUE_CASE, 30, "ignores case when it looks for a value in the target",
            "compare with regard to case", _PAGE + "selectuniquevalue"),
    Reading(EXTRA_PLACES, 31, "overlooks empty places beyond the last one",
            "refuse the expression", _PAGE + "syntax-overview"),
    Reading(BARE_LITERAL, 32, "takes bare True and False as texts, and NULL as absent",
            "refuse the expression", _PAGE + "syntax-overview"),
    Reading(IGNORE_FLOW_NESTED, 33, "drops the whole attribute, however deep the call stands",
            "only the inner value", _PAGE + "ignoreflowifnullorempty"),
    Reading(COMPARISON_OUTSIDE, 34, "evaluates a comparison outside IIF and CBool",
            "refuse the expression", _PAGE + "iif"),
    Reading(CHAINED_COMPARISON, 35, "refuses a comparison of a comparison",
            "compare from the left", _PAGE + "iif"),
    Reading(LIST_AS_TEXT, 36, "takes the value of a list of one where a text is needed, and fails"
            " on several; Trim works on each", "join them; take the first", _PAGE + "join"),
    Reading(BOOLEAN_TEXT, 0, "writes truth values as `True` and `False`",
            "`true` and `false`; `1` and `0`", _PAGE + "cstr"),
    Reading(BLANK_IS_VALUE, 0, "counts a text of blanks as present",
            "count it as empty", _PAGE + "ispresent"),
    Reading(DATE_COMPARISON, 0, "compares dates by time",
            "compare their texts", _PAGE + "iif"),
    Reading(DATE_NUMBER_TEXT, 0, "writes the date of DateFromNum like the date of CDate",
            "another form", _PAGE + "datefromnum"),
    Reading(DATE_TEXT, 0, "reads a text as a date where no CDate stands around it, and takes a date"
            " where a text is asked for", "an error", _PAGE + "dateadd"),
    Reading(EMPTY_PLACE, 0, "takes null for a value whose place is left empty, as default mappings"
            " of cloud sync leave it", "refuse the expression; empty text", _PAGE + "iif"),
    Reading(DIALECT, 0, "evaluates a function that only cloud sync documents, or no page",
            "refuse the expression", _CLOUD_SYNC + "list-of-functions"),
    Reading(FLOW_KEYWORDS, 0, "drops the attribute or skips the object at a bare keyword",
            "refuse the expression", _WORKDAY + "conditional-date-based-logic"),
    Reading(IIF_CONDITION, 0, "takes True in any case and numbers other than 0 as true",
            "refuse the expression", _PAGE + "iif"),
    Reading(IS_STRING, 0, "says True for every value but a list, and False for absent",
            "True for texts only", _PAGE + "isstring"),
    Reading(ITEM_INDEX, 0, "fails on an index below 1 and on an absent attribute",
            "null result; the first value", _PAGE + "item"),
    Reading(LETTER_CASE, 0, "changes letters one by one as .NET does, so that ß stays",
            "SS for ß", _PAGE + "toupper"),
    Reading(NOT_TEXT, 0, "takes `true` in any case as True, and absent as not True",
            "compare with `True` exactly; null result", _PAGE + "not"),
    Reading(NULL_NUMBER, 0, "fails where a number is needed and there is none",
            "0; null result", _PAGE + "bitand"),
    Reading(NUMBER_TEXT, 0, "reads a text of digits as a number in BitAnd, and compares numbers as"
            " texts for equality", "an error; compare numbers", _PAGE + "bitand"),
    Reading(ORDERING, 0, "orders by number where both texts are numbers, else by text",
            "order by text always", _PAGE + "iif"),
    Reading(PCASE_FIRST, 0, "capitalises the first character of a word, even where it is no letter",
            "capitalise the first letter", _PAGE + "pcase"),
    Reading(RANDOM_LENGTH, 0, "counts small letters in the least length of RandomString",
            "leave them out, as the page does", _PAGE + "randomstring"),
    Reading(SEVERAL_ROLES, 0, "returns the first of several roles",
            "any of them", _PAGE + "singleapproleassignment"),
    Reading(SINGLE_VALUE, 0, "takes a single value for a list of one",
            "an error; its characters", _PAGE + "item"),
    Reading(STRIP_SPACES, 0, "takes out blanks only",
            "take out all white space", _PAGE + "stripspaces"),
    Reading(TOLERATED, 0, "passes over comments and unusual spaces, and lets a text run over"
            " the end of a line", "refuse the expression", _PAGE + "syntax-overview"),
    Reading(UNIQUE_NESTED, 0, "evaluates SelectUniqueValue inside another function",
            "refuse the expression", _PAGE + "selectuniquevalue"),
    Reading(UNIQUE_NULL, 0, "passes over an empty candidate",
            "look for the empty text", _PAGE + "selectuniquevalue"),
)  # fmt: skip

READINGS: Mapping[str, Reading] = {reading.name: reading for reading in _TABLE}
"""By name."""
