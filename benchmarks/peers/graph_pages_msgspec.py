"""Reads pages of Microsoft Graph with a typed decoder, and does no more: graph_pages_msgspec PATH"""

import os
import sys

import msgspec


class Extensions(msgspec.Struct, gc=False):
    extensionAttribute1: str | None = None
    extensionAttribute2: str | None = None
    extensionAttribute5: str | None = None


class User(msgspec.Struct, gc=False):
    id: str
    accountEnabled: bool | None = None
    userPrincipalName: str | None = None
    displayName: str | None = None
    givenName: str | None = None
    surname: str | None = None
    mail: str | None = None
    mailNickname: str | None = None
    employeeId: str | None = None
    employeeType: str | None = None
    department: str | None = None
    jobTitle: str | None = None
    companyName: str | None = None
    country: str | None = None
    usageLocation: str | None = None
    city: str | None = None
    state: str | None = None
    postalCode: str | None = None
    streetAddress: str | None = None
    preferredLanguage: str | None = None
    userType: str | None = None
    officeLocation: str | None = None
    businessPhones: list[str] | None = None
    mobilePhone: str | None = None
    onPremisesExtensionAttributes: Extensions | None = None


class Page(msgspec.Struct, gc=False):
    value: list[User]


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
