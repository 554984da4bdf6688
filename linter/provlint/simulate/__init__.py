"""Provisioning offline: what the service would do with users, and why.

Modules: `scope` (is a user in scope), `entitlement` (active, assigned, role), `matching`,
`action` (the decision table), `writing` (the values), `flow` (the five steps for one user),
`cycle` (all users), `columnar` and `distributed` (many users), `notebook` (from Python). Nothing is
imported here, so that a process pays for what it uses.

The package is called like the function `provlint.simulate`; calling the package calls the function,
whether or not something below has been imported.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Package(ModuleType):
    """A package that can be called."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Simulate; see `provlint.simulate.notebook.simulation`."""
        from provlint.simulate.notebook.simulation import simulate

        return simulate(*arguments, **options)


sys.modules[__name__].__class__ = _Package
