"""The score of a list: how many of its requirements are met, not met, and to find out."""

from dataclasses import dataclass

from policies.criteria import is_cut_off
from policies.matcher import Finding, top_level
from policies.truth import Truth


@dataclass(frozen=True, slots=True)
class Score:
    """Of the top-level requirements so many met, not met, and to find out.

    `at_least` is set where the list is cut off: there are more than these.
    """

    met: int
    not_met: int
    to_find_out: int
    at_least: bool

    @property
    def total(self) -> int:
        return self.met + self.not_met + self.to_find_out


def score_of(findings: Finding, applies: Truth) -> Score:
    """Count the top-level requirements; an unread rest or an open condition is one to find out."""
    truths = [found.truth for found in top_level(findings)]
    if applies is Truth.UNKNOWN:
        truths.append(Truth.UNKNOWN)
    return Score(
        met=truths.count(Truth.MET),
        not_met=truths.count(Truth.NOT_MET),
        to_find_out=truths.count(Truth.UNKNOWN),
        at_least=is_cut_off(findings.node),
    )
