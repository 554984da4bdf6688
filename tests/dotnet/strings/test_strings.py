# ruff: noqa: RUF001 - letters that look alike are the point of these tests

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.dotnet import strings
from provlint.dotnet.strings import case_tables

TABLES = Path(__file__).parents[4] / "shared" / "dotnet" / "tables"
TEXTS = st.text(st.characters(codec=None, exclude_categories=[]), max_size=20)
CULTURES = st.sampled_from(["", "en-US", "tr-TR", "az", "nl-NL", "c"])


def refusal(function, *arguments, **named):
    with pytest.raises(strings.UndecidedError) as raised:
        function(*arguments, **named)
    return raised.value.construct


def error(function, *arguments, **named):
    with pytest.raises(strings.DotNetError) as raised:
        function(*arguments, **named)
    return raised.value.kind, raised.value.message


class TestCase:
    @pytest.mark.parametrize(
        ("text", "culture", "lower", "upper"),
        [
            ("ΌΣΟΣ", "", "όσοσ", "ΌΣΟΣ"),
            ("Straße ŉ", "", "straße ŉ", "STRAßE ŉ"),
            ("Iİıi", "", "iİıi", "IİıI"),
            ("Iİıi", "en-US", "iiıi", "IİII"),
            ("Iİıi", "tr-TR", "ıiıi", "IİIİ"),
            ("Iİıi", "az_Latn", "ıiıi", "IİIİ"),
            ("Iİıi", "x-foo", "iİıi", "IİıI"),
            ("\U00010400\U00010428", "", "\U00010428\U00010428", "\U00010400\U00010400"),
            ("\ud83dA", "", "\ud83da", "\ud83dA"),
        ],
    )
    def test_maps_one_to_one(self, text, culture, lower, upper):
        assert strings.lower(text, culture) == lower
        assert strings.upper(text, culture) == upper

    @pytest.mark.parametrize(
        ("text", "culture", "expected"),
        [
            ("DON'T stop", "", "DON't Stop"),
            ("de'silva", "", "De'silva"),
            ("3rd floor", "", "3Rd Floor"),
            ("ijsland", "nl-NL", "IJsland"),
            ("ijsland", "nl", "Ijsland"),
            ("ǆungla", "", "ǅungla"),
            ("a.b_c-d", "", "A.B_C-D"),
        ],
    )
    def test_title_case(self, text, culture, expected):
        assert strings.title_case(text, culture) == expected

    @pytest.mark.parametrize("culture", ["not a culture", "en-", "_en", "a_b_c", "x", "é"])
    def test_malformed_culture_names(self, culture):
        kind, message = error(strings.lower, "a", culture)
        assert kind == "CultureNotFoundException"
        assert message.endswith(f"{culture} is an invalid culture identifier.")

    def test_tables_are_those_recorded_from_dotnet(self):
        if not TABLES.exists():
            pytest.skip("the recorded tables of .NET are not here")
        recorded = json.loads((TABLES / "case-mapping.json").read_text("utf-8"))
        for name, rows in (("lower", case_tables.LOWER), ("upper", case_tables.UPPER)):
            kept = {
                str(code_point): chr(code_point + distance)
                for first, count, step, distance in rows
                for code_point in range(first, first + count * step, step)
                if code_point < 0x10000
            }
            assert kept == recorded[name]


class TestNormalisation:
    def test_strip_diacritics_leaves_strokes_and_ligatures(self):
        assert strings.strip_diacritics("Ñuñoa Łódź straße Ắ") == "Nunoa Łodz straße A"

    @pytest.mark.parametrize("text", ["\ud83d", "a\ude00", "\ufffe"])
    def test_what_is_no_text(self, text):
        assert error(strings.normalize, text, "C") == (
            "ArgumentException",
            "String contains invalid Unicode code points. (Parameter 'strInput')",
        )

    def test_a_newer_character_is_undecided(self):
        assert refusal(strings.normalize, "a\U0001e030", "KD") == (
            "normalisation of U+1E030, which Unicode 14 does not assign"
        )


class TestParts:
    def test_units_split_characters(self):
        assert strings.length("a😀") == 3
        assert strings.left("a😀b", 2) == "a\ud83d"
        assert strings.mid("a😀b", 2, 2) == "😀"
        assert strings.right("a😀", 1) == "\ude00"
        assert strings.from_units("\ud83d" + "\ude00") == "😀"

    def test_out_of_range(self):
        assert error(strings.mid, "abc", 0, 1) == (
            "ArgumentException",
            "Argument 'Start' must be greater than zero. (Parameter 'Start')",
        )
        assert error(strings.substring, "abc", 2, 2)[0] == "ArgumentOutOfRangeException"
        assert error(strings.replace, "abc", "", "x")[0] == "ArgumentException"

    def test_white_space_is_that_of_dotnet(self):
        assert strings.trim("\u3000\x85a\xa0\u2029") == "a"
        assert strings.trim("\x1ca\u200b") == "\x1ca\u200b"
        assert strings.trim("xxaxy", "xy", start=False) == "xxa"

    def test_split(self):
        assert strings.split("a, b,,", ",") == ["a", " b", "", ""]
        assert strings.split("a,,b", ",", remove_empty=True) == ["a", "b"]
        assert strings.split_at_characters("a b\u3000c", "") == ["a", "b", "c"]

    @pytest.mark.parametrize(
        ("text", "sought", "start", "ignore_case", "place"),
        [
            ("repEated", "e", 3, False, 7),
            ("repEated", "e", 3, True, 4),
            ("aÉb", "é", 1, True, 2),
            ("abc", "c", 9, False, 0),
            ("abc", "", 4, False, 4),
            ("", "", 1, False, 0),
        ],
    )
    def test_in_string(self, text, sought, start, ignore_case, place):
        assert strings.in_string(text, sought, start, ignore_case=ignore_case) == place

    @given(TEXTS)
    def test_units_and_back(self, text):
        units = strings.to_units(text)
        assert len(units) == strings.length(text)
        assert strings.to_units(strings.from_units(units)) == units


class TestEncoding:
    def test_base64_is_utf_16(self):
        assert strings.to_base64("Hello world!") == "SABlAGwAbABvACAAdwBvAHIAbABkACEA"
        assert strings.to_base64("\ud83d") == "/f8="
        assert strings.from_base64("SGVs bG8=") == "Hello"
        assert error(strings.from_base64, "SGVsbG8")[0] == "FormatException"

    def test_utf_8_hexadecimal_digits(self):
        assert strings.to_utf8_hex("Hello world!") == "48656C6C6F20776F726C6421"
        assert strings.to_utf8_hex("é😀") == "C3A9F09F9880"


class TestComparison:
    def test_ordinal(self):
        assert strings.compare("\U0001f600", "\uffff") == -1
        assert strings.compare("\U0001f600", "\uffff", ignore_case=True) == 1
        assert strings.equals("Ünï", "üNÏ", ignore_case=True)
        assert not strings.equals("ſ", "s", ignore_case=True)
        assert strings.index_of("xÉ😀a", "😀A", ignore_case=True) == 2

    @pytest.mark.parametrize(
        ("first", "second", "result", "without_case"),
        [
            ("a", "A", -1, 0),
            ("é", "e\u0301", 0, 0),
            ("co-op", "coop", -1, -1),
            ("a\u00adb", "ab", 0, 0),
            ("aé", "Áe", -1, -1),
            ("Σ", "ς", -1, 0),
            ("10", "9", -1, -1),
        ],
    )
    def test_by_the_invariant_culture(self, first, second, result, without_case):
        assert strings.compare_text(first, second) == result
        assert strings.compare_text(first, second, ignore_case=True) == without_case

    def test_what_is_not_modelled_is_named(self):
        assert "U+00DF" in refusal(strings.compare_text, "ß", "ss")
        assert "begins with a mark" in refusal(strings.starts_with_text, "\u0301", "a")


class TestOthers:
    def test_composite_format(self):
        assert strings.format_composite("{0,5}|{1,-3}|{{}}", ["ab", "x"]) == "   ab|x  |{}"
        assert error(strings.format_composite, "{0", ["a"])[1].endswith("ends prematurely.")

    def test_identifier(self):
        text = "00AA00AA-BB11-CC22-DD33-44EE44EE44EE"
        assert strings.parse_identifier(f" {{{text}}} ") == text.lower()
        assert error(strings.parse_identifier, "x") == (
            "FormatException",
            "Unrecognized Guid format.",
        )

    def test_text_elements(self):
        assert strings.count_elements("e\u0301\r\n👨\u200d👩🇩🇪각") == 5
        assert "spacing marks" in refusal(strings.count_elements, "कि")


@settings(max_examples=200)
@given(TEXTS, TEXTS, CULTURES, st.booleans())
def test_nothing_but_the_two_failures_is_raised(text, other, culture, ignore_case):
    for operation in (
        lambda: strings.lower(text, culture),
        lambda: strings.upper(text, culture),
        lambda: strings.title_case(text, culture),
        lambda: strings.lower(text, other),
        lambda: strings.normalize(text, "KC"),
        lambda: strings.strip_diacritics(text),
        lambda: strings.compare_text(text, other, ignore_case=ignore_case),
        lambda: strings.in_string(text, other, ignore_case=ignore_case),
        lambda: strings.from_base64(text),
        lambda: strings.to_utf8_hex(text),
        lambda: strings.format_composite(text, [other]),
        lambda: strings.parse_identifier(text),
        lambda: strings.count_elements(text),
    ):
        with contextlib.suppress(strings.DotNetError, strings.UndecidedError):
            operation()
