"""Finds and reads the configuration file that governs a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.config.settings import Settings

FILE_NAME = "provlint.toml"
PYPROJECT = "pyproject.toml"
MAXIMUM_BYTES = 1_000_000


class ConfigurationError(Exception):
    """The configuration file cannot be used.

    Attributes:
        path: The file.
        line: 1-based, or 0 if the fault has no place.
        message: What was found and what was expected.
        help: What to do.
    """

    def __init__(self, path: str, line: int, message: str, help: str) -> None:  # noqa: A002
        super().__init__(message)
        self.path = path
        self.line = line
        self.message = message
        self.help = help


class Found(NamedTuple):
    """A configuration file and its settings.

    Attributes:
        path: The file.
        folder: What its globs are relative to.
        settings: What it says.
        text: Its text.
        prefix: The tables that hold the settings: none, or `tool` and `provlint`.
    """

    path: str
    folder: str
    settings: Settings
    text: str
    prefix: tuple[str, ...]

    def line_of(self, *path: str | int) -> int:
        """The 1-based line where a setting stands; 0 if it is not found."""
        from provlint.config.places import line_of

        return line_of(self.text, (*self.prefix, *path))


def find(start: str) -> Found | None:
    """The nearest configuration in `start` or a folder above it.

    In one folder `provlint.toml` goes before `pyproject.toml`; a `pyproject.toml` without a
    `[tool.provlint]` table is passed over.

    Raises:
        ConfigurationError: The file cannot be read, is no TOML, or holds what it may not.
    """
    folder = os.path.abspath(start)
    while True:
        path = os.path.join(folder, FILE_NAME)
        if os.path.isfile(path):
            return read(path)
        path = os.path.join(folder, PYPROJECT)
        if os.path.isfile(path) and b"provlint" in _bytes(path):
            found = _read(path)
            if found is not None:
                return found
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def read(path: str) -> Found:
    """Read one configuration file.

    Raises:
        ConfigurationError: The file cannot be read, is no TOML, or holds what it may not.
    """
    found = _read(path)
    if found is None:
        raise ConfigurationError(
            path,
            0,
            "the file has no `[tool.provlint]` table",
            "add the table, or name another file",
        )
    return found


def _read(path: str) -> Found | None:
    text, tables = _toml(path)
    prefix: tuple[str, ...] = ()
    if os.path.basename(path) == PYPROJECT:
        prefix = ("tool", "provlint")
        tool = tables.get("tool")
        if not isinstance(tool, dict) or "provlint" not in tool:
            return None
        tables = tool["provlint"]
    folder = os.path.dirname(os.path.abspath(path))
    return Found(path, folder, _validate(path, text, tables, prefix), text, prefix)


def _toml(path: str) -> tuple[str, dict[str, Any]]:
    import tomllib

    try:
        text = _bytes(path).decode("utf-8-sig").replace("\r\n", "\n")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            path, 0, f"the file is not UTF-8 at byte {error.start}", "save it as UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as error:
        message, _, where = str(error).partition(" (at ")
        number = where.removeprefix("line ").partition(",")[0]
        line = int(number) if number.isdigit() else text.count("\n") + 1
        message = message[:1].lower() + message[1:]
        raise ConfigurationError(path, line, message, "correct the TOML syntax") from None
    except RecursionError:
        raise ConfigurationError(
            path, 0, "the file is nested too deeply", "write its tables one after another"
        ) from None


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            data = stream.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigurationError(
            path, 0, f"the file cannot be read: {reason}", "check the path and its permissions"
        ) from None
    if len(data) > MAXIMUM_BYTES:
        raise ConfigurationError(
            path, 0, "the file is larger than 1 MB", "name a configuration file of provlint"
        )
    return data


def _validate(path: str, text: str, tables: object, prefix: tuple[str, ...]) -> Settings:
    from pydantic import ValidationError

    from provlint.config.settings import Settings

    try:
        return Settings.model_validate(tables)
    except ValidationError as error:
        from provlint.config.explain import explain

        line, message, hint = explain(error, text, prefix)
        raise ConfigurationError(path, line, message, hint) from None
