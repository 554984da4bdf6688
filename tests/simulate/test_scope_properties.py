"""What holds for every filter and every user."""

from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.simulate.scope import in_scope
from provlint_grammar.scoping_filter.operators import OPERATORS

NAMES = st.sampled_from(["a", "b", "userPrincipalName", ""])
TEXTS = st.sampled_from(["", " ", "x", "X", "5", "-3", "007", "True", "é", "e\u0301", "(", "^x$"])
ANY_TEXT = st.one_of(TEXTS, st.text(max_size=6))
SINGLE = st.one_of(st.none(), ANY_TEXT, st.booleans(), st.integers(), st.floats())
VALUES = st.one_of(SINGLE, st.lists(SINGLE, max_size=3), st.just({"id": "x"}))
USERS = st.dictionaries(NAMES, VALUES, max_size=4)
OPERATOR = st.one_of(st.sampled_from([*OPERATORS, "CONTAINS", ""]), st.text(max_size=4))
CLAUSES = st.fixed_dictionaries(
    {
        "sourceOperandName": NAMES,
        "operatorName": OPERATOR,
        "targetOperand": st.one_of(
            st.none(), st.fixed_dictionaries({"values": st.lists(ANY_TEXT, max_size=3)})
        ),
    }
)
VALID = st.fixed_dictionaries(
    {
        "sourceOperandName": st.sampled_from(["a", "b"]),
        "operatorName": st.sampled_from(["EQUALS", "NOT EQUALS", "Includes", "ENDS_WITH"]),
        "targetOperand": st.fixed_dictionaries({"values": st.lists(TEXTS, min_size=1, max_size=2)}),
    }
)


def groups(clauses, minimum=0):
    group = st.fixed_dictionaries(
        {
            "name": st.one_of(st.none(), st.text(max_size=3)),
            "clauses": st.lists(clauses, min_size=minimum, max_size=3),
        }
    )
    return st.lists(group, min_size=minimum, max_size=3)


SCOPES = st.fixed_dictionaries(
    {
        "groups": groups(CLAUSES),
        "inputFilterGroups": groups(CLAUSES),
        "categoryFilterGroups": groups(CLAUSES),
    }
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["groups", "clauses", "targetOperand", "values", "operatorName"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)
POLICIES = st.sampled_from(["documented", "negatives-true"])
RANK = {False: 0, None: 1, True: 2}


@settings(max_examples=400, deadline=None)
@given(SCOPES, USERS, POLICIES, st.sets(NAMES, max_size=2))
def test_nothing_raises_and_the_answer_is_whole(scope, user, policy, missing):
    decision = in_scope(scope, user, null_policy=policy, missing=missing)
    count = sum(len(group["clauses"]) for groups in scope.values() for group in groups)
    assert len(decision.clauses) == count
    assert (decision.in_scope is None) is (decision.outcome in ("unknown", "invalid-filter"))
    assert bool(decision.contested) is bool(decision.alternatives)
    if decision.alternatives:
        outcomes = [each.outcome for each in decision.alternatives]
        assert outcomes[0] == decision.outcome
        assert all(outcome != decision.outcome for outcome in outcomes[1:])
    for clause in decision.clauses:
        assert clause.reason
        assert clause.result in ("true", "false", "unknown", "invalid")


@settings(max_examples=200, deadline=None)
@given(JSON, USERS)
def test_any_json_is_decided(scope, user):
    assert in_scope(scope, user).outcome


@settings(max_examples=200, deadline=None)
@given(groups(VALID, 1), groups(VALID, 1), USERS)
def test_another_group_never_puts_anybody_out(some, more, user):
    before = in_scope({"groups": some}, user).in_scope
    after = in_scope({"groups": [*some, *more]}, user).in_scope
    assert RANK[after] >= RANK[before]


@settings(max_examples=200, deadline=None)
@given(groups(VALID, 1), VALID, USERS)
def test_another_clause_never_lets_anybody_in(some, clause, user):
    before = in_scope({"groups": some}, user).in_scope
    narrowed = [{**group, "clauses": [*group["clauses"], clause]} for group in some]
    assert RANK[in_scope({"groups": narrowed}, user).in_scope] <= RANK[before]


@settings(max_examples=200, deadline=None)
@given(groups(VALID, 1), groups(VALID, 1), USERS)
def test_sets_are_joined_by_and(some, others, user):
    both = in_scope({"groups": some, "inputFilterGroups": others}, user).in_scope
    one = in_scope({"groups": some}, user).in_scope
    other = in_scope({"groups": others}, user).in_scope
    assert RANK[both] == min(RANK[one], RANK[other])


@settings(max_examples=200, deadline=None)
@given(groups(VALID, 1), st.randoms(), USERS)
def test_the_order_of_groups_does_not_matter(some, random, user):
    shuffled = list(some)
    random.shuffle(shuffled)
    decision, other = in_scope({"groups": some}, user), in_scope({"groups": shuffled}, user)
    assert decision.in_scope is other.in_scope
    assert set(decision.contested) == set(other.contested)


@settings(max_examples=200, deadline=None)
@given(groups(VALID, 1), USERS)
def test_the_lenient_policy_never_puts_anybody_out(some, user):
    documented = in_scope({"groups": some}, user).in_scope
    lenient = in_scope({"groups": some}, user, null_policy="negatives-true").in_scope
    assert RANK[lenient] >= RANK[documented]
