"""The fixed phrases: one for each verdict, ground, caution and state."""

from django.utils.translation import gettext_noop as N_

from policies.applicability import Caution, LeftOutReason, Role
from policies.catalogue import CoveragePosition, PriorAuthorization
from policies.check import NoDocumentReason, PlanCaution
from policies.situation import Funding, LineOfBusiness, Treatment
from policies.sureness import Sureness
from policies.truth import Truth
from policies.verdict import Ground, Verdict
from policies.vocabulary import SettledBy, Speak

VERDICTS = {
    Verdict.APPEARS_TO_QUALIFY: N_("You appear to meet every criterion in the document's list."),
    Verdict.COULD_QUALIFY: N_("You could qualify: nothing you told us rules it out."),
    Verdict.DOES_NOT_MEET: N_("You do not appear to meet your plan's written criteria."),
    Verdict.NOT_COVERED: N_("Your plan's written rule does not cover this."),
    Verdict.CASE_BY_CASE: N_("This is decided case by case."),
    Verdict.NOT_ADDRESSED: N_("The document says nothing about this."),
    Verdict.ANSWER_UNREAD: N_("Your plan has a document, but we could not read its answer."),
    Verdict.WITHDRAWN: N_("The document was withdrawn, and we hold nothing newer."),
    Verdict.NO_DOCUMENT: N_("We hold no document from your plan."),
}
CUT_OFF = N_("You meet what we could read; part of the list is missing.")
OPEN_REFUSAL = N_(
    "The document refuses this for %(conditions)s. It does not say whether for you too."
)
PLANS_DUTY = N_("The rule binds the plan, and sets nothing for you to meet.")
NOTHING_SETTLED = N_("It is not known yet whether you qualify: nothing in the list is settled.")
OPEN_SCOPE = N_("What the document says depends on whether %(scope)s.")
REFUSED_FOR = N_("Your plan's written rule does not cover this for %(conditions)s.")
OTHER_LIST = N_(
    "You do not appear to meet the list for %(conditions)s. The document has another list, and "
    "whether it is for you is not known."
)
OTHER_UNREAD = N_(
    "You do not appear to meet the list for %(conditions)s. The document has another list for you, "
    "and we could not read its answer."
)
NO_CONTINUATION = N_("We did not read what the document asks for going on with this treatment.")
ONLY_A_RULE = N_("We hold no document from your plan itself, only a rule of its program.")
RULE_UNREAD = N_(
    "We hold no document from your plan itself. A rule of its program deals with this, but we "
    "could not read its answer."
)
OWN_IS_SILENT = N_(
    "Your plan's own document says nothing about this, but a rule of its program does."
)
RULE_BESIDE = N_(
    "A rule of the program stands beside it and leaves such cases to be decided one by one "
    "(%(rules)s)."
)
DISAGREEMENT = N_("The documents that apply to your plan disagree.")
# Why the answer goes by one of several documents.
STANDS_FIRST = {
    "own": N_(
        "%(number)s documents apply. This answer goes by %(name)s: the plan's own document stands "
        "before a rule of its program."
    ),
    "closest": N_(
        "%(number)s documents apply. This answer goes by %(name)s: no other speaks more "
        "closely of what was asked."
    ),
    "rule speaks": N_(
        "%(number)s documents apply. This answer goes by %(name)s: it speaks of what was "
        "asked, and the plan's own document is silent."
    ),
}

HEDGES = {
    Sureness.CURRENT: "",
    Sureness.DATED: "",
    Sureness.OLD_OR_UNDATED: N_("In the copy we read, which may be out of date, %(sentence)s"),
    Sureness.SECOND_HAND: N_("Going by a second-hand account, %(sentence)s"),
}

# The treatments inside a sentence, where some languages want an article.
TREATMENTS = {
    Treatment.IV_KETAMINE: N_("IV ketamine infusion"),
    Treatment.ESKETAMINE_NASAL: N_("esketamine nasal spray (Spravato)"),
    Treatment.INTRANASAL_COMPOUNDED_KETAMINE: N_("compounded ketamine nasal spray"),
    Treatment.IM_SC_KETAMINE: N_("ketamine injection (muscle or under the skin)"),
    Treatment.ORAL_KETAMINE: N_("oral ketamine (tablets or lozenges)"),
}

GROUNDS = {
    Ground.INVESTIGATIONAL: N_(
        "It calls %(about)s investigational (not proven enough, in the insurer's view)."
    ),
    Ground.EXCLUDED: N_("It excludes %(about)s: it is not a covered benefit."),
    Ground.NOT_MEDICALLY_NECESSARY: N_("It calls %(about)s not medically necessary."),
}

SAYS = {
    CoveragePosition.COVERED: N_("It covers %(about)s."),
    CoveragePosition.COVERED_WITH_CRITERIA: N_("It covers %(about)s when its criteria are met."),
    CoveragePosition.INDIVIDUAL_CONSIDERATION: N_(
        "It leaves %(about)s to be decided case by case."
    ),
    CoveragePosition.UNREAD: N_("It has a rule on %(about)s that we could not read."),
    CoveragePosition.NOT_ADDRESSED: N_("It says nothing about %(about)s."),
}
LIST_UNREAD = N_("It covers %(about)s with criteria that we could not read.")
SCOPE_UNCERTAIN = N_(
    "Whether that includes the condition asked about is not certain: ask the clinician and the "
    "plan."
)

POSITIONS = {
    CoveragePosition.COVERED: N_("Covered"),
    CoveragePosition.COVERED_WITH_CRITERIA: N_("Covered with criteria"),
    CoveragePosition.INVESTIGATIONAL: N_("Investigational: not covered"),
    CoveragePosition.EXCLUDED: N_("Excluded: not covered"),
    CoveragePosition.NOT_MEDICALLY_NECESSARY: N_("Not medically necessary: not covered"),
    CoveragePosition.INDIVIDUAL_CONSIDERATION: N_("Decided case by case"),
    CoveragePosition.NOT_ADDRESSED: N_("Not addressed"),
    CoveragePosition.UNREAD: N_("A rule that we could not read"),
}

PRIOR_AUTHORIZATION = {
    PriorAuthorization.REQUIRED: N_(
        "Prior authorization (your plan's yes before treatment) is required."
    ),
    PriorAuthorization.NOT_REQUIRED: N_(
        "Prior authorization (your plan's yes before treatment) is not required."
    ),
    PriorAuthorization.UNKNOWN: N_(
        "We did not read whether prior authorization (your plan's yes "
        "before treatment) is required. Ask your plan."
    ),
}

ROLES = {
    Role.OWN: N_("Your plan's document"),
    Role.ADMINISTRATOR: N_("The document of the company that decides for your plan"),
    Role.PROGRAM_RULE: N_("A rule of the program, which stands beside your plan's own documents"),
}

CAUTIONS = {
    Caution.LINE_UNKNOWN: N_(
        "You did not say what kind of insurance this is, so this document may "
        "not be for this kind of plan."
    ),
    Caution.STATE_UNKNOWN: N_(
        "You did not say which state the plan belongs to, so this document may "
        "not be for this plan."
    ),
    Caution.CONDITION_FOR_APPLYING_OPEN: N_(
        "This document applies only under a condition that is still open."
    ),
}

PLAN_CAUTIONS = {
    PlanCaution.SELF_FUNDED: N_(
        "The employer pays the claims itself. Its plan document may exclude "
        "this treatment all the same: ask HR for the plan document."
    ),
    PlanCaution.FUNDING_UNKNOWN: N_(
        "If an employer pays the claims itself, its plan document may "
        "exclude this treatment all the same: ask HR."
    ),
}

FUNDINGS = {
    Funding.INSURED: N_("The insurance company"),
    Funding.SELF_FUNDED: N_("The employer (self-funded)"),
}

ADMINISTRATOR_UNPROVED = N_(
    "You told us that %(name)s decides for your plan. We hold no document that says so, so we did "
    "not use its rules. Ask the plan who decides, and by which document."
)

LEFT_OUT = {
    LeftOutReason.OTHER_LINE: N_("speaks for other kinds of plans"),
    LeftOutReason.OTHER_STATE: N_("speaks for other states"),
    LeftOutReason.STATE_NOT_GIVEN: N_("speaks for certain states, and you did not name yours"),
    LeftOutReason.BEFORE_FIRST_EDITION: N_("was not in force on that day, as far as we know"),
    LeftOutReason.UNDATED: N_("shows no date, so we can't say whether it was in force on that day"),
    LeftOutReason.CONDITION_FOR_APPLYING_FAILS: N_(
        "applies only under a condition that is not yours"
    ),
}

NO_DOCUMENT = {
    NoDocumentReason.INSURER_NOT_GIVEN: N_(
        "You did not name an insurer, and no rule that we hold "
        "applies without one. The insurer's name is on the front of the card."
    ),
    NoDocumentReason.INSURER_NOT_HELD: N_(
        "We hold no policy under this insurer's name. We do not answer from another insurer's "
        "policy. That is not a no: ask the plan for its written policy."
    ),
    NoDocumentReason.NOTHING_ON_TREATMENT: N_(
        "What we hold from this insurer is about other treatments. That is not a no."
    ),
    NoDocumentReason.NOTHING_FOR_PLAN: N_(
        "What we hold from this insurer does not speak for this plan. That is not a no."
    ),
    NoDocumentReason.BEFORE_FIRST_EDITION: N_(
        "On that day no edition we hold was in force, as far as we know."
    ),
    NoDocumentReason.NOT_HANDLED: N_(
        "This kind of coverage follows rules of its own, which we do not handle."
    ),
}

WHERE_TO_GO = {
    LineOfBusiness.WORKERS_COMPENSATION: N_(
        "Ask the claims adjuster for the written rule, in writing. The state's workers' "
        "compensation board or commission says which treatment rules it uses and how to object. "
        "The few states' guidelines that we hold stand on our coverage map."
    ),
    LineOfBusiness.CHIP: N_(
        "Ask the child's health plan for the written rule, in writing, at the number on the card. "
        "The state's CHIP office says how to object."
    ),
}

OUR_WORDS = N_("Our words")
DOCUMENTS_WORDS = N_("The document's own words")
REPRODUCED_WORDS = N_("The document's own words, as someone else reproduces them")

STATES = {Truth.MET: N_("Met"), Truth.NOT_MET: N_("Not met"), Truth.UNKNOWN: N_("To find out")}
EXCLUSION_STATES = {
    Truth.MET: N_("Met: does not apply"),
    Truth.NOT_MET: N_("Not met: applies"),
    Truth.UNKNOWN: N_("To find out"),
}


TITLES = {
    "documents": "What the documents say",
    "to_find_out": "What is still to find out",
    "would_change": "What would change what a document says",
    "next_steps": "What to do next",
    "side_by_side": "Both treatments, side by side",
    "other_documents": "Other documents we looked at",
    "priorities": "What the document puts first",
}
WEIGHED = N_("What is weighed")
FOR_THE_PLAN = N_("What the plan has to weigh or to do")
NOTHING_REFUSED = "Nothing is refused for want of it."
WHO_SETTLES = {
    SettledBy.YOU: N_("You can answer this"),
    SettledBy.CHART: N_("The chart shows it"),
    SettledBy.CLINICIAN: N_("The clinician can say"),
    SettledBy.PLAN: N_("Only the plan can say"),
}


# How a change may be spoken of, by the vocabulary's own rule; in the order of a sentence.
OFFERS = {
    Speak.RECORD_IT: N_("If this is already true, have it written in the chart: %(wanted)s."),
    Speak.ASK_SOMEONE: N_("Ask about this: %(wanted)s."),
    Speak.DISCUSS_WITH_CLINICIAN: N_(
        "This is a choice of treatment, for %(both)s to make: %(wanted)s."
    ),
}
FURTHER_OFFERS = {
    Speak.RECORD_IT: N_(
        "If another treatment was tried that is not in your list, add it. The "
        "document wants: %(wanted)s."
    ),
    Speak.DISCUSS_WITH_CLINICIAN: N_(
        "What was tried so far is not enough for this document. It "
        "wants: %(wanted)s. Whether to try another treatment is for %(both)s to say."
    ),
}
FURTHER_IF_SHORT = {
    Speak.DISCUSS_WITH_CLINICIAN: N_(
        "What was tried so far may be enough once all of it is known. "
        "The document wants: %(wanted)s. Whether to try another treatment is for %(both)s to say."
    ),
}
EVERY_TREATMENT = N_("Every treatment that was tried, with its length, its dose and what happened.")
LIST_FOR_SUICIDALITY = N_(
    "The document has a list of its own for people with thoughts of suicide. That is its rule, and "
    "no advice. Whoever has such thoughts can tell the clinician today, or call or text 988."
)
HELP_LINE = N_(
    "If you might act on thoughts of suicide, call or text 988 now. It is open at any time."
)
VERDICTS_AFTER = {
    Verdict.COULD_QUALIFY: N_(
        "With that, nothing that we read would stand against it; what is open "
        "stays open. The plan decides."
    ),
    Verdict.APPEARS_TO_QUALIFY: N_(
        "With that, nothing would be open in the list that we read. The plan decides."
    ),
}


def lower_first(text: str) -> str:
    """The text as it goes on inside a sentence; abbreviations stay as they are.

    >>> lower_first("IV ketamine infusion"), lower_first("Chronic pain")
    ('IV ketamine infusion', 'chronic pain')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def spaced(key: str) -> str:
    """A key as a reader sees it."""
    return key.replace("_", " ")
