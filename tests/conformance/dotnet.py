"""Answers recorded .NET cases with the public functions of `provlint.dotnet`.

`answer` works when this file is loaded by path, from any folder.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

_HERE = Path(__file__).resolve().parent

_REGEX = frozenset({"match", "replace", "valid"})
_DATES = frozenset(
    {
        "date_format",
        "date_parse",
        "date_parse_exact",
        "dto_format",
        "dto_parse",
        "dto_parse_exact",
        "filetime",
        "format_datetime",
        "vb_cdate",
        "vb_dateadd",
        "vb_datediff",
        "vb_datepart",
    }
)


def answer(case: dict[str, Any]) -> dict[str, Any]:
    """Return our answer to a case in the shape of its `expect`, or `{"refused": reason}`.

    What the case expects is not looked at.
    """
    operation = case["op"]
    area = "regex" if operation in _REGEX else "dates" if operation in _DATES else "strings"
    answered: dict[str, Any] = getattr(_module(f"dotnet_{area}"), f"answer_{area}")(case)
    return answered


def _module(name: str) -> ModuleType:
    key = f"provlint_conformance_{name}"
    if key not in sys.modules:
        spec = importlib.util.spec_from_file_location(key, _HERE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[key] = module
        spec.loader.exec_module(module)
    return sys.modules[key]
