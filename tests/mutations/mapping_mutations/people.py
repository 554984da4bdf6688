"""What sources call the attributes of people."""

PEOPLE = {
    "entra": {"mail": "mail", "name": "displayName", "nickname": "mailNickname"},
    "ad": {"mail": "mail", "name": "displayName", "nickname": "mailNickname"},
    "api": {"mail": 'emails[type eq "work"].value', "name": "displayName", "nickname": "nickName"},
    "workday": {"mail": "EmailAddressWork", "name": "LastName", "nickname": "UserID"},
    "successfactors": {"mail": "email", "name": "displayName", "nickname": "username"},
}
"""What a source calls the address, the name and the short name of a person."""


def person(sample, what):
    name = PEOPLE[sample.source][what]
    return name if sample.reads(name) else sample.define(name)
