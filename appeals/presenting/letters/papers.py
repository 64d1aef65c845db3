"""The papers that may go with a letter, each with what it proves, the useful ones first."""

from dataclasses import dataclass

from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.forms.letters import PapersForm
from appeals.law.answers import answers_to
from appeals.law.arguments import EnclosureId, argument_data
from appeals.letters import LetterCase, kind_plan
from appeals.letters.content import LetterContent
from appeals.letters.kinds import Voice
from policies.language import said
from policies.situation import Treatment

# What a reviewer sees from it; a paper proves no more than what it prints.
PROVES = {
    EnclosureId.DENIAL_NOTICE: N_("What was refused, when, and for which reason."),
    EnclosureId.PLAN_CRITERIA: N_("The rule that the request is held against."),
    EnclosureId.LETTER_OF_MEDICAL_NECESSITY: N_(
        "The clinician's own account of why this treatment."
    ),
    EnclosureId.TREATMENT_HISTORY_TABLE: N_(
        "Which treatments were tried, how long, at which dose."
    ),
    EnclosureId.RATING_SCALES: N_("How severe it is, and how it changed."),
    EnclosureId.CHART_NOTES: N_("The diagnosis, the course and the treatment, as charted."),
    EnclosureId.MED_LIST_PDMP: N_("Which medicines were filled, and when."),
    EnclosureId.LITERATURE: N_("The studies that the letter names, in full."),
    EnclosureId.GUIDELINE: N_("What a medical society has put in writing."),
    EnclosureId.PHYSICIAN_CERTIFICATION: N_("What a doctor certifies, signed."),
    EnclosureId.AUTHORIZATION_PROOF: N_("That the plan had said yes, or was asked."),
    EnclosureId.REMITTANCE: N_("How the claim was handled, with its codes."),
    EnclosureId.CORRECTED_CLAIM: N_("The claim as it should have been."),
    EnclosureId.ITEMIZED_BILL: N_("What was given, when, and what was charged for it."),
    EnclosureId.NETWORK_SEARCH_LOG: N_("That nobody in the network could give the treatment."),
    EnclosureId.REMS_ENROLLMENT: N_("That the clinic and the patient are enrolled."),
    EnclosureId.SAFETY_MONITORING_PLAN: N_("How the patient is watched during and after it."),
    EnclosureId.PLAN_DOCUMENT_PAGES: N_("The plan's own words on what it covers."),
    EnclosureId.REPRESENTATIVE_FORM: N_("That you may act for the patient."),
    EnclosureId.TIMELY_FILING_PROOF: N_("That it was sent in time."),
    EnclosureId.PARITY_REQUEST: N_("That the comparative analysis was asked for."),
    EnclosureId.PLAN_REQUEST_FORM: N_("What the plan wants to know on its own form."),
}


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper to mark, and what it proves."""

    choice: BoundWidget
    proves: str


@dataclass(frozen=True, slots=True)
class FileView:
    """An enclosure of the finished letter, and the field that takes its files."""

    number: int
    id: str
    label: str

    @property
    def field(self) -> str:
        return f"file-{self.id}"


def useful_papers(case: LetterCase) -> tuple[EnclosureId, ...]:
    """The papers of this kind of letter, and those that answer the reasons of the denial."""
    found = [*kind_plan(case.kind).enclosures]
    if case.voice is Voice.REPRESENTATIVE:
        found.append(EnclosureId.REPRESENTATIVE_FORM)
    for reason in case.reasons:
        for circumstances in case.circumstances:
            found += [one.id for one in answers_to(reason, circumstances).enclosures]
    if not case.reasons:
        found += [EnclosureId.CHART_NOTES, EnclosureId.RATING_SCALES]
    return tuple(dict.fromkeys(found))


def other_papers(case: LetterCase) -> tuple[EnclosureId, ...]:
    """All others that may stand in a letter about this treatment."""
    useful = useful_papers(case)
    is_esketamine = case.treatment is Treatment.ESKETAMINE_NASAL
    return tuple(
        one
        for one in argument_data().enclosures
        if one not in useful and (is_esketamine or one is not EnclosureId.REMS_ENROLLMENT)
    )


def present_papers(form: PapersForm, papers: tuple[EnclosureId, ...]) -> tuple[PaperView, ...]:
    """The choices of some papers."""
    choices = {str(one.data["value"]): one for one in form["papers"].subwidgets}
    return tuple(PaperView(choices[one], _(PROVES[one])) for one in papers)


def present_files(content: LetterContent) -> tuple[FileView, ...]:
    """The enclosures of a letter by number, as the person knows them."""
    known = argument_data().enclosures
    return tuple(
        FileView(one.number, one.id, said(known[EnclosureId(one.id)].label))
        for one in content.enclosures
    )
