"""Numbers of the terminals that the recovery tells apart."""

from provlint_grammar.expression_tables import TERMINALS

FUNCTION = TERMINALS.index("FUNCTION")
OPEN = TERMINALS.index("OPEN")
CLOSE = TERMINALS.index("CLOSE")
COMMA = TERMINALS.index("COMMA")
SEPARATOR = TERMINALS.index("SEPARATOR")
ATTRIBUTE = TERMINALS.index("ATTRIBUTE")
TEXT = TERMINALS.index("TEXT")
NUMBER = TERMINALS.index("NUMBER")
NAME = TERMINALS.index("NAME")
COMPARISON = TERMINALS.index("COMPARISON")
ODD = TERMINALS.index("ODD")
