"""Baselines: the findings of the day when an estate began to use provlint.

They are known again whatever became of lines, order and encoding, marked in the reports, and kept
from failing a run; only new findings do that.
"""
