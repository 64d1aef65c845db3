"""What has been published, for the same condition and treatment, and what points the other way."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.evidence import (
    Study,
    evidence_for,
    finding_for_letter,
    limit_for_letter,
    must_meet,
    studies,
)
from appeals.law.answers import ON_LABEL
from appeals.law.arguments import EnclosureId
from appeals.letters.blocks.parts import Writer
from appeals.letters.content import Basis, Element, Items, Origin, Paragraph, Sentence, Told
from appeals.letters.draft import Draft
from appeals.letters.saying import say
from policies.language import said
from policies.situation import Treatment

# A clinician carries the evidence; others name it and leave room for life and function.
MOST_OF_A_CLINICIAN, MOST_OF_OTHERS = 4, 2
SPRAVATO, KETALAR, COMPOUNDED = "label_spravato", "label_ketalar", "fda_compounded_2023"
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
    against = must_meet(
        condition=condition, treatment=treatment, is_continuation=draft.case.is_continuing
    )
    most = MOST_OF_A_CLINICIAN if draft.is_clinician else MOST_OF_OTHERS
    found = [
        one
        for one in evidence_for(
            condition=condition, treatment=treatment, reasons=draft.case.reasons, most=most
        )
        if one.id != SPRAVATO and one not in against
    ]
    if found:
        yield Items(tuple(tuple(_cited(one, condition, treatment)) for one in found))
    if against:
        yield Paragraph(tuple(_met(one) for one in against))
    if found and EnclosureId.LITERATURE in draft.case.enclosures:
        paper = draft.enclosure(EnclosureId.LITERATURE)
        yield Paragraph((say(_("Copies are enclosed (%(paper)s)."), paper=paper),))


def standing_to_label(draft: Draft, condition: str, treatment: Treatment) -> Iterator[Sentence]:
    """Whether the label names this use, in the words of the record that was read."""
    if treatment is Treatment.ESKETAMINE_NASAL and condition in ON_LABEL:
        label = studies()[SPRAVATO]
        yield from _cited(label, condition, treatment)
        return
    text, record = OFF_LABEL[treatment]
    yield say(_(text), Basis(Origin.STUDY, record))
    yield draft.form(
        _("This request rests on my record and on what is published.")
        if draft.is_first_person
        else _("This request rests on the record of this patient and on what is published.")
    )


def _cited(study: Study, condition: str, treatment: Treatment) -> Iterator[Sentence]:
    """One finding, its limit, and where it was published."""
    basis = (Basis(Origin.STUDY, study.id),)
    finding = finding_for_letter(study, condition=condition, treatment=treatment)
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
