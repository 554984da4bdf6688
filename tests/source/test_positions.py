import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.source import Positions, decode, encode, read_json
from provlint.source.pointer import escape, join, split
from provlint.source.tolerant import read_tolerantly

CHARACTERS = st.sampled_from("ab \"\\/\t\n\u00e9\u2028\U0001f600'{}[],:~0%")
STRINGS = st.text(CHARACTERS, max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | STRINGS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(STRINGS, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def write_string(value, rng):
    parts = []
    for character in value:
        spelling = json.dumps(character)[1:-1]
        if rng.random() < 0.3:
            units = character.encode("utf-16-be").hex()
            spelling = "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
        elif character.isprintable() and character not in '"\\':
            spelling = character
        parts.append((spelling, character))
    return parts


class Writer:
    """Writes a value at random and notes where everything comes to stand."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.text = ""
        self.values = {}
        self.keys = {}
        self.characters = {}

    def space(self):
        self.text += self.rng.choice(["", "", " ", "\r\n", "\n\t", "  "])

    def string(self, value):
        start = len(self.text)
        self.text += '"'
        offsets = []
        for spelling, _ in write_string(value, self.rng):
            offsets.append(len(self.text))
            self.text += spelling
        offsets.append(len(self.text))
        self.text += '"'
        return (start, len(self.text)), offsets

    def write(self, value, pointer=""):
        self.space()
        start = len(self.text)
        if isinstance(value, str):
            _, self.characters[pointer] = self.string(value)
        elif isinstance(value, dict):
            self.text += "{"
            for number, (key, item) in enumerate(value.items()):
                self.text += "," * (number > 0)
                self.space()
                child = f"{pointer}/{escape(key)}"
                self.keys[child], _ = self.string(key)
                self.space()
                self.text += ":"
                self.write(item, child)
            self.space()
            self.text += "}"
        elif isinstance(value, list):
            self.text += "["
            for number, item in enumerate(value):
                self.text += "," * (number > 0)
                self.write(item, f"{pointer}/{number}")
            self.space()
            self.text += "]"
        else:
            self.text += json.dumps(value)
        self.values[pointer] = (start, len(self.text))
        self.space()


@settings(max_examples=150, deadline=None)
@given(VALUES, st.integers(0, 1000), st.booleans(), st.data())
def test_places_are_where_they_were_written(value, seed, unique, data):
    writer = Writer(seed)
    writer.write(value)
    text = decode(encode(writer.text, "utf-16-le", bom=True)).text
    assert read_json(text).value == value
    pointers = list(writer.values)
    some = data.draw(st.lists(st.sampled_from(pointers), max_size=4))
    for places in (
        Positions(text, unique=unique),
        Positions(text, read_tolerantly(text).root),
    ):
        places.locate(some)
        for pointer in some + pointers:
            assert places.value(pointer) == writer.values[pointer]
            expected = writer.keys.get(pointer, writer.values[pointer])
            assert places.key(pointer) == expected
            for index, offset in enumerate(writer.characters.get(pointer, [])):
                assert places.string_range(pointer, index, index).start == offset


@settings(max_examples=100, deadline=None)
@given(VALUES, st.integers(0, 1000))
def test_the_tolerant_reader_agrees_on_valid_texts(value, seed):
    writer = Writer(seed)
    writer.write(value)
    reading = read_tolerantly(writer.text)
    assert reading.problems == ()
    assert reading.value == value


def test_ranges_through_escapes():
    text = r'{"e": "Switch([x], \u0027a\u0027, \"\ud83d\ude00b\")"}'
    value = json.loads(text)["e"]
    places = Positions(text)
    for part, written in (
        ("[x]", "[x]"), ("'a'", r"\u0027a\u0027"), ('"', r"\""), ("\U0001f600", r"\ud83d\ude00"),
        ("b", "b"),
    ):  # fmt: skip
        start = value.index(part)
        span = places.string_range("/e", start, start + len(part))
        assert text[span.start : span.end] == written
    assert places.string_range("/e", 99, 100) == (len(text) - 2, len(text) - 2)


def test_what_is_missing_has_the_place_of_its_holder():
    text = '{"a": [{"b": 1}], "c": 2}'
    for places in (Positions(text), Positions(text, read_tolerantly(text).root)):
        for pointer, underlined in (
            ("/a/0/x", "{"), ("/a/7", '"a"'), ("/a/0/b/deep/er", '"b"'), ("/x", "{"),
            ("/a/x", '"a"'),
        ):  # fmt: skip
            assert text[slice(*places.value(pointer))] == underlined
            assert text[slice(*places.key(pointer))] == underlined


def test_the_last_of_equal_keys_counts():
    text = '{"a": {"b": 1, "c": 5}, "a": {"b": 2}}'
    for places in (Positions(text), Positions(text, read_json(text).root)):
        assert text[slice(*places.value("/a/b"))] == "2"
        assert places.value("/a").start == text.rindex('{"b"')
        assert text[slice(*places.value("/a/c"))] == '"a"'


def test_pointers():
    assert split(join(["a/b", "~1", 3])) == ["a/b", "~1", "3"]
    assert join([]) == ""
    with pytest.raises(ValueError, match="begins with `/`"):
        split("a")
