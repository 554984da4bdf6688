"""What is no change."""

from building import clause, group, users_of
from pairs.noting import NOTHING, groups, mappings, pair, rewrite


@pair(verdict=NOTHING)
def the_same(value):
    pass


@pair(verdict=NOTHING)
def keys_in_another_order(value):
    def turned(each):
        if isinstance(each, dict):
            return {key: turned(each[key]) for key in reversed(each)}
        return [*map(turned, each)] if isinstance(each, list) else each

    return turned(value)


@pair(verdict=NOTHING)
def blanks_in_an_expression(value):
    rewrite(value, "displayName", 'Join( " ",[givenName] , [surname] )')


@pair(verdict=NOTHING)
def letter_case_of_a_function(value):
    rewrite(value, "displayName", 'JOIN(" ", [givenName], [surname])')


@pair(verdict=NOTHING)
def an_attribute_by_name_alone(value):
    mappings(value)["title"]["source"] = {"type": "Attribute", "name": "jobTitle"}


@pair(verdict=NOTHING)
def an_attribute_as_an_expression(value):
    rewrite(value, "title", "[jobTitle]", "Function")


@pair(verdict=NOTHING)
def mappings_in_another_order(value):
    users_of(value)["attributeMappings"].reverse()


@pair(verdict=NOTHING)
def defaults_that_are_written_out(value):
    for each in users_of(value)["attributeMappings"]:
        del each["flowBehavior"]
        each["exportMissingReferences"] = False


@pair(verdict=NOTHING)
def version_and_discovery_dates(value):
    value["version"] = "Date:2026-11-22T10:00:00Z"
    value["directories"][0]["discoverabilities"] = "AttributeNames"


@pair(verdict=NOTHING)
def blanks_in_flow_types(value):
    users_of(value)["flowTypes"] = "Add, Update, Delete"


@pair(verdict=NOTHING)
def a_clause_twice(value):
    groups(value, group(*[clause("department", "EQUALS", "Sales")] * 2))
