"""Maps the recorded text and number operations of .NET onto `provlint.dotnet`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.dotnet import numbers, strings

if TYPE_CHECKING:
    from collections.abc import Callable

Arguments = dict[str, Any]


def _culture(arguments: Arguments) -> str:
    return arguments.get("culture") or ""


def _comparison(arguments: Arguments) -> tuple[bool, bool]:
    """Return whether the culture counts, and whether case does not."""
    kind = arguments.get("cmp", "Ordinal")
    if kind.removesuffix("IgnoreCase") not in ("Ordinal", "InvariantCulture", "CurrentCulture"):
        raise strings.UndecidedError(f"comparison `{kind}`")
    return "Culture" in kind, kind.endswith("IgnoreCase")


def _equals(arguments: Arguments) -> bool:
    by_culture, ignore_case = _comparison(arguments)
    function = strings.equals_text if by_culture else strings.equals
    return function(arguments["a"], arguments["b"], ignore_case=ignore_case)


def _compare(arguments: Arguments) -> int:
    by_culture, ignore_case = _comparison(arguments)
    function = strings.compare_text if by_culture else strings.compare
    return function(arguments["a"], arguments["b"], ignore_case=ignore_case)


def _starts_with(arguments: Arguments) -> bool:
    by_culture, ignore_case = _comparison(arguments)
    function = strings.starts_with_text if by_culture else strings.starts_with
    return function(arguments["s"], arguments["b"], ignore_case=ignore_case)


def _index_of(arguments: Arguments) -> int:
    by_culture, ignore_case = _comparison(arguments)
    function = strings.index_of_text if by_culture else strings.index_of
    return function(arguments["s"], arguments["b"], ignore_case=ignore_case)


def _encoding(arguments: Arguments) -> Any:
    return "utf-16-le" if arguments.get("enc", "utf-8") == "utf-16" else "utf-8"


def _number(function: Callable[..., Any]) -> Callable[[Arguments], Any]:
    def parse(arguments: Arguments) -> Any:
        if _culture(arguments):
            raise strings.UndecidedError("numbers of a named culture")
        styles = arguments.get("nstyles")
        return function(arguments["s"]) if styles is None else function(arguments["s"], styles)

    return parse


def _double_format(arguments: Arguments) -> str:
    if arguments["format"] not in ("", "R", "r", "G", "g") or _culture(arguments):
        raise strings.UndecidedError(f"floating-point format `{arguments['format']}`")
    return numbers.format_double(float(arguments["n"]))


_OPERATIONS: dict[str, Callable[[Arguments], Any]] = {
    "base64": lambda a: strings.to_base64(a["s"], _encoding(a)),
    "bool_parse": lambda a: numbers.parse_boolean(a["s"]),
    "compare": _compare,
    "decimal_parse": _number(lambda *given: numbers.format_decimal(numbers.parse_decimal(*given))),
    "double_format": _double_format,
    "double_parse": _number(lambda *given: numbers.format_double(numbers.parse_double(*given))),
    "equals": _equals,
    "format": lambda a: strings.format_composite(a["format"], a["parts"]),
    "from_base64": lambda a: strings.from_base64(a["s"]),
    "guid_parse": lambda a: strings.parse_identifier(a["s"]),
    "indexof": _index_of,
    "indexof_default": lambda a: strings.index_of_text(a["s"], a["b"]),
    "int_format": lambda a: numbers.format_integer(a["n"], a["format"], _culture(a)),
    "int_parse": _number(numbers.parse_int32),
    "is_letter": lambda a: [list(strings.unit_classes(unit)) for unit in strings.to_units(a["s"])],
    "isnullorwhitespace": lambda a: a["s"] is None or strings.is_blank(a["s"]),
    "join": lambda a: a["sep"].join(part or "" for part in a["parts"]),
    "length": lambda a: strings.length(a["s"]),
    "long_parse": _number(numbers.parse_int64),
    "lower": lambda a: strings.lower(a["s"], _culture(a)),
    "lower_inv": lambda a: strings.lower(a["s"]),
    "normalize": lambda a: strings.normalize(a["s"], a["form"]),
    "padleft": lambda a: strings.pad_left(a["s"], a["n"], a.get("c", " ")),
    "reverse": lambda a: strings.reverse(a["s"]),
    "startswith": _starts_with,
    "str_replace": lambda a: strings.replace(a["s"], a["a"], a["b"]),
    "str_split": lambda a: strings.split(
        a["s"], a["sep"], remove_empty=a.get("remove_empty", False)
    ),
    "str_split_char": lambda a: strings.split_at_characters(a["s"], a["sep"]),
    "str_split_null": lambda a: strings.split_at_characters(a["s"], ""),
    "strip_diacritics": lambda a: strings.strip_diacritics(a["s"], a.get("then", "C")),
    "strip_spaces": lambda a: strings.replace(a["s"], " ", ""),
    "strip_ws": lambda a: strings.without_white_space(a["s"]),
    "substring": lambda a: strings.substring(a["s"], a["start"], a.get("len")),
    "text_elements": lambda a: strings.count_elements(a["s"]),
    "title": lambda a: strings.title_case(a["s"], _culture(a)),
    "title_lower": lambda a: strings.title_case(strings.lower(a["s"], _culture(a)), _culture(a)),
    "trim": lambda a: strings.trim(a["s"], a.get("chars", "")),
    "trim_end": lambda a: strings.trim(a["s"], start=False),
    "trim_start": lambda a: strings.trim(a["s"], end=False),
    "upper": lambda a: strings.upper(a["s"], _culture(a)),
    "upper_inv": lambda a: strings.upper(a["s"]),
    "vb_instr": lambda a: strings.in_string(
        a["s"], a["find"], a.get("start", 1), ignore_case=a.get("text", False)
    ),
    "vb_left": lambda a: strings.left(a["s"], a["n"]),
    "vb_mid": lambda a: strings.mid(a["s"], a.get("start", 1), a.get("len")),
    "vb_right": lambda a: strings.right(a["s"], a["n"]),
}


def answer_strings(case: Arguments) -> Arguments:
    """Answer one recorded operation in the shape of its `expect`, or refuse it."""
    operation = _OPERATIONS.get(case["op"])
    if operation is None:
        return {"refused": f"operation `{case['op']}`"}
    try:
        return {"value": operation(case["args"])}
    except strings.DotNetError as error:
        return {"error": error.kind, "message": error.message}
    except strings.UndecidedError as refusal:
        return {"refused": refusal.construct}
