"""What group 5 says of Microsoft's own files and of the examples."""

from pathlib import Path

import pytest

from provlint.lint import Options, default_rules, lint_file
from provlint.source.source_file import read_source

ROOT = Path(__file__).parent.parent.parent.parent
EXAMPLES = ROOT / "examples"
REAL = ROOT.parent / "shared" / "real"
COMPLETE = {
    "MS-LUF__Use-AzureAD__Azure_Cloud_Provisionning-Sample1.json": [],
    # The mapping of the profile uses SingleAppRoleAssignment, which on-demand leaves out.
    "microsoft-graph-docs__synchronization_schema_sample__salesforce-2017.json": [
        ("PL504", "note")
    ],
}
CLEAN = sorted(path for path in (EXAMPLES / "clean").rglob("*") if path.is_file())


def said(path, application=""):
    source = read_source(path.read_bytes(), path.name)
    options = Options(default_rules(), application=application)
    found = lint_file(source, options, required=True).diagnostics
    return [(each.rule, str(each.severity)) for each in found if each.rule.startswith("PL5")]


@pytest.mark.parametrize("name", COMPLETE)
def test_complete_files_of_others(name):
    if not REAL.is_dir():
        pytest.skip("the files of others are not beside the checkout")
    assert said(REAL / name) == COMPLETE[name]


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_clean_examples(path):
    about = [("PL501", "note")] if path.parent.name == "workday-to-ad" else []
    assert said(path) == about


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("aws/job.json", "", [("PL501", "note"), ("PL502", "error")]),
        ("box/job.json", "", [("PL501", "note"), ("PL505", "note")]),
        ("slack/job.json", "", [("PL501", "note"), ("PL505", "note"), ("PL508", "note")]),
        ("salesforce/job.json", "", []),
        ("workday/schema.json", "Workday", [("PL501", "note")]),
        ("successfactors/schema.json", "SuccessFactors", [("PL501", "note")]),
        ("g-suite/schema.json", "G Suite", [("PL501", "note")] + [("PL505", "note")] * 2),
    ],
)
def test_examples_of_applications(name, given, expected):
    assert said(EXAMPLES / "applications" / name, given) == expected
