"""What analysis proves holds for every user, by `provlint.in_scope`; what it shows is so.

Users are made of what stands in the filters: see `random_filters`.
"""

import collections
import random

import random_filters

from provlint.analysis import analyze_scope, compare_scopes
from provlint.simulate.scope import ScopeFilter

POLICIES = ("documented", "negatives-true")
PAIRS = 900
FILTERS = 500
USERS = 22


def has_control(user):
    return any(
        ord(each) < 32 or 127 <= ord(each) < 160
        for value in user.values()
        if isinstance(value, str)
        for each in value
    )


def decider(scope, policy):
    ready = ScopeFilter(scope)
    return lambda user: (
        ready.decide(user, null_policy=policy, types=random_filters.TYPES).in_scope is True
    )


def test_comparisons(capsys):
    chance = random.Random(6)
    evaluations = 0
    verdicts = collections.Counter()
    for _ in range(PAIRS):
        old = random_filters.scope(chance)
        edited = chance.random() < 0.8
        new = random_filters.changed(chance, old) if edited else random_filters.scope(chance)
        policy = chance.choice(POLICIES)
        found = compare_scopes(old, new, null_policy=policy, types=random_filters.TYPES)
        verdicts[found.verdict] += 1
        before, after = decider(old, policy), decider(new, policy)
        about = (old, new, policy, found)
        if found.entering is not None:
            assert after(found.entering), about
            assert not before(found.entering), about
        if found.leaving is not None:
            assert before(found.leaving), about
            assert not after(found.leaving), about
        for user in random_filters.users(chance, USERS, old, new):
            evaluations += 2
            was, is_now = before(user), after(user)
            if was is is_now or (found.notes and has_control(user)):
                continue
            assert (found.enters if is_now else found.leaves) is not False, (user, *about)
    with capsys.disabled():
        print(f"\n{PAIRS} random pairs, {evaluations} decisions: {dict(verdicts)}")
    assert evaluations > 35_000
    assert verdicts["unknown"] < PAIRS * 0.05
    assert min(verdicts[each] for each in ("equivalent", "wider", "narrower", "different")) > 40


class Claims:
    """What an analysis says of every user."""

    def __init__(self, policy):
        self.policy = policy
        self.claims = []

    def scope(self, filter_set, clauses):
        return decider({filter_set: [{"name": "", "clauses": clauses}]}, self.policy)

    def verdict(self, verdict, passes, valued=()):
        if verdict == "never":
            self.claims.append(lambda user: has_control(user) or not passes(user))
        elif verdict == "nobody":
            self.claims.append(lambda user: not passes(user))
        elif verdict == "always":
            self.claims.append(lambda user: has_control(user) or passes(user))
        elif verdict == "with-value":
            self.claims.append(
                lambda user: (
                    has_control(user)
                    or any(user.get(name) in (None, "") for name in valued)
                    or passes(user)
                )
            )

    def implies(self, narrow, wide):
        self.claims.append(
            lambda user: has_control(user) or not narrow(user) or any(other(user) for other in wide)
        )


def claims_of(scope, found, policy):
    """Everything that is said of all users; what is said of one is checked at once."""
    claims = Claims(policy)
    whole = decider(scope, policy)
    assert found.witness is None or whole(found.witness)
    assert found.outsider is None or not whole(found.outsider)
    claims.verdict(found.verdict, whole, found.valued)
    groups = {
        (group.filter_set, group.number): scope[group.filter_set][group.number]["clauses"]
        for group in found.groups
    }
    deciders = {key: claims.scope(key[0], clauses) for key, clauses in groups.items()}
    for group in found.groups:
        clauses = groups[group.filter_set, group.number]
        passes = deciders[group.filter_set, group.number]
        names = [clause["sourceOperandName"] for clause in clauses]
        assert group.witness is None or passes(group.witness)
        assert bool(group.conflicts) is (group.verdict == "never")
        claims.verdict(group.verdict, passes, names)
        for conflict in group.conflicts:
            some = [clauses[number] for number in conflict.clauses]
            together = claims.scope(group.filter_set, some)
            claims.verdict("never" if conflict.exception else "nobody", together)
            assert conflict.exception is None or together(conflict.exception)
        if group.contained_in:
            others = [deciders[group.filter_set, number] for number in group.contained_in]
            claims.implies(passes, others)
        for overlap in group.overlaps:
            assert passes(overlap.witness)
            assert deciders[group.filter_set, overlap.group](overlap.witness)
        for clause, name, told in zip(clauses, names, group.clauses, strict=True):
            alone = claims.scope(group.filter_set, [clause])
            assert told.witness is None or alone(told.witness)
            claims.verdict(told.verdict, alone, [name])
            if told.implied_by:
                some = [clauses[number] for number in told.implied_by]
                claims.implies(claims.scope(group.filter_set, some), [alone])
    return claims.claims


def test_analyses(capsys):
    chance = random.Random(7)
    checks = 0
    verdicts = collections.Counter()
    for _ in range(FILTERS):
        scope = random_filters.scope(chance)
        policy = chance.choice(POLICIES)
        found = analyze_scope(scope, null_policy=policy, types=random_filters.TYPES)
        verdicts[found.verdict] += 1
        claims = claims_of(scope, found, policy)
        for user in random_filters.users(chance, USERS, scope):
            for number, claim in enumerate(claims):
                checks += 1
                assert claim(user), (number, user, scope, policy, found)
    with capsys.disabled():
        print(f"\n{FILTERS} random filters, {checks} decisions: {dict(verdicts)}")
    assert checks > 20_000
    assert verdicts["unknown"] < FILTERS * 0.05
    assert min(verdicts[each] for each in ("never", "sometimes", "with-value", "always")) > 20
