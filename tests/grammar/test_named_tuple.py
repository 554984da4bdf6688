"""The named tuples of the project behave as those of `typing`."""

from __future__ import annotations

import copy
import inspect
import pickle
import sys
import typing

import pytest

from provlint_grammar.named_tuple import NamedTuple


class Ours(NamedTuple):
    """A record."""

    name: str
    size: int = 3
    tags: tuple[str, ...] = ()

    @property
    def double(self) -> int:
        return 2 * self.size


class Theirs(typing.NamedTuple):
    """A record."""

    name: str
    size: int = 3
    tags: tuple[str, ...] = ()

    @property
    def double(self) -> int:
        return 2 * self.size


def both(act: typing.Callable[[typing.Any], object]) -> object:
    """What both classes answer alike."""
    answers = []
    for kind in (Ours, Theirs):
        try:
            answers.append(act(kind))
        except (TypeError, ValueError, AttributeError) as error:
            # What was a ValueError for a wrong name is a TypeError from Python 3.13 on.
            refusal = TypeError if isinstance(error, ValueError) else type(error)
            answers.append((refusal, str(error).replace("Theirs", "Ours")))
    assert answers[0] == answers[1]
    return answers[0]


@pytest.mark.parametrize(
    "act",
    [
        lambda kind: tuple(kind("a")),
        lambda kind: tuple(kind("a", 4, ("b",))),
        lambda kind: tuple(kind(size=1, name="a")),
        lambda kind: kind("a", 4).double,
        lambda kind: kind("a").size,
        lambda kind: kind("a") == ("a", 3, ()),
        lambda kind: hash(kind("a")) == hash(("a", 3, ())),
        lambda kind: kind._fields,
        lambda kind: kind._field_defaults,
        lambda kind: kind.__match_args__,
        lambda kind: list(kind.__annotations__),
        lambda kind: kind.__doc__,
        lambda kind: kind("a")._asdict(),
        lambda kind: tuple(kind("a")._replace(size=9)),
        lambda kind: tuple(kind._make(["a", 1, ()])),
        lambda kind: repr(kind("a")).replace("Theirs", "Ours"),
        lambda kind: pickle.loads(pickle.dumps(kind("a"))) == kind("a"),
        lambda kind: copy.deepcopy(kind("a")) == kind("a"),
        lambda kind: hasattr(kind("a"), "__dict__"),
        lambda kind: typing.get_type_hints(kind),
        lambda kind: kind(),
        lambda kind: kind("a", colour=1),
        lambda kind: kind("a", 1, (), 2),
        lambda kind: kind("a")._replace(colour=1),
        lambda kind: kind._make(["a"]),
    ],
)
def test_both_answer_alike(act: typing.Callable[[typing.Any], object]) -> None:
    both(act)


def test_a_field_cannot_be_set() -> None:
    with pytest.raises(AttributeError):
        Ours("a").name = "b"  # type: ignore[misc]


def test_a_subclass_may_come_first() -> None:
    class Base(NamedTuple):
        name: str

    class Derived(Base):
        __slots__ = ()

    assert type(Derived("a")) is Derived
    assert type(Base("a")) is Base


def test_the_constructor_is_made_at_the_first_call() -> None:
    class Late(NamedTuple):
        name: str

    before = Late.__new__
    assert Late("a").name == "a"
    assert Late.__new__ is not before
    assert list(inspect.signature(Late.__new__).parameters) == ["cls", "name"]


def test_more_fields_than_there_are_templates() -> None:
    class Wide(NamedTuple):
        a: int
        b: int
        c: int
        d: int
        e: int
        f: int
        g: int
        h: int
        i: int
        j: int
        k: int
        l: int  # noqa: E741
        m: int
        n: int = 14

    assert tuple(Wide(*range(1, 14))) == tuple(range(1, 15))
    assert Wide(*range(1, 13), n=0, m=13).n == 0


def test_fields_are_needed() -> None:
    with pytest.raises(TypeError, match="`Empty` has no annotated fields"):

        class Empty(NamedTuple):
            """Nothing."""


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace is of Python 3.13")
def test_copy_replace() -> None:
    assert copy.replace(Ours("a"), size=4).size == 4  # type: ignore[attr-defined,unused-ignore]
