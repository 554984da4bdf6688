"""What holds for every user, target and situation."""

from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.evaluation import make_context
from provlint.model.read import read_document
from provlint.semantics.configuration import ConfigurationUnit
from provlint.simulate.flow import Flow
from provlint.simulate.outcome import STEPS
from provlint.simulate.plan import plan_of
from provlint.simulate.remedies import REMEDIES
from provlint.simulate.situation import ASSIGNED, Facts, Settings, Situation
from provlint.simulate.target_paths import value_at
from provlint.simulate.targets import TargetList, TargetUser

SWITCH = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'
EXPRESSIONS = [
    "[userPrincipalName]",
    "[mail]",
    "[manager]",
    SWITCH,
    'Join(" ", [mail], [department])',
    "ToLower([mail], )",
    'CDate([department])',
    "[",
    '"x"',
]  # fmt: skip
TARGETS = ["userName", "active", "manager", 'emails[type eq "work"].value', "name.familyName", "m"]
TEXT = st.one_of(st.sampled_from(["", "a", "A", "a@x", "x#EXT#@y", "False", " "]), st.text())
SINGLE = st.one_of(st.none(), TEXT, st.booleans(), st.integers())
VALUE = st.one_of(SINGLE, st.lists(SINGLE, max_size=2), st.just({"id": "a"}))
SOURCE_NAMES = ["userPrincipalName", "mail", "manager", "department", "accountEnabled", "objectId"]
USER = st.dictionaries(st.sampled_from(SOURCE_NAMES), VALUE)
TARGET_USER = st.builds(
    TargetUser,
    st.sampled_from(["t1", "t2", "t3"]),
    st.dictionaries(
        st.sampled_from([*TARGETS, "emails", "name"]),
        st.one_of(VALUE, st.just([{"type": "work", "value": "a"}]), st.just({"familyName": "A"})),
    ),
)
MAPPING = st.fixed_dictionaries(
    {
        "targetAttributeName": st.sampled_from(TARGETS),
        "matchingPriority": st.integers(0, 2),
        "flowType": st.sampled_from(
            ["Always", "ObjectAddOnly", "MultiValueAddOnly", "ValueAddOnly", "AttributeAddOnly"]
        ),
        "defaultValue": st.sampled_from([None, "", "d"]),
        "source": st.one_of(
            st.none(),
            st.sampled_from(EXPRESSIONS).map(
                lambda text: {
                    "type": "Function" if "(" in text else "Attribute",
                    "name": text.strip('[]"'),
                    "expression": text,
                }
            ),
        ),
    }
)
CLAUSE = st.sampled_from(
    [
        {"sourceOperandName": "department", "operatorName": "EQUALS",
         "targetOperand": {"values": ["a"]}},
        {"sourceOperandName": "mail", "operatorName": "NOT EQUALS",
         "targetOperand": {"values": ["a"]}},
        {"sourceOperandName": "mail", "operatorName": "Greater_Than",
         "targetOperand": {"values": ["x"]}},
    ]
)  # fmt: skip
SCOPE = st.fixed_dictionaries(
    {
        "groups": st.lists(st.fixed_dictionaries({"clauses": st.lists(CLAUSE)}), max_size=2),
        "inputFilterGroups": st.lists(
            st.fixed_dictionaries({"clauses": st.lists(CLAUSE)}), max_size=1
        ),
    }
)
FLAG = st.sampled_from([None, True, False])
SETTINGS = st.builds(
    Settings,
    sync_all=FLAG,
    skip_out_of_scope_deletions=FLAG,
    mode=st.sampled_from(["on-demand", "cycle"]),
    null_policy=st.sampled_from(["documented", "negatives-true"]),
)
FACTS = st.builds(
    Facts,
    matching_case=FLAG,
    soft_delete=FLAG,
    required=st.sampled_from([(), ("m",)]),
    filterable=st.sampled_from([None, ("userName",)]),
)
SITUATION = st.builds(
    Situation,
    account=st.sampled_from([None, "active", "disabled", "soft-deleted", "hard-deleted"]),
    assignment=st.sampled_from([None, *ASSIGNED]),
    role=st.sampled_from([None, "default-access"]),
    link=st.sampled_from([None, "t1", "gone"]),
    was_in_scope=FLAG,
    left_earlier=st.booleans(),
)


def plan(mappings, scope, flow_types, template):
    mapping = {
        "flowTypes": flow_types,
        "sourceObjectName": "User",
        "targetObjectName": "User",
        "attributeMappings": mappings,
        "scope": scope,
    }
    rule = {
        "sourceDirectoryName": "Microsoft Entra ID",
        "targetDirectoryName": "app",
        "objectMappings": [mapping],
    }
    document = read_document({"id": f"{template}.x", "synchronizationRules": [rule]})
    return plan_of(ConfigurationUnit(document).schemas[0].rules[0].object_mappings[0])


@settings(max_examples=500, deadline=None)
@given(
    st.lists(MAPPING, max_size=4),
    SCOPE,
    st.sampled_from(["Add,Update,Delete", "Update", "Add", ""]),
    st.sampled_from(["scim", "Azure2Azure", "Workday2AD", "AD2AADProvisioning"]),
    USER,
    st.one_of(st.none(), st.lists(TARGET_USER, max_size=3)),
    SETTINGS,
    FACTS,
    SITUATION,
    st.sets(st.sampled_from(SOURCE_NAMES), max_size=2),
)
def test_every_user_has_an_outcome(
    mappings, scope, flow_types, template, user, targets, job, facts, situation, missing
):
    context = make_context(now="2026-11-22T00:00:00Z", seed=1)
    users = None if targets is None else TargetList(targets)
    flow = Flow(plan(mappings, scope, flow_types, template), context, users, job, facts)
    outcome = flow.run(user, situation, missing=missing)
    assert outcome.reason
    assert tuple(step.name for step in outcome.steps) == STEPS
    assert len(set(outcome.assumptions)) == len(outcome.assumptions)
    assert outcome == flow.run(user, situation, missing=missing)
    if outcome.changes:
        assert outcome.action in ("create", "update", "disable", "create-or-update")
    if outcome.action == "fail":
        assert any(step.status == "failure" and step.causes for step in outcome.steps)
    if outcome.action in ("create", "update", "create-or-update"):
        assert outcome.scope.in_scope is True
    if outcome.action in ("disable", "delete"):
        assert situation.link is not None
        assert outcome.scope.in_scope is False
    if outcome.action == "create":
        assert "Add" in flow_types
    if outcome.action in ("update", "disable"):
        assert "Update" in flow_types
        # A system of record disables by itself where no mapping does.
        by_itself = outcome.action == "disable" and flow.plan.disables_by_itself
        assert outcome.changes or by_itself


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.sampled_from(TARGETS), st.text()),
    st.dictionaries(st.one_of(st.sampled_from([*TARGETS, "emails", "name"]), st.text()), VALUE),
)
def test_paths_raise_nothing(path, values):
    found = value_at(values, path)
    if path in values:
        assert found == values[path]


def test_remedies_are_whole():
    for remedy in REMEDIES.values():
        assert remedy.causes
        assert remedy.remedies
        for text in (*remedy.causes, *remedy.remedies):
            assert not text.endswith(".")
