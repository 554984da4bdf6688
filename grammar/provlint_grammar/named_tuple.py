"""`NamedTuple`: that of `typing` for type checkers, cheaper to declare at run time.

A process that lints one small file declares some eighty of these classes and calls half of them.
`typing.NamedTuple` compiles every annotation and a constructor for each, which took a fifth of
such a process. Here nothing is compiled: constructors come from templates, at the first call.
What a class can do is the same; `tests/grammar/test_named_tuple.py` compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from _collections import _tuplegetter

    _make = tuple.__new__

    # One constructor per number of fields; only the names of the parameters are replaced.
    _TEMPLATES = (
        lambda c: _make(c, ()),
        lambda c, a: _make(c, (a,)),
        lambda c, a, b: _make(c, (a, b)),
        lambda c, a, b, d: _make(c, (a, b, d)),
        lambda c, a, b, d, e: _make(c, (a, b, d, e)),
        lambda c, a, b, d, e, f: _make(c, (a, b, d, e, f)),
        lambda c, a, b, d, e, f, g: _make(c, (a, b, d, e, f, g)),
        lambda c, a, b, d, e, f, g, h: _make(c, (a, b, d, e, f, g, h)),
        lambda c, a, b, d, e, f, g, h, i: _make(c, (a, b, d, e, f, g, h, i)),
        lambda c, a, b, d, e, f, g, h, i, j: _make(c, (a, b, d, e, f, g, h, i, j)),
        lambda c, a, b, d, e, f, g, h, i, j, k: _make(c, (a, b, d, e, f, g, h, i, j, k)),
        lambda c, a, b, d, e, f, g, h, i, j, k, m: _make(c, (a, b, d, e, f, g, h, i, j, k, m)),
    )
    _Function = type(_TEMPLATES[0])

    def _construct(cls, /, *arguments, **keywords):
        """Make the constructor of the class of `cls`, and call it."""
        owner = next(base for base in cls.__mro__ if "_fields" in vars(base))
        fields = owner._fields
        if len(fields) < len(_TEMPLATES):
            template = _TEMPLATES[len(fields)]
        else:
            names = ", ".join(fields)
            template = eval(f"lambda cls, {names}: _make(cls, ({names},))", {"_make": _make})
        code = template.__code__.replace(co_varnames=("cls", *fields), co_name="__new__")
        defaults = tuple(owner._field_defaults.values())
        new = _Function(code, template.__globals__, "__new__", defaults)
        new.__qualname__ = f"{owner.__qualname__}.__new__"
        owner.__new__ = staticmethod(new)
        return new(cls, *arguments, **keywords)

    def _make_from(cls, values):
        """Make a tuple of the class from the values of its fields in order."""
        made = _make(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changes):
        """Return a tuple with other values in the fields named."""
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)!r}")
        return made

    def _asdict(self):
        """Return the values by the names of the fields."""
        return dict(zip(self._fields, self, strict=True))

    def _getnewargs(self):
        return tuple(self)

    def _repr(self):
        fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({fields})"

    _METHODS = {
        "__slots__": (),
        "__new__": _construct,
        "__repr__": _repr,
        "__getnewargs__": _getnewargs,
        "__replace__": _replace,
        "_make": classmethod(_make_from),
        "_replace": _replace,
        "_asdict": _asdict,
    }

    class _Declaration(type):
        """Makes the body of a class into a direct subclass of `tuple`, the cheapest to make."""

        def __new__(cls, name, _, body):
            fields = tuple(body.get("__annotations__", ()))
            if not fields:
                raise TypeError(f"`{name}` has no annotated fields")
            defaults = {field: body[field] for field in fields if field in body}
            getters = {field: _tuplegetter(index, None) for index, field in enumerate(fields)}
            return type(
                name,
                (tuple,),
                {
                    **_METHODS,
                    **body,
                    **getters,
                    "_fields": fields,
                    "_field_defaults": defaults,
                    "__match_args__": fields,
                },
            )

    class _Bases:
        def __mro_entries__(self, _):
            return (_BASE,)

    _BASE = type.__new__(_Declaration, "NamedTuple", (), {})
    NamedTuple = _Bases()

__all__ = ["NamedTuple"]
