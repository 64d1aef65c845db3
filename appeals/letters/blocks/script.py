"""The page to speak from in a call between doctors: nothing on it that is not in the chart."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.letters.blocks.charted import (
    latest_scores,
    meets_whole_rule,
    risk_told,
)
from appeals.letters.blocks.clinical import asks_why_not_esketamine
from appeals.letters.blocks.parts import Writer, as_written, initials, upper_first, word_for_word
from appeals.letters.blocks.rule import readable_rows
from appeals.letters.content import (
    Basis,
    Element,
    Gap,
    Items,
    Lines,
    Origin,
    Paragraph,
    Piece,
    Sentence,
    Told,
)
from appeals.letters.document import document_words, in_sum
from appeals.letters.draft import Draft
from appeals.letters.rows import Row
from appeals.letters.saying import line, listed, say
from appeals.letters.trials import trials_table
from policies.criteria import CountCriterion, walk
from policies.language import said
from policies.matcher import Finding
from policies.truth import Truth
from policies.wording.phrases import lower_first

DIGIT = re.compile(r"\d")


def reference(draft: Draft) -> Iterator[Element]:
    """What the plan's line will ask for first; the patient by initials."""
    words = {"initials": initials(draft), "number": draft.fact("reference_number")}
    member = draft.known("member_id")
    text = _("%(initials)s, reference %(number)s")
    if member is not None:
        text = _("%(initials)s, reference %(number)s, member ID %(member)s")
        words["member"] = member
    yield Lines((say(text, **words),))


def before_call(draft: Draft) -> Iterator[Element]:
    """What has to lie on the desk, and whom to ask for."""
    if draft.case.checked is not None:
        rule = say(_("Have the written rule open: %(rule)s."), rule=document_words(draft))
    else:
        rule = draft.form(_("Get the written rule, and have it open."))
    unmet = say(_("The line they call unmet: %(line)s"), line=draft.fact("unmet_line"))
    desk = draft.form(_("Have the pharmacy fills, the scores and the dates in front of you."))
    ask = draft.form(_("Ask for a physician of the right field; a nurse can't decide it."))
    yield Items(((rule, desk), (unmet,), (ask,)))


def opening_line(draft: Draft) -> Iterator[Element]:
    """Who calls about what, why it was denied, and what follows: spoken in twenty seconds."""
    reason = draft.fact("stated_reason")
    if isinstance(reason, Told):
        reason = word_for_word(reason)
    sentences = [
        say(
            _(
                "I am calling about patient %(initials)s, reference %(number)s: %(treatment)s "
                "for %(condition)s."
            ),
            initials=initials(draft),
            number=draft.fact("reference_number"),
            treatment=draft.treatment,
            condition=draft.condition,
        ),
        say(
            _("You denied it on %(day)s, and your reason was: “%(reason)s”"),
            day=draft.fact("notice_on"),
            reason=reason,
        ),
    ]
    if meets_whole_rule(draft):
        rule = document_words(draft)
        sentences.append(
            say(_("I will show that the record appears to meet the rule."), *rule.rests_on)
        )
    else:
        sentences.append(draft.form(_("I will take you through the record, point by point.")))
    yield Paragraph(tuple(sentences))


def call_points(draft: Draft) -> Iterator[Element]:
    """The record against the rule, then each treatment and score; facts before story."""
    points = readable_rows(draft)
    met = [_met(one, row) for one, row in points if one.truth is Truth.MET]
    if met:
        yield Paragraph((say(_("Met: %(points)s."), points=listed(met, "; ")),))
    others = tuple(tuple(_open(one, row)) for one, row in points if one.truth is not Truth.MET)
    if others:
        yield Items(others)
    table = trials_table(draft)
    if table is not None:
        yield Lines(tuple(_in_one_line(row) for row in table.rows))
    else:
        gap = Gap("treatments", _("treatments tried: name, dose, weeks, result"))
        yield Paragraph((line(gap),))
    scores = latest_scores(draft)
    if scores and not points:
        text = _("Scores in the chart: %(scores)s.")
        yield Paragraph((say(text, scores=listed(list(scores), "; ")),))


def _met(found: Finding, row: Row) -> Told:
    """A requirement that is met, with the facts; the treatments follow once for all."""
    asked = _summed_up(found, row)
    # What is said beside it is an age or a score; a plain yes adds nothing.
    facts = [] if _counts(found) else [one for one in row[1][1:] if DIGIT.search(one.text)]
    if not facts:
        return asked
    told = "; ".join(one.text.rstrip(".") for one in facts)
    bases = tuple(dict.fromkeys(basis for one in facts for basis in one.rests_on))
    return Told(f"{asked.text} ({told})", (*asked.rests_on, *bases))


def _open(found: Finding, row: Row) -> Iterator[Sentence]:
    """A requirement that is not met, or not known to be, and how it stands."""
    asked = _summed_up(found, row)
    yield say(_("%(asked)s:"), asked=Told(upper_first(asked.text), asked.rests_on))
    is_short = _counts(found)
    yield from (one for one in row[1] if not is_short or one.gaps or found.truth is Truth.NOT_MET)


def _counts(found: Finding) -> bool:
    return any(isinstance(one, CountCriterion) for one in walk(found.node))


def _summed_up(found: Finding, row: Row) -> Told:
    """What is asked in our words, which are shorter to say than the document's."""
    (asked, *_rest), _record, _papers = row
    basis = Basis(Origin.FINDING, asked.rests_on[0].id)
    return Told(lower_first(in_sum(said(found.node.label)).rstrip(".")), (basis,))


def _in_one_line(cells: tuple[tuple[Sentence, ...], ...]) -> Sentence:
    """A treatment as it is said: name, dose, length, result."""
    said_of_it = [one for cell in cells for one in cell]
    pieces: list[Piece] = []
    for number, one in enumerate(said_of_it):
        pieces += [", "] if number else []
        pieces += one.pieces
    bases = dict.fromkeys(basis for one in said_of_it for basis in one.rests_on)
    return Sentence(tuple(pieces), tuple(bases))


def call_alternative(draft: Draft) -> Iterator[Element]:
    """Why what the plan prefers fails here, as charted."""
    esketamine = draft.known("why_not_esketamine")
    if esketamine is not None and asks_why_not_esketamine(draft):
        yield from as_written(esketamine)
    yield from as_written(draft.fact("alternatives"))


def call_risk(draft: Draft) -> Iterator[Element]:
    """What waiting would do, only as charted."""
    yield from risk_told(draft, "delay_risk")


def call_ask(draft: Draft) -> Iterator[Element]:
    """The decision now; of a no, what would change it and who said it."""
    items: list[tuple[Sentence, ...]] = []
    if _is_short_of_the_rule(draft):
        reason = draft.fact("exception_reason")
        text = _("Make an exception for what is not met: %(reason)s")
        items.append((say(text, reason=reason),))
    texts = (
        _("Will you approve it now?"),
        _(
            "If not: which document would change the answer, and what are your name and "
            "specialty? (Note the time of the call.)"
        ),
    )
    items.extend((draft.form(one),) for one in texts)
    yield Items(tuple(items), is_numbered=True)


def _is_short_of_the_rule(draft: Draft) -> bool:
    position = draft.case.position
    findings = position.findings if position is not None else None
    return findings is not None and findings.truth is Truth.NOT_MET


def after_call(draft: Draft) -> Iterator[Element]:
    """A note to the chart; and the appeal, for the call is none."""
    texts = (
        _("Put a dated note of the call into the chart."),
        _("Send the appeal in any case: the call is no appeal and stops no clock."),
    )
    yield Paragraph(tuple(map(draft.form, texts)))


KIND = "peer_to_peer"
BLOCKS: dict[str, Writer] = {
    f"{KIND}.reference": reference,
    "before_call": before_call,
    "opening_line": opening_line,
    "call_points": call_points,
    "call_alternative": call_alternative,
    "call_risk": call_risk,
    "call_ask": call_ask,
    "after_call": after_call,
}
