"""One configuration, asked: which object mapping a question is about, and who answers it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from provlint.evaluation import make_context
from provlint.semantics.evidence import NamedGroup, Overlap, OverlapsOf, Question
from provlint.simulate.evidence import group_answers, survey, target_answers
from provlint.simulate.evidence.accounts import Accounts
from provlint.simulate.evidence.group_answers import GroupSurvey
from provlint.simulate.evidence.overlaps import overlap
from provlint.simulate.evidence.survey import Survey, UnansweredError
from provlint.simulate.evidence.target_answers import TargetSurvey
from provlint.simulate.flow import Flow
from provlint.simulate.object_mapping import facts_of
from provlint.simulate.plan import plan_of
from provlint.simulate.preparation import settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from provlint.semantics.configuration import ConfigurationUnit, ObjectMappingUnit
    from provlint.simulate.evidence.overlaps import Seen
    from provlint.simulate.evidence.people import People
    from provlint.simulate.inputs.read import Inputs


class Inquiry:
    """The questions about one configuration.

    Attributes:
        asked: The questions about each object mapping that is switched on, in a stable order.
    """

    def __init__(
        self,
        configuration: ConfigurationUnit,
        questions: Iterable[Question[Any]],
        inputs: Inputs,
        people: Callable[[Sequence[str], Collection[str]], People] | None,
        earlier: Sequence[Seen] = (),
    ) -> None:
        """Sort the questions.

        Args:
            configuration: What the questions are about.
            questions: In any order.
            inputs: What is known beside users.
            people: Reads the users with some attributes, of which the second ones are not missed;
                None where they are not given.
            earlier: What was seen of the configurations before.
        """
        self._inputs = inputs
        self._read_people = people
        self._earlier = earlier
        self._units = [
            unit
            for schema in configuration.schemas
            for rule in schema.rules
            for unit in rule.object_mappings
            if unit.mapping.enabled and (unit.maps_users or unit.maps_groups)
        ]
        homes = {pointer: unit for unit in self._units for pointer in _pointers(unit)}
        self.asked: list[tuple[ObjectMappingUnit, Question[Any]]] = [
            (homes[question.at], question)
            for question in sorted(questions, key=repr)
            if question.at in homes
        ]
        self._surveys: dict[str, Survey] = {}
        self._targets: dict[str, TargetSurvey] = {}

    def answers(self) -> Iterator[tuple[Question[Any], Any]]:
        """Every question that the inputs tell an answer to.

        Raises:
            InputError: Users or accounts cannot be read.
        """
        for unit, question in self.asked:
            try:
                yield question, self._answer(unit, question)
            except UnansweredError:
                continue

    def _answer(self, unit: ObjectMappingUnit, question: Question[Any]) -> Any:
        kind = type(question)
        if kind in group_answers.ANSWERS:
            return group_answers.ANSWERS[kind](self._groups_of(unit, question), question)
        if kind is NamedGroup:
            return GroupSurvey(self._inputs).named_group(_operand(unit, question.at))
        if kind in target_answers.ANSWERS:
            return target_answers.ANSWERS[kind](self._target(unit), question)
        if kind is OverlapsOf:
            return self._overlaps(unit)
        return survey.ANSWERS[kind](self.survey(unit), question)

    def survey(self, unit: ObjectMappingUnit) -> Survey:
        """The users of an object mapping.

        Raises:
            UnansweredError: It maps no users, or they are not given.
        """
        pointer = unit.mapping.pointer
        if not unit.maps_users or self._read_people is None:
            raise UnansweredError
        if pointer not in self._surveys:
            self._surveys[pointer] = Survey(unit, self._people, self._flow(unit))
        return self._surveys[pointer]

    def _flow(self, unit: ObjectMappingUnit) -> Flow:
        plan = plan_of(unit)
        system = None if plan.source_system == "unknown" else plan.source_system
        settings = settings_of(self._inputs, unit, mode="cycle")
        return Flow(plan, make_context(source=system), settings=settings, facts=facts_of(unit))

    @cached_property
    def _people(self) -> People:
        assert self._read_people is not None
        names = dict.fromkeys(
            name
            for unit in self._units
            for name in _attributes(unit, [own for home, own in self.asked if home is unit])
        )
        about_target = any(type(own) in target_answers.ANSWERS for _, own in self.asked)
        optional = set(target_answers.OWN_NAMES if about_target else ()) - set(names)
        return self._read_people((*names, *sorted(optional)), optional)

    def _target(self, unit: ObjectMappingUnit) -> TargetSurvey:
        pointer = unit.mapping.pointer
        if pointer not in self._targets:
            self._targets[pointer] = TargetSurvey(self.survey(unit), self._accounts)
        return self._targets[pointer]

    @cached_property
    def _accounts(self) -> Accounts:
        if self._inputs.targets is None:
            raise UnansweredError
        targets = dict.fromkeys(
            each.mapping.target_attribute_name
            for unit in self._units
            for each in unit.attribute_mappings
        )
        return Accounts(self._inputs.targets, targets)

    def _groups_of(self, unit: ObjectMappingUnit, question: Question[Any]) -> GroupSurvey:
        inputs = self._inputs
        if type(question) in group_answers.OF_TARGET:
            return GroupSurvey(inputs, target_groups=self._accounts.groups)
        if type(question) in group_answers.OF_USERS:
            found = self.survey(self._people_beside(unit))
            return GroupSurvey(inputs, in_scope=found.identities, known=found.people.identities())
        return GroupSurvey(inputs)

    def _people_beside(self, unit: ObjectMappingUnit) -> ObjectMappingUnit:
        """The object mapping of users between the same directories, perhaps in another rule."""
        ways = unit.rule.rule.source_directory_name, unit.rule.rule.target_directory_name
        for each in self._units:
            rule = each.rule.rule
            if each.maps_users and (rule.source_directory_name, rule.target_directory_name) == ways:
                return each
        raise UnansweredError

    def _overlaps(self, unit: ObjectMappingUnit) -> tuple[Overlap, ...]:
        own = self.survey(unit)
        address = self._inputs.secrets.base_address if self._inputs.secrets is not None else None
        found = (overlap(seen, unit, own, bool(address)) for seen in self._earlier)
        return tuple(each for each in found if each is not None and each.users.number)

    def seen(self) -> Iterator[tuple[ObjectMappingUnit, Survey]]:
        """The object mappings of users that were asked about overlaps, with their users."""
        for unit, question in self.asked:
            if type(question) is OverlapsOf:
                try:
                    yield unit, self.survey(unit)
                except UnansweredError:
                    continue


def _operand(unit: ObjectMappingUnit, pointer: str) -> str:
    """The value of a clause."""
    scope = unit.scope_unit
    for group in scope.groups if scope is not None else ():
        for clause in group.clauses:
            if clause.clause.pointer == pointer and clause.clause.values:
                return clause.clause.values[0]
    raise UnansweredError


def _pointers(unit: ObjectMappingUnit) -> Iterator[str]:
    yield unit.mapping.pointer
    yield from (each.mapping.pointer for each in unit.attribute_mappings)
    if unit.scope_unit is not None:
        for group in unit.scope_unit.groups:
            yield from (clause.clause.pointer for clause in group.clauses)


def _attributes(unit: ObjectMappingUnit, questions: Sequence[Question[Any]]) -> Iterator[str]:
    """The source attributes that answers about an object mapping need."""
    if not questions or not unit.maps_users:
        return
    if unit.scope_unit is not None:
        for group in unit.scope_unit.groups:
            yield from (clause.clause.source_operand_name for clause in group.clauses)
    at = {question.at for question in questions}
    for each in unit.attribute_mappings:
        matches = each.mapping.matching_priority > 0
        if each.mapping.pointer in at or matches:
            yield from each.source_attributes
    for question in questions:
        name = getattr(question, "attribute", "")
        if name:
            yield name
