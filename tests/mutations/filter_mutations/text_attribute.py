"""A text attribute of ours."""

TEXT = "qaBranch"
"""A text attribute of ours that every sample gets."""


def text(sample, name=TEXT):
    return sample.define(name)
