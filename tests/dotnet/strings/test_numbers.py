import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.dotnet import numbers
from provlint.dotnet.failure import DotNetError, UndecidedError


def error(function, *arguments):
    with pytest.raises(DotNetError) as raised:
        function(*arguments)
    return raised.value.kind


@pytest.mark.parametrize(
    ("text", "styles", "expected"),
    [
        (" 12 ", numbers.INTEGER, 12),
        ("5\0", numbers.INTEGER, 5),
        ("1,234", numbers.ANY, 1234),
        ("(5)", numbers.ANY, -5),
        ("1e3", numbers.ANY, 1000),
        ("12.0", numbers.ANY, 12),
    ],
)
def test_whole_numbers(text, styles, expected):
    assert numbers.parse_int32(text, styles) == expected


def test_what_is_no_whole_number():
    assert error(numbers.parse_int32, "2147483648") == "OverflowException"
    assert error(numbers.parse_int64, "1" * 6000) == "OverflowException"
    assert error(numbers.parse_int32, "1.5", numbers.ANY) == "OverflowException"
    for text in ("", "1 2", "0x1F", "\u0663", "\u22125", "1,234"):
        assert error(numbers.parse_int32, text) == "FormatException"
    with pytest.raises(UndecidedError):
        numbers.parse_int32("1F", numbers.ALLOW_HEX_SPECIFIER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.50", "1.50"),
        ("-0", "0"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("0.00000000000000000000000000005", "0.0000000000000000000000000000"),
        ("89980643641293106196114.52585928996193061777", "89980643641293106196114.52586"),
    ],
)
def test_decimal_numbers(text, expected):
    assert numbers.format_decimal(numbers.parse_decimal(text)) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1e16, "10000000000000000"),
        (1e17, "1E+17"),
        (0.0001, "0.0001"),
        (1e-5, "1E-05"),
        (5e-324, "5E-324"),
        (-0.0, "-0"),
        (1 / 3, "0.3333333333333333"),
        (float("nan"), "NaN"),
        (float("-inf"), "-Infinity"),
    ],
)
def test_floating_point_numbers(number, expected):
    assert numbers.format_double(number) == expected


@given(st.floats(allow_nan=False))
def test_a_written_floating_point_number_reads_back(number):
    assert numbers.parse_double(numbers.format_double(number)) == number


def test_truth_values():
    assert numbers.parse_boolean(" tRUE\0") is True
    assert numbers.format_boolean(False) == "False"
    assert error(numbers.parse_boolean, "yes") == "FormatException"


@pytest.mark.parametrize(
    ("number", "pattern", "culture", "expected"),
    [
        (5, "D3", "", "005"),
        (-1234567, "N0", "en-US", "-1,234,567"),
        (-1234, "C", "", "(\u00a41,234.00)"),
        (255, "x4", "", "00ff"),
        (0, "#", "", ""),
        (1234, "#,##0.00", "", "1,234.00"),
    ],
)
def test_formats_of_whole_numbers(number, pattern, culture, expected):
    assert numbers.format_integer(number, pattern, culture) == expected


def test_other_formats_are_undecided():
    for pattern in ("0;1", "E2", "0%"):
        with pytest.raises(UndecidedError):
            numbers.format_integer(1, pattern)


@settings(max_examples=200)
@given(
    st.text("0123456789+-.,eE() \t\0\u00a4InfityNa", max_size=30) | st.text(max_size=10),
    st.integers(-5, 2048),
)
def test_nothing_but_the_two_failures_is_raised(text, styles):
    for function in (
        numbers.parse_int32,
        numbers.parse_int64,
        numbers.parse_decimal,
        numbers.parse_double,
    ):
        with contextlib.suppress(DotNetError, UndecidedError):
            function(text, styles)


def test_long_numbers_do_not_crash():
    with pytest.raises(UndecidedError):
        numbers.parse_decimal("1" * 6000)
    assert numbers.parse_double("1" * 6000) == float("inf")
    assert numbers.parse_double("1e" + "9" * 6000) == float("inf")
