"""Whether some user passes these clauses, fails those, and passes no group of others.

Attributes are independent of each other, so a user who is as wanted is a value for each attribute.
To fail a group is to fail one of its clauses. Which one is searched for, group by group, and only
for groups that the user made so far would pass.
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

GROUPS_A_STEP = 8
"""Groups that are looked at for one user in one step."""


class Sought(NamedTuple):
    """Whether there is such a user.

    Attributes:
        verdict: Whether; None where it is not known.
        user: One, where there is.
        beyond: Why it is not known.
    """

    verdict: bool | None
    user: Witness | None = None
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
        # To fail a group of one clause there is one way only; lists of values are read at once.
        named = [group.clauses[0] for group in excluded if _names_a_value(group)]
        for clauses, result in ((passing, True), (failing, False), (named, False)):
            for clause in clauses:
                asked.setdefault(clause.attribute, set()).add((clause.predicate, result))
        constraints: Constraints = {name: frozenset(each) for name, each in asked.items()}
        rest = [group for group in excluded if not _names_a_value(group)]
        rest.sort(key=lambda group: len(group.clauses))
        return self._exclude(constraints, rest, ordinary)

    def _exclude(self, constraints: Constraints, groups: Sequence[Group], ordinary: bool) -> Sought:
        """A user who is as wanted and fails every group.

        A user is made who is as wanted so far; the first group that the user passes is then failed
        in each of its ways, until one is found who passes none.
        """
        unknown: list[str] = []
        waiting = [constraints]
        while waiting:
            constraints = waiting.pop()
            self.budget.spend(1 + len(groups) // GROUPS_A_STEP)
            values = {
                attribute: self.value(attribute, wanted, ordinary=ordinary)
                for attribute, wanted in constraints.items()
            }
            if any(found.verdict is False for found in values.values()):
                continue
            passed = next((each for each in groups if not self._fails(each, values)), None)
            if passed is not None:
                waiting += (_with(constraints, clause, False) for clause in passed.clauses[::-1])
                continue
            undecided = [reason for found in values.values() for reason in found.beyond]
            if not undecided:
                return Sought(True, {name: found.value for name, found in values.items()})
            unknown += undecided
        return Sought(None, None, tuple(dict.fromkeys(unknown))) if unknown else Sought(False)

    def _fails(self, group: Group, values: Mapping[str, Found]) -> bool:
        """Whether a user with these values fails a group, whatever the other values are."""
        for clause in group.clauses:
            found = values.get(clause.attribute)
            if found is None or found.verdict is None:
                continue
            if self._values[clause.attribute].result(clause.predicate, found.value) is False:
                return True
        return False


def _names_a_value(group: Group) -> bool:
    """Whether a group asks for one value of one attribute, and no more."""
    return len(group.clauses) == 1 and bool(group.named)


def _with(constraints: Constraints, clause: Clause, result: bool) -> Constraints:
    known = constraints.get(clause.attribute, frozenset())
    return {**constraints, clause.attribute: known | {(clause.predicate, result)}}
