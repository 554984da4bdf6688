"""What can be said of the result of an expression without a user: type, nullness, length, values.

`infer(tree, attributes)` answers for a whole expression, `inference(tree, attributes).of(node)`
for any part of it. Everything said holds for every user under the readings of
`provlint.evaluation`; where nothing is known, the answer is `any`.
Imported by the rules that need it, when they first need it.
"""

from __future__ import annotations

from provlint.semantics.inference.facts import (
    DIGITS,
    LOWER,
    NO_BLANKS,
    UPPER,
    Inferred,
    article,
    as_text,
    from_values,
    union,
)
from provlint.semantics.inference.truth import Verdict, compared, never_equal
from provlint.semantics.inference.walk import Inference, infer, inference

__all__ = [
    "DIGITS",
    "LOWER",
    "NO_BLANKS",
    "UPPER",
    "Inference",
    "Inferred",
    "Verdict",
    "article",
    "as_text",
    "compared",
    "from_values",
    "infer",
    "inference",
    "never_equal",
    "union",
]
