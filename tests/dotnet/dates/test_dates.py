import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.dotnet import dates

NOW = dates.DateTime(639_309_024_000_000_000)
LAST_TICK = 3_155_378_975_999_999_999
TEXTS = st.text(st.characters(codec=None, exclude_categories=[]), max_size=30)
DATE_LIKE = st.text("0123456789 :-/.,+TZzAaPpMmJjUuNn#\0\u00a0年月日", max_size=30)
FORMATS = st.text("dfFghHKmMstyzZ:/-. 'T\"%\\,\u202f", max_size=30)
STYLES = st.integers(0, 255)


def exact(text, pattern, styles="None", culture=""):
    found = dates.parse_exact(
        text, pattern, styles=dates.parse_styles(styles), culture=culture, now=NOW
    )
    return dates.format(found, "o")


def free(text, culture=""):
    return dates.format(dates.parse(text, culture=culture, now=NOW), "o")


class TestFormat:
    @pytest.mark.parametrize(
        ("pattern", "culture", "expected"),
        [
            ("M/d/yyyy h:mm:ss tt", "", "8/5/2024 3:07:09 PM"),
            ("yyyy-MM-ddTHH:mm:ss.fffK", "", "2024-08-05T15:07:09.120Z"),
            ("HH:mm:ss.FFF", "", "15:07:09.12"),
            ("ss.%F 'o''clock'", "", "09.1 oclock"),
            ("YYYY-DD", "", "YYYY-DD"),
            ("", "", "08/05/2024 15:07:09"),
            ("t", "en-US", "3:07\u202fPM"),
            ("f", "en-GB", "Monday, 5 August 2024 15:07"),
            ("u", "en-GB", "2024-08-05 15:07:09Z"),
            ("%d %h %z", "", "5 3 +0"),
        ],
    )
    def test_writes_as_dotnet(self, pattern, culture, expected):
        instant = dates.parse_exact(
            "2024-08-05T15:07:09.12Z", "yyyy-MM-ddTHH:mm:ss.FFK", styles=128, now=NOW
        )
        assert dates.format(instant, pattern, culture) == expected

    @pytest.mark.parametrize(
        ("pattern", "message"),
        [
            ("K", "Input string was not in a correct format."),
            ("yyyy%", "Input string was not in a correct format."),
            ("ffffffff", "Input string was not in a correct format."),
            ("'x", "Cannot find a matching quote character for the character '''."),
        ],
    )
    def test_refuses_as_dotnet(self, pattern, message):
        with pytest.raises(dates.DotNetError) as raised:
            dates.format(NOW, pattern)
        assert (raised.value.kind, raised.value.message) == ("FormatException", message)

    def test_an_unmodelled_culture_is_undecided(self):
        with pytest.raises(dates.UndecidedError) as raised:
            dates.format(NOW, "D", "fr-FR")
        assert raised.value.construct == "date patterns of the culture `fr-FR`"

    def test_a_malformed_culture_is_an_error(self):
        with pytest.raises(dates.DotNetError) as raised:
            dates.format(NOW, "D", "not a culture")
        assert raised.value.kind == "CultureNotFoundException"


class TestParseExact:
    @pytest.mark.parametrize(
        ("text", "pattern", "styles", "expected"),
        [
            ("2024-11-05", "yyyy-mm-dd", "None", "2024-01-05T00:11:00.0000000"),
            ("2012-03-16-07:00", "yyyy-MM-ddzzz", "None", "2012-03-16T07:00:00.0000000+00:00"),
            ("2024-01-05Z", "yyyy-MM-ddZ", "RoundtripKind", "2024-01-05T00:00:00.0000000Z"),
            ("49-01-05", "yy-MM-dd", "None", "2049-01-05T00:00:00.0000000"),
            ("50-01-05", "yy-MM-dd", "None", "1950-01-05T00:00:00.0000000"),
            ("10:20", "HH:mm", "None", "2026-11-22T10:20:00.0000000"),
            ("10:20", "HH:mm", "NoCurrentDateDefault", "0001-01-01T10:20:00.0000000"),
            ("1/1/2024 12:00\u00a0AM", "M/d/yyyy h:mm tt", "None", "2024-01-01T00:00:00.0000000"),
            (" 2024-01-05 ", "yyyy-MM-dd", "3", "2024-01-05T00:00:00.0000000"),
            ("2024.5.6", "yyyy.M.d.xF", "None", "2024-05-06T00:00:00.0000000"),
        ],
    )
    def test_reads_as_dotnet(self, text, pattern, styles, expected):
        assert exact(text, pattern, styles) == expected

    @pytest.mark.parametrize(
        ("text", "pattern", "styles", "kind", "message"),
        [
            (
                "2024-01-05x",
                "yyyy-MM-dd",
                "None",
                "FormatException",
                "String '2024-01-05x' was not recognized as a valid DateTime.",
            ),
            (
                "2024-02-30",
                "yyyy-MM-dd",
                "None",
                "FormatException",
                "The DateTime represented by the string '2024-02-30' is not supported in calendar"
                " 'System.Globalization.GregorianCalendar'.",
            ),
            (
                "Mon 2024-01-05",
                "ddd yyyy-MM-dd",
                "None",
                "FormatException",
                "String 'Mon 2024-01-05' was not recognized as a valid DateTime because the day of"
                " week was incorrect.",
            ),
            (
                "1 2",
                "M M",
                "None",
                "FormatException",
                "DateTime pattern 'M' appears more than once with different values.",
            ),
            (
                "2024",
                "yyyy",
                "AssumeLocal, AssumeUniversal",
                "ArgumentException",
                "The DateTimeStyles values AssumeLocal and AssumeUniversal cannot be used together."
                " (Parameter 'style')",
            ),
            ("2024", "", "None", "FormatException", "Format specifier '' was invalid."),
        ],
    )
    def test_refuses_as_dotnet(self, text, pattern, styles, kind, message):
        with pytest.raises(dates.DotNetError) as raised:
            exact(text, pattern, styles)
        assert (raised.value.kind, raised.value.message) == (kind, message)

    def test_a_year_of_many_digits_wraps_and_does_not_crash(self):
        with pytest.raises(dates.DotNetError):
            exact("1" * 6000, "y" * 6000)
        assert exact("9" * 6000, "y" * 6000) == "2026-11-22T00:00:00.0000000"

    def test_ten_thousand_blanks_in_a_format_do_not_crash(self):
        with pytest.raises(dates.DotNetError):
            exact("x", " " * 10_000 + "d", "AllowTrailingWhite")

    @given(st.integers(0, LAST_TICK), st.sampled_from(["Utc", "Unspecified", "Local"]))
    def test_round_trip_format_keeps_every_tick_and_the_kind(self, ticks, kind):
        instant = dates.DateTime(ticks, kind)
        assert dates.parse_exact(dates.format(instant, "o"), "o", styles=128, now=NOW) == instant

    @settings(max_examples=300)
    @given(TEXTS | DATE_LIKE, TEXTS | FORMATS, STYLES, st.sampled_from(["", "en-US", "en-GB"]))
    def test_any_input_gives_a_date_or_a_dotnet_error(self, text, pattern, styles, culture):
        with contextlib.suppress(dates.DotNetError):
            found = dates.parse_exact(text, pattern, styles=styles, culture=culture, now=NOW)
            assert 0 <= found.ticks <= LAST_TICK


class TestStyles:
    def test_names_and_numbers(self):
        assert dates.parse_styles("allowleadingwhite, RoundtripKind") == 129
        assert dates.parse_styles(" +32 ") == 32
        assert dates.parse_styles("RoundtripKind, AllowLeadingWhite, AllowTrailingWhite") == (
            dates.ENTRA_DEFAULT
        )

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("", "ArgumentException"),
            ("Foo", "ArgumentException"),
            ("32, 1", "ArgumentException"),
            ("9" * 5000, "OverflowException"),
        ],
    )
    def test_what_is_no_style(self, text, kind):
        with pytest.raises(dates.DotNetError) as raised:
            dates.parse_styles(text)
        assert raised.value.kind == kind


class TestParse:
    @pytest.mark.parametrize(
        ("text", "culture", "expected"),
        [
            ("2020-03-16-07:00", "", "2020-03-16T07:00:00.0000000+00:00"),
            ("8/25/2021 5:41:18 PM", "", "2021-08-25T17:41:18.0000000"),
            ("25/8/2021", "en-GB", "2021-08-25T00:00:00.0000000"),
            ("Tue, 24 Aug 2021 10:20:30 +0200", "", "2021-08-24T08:20:30.0000000+00:00"),
            ("24 August", "", "2024-08-01T00:00:00.0000000"),
            ("24 August", "en-US", "2026-08-24T00:00:00.0000000"),
            ("10pm", "", "2026-11-22T22:00:00.0000000"),
            ("10 7PM", "", "2026-11-22T22:07:00.0000000"),
            ("8/24/2021 5:00 AM 5 PM", "", "2021-08-24T05:00:00.0000000"),
            ("30分 3/4 5 PM", "", "2026-03-04T17:30:00.0000000"),
            ("2021年8月24日", "", "2021-08-24T00:00:00.0000000"),
            ("#2021-08-24#", "", "2021-08-24T00:00:00.0000000"),
            ("2021-08-24T10:20:30.12345678", "", "2021-08-24T10:20:30.1234568"),
        ],
    )
    def test_reads_as_dotnet(self, text, culture, expected):
        assert free(text, culture) == expected

    def test_an_unknown_word_is_named_by_its_place_in_units(self):
        with pytest.raises(dates.DotNetError) as raised:
            free("2021-08-24 😀EST")
        assert "recognized" in raised.value.message
        with pytest.raises(dates.DotNetError) as raised:
            free("2021-08-24 EST")
        assert raised.value.message.endswith("There is an unknown word starting at index '11'.")

    @settings(max_examples=300)
    @given(TEXTS | DATE_LIKE, STYLES, st.sampled_from(["", "en-US", "en-GB"]))
    def test_any_input_gives_a_date_or_a_dotnet_error(self, text, styles, culture):
        with contextlib.suppress(dates.DotNetError):
            found = dates.parse(text, styles=styles, culture=culture, now=NOW)
            assert 0 <= found.ticks <= LAST_TICK

    def test_an_offset_is_kept_where_one_is_wanted(self):
        found = dates.parse_offset("12/31/2020 11:59:59 PM -08:00", now=NOW)
        assert dates.format(found, "o") == "2020-12-31T23:59:59.0000000-08:00"


class TestVisualBasic:
    @pytest.mark.parametrize(
        ("interval", "expected"),
        [
            ("yyyy", -9),
            ("q", -38),
            ("m", -113),
            ("d", -3449),
            ("ww", -493),
            ("w", -492),
            ("h", -82786),
            ("n", -4967201),
            ("s", -298032078),
        ],
    )
    def test_differences_of_the_documented_table(self, interval, expected):
        first = dates.parse("2021-08-25T17:41:18", now=NOW)
        second = dates.parse("2012-03-16T07:00:00", now=NOW)
        assert dates.diff(interval, first, second) == expected

    def test_month_ends_are_clamped_and_fractions_cut_off(self):
        start = dates.parse("2024-01-31T10:00:00", now=NOW)
        assert dates.format(dates.add("M", 1.9, start), "s") == "2024-02-29T10:00:00"
        assert dates.format(dates.add("n", -90, start), "s") == "2024-01-31T08:30:00"

    @pytest.mark.parametrize(
        ("interval", "value", "kind"),
        [
            ("x", 1, "ArgumentException"),
            ("d", 1e9, "ArgumentOutOfRangeException"),
            ("yyyy", 9000, "ArgumentOutOfRangeException"),
            ("s", 2**31, "OverflowException"),
            ("s", float("nan"), "OverflowException"),
        ],
    )
    def test_refuses_as_dotnet(self, interval, value, kind):
        with pytest.raises(dates.DotNetError) as raised:
            dates.add(interval, value, NOW)
        assert raised.value.kind == kind


class TestFiletime:
    def test_there_and_back(self):
        instant = dates.from_filetime(129_699_324_000_000_000)
        assert dates.format(instant, "o") == "2012-01-01T23:00:00.0000000Z"
        assert dates.to_filetime(instant) == 129_699_324_000_000_000

    @pytest.mark.parametrize("number", [-1, 9_223_372_036_854_775_807])
    def test_numbers_that_are_no_date(self, number):
        with pytest.raises(dates.DotNetError) as raised:
            dates.from_filetime(number)
        assert raised.value.kind == "ArgumentOutOfRangeException"
