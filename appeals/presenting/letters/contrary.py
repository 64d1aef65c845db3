"""What points the other way, beside the letter: the plan may cite it, so the writer sees it."""

from dataclasses import dataclass

from appeals.evidence import honest_panel
from appeals.letters import LetterCase
from policies.language import said


@dataclass(frozen=True, slots=True)
class ContraryView:
    """One record; what is not verified says so."""

    citation: str
    url: str
    finding: str
    limitations: str
    is_verified: bool


def present_contrary(case: LetterCase) -> tuple[ContraryView, ...]:
    """The records for this condition and treatment; none while one of them is open."""
    if case.condition is None or case.treatment is None:
        return ()
    return tuple(
        ContraryView(
            citation=one.citation,
            url=one.url,
            finding=said(one.finding),
            limitations=said(one.limitations),
            is_verified=one.verified,
        )
        for one in honest_panel(condition=case.condition, treatment=case.treatment)
    )
