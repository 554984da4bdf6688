"""Where accounts of Active Directory go, and the codes of their countries."""

import pytest

from provlint.lint import lint_expression, lint_text

CONTAINER = {
    "source": "workday",
    "target": "active-directory",
    "target_attribute": "parentDistinguishedName",
}


def told(rule, text, **options):
    given = {"profile": "strict", **CONTAINER, **options}
    found = [each for each in lint_expression(text, **given) if each.rule == rule]
    return [
        (text[each.range.start.column - 1 : each.range.end.column - 1], each.message, each.help)
        for each in found
    ]


def branch(name):
    return f'Switch([a], "OU=Staff,DC=c", "x", "{name}")'


@pytest.mark.parametrize(
    ("text", "part", "message", "advice"),
    [
        (
            branch("OU=Sales, Oslo,DC=c"),
            "Oslo",
            "`Oslo` is a part of its own in `OU=Sales, Oslo,DC=c`, without `OU=` or the like",
            r"write `\\,` for a `,` inside a name",
        ),
        (
            branch("OU=R+D,DC=c"),
            "D",
            "`D` is a part of its own in `OU=R+D,DC=c`, without `OU=` or the like",
            r"write `\\+` for a `+` inside a name",
        ),
        (branch("OU=A,,DC=c"), ",", "`OU=A,,DC=c` has an empty part",
         "delete the `,` that is too many"),
        (branch("OU=A,DC=c,"), ",", "`OU=A,DC=c,` has an empty part",
         "delete the `,` that is too many"),
        (
            'Join("", "OU=", [a], ",OU=Sales; Oslo,DC=c")',
            "Oslo",
            "`Oslo` is a part of its own in `OU=…,OU=Sales; Oslo,DC=c`, without `OU=` or the like",
            r"write `\\;` for a `;` inside a name",
        ),
        (
            'Append(Append("OU=", [a]), ",Staff,DC=c")',
            "Staff",
            "`Staff` is a part of its own in `OU=…,Staff,DC=c`, without `OU=` or the like",
            r"write `\\,` for a `,` inside a name",
        ),
    ],
)  # fmt: skip
def test_names_that_are_broken(text, part, message, advice):
    assert told("PL350", text) == [(part, message, advice)]


@pytest.mark.parametrize(
    "text",
    [
        branch(r"OU=Sales\\, Oslo,DC=c"),
        branch(r"OU=\"Sales, Oslo\",DC=c"),
        branch("OU = Staff , 2.5.4.11=x,DC=c"),
        branch("OU=A+CN=B,DC=c"),
        'Join(",", [a], "DC=c")',
        'Join(",", Join("=", "OU", [a]), "DC=c")',
        'Join("", "OU=Oslo", ",", "DC=c", "")',
        "Append([a], [b])",
    ],
)
def test_names_that_are_not(text):
    assert told("PL350", text) == []


def test_a_constant_and_a_default_value(schema):
    def found(source, **more):
        text = schema("workday", "ad", mappings=[("parentDistinguishedName", source, 0, more)])
        return [(each.message, each.help) for each in lint_text(text) if each.rule == "PL350"]

    assert found("=OU=Sales, Oslo,DC=c") == [
        (
            "`Oslo` is a part of its own in `OU=Sales, Oslo,DC=c`, without `OU=` or the like",
            r"write `\,` for a `,` inside a name",
        )
    ]
    assert found(r"=OU=Sales\, Oslo,DC=c") == []
    ((message, _),) = found("department", defaultValue="Staff")
    assert message.startswith("the default value is `Staff`, and target attribute")
    assert found("department", defaultValue="OU=Staff,DC=c") == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[ou]", "[ou]"),
        ('IIF([a] = "x", [ou], "OU=A,DC=c")', "[ou]"),
        ('Coalesce([a], [ou])', "[ou]"),
        ('Switch([a], [ou], "", "OU=A,DC=c")', "[ou]"),
    ],
)  # fmt: skip
def test_an_attribute_that_may_be_empty(text, part):
    message = "`[ou]` may be empty, and a new user without it gets no container"
    assert [each[:2] for each in told("PL357", text)] == [(part, message)]


@pytest.mark.parametrize(
    "text",
    [
        'Switch([ou], [ou], "", "OU=A,DC=c")',
        'IIF(IsPresent([ou]), [ou], "OU=A,DC=c")',
        'Coalesce([ou], "OU=A,DC=c")',
        'Join("", "OU=", [ou], ",DC=c")',
    ],
)
def test_an_attribute_that_is_seen_to(text):
    assert told("PL357", text) == []


def test_no_other_rule_advises_to_let_the_container_drop():
    assert told("PL421", "[ou]") == []
    assert told("PL421", "[title]", target_attribute="title") != []


def test_a_direct_mapping_without_default_value(schema):
    def found(definition, **more):
        text = schema(
            "workday", "ad",
            attributes={"ou": {"type": "String", **definition}},
            mappings=[("parentDistinguishedName", "ou", 0, more)],
        )  # fmt: skip
        return [str(each.severity) for each in lint_text(text) if each.rule == "PL357"]

    assert found({}) == ["note"]
    assert found({}, defaultValue="OU=A,DC=c") == []
    assert found({"required": True}) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('Join("", "OU=", [a], ",DC=c")', "[a]"),
        ('Append("CN=", ToUpper([a]))', "ToUpper([a])"),
        ('Join(",", Join("=", "OU", [a]), "DC=c")', "[a]"),
        ('Switch([x], "OU=A,DC=c", "k", Join("", "OU=", [a], ",DC=c"))', "[a]"),
    ],
)
def test_an_attribute_that_names_a_container(text, part):
    ((found, message, advice),) = told("PL370", text)
    assert found == part
    assert message == f"a comma in `{part}` ends the name of the container, as nothing escapes it"
    assert advice == rf'escape it: `Replace({part}, ",", , , "\\,", , )`'


@pytest.mark.parametrize(
    "text",
    [
        r'Join("", "OU=", Replace([a], ",", , , "\\,", , ), ",DC=c")',
        'Join("", "OU=", Switch([a], "Staff", "x", "Board"), ",DC=c")',
        'Join(",", [a], "DC=c")',
        'Join("", "OU=Team ", [a], ",DC=c")',
    ],
)
def test_an_attribute_that_does_not(text):
    assert told("PL370", text) == []


LETTERS, DIGITS = "a code of two letters", "a number in digits"


@pytest.mark.parametrize(
    ("target", "text", "found", "takes"),
    [
        ("c", "[CountryReference]", "`CountryReference` holds three letters", LETTERS),
        ("c", 'IIF([a] = "x", "NO", [CountryReferenceFriendly])',
         "`CountryReferenceFriendly` holds the name of a country", LETTERS),
        ("countryCode", "IgnoreFlowIfNullOrEmpty([CountryReferenceTwoLetter])",
         "`CountryReferenceTwoLetter` holds two letters", DIGITS),
        ("c", "Left([a], 1)", "`Left([a], 1)` has 1 character", LETTERS),
        ("c", 'Switch([a], "Norway", "S", "SE")', "the result can be `Norway`", LETTERS),
    ],
)  # fmt: skip
def test_codes_of_countries(target, text, found, takes):
    message = f"{found}, and target attribute `{target}` takes {takes}"
    assert [each[1] for each in told("PL350", text, target_attribute=target)] == [message]


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("c", "[CountryReferenceTwoLetter]"),
        ("co", "[CountryReferenceTwoLetter]"),
        ("countryCode", "[CountryReferenceNumeric]"),
        ("c", "[country]"),
        ("c", "Left([a], 2)"),
        ("c", 'Switch([a], "NO", "S", "SE")'),
    ],
)
def test_codes_that_fit(target, text):
    assert told("PL350", text, target_attribute=target) == []
