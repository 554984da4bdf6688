"""Mistakes in configurations that read from a system of human resources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from expressions import damaged
from human_resources import (
    HR,
    ad_user,
    api_mappings,
    api_schema,
    api_user,
    entra_target,
    workday_mappings,
    workday_schema,
)
from pieces import (
    AD,
    AD_ID,
    ENTERPRISE,
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
from specimen import Specimen

Json = dict[str, Any]

PLAIN = ("source", "expression")
UNITS = "OU=Branches,DC=corp,DC=fjordbank,DC=example"

# Target attribute, mistake, expression, why, flow type, name when the text does not parse.
WORKDAY: tuple[tuple[str, str, str, str, str, str], ...] = (
    (
        "cn",
        "L14",
        'Left(SelectUniqueValue(Join(" ", [FirstName], [LastName]), [WorkerID]), 64)',
        "SelectUniqueValue must be outermost",
        "ObjectAddOnly",
        "",
    ),
    (
        "userPrincipalName",
        "M66",
        'SelectUniqueValue(Join("@", NormalizeDiacritics([WorkerID]), "fjordbank.example"), '
        'Join("@", NormalizeDiacritics(Join("", "x", [WorkerID])), "fjordbank.example"))',
        "looks for a new free name at every change",
        "Always",
        "",
    ),
    (
        "sAMAccountName",
        "L16",
        "SelectUniqueValue([LastName], Left([WorkerID], 20))",
        "special letters break the lookup: NormalizeDiacritics is missing",
        "ObjectAddOnly",
        "",
    ),
    (
        "mail",
        "L17",
        'SelectUniqueValue(Join("@", NormalizeDiacritics([LastName]), "fjordbank.example"), '
        'Join("@", NormalizeDiacritics([LastName]), "fjordbank.example"))',
        "both rules are the same",
        "ObjectAddOnly",
        "",
    ),
    ("title", "M63", "[BusinessTitle]", "an empty title is refused by AD", "Always", ""),
    ("department", "M63", 'Join("", [SupervisoryOrganization])', "may be empty text", "Always", ""),
    (
        "company",
        "L02",
        'Switch([CountryReferenceTwoLetter], , "NO", "Fjordbank ASA", "SE", "Fjordbank AB")',
        "no default and no key for the empty text",
        "Always",
        "",
    ),
    (
        "l",
        "L04",
        'IIF([Municipality] = "", "Oslo", [Municipality])',
        "IIF is not supported with an empty value of Workday",
        "Always",
        "",
    ),
    (
        "streetAddress",
        "L04",
        'IIF(IsNullOrEmpty([AddressLineData]), "none", [AddressLineData])',
        "IIF is not supported with an empty value of Workday",
        "Always",
        "",
    ),
    (
        "postalCode",
        "L37",
        'Coalesce([PostalCode], "0000")',
        "an empty text of Workday is not null and is returned",
        "Always",
        "",
    ),
    (
        "parentDistinguishedName",
        "L48",
        f'Switch([Municipality], , "Oslo", "OU=Oslo,{UNITS}", "Bergen", "OU=Bergen,{UNITS}")',
        "must always name a container: no default",
        "Always",
        "",
    ),
    (
        "extensionAttribute2",
        "L18",
        'IIF(DateDiff("d", Now(), CDate([HireDate])) >= 0, "started", "not yet")',
        "the test is true before the day, not after it",
        "Always",
        "",
    ),
    (
        "extensionAttribute4",
        "L07",
        'Switch([ContractEndDate], FormatDateTime([ContractEndDate], "yyyy-MM-ddzzz", "yyyyMMdd"), '
        '"", "none")',
        "the second place, of the date styles, is missing",
        "Always",
        "",
    ),
    (
        "accountExpires",
        "L25",
        'NumFromDate("9999-12-31")',
        "the year fails and there is no offset",
        "Always",
        "",
    ),
    (
        "displayName",
        "L59",
        'PCase(Join(" ", [FirstName], [LastName]))',
        "without separators McBride and O'Neil come out wrong",
        "Always",
        "",
    ),
    (
        "telephoneNumber",
        "type-mismatch",
        "[ManagerReference]",
        "a reference in a text",
        "Always",
        "",
    ),
    (
        "accountDisabled",
        "M10",
        'Switch([Active], "False", "1", "True", "0", "False")',
        "accounts of active workers are disabled",
        "Always",
        "",
    ),
    (
        "c",
        "L50",
        'Switch([CountryReferenceTwoLetter], "Norway", "SE", "Sweden")',
        "c takes two letters",
        "Always",
        "",
    ),
)


def workday() -> tuple[Specimen, Json]:
    """Return Workday to AD with the mistakes of human resources mappings."""
    it = Specimen()
    kept = {"employeeID", "givenName", "sn", "manager"}
    mappings = [each for each in workday_mappings() if each["targetAttributeName"] in kept]
    for target, mistake, text, why, flow_type, broken in WORKDAY:
        source = damaged(text, broken) if broken else None
        planted = mapping(target, text, flow_type=flow_type, source=source)
        steps = ("flowType",) if mistake == "M66" else PLAIN
        mappings.append(it.wrong(mistake, why, planted, *steps))
    status = clause("Active", "EQUALS", "1")
    it.wrong("M15", "who leaves falls out before accountDisabled can disable", status)
    state = clause("accountEnabled", "IS TRUE")
    it.wrong("M80", "Workday knows nothing of the account", state, "sourceOperandName")
    only = scope(group("Active workers", status, state))
    document = workday_schema(mappings, only, None, ad_user(attribute("mail")), "Add,Update,Delete")
    actions = document["synchronizationRules"][0]["objectMappings"][0]
    it.wrong("M48", "deletes objects of AD for good", actions, "flowTypes")
    return it, document


def api_driven() -> tuple[Specimen, Json]:
    """Return API-driven inbound with matching and clearing mistakes."""
    it = Specimen()
    kept = {"accountEnabled", "userPrincipalName", "mailNickname", "displayName"}
    rest = [each for each in api_mappings() if each["targetAttributeName"] in kept]
    name = "onPremisesExtensionAttributes.extensionAttribute1"
    by_extension = mapping(name, f"[{HR}:PersonNumber]", matching=1)
    it.wrong("M35", "the target cannot be searched by it", by_extension, "targetAttributeName")
    mail = mapping("mail", '[emails[type eq "work"].value]')
    it.wrong("M82", "mail is not settable from human resources", mail, "targetAttributeName")
    cleared = mapping("mobile", 'IgnoreFlowIfNullOrEmpty([phoneNumbers[type eq "mobile"].value])')
    it.wrong("L68", "the attribute clears, the function keeps", cleared, *PLAIN)
    unknown = mapping("jobTitle", f"[{HR}:Position]")
    it.wrong("M41", "the payload has no such attribute", unknown, "source")
    mappings = [by_extension, *rest, mail, cleared, unknown]
    number = attribute(f"{HR}:PersonNumber", flow_null=True)
    it.wrong("M52", "advised against for a matching attribute", number, "flowNullValues")
    source = api_user(number, attribute('emails[type eq "work"].value'))
    mobile = next(each for each in source["attributes"] if each["name"].startswith("phoneNumbers"))
    mobile["flowNullValues"] = True
    it.wrong("M51", "a payload without the number clears it", mobile, "flowNullValues")
    document = api_schema(
        mappings,
        scope(group("Payroll", clause(f"{ENTERPRISE}:organization", "EQUALS", "Fjordbank ASA"))),
        source,
        entra_target(attribute(name), attribute("mail")),
    )
    return it, document


def successfactors() -> tuple[Specimen, Json]:
    """Return SuccessFactors to AD that loses pre-hires."""
    it = Specimen()
    by_user = mapping("employeeID", "[userId]", matching=1)
    it.wrong("M81", "pre-hires have no user yet; personIdExternal must match", by_user, "source")
    once = "ObjectAddOnly"
    first, last = "NormalizeDiacritics([firstName])", "NormalizeDiacritics([lastName])"
    full_name = mapping(
        "cn",
        f'SelectUniqueValue(Join(" ", {first}, {last}), '
        f'Join(" ", {first}, {last}, [personIdExternal]))',
        flow_type=once,
    )
    account = mapping(
        "sAMAccountName",
        'SelectUniqueValue(Left(Replace(NormalizeDiacritics([lastName]), , "[^A-Za-z0-9]", , "", '
        ', ), 20), Append(Left(Replace(NormalizeDiacritics([lastName]), , "[^A-Za-z0-9]", , "", '
        ', ), 20), "1"))',
        flow_type=once,
    )
    principal_name = mapping(
        "userPrincipalName",
        f'SelectUniqueValue(Join("@", Join(".", {first}, {last}), "fjordbank.example"), '
        'Join("@", NormalizeDiacritics([personIdExternal]), "fjordbank.example"))',
        flow_type=once,
    )
    hidden = mapping(
        "msExchHideFromAddressLists", 'Switch([emplStatus], "False", "T", "True", "R", "True")'
    )
    mappings = [
        by_user,
        it.wrong("L45", "cn takes 64 characters", full_name, *PLAIN),
        it.wrong("L46", "the suffix makes 21 of 20 characters", account, *PLAIN),
        it.wrong("L47", "blanks and apostrophes stay in the name", principal_name, *PLAIN),
        it.wrong("L34", "Exchange wants TRUE or FALSE", hidden, *PLAIN),
        mapping("parentDistinguishedName", f'"{UNITS}"'),
        mapping("givenName", "[firstName]"),
        mapping("sn", "[lastName]"),
        mapping("accountDisabled", 'Switch([emplStatus], "False", "T", "True", "R", "True")'),
    ]
    office = clause("officeLocationCode", "EQUALS", "OSL")
    it.wrong(
        "M79", "no mapping reads this entity, so it is never fetched", office, "sourceOperandName"
    )
    person = object_definition(
        "User",
        [
            attribute(
                "personIdExternal",
                anchor=True,
                required=True,
                path="$.employmentNav.results[0].personNav.personIdExternal",
            ),
            attribute("userId", required=True, path="$.employmentNav.results[0].userId"),
            attribute("firstName", required=True, path="$.personalInfoNav.results[0].firstName"),
            attribute("lastName", required=True, path="$.personalInfoNav.results[0].lastName"),
            attribute("emplStatus", path="$.employmentNav.results[0].jobInfoNav.results[0].status"),
            attribute(
                "officeLocationCode",
                path="$.employmentNav.results[0].jobInfoNav.results[0].locationNav.code",
            ),
        ],
    )
    users = object_mapping(
        "Provision SuccessFactors Users to Active Directory",
        "User",
        "User",
        mappings,
        only=scope(group("Oslo", office)),
        flow_types="Add,Update",
    )
    principal = "ab35e9c1-70d4-4f26-95b8-c18d2e6f047a"
    document = schema(
        f"SuccessFactors2AD.{TENANT}.{principal}",
        principal,
        "Date:2026-05-19T15:22:40.7719034Z, ActivityId:38f5b1d0-c9a2-4e67-84d3-f60e7a2b195c",
        [
            rule(
                "e2c07b58-4f1d-4936-a8e0-95d7b3c614fa",
                "USER_INBOUND_USER",
                "SuccessFactors",
                AD,
                [users],
            )
        ],
        [
            directory(
                "50d8a7e3-b146-4c92-8f0b-29e4c1f7d365", "SuccessFactors", [person], read_only=True
            ),
            directory(AD_ID, AD, [ad_user(attribute("msExchHideFromAddressLists", "Boolean"))]),
        ],
    )
    return it, document


def write(folder: Path) -> None:
    """Write the three files."""
    for name, build in (
        ("workday-to-ad", workday),
        ("api-driven-inbound", api_driven),
        ("successfactors-to-ad", successfactors),
    ):
        it, document = build()
        it.write(folder / f"{name}.json", document)
