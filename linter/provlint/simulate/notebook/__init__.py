"""Simulation from Python: `provlint.simulate`.

Modules: `simulation` (the function), `given` (what stands in memory as files), `result` (what comes
of it), `frames` (its rows as tables of other libraries), `html` (how a notebook shows it). Nothing
is imported here, so that a process pays for what it uses.
"""
