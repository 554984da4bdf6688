"""Whether some user passes these clauses, fails those, and passes no group of others.

Attributes are independent of each other, so a user who is as wanted is a value for each attribute.
To fail a group is to fail one of its clauses: which one is searched for, and a choice is given up
as soon as one attribute has no value left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.analysis.values import AttributeValues, Found, Wanted
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from provlint.analysis.budget import Budget
    from provlint.analysis.filters import Clause, Filter, Group
    from provlint.analysis.predicates import Predicate
    from provlint.analysis.witness import Witness


Constraints = dict[str, Wanted]


class Sought(NamedTuple):
    """Whether there is such a user.

    Attributes:
        verdict: Whether; None where it is not known.
        wanted: What is asked of the attributes of one, where there is.
        beyond: Why it is not known.
    """

    verdict: bool | None
    wanted: Constraints | None = None
    beyond: tuple[str, ...] = ()


class Reasoner:
    """Answers questions about the users of some filters.

    Attributes:
        budget: Counts the steps.

    Args of the constructor, beside filters and budget:
        types: Attribute types by name, as the schema declares them.
        present: Attributes that every object has.
        guest_marks: Whether the `userPrincipalName` of a guest may arrive with `#EXT#`. That is the
            other reading of what Microsoft leaves open; what is proved with it holds without it.
    """

    def __init__(
        self,
        filters: Iterable[Filter],
        budget: Budget,
        *,
        types: Mapping[str, str] | None = None,
        present: Collection[str] = (),
        guest_marks: bool = False,
    ) -> None:
        self.budget = budget
        asked: dict[str, list[Predicate]] = {}
        for each in filters:
            for name, predicate in each.predicates():
                asked.setdefault(name, []).append(predicate)
        self._values = {
            name: AttributeValues(
                name,
                (types or {}).get(name),
                predicates,
                budget,
                present=name in present,
                guest_marks=guest_marks,
            )
            for name, predicates in asked.items()
        }

    def value(self, attribute: str, wanted: Wanted, *, ordinary: bool = False) -> Found:
        """A value of one attribute; see `AttributeValues.find`."""
        return self._values[attribute].find(wanted, ordinary=ordinary)

    def seek(
        self,
        passing: Iterable[Clause] = (),
        failing: Iterable[Clause] = (),
        excluded: Sequence[Group] = (),
        *,
        ordinary: bool = False,
    ) -> Sought:
        """A user who passes and fails these clauses, and no group of `excluded` holds for them.

        Raises:
            OutOfSteps: The budget is used up.
        """
        self.budget.spend()
        asked: dict[str, set[tuple[Predicate, bool]]] = {}
        # To fail a group of one clause there is one way only.
        alone = [group.clauses[0] for group in excluded if len(group.clauses) == 1]
        for clauses, result in ((passing, True), (failing, False), (alone, False)):
            for clause in clauses:
                asked.setdefault(clause.attribute, set()).add((clause.predicate, result))
        constraints: Constraints = {name: frozenset(each) for name, each in asked.items()}
        if not all(self._is_possible(name, constraints, ordinary) for name in constraints):
            return Sought(False)
        rest = [group for group in excluded if len(group.clauses) != 1]
        rest.sort(key=lambda group: len(group.clauses))
        return self._exclude(constraints, rest, ordinary)

    def _exclude(self, constraints: Constraints, groups: Sequence[Group], ordinary: bool) -> Sought:
        """A user who is as wanted and fails every group."""
        unknown: list[str] = []
        waiting = [(constraints, 0)]
        while waiting:
            constraints, at = waiting.pop()
            self.budget.spend()
            if at < len(groups):
                if self._fails(constraints, groups[at], ordinary):
                    waiting.append((constraints, at + 1))
                    continue
                ways = [
                    (further, at + 1)
                    for clause in groups[at].clauses
                    for further in (_with(constraints, clause, False),)
                    if self._is_possible(clause.attribute, further, ordinary)
                ]
                waiting += reversed(ways)
                continue
            undecided = [
                reason
                for attribute, wanted in constraints.items()
                for reason in self.value(attribute, wanted, ordinary=ordinary).beyond
            ]
            if not undecided:
                return Sought(True, constraints)
            unknown += undecided
        return Sought(None, None, tuple(dict.fromkeys(unknown))) if unknown else Sought(False)

    def _is_possible(self, attribute: str, constraints: Constraints, ordinary: bool) -> bool:
        found = self.value(attribute, constraints[attribute], ordinary=ordinary)
        return found.verdict is not False

    def _fails(self, constraints: Constraints, group: Group, ordinary: bool) -> bool:
        """Whether nobody who is as wanted so far passes a group."""
        for clause in group.clauses:
            if clause.attribute not in constraints:
                continue
            wanted = _with(constraints, clause, True)[clause.attribute]
            if self.value(clause.attribute, wanted, ordinary=ordinary).verdict is False:
                return True
        return False

    def user(self, constraints: Constraints, *, ordinary: bool = False) -> Witness:
        """A user who is as wanted."""
        return {
            attribute: self.value(attribute, wanted, ordinary=ordinary).value
            for attribute, wanted in constraints.items()
        }


def _with(constraints: Constraints, clause: Clause, result: bool) -> Constraints:
    known = constraints.get(clause.attribute, frozenset())
    return {**constraints, clause.attribute: known | {(clause.predicate, result)}}
