"""Finds and reads the configuration file that governs a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from provlint.config.settings import Settings

FILE_NAME = "provlint.toml"
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
    """A configuration file and its settings; `folder` is what its globs are relative to."""

    path: str
    folder: str
    settings: Settings


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
        path = os.path.join(folder, "pyproject.toml")
        if os.path.isfile(path) and b"[tool.provlint" in _bytes(path):
            return read(path)
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def read(path: str) -> Found:
    """Read one configuration file.

    Raises:
        ConfigurationError: The file cannot be read, is no TOML, or holds what it may not.
    """
    import tomllib

    try:
        text = _bytes(path).decode()
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            path, 0, f"the file is not UTF-8 at byte {error.start}", "save it as UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        message, _, where = str(error).partition(" (at line ")
        line = int(where.partition(",")[0]) if where[:1].isdigit() else 0
        message = message[:1].lower() + message[1:]
        raise ConfigurationError(path, line, message, "correct the TOML syntax") from error
    prefix: tuple[str, ...] = ()
    if os.path.basename(path) == "pyproject.toml":
        prefix = ("tool", "provlint")
        tables = tables.get("tool", {}).get("provlint", {})
    return Found(
        path, os.path.dirname(os.path.abspath(path)), _validate(path, text, tables, prefix)
    )


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            data = stream.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(
            path, 0, f"cannot read the file: {error.strerror}", "check the path and its permissions"
        ) from error
    if len(data) > MAXIMUM_BYTES:
        raise ConfigurationError(
            path, 0, "the file is larger than 1 MB", "is this really a configuration of provlint?"
        )
    return data


def _validate(path: str, text: str, tables: dict[str, object], prefix: tuple[str, ...]) -> Settings:
    from pydantic import ValidationError

    from provlint.config.settings import Settings

    try:
        return Settings.model_validate(tables)
    except ValidationError as error:
        from provlint.config.explain import explain

        line, message, hint = explain(error, text, prefix)
        raise ConfigurationError(path, line, message, hint) from None
