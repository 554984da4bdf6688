"""The two ways in which a .NET operation gives no value: .NET throws, or provlint does not know."""

from __future__ import annotations


class DotNetError(Exception):
    """What .NET itself throws.

    Attributes:
        kind: name of the exception type without its namespace, such as `FormatException`.
        message: the text that .NET 8 to 10 gives with it.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


class UndecidedError(Exception):
    """The answer of .NET is not reproduced here, so none is given.

    Attributes:
        construct: what was met, in words; every one stands in the page "Faithfulness".
    """

    def __init__(self, construct: str) -> None:
        super().__init__(construct)
        self.construct = construct
