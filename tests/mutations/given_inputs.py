"""Inputs beside a clean configuration: people who fit it, and all that fits them."""

import copy
import json
import tempfile
from pathlib import Path

from provlint.engine import ruleset
from provlint.lint import Options, all_rules, lint_file
from provlint.lint_inputs import LintInputs
from provlint.model import read_document
from provlint.selection import Selection, choose
from provlint.semantics.configuration import ConfigurationUnit
from provlint.simulate.evidence.source import EvidenceFiles
from provlint.source.source_file import read_source

PEOPLE = 12

FITTING = {
    "employeeType": "Employee", "country": "NO", "companyName": "Fjordbank ASA",
    "userType": "Member", "accountEnabled": True, "preferredLanguage": "nb-NO",
    "telephoneNumber": "+47 55 00 00 00", "mobile": "+47 90 00 00 00",
    "extensionAttribute1": "CC1001/Retail", "extensionAttribute3": "20200131",
    "extensionAttribute5": "CTR-0417", "physicalDeliveryOfficeName": "bergen",
    "CountryReferenceTwoLetter": "NO", "WorkerType": "Employee", "Active": "1",
    "HireDate": "2020-01-31", "ContractEndDate": "2031-12-31", "Municipality": "Bergen",
    "isCriticalSystemObject": False, "userAccountControl": "512", "active": True,
    "msExchRecipientTypeDetails": "1",
    'addresses[type eq "work"].country': "Norway",
    'phoneNumbers[type eq "mobile"].value': "+47 90 00 00 00",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization": "Fjordbank ASA",
    "urn:ietf:params:scim:schemas:extension:fjordbank:hr:1.0:User:EmploymentForm": "Permanent",
    "urn:ietf:params:scim:schemas:extension:fjordbank:hr:1.0:User:HireDate": "2020-01-31",
}  # fmt: skip
"""Values that filters and expressions of the clean samples take."""

DEPARTMENTS = {"shapes": "Branch Oslo", "cross-tenant": "Treasury"}
NAMES = {
    "userPrincipalName",
    "userName",
    "mail",
    'emails[type eq "work"].value',
    "EmailAddressWork",
}
REFERENCES = ("manager", "ManagerReference")
ROLE = "5e27b0f1-9d43-4c68-a17b-82c6e0d4f395"
OTHER_ROLE = "b06c41d8-3f7e-4952-8da0-e9175c2b6f84"
DEFAULT_ROLE = "00000000-0000-0000-0000-000000000000"
NOTIFY = json.dumps(
    {"Enabled": True, "Recipients": "identity@fjordbank.example", "DeleteThresholdEnabled": True}
)


def identity(number):
    return f"{number:08d}-5d1f-4b80-9c46-7f2e08d1b30d"


class Given:
    """What is given beside the configuration of a sample; free to be changed.

    Attributes:
        users: Records in the names of the source, all of them in scope.
        targets: An account for each, in the names of target attributes.
        assignments: One for each user, and none for groups.
        groups: One, with all users.
        secrets: Settings of a job as it should be.
        job: None where the sample's own counts.
        others: Configurations that are linted before.
    """

    def __init__(self, sample):
        self.sample = sample
        self.reads = _reads(sample)
        self.users = [self.person(number) for number in range(PEOPLE)]
        self.targets = [self.account(number) for number in range(PEOPLE)]
        self.assignments = [self.assignment(number) for number in range(PEOPLE)]
        self.groups = [self.group("g1", "Everybody", range(PEOPLE))]
        self.secrets = {
            "BaseAddress": "https://crm.fjordbank.example/scim",
            "SyncAll": "False",
            "SyncNotificationSettings": NOTIFY,
            "SkipOutOfScopeDeletions": str(sample.source in ("workday", "successfactors", "api")),
        }
        self.job = None
        self.others = []
        self.without = set()

    def person(self, number):
        """A person who passes the filter of the sample."""
        record = {"objectId": identity(number), "accountEnabled": True}
        for name in sorted(self.reads):
            record[name] = self._value(name, number)
        if self.sample.name == "scim-outbound":  # each half passes one group of the filter
            branch = number < PEOPLE // 2
            record["department"] = "Branch Bergen" if branch else "Card Services"
            record["employeeType"] = "Employee" if branch else "Contractor"
            record["extensionAttribute5"] = "" if branch else "CTR-0417"
        if self.sample.source == "entra":
            record.setdefault("userPrincipalName", self._value("userPrincipalName", number))
        return record

    def _value(self, name, number):
        if name == "department":
            return DEPARTMENTS.get(self.sample.name, "Sales")
        if name in FITTING:
            return FITTING[name]
        if name in REFERENCES:
            return identity(0)
        if name == "objectId":
            return identity(number)
        if name in NAMES:
            return f"person{number}@fjordbank.example"
        return f"{''.join(each for each in name if each.isalpha())[-6:]}{number}"

    def account(self, number):
        """The account of a person: every direct mapping has arrived."""
        person = self.users[number]
        record = {"id": f"t-{number}"}
        for each in self.sample.mappings:
            source = each["source"] or {}
            name = (source.get("expression") or "").strip("[]")
            if source.get("type") == "Attribute" and name in person:
                record[each["targetAttributeName"]] = person[name]
        return record

    def assignment(self, number, role=ROLE, kind="User", principal=None, name=None):
        return {
            "principalId": principal or identity(number),
            "principalType": kind,
            "principalDisplayName": name or f"Person {number}",
            "appRoleId": role,
            "resourceId": "a1",
        }

    def group(self, key, name, members, **more):
        return {
            "id": key,
            "displayName": name,
            "mailNickname": name.lower(),
            "securityEnabled": True,
            "members": [
                {"id": each, "@odata.type": "#microsoft.graph.group"}
                if isinstance(each, str)
                else {"id": identity(each), "@odata.type": "#microsoft.graph.user"}
                for each in members
            ],
            **more,
        }

    def every(self, name, value):
        """Give everybody a value."""
        for person in self.users:
            person[name] = value

    def assign_group(self, key, name):
        self.assignments.append(self.assignment(0, kind="Group", principal=key, name=name))

    def files(self, folder):
        written = {}
        for field, value in (
            ("users", self.users),
            ("targets", self.targets),
            ("assignments", self.assignments),
            ("groups", self.groups),
            ("secrets", self.secrets),
            ("jobs", self.job),
        ):
            if value is not None and field not in self.without:
                path = Path(folder) / f"{field}.json"
                path.write_text(json.dumps(value), "utf-8")
                written[field] = (str(path),)
        return EvidenceFiles(**written)


def _reads(sample):
    configuration = ConfigurationUnit(read_document(copy.deepcopy(sample.document)))
    names = set()
    for schema in configuration.schemas:
        for rule in schema.rules:
            for unit in rule.object_mappings:
                if unit.maps_users:
                    for each in unit.attribute_mappings:
                        names.update(each.source_attributes)
                    for group in unit.scope_unit.groups if unit.scope_unit else ():
                        names.update(each.clause.source_operand_name for each in group.clauses)
    return names - {"IsSoftDeleted", "appRoleAssignments", "members"}


def lint_with(sample, given, profile="default"):
    """Findings on a sample with its inputs."""
    with tempfile.TemporaryDirectory() as folder:
        files = given.files(folder)
        needs = {"configuration", "job", *files.given}
        rules = [
            rule
            for rule in choose(all_rules(), Selection(profile))
            if needs.issuperset(rule.info.needs)
        ]
        options = Options(ruleset(rules), application=sample.application, inputs=LintInputs(files))
        for number, other in enumerate(given.others):
            text = json.dumps(other).encode()
            lint_file(read_source(text, f"other{number}.json"), options)
        source = read_source(sample.text().encode(), "schema.json")
        return list(lint_file(source, options, required=True).diagnostics)
