"""The fixed phrases: one for each verdict, ground, caution and state."""

import datetime as dt

from policies.applicability import Caution, LeftOutReason, Role
from policies.catalogue import CoveragePosition, PriorAuthorization
from policies.check import NoDocumentReason, PlanCaution
from policies.sureness import Sureness
from policies.truth import Truth
from policies.verdict import Ground, Verdict
from policies.vocabulary import SettledBy, Speak

VERDICTS = {
    Verdict.APPEARS_TO_QUALIFY: "You appear to meet every criterion in the document.",
    Verdict.COULD_QUALIFY: "You could qualify: nothing you told us rules it out.",
    Verdict.DOES_NOT_MEET: "You do not appear to meet your plan's written criteria.",
    Verdict.NOT_COVERED: "Your plan's written rule does not cover this.",
    Verdict.CASE_BY_CASE: "This is decided case by case.",
    Verdict.NOT_ADDRESSED: "The document says nothing about this.",
    Verdict.ANSWER_UNREAD: "Your plan has a document, but we could not read its answer.",
    Verdict.WITHDRAWN: "The document was withdrawn, and we hold nothing newer.",
    Verdict.NO_DOCUMENT: "We hold no document from your plan.",
}
CUT_OFF = "You meet what we could read; part of the list is missing."
OPEN_REFUSAL = "The document refuses this for {conditions}. It does not say whether for you too."
PLANS_DUTY = "The rule binds the plan, and sets nothing for you to meet."
NOTHING_SETTLED = "It is not known yet whether you qualify: nothing in the list is settled."
OPEN_SCOPE = "What the document says depends on whether {scope}."
REFUSED_FOR = "Your plan's written rule does not cover this for {conditions}."
OTHER_LIST = (
    "You do not appear to meet the list for {conditions}. The document has another list, and "
    "whether it is for you is not known."
)
OTHER_UNREAD = (
    "You do not appear to meet the list for {conditions}. The document has another list for you, "
    "and we could not read its answer."
)
NO_CONTINUATION = "We did not read what the document asks for going on with this treatment."
ONLY_A_RULE = "We hold no document from your plan itself, only a rule of its program. "
RULE_UNREAD = (
    "We hold no document from your plan itself. A rule of its program deals with this, but we "
    "could not read its answer."
)
OWN_IS_SILENT = "Your plan's own document says nothing about this, but a rule of its program does. "
RULE_BESIDE = (
    " A rule of the program stands beside it and leaves such cases to be decided one by one "
    "({rules})."
)
DISAGREEMENT = "The documents that apply to your plan disagree."
# Why the answer goes by one of several documents.
STANDS_FIRST = {
    "own": "{number} documents apply. This answer goes by {name}: the plan's own document stands "
    "before a rule of its program.",
    "closest": "{number} documents apply. This answer goes by {name}: no other speaks more "
    "closely of what was asked.",
    "rule speaks": "{number} documents apply. This answer goes by {name}: it speaks of what was "
    "asked, and the plan's own document is silent.",
}

HEDGES = {
    Sureness.CURRENT: "",
    Sureness.DATED: "",
    Sureness.OLD_OR_UNDATED: "In the copy we read, which may be out of date, ",
    Sureness.SECOND_HAND: "Going by a second-hand account, ",
}

GROUNDS = {
    Ground.INVESTIGATIONAL: "It calls {about} investigational (not proven enough, in the "
    "insurer's view).",
    Ground.EXCLUDED: "It excludes {about}: it is not a covered benefit.",
    Ground.NOT_MEDICALLY_NECESSARY: "It calls {about} not medically necessary.",
}

POSITIONS = {
    CoveragePosition.COVERED: "Covered",
    CoveragePosition.COVERED_WITH_CRITERIA: "Covered with criteria",
    CoveragePosition.INVESTIGATIONAL: "Investigational: not covered",
    CoveragePosition.EXCLUDED: "Excluded: not covered",
    CoveragePosition.NOT_MEDICALLY_NECESSARY: "Not medically necessary: not covered",
    CoveragePosition.INDIVIDUAL_CONSIDERATION: "Decided case by case",
    CoveragePosition.NOT_ADDRESSED: "Not addressed",
    CoveragePosition.UNREAD: "A rule that we could not read",
}

PRIOR_AUTHORIZATION = {
    PriorAuthorization.REQUIRED: "Prior authorization (your plan's yes before treatment) is "
    "required.",
    PriorAuthorization.NOT_REQUIRED: "Prior authorization (your plan's yes before treatment) is "
    "not required.",
    PriorAuthorization.UNKNOWN: "We did not read whether prior authorization (your plan's yes "
    "before treatment) is required. Ask your plan.",
}

ROLES = {
    Role.OWN: "Your plan's document",
    Role.ADMINISTRATOR: "The document of the company that decides for your plan",
    Role.PROGRAM_RULE: "A rule of the program, which stands beside your plan's own documents",
}

CAUTIONS = {
    Caution.LINE_UNKNOWN: "You did not say what kind of insurance this is, so this document may "
    "not be for this kind of plan.",
    Caution.STATE_UNKNOWN: "You did not say which state the plan belongs to, so this document may "
    "not be for this plan.",
    Caution.CONDITION_FOR_APPLYING_OPEN: "This document applies only under a condition that is "
    "still open.",
}

PLAN_CAUTIONS = {
    PlanCaution.SELF_FUNDED: "The employer pays the claims itself. Its plan document may exclude "
    "this treatment all the same: ask HR for the plan document.",
    PlanCaution.FUNDING_UNKNOWN: "If an employer pays the claims itself, its plan document may "
    "exclude this treatment all the same: ask HR.",
}

ADMINISTRATOR_UNPROVED = (
    "You told us that {name} decides for your plan. We hold no document that says so, so we did "
    "not use its rules. Ask the plan who decides, and by which document."
)

LEFT_OUT = {
    LeftOutReason.OTHER_LINE: "speaks for other kinds of plans",
    LeftOutReason.OTHER_STATE: "speaks for other states",
    LeftOutReason.STATE_NOT_GIVEN: "speaks for certain states, and you did not name yours",
    LeftOutReason.BEFORE_FIRST_EDITION: "was not in force on that day, as far as we know",
    LeftOutReason.UNDATED: "shows no date, so we can't say whether it was in force on that day",
    LeftOutReason.CONDITION_FOR_APPLYING_FAILS: "applies only under a condition that is not yours",
}

NO_DOCUMENT = {
    NoDocumentReason.INSURER_NOT_GIVEN: "You did not name an insurer, and no rule that we hold "
    "applies without one. The insurer's name is on the front of the card.",
    NoDocumentReason.INSURER_NOT_HELD: "We hold no policy under this insurer's name. We do not "
    "answer from another insurer's policy. That is not a no: ask the plan for its written policy.",
    NoDocumentReason.NOTHING_ON_TREATMENT: "What we hold from this insurer is about other "
    "treatments. That is not a no.",
    NoDocumentReason.NOTHING_FOR_PLAN: "What we hold from this insurer does not speak for this "
    "plan. That is not a no.",
    NoDocumentReason.BEFORE_FIRST_EDITION: "On that day no edition we hold was in force, as far "
    "as we know.",
    NoDocumentReason.NOT_HANDLED: "This kind of coverage follows rules that we do not handle. Ask "
    "the claims adjuster, or the state's office for it, for the written rule.",
}

OUR_WORDS = "Our words"
DOCUMENTS_WORDS = "The document's own words"
REPRODUCED_WORDS = "The document's own words, as someone else reproduces them"

STATES = {Truth.MET: "Met", Truth.NOT_MET: "Not met", Truth.UNKNOWN: "To find out"}
EXCLUSION_STATES = {
    Truth.MET: "Met: does not apply",
    Truth.NOT_MET: "Not met: applies",
    Truth.UNKNOWN: "To find out",
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
WEIGHED = "What is weighed"
FOR_THE_PLAN = "What the plan has to weigh or to do"
NOTHING_REFUSED = "Nothing is refused for want of it."
WHO_SETTLES = {
    SettledBy.YOU: "You can answer this",
    SettledBy.CHART: "The chart shows it",
    SettledBy.CLINICIAN: "The clinician can say",
    SettledBy.PLAN: "Only the plan can say",
}


# How a change may be spoken of, by the vocabulary's own rule; in the order of a sentence.
OFFERS = {
    Speak.RECORD_IT: "If this is already true, have it written in the chart: {wanted}.",
    Speak.ASK_SOMEONE: "Ask about this: {wanted}.",
    Speak.DISCUSS_WITH_CLINICIAN: "This is a choice of treatment, for {both} to make: {wanted}.",
}
FURTHER_OFFERS = {
    Speak.RECORD_IT: "If another treatment was tried that is not in your list, add it. The "
    "document wants: {wanted}.",
    Speak.DISCUSS_WITH_CLINICIAN: "What was tried so far is not enough for this document. It "
    "wants: {wanted}. Whether to try another treatment is for {both} to say.",
}
FURTHER_IF_SHORT = {
    Speak.DISCUSS_WITH_CLINICIAN: "What was tried so far may be enough once all of it is known. "
    "The document wants: {wanted}. Whether to try another treatment is for {both} to say.",
}
EVERY_TREATMENT = "Every treatment that was tried, with its length, its dose and what happened."
LIST_FOR_SUICIDALITY = (
    "The document has a list of its own for people with thoughts of suicide. That is its rule, and "
    "no advice. Whoever has such thoughts can tell the clinician today, or call or text 988."
)
HELP_LINE = "If you might act on thoughts of suicide, call or text 988 now. It is open at any time."
VERDICTS_AFTER = {
    Verdict.COULD_QUALIFY: "With that, nothing that we read would stand against it; what is open "
    "stays open. The plan decides.",
    Verdict.APPEARS_TO_QUALIFY: "With that, nothing would be open in the list that we read. The "
    "plan decides.",
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


def date(day: dt.date) -> str:
    """A day as patients read it.

    >>> date(dt.date(2026, 5, 3))
    'May 3, 2026'
    """
    return f"{day:%B} {day.day}, {day.year}"
