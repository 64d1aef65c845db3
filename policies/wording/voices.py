"""To whom an answer speaks: to the patient as "you", or to someone who asks for the patient."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop as N_

from policies.situation import Asker
from policies.verdict import Verdict
from policies.vocabulary import SettledBy
from policies.wording import phrases


@dataclass(frozen=True, slots=True)
class Voice:
    """Every phrase that names the patient or the patient's plan.

    `both` decide on a treatment together; `my_plan` is what the caller says on the phone.
    """

    verdicts: Mapping[Verdict, str]
    cut_off: str
    open_refusal: str
    plans_duty: str
    nothing_settled: str
    refused_for: str
    other_list: str
    other_unread: str
    only_a_rule: str
    rule_unread: str
    own_is_silent: str
    disagreement: str
    who_settles: Mapping[SettledBy, str]
    both: str
    my_plan: str


TO_PATIENT = Voice(
    verdicts=phrases.VERDICTS,
    cut_off=phrases.CUT_OFF,
    open_refusal=phrases.OPEN_REFUSAL,
    plans_duty=phrases.PLANS_DUTY,
    nothing_settled=phrases.NOTHING_SETTLED,
    refused_for=phrases.REFUSED_FOR,
    other_list=phrases.OTHER_LIST,
    other_unread=phrases.OTHER_UNREAD,
    only_a_rule=phrases.ONLY_A_RULE,
    rule_unread=phrases.RULE_UNREAD,
    own_is_silent=phrases.OWN_IS_SILENT,
    disagreement=phrases.DISAGREEMENT,
    who_settles=phrases.WHO_SETTLES,
    both=N_("you and your clinician"),
    my_plan=N_("my plan"),
)

TO_ANOTHER = Voice(
    verdicts={
        **phrases.VERDICTS,
        Verdict.APPEARS_TO_QUALIFY: N_(
            "The patient appears to meet every criterion in the document's list."
        ),
        Verdict.COULD_QUALIFY: N_("The patient could qualify: nothing told to us rules it out."),
        Verdict.DOES_NOT_MEET: N_(
            "The patient does not appear to meet the plan's written criteria."
        ),
        Verdict.NOT_COVERED: N_("The plan's written rule does not cover this."),
        Verdict.ANSWER_UNREAD: N_("The plan has a document, but we could not read its answer."),
        Verdict.NO_DOCUMENT: N_("We hold no document from the plan."),
    },
    cut_off=N_("The patient meets what we could read; part of the list is missing."),
    open_refusal=N_(
        "The document refuses this for %(conditions)s. It does not say whether for this "
        "patient too."
    ),
    plans_duty=N_("The rule binds the plan, and sets nothing for the patient to meet."),
    nothing_settled=N_(
        "It is not known yet whether the patient qualifies: nothing in the list is settled."
    ),
    refused_for=N_("The plan's written rule does not cover this for %(conditions)s."),
    other_list=N_(
        "The patient does not appear to meet the list for %(conditions)s. The document has "
        "another list, and whether it is for this patient is not known."
    ),
    other_unread=N_(
        "The patient does not appear to meet the list for %(conditions)s. The document has "
        "another list for this patient, and we could not read its answer."
    ),
    only_a_rule=N_("We hold no document from the plan itself, only a rule of its program."),
    rule_unread=N_(
        "We hold no document from the plan itself. A rule of its program deals with this, "
        "but we could not read its answer."
    ),
    own_is_silent=N_(
        "The plan's own document says nothing about this, but a rule of its program does."
    ),
    disagreement=N_("The documents that apply to the plan disagree."),
    who_settles=phrases.WHO_SETTLES,
    both=N_("the patient and the clinician"),
    my_plan=N_("the plan of the person I am calling for"),
)

TO_CLINIC = replace(
    TO_ANOTHER,
    who_settles={**phrases.WHO_SETTLES, SettledBy.YOU: N_("The patient can say")},
    my_plan=N_("our patient's plan"),
)


def voice_for(asker: Asker | None) -> Voice:
    """The voice for whoever asks; without a word on it, we take it to be the patient."""
    if asker is Asker.CLINIC:
        return TO_CLINIC
    return TO_PATIENT if asker in (Asker.PATIENT, None) else TO_ANOTHER
