"""Scoping filters as everybody would write them first: a tree of dictionaries, walked per user."""

import re


def value_of(user, name):
    if name.startswith("extensionAttribute"):
        return (user.get("onPremisesExtensionAttributes") or {}).get(name)
    return user.get(name)


def passes_clause(user, clause):
    value = value_of(user, clause["sourceOperandName"])
    operator = clause["operatorName"]
    wanted = clause["targetOperand"]["values"]
    if operator == "IS NOT NULL":
        return value is not None and value != ""
    if value is None or value == "":
        return False
    if operator == "EQUALS":
        return value == wanted[0]
    if operator == "NOT EQUALS":
        return value != wanted[0]
    if operator == "Includes":
        return wanted[0] in value
    if operator == "ENDS_WITH":
        return value.endswith(wanted[0])
    if operator == "REGEX MATCH":
        return re.search(wanted[0], value) is not None
    if operator == "NOT REGEX MATCH":
        return re.search(wanted[0], value) is None
    raise ValueError(operator)


def passes(user, groups):
    return any(all(passes_clause(user, clause) for clause in group["clauses"]) for group in groups)
