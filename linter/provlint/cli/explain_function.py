"""Functions of mapping expressions, explained from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint_grammar.catalogue import Function, Parameter

DIALECTS = {
    "app-provisioning": "application provisioning",
    "cloud-sync": "cloud sync",
    "connect": "Entra Connect sync rules",
}
STATUS = {
    "documented": "",
    "undocumented": " (known to the service, documented nowhere)",
    "different": " (another function of that name)",
}
RESTRICTIONS = {
    "outermost": "only as the outermost call",
    "not-with-sync-all": "not with the scope *Sync all users and groups*",
    "only-hr-to-active-directory": "only from Workday, SuccessFactors or the inbound API to"
    " Active Directory",
    "only-object-creation": "only in a mapping that is applied on creation (`ObjectAddOnly`)",
    "not-matching": "not in a matching attribute",
    "not-reference": "not on references such as the manager",
}
VOLATILE = {
    "random": "differs at every evaluation",
    "time": "depends on the time of the evaluation",
}
MODES = {
    "Replace": (
        ("oldValue, replacementValue", "every `oldValue` in the source becomes the replacement"),
        ("oldValue, template", "every `oldValue` in the template becomes the source"),
        ("regexPattern, replacementValue", "every match in the source becomes the replacement,"
         " which may hold `${name}`"),
        ("regexPattern, regexGroupName, replacementValue", "the text of that group becomes the"
         " replacement, at every match"),
        ("regexPattern, regexGroupName, replacementAttributeName", "the source where it has a"
         " value; else the text of that group in the other attribute"),
        ("anything else", "documented nowhere"),
    ),
}  # fmt: skip
"""Which places are filled, beside the source, and what that means.

https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#replace
"""


def explain(word: str) -> Iterator[str]:
    """The card of the function of that name, in any letter case."""
    if not word.isalnum():
        return
    from provlint_grammar.catalogue import find_function

    function = find_function(word)
    if function is not None:
        yield "".join(f"{line}\n" for line in _card(function))


def known() -> Iterator[str]:
    """Names of all functions."""
    from provlint_grammar.catalogue import FUNCTIONS

    yield from FUNCTIONS


def _card(function: Function) -> Iterator[str]:
    yield f"# {function.name} (function of expressions)"
    yield ""
    yield f"`{function.form}`"
    yield ""
    yield f"{function.summary[:1].upper()}{function.summary[1:]}."
    if function.parameters:
        yield ""
        yield "## Places"
        yield ""
        yield from _table(
            (f"{number}. {parameter.name}", _place(parameter))
            for number, parameter in enumerate(function.parameters, 1)
        )
    if function.name in MODES:
        yield ""
        yield "## Places that work together"
        yield ""
        for places, meaning in MODES[function.name]:
            yield f"- {places}: {meaning}"
    yield ""
    yield "## Facts"
    yield ""
    yield from _table((name, text) for name, text in _facts(function) if text)


def _place(parameter: Parameter) -> str:
    """Type, whether it may stay empty, whether it repeats, and the words allowed."""
    facts = [parameter.type, "required" if parameter.required else "may stay empty"]
    if parameter.repeating:
        facts.append("repeated")
    if parameter.values:
        facts.append("one of " + ", ".join(f"`{value}`" for value in parameter.values))
    return ", ".join(facts)


def _facts(function: Function) -> Iterator[tuple[str, str]]:
    yield "gives", function.returns
    yield "arguments", _arguments(function)
    yield "absent source", function.null
    yield (
        "known in",
        "; ".join(f"{DIALECTS[name]}{STATUS[how]}" for name, how in function.dialects.items()),
    )
    yield "limits", "; ".join(RESTRICTIONS[name] for name in function.restrictions)
    yield "result", VOLATILE.get(function.volatile, "")
    yield "example", f"`{function.example}`" if function.example else ""
    yield "write instead", function.replacement
    yield "source", f"{function.source} ({function.date})"


def _arguments(function: Function) -> str:
    least, most = function.minimum, function.maximum
    if most == least:
        return str(least) if least else "none"
    text = f"{least} to {most}" if most is not None else f"{least} or more"
    return text if function.step == 1 else f"{text}, an even number"


def _table(rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    yield "| | |"
    yield "| --- | --- |"
    yield from (f"| {name} | {text} |" for name, text in rows)
