"""Renderers of `provlint simulate`: `text` for people, `published` and `data` for programs."""
