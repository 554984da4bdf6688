"""The table of names: compiled from its source, and complete."""

from __future__ import annotations

from provlint.simulate.inputs import generate, names, names_tables


def test_the_compiled_table_is_that_of_the_source() -> None:
    assert generate.tables() == (generate.FOLDER / "names_tables.py").read_text("utf-8")


def test_names_differ_where_the_pages_say_so() -> None:
    assert names.graph_property("objectId") == "id"
    assert names.graph_property("telephoneNumber") == "businessPhones"
    assert names.graph_property("extensionAttribute15") == "onPremisesExtensionAttributes"
    assert names.graph_property("physicalDeliveryOfficeName") == "officeLocation"
    assert names.graph_property("manager") == "manager"
    assert names.graph_property("extension_0_badge") == "extension_0_badge"
    assert names.graph_property("passwordProfile.password") == ""
    assert len(names.PORTAL) == 25
    assert dict(names.RENAMED)["mobilePhone"] == ("mobile",)
    assert dict(names.RENAMED)["deletedDateTime"] == ("deletionTimestamp", "deletedTimestamp")


def test_every_name_has_a_source() -> None:
    for name, (_, kind, _, sources) in names_tables.ATTRIBUTES.items():
        assert sources, name
        assert all(each.startswith("https://learn.microsoft.com/") for each in sources), name
        assert kind in ("text", "boolean", "list", "reference", "date"), name
