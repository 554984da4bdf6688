"""Rules of one's own: data in YAML or JSON, without a language to learn and without code.

A rule names a kind of thing, chooses some of them, and requires something of their fields or of
their parsed expressions. Its samples run whenever it is loaded.
"""
