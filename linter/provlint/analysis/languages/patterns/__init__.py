"""The texts in which a .NET pattern is found, as an automaton.

Modules: `language` (the automaton), `derivatives` (what one more unit leaves to be found),
`formulas` (how that is written down), `reach` (which patterns an automaton carries). Nothing is
imported here, so that a process pays for what it uses.
"""
