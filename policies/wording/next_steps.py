"""What to do next, by verdict: plain steps that claim no right and promise nothing."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from policies.check import Answer
from policies.criteria import is_cut_off
from policies.missing import open_points
from policies.situation import Funding, LineOfBusiness, Treatment
from policies.verdict import Verdict
from policies.vocabulary import SettledBy

KEEP_THE_NOTICE = N_(
    "If the plan refuses in writing, keep the notice. It says why, and how and by when to appeal."
)
ASK_WHETHER_IN_FORCE = N_(
    "Ask the plan whether this document is still in force, and for the newest version."
)
ASK_BEFORE = N_(
    "The clinic asks the plan before treatment begins, with the papers that the document wants."
)
WRITE_IT_DOWN = N_(
    "Call the number on the back of the card. Ask for the written rule, and write down who "
    "answered and when."
)
ASK_FOR_THE_WHOLE = N_(
    "Ask the plan for the whole document, in writing, with its number and its date."
)
ASK_FOR_THE_REST = N_(
    "Part of the list is missing here. Ask the plan for the whole document, in writing, with its "
    "number and its date."
)

FIND_OUT = N_(
    "Find out what is marked “To find out”. The clinic can answer most of it from the chart."
)
ANSWER_IT = N_("Answer what is still marked “To find out”, as far as you know it.")
ASK_WHAT_IS_OPEN = N_("Ask the plan about what is open: only the plan can say.")

STEPS = {
    Verdict.APPEARS_TO_QUALIFY: (
        ASK_WHETHER_IN_FORCE,
        ASK_BEFORE,
        KEEP_THE_NOTICE,
    ),
    Verdict.COULD_QUALIFY: (
        FIND_OUT,
        ASK_WHETHER_IN_FORCE,
        ASK_BEFORE,
    ),
    Verdict.DOES_NOT_MEET: (
        N_("Look at what is marked “Not met”. If an answer was wrong, change it."),
        N_("Ask the plan whether it makes exceptions, and how the clinician asks for one."),
        KEEP_THE_NOTICE,
    ),
    Verdict.NOT_COVERED: (ASK_WHETHER_IN_FORCE, KEEP_THE_NOTICE),
    Verdict.CASE_BY_CASE: (
        N_("Ask who decides, and what they want to see, before treatment begins."),
        N_("The clinician writes why the treatment is needed, and asks for the answer in writing."),
    ),
    Verdict.NOT_ADDRESSED: (
        ASK_WHETHER_IN_FORCE,
        N_(
            "Ask how the plan decides where its documents say nothing, and for that answer in "
            "writing."
        ),
    ),
    Verdict.ANSWER_UNREAD: (ASK_FOR_THE_WHOLE, KEEP_THE_NOTICE),
    Verdict.WITHDRAWN: (N_("Ask the plan what took the place of the document, in writing."),),
    Verdict.NO_DOCUMENT: (
        WRITE_IT_DOWN,
        N_("Ask the plan to send the rule in writing, with its number and its date."),
    ),
}
WHICH_DOCUMENT = N_(
    "Ask the plan which of these documents it goes by, and for the answer in writing."
)
ASK_HR = N_(
    "If the plan comes through a job, ask HR: “Is our health plan self-funded, and does the plan "
    "document exclude ketamine or esketamine?”"
)
ASK_FOR_THE_PLAN_DOCUMENT = N_(
    "The employer pays the claims itself: ask HR for the plan document, and what it says of this "
    "treatment."
)
OTHER_TREATMENT = N_(
    "Ask the clinician about other treatments. Many plans have a separate rule for esketamine "
    "(Spravato): it can be checked on this site too."
)


ASK_THE_CONTRACTOR = N_(
    "The Medicare contractor for the region (MAC) decides. The clinic asks it what it wants to "
    "see, before treatment begins."
)
IN_WRITING = N_("Ask for the written rule in writing, and write down who answered and when.")


def next_steps(answer: Answer) -> tuple[str, ...]:
    """The steps for this answer, the first thing first."""
    if answer.verdict is None:
        return (_(WHICH_DOCUMENT), _(KEEP_THE_NOTICE))
    if not answer.is_handled:
        return (_(IN_WRITING), _(KEEP_THE_NOTICE))
    steps = list(STEPS[answer.verdict])
    if answer.verdict is Verdict.COULD_QUALIFY:
        steps[0] = _find_out(answer)
    line = answer.situation.plan.line_of_business
    if answer.verdict is Verdict.CASE_BY_CASE and line is LineOfBusiness.ORIGINAL_MEDICARE:
        # Original Medicare has no plan to ask.
        steps[0] = ASK_THE_CONTRACTOR
    is_cut = answer.headline is not None and any(
        one.findings is not None and is_cut_off(one.findings.node)
        for one in answer.headline.answer.positions
    )
    if is_cut and ASK_FOR_THE_WHOLE not in steps:
        steps.insert(1, ASK_FOR_THE_REST)
    is_depression = answer.stated_conditions & {"treatment_resistant_depression", "mdd"}
    is_other = answer.situation.treatment is not Treatment.ESKETAMINE_NASAL
    if answer.verdict is Verdict.NOT_COVERED and is_depression and is_other:
        steps.append(OTHER_TREATMENT)
    plan = answer.situation.plan
    if plan.line_of_business in (LineOfBusiness.COMMERCIAL, None) and plan.funding is None:
        steps.append(ASK_HR)
    if plan.funding is Funding.SELF_FUNDED:
        steps.append(ASK_FOR_THE_PLAN_DOCUMENT)
    return tuple(_(one) for one in steps)


def _find_out(answer: Answer) -> str:
    """The first step, to whoever can settle most of what is open."""
    who = {point.who for point in open_points(answer)}
    if who & {SettledBy.CHART, SettledBy.CLINICIAN}:
        return FIND_OUT
    return ANSWER_IT if SettledBy.YOU in who else ASK_WHAT_IS_OPEN
