"""What each application supports, dated, with the page that says so.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/provision-on-demand
"""

from __future__ import annotations

from provlint_grammar.named_tuple import NamedTuple
from provlint_rules.application_facts_data import APPLICATIONS, HISTORY


class Fact(NamedTuple):
    """What a page said on a day.

    Attributes:
        capability: `on-demand`, `users`, `groups`, `roles`, `disable`, `delete`, `matching`,
            `account-discovery` or `other`.
        date: Of the page: a day, a month or a year.
        status: `unsupported`, `supported`, `with-condition` or `unknown`.
        text: Our words for it.
        source: The page.
        condition: What must be so, where something must.
    """

    capability: str
    date: str
    status: str
    text: str
    source: str
    condition: str = ""


class Refused(NamedTuple):
    """Values that an application does not take.

    Attributes:
        target: The target attribute; `*` for every one.
        pattern: A regular expression that is found in them; empty for none.
        longer_than: Characters that are too few for them; 0 for no limit.
        words: What they have, such as "an `@`".
    """

    target: str
    pattern: str
    longer_than: int
    words: str


class Application(NamedTuple):
    """An application; `applications.toml` says what its fields mean."""

    name: str
    aliases: tuple[str, ...]
    templates: tuple[str, ...]
    starts: tuple[str, ...]
    factory_tags: tuple[str, ...]
    gallery_ids: tuple[str, ...]
    gallery_keys: tuple[str, ...]
    directories: tuple[str, ...]
    systems: tuple[str, ...]
    users_matching: tuple[str, ...]
    groups_matching: tuple[str, ...]
    users_required: tuple[str, ...]
    users_single: tuple[str, ...]
    users_create_only: tuple[str, ...]
    users_lookups: tuple[str, ...]
    generic: bool
    flagged: bool
    single_role: bool
    ignores_filters: bool
    no_default_access: bool
    keeps_group_names: bool
    refused_rows: tuple[tuple[str, str, int, str], ...]
    advice: str
    fact_rows: tuple[tuple[str, ...], ...]

    def facts(self, capability: str = "") -> tuple[Fact, ...]:
        """What is known of a capability, or of all, the oldest first."""
        return tuple(Fact(*row) for row in self.fact_rows if not capability or row[0] == capability)

    def refused(self) -> tuple[Refused, ...]:
        """What it does not take as values of users."""
        return tuple(Refused(*row) for row in self.refused_rows)

    def status(self, capability: str) -> str:
        """What holds today: the status that the last page gave; `unknown` where none was seen."""
        facts = self.facts(capability)
        return facts[-1].status if facts else "unknown"


def application(number: int) -> Application:
    """The application with a number of the tables."""
    return Application(*APPLICATIONS[number])


def applications() -> tuple[Application, ...]:
    """All applications, in the order of `applications.toml`."""
    return tuple(Application(*row) for row in APPLICATIONS)


def on_demand_history() -> tuple[Fact, ...]:
    """What was said of provisioning on demand in general, the oldest first."""
    return tuple(Fact(*row) for row in HISTORY)
