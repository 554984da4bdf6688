"""Values of source attributes as provisioning sees them.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
"""

from __future__ import annotations

GUEST_MARK = "#EXT#"


def provisioned_text(value: object) -> str:
    """The text of one value: `True` and `False` for Booleans, nothing for an absent value."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return ", ".join(provisioned_text(item) for item in value)
    if isinstance(value, dict):
        return provisioned_text(value.get("id", value.get("value")))
    try:
        return str(value)
    except ValueError:
        # Python refuses to write out numbers of more than 4,300 digits.
        return f"{value:#x}"


def is_empty(value: object) -> bool:
    """Whether an attribute counts as unset: absent, the empty text, or a list of nothing else."""
    if value is None or value == "":
        return True
    return isinstance(value, (list, tuple)) and all(item is None or item == "" for item in value)


def guest_home_name(name: str) -> str:
    """The home name of a guest: `amy_fabrikam.com#EXT#@…` is `amy@fabrikam.com`.

    A name without the mark stays as it is.
    Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works#b2b-guest-users
    """
    home, mark, _ = name.partition(GUEST_MARK)
    if not mark:
        return name
    local, separator, domain = home.rpartition("_")
    return f"{local}@{domain}" if separator else home


def whole_number(text: str) -> int | None:
    """The whole number that a text spells; None for anything else, or beyond 64 bits."""
    digits = text[1:] if text[:1] == "-" else text
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 40:
        return None
    number = int(text)
    return number if -(2**63) <= number < 2**63 else None
