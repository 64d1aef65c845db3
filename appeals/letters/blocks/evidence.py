"""What has been published, for the same condition and treatment, and what points the other way."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.evidence import (
    Kind,
    Study,
    evidence_for,
    finding_for_letter,
    limit_for_letter,
    must_meet,
    studies,
)
from appeals.law.answers import MAYBE_ON_LABEL, ON_LABEL
from appeals.law.arguments import EnclosureId
from appeals.letters.blocks.parts import Writer
from appeals.letters.content import Basis, Element, Items, Origin, Paragraph, Sentence, Told
from appeals.letters.draft import Draft
from appeals.letters.saying import say
from policies import terms
from policies.language import said
from policies.situation import Treatment

FEWEST = 2
# A clinician carries the evidence; others name it and leave room for life and function.
MOST_OF_A_CLINICIAN, MOST_OF_OTHERS = 4, 2
DEPRESSION = "depression"
SPRAVATO, KETALAR, COMPOUNDED = "label_spravato", "label_ketalar", "fda_compounded_2023"
LABEL_OF_ESKETAMINE = N_(
    "The label of esketamine names treatment-resistant depression and depression with acute "
    "suicidal ideation or behavior."
)
# How each treatment stands to its label, and the record that says so.
OFF_LABEL = {
    Treatment.IV_KETAMINE: (
        N_("Ketamine is FDA-approved for anesthesia only, so its use here is off-label."),
        KETALAR,
    ),
    Treatment.IM_SC_KETAMINE: (
        N_("Ketamine is FDA-approved for anesthesia only, so its use here is off-label."),
        KETALAR,
    ),
    Treatment.ESKETAMINE_NASAL: (
        N_(
            "The label of esketamine names treatment-resistant depression and depression with "
            "acute suicidal ideation or behavior, so its use here is off-label."
        ),
        SPRAVATO,
    ),
    Treatment.INTRANASAL_COMPOUNDED_KETAMINE: (
        N_("Compounded ketamine is not FDA-approved for any use."),
        COMPOUNDED,
    ),
    Treatment.ORAL_KETAMINE: (
        N_("Compounded ketamine is not FDA-approved for any use."),
        COMPOUNDED,
    ),
}


def evidence(draft: Draft) -> Iterator[Element]:
    """How the use stands to the label, two to four records with their limits, and the contrary."""
    condition, treatment = draft.case.condition, draft.case.treatment
    if condition is None or treatment is None:
        return
    yield Paragraph(tuple(standing_to_label(draft, condition, treatment)))
    against = _to_meet(draft, condition, treatment)
    found = [
        one
        for one in _for_the_request(draft, condition, treatment)
        if one.id != SPRAVATO and one not in against
    ]
    if found:
        yield Items(tuple(tuple(_cited(one, condition, draft)) for one in found))
    if against:
        yield Paragraph((_weighed(draft), *(_met(one) for one in against)))
    if found and EnclosureId.LITERATURE in draft.case.enclosures:
        paper = draft.enclosure(EnclosureId.LITERATURE)
        yield Paragraph((say(_("Copies are enclosed (%(paper)s)."), paper=paper),))


def _to_meet(draft: Draft, condition: str, treatment: Treatment) -> tuple[Study, ...]:
    """What points the other way and has to be met in the text.

    A clinician meets all of it. Who else signs meets the first, where treatment goes on or is for
    pain or PTSD; the rest stands on the page beside the letter.
    """
    found = must_meet(
        condition=condition, treatment=treatment, is_continuation=draft.case.is_continuing
    )
    if draft.is_clinician:
        return found
    is_depression = DEPRESSION in terms.wider_conditions(condition)
    return found[:1] if draft.case.is_continuing or not is_depression else ()


def _for_the_request(draft: Draft, condition: str, treatment: Treatment) -> tuple[Study, ...]:
    """The records that answer the reasons; where none does, those that fit best."""
    most = MOST_OF_A_CLINICIAN if draft.is_clinician else MOST_OF_OTHERS
    return evidence_for(
        condition=condition, treatment=treatment, reasons=draft.case.reasons, most=most
    ) or evidence_for(condition=condition, treatment=treatment, most=FEWEST)


def _weighed(draft: Draft) -> Sentence:
    """Why a letter names what speaks against it."""
    return draft.form(
        _("Not every finding agrees; please weigh this against my record:")
        if draft.is_first_person
        else _("Not every finding agrees; please weigh this against the record of this patient:")
    )


def standing_to_label(draft: Draft, condition: str, treatment: Treatment) -> Iterator[Sentence]:
    """Whether the label names this use, in the words of the record that was read."""
    if treatment is Treatment.ESKETAMINE_NASAL and condition in ON_LABEL:
        yield from _cited(studies()[SPRAVATO], condition, draft)
        return
    text, record = OFF_LABEL[treatment]
    if treatment is Treatment.ESKETAMINE_NASAL and condition in MAYBE_ON_LABEL:
        # A chart that says no more may turn out to mean what the label names.
        text = LABEL_OF_ESKETAMINE
    if condition in studies()[record].conditions and studies()[record].kind is Kind.LABEL:
        return
    yield say(_(text), Basis(Origin.STUDY, record))
    yield draft.form(
        _("This request rests on my record and on what is published.")
        if draft.is_first_person
        else _("This request rests on the record of this patient and on what is published.")
    )


def _cited(study: Study, condition: str, draft: Draft) -> Iterator[Sentence]:
    """One finding, its limit, and where it was published; figures are for a clinician to carry."""
    treatment = draft.case.treatment
    if treatment is None:
        return
    basis = (Basis(Origin.STUDY, study.id),)
    finding = finding_for_letter(
        study, condition=condition, treatment=treatment, is_plain=not draft.is_clinician
    )
    limit = limit_for_letter(study, condition=condition, treatment=treatment)
    yield say("%(finding)s", finding=Told(said(finding), basis))
    yield say("%(limit)s", limit=Told(said(limit), basis))
    yield say("(%(citation)s)", citation=Told(study.short_citation, basis))


def _met(study: Study) -> Sentence:
    """A record that points the other way, as the letter meets it."""
    if study.meets is None:
        raise ValueError(f"{study.id} has no words to meet it with")
    basis = (Basis(Origin.STUDY, study.id),)
    return say(
        "%(text)s (%(citation)s)",
        text=Told(said(study.meets.text), basis),
        citation=Told(study.short_citation, basis),
    )


BLOCKS: dict[str, Writer] = {"evidence": evidence}
