"""Decide the scope of users in memory with one library, and print what it took as JSON.

python scope.py LIBRARY TASK.json: the task has `users` (a Parquet file), `count` and `groups`.
"""

import json
import sys
import time


def naive(groups):
    from naive_clauses import passes

    return lambda user: passes(user, groups)


def text_of(value):
    return json.dumps(value, ensure_ascii=False)


def rule_engine(groups):
    import rule_engine as library

    words = {
        "EQUALS": "{0} == {1}",
        "NOT EQUALS": "({0} != null and {0} != {1})",
        "Includes": "({0} != null and {1} in {0})",
        "IS NOT NULL": "({0} != null and {0} != '')",
        "ENDS_WITH": "({0} != null and {0}.ends_with({1}))",
        "REGEX MATCH": "({0} != null and {0} =~~ {1})",
        "NOT REGEX MATCH": "({0} != null and {0} !~~ {1})",
    }
    rule = library.Rule(expression(groups, words, " and ", " or ", flat))
    return rule.matches


def cel(groups):
    import cel as library

    program = library.compile(expression(groups, CEL, " && ", " || ", lambda name: f"u.{name}"))
    return lambda user: program.execute({"u": user})


def cel_python(groups):
    import celpy as library

    environment = library.Environment()
    tree = environment.compile(expression(groups, CEL, " && ", " || ", lambda name: f"u.{name}"))
    program = environment.program(tree)
    return lambda user: bool(program.evaluate({"u": library.json_to_cel(user)}))


CEL = {
    "EQUALS": "{0} == {1}",
    "NOT EQUALS": "({0} != null && {0} != {1})",
    "Includes": "({0} != null && {0}.contains({1}))",
    "IS NOT NULL": "({0} != null && {0} != '')",
    "ENDS_WITH": "({0} != null && {0}.endsWith({1}))",
    "REGEX MATCH": "({0} != null && {0}.matches({1}))",
    "NOT REGEX MATCH": "({0} != null && !{0}.matches({1}))",
}


def flat(name):
    return name


def expression(groups, words, both, either, name_of):
    listed = []
    for group in groups:
        clauses = []
        for clause in group["clauses"]:
            values = clause["targetOperand"]["values"]
            wanted = text_of(values[0]) if values else ""
            name = name_of(clause["sourceOperandName"])
            clauses.append(words[clause["operatorName"]].format(name, wanted))
        listed.append("(" + both.join(clauses) + ")")
    return either.join(listed)


def main():
    library, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        task = json.load(file)
    import polars

    names = sorted({c["sourceOperandName"] for g in task["groups"] for c in g["clauses"]})
    columns = [
        polars.col("onPremisesExtensionAttributes").struct.field(name)
        if name.startswith("extensionAttribute")
        else name
        for name in names
    ]
    users = polars.scan_parquet(task["users"]).head(task["count"])
    users = users.filter(polars.col("accountEnabled")).select(columns).collect().to_dicts()
    if library == "naive":
        # As they are in the file: nested.
        for user in users:
            user["onPremisesExtensionAttributes"] = {
                name: user[name] for name in names if name.startswith("extensionAttribute")
            }
    decide = {
        "naive": naive, "rule-engine": rule_engine, "common-expression-language": cel,
        "cel-python": cel_python,
    }[library](task["groups"])  # fmt: skip
    start = time.perf_counter()
    passed = sum(map(bool, map(decide, users)))
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "users": len(users), "passed": passed}))


if __name__ == "__main__":
    main()
