"""The letter of medical necessity: from the chart, why this treatment, now, for this patient."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.law.arguments import EnclosureId
from appeals.letters.blocks.charted import (
    answer_to,
    answered,
    latest_scores,
    risk_told,
    strongest_fact,
)
from appeals.letters.blocks.parts import Writer, as_written, effect_on_life
from appeals.letters.blocks.record import tried
from appeals.letters.blocks.rule import TO_THE_PLAN, rule_table
from appeals.letters.content import Basis, Element, Gap, Origin, Paragraph, Sentence, Told
from appeals.letters.draft import Draft
from appeals.letters.saying import Words, listed, say
from policies import terms
from policies.situation import Treatment
from policies.wording.phrases import lower_first

# Where a plan may cover esketamine instead of what is asked for.
DEPRESSION = "depression"


def request(draft: Draft) -> Iterator[Element]:
    """What is asked for in full, and the strongest fact beside it."""
    words = {name: draft.fact(name) for name in ("dose", "frequency", "sessions", "site_name")} | {
        "treatment": draft.treatment,
        "patient": draft.patient,
        "condition": draft.condition,
    }
    template = _(
        "I ask you to cover %(treatment)s for %(patient)s, who has %(condition)s: %(dose)s, "
        "%(frequency)s, %(sessions)s sessions, at %(site_name)s."
    )
    if draft.case.is_continuing:
        template = _(
            "I ask you to go on covering %(treatment)s for %(patient)s, who has %(condition)s: "
            "%(dose)s, %(frequency)s, %(sessions)s sessions, at %(site_name)s."
        )
    sentences = [say(template, **words)]
    start = draft.known("starts_on")
    if start is not None:
        text = _("Treatment is to start on %(start)s.")
        if draft.case.is_continuing:
            text = _("The time asked for begins on %(start)s.")
        sentences.append(say(text, start=start))
    fact = strongest_fact(draft)
    if fact is not None:
        sentences.append(fact)
    sentences.append(draft.form(_("Monitoring is set out under Safety.")))
    yield Paragraph(tuple(sentences))


def about_clinician(draft: Draft) -> Iterator[Element]:
    """Who writes, of what specialty, and how long and how lately the patient was seen."""
    yield Paragraph(
        (
            say(
                _(
                    "I am the treating clinician; my specialty is %(specialty)s. I have treated "
                    "%(patient)s since %(since)s, and my last examination was on %(examined)s."
                ),
                specialty=_inside(draft.fact("clinician_specialty")),
                patient=draft.patient,
                since=draft.fact("clinician_since"),
                examined=draft.fact("clinician_examined_on"),
            ),
        )
    )


def _inside(words: Words) -> Words:
    """The words as they go on inside a sentence."""
    if isinstance(words, Gap):
        return words
    return Told(lower_first(words.text), words.rests_on)


def diagnosis(draft: Draft) -> Iterator[Element]:
    """The diagnosis with its code, how it was made, and what specifies or goes with it."""
    paper = draft.enclosure(EnclosureId.CHART_NOTES)
    onset = draft.known("onset")
    if onset is not None:
        begun = Told(onset.text.removeprefix("since ").removeprefix("in "), onset.rests_on)
        text = _("The diagnosis is %(diagnosis)s, since %(onset)s (%(paper)s).")
        named = say(text, diagnosis=draft.diagnosis, onset=begun, paper=paper)
    else:
        text = _("The diagnosis is %(diagnosis)s (%(paper)s).")
        named = say(text, diagnosis=draft.diagnosis, paper=paper)
    basis = tuple(_how_it_was_made(draft))
    yield Paragraph((named, *basis, *_specifiers(draft)))
    told = draft.known("diagnosis_basis")
    if told is not None or not basis:
        yield from as_written(told or draft.fact("diagnosis_basis"))
    other = draft.known("comorbidities")
    if other is not None:
        yield from as_written(other)


def _how_it_was_made(draft: Draft) -> Iterator[Sentence]:
    """Who made it and by what interview, as the check was told."""
    who = answered(draft, "diagnosed_by")
    if who is not None and answer_to(draft, "diagnosed_by") != "other":
        yield say(_("It was made by %(who)s."), who=who)
    if answer_to(draft, "structured_interview") is True:
        basis = Basis(Origin.FACT, "answers.structured_interview")
        yield say(_("A structured clinical interview showed a major depressive episode."), basis)


def _specifiers(draft: Draft) -> Iterator[Sentence]:
    """What the check was told of the episode, in one line."""
    told = [
        answered(draft, one) for one in ("episode_severity", "episode_course", "episode_months")
    ]
    details = [one for one in told if one is not None]
    psychosis = answer_to(draft, "psychotic_features")
    if psychosis is not None:
        words = _("with psychotic features") if psychosis else _("no psychotic features")
        details.append(Told(words, (Basis(Origin.FACT, "answers.psychotic_features"),)))
    if details:
        yield say(_("The current episode, as charted: %(details)s."), details=listed(details, "; "))


def severity(draft: Draft) -> Iterator[Element]:
    """Scores from the chart with their dates, function, and risk as charted."""
    scores = list(latest_scores(draft))
    told = draft.known("score_now")
    # What the check was told already is not said twice.
    if told is not None and not any(told.text.startswith(one.text.split(":")[0]) for one in scores):
        scores.append(told)
    found = listed(scores, "; ")
    yield Paragraph(
        (
            say(
                _("Scores in the chart: %(scores)s (%(paper)s)."),
                scores=found if found.text else draft.fact("score_now"),
                paper=draft.enclosure(EnclosureId.RATING_SCALES),
            ),
        )
    )
    yield from effect_on_life(draft.fact("function"), draft)
    yield from risk_told(draft, "risk")


def other_lines(draft: Draft) -> Iterator[Element]:
    """Psychotherapy, brain stimulation and other lines: tried, or why not."""
    yield from as_written(draft.fact("other_treatment"))


def why_this(draft: Draft) -> Iterator[Element]:
    """Why this and now, and why not what the plan would rather cover, in the writer's words."""
    yield from as_written(draft.fact("why_this"))
    if asks_why_not_esketamine(draft):
        yield from as_written(draft.fact("why_not_esketamine"))
    yield from as_written(draft.fact("alternatives"))


def asks_why_not_esketamine(draft: Draft) -> bool:
    """Whether a reviewer will ask that first: of ketamine for a depression."""
    condition = draft.case.condition
    return (
        draft.case.treatment is not Treatment.ESKETAMINE_NASAL
        and condition is not None
        and DEPRESSION in {condition, *terms.wider_conditions(condition)}
    )


def rule(draft: Draft) -> Iterator[Element]:
    """The plan's list point by point, where there is one to answer."""
    yield from rule_table(draft, TO_THE_PLAN)


def goals(draft: Draft) -> Iterator[Element]:
    """What is measured, when, and when treatment stops."""
    yield from as_written(draft.fact("goal"))


def statement(draft: Draft) -> Iterator[Element]:
    """That the clinician examined the patient and that the record bears each line out."""
    sentences = [
        say(
            _("I have examined %(patient)s, and the record supports each line of this letter."),
            patient=draft.patient,
        )
    ]
    if draft.case.enclosures:
        sentences.append(
            draft.form(
                _(
                    "Please confirm in writing that each enclosure listed below reached the "
                    "reviewer."
                )
            )
        )
    yield Paragraph(tuple(sentences))


KIND = "medical_necessity"
BLOCKS: dict[str, Writer] = {
    f"{KIND}.request": request,
    "about_clinician": about_clinician,
    "diagnosis": diagnosis,
    "severity": severity,
    f"{KIND}.trials": tried,
    "other_lines": other_lines,
    "why_this": why_this,
    f"{KIND}.criteria": rule,
    "goals": goals,
    "statement": statement,
}
