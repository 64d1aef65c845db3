"""The two treatments beside one another: what the plan says, and what differs for the patient."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from policies import guide
from policies.guidance import Guidance
from policies.language import said
from policies.presenting.authorization import in_short
from policies.presenting.documents import ACCENTS
from policies.presenting.guide import FactView, present_fact
from policies.situation import Treatment
from policies.wording import document_line, headline, reason, score

# Esketamine for thoughts of suicide is never named without the limit of its label.
LIMIT = "esketamine_suicidality_limit"
DIFFERENCES = {
    Treatment.IV_KETAMINE: ("ketamine_approved_for", "label_warning_ketamine", "ketamine_cost"),
    Treatment.ESKETAMINE_NASAL: ("esketamine_approved_for", "esketamine_rems", "esketamine_cost"),
}


@dataclass(frozen=True, slots=True)
class ComparedView:
    """One of two treatments held against the same plan and person, in a few lines.

    `differences` are facts of the guide under the title of each.
    """

    treatment: str
    is_this: bool
    verdict: str
    accent: str
    document: str
    score: str
    prior_authorization: str
    limit: FactView | None
    differences: tuple[tuple[str, FactView], ...]


def present_compared(guidance: Guidance, *, is_this: bool) -> ComparedView:
    """One treatment in the comparison; `is_this` for the one that was asked about."""
    answer = guidance.answer
    first = answer.headline
    positions = first.answer.positions if first is not None else ()
    counted = positions[0].score if positions else None
    treatment = answer.situation.treatment
    titles = (
        _("What the FDA approved"),
        _("Where and how it is given"),
        _("What it costs without coverage"),
    )
    return ComparedView(
        treatment=said(treatment.label),
        is_this=is_this,
        verdict=headline(answer),
        accent="unknown" if answer.verdict is None else ACCENTS.get(answer.verdict, ""),
        document=reason(answer)
        if first is None or answer.disagreeing
        else document_line(first.applied.document, first.applied.edition),
        score=f"{score(counted)}." if counted is not None else "",
        prior_authorization=in_short(positions[0].position.prior_authorization)
        if positions
        else "",
        limit=present_fact(guide.fact(LIMIT)) if treatment is Treatment.ESKETAMINE_NASAL else None,
        differences=tuple(
            (title, present_fact(guide.fact(name)))
            for title, name in zip(titles, DIFFERENCES[treatment], strict=True)
        ),
    )
