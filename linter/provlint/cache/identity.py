"""What the findings on a file depend on, besides the file: the program, the options, the settings.

Whatever is not known to be without influence counts.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.plugins import Plugin
    from provlint.request import Plan

PACKAGES = ("provlint", "provlint_grammar", "provlint_rules")

OPTIONS_AFTER = frozenset(
    {
        "allow_nothing",
        "baseline",
        "config_path",
        "diff",
        "exclude",
        "fail_on",
        "fingerprints",
        "fix",
        "paths",
        "stdin_name",
        "use_baseline",
        "use_cache",
        "use_config",
        "use_suppressions",
        "write_baseline",
    }
)
"""Options that say which files are linted, and what becomes of the findings."""

SETTINGS_AFTER = frozenset(
    {"baseline", "cache", "exclude", "fail_on", "suppress", "unsuppressible"}
)
"""Settings of the same kind. `application` is judged file by file."""


def recipe(plan: Plan) -> bytes:
    """Everything that counts for all files of a run, in one text."""
    options = {
        name: value for name, value in plan.request._asdict().items() if name not in OPTIONS_AFTER
    }
    settings: dict[str, object] = {}
    if plan.found is not None:
        settings = plan.found.settings.model_dump(exclude={*SETTINGS_AFTER, "application"})
    own: list[object] = []
    if plan.own is not None:
        own = [*map(_content, plan.own.files), *_plugins(plan.own.plugins)]
    parts = (sys.implementation.cache_tag, sys.hexversion, options, settings, own, *program())
    return repr(parts).encode("utf-8", "backslashreplace")


def _content(path: str) -> bytes:
    """The bytes of a file of own rules, which the run has read already."""
    with open(path, "rb") as file:
        return file.read()


def _plugins(plugins: tuple[Plugin, ...]) -> Iterator[object]:
    """What tells the plugins from older or changed ones."""
    for plugin in plugins:
        yield plugin.name, plugin.version
        module = sys.modules[plugin.module]
        status = os.stat(module.__file__ or "")
        yield status.st_mtime_ns, status.st_size
        for folder in getattr(module, "__path__", ()):
            yield sorted(_modules(folder))


def program() -> Iterator[object]:
    """What tells this program from an older or a changed one, without reading it."""
    for name in PACKAGES:
        for folder in _folders(name):
            yield sorted(_modules(folder))
    for folder in _folders("yaml"):
        try:
            yield os.stat(os.path.join(folder, "__init__.py")).st_mtime_ns
        except OSError:
            continue


def _folders(name: str) -> Iterator[str]:
    """Where a package lies, without importing it: a run that finds all results needs no rule."""
    for finder in sys.meta_path:
        spec = finder.find_spec(name, None)
        if spec is not None:
            yield from spec.submodule_search_locations or ()
            return


def _modules(top: str) -> Iterator[tuple[str, int, int]]:
    waiting = [top]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    yield entry.path, status.st_mtime_ns, status.st_size
                elif entry.name != "__pycache__" and entry.is_dir():
                    waiting.append(entry.path)
