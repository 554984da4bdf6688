"""How a pair of configurations is noted: an edit, what it changes, the verdict on it."""

from building import users_of

PAIRS = {}


def pair(*expected, verdict, old=None):
    """Note a pair: an edit of the base, the changes that it must tell, the verdict's first line."""

    def note(edit):
        PAIRS[edit.__name__] = (old, edit, expected, verdict)
        return edit

    return note


def groups(value, *found):
    users_of(value)["scope"]["groups"] = list(found)


def mappings(value):
    return {each["targetAttributeName"]: each for each in users_of(value)["attributeMappings"]}


def rewrite(value, target, expression, kind="Function"):
    mappings(value)[target]["source"].update(expression=expression, name=expression, type=kind)


NOTHING = "nothing changes for anybody: only layout, order or spelling differ"
LEAVE = "people would leave scope and be disabled"
SECOND = "people may get a second account"
VALUES = "other values would be written"
KEEP = "people who leave would keep their accounts"
UNPROVISIONED = "people would not be provisioned or disabled any more"
