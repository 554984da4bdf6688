"""Reads pages of Microsoft Graph with a typed decoder: graph_pages_msgspec FILE_OR_FOLDER"""

import os
import sys

import msgspec

TEXTS = (
    "userPrincipalName", "displayName", "givenName", "surname", "mail", "mailNickname",
    "employeeId", "employeeType", "department", "jobTitle", "companyName", "country",
    "usageLocation", "city", "state", "postalCode", "streetAddress", "preferredLanguage",
    "userType", "officeLocation", "mobilePhone",
)  # fmt: skip
EXTENSIONS = ("extensionAttribute1", "extensionAttribute2", "extensionAttribute5")

Extensions = msgspec.defstruct(
    "Extensions", [(name, str | None, None) for name in EXTENSIONS], gc=False
)
User = msgspec.defstruct(
    "User",
    [
        ("id", str),
        ("accountEnabled", bool | None, None),
        *((name, str | None, None) for name in TEXTS),
        ("businessPhones", list[str] | None, None),
        ("onPremisesExtensionAttributes", Extensions | None, None),
    ],
    gc=False,
)
Page = msgspec.defstruct("Page", [("value", list[User])], gc=False)


def main():
    path = sys.argv[1]
    files = [path]
    if os.path.isdir(path):
        files = [os.path.join(path, name) for name in sorted(os.listdir(path))]
    decoder = msgspec.json.Decoder(Page)
    users = 0
    for each in files:
        with open(each, "rb") as file:
            users += len(decoder.decode(file.read()).value)
    print(users)


if __name__ == "__main__":
    main()
