"""Simulation and decisions about many users from Python.

Modules: `simulation` (`provlint.simulate`), `given` (what stands in memory as files), `result`
(what comes of it), `frames` (its rows as tables of other libraries), `html` (how a notebook shows
it); `users_in_scope` (`provlint.users_in_scope`), `scope_result` (what comes of that). Nothing is
imported here, so that a process pays for what it uses.
"""
