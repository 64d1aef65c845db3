"""Letters about bills: what was done when, under which code, and what proves it; no medicine."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.law.arguments import EnclosureId
from appeals.letters.blocks import opening
from appeals.letters.blocks.parts import Writer, as_written
from appeals.letters.blocks.plain import answer_in_writing
from appeals.letters.content import (
    Basis,
    Element,
    Facts,
    Gap,
    Origin,
    Paragraph,
    Sentence,
    Table,
    Told,
)
from appeals.letters.draft import Draft
from appeals.letters.kinds import LetterKind
from appeals.letters.saying import Words, line, listed, say
from policies.situation import Treatment

# HCPCS codes of esketamine and of the visits in which it is given, as the policies held here
# print them; J0013 took the place of S0013 in 2026.
OF_ESKETAMINE = frozenset({"G2082", "G2083", "S0013", "J0013"})
CODE = re.compile(r"\b[A-Z]\d{4}\b")
# These set out the codes themselves, so that none of before stands above them.
SHOW_CODES_BELOW = (LetterKind.CORRECTED_CLAIM, LetterKind.OUT_OF_NETWORK_CLAIM)
# What proves a date or an authorization, where it is on hand.
PROOF = (EnclosureId.AUTHORIZATION_PROOF, EnclosureId.TIMELY_FILING_PROOF)


def codes(draft: Draft) -> Words:
    """The codes; those of esketamine leave a gap where another treatment was given."""
    told = draft.fact("codes")
    treatment = draft.case.treatment
    if isinstance(told, Gap) or treatment in (None, Treatment.ESKETAMINE_NASAL):
        return told
    if OF_ESKETAMINE & set(CODE.findall(told.text.upper())):
        return Gap("codes", _("codes of the treatment that was given, not those of esketamine"))
    return told


def reference(draft: Draft) -> Iterator[Element]:
    """The reference block, with no code that belongs to another treatment."""
    label = _(opening.REFERENCE["codes"])
    for element in opening.reference(draft):
        if not isinstance(element, Facts):
            yield element
            continue
        yield Facts(
            tuple(
                (name, line(codes(draft)) if name == label else words)
                for name, words in element.rows
                if name != label or draft.case.kind not in SHOW_CODES_BELOW
            )
        )


def retrospective_request(draft: Draft) -> Iterator[Element]:
    """Authorize after the fact, and work on the claim again."""
    words = {
        "treatment": draft.treatment,
        "service": draft.fact("service_on"),
        "number": draft.fact("reference_number"),
    }
    sentences = [
        draft.by_voice(
            _(
                "Please authorize, after the fact, %(treatment)s given to me on %(service)s, and "
                "process claim %(number)s again."
            ),
            _(
                "Please authorize, after the fact, %(treatment)s given to %(patient)s on "
                "%(service)s, and process claim %(number)s again."
            ),
            **words,
        )
    ]
    notice = draft.known("notice_on")
    if notice is not None:
        paper = draft.enclosure(EnclosureId.DENIAL_NOTICE)
        sentences.append(
            say(_("Your notice of %(notice)s is enclosed (%(paper)s)."), notice=notice, paper=paper)
        )
    yield Paragraph(tuple(sentences))


def timing(draft: Draft) -> Iterator[Element]:
    """Why there was no authorization in time, and the number of one that there is."""
    yield from as_written(draft.fact("authorization_reason"))
    number = draft.known("authorization_number")
    if number is not None:
        yield Paragraph((say(_("The authorization has the number %(number)s."), number=number),))


def timing_proof(draft: Draft) -> Iterator[Element]:
    """What proves it, and the papers by number."""
    yield from as_written(draft.fact("proof"))
    papers = [draft.enclosure(one) for one in PROOF if one in draft.case.enclosures]
    named = [one for one in papers if isinstance(one, Told)]
    if named:
        yield Paragraph((say(_("It is enclosed (%(papers)s)."), papers=listed(named)),))


def correction_text(draft: Draft) -> Iterator[Element]:
    """The corrected claim in place of the first, what changed, and the papers beside it."""
    yield Paragraph(
        (
            say(
                _(
                    "Please process the corrected claim (%(paper)s) in place of claim %(number)s "
                    "for services of %(service)s to %(patient)s."
                ),
                paper=draft.enclosure(EnclosureId.CORRECTED_CLAIM),
                number=draft.fact("reference_number"),
                service=draft.fact("service_on"),
                patient=draft.patient,
            ),
        )
    )
    yield Paragraph((draft.form(_("What is corrected:")),))
    yield from as_written(draft.fact("correction"))
    rows = [(_("Codes on the corrected claim"), codes(draft))]
    for name, label in (("units", _("Units")), ("place_of_service", _("Place of service"))):
        told = draft.known(name)
        if told is not None:
            rows.append((label, told))
    yield Facts(tuple((label, line(words)) for label, words in rows))
    yield Paragraph(
        (
            say(
                _(
                    "The remittance advice for the first claim (%(remittance)s) and the itemized "
                    "bill (%(bill)s) are enclosed."
                ),
                remittance=draft.enclosure(EnclosureId.REMITTANCE),
                bill=draft.enclosure(EnclosureId.ITEMIZED_BILL),
            ),
        )
    )


def after_correction(draft: Draft) -> Iterator[Element]:
    """A new remittance advice, and whom to call."""
    yield Paragraph(
        (
            draft.form(_("Please send a new remittance advice.")),
            draft.form(_("If any part is not paid, please give the reason and say how to appeal.")),
            say(
                _("Questions go to %(clinician)s, %(phone)s."),
                clinician=draft.fact("clinician_name"),
                phone=draft.fact("clinician_phone"),
            ),
        )
    )


def claim_request(draft: Draft) -> Iterator[Element]:
    """A bill that was paid, to be put to whatever the plan pays outside its network."""
    site = draft.known("site_name")
    words = {
        "treatment": draft.treatment,
        "service": draft.fact("service_on"),
        "amount": draft.fact("amount_paid"),
        "paper": draft.enclosure(EnclosureId.ITEMIZED_BILL),
    }
    yield Paragraph(
        (
            say(
                _(
                    "Please process this claim under any benefits that the plan has for care "
                    "outside its network."
                ),
                Basis(Origin.FORM, draft.case.kind),
            ),
            _paid(draft, words, site),
        )
    )


def _paid(draft: Draft, words: dict[str, Words], site: Told | None) -> Sentence:
    if site is not None:
        return draft.by_voice(
            _(
                "I paid %(amount)s for %(treatment)s on %(service)s at %(site)s; the bill is "
                "enclosed (%(paper)s)."
            ),
            _(
                "%(amount)s was paid for %(treatment)s, given to %(patient)s on %(service)s at "
                "%(site)s; the bill is enclosed (%(paper)s)."
            ),
            site=site,
            **words,
        )
    return draft.by_voice(
        _("I paid %(amount)s for %(treatment)s on %(service)s; the bill is enclosed (%(paper)s)."),
        _(
            "%(amount)s was paid for %(treatment)s, given to %(patient)s on %(service)s; the bill "
            "is enclosed (%(paper)s)."
        ),
        **words,
    )


def superbill(draft: Draft) -> Iterator[Element]:
    """Each thing that a claim of this kind needs, beside what the bill shows."""
    rows: tuple[tuple[str, Words], ...] = (
        (_("Patient's name"), draft.patient),
        (_("Patient's date of birth"), draft.fact("patient_born_on")),
        (_("Clinician's name"), draft.fact("clinician_name")),
        (_("Clinician's license"), draft.fact("provider_license")),
        (_("Clinician's NPI"), draft.fact("clinician_npi")),
        (_("Tax ID"), draft.fact("provider_tax_id")),
        (_("Dates of service"), draft.fact("service_on")),
        (_("Procedure and drug codes"), codes(draft)),
        (_("Diagnosis with its ICD code"), draft.diagnosis),
        (_("Place of service"), draft.fact("place_of_service")),
        (_("Units"), draft.fact("units")),
        (_("Amount paid"), draft.fact("amount_paid")),
    )
    yield Table(
        (_("What a claim needs"), _("What the bill shows")),
        tuple(((draft.form(label),), (line(words),)) for label, words in rows),
    )


def claim_terms(draft: Draft) -> Iterator[Element]:
    """To whom it is paid, and what it counts toward."""
    sentences = [
        draft.by_voice(
            _("The bill is paid, so please send the payment to me."),
            _("The bill is paid, so please send the payment to %(patient)s."),
            Basis(Origin.FORM, draft.case.kind),
        ),
        draft.form(
            _("Please count it toward any deductible and any limit for care outside the network.")
        ),
    ]
    number = draft.known("authorization_number")
    if number is not None:
        sentences.append(say(_("The authorization has the number %(number)s."), number=number))
    yield Paragraph(tuple(sentences))


BLOCKS: dict[str, Writer] = {
    "retrospective_authorization.reference": reference,
    "corrected_claim.reference": reference,
    "out_of_network_claim.reference": reference,
    "network_gap.reference": reference,
    "retrospective_request": retrospective_request,
    "timing": timing,
    "timing_proof": timing_proof,
    "retrospective_authorization.next_steps": answer_in_writing,
    "correction_text": correction_text,
    "corrected_claim.next_steps": after_correction,
    "claim_request": claim_request,
    "superbill": superbill,
    "claim_terms": claim_terms,
    "out_of_network_claim.next_steps": answer_in_writing,
}
