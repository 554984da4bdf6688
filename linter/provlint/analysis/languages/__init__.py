"""Sets of texts, described by automata over UTF-16 units.

Modules: `alphabet` (which units need not be told apart), `patterns` (what a .NET pattern finds),
`numbers` (integers as they are written), `plain` (what needs no pattern), `search` (a text that is
in some sets and not in others). Automata are never built whole: a state is computed when a search
comes to it. Nothing is imported here, so that a process pays for what it uses.
"""
