"""Values as texts of one column, and back."""

import pytest

from provlint.simulate.columnar.encoding import decode, decode_flow, encode, encode_flow
from provlint.simulate.plan import Flow

VALUES = [
    None, "", "Sales", " ", "\x01", "\x01true", "a\0b", "\ud800", "Ü", "😀", True, False, 0, -7,
    1.5, 10**30, [], [None], ["a", 7, True], {"id": "1"},
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
def test_there_and_back(value):
    found = decode(encode(value))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("value", VALUES)
def test_only_plain_texts_are_themselves(value):
    text = encode(value)
    if text is not None and not text.startswith("\x01"):
        assert text == value


@pytest.mark.parametrize(
    "flow",
    [
        Flow(None, "null"), Flow("a"), Flow(""), Flow("\x01a"), Flow(("a", "b"), "list"),
        Flow((), "list"), Flow(None, "dropped"), Flow(None, "error", "why"),
        Flow("a", "value", "", ("reading",)), Flow(None, "null", "", ("reading",)),
    ],
)  # fmt: skip
def test_what_mappings_give(flow):
    assert decode_flow(encode_flow(flow)) == flow


def test_nothing_and_plain_texts_take_no_marks():
    assert encode_flow(Flow(None, "null")) is None
    assert encode_flow(Flow("Sales")) == "Sales"
    assert encode_flow(Flow("")).startswith("\x01")
