"""What a step is called: as what to do, and as an entry in a calendar that tells nothing else."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.stages import Stage


@dataclass(frozen=True, slots=True)
class StepWords:
    """`entry` names no plan and no program, for others may look at a calendar."""

    to_do: str
    entry: str


FIRST_APPEAL = StepWords(N_("File your first appeal"), N_("first appeal to the health plan"))
ONE_APPEAL = StepWords(N_("File your appeal to the plan"), N_("appeal to the health plan"))
SECOND_APPEAL = StepWords(N_("File your second appeal"), N_("second appeal"))
OUTSIDE_REVIEW = StepWords(N_("Ask for the outside review"), N_("outside review"))
HEARING = StepWords(N_("Ask for the state's fair hearing"), N_("fair hearing"))
JUDGE = StepWords(N_("Ask for a hearing before a judge"), N_("hearing before a judge"))
COUNCIL = StepWords(
    N_("Ask the Medicare Appeals Council to review it"), N_("review by the council")
)
COURT = StepWords(N_("Ask a lawyer about going to court"), N_("court"))
REDETERMINATION = StepWords(N_("Ask for a redetermination"), N_("first appeal"))
RECONSIDERATION = StepWords(N_("Ask for a reconsideration"), N_("reconsideration"))
ANY_APPEAL = StepWords(N_("File your appeal"), N_("appeal to the health plan"))

STEPS = {
    "job-appeal": FIRST_APPEAL,
    "insured-job-appeal": FIRST_APPEAL,
    "grandfathered-appeal": FIRST_APPEAL,
    "own-plan-appeal": ONE_APPEAL,
    "government-appeal": ONE_APPEAL,
    "church-appeal": ONE_APPEAL,
    "second-appeal": SECOND_APPEAL,
    "other-second-appeal": SECOND_APPEAL,
    "federal-review": OUTSIDE_REVIEW,
    "government-review": OUTSIDE_REVIEW,
    "church-review": OUTSIDE_REVIEW,
    "state-review": OUTSIDE_REVIEW,
    "limited-review": StepWords(N_("Ask whether any outside review is open"), N_("outside review")),
    "erisa-court": COURT,
    "insured-court": COURT,
    "medicaid-plan-appeal": ONE_APPEAL,
    "medicaid-plan-hearing": HEARING,
    "medicaid-hearing": HEARING,
    "original-redetermination": REDETERMINATION,
    "original-reconsideration": RECONSIDERATION,
    "original-judge": JUDGE,
    "original-council": COUNCIL,
    "original-court": COURT,
    "advantage-reconsideration": RECONSIDERATION,
    "advantage-independent": StepWords(
        N_("Wait for the independent reviewer"), N_("independent review")
    ),
    "advantage-judge": JUDGE,
    "advantage-council": COUNCIL,
    "advantage-court": COURT,
    "drug-redetermination": REDETERMINATION,
    "drug-reconsideration": RECONSIDERATION,
    "drug-judge": JUDGE,
    "drug-council": COUNCIL,
    "drug-court": COURT,
    "tricare-reconsideration": RECONSIDERATION,
    "tricare-second-reconsideration": StepWords(
        N_("Ask for a second reconsideration"), N_("second reconsideration")
    ),
    "tricare-formal-review": StepWords(N_("Ask for a formal review"), N_("formal review")),
    "tricare-hearing": StepWords(N_("Ask for an independent hearing"), N_("independent hearing")),
    "va-clinical-appeal": StepWords(N_("Write your clinical appeal"), N_("clinical appeal")),
    "va-decision-review": StepWords(
        N_("Ask whether a VA decision review is open"), N_("decision review")
    ),
    "fehb-reconsideration": RECONSIDERATION,
    "fehb-opm": StepWords(
        N_("Ask the federal personnel office (OPM) to review it"), N_("outside review")
    ),
    "fehb-court": COURT,
    "contract-appeal": ANY_APPEAL,
}


def to_do(*stages: Stage) -> str:
    """What to do at a step; of several that differ, what they have in common."""
    words = {STEPS[one.id].to_do for one in stages} or {ANY_APPEAL.to_do}
    return _(words.pop()) if len(words) == 1 else _(ANY_APPEAL.to_do)


def entry(*stages: Stage) -> str:
    """What a step is called in a calendar."""
    words = {STEPS[one.id].entry for one in stages} or {ANY_APPEAL.entry}
    return _(words.pop()) if len(words) == 1 else _(ANY_APPEAL.entry)
