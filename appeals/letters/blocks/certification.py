"""What only a physician certifies: the page for experimental treatment, and a fast decision."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.law.external_review import external_review_for
from appeals.law.external_review_data import Limb, StateTrack, Track, review_data
from appeals.law.reasons import ReasonId
from appeals.law.state_reviews import READ_ITSELF
from appeals.letters.blocks.charted import suicidality_limit
from appeals.letters.blocks.parts import Writer, lines_of
from appeals.letters.content import (
    Basis,
    Boxes,
    Element,
    Facts,
    Gap,
    Lines,
    Origin,
    Paragraph,
    Sentence,
    Signature,
    Told,
)
from appeals.letters.draft import Draft
from appeals.letters.saying import Words, line, say
from policies import terms
from policies.language import said

BLANK = "_" * 48


def has_certification(draft: Draft) -> bool:
    """Whether the denial is as experimental, and the plan's outside review has the track for it."""
    return _track(draft) is not None


def _track(draft: Draft) -> tuple[Track, StateTrack] | None:
    """The track, with what the state says of it; it has to be one under all plans still open."""
    reason = ReasonId.EXPERIMENTAL_INVESTIGATIONAL
    if reason not in draft.case.reasons:
        return None
    reaches = [external_review_for((reason,), one) for one in draft.case.circumstances]
    tracks = [one.state_track for one in reaches]
    of_state = tracks[0] if tracks else None
    if of_state is None or any(one != of_state for one in tracks):
        return None
    return review_data().track, of_state


def certification(draft: Draft) -> Iterator[Element]:
    """The page for the physician: a box for each limb, none of them marked."""
    found = _track(draft)
    if found is None:
        return
    track, of_state = found
    yield Paragraph(
        (
            draft.form(_("Only the treating physician fills in this page, from the chart.")),
            draft.form(_("No box is marked in advance; leave open what the chart does not show.")),
        )
    )
    yield Facts(tuple((label, line(words)) for label, words in _about(draft)))
    yield from _boxes(draft, _("Of standard treatment, I certify (one or more):"), track.one_of)
    yield from _boxes(draft, _("I certify as well:"), track.and_also)
    yield from _boxes(draft, _("Only for a fast review, I certify:"), track.for_a_fast_review)
    if of_state.grade in READ_ITSELF:
        yield from _of_state(draft, of_state)
    yield _signature(draft)


def _about(draft: Draft) -> Iterator[tuple[str, Words]]:
    yield _("Patient"), draft.patient
    yield _("Claim or authorization number"), draft.fact("reference_number")
    yield _("Treatment"), draft.treatment
    diagnosis = draft.diagnosis
    yield _("Diagnosis"), draft.condition if isinstance(diagnosis, Gap) else diagnosis


def _boxes(draft: Draft, lead: str, limbs: tuple[Limb, ...], *rests_on: Basis) -> Iterator[Element]:
    """Boxes to mark, each with room for the entry of the chart that bears it out."""
    yield Lines((draft.form(lead),), is_strong=True)
    # The words and the line to write on stay on one line.
    words = _("Chart entry and date: %(blank)s") % {"blank": BLANK}
    room = draft.form(words.replace(" ", "\N{NO-BREAK SPACE}"))
    basis = rests_on or (Basis(Origin.FORM, draft.case.kind),)
    yield Boxes(tuple((line(Told(said(one.text), basis)), room) for one in limbs))


def _of_state(draft: Draft, track: StateTrack) -> Iterator[Element]:
    """What that state asks besides, as far as it was read."""
    basis = (Basis(Origin.LAW, f"external_review.{track.state}"),)
    state = Told(terms.states()[track.state], basis)
    cited = Told("; ".join(map(said, track.citations)), basis)
    sentences = [say(_("For %(state)s, this was read: %(cited)s."), state=state, cited=cited)]
    if track.in_letter:
        sentences.append(say("%(text)s", text=Told(said(track.in_letter), basis)))
    yield Paragraph(tuple(sentences))
    if track.limbs:
        lead = _("In that state I certify as well (one or more):")
        yield from _boxes(draft, lead, track.limbs, *basis)


def _signature(draft: Draft) -> Signature:
    """The physician's own line; who that is stands beneath it."""
    lines: list[Sentence] = [line(draft.fact("clinician_name"))]
    specialty, npi = draft.known("clinician_specialty"), draft.known("clinician_npi")
    if specialty is not None:
        lines.append(line(specialty))
    if npi is not None:
        lines.append(say(_("NPI %(npi)s"), npi=npi))
    return Signature(tuple(lines))


def expedited_statement(draft: Draft) -> Iterator[Element]:
    """Who certifies, the standard in its own words, and what the chart says of waiting."""
    diagnosis = draft.diagnosis
    yield Paragraph(
        (
            say(
                _(
                    "I treat %(patient)s for %(diagnosis)s and ask for an expedited decision on "
                    "%(treatment)s."
                ),
                patient=draft.patient,
                diagnosis=draft.condition if isinstance(diagnosis, Gap) else diagnosis,
                treatment=draft.treatment,
            ),
            say(
                _(
                    "I certify that waiting the ordinary time for that decision could seriously "
                    "jeopardize the life or health of %(patient)s or the ability to regain "
                    "maximum function."
                ),
                Basis(Origin.FACT, "delay_risk"),
                patient=draft.patient,
            ),
            *lines_of(draft.fact("delay_risk")),
            *suicidality_limit(draft),
        )
    )


def signed(draft: Draft) -> Iterator[Element]:
    """The signature alone: a certification greets nobody."""
    yield _signature(draft)


def fast_reference(draft: Draft) -> Iterator[Element]:
    """What finds the request at once, and no more: a certification is one page."""
    names = {
        "patient_born_on": _("Date of birth"),
        "member_id": _("Member ID"),
        "reference_number": _("Claim or authorization number"),
    }
    found = [(label, draft.wanted(name)) for name, label in names.items()]
    rows = [(_("Patient"), draft.patient), *((label, one) for label, one in found if one)]
    yield Facts(tuple((label, line(words)) for label, words in rows))


KIND = "expedited_certification"
BLOCKS: dict[str, Writer] = {
    "certification": certification,
    f"{KIND}.reference": fast_reference,
    "expedited_statement": expedited_statement,
    f"{KIND}.closing": signed,
}
