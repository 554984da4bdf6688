"""Clauses that are wrong alone."""

from filter_mutations.text_attribute import text


def leaving_date_filtered(sample):
    date = {"workday": "StatusTerminationLastDayOfWork", "api": "terminationDate"}
    if sample.source not in date:
        return None
    return sample.clause(sample.define(date[sample.source]), "IS NULL")


def leavers_filtered(sample):
    status = {"workday": "Active", "successfactors": "activeEmploymentsCount", "api": "active"}
    name = status.get(sample.source)
    if name is None:
        return None
    if not sample.reads(name):
        sample.define(name)
    kind = next(e["type"] for e in sample.source_object["attributes"] if e["name"] == name)
    sample.set("accountDisabled" if sample.target == "ad" else "accountEnabled", f"[{name}]")
    return (
        sample.clause(name, "IS TRUE") if kind == "Boolean" else sample.clause(name, "EQUALS", "1")
    )


def not_equals(sample):
    return sample.clause(text(sample), "NOT EQUALS", "Oslo")


def not_regex(sample):
    return sample.clause(text(sample), "NOT REGEX MATCH", "^Branch [A-Z]+$")


def text_operator_on_boolean(sample):
    return sample.clause(sample.define("qaFlag", "Boolean"), "EQUALS", "True")


def regex_on_boolean(sample):
    return sample.clause(sample.define("qaFlag", "Boolean"), "REGEX MATCH", "^True$")


def is_true_on_text(sample):
    return sample.clause(text(sample), "IS TRUE")


def member_of(sample):
    return sample.clause(text(sample), "IsMemberOf", "CRM users")


def group_id(sample):
    if sample.source != "entra":
        return None
    if not sample.reads("objectId"):
        sample.define("objectId")
    return sample.clause("objectId", "EQUALS", "6e0b94d7-c285-4f1a-8b3d-a71f5c20e946")


def members(sample):
    return sample.clause(sample.define("members", "Reference", multivalued=True), "EQUALS", "x")


def several_valued(sample):
    return sample.clause(sample.define("otherMails", multivalued=True), "Includes", "@fjord")


def several_valued_own(sample):
    return sample.clause(sample.define("qaMails", multivalued=True), "IS NOT NULL")


def unsupported(sample):
    names = {
        "entra": "userType",
        "workday": "StatusHireDate",
        "successfactors": "startDate",
        "ad": "accountExpires",
    }
    if sample.source not in names:
        return None
    return sample.clause(sample.define(names[sample.source]), "EQUALS", "Guest")


def manager(sample):
    return sample.clause(sample.define("manager", "Reference"), "IS NOT NULL")


def role_assignments(sample):
    if sample.source != "entra":
        return None
    return sample.clause(sample.define("appRoleAssignments"), "EQUALS", "Admin")


def date_type(sample):
    return sample.clause(sample.define("qaHireDate", "DateTime"), "EQUALS", "2026-01-01")


def no_integer(sample):
    return sample.clause(sample.define("qaLevel", "Integer"), "Greater_Than", "many")


def fraction(sample):
    return sample.clause(sample.define("qaLevel", "Integer"), "Greater_Than_OR_EQUALS", "5.5")


def integer_operator_on_text(sample):
    return sample.clause(text(sample), "Greater_Than", "1000")


def mask_without_integer(sample):
    return sample.clause(sample.define("qaFlags", "Integer"), "&", "two")


def wildcard(sample):
    return sample.clause(text(sample), "EQUALS", "Sales*")


def list_of_values(sample):
    return sample.clause(text(sample), "EQUALS", "Oslo;Bergen")


def wildcard_for_a_letter(sample):
    return sample.clause(text(sample), "EQUALS", "Berg?n")


def list_by_commas(sample):
    return sample.clause(text(sample), "NOT EQUALS", "Oslo,Bergen")


def list_by_bars(sample):
    return sample.clause(text(sample), "EQUALS", "Oslo|Bergen")


def wildcard_at_the_end(sample):
    return sample.clause(text(sample), "ENDS_WITH", "*@fjordbank.example")


def blank_at_the_end(sample):
    return sample.clause(text(sample), "EQUALS", "Sales ")


def blank_in_front(sample):
    return sample.clause(text(sample), "EQUALS", " Sales")


def several_values(sample):
    return sample.clause(text(sample), "EQUALS", "Oslo", "Bergen")


def unary_with_value(sample):
    return sample.clause(text(sample), "IS NOT NULL", "Oslo")


def binary_without_value(sample):
    return sample.clause(text(sample), "EQUALS")


def binary_with_empty_value(sample):
    where = sample.clause(text(sample), "EQUALS", "x")
    sample.scope["groups"][0]["clauses"][0]["targetOperand"] = {"values": []}
    return where


def unknown_operator(sample):
    return sample.clause(text(sample), "STARTS_WITH", "Oslo")


def less_than(sample):
    return sample.clause(sample.define("qaLevel", "Integer"), "Less_Than", "5")


def is_not_equal(sample):
    return sample.clause(text(sample), "IS NOT EQUAL", "Oslo")


def date_value(sample):
    return sample.clause(text(sample, "qaHired"), "Greater_Than", "2026-01-01")


def date_equals(sample):
    return sample.clause(text(sample, "qaHired"), "EQUALS", "2026-01-01")


def now(sample):
    return sample.clause(text(sample, "qaHired"), "EQUALS", "Now()")


def account_state_in_workday(sample):
    if sample.source not in ("workday", "successfactors"):
        return None
    return sample.clause("accountEnabled", "IS TRUE")


def unmapped_entity(sample):
    if sample.source != "successfactors":
        return None
    return sample.clause(sample.define("costCenter"), "EQUALS", "1000")


MUTATIONS = (
    ("M15", leavers_filtered, {"PL129"}),
    ("M15", leaving_date_filtered, {"PL129"}),
    ("M18", not_equals, {"PL122"}),
    ("M18", not_regex, {"PL122"}),
    ("M20", text_operator_on_boolean, {"PL108"}),
    ("M20", regex_on_boolean, {"PL108"}),
    ("M20", is_true_on_text, {"PL108"}),
    ("M21", member_of, {"PL102"}),
    ("M21", group_id, {"PL130"}),
    ("M21", members, {"PL108", "PL109"}),
    ("M22", several_valued, {"PL108", "PL109"}),
    ("M22", several_valued_own, {"PL108", "PL109"}),
    ("M23", unsupported, {"PL109"}),
    ("M23", manager, {"PL108", "PL109"}),
    ("M23", role_assignments, {"PL109"}),
    ("M23", date_type, {"PL108", "PL109"}),
    ("M24", no_integer, {"PL116"}),
    ("M24", fraction, {"PL116"}),
    ("M24", integer_operator_on_text, {"PL108"}),
    ("M24", mask_without_integer, {"PL116"}),
    ("M28", wildcard, {"PL114"}),
    ("M28", list_of_values, {"PL114"}),
    ("M28", list_by_commas, {"PL114"}),
    ("M28", wildcard_for_a_letter, {"PL114"}),
    ("M28", list_by_bars, {"PL114", "PL115"}),
    ("M28", wildcard_at_the_end, {"PL114"}),
    ("M72", blank_at_the_end, {"PL117"}),
    ("M72", blank_in_front, {"PL117"}),
    ("M74", several_values, {"PL105"}),
    ("M75", unary_with_value, {"PL104"}),
    ("M75", binary_without_value, {"PL104"}),
    ("M75", binary_with_empty_value, {"PL104"}),
    ("M76", unknown_operator, {"PL101"}),
    ("M76", less_than, {"PL101"}),
    ("M76", is_not_equal, {"PL101"}),
    ("M77", date_value, {"PL116", "PL118"}),
    ("M77", date_equals, {"PL118"}),
    ("M77", now, {"PL118"}),
    ("M79", unmapped_entity, {"PL131"}),
    ("M80", account_state_in_workday, {"PL107"}),
)
