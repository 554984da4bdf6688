"""`NamedTuple`: that of `typing` for type checkers, cheaper to declare at run time.

A process that lints one small file declares some seventy of these classes. `typing.NamedTuple`
compiles every annotation and a constructor for each of them, which took a fifth of such a
process; here nothing is compiled before a class is called for the first time. What a class can
do is the same: `tests/grammar/test_named_tuple.py` compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from _collections import _tuplegetter

    def _construct(cls, /, *arguments, **keywords):
        """Make the constructor of the class of `cls`, and call it."""
        owner = next(base for base in cls.__mro__ if "_fields" in vars(base))
        names = "".join(f"{name}," for name in owner._fields)
        # A function with the parameters by name is as fast as that of `collections.namedtuple`.
        new = eval(f"lambda cls, {names} : make(cls, ({names}))", {"make": tuple.__new__})
        new.__name__ = "__new__"
        new.__qualname__ = f"{owner.__qualname__}.__new__"
        new.__defaults__ = tuple(owner._field_defaults.values())
        owner.__new__ = staticmethod(new)
        return new(cls, *arguments, **keywords)

    class _NamedTupleType(type):
        def __new__(cls, name, bases, namespace):
            if bases != (NamedTuple,):
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            if not fields:
                raise TypeError(f"`{name}` has no annotated fields")
            namespace["_field_defaults"] = {
                field: namespace[field] for field in fields if field in namespace
            }
            for index, field in enumerate(fields):
                namespace[field] = _tuplegetter(index, None)
            namespace["_fields"] = namespace["__match_args__"] = fields
            namespace["__slots__"] = ()
            namespace["__new__"] = _construct
            return super().__new__(cls, name, bases, namespace)

    class _Methods(tuple):
        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes):
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        __replace__ = _replace

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({fields})"

    NamedTuple = None
    NamedTuple = _NamedTupleType("NamedTuple", (_Methods,), {"__slots__": ()})

__all__ = ["NamedTuple"]
