"""Synthetic users and target users: python benchmarks/population.py --users 1000000 FOLDER

Writes `users.jsonl`, `users.csv`, `users.json` (one page of Microsoft Graph), `users.parquet`,
`targets.json` (a SCIM list) and `targets.jsonl`; `--only NAME` writes one of them. The same number
and seed give the same people. 25 attributes each; names of six alphabets, departments and titles as
skewed as in real tenants, some values empty, some addresses shared, some accounts disabled.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

GIVEN = (
    "Anna", "Bjørn", "Camille", "Dávid", "Emre", "Fatima", "Grzegorz", "Håkon",
    "Ingrid", "José", "Katarzyna", "Łukasz", "Maria", "Nguyễn", "Oisín", "Pál",
    "Quentin", "Renée", "Søren", "Tomáš", "Ümit", "Víctor", "Wiebke", "Xavier",
    "Yasmín", "Zoë", "Amelia", "Noah", "Olivia", "Liam", "Sofía", "Mateo", "Иван",
    "Ольга", "Αλέξανδρος", "Ελένη", "伟", "静", "太郎", "花子", "민수", "अमित", "محمد", "لیلا",
)  # fmt: skip
FAMILY = (
    "Ødegård", "Nilsson", "Müller", "Dąbrowski", "O'Neil", "Smith-Jones", "Nagy",
    "García", "Fernández", "Dvořák", "Y\u0131lmaz", "Rossi", "Dubois", "Lefèvre", "Jansen",
    "McDonald", "Hansen", "Johansson", "Virtanen", "Kowalski", "Schröder", "Weiß",
    "Novák", "Silva", "Gonçalves", "Ionescu", "Petrović", "Nguyễn", "Trần", "Kim",
    "Tanaka", "王", "李", "佐藤", "Иванов", "Смирнова", "Παπαδόπουλος", "Sharma", "Patel",
    "الأحمد", "van der Meer", "de la Cruz", "St. James",
)  # fmt: skip
PLAIN = str.maketrans("øåäöüéèëíáóúñçğışęąłßřášž", "oaaoueeeiaouncgiseal" + "srasz")
DEPARTMENTS = (
    "Sales", "Engineering", "Operations", "Finance", "Human Resources", "Marketing", "Legal", "IT",
    "Research & Development", "Kundenbetreuung", "Försäljning", "Zarządzanie", "sales", "Retail ",
    "Logistics", "Quality", "Facilities", "Executive Office",
)  # fmt: skip
TITLES = (
    "Specialist", "Engineer", "Senior Engineer", "Manager", "Consultant", "Analyst", "Assistant",
    "Director", "Technician", "Advisor", "Vice President", "Intern", "Team Lead", "Accountant",
)  # fmt: skip
PLACES = (
    ("NO", "Oslo", "nb-NO"), ("SE", "Göteborg", "sv-SE"), ("DE", "München", "de-DE"),
    ("PL", "Łódź", "pl-PL"), ("US", "Seattle", "en-US"), ("GB", "London", "en-GB"),
    ("FR", "Orléans", "fr-FR"), ("ES", "A Coruña", "es-ES"), ("JP", "東京", "ja-JP"),
    ("CZ", "Plzeň", "cs-CZ"), ("TR", "İzmir", "tr-TR"), ("GR", "Αθήνα", "el-GR"),
)  # fmt: skip
COMPANIES = ("Contoso", "Fabrikam GmbH", "Northwind Traders", "Adatum AS")
DOMAINS = ("contoso.example", "fabrikam.example", "corp.northwind.example")
KINDS = ("Employee", "Contractor", "Intern", "Vendor")


def skewed(count: int) -> list[float]:
    """Cumulated weights that fall like 1/n, as the sizes of departments do."""
    return list(accumulate(1 / (number + 1) for number in range(count)))


BY_DEPARTMENT, BY_TITLE, BY_PLACE, BY_KIND = map(
    skewed, (len(DEPARTMENTS), len(TITLES), len(PLACES), len(KINDS))
)


def people(count: int, seed: int = 4) -> Iterator[Json]:
    """Users as Microsoft Graph has them, 25 attributes each."""
    rng = random.Random(seed)
    pick = rng.choices
    for number in range(1, count + 1):
        chance = rng.random()
        given, family = GIVEN[rng.randrange(len(GIVEN))], FAMILY[rng.randrange(len(FAMILY))]
        country, city, language = pick(PLACES, cum_weights=BY_PLACE)[0]
        domain = DOMAINS[number % len(DOMAINS)]
        local = f"{given}.{family}".lower().translate(PLAIN).replace(" ", "").replace("'", "")
        # Addresses are ASCII; names that are not get a number in their place.
        local = f"{local if local.isascii() else 'user'}{number}"
        name = f"{local}@{domain}"
        if chance < 0.03:
            home = local.replace("@", "_")
            name = f"{home}_{DOMAINS[0]}#EXT#@tenant.example"
        user: Json = {
            "id": identity(number),
            "accountEnabled": chance < 0.95,
            "userPrincipalName": name,
            "displayName": f"{given} {family}",
            "givenName": given,
            "surname": family,
            "mail": None if chance > 0.97 else f"{local}@{domain}",
            "mailNickname": local,
            "employeeId": None if 0.5 < chance < 0.53 else f"{100000 + number % 9_999_991}",
            "employeeType": pick(KINDS, cum_weights=BY_KIND)[0],
            "department": None if 0.2 < chance < 0.22
            else pick(DEPARTMENTS, cum_weights=BY_DEPARTMENT)[0],
            "jobTitle": None if 0.3 < chance < 0.34 else pick(TITLES, cum_weights=BY_TITLE)[0],
            "companyName": COMPANIES[number % len(COMPANIES)],
            "country": country,
            "usageLocation": country,
            "city": city,
            "state": None,
            "postalCode": f"{10000 + number % 89999}",
            "streetAddress": f'{number % 200} High Street, "Floor {number % 9}"',
            "preferredLanguage": language,
            "userType": "Guest" if chance < 0.03 else "Member",
            "officeLocation": f"{city} {number % 40}",
            "businessPhones": [] if number % 5 == 0 else [f"+47 {number % 100_000_000:08d}"],
            "mobilePhone": None if number % 3 == 0 else f"+46 7{number % 100_000_000:08d}",
            "onPremisesExtensionAttributes": {
                "extensionAttribute1": f"CC{number % 1000:04d}",
                "extensionAttribute2": None,
                "extensionAttribute5": "yes" if chance < 0.4 else None,
            },
        }  # fmt: skip
        if 0.40 < chance < 0.402:
            # An address that somebody else has too.
            user["mail"] = f"shared{number % 50}@{domain}"
        yield user


def identity(number: int) -> str:
    """The object id of a person."""
    mixed = number * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    text = f"{mixed:016x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8a5d-{number:012x}"


def targets(count: int, seed: int = 4) -> Iterator[Json]:
    """What an application holds: nine of ten users, some twice, some changed, some its own."""
    rng = random.Random(seed + 1)
    for number, user in enumerate(people(count, seed), start=1):
        chance = rng.random()
        if chance < 0.1:
            continue
        name = user["userPrincipalName"]
        record = {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "id": f"t-{number:09d}",
            "externalId": user["mailNickname"],
            "userName": name.upper() if chance > 0.98 else name,
            "active": chance > 0.15,
            "displayName": user["displayName"],
            "name": {"givenName": user["givenName"], "familyName": user["surname"]},
            "emails": [{"type": "work", "value": user["mail"], "primary": True}],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
                "department": user["department"], "employeeNumber": user["employeeId"],
            },
        }  # fmt: skip
        yield record
        if 0.2 < chance < 0.201:
            yield record | {"id": f"t-{number:09d}-2"}
        if 0.3 < chance < 0.302:
            yield record | {"id": f"s-{number:09d}", "userName": f"service{number}@app.example"}


def portal_row(user: Json) -> Json:
    """A user in provisioning names, for CSV; `None` is an empty cell."""
    row = dict(user)
    row["objectId"] = row.pop("id")
    row["telephoneNumber"] = next(iter(row.pop("businessPhones")), None)
    row["mobile"] = row.pop("mobilePhone")
    row["physicalDeliveryOfficeName"] = row.pop("officeLocation")
    row.update(row.pop("onPremisesExtensionAttributes"))
    return row


def write_jsonl(path: Path, records: Iterator[Json]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def write_page(path: Path, records: Iterator[Json], key: str, members: Json) -> None:
    """One document that holds all records, as pages joined by hand do."""
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(members)[:-1] + f', "{key}": [')
        for number, record in enumerate(records):
            file.write(("," if number else "") + json.dumps(record, ensure_ascii=False))
        file.write("]}")


def write_csv(path: Path, records: Iterator[Json]) -> None:
    writer = None
    with path.open("w", encoding="utf-8", newline="") as file:
        for record in records:
            row = portal_row(record)
            if writer is None:
                writer = csv.DictWriter(file, list(row))
                writer.writeheader()
            writer.writerow(row)


def write_parquet(path: Path, lines: Path) -> None:
    import duckdb

    duckdb.sql(f"COPY (SELECT * FROM read_json('{lines}', format='newline_delimited')) "
               f"TO '{path}' (FORMAT parquet)")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--users", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    folder, count, seed = asked.folder, asked.users, asked.seed
    folder.mkdir(parents=True, exist_ok=True)
    graph = {"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users"}
    scim = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]}
    lines = folder / "users.jsonl"
    writers = {
        "users.jsonl": lambda path: write_jsonl(path, people(count, seed)),
        "users.csv": lambda path: write_csv(path, people(count, seed)),
        "users.json": lambda path: write_page(path, people(count, seed), "value", graph),
        "users.parquet": lambda path: write_parquet(path, lines),
        "targets.json": lambda path: write_page(path, targets(count, seed), "Resources", scim),
        "targets.jsonl": lambda path: write_jsonl(path, targets(count, seed)),
    }
    for name, write in writers.items():
        if asked.only in ("", name):
            write(folder / name)


if __name__ == "__main__":
    main()
