"""Numbers."""
from provlint.dotnet.strings.failure import DotNetError
def parse_int64(s: str) -> int:
    try:
        return int(s)
    except ValueError:
        raise DotNetError("FormatException", f"The input string '{s}' was not in a correct format.")
