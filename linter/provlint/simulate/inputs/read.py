"""All inputs of one simulation, and what is assumed where one is not given."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from provlint.simulate.inputs.assignments import (
    DEFAULT_ROLE,
    read_assignments,
    read_roles,
    split_service_principals,
)
from provlint.simulate.inputs.fields import tell_continued
from provlint.simulate.inputs.groups import read_groups
from provlint.simulate.inputs.job_settings import read_jobs
from provlint.simulate.inputs.links import read_links
from provlint.simulate.inputs.population import Population
from provlint.simulate.inputs.problem import Ledger
from provlint.simulate.inputs.secrets import read_secrets
from provlint.simulate.inputs.targets import TargetFiles
from provlint.wording import alternatives, counted
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from provlint.simulate.inputs.assignments import Assignment, Role
    from provlint.simulate.inputs.groups import Groups
    from provlint.simulate.inputs.job_settings import JobSettings
    from provlint.simulate.inputs.problem import OnError

T = TypeVar("T")


class Entitlement(NamedTuple):
    """How a user is assigned to the application.

    Attributes:
        assignment: `direct`, `group-member`, `nested-group-member`, or `none`.
        roles: Ids of the roles, in the order of the assignments.
        through: Display names of the groups.
    """

    assignment: str
    roles: tuple[str, ...] = ()
    through: tuple[str, ...] = ()


class Inputs:
    """What one simulation is fed with.

    Attributes:
        population: The users.
        targets: Target users; None where none are given.
        assignments: App role assignments; None where none are given.
        roles: Roles of the application by id.
        groups: Groups; None where none are given.
        secrets: Settings among the secrets; None where none are given.
        jobs: Jobs.
        links: Target id of each source id in lower case; None where none are given.
        ledger: What was left out of the side inputs.
    """

    def __init__(
        self,
        users: Iterable[str],
        *,
        targets: Iterable[str] = (),
        assignments: Iterable[str] = (),
        groups: Iterable[str] = (),
        secrets: Iterable[str] = (),
        jobs: Iterable[str] = (),
        links: Iterable[str] = (),
        attributes: Collection[str] | None = None,
        columns: Mapping[str, str] | None = None,
        on_error: OnError = "stop",
    ) -> None:
        """Recognise the users and target users; read everything else.

        Args:
            users: Files, folders and globs; so for all others.
            targets: Users of the target.
            assignments: Pages of `appRoleAssignedTo`, and the service principal with its roles.
            groups: Groups with members.
            secrets: `synchronization/secrets`.
            jobs: The job.
            links: Files of links, or pairs `SOURCE=TARGET`.
            attributes: Source attributes that the configuration reads.
            columns: Column of each attribute, for files of human resources.
            on_error: `stop` at the first broken record, or `skip` it and count.

        Raises:
            InputError: A file is missing or not what it should be, or a record is broken.
        """
        self.population = Population(
            users, attributes=attributes, columns=columns, on_error=on_error
        )
        self.ledger = Ledger(on_error)
        self._told: list[str] = []
        files = tuple(targets)
        self.targets = TargetFiles(files, on_error=on_error) if files else None
        rows, principals = split_service_principals(assignments)
        self.assignments = self._read("app role assignments", read_assignments, rows)
        self.roles: Mapping[str, Role] = self._read("roles", read_roles, principals) or {}
        self.groups = self._read("groups", read_groups, groups)
        self.secrets = self._read("secrets", read_secrets, secrets)
        self.jobs: tuple[JobSettings, ...] = self._read("jobs", read_jobs, jobs) or ()
        self.links = self._read("links", read_links, links)
        self._entitlements: dict[str, Entitlement] | None = None

    def _read(
        self, what: str, read: Callable[[Iterable[str], Ledger], T], paths: Iterable[str]
    ) -> T | None:
        """What files hold; None without files."""
        files = tuple(paths)
        if not files:
            return None
        self.ledger.pages = self.ledger.continued = 0
        found = read(files, self.ledger)
        self._told += tell_continued(self.ledger, what)
        return found

    @property
    def delete_threshold(self) -> int | None:
        """Deletions of a cycle above which the job stops: the job's setting, else the secrets'."""
        for job in self.jobs:
            if job.delete_threshold is not None:
                return job.delete_threshold
        if self.secrets is None or self.secrets.delete_threshold_enabled is False:
            return None
        return self.secrets.delete_threshold

    def entitlement(self, identity: str) -> Entitlement | None:
        """How a user is assigned, by object id; None when no assignments are given.

        Members of nested groups are `nested-group-member`, which does not count as assigned.
        Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works#assignment-based-scoping
        """
        known = self.entitlements()
        return None if known is None else known.get(identity.lower(), NOT_ASSIGNED)

    def entitlements(self) -> Mapping[str, Entitlement] | None:
        """The same for everybody who is assigned in some way, by object id in lower case."""
        if self._entitlements is None and self.assignments is not None:
            self._entitlements = _entitlements(self.assignments, self.groups)
        return self._entitlements

    def role_name(self, role: str) -> str:
        """What a role is called: its value, else its name, else its id; `default-access`."""
        if role == DEFAULT_ROLE:
            return "default-access"
        known = self.roles.get(role)
        return (known.value or known.name or role) if known is not None else role

    @property
    def names_no_roles(self) -> bool:
        """Whether roles are assigned of which only the id is known."""
        assigned = {each.role for each in self.assignments or ()} - {DEFAULT_ROLE}
        return not assigned <= self.roles.keys()

    def told(self) -> list[str]:
        """What a report says of the inputs: names, missing attributes, guesses, omissions."""
        return [*self.population.told(), *self.told_beside_users()]

    def told_beside_users(self) -> list[str]:
        """The same without the files of the users."""
        lines = self._about_groups()
        if self.targets is not None:
            lines += [note.text for note in self.targets.ledger.notes]
            if self.targets.ledger.summary:
                lines.append(f"target users: {self.targets.ledger.summary}")
        lines += self._told
        lines += [f"{note.text}; {note.help}" for note in self.ledger.notes]
        if self.ledger.summary:
            lines.append(self.ledger.summary)
        return lines

    def _about_groups(self) -> list[str]:
        assigned = [each for each in self.assignments or () if each.kind == "Group"]
        if not assigned:
            return []
        known = self.groups.by_id if self.groups is not None else {}
        unknown = [each.name or each.principal for each in assigned if each.principal not in known]
        if unknown:
            named = alternatives(unknown[:5], "and")
            more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
            count = counted(len(unknown), "assigned group")
            return [
                f"no members given of {count} ({named}{more}): they count as empty;"
                " give them with `--groups`"
            ]
        return []


def _entitlements(
    assignments: Iterable[Assignment], groups: Groups | None
) -> dict[str, Entitlement]:
    """The entitlement of each user, direct assignments first."""
    direct: dict[str, list[str]] = {}
    through: dict[str, dict[str, list[str]]] = {}
    nested: dict[str, dict[str, list[str]]] = {}
    for each in assignments:
        if each.kind == "User":
            direct.setdefault(each.principal, []).append(each.role)
        if each.kind != "Group" or groups is None:
            continue
        for person in sorted(groups.users_of(each.principal)):
            through.setdefault(person, {}).setdefault(each.name, []).append(each.role)
        for inner in groups.nested_in(each.principal):
            for person in sorted(groups.users_of(inner.identity)):
                nested.setdefault(person, {}).setdefault(inner.name, []).append(each.role)
    found: dict[str, Entitlement] = {}
    for person in {**direct, **through, **nested}:
        by_group = through.get(person, {})
        roles = [*direct.get(person, ()), *(role for each in by_group.values() for role in each)]
        if roles:
            kind = "direct" if person in direct else "group-member"
            unique = tuple(dict.fromkeys(roles))
            found[person] = Entitlement(kind, unique, tuple(by_group))
        else:
            found[person] = Entitlement("nested-group-member", (), tuple(nested[person]))
    return found


NOT_ASSIGNED = Entitlement("none")
