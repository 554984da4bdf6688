"""Mistakes in mapping expressions of an outbound application."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import entra
import scim_outbound
from expressions import damaged, source_of
from pieces import ENTERPRISE, TENANT, attribute, mapping, object_definition, schema
from specimen import Specimen

Json = dict[str, Any]

OWN = "urn:ietf:params:scim:schemas:extension:fjordbank:2.0:User"
PLAIN = ("source", "expression")

# Mistake, expression with the culprit between « and », why. What does not parse is marked by a
# function name in the fourth column.
TABLE: tuple[tuple[str, str, str, str], ...] = (
    (
        "L01",
        '«Switch»([department], "Finance", "FIN", "Sales", "SAL")',
        "the place of the default value is missing, so keys and values are shifted",
        "",
    ),
    ("L01", '«Switch»([country], "Norway")', "no key and no value", ""),
    ("L05", 'Replace([telephoneNumber], "-", «""»)', "three of seven places: the VBA habit", ""),
    (
        "L05",
        'Replace([telephoneNumber], "-", , «""», , , )',
        "the replacement stands in the place of the regex group name",
        "",
    ),
    (
        "L05",
        '«Replace»([telephoneNumber], , , , "", , )',
        "neither a text nor a pattern to find",
        "",
    ),
    (
        "L06",
        'Replace([telephoneNumber], , "«\\s»+", , "", , )',
        "the backslash of a pattern must be doubled",
        "",
    ),
    (
        "L07",
        '«FormatDateTime»([extensionAttribute3], "yyyyMMdd", "yyyy-MM-dd")',
        "the second place, of the date styles, is missing",
        "",
    ),
    ("L08", 'Join(" ", [telephoneNumber], «[mobilePhone]»)', "the source calls it mobile", ""),
    ("L08", "ToUpper(«[Department]», )", "wrong case: the source calls it department", ""),
    ("L08", "ToUpper(«[ department ]», )", "blanks inside the brackets belong to the name", ""),
    ("L09", "«LCase»([mail])", "a function of Connect sync rules; ToLower is meant", ""),
    ("L09", "«Coalesc»([mail], [userPrincipalName])", "misspelt: Coalesce", ""),
    ("L09", "«tolower»([mail], )", "function names are written exactly: ToLower", ""),
    ("L09", '«Contains»([department], "Card")', "a function of Connect sync rules", ""),
    (
        "L10",
        'IIF([department] = "Sales" «AND» [country] = "NO", "A", "B")',
        "there is no AND; nest IIF",
        "IIF",
    ),
    (
        "L10",
        'IIF([department] = "Sales" «||» [department] = "Cards", "A", "B")',
        "there is no ||; nest IIF",
        "IIF",
    ),
    ("L10", 'IIF([country] «==» "NO", "A", "B")', "equality is one sign", "IIF"),
    ("L11", "Append([mailNickname], «“-crm”»)", "typographic quotes", "Append"),
    ("L11", "Append([mailNickname], «'-crm'»)", "single quotes", "Append"),
    ("L11", 'Switch([department], "Other", «\'Cards\'», "C")', "single quotes", "Switch"),
    ("L11", "ToUpper(«department», )", "brackets round the attribute are missing", "ToUpper"),
    ("L11", 'Join«(»" ", [givenName], [surname]', "a parenthesis is not closed", "Join"),
    ("L11", 'Join(" ", [givenName], [surname])«)»', "one parenthesis too many", "Join"),
    ("L11", 'Join(" " «[givenName]», [surname])', "a comma is missing", "Join"),
    ("L11", 'Append(«[»mailNickname, "-crm")', "a bracket is not closed", "Append"),
    ("L11", 'Append([mailNickname], «"-crm)»', "a quote is not closed", "Append"),
    (
        "L12",
        'Append(«[mailNickname]», "@fjordbank.example")',
        "becomes the bare @fjordbank.example without a nickname",
        "",
    ),
    (
        "L12",
        'Join("@", «[mailNickname]», "fjordbank.example")',
        "becomes fjordbank.example without a nickname",
        "",
    ),
    ("L13", 'Join(«[department]», " / ", [city])', "the first argument is the separator", ""),
    (
        "L14",
        "ToLower(«SelectUniqueValue»([mailNickname], [mail]), )",
        "SelectUniqueValue must be outermost",
        "",
    ),
    (
        "L15",
        "«SelectUniqueValue»([mailNickname], [mail])",
        "for Workday, SuccessFactors and API-driven to AD only",
        "",
    ),
    (
        "L19",
        'FormatDateTime(CDate(«[extensionAttribute3]»), , "M/d/yyyy h:mm:ss tt", "yyyy-MM-dd")',
        "CDate fails where the attribute is empty",
        "",
    ),
    (
        "L20",
        'FormatDateTime(DateAdd(«"day"», 1, CDate([extensionAttribute3])), , '
        '"M/d/yyyy h:mm:ss tt", "yyyy-MM-dd")',
        "the interval is written d",
        "",
    ),
    (
        "L21",
        'FormatDateTime([extensionAttribute3], , "yyyyMMdd", «"yyyy-mm-dd"»)',
        "mm is minutes; months are MM",
        "",
    ),
    (
        "L21",
        'FormatDateTime([extensionAttribute3], , «"YYYYMMDD"», "yyyy-MM-dd")',
        "YYYY and DD mean nothing in .NET",
        "",
    ),
    (
        "L23",
        'IIF(DateDiff("d", «Now()», CDate([extensionAttribute3])) > 0, "starter", "staff")',
        "nothing re-evaluates it on the day",
        "",
    ),
    (
        "L24",
        'IIF(DateDiff("d", «[extensionAttribute3]», "2026-01-01") > 0, "old", "new")',
        "texts must be wrapped in CDate",
        "",
    ),
    ("L26", "«CDate»([extensionAttribute3])", "writes a US-style date", ""),
    (
        "L29",
        'Switch(«IsPresent([mail])», "no", "True", "yes")',
        "IsPresent is not supported as the source of Switch",
        "",
    ),
    (
        "L36",
        'IIF(InStr([userPrincipalName], «"#EXT#"») > 0, "guest", "member")',
        "that part is stripped from the attribute",
        "",
    ),
    ("L41", "ToLower(«[manager]», )", "a reference in a text function", ""),
    (
        "L52",
        'Switch([country], "X", "NO", "1", "SE", "2", «"NO"», "3")',
        "the key NO stands twice",
        "",
    ),
    (
        "L52",
        'Switch(ToLower([country], ), "X", «"NO"», "1", "SE", "2")',
        "lower-case text never equals an upper-case key",
        "",
    ),
    ("L53", 'IIF(«[country] = [country]», "A", "B")', "always true", ""),
    ("L53", 'IIF(«"NO" = "SE"», "A", "B")', "always false", ""),
    ("L53", 'IIF([country] = "NO", "A", «"A"»)', "both branches are the same", ""),
    ("L54", 'Replace([telephoneNumber], , «"([0-9]+"», , "", , )', "the group is not closed", ""),
    (
        "L54",
        'Replace([telephoneNumber], , "«(?P<»area>[0-9]{2})", , "${area}", , )',
        "Python's way to name a group",
        "",
    ),
    (
        "L54",
        'Replace([telephoneNumber], , "(?<area>[0-9]{2})", «"region"», "0", , )',
        "the pattern has no group region",
        "",
    ),
    (
        "L55",
        'Replace([telephoneNumber], , «"-*"», , "0", , )',
        "matches the empty text everywhere",
        "",
    ),
    (
        "L55",
        'Replace([userPrincipalName], , "@fjordbank«.»example", , "", , )',
        "the dot matches any character",
        "",
    ),
    (
        "L55",
        'Replace([department], , "^«([A-Za-z]+ ?)+»$", , "", , )',
        "takes very long on a long value that ends in another sign",
        "",
    ),
    (
        "L27",
        'FormatDateTime([extensionAttribute3], , «"yyyy-MM-ddzzz"», "yyyy-MM-dd")',
        "east of Greenwich the day is the one before",
        "",
    ),
    ("L51", '«Split»([department], "/")', "several values for an attribute that takes one", ""),
    ("L58", "Mid([employeeId], «6», 4)", "a number of five digits may come back whole", ""),
    ("L57", 'Item(Split([department], "/"), «0»)', "items are counted from 1", ""),
    ("L57", 'Item(Split("Oslo,Bergen", ","), «3»)', "the list has two items", ""),
    ("L61", "«Guid()»", "a new value at every evaluation", ""),
    ("L62", '«Join»("", [mail])', "joins one value", ""),
    ("L62", "ToLower(«ToLower»([mail], ), )", "lowers twice", ""),
    ("L66", "«Trim»([displayName])", "documented for cloud sync only", ""),
    ("L66", 'Join("@", [mailNickname], «%DomainFQDN%»)', "a variable of cloud sync", "Join"),
    ("L66", 'IIF([country] = "NO", «True», False)', "texts are written in quotes", ""),
    ("L66", 'IIF([country] = "NO", "N", «NULL»)', "there is no null literal", ""),
    (
        "L66",
        '«FormatDateTime»([extensionAttribute3], "yyyy-MM-dd")',
        "the two-place form of Connect",
        "",
    ),
    ("arity", "«ToUpper»()", "nothing to raise", ""),
    ("arity", "«Mid»([employeeId], 3)", "the length is missing", ""),
    ("arity", "Left([employeeId], 3, «4»)", "one argument too many", ""),
    ("arity", '«IIF»([country] = "NO", "A")', "the value for the other case is missing", ""),
    ("arity", "Not([accountEnabled], «[IsSoftDeleted]»)", "one argument too many", ""),
    ("required-argument", "Join(, [givenName], [surname])", "the separator is left empty", ""),
    ("required-argument", "Mid([employeeId], , 3)", "the start is left empty", ""),
    ("argument-type", 'Left([employeeId], «"three"»)', "not a number", ""),
    ("argument-type", "Mid([employeeId], «0», 3)", "the first character has number 1", ""),
    ("argument-type", 'Word([displayName], «0», " ")', "the first word has number 1", ""),
    ("argument-type", "RandomString(«4», 3, 3, 3, 3)", "shorter than what it must contain", ""),
    (
        "ignore-flow-nested",
        'Append(«IgnoreFlowIfNullOrEmpty»([mailNickname]), "-crm")',
        "must be outermost",
        "",
    ),
    ("concatenation", '[givenName] «&» " " & [surname]', "there is no &; use Join", "givenName"),
    ("concatenation", '[givenName] «+» " " + [surname]', "there is no +; use Join", "givenName"),
    ("empty-expression", "", "nothing to evaluate", "Join"),
)


def _target_name(number: int) -> str:
    return f"{OWN}:field{number:02d}"


def _planted(it: Specimen) -> list[Json]:
    users: list[Json] = []
    for number, (mistake, marked, why, broken) in enumerate(TABLE, start=1):
        text = marked.replace("«", "").replace("»", "")
        before, _, rest = marked.partition("«")
        culprit = (len(before), rest.partition("»")[0]) if rest else None
        source = damaged(text, broken) if broken else source_of(text)
        planted = mapping(_target_name(number), text, source=source)
        users.append(it.wrong(mistake, why, planted, *PLAIN, culprit=culprit))
    lowered = mapping("title", "ToLower([jobTitle], )")
    it.wrong("L35", "the target does not tell case apart: old values stay", lowered, *PLAIN)
    users.append(lowered)
    keys = ", ".join(f'"Unit {at:04d}", "Cost centre {at:04d}"' for at in range(1, 321))
    long = f'Switch([department], "none", {keys})'
    too_long = mapping(_target_name(90), long, source=damaged(long, "Switch"))
    users.append(it.wrong("M87", "longer than 10,000 characters", too_long, *PLAIN))
    steps = [f'"Grade {number}"' for number in range(1, 8)]
    deep = "".join(f'IIF([employeeType] = "T{at}", {step}, ' for at, step in enumerate(steps))
    nested = mapping(_target_name(91), f'{deep}"none"{")" * len(steps)}')
    users.append(it.wrong("L65", "seven nested IIF: a Switch would be read", nested, *PLAIN))
    drifted = mapping(_target_name(92), "Left([displayName], 20)")
    drifted["source"]["expression"] = "Left([displayName], 40)"
    it.wrong("stored-tree-drift", "the stored tree still says 20", drifted, "source")
    users.append(drifted)
    renamed = mapping(_target_name(93), "[department]")
    renamed["source"]["name"] = "jobTitle"
    it.wrong("stored-tree-drift", "the expression says department", renamed, "source", "name")
    users.append(renamed)
    return users


def build() -> tuple[Specimen, Json]:
    """Return the configuration."""
    it = Specimen()
    users = [
        mapping("userName", "[userPrincipalName]", matching=1),
        mapping("externalId", "[objectId]", matching=2),
        mapping("active", scim_outbound.ACTIVE),
        *_planted(it),
    ]
    numbers = [*range(1, len(TABLE) + 1), 90, 91, 92, 93]
    target = object_definition(
        ENTERPRISE,
        [
            attribute("id", anchor=True, mutability="ReadOnly"),
            attribute("userName", required=True),
            attribute("externalId"),
            attribute("active", "Boolean"),
            attribute("title"),
            *(attribute(_target_name(number), case_exact=True) for number in numbers),
        ],
    )
    principal = "1d94c7e2-a3f8-4650-b1d7-82e6f0c9a53b"
    document = schema(
        f"scim.{TENANT}.{principal}",
        principal,
        scim_outbound.VERSION,
        scim_outbound.rules(users, scim_outbound.user_scope()),
        scim_outbound.directories(entra.user(), target),
    )
    return it, document


def write(folder: Path) -> None:
    """Write the file."""
    it, document = build()
    it.write(folder / "expressions.json", document, indent="\t")
