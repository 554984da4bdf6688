"""The five steps for one user: test connection, import, scope, match, action.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/provision-on-demand#understand-the-provisioning-steps
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import provisioned_text
from provlint.simulate import entitlement
from provlint.simulate.action import Case, Row, row_for
from provlint.simulate.connection import SCHEMA_INVALID, SURROGATE, connection_problem
from provlint.simulate.due_values import LOOKING, DueValues, decisive
from provlint.simulate.matching import FAILURES, Match, match, matching_values
from provlint.simulate.outcome import STEPS, Step, UserOutcome
from provlint.simulate.plan import ROLES, seen_by_mappings
from provlint.simulate.readings import NULL, READINGS
from provlint.simulate.remedies import remedy_for
from provlint.simulate.situation import NO_FACTS, NO_SETTINGS, NO_SITUATION
from provlint.simulate.step_details import of_import, of_match
from provlint.wording import first_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from provlint.evaluation import Context
    from provlint.simulate.action import Action, Link
    from provlint.simulate.entitlement import ScopeStep
    from provlint.simulate.matching import MatchingValue, SourceCount
    from provlint.simulate.outcome import Status, StepName
    from provlint.simulate.plan import Plan
    from provlint.simulate.situation import Facts, Settings, Situation
    from provlint.simulate.targets import Targets
    from provlint.simulate.writing import References

UNKNOWN_TARGET = "the target user is not given: every value is taken as different"
NOT_PICKED = (
    "provisioning on demand cannot pick a disabled or deleted user; this is what a cycle would do"
)
NULL_READING = READINGS[NULL].name


@dataclass(frozen=True, slots=True)
class Flow:
    """One object mapping with all that is the same for its users.

    Attributes:
        plan: The object mapping.
        context: Of the expressions: clock, seed, names in use.
        targets: The target users; None where they are not given.
        settings: Of the job.
        facts: About the target.
        references: Finds what reference attributes refer to.
        source_count: Counts source users with a matching value.
        over_threshold: Whether the cycle has more deletions than the threshold.
    """

    plan: Plan
    context: Context
    targets: Targets | None = None
    settings: Settings = NO_SETTINGS
    facts: Facts = NO_FACTS
    references: References | None = None
    source_count: SourceCount | None = None
    over_threshold: bool = False

    def run(
        self,
        user: Mapping[str, object],
        situation: Situation = NO_SITUATION,
        *,
        missing: Collection[str] = (),
        scope: ScopeStep | None = None,
    ) -> UserOutcome:
        """Say what would happen to one user.

        Args:
            user: Values by provisioning name.
            situation: What else is known about the user.
            missing: Attributes that the export of the users does not have.
            scope: The result of the scope step, where it is known already.
        """
        return _Run(self, user, situation, missing).run(scope)

    def decide(
        self, user: Mapping[str, object], situation: Situation, missing: Collection[str] = ()
    ) -> ScopeStep:
        """Take the scope step alone; arguments are those of `run`."""
        policy = self.settings.null_policy
        decision = self.plan.scope.decide(
            user,
            null_policy=policy,
            input_null_policy=self.plan.input_null_policy(policy),
            missing=missing,
            types=self.plan.source_types,
            unmapped=self.plan.unmapped,
        )
        return entitlement.decide(
            user,
            decision,
            situation=situation,
            settings=self.settings,
            connector=self.plan.connector,
            facts=self.facts,
        )


class _Run:
    """The steps of one user, as they happen."""

    def __init__(
        self,
        flow: Flow,
        user: Mapping[str, object],
        situation: Situation,
        missing: Collection[str],
    ) -> None:
        self.flow = flow
        self.plan = flow.plan
        self.user = user
        self.situation = situation
        self.missing = missing
        self.steps: list[Step] = []
        self.assumptions: dict[str, None] = {}
        self.contested: dict[str, None] = {}
        self.scope: ScopeStep | None = None
        self.match: Match | None = None
        self.unmatchable = ""

    def run(self, scope: ScopeStep | None) -> UserOutcome:
        refused = self._unsupported_object() or self._test_connection()
        if refused is not None:
            return refused
        seen = seen_by_mappings(self.user, in_scope=True, roles=self.situation.roles)
        values = matching_values(self.plan, seen, self.flow.context)
        if scope is None:
            scope = self.flow.decide(self.user, self.situation, self.missing)
        stopped = self._import(values, in_scope=scope.in_scope is not False)
        if stopped is not None:
            return stopped
        self.scope = scope
        self._note(self.scope.assumptions, self.scope.contested)
        self._scope_step(self.scope)
        self.match = self._find(values)
        self._note((), self.match.contested)
        return self._act(self.scope, self.match)

    def _note(self, assumptions: Collection[str], contested: Collection[str]) -> None:
        self.assumptions.update(dict.fromkeys(assumptions))
        self.contested.update(dict.fromkeys(contested))

    def _step(
        self,
        name: StepName,
        status: Status,
        text: str,
        details: tuple[tuple[str, str], ...] = (),
        code: str | None = None,
        *keys: str | None,
    ) -> None:
        remedy = remedy_for(*keys)
        if status == "success":
            remedy = remedy_for()
        self.steps.append(Step(name, status, text, details, code, *remedy))

    def _outcome(
        self, action: Action, code: str | None, reason: str, **more: object
    ) -> UserOutcome:
        done = {step.name: step for step in self.steps}
        fields: dict[str, object] = {
            "steps": tuple(done.get(name) or Step(name, "not evaluated", "") for name in STEPS),
            "action": action,
            "code": code,
            "reason": reason,
            "assumptions": tuple(self.assumptions),
            "contested": tuple(self.contested),
            "scope": self.scope,
            "match": self.match,
            **more,
        }
        return UserOutcome(**fields)  # type: ignore[arg-type]

    def _unsupported_object(self) -> UserOutcome | None:
        if self.plan.source_object.lower() != "group" or self.plan.connector.groups:
            return None
        text = "groups are not provisioned by this connector"
        code = "EntityTypeNotSupported"
        self._step("import", "skipped", text, (), code, code)
        return self._outcome("skip", code, text)

    # Step 1

    def _test_connection(self) -> UserOutcome | None:
        problem = connection_problem(self.plan, self.flow.facts, self.flow.settings)
        address = self.flow.settings.base_address
        matching = self.plan.matching
        details = tuple(
            (title, value)
            for title, value in (
                ("Tenant URL", address or "not given"),
                ("Matching attribute", matching[0].target if matching else "none"),
            )
        )
        if problem is None:
            self._step("test connection", "success", SURROGATE, details)
            return None
        text, key, code = problem
        if code == SCHEMA_INVALID and self.situation.link is not None:
            # Who is linked is not matched again; the schema is refused when it is saved.
            self._step("test connection", "warning", text, details, code, key)
            return None
        self._step("test connection", "failure", text, details, code, key)
        return self._outcome("fail", code, text)

    # Step 2

    def _import(self, values: tuple[MatchingValue, ...], *, in_scope: bool) -> UserOutcome | None:
        roles = self.situation.roles
        details = of_import(self.plan, self.user, in_scope=in_scope, roles=roles)
        read = dict.fromkeys(name for each in self.plan.mappings for name in each.reads)
        if roles:
            read.pop(ROLES, None)
        absent = [name for name in read if name in self.missing]
        if absent:
            names = first_names(absent)
            self.assumptions[f"not in your export, taken as empty by mappings: {names}"] = None
        if any(entry.value is not None for entry in values):
            self._step("import", "success", "the user was read from the source", details)
            return None
        absent = [
            name for each in self.plan.matching for name in each.reads if name in self.missing
        ]
        if absent:
            names = ", ".join(f"`{name}`" for name in dict.fromkeys(absent))
            self.unmatchable = f"not in your export, so the user cannot be matched: {names}"
            self._step("import", "warning", self.unmatchable, details)
            return None
        names = ", ".join(f"`{entry.target}` from {entry.source}" for entry in values)
        problems = "; ".join(entry.problem for entry in values if entry.problem)
        text = f"no matching attribute has a value: {names}" + (
            f" ({problems})" if problems else ""
        )
        self._step("import", "failure", text, details, "ImportSkipped", "ImportSkipped")
        return self._outcome("skip", "ImportSkipped", text)

    # Step 3

    def _scope_step(self, scope: ScopeStep) -> None:
        details = list(scope.tests)
        if scope.decision is not None:
            details += [
                (clause.text, clause.result.capitalize()) for clause in scope.decision.clauses
            ]
        if scope.account != "active" and self.flow.settings.mode == "on-demand":
            self.assumptions[NOT_PICKED] = None
        status: Status = "success" if scope.in_scope else "skipped"
        if scope.why == "invalid-filter":
            status = "failure"
        elif scope.in_scope is None:
            status = "warning"
        text = scope.reason if scope.in_scope else f"not in scope: {scope.reason}"
        if scope.in_scope is None:
            text = scope.reason
        key: str = scope.why
        if key == "unknown" and scope.decision is not None and scope.decision.missing:
            key = "missing-attributes"
        elif key == "filter" and NULL_READING in scope.contested:
            key = "filter-on-empty"
        self._step("scope", status, text, tuple(details), scope.code, key)

    # Step 4

    def _find(self, values: tuple[MatchingValue, ...]) -> Match:
        if self.unmatchable and self.situation.link is None:
            self._step("match", "warning", self.unmatchable)
            return Match("unknown", reason=self.unmatchable)
        found = match(
            values,
            self.flow.targets,
            link=self.situation.link,
            facts=self.flow.facts,
            case_exact={mapping.target: mapping.case_exact for mapping in self.plan.matching},
            source_count=self.flow.source_count,
        )
        if self.flow.targets is None:
            self.assumptions["no target users given: nothing can be matched or compared"] = None
        # A leaver is addressed by the stored id, whether or not the export has the account.
        leaves = self.scope is not None and self.scope.in_scope is False
        failed = found.hits in FAILURES and not (found.hits == "gone" and leaves)
        code = FAILURES[found.hits] if failed else None
        status: Status = "warning" if found.hits in ("unknown", "gone") else "success"
        details = of_match(self.plan, found, values)
        keys = (found.hits, code) if failed else ()
        self._step("match", "failure" if failed else status, found.reason, details, code, *keys)
        return found

    # Step 5

    def _act(self, scope: ScopeStep, found: Match) -> UserOutcome:
        plan, flow = self.plan, self.flow
        work = DueValues(flow, self.user, self.situation, scope, found)
        soft_delete = flow.facts.soft_delete
        if soft_delete is None:
            soft_delete = plan.soft_delete is not False
        leaves = scope.in_scope is False
        skip_flag = bool(flow.settings.skip_out_of_scope_deletions) and plan.connector.skip_flag
        answers: dict[str, Callable[[], bool]] = {
            "add": lambda: "Add" in plan.actions,
            "update": lambda: "Update" in plan.actions,
            "delete": lambda: "Delete" in plan.actions,
            "required-present": lambda: not work.creation().missing,
            # A system of record disables those who leave by itself, whatever the mappings give.
            "differs": lambda: work.differs() or (leaves and plan.disables_by_itself),
            "skip-flag": lambda: skip_flag,
            "soft-delete-mapped": lambda: plan.soft_delete_mapped,
            "can-disable": lambda: soft_delete,
            "input-filter": lambda: scope.why == "input-filter",
            "invalid-filter": lambda: scope.why == "invalid-filter",
            "over-threshold": lambda: flow.over_threshold,
        }
        row = row_for(Case(self._link(scope), scope.account, scope.in_scope, found.hits, answers))
        return self._finish(row, work, scope, found)

    def _link(self, scope: ScopeStep) -> Link:
        if self.situation.link is None:
            return "none"
        if scope.in_scope is False and (
            self.situation.left_earlier or self.situation.was_in_scope is False
        ):
            return "earlier"
        if scope.in_scope is False and self.situation.was_in_scope is None:
            self.assumptions["linked, so the user counts as in scope until now"] = None
        return "yes"

    def _finish(self, row: Row, work: DueValues, scope: ScopeStep, found: Match) -> UserOutcome:
        self._note((), row.contested)
        action: Action = row.action
        code: str | None = row.code
        reason = row.words
        if code == "scope":
            code = scope.code
        text = reason
        if row.number in ("8", "9", "0"):
            reason = f"{reason}: {scope.reason}"
        if row.number == "7c":
            reason = f"{found.reason}: {reason}"
        if row.number == "3":
            names = ", ".join(f"`{name}`" for name in work.creation().missing)
            reason = f"{reason}: {names}"
        key: str | None = row.number
        if row.action == "create-or-update":
            work.creation()
        if work.unknown_target:
            self.assumptions[UNKNOWN_TARGET] = None
        written = work.written
        if written is not None and row.number in LOOKING:
            self._note(tuple(written.notes), decisive(row, written))
            if written.failed is not None:
                target, outcome, problem = written.failed
                action, code = "fail", None
                key = "escrow" if outcome == "escrow" else "evaluation"
                reason = f"the mapping of `{target}` cannot be evaluated: {problem}"
            elif written.skipped:
                action, code, key = "skip", None, None
                reason = f"the mapping of `{written.skipped}` skips the object"
            elif written.refused and action in ("create", "update", "disable"):
                action, code = "fail", "InvalidAttributeSyntax"
                names = ", ".join(f"`{name}`" for name in written.refused)
                reason = f"Active Directory refuses the empty text: {names}"
        if reason != row.words and row.number not in ("8", "9", "0"):
            text = reason
        changes = tuple(written.changes) if written is not None else ()
        if action not in ("create", "update", "disable", "create-or-update"):
            changes = ()
        if action in ("disable", "delete") and found.user is None and found.hits == "gone":
            self.assumptions["the linked target user is not among the target users given"] = None
        statuses: dict[Action, Status] = {"fail": "failure", "skip": "skipped", "none": "skipped"}
        status = statuses.get(action, "success")
        if action in ("unknown", "create-or-update", "staged-delete"):
            status = "warning"
        details: list[tuple[str, str]] = [("Action", action)]
        if action == "skip" and code is not None:
            details.append(("SkipReason", code))
        details += [(change.attribute, provisioned_text(change.new)) for change in changes]
        # What an earlier step said of a failure or a skip is not said again.
        own = action == "staged-delete" or (
            action == "fail" and found.hits in ("none", "one", "linked") and scope.in_scope
        )
        self._step("action", status, text, tuple(details), code, key, *((code,) if own else ()))
        target_id = found.user.id if found.user is not None else self.situation.link
        linked = action not in ("fail", "unknown") and row.number not in ("8", "9", "20")
        return self._outcome(
            action,
            code,
            reason,
            matched_on=found.matched_on if found.hits == "one" else None,
            changes=changes,
            contested_values=() if written is None else written.contested_changes(),
            row=row.number,
            target_id=target_id if linked else None,
            omitted=tuple(written.omitted) if written is not None else (),
            alternatives=scope.alternatives,
        )
