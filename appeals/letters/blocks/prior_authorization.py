"""The request before treatment: the order on one sheet, the rule as a checklist, and a call."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.arguments import EnclosureId
from appeals.letters.blocks.charted import answered, strongest_fact, suicidality_limit
from appeals.letters.blocks.parts import Writer, as_written, upper_first
from appeals.letters.blocks.rule import TO_THE_PLAN, rule_table
from appeals.letters.content import Basis, Element, Facts, Origin, Paragraph, Sentence, Told
from appeals.letters.draft import Draft
from appeals.letters.saying import Words, line, say

# The rows of the order in the order of a plan's form: the fact, and how it is called.
ORDER = {
    "dose": N_("Dose"),
    "frequency": N_("How often"),
    "sessions": N_("Number of sessions"),
    "starts_on": N_("Start"),
    "site_name": N_("Site"),
    "codes": N_("Codes"),
    "units": N_("Units"),
    "benefit_side": N_("Benefit"),
    "clinician_npi": N_("NPI, ordering"),
    "treating_npi": N_("NPI, treating"),
}
# What finds the member; the codes stand in the order.
REFERENCE = {
    "patient_born_on": N_("Date of birth"),
    "member_id": N_("Member ID"),
    "group_number": N_("Group number"),
}


def reference(draft: Draft) -> Iterator[Element]:
    """What finds the member."""
    rows: list[tuple[str, Words]] = [(_("Patient"), draft.patient)]
    for name, label in REFERENCE.items():
        words = draft.wanted(name)
        if words is not None:
            rows.append((_(label), words))
    yield Facts(tuple((label, line(words)) for label, words in rows))


def request(draft: Draft) -> Iterator[Element]:
    """What is to be authorized, the strongest fact, and what goes with it."""
    sentences = [
        say(
            _("Please authorize %(treatment)s for %(patient)s, who has %(condition)s."),
            treatment=draft.treatment,
            patient=draft.patient,
            condition=draft.condition,
        ),
    ]
    fact = strongest_fact(draft)
    if fact is not None:
        sentences.append(fact)
    sentences.extend(suicidality_limit(draft))
    sentences.append(_about_form(draft))
    sentences.append(
        say(
            _("The letter of medical necessity is enclosed (%(paper)s)."),
            paper=draft.enclosure(EnclosureId.LETTER_OF_MEDICAL_NECESSITY),
        )
    )
    yield Paragraph(tuple(sentences))


def _about_form(draft: Draft) -> Sentence:
    """The plan's form by its number where it is enclosed; else that it may be sent."""
    if EnclosureId.PLAN_REQUEST_FORM not in draft.case.enclosures:
        return draft.form(_("If you want your own request form filled in, please send it."))
    paper = draft.enclosure(EnclosureId.PLAN_REQUEST_FORM)
    return say(_("This page goes with the plan's own request form (%(paper)s)."), paper=paper)


def order(draft: Draft) -> Iterator[Element]:
    """The order as a plan's form asks for it: what, how much, when, where, and by whom."""
    rows: list[tuple[str, Words]] = [
        (_("Treatment"), _upper(draft.treatment)),
        (_("Diagnosis"), _upper(draft.diagnosis)),
        *((_(label), draft.fact(name)) for name, label in ORDER.items()),
        (_("New or continuing"), _upper(answered(draft, "request_phase") or draft.fact("phase"))),
    ]
    yield Facts(tuple((label, line(words)) for label, words in rows))


def _upper(words: Words) -> Words:
    """The words as they begin a line."""
    return Told(upper_first(words.text), words.rests_on) if isinstance(words, Told) else words


def urgency(draft: Draft) -> Iterator[Element]:
    """That it is urgent, only with what the chart says of waiting."""
    if draft.known("delay_risk") is None and not draft.case.is_expedited:
        return
    yield Paragraph(
        (
            say(
                _(
                    "Please decide this as an expedited request: waiting the ordinary time could "
                    "seriously jeopardize life, health or the ability to regain maximum function."
                ),
                Basis(Origin.FACT, "delay_risk"),
            ),
        )
    )
    yield from as_written(draft.fact("delay_risk"))


def checklist(draft: Draft) -> Iterator[Element]:
    """The rule as a checklist; without a list, the request for the one that applies."""
    table = tuple(rule_table(draft, TO_THE_PLAN))
    if table:
        yield from table
        return
    yield Paragraph(
        (
            draft.form(
                _(
                    "No list of requirements for this treatment was at hand. Please send the one "
                    "that applies, with its date, so that each point can be answered."
                )
            ),
        )
    )


def call(draft: Draft) -> Iterator[Element]:
    """Whom to call before a refusal, and when."""
    yield Paragraph(
        (
            say(
                _(
                    "Before any refusal, please call %(clinician)s at %(phone)s. Times for a call: "
                    "%(times)s."
                ),
                clinician=draft.fact("clinician_name"),
                phone=draft.fact("call_phone"),
                times=draft.fact("call_times"),
            ),
        )
    )


def next_steps(draft: Draft) -> Iterator[Element]:
    """The decision in writing, and of a refusal the point that it rests on."""
    texts = (
        _("Please send the decision in writing, with the authorization number."),
        _(
            "If any part is refused, please name the point of the rule that is not met and send "
            "the rule."
        ),
        _("Please confirm in writing that each enclosure listed below reached the reviewer."),
    )
    yield Paragraph(tuple(map(draft.form, texts)))


KIND = "prior_authorization"
BLOCKS: dict[str, Writer] = {
    f"{KIND}.reference": reference,
    f"{KIND}.request": request,
    "order": order,
    "urgency": urgency,
    f"{KIND}.criteria": checklist,
    "call": call,
    f"{KIND}.next_steps": next_steps,
}
