"""The record in an appeal: the diagnosis, scores, daily life, and everything that was tried."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.law.arguments import EnclosureId
from appeals.letters.blocks.charted import charted_scores, course_on_scales
from appeals.letters.blocks.parts import Writer, as_written, effect_on_life
from appeals.letters.content import Element, Gap, Paragraph, Sentence, Told
from appeals.letters.draft import Draft
from appeals.letters.rows import criteria_rows, score_words, self_completed
from appeals.letters.saying import line, listed, say
from appeals.letters.trials import trials_table


def history(draft: Draft) -> Iterator[Element]:
    """Diagnosis, since when, scores and what it keeps the person from doing, as told."""
    diagnosis, onset, function = draft.diagnosis, draft.known("onset"), draft.known("function")
    sentences: list[Sentence] = []
    if isinstance(diagnosis, Told):
        words = {"diagnosis": diagnosis, "paper": draft.enclosure(EnclosureId.CHART_NOTES)}
        if onset is not None:
            sentences.append(
                draft.by_voice(
                    _("My diagnosis is %(diagnosis)s, since %(onset)s (%(paper)s)."),
                    _(
                        "The diagnosis of %(patient)s is %(diagnosis)s, since %(onset)s "
                        "(%(paper)s)."
                    ),
                    onset=Told(_since(onset.text), onset.rests_on),
                    **words,
                )
            )
        else:
            sentences.append(
                draft.by_voice(
                    _("My diagnosis is %(diagnosis)s (%(paper)s)."),
                    _("The diagnosis of %(patient)s is %(diagnosis)s (%(paper)s)."),
                    **words,
                )
            )
    sentences.extend(_scores(draft))
    if sentences:
        yield Paragraph(tuple(sentences))
    if function is not None:
        yield from effect_on_life(function, draft)


def _scores(draft: Draft) -> Iterator[Sentence]:
    """The course on a scale, or the latest scores where the rule's points do not tell them."""
    if draft.case.is_continuing and any(course_on_scales(draft)):
        # The block on the course tells them.
        return
    told = {one for row in criteria_rows(draft) for cell in row for one in cell}
    if any(basis.id.startswith("scores.") for one in told for basis in one.rests_on):
        return
    latest = {one.scale: one for one in charted_scores(draft)}
    if latest:
        yield say(
            _("Scores in the chart: %(scores)s (%(paper)s)."),
            scores=listed([score_words(one, draft) for one in latest.values()], "; "),
            paper=draft.enclosure(EnclosureId.RATING_SCALES),
        )
        return
    situation = draft.case.situation
    if situation is not None and draft.is_first_person:
        yield from (self_completed(one, draft) for one in situation.scores)


def _since(text: str) -> str:
    """A time that follows "since"."""
    return text.strip().rstrip(".").removeprefix("since ").removeprefix("in ")


def tried(draft: Draft) -> Iterator[Element]:
    """Everything that was tried, and the paper that shows it; without a list, a gap."""
    table = trials_table(draft)
    if table is None:
        gap = Gap("treatments", _("treatments tried: name, dose, weeks, result"))
        yield Paragraph((line(gap),))
        return
    yield table
    paper = draft.enclosure(EnclosureId.TREATMENT_HISTORY_TABLE)
    text = _("The record of these treatments is enclosed (%(paper)s).")
    yield Paragraph((say(text, paper=paper),))


def trials(draft: Draft) -> Iterator[Element]:
    """The same, and what is no row of the table, in the writer's words."""
    yield from tried(draft)
    other = draft.known("other_treatment")
    if other is not None:
        yield from as_written(other)


BLOCKS: dict[str, Writer] = {"history": history, "trials": trials}
