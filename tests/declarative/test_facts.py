"""Facts of the organization, as the configuration file states them."""

import json
import shutil
from pathlib import Path

import pytest

from provlint.config.find import ConfigurationError, read

ROOT = Path(__file__).parents[2]


def rule_with(expression, source="Workday", target="Microsoft Entra ID", **mapping):
    return {
        "name": "R", "id": "1", "sourceDirectoryName": source, "targetDirectoryName": target,
        "objectMappings": [
            {
                "sourceObjectName": "Worker", "targetObjectName": "User",
                "attributeMappings": [
                    {
                        "targetAttributeName": "userPrincipalName",
                        "source": {"type": "Function", "name": "x", "expression": expression},
                        **mapping,
                    }
                ],
            }
        ],
    }  # fmt: skip


@pytest.fixture
def unverified(folder):
    """The messages of `unverified-domain` on a rule, under a configuration file."""

    def run(rule, toml='[facts]\nverified-domains = ["contoso.com", "fabrikam.com"]\n'):
        folder.write("schema.json", rule)
        folder.write("provlint.toml", toml)
        report = folder.run("lint", "--select", "PL427", "--format", "json", "schema.json").report
        return [each["message"].split(",")[0] for each in report["diagnostics"]]

    return run


@pytest.mark.parametrize(
    ("expression", "domain"),
    [
        ('Join("@", [a], "contoso.example")', "contoso.example"),
        ('Join("", [a], "@contoso.example")', "contoso.example"),
        ('Append([a], "@contoso.example")', "contoso.example"),
        ('"all@contoso.example"', "contoso.example"),
        ('Join("@", [a], "Contoso.COM")', None),
        ('Append([a], "@fabrikam.com")', None),
        ('Join("@", "contoso.example", [a])', None),
        ('Join(".", [a], "contoso.example")', None),
        ('Append([a], "contoso.example")', None),
        ("Append([a], [b])", None),
        ('Trim(Append([a], "@contoso.example"))', None),
        ("[userPrincipalName]", None),
    ],
)
def test_a_constant_domain_is_compared(unverified, expression, domain):
    expected = [] if domain is None else [f"`userPrincipalName` ends in `@{domain}`"]
    assert unverified(rule_with(expression)) == expected


def test_nothing_is_said_where_nothing_is_known(unverified):
    mistaken = rule_with('Append([a], "@contoso.example")')
    assert unverified(mistaken, "") == []
    assert unverified(mistaken, "[facts]\nverified-domains = []\n") == []
    assert len(unverified(mistaken, '[facts]\nverified-domains = "contoso.com"\n')) == 1
    elsewhere = rule_with('Append([a], "@contoso.example")', target="Active Directory")
    assert unverified(elsewhere) == []
    other = rule_with('Append([a], "@contoso.example")', targetAttributeName="mail")
    assert unverified(other) == []


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[facts]\nVerified = 1\n", "2: `Verified` is no name of a fact"),
        ("[facts]\nx = 2026-01-01\n", "2: the fact `x` is neither a value nor"),
        ("[facts]\nx = [[1]]\n", "2: the fact `x` is neither a value nor"),
        ("facts = 1\n", "1: `facts` is `1`; expected a table"),
    ],
)
def test_what_is_no_fact_is_refused(folder, toml, message):
    folder.write("provlint.toml", toml)
    with pytest.raises(ConfigurationError) as caught:
        read("provlint.toml")
    assert f"{caught.value.line}: {caught.value.message}".startswith(message)


@pytest.mark.parametrize(
    ("recipients", "found"),
    [("identity@contoso.com", False), ("identity@contoso.com;ana@example.org", True)],
)
def test_addresses_come_from_the_secrets_that_are_given(folder, recipients, found):
    jobs = ROOT / "examples" / "mistakes" / "jobs" / "outbound"
    shutil.copy(jobs / "job.json", "job.json")
    value = json.dumps({"Enabled": True, "Recipients": recipients})
    folder.write("secrets.json", {"value": [{"key": "SyncNotificationSettings", "value": value}]})
    rules = ROOT / "examples" / "rules" / "notification-address.yaml"
    report = folder.run(
        "lint", "job.json", "--secrets", "secrets.json", "--rules", rules, "--select", "own",
        "--format", "json",
    ).report  # fmt: skip
    assert [each["rule"] for each in report["diagnostics"]] == ["CONTOSO005"] * found


def test_a_job_that_is_given_beside_its_schema_is_a_job(folder):
    jobs = ROOT / "examples" / "mistakes" / "jobs" / "outbound"
    shutil.copy(jobs / "job.json", "job.json")
    schema = json.loads(Path("job.json").read_text())["schema"]
    folder.write("schema.json", schema)
    rules = ROOT / "examples" / "rules" / "deletion-threshold.yaml"
    words = ("lint", "schema.json", "--rules", rules, "--select", "own", "--format", "json")
    assert folder.run(*words).report["diagnostics"] == []
    (found,) = folder.run(*words, "--job", "job.json").report["diagnostics"]
    assert (found["rule"], found["file"]) == ("CONTOSO001", "schema.json")
