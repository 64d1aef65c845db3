"""Worked cases: a situation, and what a document's edition must make of it.

They are written from the document's text, before and apart from its criteria tree.
"""

from policies.worked_cases.cases import (
    Difference,
    Settled,
    WorkedCase,
    follow_edition,
    run_case,
    settle,
    write_case,
)
from policies.worked_cases.reading import CaseError, read_cases
from policies.worked_cases.turning import CameOut, FoundLine, look_at

__all__ = [
    "CameOut",
    "CaseError",
    "Difference",
    "FoundLine",
    "Settled",
    "WorkedCase",
    "follow_edition",
    "look_at",
    "read_cases",
    "run_case",
    "settle",
    "write_case",
]
