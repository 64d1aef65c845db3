"""The exception to step therapy: what was tried, what does not fit, and the law that binds."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.law.reasons import ReasonId
from appeals.law.state_reviews import READ_ITSELF
from appeals.law.step_therapy import StepTherapyLaw, law_for
from appeals.letters.blocks.charted import suicidality_limit
from appeals.letters.blocks.clinical import rule
from appeals.letters.blocks.parts import Writer, as_written, ordered
from appeals.letters.blocks.record import tried
from appeals.letters.content import Basis, Element, Items, Origin, Paragraph, Sentence, Told
from appeals.letters.demands import demands
from appeals.letters.draft import Draft
from appeals.letters.saying import say
from appeals.letters.trials import failed_trials
from policies import terms
from policies.language import said

# What goes with a request that is no appeal.
OF_AN_EXCEPTION = ("criteria", "prior_authorization_reason")


def request(draft: Draft) -> Iterator[Element]:
    """The exception that is asked for, and how much was tried."""
    words = {"order": ordered(draft), "condition": draft.condition}
    sentences = [
        draft.by_voice(
            _(
                "I ask for an exception to step therapy. Please cover %(order)s, for my "
                "%(condition)s, without another treatment first."
            ),
            _(
                "I ask for an exception to step therapy for %(patient)s. Please cover %(order)s, "
                "for %(condition)s, without another treatment first."
            ),
            **words,
        )
    ]
    fact = failed_trials(draft)
    if fact is not None:
        sentences.append(fact)
    yield Paragraph(tuple(sentences))


def alternatives(draft: Draft) -> Iterator[Element]:
    """What the plan wants first, and why it does not fit, as the chart has it."""
    yield Paragraph(
        (
            say(
                _("The plan wants this tried first: %(first)s."),
                first=draft.fact("plan_prefers"),
            ),
        )
    )
    yield from as_written(draft.fact("alternatives"))
    limit = tuple(suicidality_limit(draft))
    if limit:
        yield Paragraph(limit)


def step_law(draft: Draft) -> Iterator[Element]:
    """The state's law where it was read and binds this plan, point by point."""
    law = binding_law(draft)
    if law is None:
        return
    basis = Basis(Origin.LAW, f"step_therapy.{law.state}")
    points = tuple(_points(law, basis))
    if not points:
        return
    state = Told(terms.states()[law.state], (basis,))
    lead = _("An insurer sells this plan, and the law of %(state)s on exceptions binds it. In sum:")
    yield Paragraph((say(lead, state=state),))
    yield Items(tuple((one,) for one in points))
    if law.covers_medical_benefit:
        last = _("Please decide this request under that law.")
    else:
        last = _(
            "Please decide this request under that law, or say why it does not reach a drug that "
            "a clinic gives."
        )
    yield Paragraph((say(last, basis),))


def _points(law: StepTherapyLaw, basis: Basis) -> Iterator[Sentence]:
    for part in law.parts:
        if part.in_letter:
            text, citation = Told(said(part.in_letter), (basis,)), Told(part.citation, (basis,))
            yield say(_("%(text)s (%(citation)s)."), text=text, citation=citation)


def binding_law(draft: Draft) -> StepTherapyLaw | None:
    """The one law that binds under every plan still open and was read itself, lately enough.

    A denial as experimental is answered by no law on step therapy.
    """
    case = draft.case
    if ReasonId.EXPERIMENTAL_INVESTIGATIONAL in case.reasons:
        return None
    found = {law_for(one) for one in case.circumstances}
    law = found.pop() if len(found) == 1 else None
    if law is None or law.grade not in READ_ITSELF or law.is_stale(case.on):
        return None
    return law


def demands_made(draft: Draft) -> Iterator[Element]:
    """The rule that was used, and that the papers arrived."""
    found = demands(draft.case, OF_AN_EXCEPTION) or (
        draft.form(_("Please send the rule on step therapy that was used, with its date.")),
    )
    confirm = draft.form(
        _("Please confirm in writing that each enclosure listed below reached the reviewer.")
    )
    yield Items(tuple((one,) for one in (*found, confirm)), is_numbered=True)


def next_steps(draft: Draft) -> Iterator[Element]:
    """The decision in writing; after a denial, that this is no appeal and gives none up."""
    sentences = [draft.form(_("Please send the decision in writing, with the reason if it is no."))]
    if draft.case.denied is not None:
        sentences.append(
            draft.form(_("This request is not an appeal and gives up no right to one."))
        )
    yield Paragraph(tuple(sentences))


KIND = "step_exception"
BLOCKS: dict[str, Writer] = {
    f"{KIND}.request": request,
    f"{KIND}.trials": tried,
    "alternatives": alternatives,
    f"{KIND}.criteria": rule,
    "step_law": step_law,
    f"{KIND}.demands": demands_made,
    f"{KIND}.next_steps": next_steps,
}
