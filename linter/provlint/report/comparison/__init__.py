"""Renderers of `provlint compare`.

`text` is for a terminal, `markdown` for a comment on a pull request, `published` and `data` for
programs. `headline` and `words` are what they share.
"""
