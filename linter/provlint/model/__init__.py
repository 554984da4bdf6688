"""What comes in: the shapes in which people keep a provisioning configuration, in one form."""

from __future__ import annotations

from provlint.model.defects import DEFECT_CODES
from provlint.model.read import read_document

__all__ = ["DEFECT_CODES", "read_document"]
