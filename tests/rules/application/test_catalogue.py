"""`applications.toml`: its form, what is made from it, and the cards."""

import pytest

from provlint.cli.explain_application import explain, explain_application, known
from provlint_rules import generate
from provlint_rules.application_facts import applications, on_demand_history
from provlint_rules.applications import named

SIX = ("Box", "G Suite", "Workday", "SuccessFactors", "AWS", "Slack")


@pytest.mark.parametrize("path", [path for path, _ in generate.outputs()], ids=lambda p: p.name)
def test_what_is_written_is_what_the_source_gives(path):
    assert path.read_text(encoding="utf-8") == dict(generate.outputs())[path], (
        f"{path.name} is out of date: run `python -m provlint_rules.generate`"
    )


def test_the_page_for_people_is_among_the_outputs():
    assert "applications.md" in [path.name for path, _ in generate.outputs()]


SMALL = """
[sources]
page = "https://learn.microsoft.com/x"
[history]
facts = []
[[application]]
name = "Box"
facts = [{{ {fact} }}]
"""
FACT = 'capability = "groups", date = "2025", status = "supported", text = "yes", source = "page"'


def test_a_sound_catalogue_is_read():
    content = generate.read(SMALL.format(fact=FACT))
    assert content["application"][0]["facts"][0]["status"] == "supported"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"supported"', '"maybe"', "wrong capability or status"),
        ('"groups"', '"group"', "wrong capability or status"),
        ('"2025"', '"May 2025"', "wrong date"),
        ('source = "page"', 'source = "pages"', "unknown source"),
        (', text = "yes"', "", "wrong keys"),
        ('text = "yes"', 'text = "yes", note = "x"', "wrong keys"),
    ],
)
def test_a_wrong_fact_is_refused(before, after, message):
    assert before in FACT
    with pytest.raises(generate.ApplicationsError, match=message):
        generate.read(SMALL.format(fact=FACT.replace(before, after)))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("https://learn.microsoft.com/x", "https://example.com/x", "no page of Microsoft's"),
        ('name = "Box"', 'name = "Box"\nalias = ["B"]', "unknown keys"),
        ("[history]", 'other = "https://learn.microsoft.com/y"\n[history]', "unused"),
    ],
)
def test_a_wrong_catalogue_is_refused(before, after, message):
    text = SMALL.format(fact=FACT)
    assert before in text
    with pytest.raises(generate.ApplicationsError, match=message):
        generate.read(text.replace(before, after))


@pytest.mark.parametrize("application", applications(), ids=lambda each: each.name)
def test_facts_of_a_capability_stand_in_the_order_of_time(application):
    for capability in generate.CAPABILITIES:
        dates = [fact.date for fact in application.facts(capability)]
        if capability not in ("other", "roles"):
            assert dates == sorted(dates)
    assert application.facts()


@pytest.mark.parametrize("name", SIX)
def test_history_of_the_six(name):
    application = named(name)[0]
    first = application.facts("on-demand")[0]
    assert (first.date, first.status) == ("2020-06-16", "unsupported")
    assert application.status("on-demand") != "unsupported"
    assert application.flagged
    assert application.advice


def test_nobody_else_was_named_in_2020():
    refused = {
        each.name
        for each in applications()
        if any(fact.status == "unsupported" for fact in each.facts("on-demand"))
    }
    assert refused == {named(name)[0].name for name in SIX}
    general = on_demand_history()[0]
    assert all(name in general.text for name in SIX)


@pytest.mark.parametrize("application", applications(), ids=lambda each: each.name)
def test_card(application):
    card = explain_application(application.name.upper())
    assert card is not None
    assert card.startswith(f"# {application.name} (application)\n")
    for fact in application.facts():
        assert f"- {fact.date}, " in card
        assert fact.text in card
        assert f"<{fact.source}>" in card
    assert application.advice in card


def test_card_of_g_suite(golden):
    golden("g-suite.md", explain_application("google workspace"))


def test_a_name_of_two_applications_prints_both_cards():
    first, second = explain("AWS")
    assert first.startswith("# AWS Single-Account Access (application)\n")
    assert second.startswith("# AWS IAM Identity Center (application)\n")


def test_words_that_are_no_application():
    assert list(explain("PL501")) == []
    assert explain_application("PL501") is None
    assert explain_application("") is None


def test_the_list_of_applications():
    names = [each.name for each in applications()]
    assert explain_application("applications") == "# Applications\n\n" + "".join(
        f"- {name}\n" for name in names
    )
    assert set(names) <= set(known())
