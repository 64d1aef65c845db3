"""What clinicians' letters draw from the check: scores from the chart, answers, the course."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.letters.blocks.evidence import SPRAVATO
from appeals.letters.blocks.parts import as_written
from appeals.letters.content import Basis, Element, Origin, Paragraph, Sentence, Told
from appeals.letters.document import document_words
from appeals.letters.draft import Draft
from appeals.letters.rows import score_words
from appeals.letters.saying import say
from appeals.letters.trials import failed_trials
from policies import terms, vocabulary
from policies.language import said
from policies.situation import ScaleScore, Treatment
from policies.sureness import Sureness
from policies.truth import Truth
from policies.vocabulary import Value
from policies.wording.dates import date
from policies.wording.findings import answer_in_words

CHART = "chart"
# Conditions and answers that speak of suicide, and how it is written of in anyone's own words.
SUICIDAL_CONDITION = "mdd_suicidal"
SUICIDAL_ANSWERS = ("without_intent", "with_intent")
SUICIDAL_STEM = "suicid"


def answer_to(draft: Draft, name: str) -> Value | None:
    """What the check was told of a fact; None where it was not."""
    situation = draft.case.situation
    return situation.answers.get(name) if situation is not None else None


def answered(draft: Draft, name: str) -> Told | None:
    """An answer of the check as a sentence goes on; None where there is none."""
    value = answer_to(draft, name)
    if value is None:
        return None
    words = answer_in_words(vocabulary.fact(name), value)
    return Told(words, (Basis(Origin.FACT, f"answers.{name}"),))


def charted_scores(draft: Draft) -> tuple[ScaleScore, ...]:
    """The scores that stand in the chart, the latest last; one without a date comes first."""
    situation = draft.case.situation
    scores = situation.scores if situation is not None else ()
    found = [one for one in scores if one.origin == CHART]
    return tuple(sorted(found, key=lambda one: (one.taken_on is not None, str(one.taken_on))))


def latest_scores(draft: Draft) -> tuple[Told, ...]:
    """The latest charted score of each scale."""
    by_scale = {one.scale: one for one in charted_scores(draft)}
    return tuple(_score(one, draft) for one in by_scale.values())


def _score(one: ScaleScore, draft: Draft) -> Told:
    """A score with its scale and date, in a row of several."""
    text = _("%(scale)s: %(score)s (%(date)s)") if one.taken_on else _("%(scale)s: %(score)s")
    words = text % {"scale": _scale(one), "score": one.score, "date": _day(one)}
    return Told(words, score_words(one, draft).rests_on)


def _scale(one: ScaleScore) -> str:
    return said(terms.rating_scales()[one.scale].label)


def _day(one: ScaleScore) -> str:
    return date(one.taken_on) if one.taken_on else ""


def course_on_scales(draft: Draft) -> Iterator[Sentence]:
    """The first charted score against the latest, with their dates, of each scale used twice."""
    text = _(
        "On the %(scale)s, the first charted score is %(first)s (%(first_on)s) and the latest is "
        "%(latest)s (%(latest_on)s)."
    )
    for first, latest in _courses(draft):
        yield _course(text, first, latest, draft)


def _courses(draft: Draft) -> Iterator[tuple[ScaleScore, ScaleScore]]:
    dated = [one for one in charted_scores(draft) if one.taken_on is not None]
    for scale in dict.fromkeys(one.scale for one in dated):
        on_scale = [one for one in dated if one.scale == scale]
        if on_scale[0].taken_on != on_scale[-1].taken_on:
            yield on_scale[0], on_scale[-1]


def _course(text: str, first: ScaleScore, latest: ScaleScore, draft: Draft) -> Sentence:
    before, now = score_words(first, draft).rests_on, score_words(latest, draft).rests_on
    return say(
        text,
        *before,
        *now,
        scale=Told(_scale(first), before),
        first=Told(str(first.score), before),
        first_on=Told(_day(first), before),
        latest=Told(str(latest.score), now),
        latest_on=Told(_day(latest), now),
    )


def strongest_fact(draft: Draft) -> Sentence | None:
    """The course of a treatment that goes on; else that the rule is met, or how much failed."""
    if draft.case.is_continuing:
        # The block on the course gives the dates.
        for first, latest in _courses(draft):
            text = _("In the chart, the %(scale)s went from %(first)s to %(latest)s.")
            return _course(text, first, latest, draft)
    return rule_met_or_failed_trials(draft)


def rule_met_or_failed_trials(draft: Draft) -> Sentence | None:
    """That all of the rule is met, where it is; else how much was tried in vain."""
    if not meets_whole_rule(draft):
        return failed_trials(draft)
    return draft.by_voice(
        _("By my record I appear to meet every requirement of %(rule)s, as the table shows."),
        _(
            "By the record, %(patient)s appears to meet every requirement of %(rule)s, as "
            "the table shows."
        ),
        rule=document_words(draft),
    )


def meets_whole_rule(draft: Draft) -> bool:
    """Whether each requirement of the document is met, and the document itself was read.

    By an account of others nobody can say that all of a rule is met.
    """
    checked, position = draft.case.checked, draft.case.position
    findings = position.findings if position is not None else None
    is_read = checked is not None and checked.sureness is not Sureness.SECOND_HAND
    return is_read and findings is not None and findings.truth is Truth.MET


def tells_of_suicidality(draft: Draft) -> bool:
    """Whether the condition, an answer or the writer's own words speak of suicide."""
    told = (one for one in draft.case.told.values() if isinstance(one, str))
    return (
        draft.case.condition == SUICIDAL_CONDITION
        or answer_to(draft, "suicidal_ideation") in SUICIDAL_ANSWERS
        or any(SUICIDAL_STEM in one.casefold() for one in told)
    )


def suicidality_limit(draft: Draft) -> Iterator[Sentence]:
    """What the label of esketamine says of suicide, where a letter on esketamine speaks of it."""
    if draft.case.treatment is Treatment.ESKETAMINE_NASAL and tells_of_suicidality(draft):
        yield say(
            _(
                "The label of esketamine says that it has not been shown to prevent suicide or to "
                "reduce suicidal ideation or behavior."
            ),
            Basis(Origin.STUDY, SPRAVATO),
        )


def risk_told(draft: Draft, name: str) -> Iterator[Element]:
    """A risk only as the chart has it; of esketamine with the limit of its label."""
    risk = draft.known(name)
    if risk is not None:
        yield from as_written(risk)
    limit = tuple(suicidality_limit(draft))
    if limit:
        yield Paragraph(limit)
