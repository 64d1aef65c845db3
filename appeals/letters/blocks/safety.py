"""Safety and course in a letter of medical necessity: what was checked, and what came of it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.arguments import EnclosureId
from appeals.law.reasons import ReasonId
from appeals.letters.blocks.charted import answer_to, answered, course_on_scales
from appeals.letters.blocks.evidence import SPRAVATO
from appeals.letters.blocks.parts import Writer, as_written, lines_of
from appeals.letters.content import Basis, Element, Items, Origin, Paragraph, Sentence, Told
from appeals.letters.draft import Draft
from appeals.letters.saying import Words, listed, say
from policies import vocabulary
from policies.language import said
from policies.situation import Treatment
from policies.wording.phrases import lower_first

# What a safety check looks for, by the names of the vocabulary.
LOOKED_FOR = (
    "uncontrolled_hypertension",
    "severe_cardiac_decompensation",
    "aneurysmal_vascular_disease",
    "intracerebral_hemorrhage",
    "psychosis_history",
    "schizophrenia_history",
    "dementia",
    "recent_delirium",
    "pregnancy",
    "positive_drug_screen",
)
SUBSTANCE_USE = "substance_use_disorder"
# What the program of esketamine asks of the site while and after it is taken.
WATCHING = {
    "direct_observation": N_("Each dose is taken while a healthcare provider watches."),
    "two_hour_monitoring": N_("The patient is watched for at least 2 hours after each dose."),
}


def safety(draft: Draft) -> Iterator[Element]:
    """What was checked and how the patient is watched; of esketamine what its program asks."""
    sentences = list(_checked(draft))
    if sentences:
        yield Paragraph(tuple(sentences))
    yield from as_written(draft.fact("safety"))
    if draft.case.treatment is Treatment.ESKETAMINE_NASAL:
        yield from _program(draft)
    if EnclosureId.SAFETY_MONITORING_PLAN in draft.case.enclosures:
        paper = draft.enclosure(EnclosureId.SAFETY_MONITORING_PLAN)
        yield Paragraph((say(_("The plan for monitoring is enclosed (%(paper)s)."), paper=paper),))


def _checked(draft: Draft) -> Iterator[Sentence]:
    """What was found and what was not, as far as the check was told."""
    absent = [_name(one) for one in LOOKED_FOR if answer_to(draft, one) is False]
    present = [_name(one) for one in LOOKED_FOR if answer_to(draft, one) is True]
    use = answer_to(draft, SUBSTANCE_USE)
    if use == "none":
        absent.append(_name(SUBSTANCE_USE))
    elif use is not None:
        name, state = _name(SUBSTANCE_USE), answered(draft, SUBSTANCE_USE)
        parts = [name, *([state] if state is not None else [])]
        present.append(listed(parts, ": "))
    if absent:
        yield say(_("Checked and not present: %(names)s."), names=listed(absent, "; "))
    if present:
        yield say(_("On record: %(names)s."), names=listed(present, "; "))
    if answer_to(draft, "prescription_monitoring_checked") is True:
        basis = Basis(Origin.FACT, "answers.prescription_monitoring_checked")
        yield say(_("The state's prescription monitoring program was checked."), basis)


def _name(fact: str) -> Told:
    label = lower_first(said(vocabulary.fact(fact).label))
    return Told(label, (Basis(Origin.FACT, f"answers.{fact}"),))


def _program(draft: Draft) -> Iterator[Element]:
    """That the site is certified, the patient enrolled, and watched as the program asks."""
    label = Basis(Origin.STUDY, SPRAVATO)
    yield Paragraph(
        (
            say(
                _(
                    "Esketamine is given only in a restricted program (REMS), with monitoring "
                    "after each dose."
                ),
                label,
            ),
        )
    )
    yield Items(
        (
            (_certified(draft),),
            (
                say(
                    _("%(patient)s was enrolled on %(day)s (%(paper)s)."),
                    patient=draft.patient,
                    day=draft.fact("rems_enrolled_on"),
                    paper=draft.enclosure(EnclosureId.REMS_ENROLLMENT),
                ),
            ),
            *((one,) for one in _watched(draft)),
        )
    )


def _certified(draft: Draft) -> Sentence:
    """The site's name in the program; without it, that it is certified as the check was told."""
    site = draft.known("site_certification")
    if site is None and answer_to(draft, "rems_certified_site") is True:
        basis = Basis(Origin.FACT, "answers.rems_certified_site")
        return say(_("The site is certified in that program."), basis)
    return say(
        _("The site is certified in that program under the name %(site)s."),
        site=draft.fact("site_certification"),
    )


def _watched(draft: Draft) -> Iterator[Sentence]:
    """Who watches, as told for the letter; else what the check was told the site does."""
    told = draft.known("watching")
    done = [one for one in WATCHING if answer_to(draft, one) is True]
    if told is None and len(done) == len(WATCHING):
        for one, text in WATCHING.items():
            yield say(_(text), Basis(Origin.FACT, f"answers.{one}"))
    else:
        yield from lines_of(draft.fact("watching"))


def course(draft: Draft) -> Iterator[Element]:
    """First against latest on the same scale, what came of spacing, and the interval proposed."""
    sentences = list(course_on_scales(draft))
    if sentences:
        paper = draft.enclosure(EnclosureId.RATING_SCALES)
        sentences.append(say(_("The scores are in the chart (%(paper)s)."), paper=paper))
    told = [draft.known(one) for one in ("course_baseline", "course_latest")]
    if not sentences and (any(told) or _has_to_show_benefit(draft)):
        sentences.append(
            say(
                _("On the %(scale)s, the first score is %(first)s and the latest is %(latest)s."),
                scale=draft.fact("course_scale"),
                first=draft.fact("course_baseline"),
                latest=draft.fact("course_latest"),
            )
        )
    if not sentences:
        return
    yield Paragraph(tuple(sentences))
    for words in _spacing(draft, "course_spacing"):
        yield from as_written(words)
    for words in _spacing(draft, "interval"):
        yield Paragraph((say(_("The interval proposed is %(interval)s."), interval=words),))


def _has_to_show_benefit(draft: Draft) -> bool:
    """Whether the letter rests on the course: a clinician's on what goes on, or an answer to it.

    Whoever else writes about something else may not have the scores.
    """
    is_refused = ReasonId.CONTINUATION_WITHOUT_BENEFIT in draft.case.reasons
    return is_refused or (draft.case.is_continuing and draft.is_clinician)


def _spacing(draft: Draft, name: str) -> Iterator[Words]:
    """What only a clinician has to tell."""
    is_due = draft.case.is_continuing and draft.is_clinician
    words = draft.fact(name) if is_due else draft.known(name)
    if words is not None:
        yield words


BLOCKS: dict[str, Writer] = {"safety": safety, "course": course}
