"""An attribute that no other mistake touches."""

TEXT = "qaBranch"


def text(sample, given, *values):
    """A text attribute that the users have in turn."""
    sample.define(TEXT)
    for number, person in enumerate(given.users):
        person[TEXT] = values[number % len(values)]
    return TEXT
