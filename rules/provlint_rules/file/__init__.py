"""Group 0: the file as text, and as a schema."""

from __future__ import annotations

from provlint_rules.file import defects, references, texts

RULES = (*texts.RULES, *defects.RULES, *references.RULES)
