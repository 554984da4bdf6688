"""What cannot be used is refused: with its place, what was found, and what to do."""

import json

import pytest

from provlint.declarative.published import DEEPEST, MOST_RULES

HEAD = "version: 1\nrules:\n  - id: CONTOSO001\n    name: x-y\n"
TAIL = """\
    message: m
    tests:
      - good: {targetAttributeName: a}
      - bad: {targetAttributeName: b}
"""


def rule(middle):
    return f"{HEAD}{middle}{TAIL}"


def mapping(require):
    return rule(f"    for: attributeMapping\n    require: {require}\n")


CASES = {
    "noun": (
        rule("    for: attributMapping\n    require: {field: a, exists: true}\n"),
        "5:10: there is no thing called `attributMapping`",
        "did you mean `attributeMapping`?",
    ),
    "field": (
        mapping("{field: targetAtributeName, equals: a}"),
        "6:22: `attributeMapping` has no field `targetAtributeName`",
        "did you mean `targetAttributeName`?",
    ),
    "field of another noun": (
        mapping("{field: operatorName, equals: a}"),
        "6:22: `attributeMapping` has no field `operatorName`",
        "list the fields with `provlint rules fields attributeMapping`",
    ),
    "operator": (
        mapping("{field: targetAttributeName, eqals: a}"),
        "6:43: unknown key `eqals`",
        "did you mean `equals`?",
    ),
    "deep operator": (
        mapping("{allOf: [{not: {field: flowType, noteqals: a}}]}"),
        "6:47: unknown key `noteqals`",
        "did you mean `notEquals`?",
    ),
    "key of a rule": (
        rule("    four: attributeMapping\n    require: {field: flowType, exists: true}\n"),
        "5:5: unknown key `four`",
        "did you mean `for`?",
    ),
    "reserved": (
        mapping("{expression: 'mapping.flowType == 1'}"),
        "6:15: `expression` is reserved for conditions of a later version",
        "write `field` and an operator; to ask about the expression of a mapping, write"
        " `field: expression`",
    ),
    "no operator": (
        mapping("{field: flowType}"),
        "6:22: no operator stands beside `field`",
        "add one, such as `equals`, `in`, `match` or `exists`",
    ),
    "no field": (
        mapping("{equals: Always}"),
        "6:5: the condition has no `field`",
        "add `field`",
    ),
    "empty": (
        mapping("{}"),
        "6:5: the condition is empty",
        "write one of `allOf`, `anyOf`, `not` or `field`",
    ),
    "empty list": (
        mapping("{allOf: []}"),
        "6:15: `allOf` is a list; expected at least 1 item",
        "write at least 1 item",
    ),
    "two forms": (
        mapping("{field: flowType, equals: a, not: {field: flowType, equals: b}}"),
        "6:15: `not` and `field` stand in one condition",
        "make a condition of each, and put them under `allOf` or `anyOf`",
    ),
    "operator of a group": (
        mapping("{anyOf: [{field: flowType, equals: a}], equals: b}"),
        "6:54: `equals` stands beside `anyOf`, which takes no operator",
        "put it beside a `field`",
    ),
    "list after equals": (
        mapping("{field: flowType, equals: [a]}"),
        "6:32: the operand is a list",
        "write `in` to ask for one of several values",
    ),
    "value after in": (
        mapping("{field: flowType, in: a}"),
        "6:36: the operand is no list of values",
        "write a list, such as `[Add, Update]`",
    ),
    "nothing": (
        mapping("{field: flowType, equals: }"),
        "6:40: the operand is nothing",
        "write `exists: false` to ask for nothing",
    ),
    "no number": (
        mapping("{field: matchingPriority, less: many}"),
        "6:46: `many` stands after `less`; expected a number",
        "write a number without quotation marks",
    ),
    "no flag": (
        mapping("{field: flowType, exists: 'yes'}"),
        "6:40: the operand is neither `true` nor `false`",
        "write `true` or `false`",
    ),
    "count of a text": (
        mapping("{field: flowType, count: 1}"),
        "6:39: `flowType` is no list, so its items cannot be counted",
        "write `length` for the characters of a text",
    ),
    "no count": (
        mapping("{field: sourceAttributes, count: many}"),
        "6:47: the operand is neither a number nor bounds",
        "write a number, or bounds such as `{greaterOrEquals: 2}`",
    ),
    "bounds": (
        mapping("{field: sourceAttributes, count: {atLeast: 1}}"),
        "6:48: unknown key `atLeast`",
        "known are `equals`, `greater`, `greaterOrEquals`, `less`, `lessOrEquals` and `notEquals`",
    ),
    "equals of a list": (
        mapping("{field: sourceAttributes, equals: a}"),
        "6:48: `sourceAttributes` is a list, and `equals` asks for one value",
        "write `contains` or `notContains`, or `in` with all values that may be there",
    ),
    "pattern": (
        mapping("{field: flowType, match: '(a'}"),
        "6:39: `(a` is no regular expression of .NET: a parenthesis is not closed"
        " (InsufficientClosingParentheses at 2)",
        "correct the pattern; `like` takes `*` and `?`",
    ),
    "fact": (
        mapping("{field: flowType, in: {fact: verified-domain}}"),
        "6:43: there is no fact `verified-domain`",
        "did you mean `verified-domains`?",
    ),
    "fact with values": (
        mapping("{field: flowType, equals: {fact: verified-domains}}"),
        "6:32: a fact with several values stands after `equals`",
        "write `in`, or give the fact one value",
    ),
    "key of a fact": (
        mapping("{field: flowType, in: {facts: verified-domains}}"),
        "6:37: unknown key `facts`",
        "did you mean `fact`?",
    ),
    "expression of a job": (
        rule("    for: job\n    require: {calls: {function: Switch}}\n"),
        "6:15: `calls` asks about an expression, and `job` has none",
        "write it in a rule for `attributeMapping`, `expression` or `functionCall`",
    ),
    "contents": (
        rule("    for: scopingGroup\n    require: {attributeMappings: {count: 1}}\n"),
        "6:15: `scopingGroup` holds no `attributeMappings`",
        "it holds `clauses`",
    ),
    "field of contents": (
        rule("    for: scopingGroup\n    require: {clauses: {where: {field: x, equals: 1}}}\n"),
        "6:40: `clause` has no field `x`",
        "list the fields with `provlint rules fields clause`",
    ),
    "argument": (
        mapping("{calls: {function: Switch, equals: a}}"),
        "6:41: `equals` does not say of which argument",
        "add `argument` with its number, from 1, or `any` or `last`",
    ),
    "argument 0": (
        mapping("{calls: {function: Switch, argument: 0, equals: a}}"),
        "6:51: `argument` is `0`; expected a number from 1, or a list of numbers",
        "write the number, `last`, or `any`",
    ),
    "placeholder": (
        mapping("{field: flowType, equals: a}").replace("message: m", "message: 'x {flowTyp}'"),
        "7:14: `attributeMapping` has no field `flowTyp`",
        "did you mean `flowType`?",
    ),
    "placeholder of the help": (
        mapping("{field: flowType, equals: a}").replace(
            "message: m", "message: m\n    help: '{z}'"
        ),
        "8:11: `attributeMapping` has no field `z`",
        "list the fields with `provlint rules fields attributeMapping`",
    ),
    "id": (
        mapping("{field: flowType, equals: a}").replace("CONTOSO001", "PL001"),
        "3:9: `PL001` begins with `PL`, which is for the rules of provlint",
        "begin it with the name of your organization, such as `CONTOSO001`",
    ),
    "form of the id": (
        mapping("{field: flowType, equals: a}").replace("CONTOSO001", "contoso-1"),
        "3:9: `id` is `contoso-1`; expected capital letters and three digits, such as `CONTOSO001`",
        "write it in this form",
    ),
    "severity": (
        mapping("{field: flowType, equals: a}").replace(
            "name: x-y", "name: x-y\n    severity: eror"
        ),
        "5:15: `severity` is `eror`; expected `error`, `warning` or `note`",
        "did you mean `error`?",
    ),
    "see": (
        mapping("{field: flowType, equals: a}").replace("message: m", "message: m\n    see: wiki"),
        "8:10: `see` is `wiki`; expected a text that matches `^https://\\S+$`",
        "write a text that matches `^https://\\S+$`",
    ),
    "good sample": (
        mapping("{field: targetAttributeName, equals: b}"),
        "9:9: the rule finds its good sample: m",
        "correct the sample, or the condition on `targetAttributeName`",
    ),
    "bad sample": (
        mapping("{field: targetAttributeName, in: [a, b]}"),
        "10:9: the rule does not find its bad sample: `require` holds for it",
        "correct the sample or the rule",
    ),
    "bad sample that is not chosen": (
        mapping("{field: flowType, equals: a}").replace(
            "message: m", "message: m\n    where: {field: flowType, equals: x}"
        ),
        "11:9: the rule does not find its bad sample: `where` does not choose it:"
        " `flowType` is `Always`",
        "correct the sample or the rule",
    ),
    "place of the finding": (
        mapping("{field: targetAttributeName, equals: a}") + "        at: /flowType\n",
        "11:13: the finding stands at `targetAttributeName`, not at `flowType`",
        "correct `at`, or the order of the conditions",
    ),
    "message of the finding": (
        mapping("{field: targetAttributeName, equals: a}") + "        message: n\n",
        "11:18: the message is `m`",
        "correct `message`",
    ),
    "at of a good sample": (
        mapping("{field: targetAttributeName, equals: a}").replace(
            "{targetAttributeName: a}\n", "{targetAttributeName: a}\n        at: flowType\n"
        ),
        "10:9: `at` stands beside `good`, of which nothing is found",
        "remove `at`, or write `bad`",
    ),
    "neither good nor bad": (
        mapping("{field: flowType, equals: a}") + "      - at: x\n",
        "11:9: the sample has neither `good` nor `bad`",
        "write `good: {…}` or `bad: {…}`",
    ),
    "no bad sample": (
        mapping("{field: targetAttributeName, equals: a}").replace("bad:", "good:"),
        "8:5: the rule `CONTOSO001` has no bad sample",
        "add `- bad: {…}` to `tests`, so that it is seen to work",
    ),
    "no samples": (
        mapping("{field: targetAttributeName, equals: a}").partition("    tests")[0],
        "3:5: item 1 of `rules` has no `tests`",
        "add `tests`",
    ),
    "key of a sample": (
        mapping("{field: targetAttributeName, equals: a}").replace(
            "{targetAttributeName: b", "{targtAttributeName: b"
        ),
        "10:15: `attributeMapping` has no field `targtAttributeName`",
        "did you mean `targetAttributeName`?",
    ),
    "value of a sample": (
        mapping("{field: targetAttributeName, equals: a}").replace(
            "b}", "b, matchingPriority: one}"
        ),
        "10:9: in the sample, `matchingPriority` must be a whole number, not a string",
        "write a whole number without quotes",
    ),
    "sample that is no mapping": (
        mapping("{field: targetAttributeName, equals: a}").replace("{targetAttributeName: b}", "b"),
        "10:14: the sample is no mapping of fields of `attributeMapping`",
        "write some of targetAttributeName, matchingPriority, flowType, flowBehavior, …",
    ),
    "a rule by itself": (
        "id: CONTOSO001\nfor: job\nrequire: {field: id, exists: true}\n",
        "1:1: the file holds a rule by itself",
        "write `version: 1` and `rules:`, and put the rule below as `- id: …`",
    ),
    "a list": (
        "- id: CONTOSO001\n",
        "1:1: the file holds no mapping with `version` and `rules`",
        "begin it with `version: 1` and `rules:`",
    ),
    "version": (
        "version: 2\nrules: []\n",
        "1:10: `version` is `2`; expected `1`",
        "write `1`",
    ),
    "no rules": (
        "version: 1\nrules: []\n",
        "2:1: `rules` is a list; expected at least 1 item",
        "write at least 1 item",
    ),
    "indentation": (
        "version: 1\nrules:\n  - id: A\n   name: b\n",
        "4:4: `n` is not indented as what stands before it",
        "indent alike what belongs alike",
    ),
    "key twice": (
        mapping("{field: flowType, equals: a}").replace("name: x-y", "name: x-y\n    id: B"),
        "5:5: the key `id` stands twice in one mapping",
        "remove one of the two",
    ),
    "braces without quotes": (
        mapping("{field: flowType, equals: a}").replace(
            "message: m", "message: {flowType} is wrong"
        ),
        "7:25: `i` stands behind a closing bracket",
        "put the whole text in quotes",
    ),
    "star without quotes": (
        mapping("{field: flowType, like: *a}"),
        "6:38: `*a` refers to something that is not complete before it",
        "put the text in quotes, or define the anchor before the alias and not around it",
    ),
    "code": (
        mapping("{field: flowType, equals: !!python/object/apply:os.system [ls]}"),
        "6:40: the tag `!!python/object/apply:os.system` is not used here",
        "remove the tag, tags are never executed",
    ),
    "empty file": ("", "1:1: the file is empty", "write it"),
}


@pytest.mark.parametrize(("text", "message", "help_line"), CASES.values(), ids=list(CASES))
def test_a_fault_has_a_place_and_a_hint(folder, text, message, help_line):
    folder.write("rules.yaml", text)
    assert folder.fault(facts={"verified-domains": ("contoso.com",)}) == (message, help_line)


@pytest.mark.parametrize("words", [["lint", "--rules", "rules.yaml", "rules.yaml"],
                                   ["rules", "--rules", "rules.yaml"],
                                   ["rules", "test", "rules.yaml"]])  # fmt: skip
def test_every_command_refuses_a_rule_that_cannot_be_used(folder, words):
    folder.write("rules.yaml", CASES["operator"][0])
    result = folder.run(*words)
    assert result.status == 2
    assert "error: rules.yaml:6:43: unknown key `eqals`\n  help: did you mean" in result.err


def test_names_are_given_once(folder):
    folder.rules({}, {"name": "other"})
    assert folder.fault()[0] == "20:7: another rule is called `CONTOSO001`, in `rules.yaml`"
    folder.rules({}, {"id": "CONTOSO002"})
    assert (
        folder.fault()[0] == "21:9: another rule is called `title-from-elsewhere`, in `rules.yaml`"
    )
    folder.rules({"name": "unknown-function"})
    result = folder.run("lint", "--rules", "rules.yaml")
    assert (result.status, result.err.splitlines()[0]) == (
        2, "error: rules.yaml:4:9: another rule is called `unknown-function`, in `provlint`",
    )  # fmt: skip


def test_names_are_given_once_in_all_files(folder):
    folder.rules({}, name="a.yaml")
    folder.rules({}, name="b.yaml")
    result = folder.run("rules", "--rules", "*.yaml")
    assert (result.status, "b.yaml:3:7" in result.err) == (2, True)


def test_files_and_conditions_are_bounded(folder):
    deep = {"field": "flowType", "exists": True}
    for _ in range(DEEPEST):
        deep = {"not": deep}
    folder.rules({"require": deep})
    assert f"conditions stand more than {DEEPEST} deep in one another" in folder.fault()[0]
    folder.rules(
        *({"id": f"OWN{number:03}", "name": f"n-{number}"} for number in range(MOST_RULES + 1))
    )
    assert f"expected at most {MOST_RULES} items" in folder.fault()[0]
    folder.rules({"require": {"field": "flowType", "match": "a" * 1001}})
    assert "it has more than 1,000 characters" in folder.fault()[0]
    folder.write("rules.yaml", "# " + "x" * 1_000_000 + "\nversion: 1\nrules: []\n")
    assert folder.fault()[0] == "0:0: the file has more than 1,000,000 characters"
    folder.write("rules.yaml", "version: 1\nrules: " + "[" * 5000)
    assert "nested more than" in folder.fault()[0]


def test_a_file_that_is_not_there(folder):
    result = folder.run("lint", "--rules", "nowhere.yaml")
    assert (result.status, result.err.splitlines()[0]) == (
        2, "error: `nowhere.yaml` cannot be read: no such file or directory",
    )  # fmt: skip
    folder.write("provlint.toml", 'rules = ["policies/*.yaml"]\n')
    result = folder.run("lint")
    assert (result.status, result.err) == (
        2,
        "error: policies/*.yaml: no file of rules has such a name\n  help: correct the pattern\n",
    )


def test_what_convertto_json_cut_short_is_told(folder):
    rules = {"version": 1, "rules": ["System.Collections.Hashtable"]}
    folder.write("rules.json", json.dumps(rules))
    message, help_line = folder.fault("rules.json")
    assert message.endswith(
        "is `System.Collections.Hashtable`; expected a mapping of keys to values"
    )
    assert help_line == "give ConvertTo-Json `-Depth 20`, which cut this short"
