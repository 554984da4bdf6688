"""Inbound configurations: Workday to on-premises AD, API-driven to Entra ID."""

from __future__ import annotations

from typing import Any

from pieces import (
    AD,
    AD_ID,
    ENTERPRISE,
    ENTRA,
    ENTRA_ID,
    TENANT,
    attribute,
    clause,
    directory,
    group,
    mapping,
    object_definition,
    object_mapping,
    rule,
    schema,
    scope,
)

Json = dict[str, Any]

WORKDAY_PRINCIPAL = "f2b60d38-17ae-4c95-b8d1-6e3f9a204c7b"
WORKDAY_ID = "9c5e0a42-b1d7-4f68-83a9-d7f46b12c05e"
WORKDAY_RULE = "4be1d906-27f3-4a58-9c0e-b5d871f2a364"
API_PRINCIPAL = "81d4f3c6-0a92-4b7e-a65d-c9e20b17f438"
API_ID = "d07a25b9-6e4c-4813-bf92-1a8c53e6d704"
API_RULE = "a6c92e74-d5b0-4183-8e6f-07b4d29c51fa"
HR = "urn:ietf:params:scim:schemas:extension:fjordbank:hr:1.0:User"
JOB_DATA = "wd:Worker/wd:Worker_Data/wd:Employment_Data"
NAME = "wd:Worker/wd:Worker_Data/wd:Personal_Data/wd:Name_Data"
SITE = "wd:Position_Data/wd:Business_Site_Summary_Data"

# Letters and digits only: what AD refuses in a sAMAccountName never gets there.
PLAIN_FIRST = 'Replace(NormalizeDiacritics([FirstName]), , "[^A-Za-z0-9]", , "", , )'
PLAIN_LAST = 'Replace(NormalizeDiacritics([LastName]), , "[^A-Za-z0-9]", , "", , )'


def worker(*more: Json) -> Json:
    """Return the Workday worker."""
    position = f"{JOB_DATA}/wd:Worker_Job_Data/wd:Position_Data"
    return object_definition(
        "Worker",
        [
            attribute(
                "WID", anchor=True, required=True, path="wd:Worker_Reference/wd:ID[@wd:type='WID']"
            ),
            attribute(
                "WorkerID", required=True, path="wd:Worker/wd:Worker_Data/wd:Worker_ID/text()"
            ),
            attribute(
                "FirstName",
                required=True,
                path=f"{NAME}/wd:Legal_Name_Data/wd:Name_Detail_Data/wd:First_Name/text()",
            ),
            attribute(
                "LastName",
                required=True,
                path=f"{NAME}/wd:Legal_Name_Data/wd:Name_Detail_Data/wd:Last_Name/text()",
            ),
            attribute("Active", path=f"{JOB_DATA}/wd:Worker_Status_Data/wd:Active/text()"),
            attribute(
                "HireDate",
                required=True,
                path=f"{JOB_DATA}/wd:Worker_Status_Data/wd:Hire_Date/text()",
            ),
            attribute(
                "ContractEndDate",
                path=f"{JOB_DATA}/wd:Worker_Contract_Data/wd:Contract_End_Date/text()",
            ),
            attribute("BusinessTitle", path=f"{position}/wd:Business_Title/text()"),
            attribute("WorkerType", path=f"{position}/wd:Worker_Type_Reference/@wd:Descriptor"),
            attribute(
                "SupervisoryOrganization",
                path="wd:Worker/wd:Worker_Data/wd:Organization_Data/wd:Organization_Name/text()",
            ),
            attribute("Municipality", path=f"{JOB_DATA}/{SITE}/wd:Municipality/text()"),
            attribute("PostalCode", path=f"{JOB_DATA}/{SITE}/wd:Postal_Code/text()"),
            attribute("AddressLineData", path=f"{JOB_DATA}/{SITE}/wd:Address_Line_Data/text()"),
            attribute(
                "CountryReferenceTwoLetter",
                path=f"{JOB_DATA}/{SITE}/wd:Country_Reference/wd:ID[@wd:type='ISO_3166-1_Alpha-2']",
            ),
            attribute(
                "PrimaryWorkTelephone",
                path="wd:Worker/wd:Worker_Data/wd:Personal_Data/wd:Contact_Data/wd:Phone_Data",
            ),
            attribute(
                "ManagerReference",
                "Reference",
                refers_to=("Worker",),
                path=f"{JOB_DATA}/wd:Worker_Job_Data/wd:Manager_Reference/wd:ID[@wd:type='WID']",
            ),
            *more,
        ],
    )


def ad_user(*more: Json) -> Json:
    """Return the user of the on-premises Active Directory."""
    texts = (
        "sAMAccountName userPrincipalName displayName givenName sn title department company l "
        "postalCode streetAddress c telephoneNumber employeeType extensionAttribute2 "
        "extensionAttribute4 accountExpires"
    )
    return object_definition(
        "User",
        [
            attribute("objectGUID", "Binary", anchor=True, mutability="ReadOnly"),
            attribute("cn", required=True),
            attribute("parentDistinguishedName", required=True),
            attribute("employeeID"),
            attribute("accountDisabled", "Boolean"),
            *(attribute(name) for name in texts.split()),
            attribute("manager", "Reference", refers_to=("User",)),
            *more,
        ],
    )


def workday_mappings() -> list[Json]:
    """Return the attribute mappings from Workday to AD."""
    once = "ObjectAddOnly"
    first, last = "NormalizeDiacritics([FirstName])", "NormalizeDiacritics([LastName])"
    site = ",DC=corp,DC=fjordbank,DC=example"
    ends = 'Switch([ContractEndDate], [ContractEndDate], "", "2099-12-31")'
    return [
        mapping("employeeID", "[WorkerID]", matching=1),
        mapping("accountDisabled", 'Switch([Active], "True", "1", "False", "0", "True")'),
        mapping(
            "cn",
            f'SelectUniqueValue(Left(Join(" ", {first}, {last}), 64), '
            f'Join(" ", Left(Join(" ", {first}, {last}), 48), Left([WorkerID], 15)))',
            flow_type=once,
        ),
        mapping(
            "sAMAccountName",
            f'SelectUniqueValue(Join("", Left({PLAIN_FIRST}, 3), Left({PLAIN_LAST}, 8)), '
            f'Join("", Left({PLAIN_FIRST}, 1), Left({PLAIN_LAST}, 8), Left([WorkerID], 8)))',
            flow_type=once,
        ),
        mapping(
            "userPrincipalName",
            f'SelectUniqueValue(Join("@", Join(".", {PLAIN_FIRST}, {PLAIN_LAST}), '
            f'"fjordbank.example"), Join("@", Join(".", {PLAIN_FIRST}, {PLAIN_LAST}, [WorkerID]), '
            '"fjordbank.example"))',
            flow_type=once,
        ),
        mapping(
            "parentDistinguishedName",
            f'Switch([Municipality], "OU=Branches{site}", "Bergen", "OU=Bergen,OU=Branches{site}", '
            f'"Oslo", "OU=Head Office{site}", "Tromsø", "OU=Tromsø,OU=Branches{site}")',
        ),
        mapping("displayName", 'Join(" ", [FirstName], [LastName])'),
        mapping("givenName", "[FirstName]"),
        mapping("sn", "[LastName]"),
        mapping("title", "IgnoreFlowIfNullOrEmpty([BusinessTitle])"),
        mapping("department", "IgnoreFlowIfNullOrEmpty([SupervisoryOrganization])"),
        mapping("employeeType", "IgnoreFlowIfNullOrEmpty([WorkerType])"),
        mapping("company", '"Fjordbank ASA"'),
        mapping("l", "IgnoreFlowIfNullOrEmpty([Municipality])"),
        mapping("postalCode", "IgnoreFlowIfNullOrEmpty([PostalCode])"),
        mapping("streetAddress", "IgnoreFlowIfNullOrEmpty([AddressLineData])"),
        mapping("c", "IgnoreFlowIfNullOrEmpty([CountryReferenceTwoLetter])"),
        mapping(
            "telephoneNumber",
            'IgnoreFlowIfNullOrEmpty(Replace([PrimaryWorkTelephone], , "[()\\\\s-]+", , "", , ))',
        ),
        mapping("manager", "[ManagerReference]"),
        mapping(
            "extensionAttribute2",
            'FormatDateTime(Left([HireDate], 10), , "yyyy-MM-dd", "yyyyMMdd")',
        ),
        mapping(
            "extensionAttribute4",
            'FormatDateTime(DateAdd("d", 14, CDate([HireDate])), , "M/d/yyyy h:mm:ss tt", '
            '"yyyyMMdd")',
        ),
        mapping("accountExpires", f'NumFromDate(Join("", Left({ends}, 10), "T23:59:59+00:00"))'),
    ]


def workday_schema(
    mappings: list[Json],
    only: Json | None,
    source: Json | None = None,
    target: Json | None = None,
    flow_types: str = "Add,Update",
) -> Json:
    """Return a Workday-to-AD schema around the given mappings."""
    of_workers = object_mapping(
        "Provision Workday Workers to Active Directory Users",
        "Worker",
        "User",
        mappings,
        only=only,
        flow_types=flow_types,
    )
    return schema(
        f"Workday2AD.{TENANT}.{WORKDAY_PRINCIPAL}",
        WORKDAY_PRINCIPAL,
        "Date:2026-08-03T11:05:47.1204418Z, ActivityId:b7f0c2d9-3e68-4a15-92cb-d41e7f5a8063",
        [rule(WORKDAY_RULE, "WORKER_INBOUND_USER", "Workday", AD, [of_workers])],
        [
            directory(WORKDAY_ID, "Workday", [source or worker()], read_only=True),
            directory(AD_ID, AD, [target or ad_user()]),
        ],
    )


def workday() -> Json:
    """Return the complete Workday-to-AD schema."""
    only = scope(
        group(
            "Permanent staff of the Nordic branches",
            clause("CountryReferenceTwoLetter", "REGEX MATCH", "^(NO|SE|DK)$"),
            clause("WorkerType", "EQUALS", "Employee"),
        )
    )
    return workday_schema(workday_mappings(), only)


def api_user(*more: Json) -> Json:
    """Return the SCIM user that the HR export job sends."""
    texts = "userName displayName name.givenName name.familyName"
    optional = (
        "title",
        "preferredLanguage",
        'phoneNumbers[type eq "mobile"].value',
        'addresses[type eq "work"].locality',
        'addresses[type eq "work"].postalCode',
        'addresses[type eq "work"].country',
        f"{ENTERPRISE}:department",
        f"{ENTERPRISE}:organization",
        f"{HR}:CostCenter",
        f"{HR}:EmploymentForm",
    )
    return object_definition(
        ENTERPRISE,
        [
            attribute("externalId", anchor=True, required=True),
            attribute("active", "Boolean", required=True),
            *(attribute(name, required=True) for name in texts.split()),
            *(attribute(name) for name in optional),
            attribute(f"{HR}:HireDate", required=True),
            attribute(f"{ENTERPRISE}:manager", "Reference", refers_to=(ENTERPRISE,)),
            *more,
        ],
    )


def entra_target(*more: Json) -> Json:
    """Return the user of Microsoft Entra ID as a target."""
    texts = (
        "employeeId displayName givenName surname jobTitle department companyName mobile city "
        "postalCode country usageLocation employeeOrgData.costCenter employeeHireDate employeeType"
    )
    return object_definition(
        "User",
        [
            attribute("objectId", anchor=True, mutability="ReadOnly"),
            attribute("userPrincipalName", required=True),
            attribute("mailNickname", required=True),
            attribute("accountEnabled", "Boolean", required=True),
            *(attribute(name) for name in texts.split()),
            attribute("manager", "Reference", refers_to=("User",)),
            *more,
        ],
    )


def api_mappings() -> list[Json]:
    """Return the attribute mappings of the API-driven configuration."""
    work = 'addresses[type eq "work"]'
    return [
        mapping("employeeId", "[externalId]", matching=1),
        mapping("accountEnabled", "[active]"),
        mapping("userPrincipalName", "[userName]", flow_type="ObjectAddOnly"),
        mapping("mailNickname", 'Replace([userName], , "@.*$", , "", , )'),
        mapping("displayName", "[displayName]"),
        mapping("givenName", "[name.givenName]"),
        mapping("surname", "[name.familyName]"),
        mapping("jobTitle", "[title]"),
        mapping("department", f"[{ENTERPRISE}:department]"),
        mapping("companyName", f"[{ENTERPRISE}:organization]"),
        mapping("manager", f"[{ENTERPRISE}:manager]"),
        mapping(
            "mobile",
            'IgnoreFlowIfNullOrEmpty(Replace([phoneNumbers[type eq "mobile"].value], , '
            '"[()\\\\s-]+", , "", , ))',
        ),
        mapping("city", f"[{work}.locality]"),
        mapping("postalCode", f"[{work}.postalCode]"),
        mapping("country", f"[{work}.country]"),
        mapping(
            "usageLocation",
            f'Switch([{work}.country], "NO", "Sweden", "SE", "Denmark", "DK")',
        ),
        mapping("employeeType", f"[{HR}:EmploymentForm]"),
        mapping("employeeOrgData.costCenter", f"[{HR}:CostCenter]"),
        mapping("employeeHireDate", f'Join("T", Left([{HR}:HireDate], 10), "08:00:00Z")'),
    ]


def api_schema(
    mappings: list[Json],
    only: Json | None,
    source: Json | None = None,
    target: Json | None = None,
) -> Json:
    """Return an API-driven schema around the given mappings."""
    of_users = object_mapping("Provision API Users", ENTERPRISE, "User", mappings, only=only)
    return schema(
        f"API2AAD.{TENANT}.{API_PRINCIPAL}",
        API_PRINCIPAL,
        "Date:2026-10-02T06:18:09.5570126Z, ActivityId:62e8a1d4-c70b-4f93-8d25-1f0b9e7c36a5",
        [rule(API_RULE, "USER_INBOUND_USER", "API", ENTRA, [of_users])],
        [
            directory(API_ID, "API", [source or api_user()]),
            directory(ENTRA_ID, ENTRA, [target or entra_target()]),
        ],
    )


def api_driven() -> Json:
    """Return the complete API-driven schema."""
    only = scope(
        group(
            "Fjordbank ASA on payroll",
            clause(f"{HR}:EmploymentForm", "REGEX MATCH", "^(Permanent|FixedTerm)$"),
            clause(f"{ENTERPRISE}:organization", "EQUALS", "Fjordbank ASA"),
        )
    )
    return api_schema(api_mappings(), only)
