"""Random values, and values that the log hides.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#randomstring
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint.evaluation.coercion import as_integer, as_text
from provlint.evaluation.readings import RANDOM_LENGTH
from provlint.evaluation.state import Failure

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value

LONGEST: Final = 256
_DIGITS: Final = "0123456789"
_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL: Final = _CAPITALS.lower()
_SPECIAL: Final = "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/"
"""The special characters of Windows passwords.
https://learn.microsoft.com/windows/security/threat-protection/security-policy-settings/password-must-meet-complexity-requirements"""

_KINDS: Final = (
    ("numbers", _DIGITS),
    ("special characters", _SPECIAL),
    ("capitals", _CAPITALS),
    ("small letters", _SMALL),
)


def identifier(state: State) -> Value:
    """Guid(): a new random identifier in small digits."""
    state.flag("random")
    number = state.random.getrandbits(128)
    number = number & ~(0xF << 76) | 0x4 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def random_text(
    state: State,
    length: Value,
    numbers: Value,
    special: Value,
    capitals: Value,
    small: Value,
    avoided: Value = None,
) -> Value:
    """RandomString(length, the least of each kind, charactersToAvoid).

    Characters beyond those asked for are of the kinds that are asked for.
    """
    state.flag("random")
    whole = as_integer(state, length, 0)
    least = [
        as_integer(state, given, index)
        for index, given in enumerate((numbers, special, capitals, small), 1)
    ]
    avoid = "" if avoided is None else as_text(state, avoided, 5)
    if not 1 <= whole <= LONGEST:
        raise Failure(
            f"the length is {whole}; expected 1 to {LONGEST}", "give another length", argument=0
        )
    for index, number in enumerate(least, 1):
        if number < 0:
            raise Failure(
                f"found {number} {_KINDS[index - 1][0]}; expected 0 or more",
                "give another number",
                argument=index,
            )
    if sum(least) > whole:
        if sum(least[:3]) <= whole:
            state.note(RANDOM_LENGTH)
        raise Failure(
            f"{sum(least)} characters are asked for in a text of {whole}",
            "give a greater length, or smaller numbers",
            argument=0,
        )
    pools = ["".join(sign for sign in signs if sign not in avoid) for _, signs in _KINDS]
    for index, (number, pool) in enumerate(zip(least, pools, strict=True)):
        if number and not pool:
            raise Failure(
                f"all {_KINDS[index][0]} are to be avoided, and {number} are asked for",
                "avoid fewer characters",
                argument=5,
            )
    asked = [pool for number, pool in zip(least, pools, strict=True) if number]
    rest = "".join(asked or [pools[0], pools[2], pools[3]])
    if not rest:
        raise Failure("all characters are to be avoided", "avoid fewer characters", argument=5)
    random = state.random
    letters = [random.choice(pool) for number, pool in zip(least, pools, strict=True)
               for _ in range(number)]  # fmt: skip
    letters += [random.choice(rest) for _ in range(whole - len(letters))]
    random.shuffle(letters)
    return "".join(letters)


def redact(state: State, value: Value) -> Value:
    """Redact(value): the value itself; the provisioning log shows `[Redact]`."""
    state.flag("redacted")
    return value
