"""An own rule made ready: what the engine runs, and its samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provlint.declarative.conditions import Check, Compiler, Judgement
from provlint.declarative.messages import message_maker, shown, without_values
from provlint.declarative.nouns import NOUNS
from provlint.declarative.nouns.noun import Noun, Thing
from provlint.declarative.samples import things_of
from provlint.diagnostic import Severity
from provlint.rule import Finding, Rule, RuleInfo
from provlint.validation import FaultError
from provlint.wording import alternatives, did_you_mean, quote

if TYPE_CHECKING:
    from provlint.declarative.conditions import Facts
    from provlint.declarative.published import OwnRule, Sample
    from provlint.validation import Path


@dataclass(frozen=True)
class ReadyRule:
    """A rule of a file, ready to run.

    Attributes:
        text: What the file says.
        file: The file.
        noun: What the rule is for.
        where: Which things; None for all.
        require: What must hold for them.
        message: Fills in the message.
        help: Fills in the help.
    """

    text: OwnRule
    file: str
    noun: Noun
    where: Check | None
    require: Check
    message: Callable[[Thing], str]
    help: Callable[[Thing], str]

    @property
    def rule(self) -> Rule:
        """The rule as the engine takes it."""
        text = self.text
        info = RuleInfo(
            text.id,
            text.name,
            (text.synopsis or without_values(text.message)).rstrip("."),
            Severity(text.severity),
            text.see or "",
            profile=text.profile,
            since="",
        )
        return Rule(info, self.noun.unit, self.check)

    def check(self, unit: Any) -> Iterator[Finding]:
        """Findings on the things in a unit of the engine."""
        for found in self.noun.things(unit):
            thing = Thing(self.noun, found)
            judgement = self.judge(thing)
            if judgement is not None and not judgement.holds:
                yield Finding(self.message(thing), self.help(thing), judgement.place())

    def judge(self, thing: Thing) -> Judgement | None:
        """What is required, judged; None for a thing that the rule is not for."""
        if self.where is not None and not self.where(thing).holds:
            return None
        return self.require(thing)


def ready(text: OwnRule, file: str, facts: Facts) -> ReadyRule:
    """Make a rule ready.

    Raises:
        FaultError: It names what is not there; the path leads to it from the rule.
    """
    noun = NOUNS.get(text.for_)
    if noun is None:
        raise FaultError(
            f"there is no thing called {quote(text.for_)}",
            did_you_mean(text.for_, NOUNS) or f"known are {alternatives(NOUNS, 'and')}",
            ("for",),
        )
    compiler = Compiler(facts)
    return ReadyRule(
        text,
        file,
        noun,
        None if text.where is None else compiler.condition(text.where, noun, ("where",)),
        compiler.condition(text.require, noun, ("require",)),
        message_maker(text.message, noun, ("message",)),
        message_maker(text.help or "", noun, ("help",)),
    )


def failures(rule: ReadyRule) -> Iterator[tuple[int, FaultError]]:
    """The samples that disagree with the rule: their numbers from 0, and what is wrong."""
    for index, sample in enumerate(rule.text.tests):
        kind = "good" if "good" in sample.model_fields_set else "bad"
        path: Path = ("tests", index, kind)
        try:
            _try(rule, sample, kind, path)
        except FaultError as fault:
            yield index, fault


def _not_chosen(rule: ReadyRule, thing: Thing) -> str:
    """Why `where` leaves out a thing: the field that decided, and its value."""
    why = "`where` does not choose it"
    at = rule.where(thing).at if rule.where is not None else ""
    if rule.noun.field(at) is None:
        return why
    value = thing.value(at)
    return f"{why}: `{at}` is {'nothing' if value is None else quote(shown(value))}"


def _try(rule: ReadyRule, sample: Sample, kind: str, path: Path) -> None:
    things = things_of(rule.noun, sample.good if kind == "good" else sample.bad, path)
    chosen = [(thing, found) for thing in things if (found := rule.judge(thing)) is not None]
    broken = [(thing, found) for thing, found in chosen if not found.holds]
    if kind == "good":
        if broken:
            thing, judgement = broken[0]
            raise FaultError(
                f"the rule finds its good sample: {rule.message(thing)}",
                f"correct the sample, or the condition on `{judgement.at}`",
                path,
            )
        return
    if not broken:
        why = "`require` holds for it" if chosen else _not_chosen(rule, things[0])
        raise FaultError(
            f"the rule does not find its bad sample: {why}", "correct the sample or the rule", path
        )
    at = (sample.at or "").removeprefix("/").replace("/", ".")
    stands = [judgement.at for _, judgement in broken]
    if at and at not in stands:
        raise FaultError(
            f"the finding stands at {alternatives(dict.fromkeys(stands), 'and')}, not at"
            f" {quote(at)}",
            "correct `at`, or the order of the conditions",
            (*path[:-1], "at"),
        )
    messages = [rule.message(thing) for thing, _ in broken]
    if sample.message is not None and sample.message not in messages:
        raise FaultError(
            f"the message is {quote(messages[0])}", "correct `message`", (*path[:-1], "message")
        )
