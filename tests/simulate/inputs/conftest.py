"""The twenty people of the examples, written in every format that is read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

REPOSITORY = Path(__file__).parents[3]
EXAMPLES = REPOSITORY / "examples" / "users"
PAGE: Json = json.loads((EXAMPLES / "users.json").read_text("utf-8"))
PEOPLE: list[Json] = PAGE["value"]


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def pascal(value: Any) -> Any:
    """A value as the PowerShell SDK names it."""
    if isinstance(value, list):
        return [pascal(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key[:1].upper() + key[1:]: pascal(inner)
        for key, inner in value.items()
        if not key.startswith("@")
    }


def powershell(user: Json) -> Json:
    """A user of `Get-MgUser | ConvertTo-Json`."""
    return {
        **pascal(user),
        "Manager": {"Id": user.get("manager", {}).get("id"), "AdditionalProperties": {}},
        "EmployeeHireDate": None,
        "AdditionalProperties": {},
    }


def provisioning(user: Json) -> Json:
    """A flat map of provisioning names."""
    row = dict(user)
    row["objectId"] = row.pop("id")
    row["telephoneNumber"] = next(iter(row.pop("businessPhones")), None)
    row["mobile"] = row.pop("mobilePhone")
    row["physicalDeliveryOfficeName"] = row.pop("officeLocation")
    row["manager"] = row.get("manager", {}).get("id")
    row.update(row.pop("onPremisesExtensionAttributes"))
    return row


def azure_ad(user: Json) -> Json:
    """A user of `Get-AzureADUser`."""
    return {key[:1].upper() + key[1:]: value for key, value in provisioning(user).items()}


def as_csv(rows: list[Json], delimiter: str = ",", newline: str = "\n", **options: Any) -> str:
    """Rows as CSV; None is an empty cell, Booleans are as .NET writes them."""
    text = io.StringIO()
    columns = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(text, columns, delimiter=delimiter, lineterminator=newline, **options)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


FLAT = [provisioning(user) for user in PEOPLE]
CONTEXT = {"@odata.context": PAGE["@odata.context"]}

FORMATS: dict[str, Callable[[], str | bytes]] = {
    "page": lambda: json.dumps(PAGE, indent=2),
    "page on one line": lambda: compact(PAGE),
    "page with the list first": lambda: compact({"value": PEOPLE, **CONTEXT}),
    "pages behind each other": lambda: "\n".join(
        json.dumps({**CONTEXT, "value": PEOPLE[at : at + 7]}, indent=1) for at in range(0, 20, 7)
    ),
    "a page per line": lambda: "\n".join(
        compact({**CONTEXT, "value": PEOPLE[at : at + 7]}) for at in range(0, 20, 7)
    ),
    "list": lambda: json.dumps(PEOPLE, indent=4),
    "lines": lambda: "".join(compact(user) + "\n" for user in PEOPLE),
    "lines without the last break": lambda: "\n".join(compact(user) for user in PEOPLE),
    "lines with blank ones, CRLF": lambda: "\r\n\r\n".join(compact(user) for user in PEOPLE),
    "lines, escaped": lambda: "\n".join(json.dumps(user) for user in PEOPLE) + "\n",
    "objects behind each other": lambda: "\n".join(json.dumps(u, indent=2) for u in PEOPLE),
    "UTF-8 with mark": lambda: b"\xef\xbb\xbf" + compact(PAGE).encode(),
    "UTF-16 with mark": lambda: compact(PAGE).encode("utf-16"),
    "UTF-16 BE lines": lambda: (
        b"\xfe\xff" + "".join(compact(user) + "\r\n" for user in PEOPLE).encode("utf-16-be")
    ),
    "PowerShell SDK": lambda: json.dumps([powershell(user) for user in PEOPLE], indent=4),
    "AzureAD module": lambda: json.dumps([azure_ad(user) for user in PEOPLE]),
    "provisioning names": lambda: json.dumps(FLAT),
    "test cases": lambda: json.dumps([{"InputAttributes": row} for row in FLAT]),
    "testInputObject": lambda: json.dumps(
        [{"properties": [{"key": k, "value": v} for k, v in row.items()]} for row in FLAT]
    ),
    "CSV": lambda: as_csv(FLAT),
    "CSV, semicolons, CRLF": lambda: as_csv(FLAT, ";", "\r\n"),
    "CSV (Macintosh)": lambda: as_csv(FLAT, ";", "\r"),
    "CSV, tabs": lambda: as_csv(FLAT, "\t"),
    "CSV, all quoted": lambda: as_csv(FLAT, quoting=csv.QUOTE_ALL),
    "CSV with mark": lambda: b"\xef\xbb\xbf" + as_csv(FLAT).encode(),
    "CSV, UTF-16": lambda: as_csv(FLAT, "\t", "\r\n").encode("utf-16"),
    "CSV of Get-AzureADUser": lambda: (
        "#TYPE Microsoft.Open.AzureAD.Model.User\r\n"
        + as_csv([azure_ad(user) for user in PEOPLE], newline="\r\n", quoting=csv.QUOTE_ALL)
    ),
}
"""Texts that hold the same twenty people, completely."""


@pytest.fixture
def give(tmp_path: Path) -> Callable[..., str]:
    """Write a text or bytes to a file, and return its path."""

    def written(content: str | bytes, name: str = "users.json") -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return written


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with the argument `format_name` runs for every format."""
    if "format_name" in metafunc.fixturenames:
        metafunc.parametrize("format_name", FORMATS)


@pytest.fixture(scope="session")
def sample() -> SimpleNamespace:
    """The people and what writes them."""
    return SimpleNamespace(
        examples=EXAMPLES,
        people=PEOPLE,
        flat=FLAT,
        formats=FORMATS,
        as_csv=as_csv,
        compact=compact,
        pascal=pascal,
        powershell=powershell,
    )
