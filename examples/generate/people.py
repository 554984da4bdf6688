"""Writes `users/`: twenty people of Fjordbank in the formats that simulations read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from files import as_json, write_text

Json = dict[str, Any]

DOMAIN = "fjordbank.example"
GRAPH = "https://graph.microsoft.com/v1.0/$metadata#"
PRINCIPAL = "c41d7a52-6b0e-4f39-9a7d-0e5b83c2f614"
DEFAULT_ROLE = "00000000-0000-0000-0000-000000000000"
ADVISER = "5e27b0f1-9d43-4c68-a17b-82c6e0d4f395"
MANAGER = "b06c41d8-3f7e-4952-8da0-e9175c2b6f84"
PORTAL_TEXT = (
    "userPrincipalName displayName surname mail givenName objectId userType jobTitle department "
    "accountEnabled usageLocation streetAddress state country physicalDeliveryOfficeName city "
    "postalCode telephoneNumber mobile authenticationAlternativePhoneNumber authenticationEmail "
    "alternateEmailAddress ageGroup consentProvidedForMinor legalAgeGroupClassification"
)
PORTAL = PORTAL_TEXT.split()

# Given name, surname, department, title, country, city, employee type, number of the manager,
# employee number, extensionAttribute5. What is special about a person stands in SPECIAL.
PEOPLE: tuple[tuple[str, str, str | None, str | None, str, str, str | None, int, str, str], ...] = (
    (
        "Astrid",
        "Solheim",
        "Management",
        "Chief Executive",
        "NO",
        "Oslo",
        "Employee",
        0,
        "10001",
        "",
    ),
    (
        "Bjørn",
        "Ødegård",
        "Branch Bergen",
        "Branch Manager",
        "NO",
        "Bergen",
        "Employee",
        1,
        "10002",
        "",
    ),
    ("Camilla", "Nygård", "Branch Bergen", "Adviser", "NO", "Bergen", "Employee", 2, "10003", ""),
    ("Daniel", "O'Neil", "Branch Bergen", "Adviser", "NO", "Bergen", "Employee", 2, "10004", ""),
    (
        "Elin",
        "Lindqvist",
        "Branch Göteborg",
        "Branch Manager",
        "SE",
        "Göteborg",
        "Employee",
        1,
        "10005",
        "",
    ),
    (
        "Fredrik",
        "Åberg",
        "Branch Göteborg",
        "Adviser",
        "SE",
        "Göteborg",
        "Employee",
        5,
        "10006",
        "",
    ),
    (
        "Grete",
        "van der Meer",
        "Risk Control",
        "Analyst",
        "NL",
        "Utrecht",
        "Employee",
        1,
        "10007",
        "",
    ),
    (
        "Henrik",
        "Sørensen",
        "Card Services",
        "Consultant",
        "DK",
        "Aarhus",
        "Contractor",
        11,
        "",
        "CTR-0417",
    ),
    (
        "Ingrid",
        "Hauge",
        "Card Services",
        "Consultant",
        "NO",
        "Oslo",
        "Contractor",
        11,
        "",
        "ctr-0418",
    ),
    (
        "Jonas",
        "Berg",
        "card services",
        "Consultant",
        "NO",
        "Oslo",
        "Contractor",
        11,
        "",
        "CTR-0419",
    ),
    ("Kari", "Myhre", "Card Services", "Head of Cards", "NO", "Oslo", "Employee", 1, "10011", ""),
    ("Lars", "Tveit", None, None, "NO", "Oslo", "Employee", 1, "10012", ""),
    ("Maja", "Holm", "Loans ", "Case Worker", "NO", "Tromsø", "Employee", 1, "10013", ""),
    ("Nils", "Aas", "Loans", "Case Worker", "NO", "Tromsø", None, 13, "10014", ""),
    ("Oda", "Ruud", "Loans", "Case Worker", "NO", "Tromsø", "Employee", 13, "10014", ""),
    ("Peder", "Vik", "Branch Bergen", "Trainee", "NO", "Bergen", "Employee", 2, "10016", ""),
    ("Quoc", "Nguyễn", "Treasury", "Dealer", "NO", "Oslo", "Employee", 1, "10017", ""),
    ("Ragnhild", "Eide", "Treasury", "Dealer", "NO", "Oslo", "Employee", 17, "10018", ""),
    ("Sven", "Dahl", "External Audit", "Auditor", "SE", "Stockholm", None, 0, "", ""),
    ("Tuva", "Strand", "Branch Bergen", "Adviser", "NO", "Bergen", "Employee", 2, "10020", ""),
)
# By number from 1: properties that differ from the usual.
SPECIAL: dict[int, Json] = {
    4: {"mail": "daniel.o'neil@fjordbank.example"},
    12: {"mail": None, "businessPhones": [], "mobilePhone": None},
    16: {"accountEnabled": False},
    18: {"mobilePhone": None},
    19: {
        "userPrincipalName": "sven.dahl_revisjon.example#EXT#@fjordbank.example",
        "mail": "sven.dahl@revisjon.example",
        "userType": "Guest",
    },
    20: {"userPrincipalName": "tuva.strand@fjordbank.onmicrosoft.example"},
}
PLAIN = str.maketrans("øØåÅäöŏễñ", "oOaAaooen")


def identity(number: int) -> str:
    """Return the object id of a person."""
    return f"{number:02x}a7c3e5-5d1f-4b80-9c46-7f2e08d1b3{number:02x}"


def graph_user(number: int) -> Json:
    """Return a user as `GET /users?$select=…&$expand=manager($select=id)` answers."""
    given, surname, department, title, country, city, kind, manager, employee, fifth = PEOPLE[
        number - 1
    ]
    local = f"{given}.{surname}".lower().translate(PLAIN).replace(" ", "").replace("'", "")
    attributes: Json = {f"extensionAttribute{at}": None for at in range(1, 16)}
    attributes["extensionAttribute1"] = f"NO{4000 + number}/{(department or 'none').split()[0]}"
    attributes["extensionAttribute3"] = f"20{10 + number % 14}0{1 + number % 9}15"
    attributes["extensionAttribute5"] = fifth or None
    user: Json = {
        "id": identity(number),
        "accountEnabled": True,
        "userPrincipalName": f"{local}@{DOMAIN}",
        "mail": f"{local}@{DOMAIN}",
        "mailNickname": local,
        "displayName": f"{given} {surname}",
        "givenName": given,
        "surname": surname,
        "jobTitle": title,
        "department": department,
        "companyName": "Fjordbank ASA",
        "employeeId": employee or None,
        "employeeType": kind,
        "userType": "Member",
        "usageLocation": country,
        "country": country,
        "city": city,
        "state": None,
        "postalCode": f"{5000 + number}",
        "streetAddress": f"Strandgata {number}",
        "officeLocation": f"{city} sentrum",
        "preferredLanguage": "sv-SE" if country == "SE" else "nb-NO",
        "businessPhones": [f"+47 55 00 {number:02d} 10"],
        "mobilePhone": f"+47 900 00 0{number:02d}",
        "onPremisesExtensionAttributes": attributes,
        **SPECIAL.get(number, {}),
    }
    if manager:
        user["manager"] = {
            "@odata.type": "#microsoft.graph.user",
            "id": identity(manager),
        }
    return user


def portal_row(user: Json) -> dict[str, str]:
    """Return a user as the portal's *Download users* writes it: the provisioning names."""
    renamed = {
        "objectId": user["id"],
        "physicalDeliveryOfficeName": user["officeLocation"],
        "telephoneNumber": next(iter(user["businessPhones"]), None),
        "mobile": user["mobilePhone"],
    }
    values = {name: renamed.get(name, user.get(name)) for name in PORTAL}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def portal_csv(users: list[Json]) -> str:
    """Return the CSV of the portal."""
    text = io.StringIO()
    writer = csv.DictWriter(text, PORTAL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(portal_row(each) for each in users)
    return text.getvalue()


def scim_user(number: int, user_name: str, person: Json | None, **more: Any) -> Json:
    """Return a user of the target application."""
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "id": f"hc-{number:05d}",
        "externalId": person["id"] if person else None,
        "userName": user_name,
        "active": True,
        "displayName": person["displayName"] if person else user_name.partition("@")[0],
        "name": {
            "givenName": person["givenName"] if person else None,
            "familyName": person["surname"] if person else None,
        },
        "emails": [{"type": "work", "value": user_name, "primary": True}],
        "meta": {"resourceType": "User"},
        **more,
    }


def target_users(users: list[Json]) -> Json:
    """Return what the application answers to `GET /Users`."""
    by_name = [scim_user(at, users[at - 1]["userPrincipalName"], users[at - 1]) for at in (2, 3, 5)]
    found = [
        *by_name,
        # Linked by externalId only: the user principal name has changed since.
        scim_user(6, f"fredrik.lund@{DOMAIN}", users[5]),
        # Twice in the application.
        scim_user(8, users[7]["userPrincipalName"], None),
        scim_user(9, users[7]["userPrincipalName"], None),
        # Differs by case only.
        scim_user(11, users[10]["userPrincipalName"].title(), None),
        # Disabled there.
        scim_user(13, users[12]["userPrincipalName"], users[12], active=False),
        # Known to nobody.
        scim_user(90, f"service.import@{DOMAIN}", None),
    ]
    return {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": len(found),
        "startIndex": 1,
        "itemsPerPage": len(found),
        "Resources": found,
    }


def groups() -> Json:
    """Return groups with their direct members, one of them a group."""
    table: tuple[tuple[int, str, bool, tuple[int, ...], tuple[int, ...]], ...] = (
        (1, "CRM-Advisers", True, (3, 4, 6, 12, 16, 20), (3,)),
        (2, "CRM-Managers", True, (2, 5, 11), ()),
        (3, "Card Services Staff", True, (8, 9, 10), ()),
        (4, "CRM-Newsletter", False, (1, 7, 17), ()),
    )
    return {
        "@odata.context": f"{GRAPH}groups(id,displayName,securityEnabled,members())",
        "value": [
            {
                "id": group_identity(number),
                "displayName": name,
                "mailEnabled": not secure,
                "mailNickname": name.lower().replace(" ", "-"),
                "securityEnabled": secure,
                "members": [
                    *(
                        {"@odata.type": "#microsoft.graph.user", "id": identity(at)}
                        for at in people
                    ),
                    *(
                        {"@odata.type": "#microsoft.graph.group", "id": group_identity(at)}
                        for at in nested
                    ),
                ],
            }
            for number, name, secure, people, nested in table
        ],
    }


def group_identity(number: int) -> str:
    """Return the object id of a group."""
    return f"0{number}f4b2d6-8a39-4e17-b5c0-3d61a9e7f28{number}"


def assignments(users: list[Json]) -> Json:
    """Return who is assigned to the application, and with which role."""
    named = {group["id"]: group["displayName"] for group in groups()["value"]}
    table: tuple[tuple[str, str, str], ...] = (
        ("Group", group_identity(1), ADVISER),
        ("Group", group_identity(2), MANAGER),
        ("User", identity(13), ADVISER),
        # Assigned twice: directly and by the group CRM-Managers.
        ("User", identity(11), ADVISER),
        ("User", identity(14), DEFAULT_ROLE),
        ("User", identity(19), ADVISER),
    )
    return {
        "@odata.context": f"{GRAPH}servicePrincipals('{PRINCIPAL}')/appRoleAssignedTo",
        "value": [
            {
                "id": f"asg-{number:02d}-{principal[:8]}",
                "deletedDateTime": None,
                "appRoleId": role,
                "createdDateTime": f"2026-09-{10 + number}T08:00:00.0000000Z",
                "principalDisplayName": named.get(principal)
                or next(each["displayName"] for each in users if each["id"] == principal),
                "principalId": principal,
                "principalType": kind,
                "resourceDisplayName": "Harbour CRM",
                "resourceId": PRINCIPAL,
            }
            for number, (kind, principal, role) in enumerate(table, start=1)
        ],
    }


def service_principal() -> Json:
    """Return the application with its roles."""
    roles = ((ADVISER, "Adviser", "adviser"), (MANAGER, "Branch Manager", "branch-manager"))
    return {
        "@odata.context": f"{GRAPH}servicePrincipals(id,displayName,appRoles)/$entity",
        "id": PRINCIPAL,
        "displayName": "Harbour CRM",
        "appRoles": [
            {
                "allowedMemberTypes": ["User"],
                "description": name,
                "displayName": name,
                "id": role,
                "isEnabled": True,
                "origin": "Application",
                "value": value,
            }
            for role, name, value in roles
        ],
    }


def write(examples: Path) -> None:
    """Write the folder."""
    folder = examples / "users"
    users = [graph_user(number) for number in range(1, len(PEOPLE) + 1)]
    page = {"@odata.context": f"{GRAPH}users", "value": users}
    lines = [json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in users]
    write_text(folder / "users.json", as_json(page))
    write_text(folder / "users.jsonl", "\n".join(lines) + "\n")
    write_text(folder / "users.csv", portal_csv(users))
    write_text(folder / "target-users.json", as_json(target_users(users)))
    write_text(folder / "groups.json", as_json(groups()))
    write_text(folder / "assignments.json", as_json(assignments(users)))
    write_text(folder / "service-principal.json", as_json(service_principal()))
