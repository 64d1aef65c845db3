"""The page to speak from in a call between doctors: nothing on it that is not in the chart."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.letters.blocks.appeal import document_words
from appeals.letters.blocks.charted import latest_scores, meets_whole_rule, suicidality_limit
from appeals.letters.blocks.clinical import asks_why_not_esketamine
from appeals.letters.blocks.parts import Writer, as_written, initials, word_for_word
from appeals.letters.blocks.rule import readable_rows
from appeals.letters.content import Element, Facts, Gap, Items, Paragraph, Sentence, Table, Told
from appeals.letters.draft import Draft
from appeals.letters.saying import Words, line, listed, say
from appeals.letters.trials import trials_table
from policies.truth import Truth


def reference(draft: Draft) -> Iterator[Element]:
    """What the plan's line will ask for first; the patient by initials."""
    rows: list[tuple[str, Words | None]] = [
        (_("Patient"), initials(draft)),
        (_("Claim or authorization number"), draft.fact("reference_number")),
        (_("Member ID"), draft.known("member_id")),
        (_("Date of denial"), draft.fact("notice_on")),
        (_("Service"), draft.treatment),
    ]
    yield Facts(tuple((label, line(words)) for label, words in rows if words is not None))


def before_call(draft: Draft) -> Iterator[Element]:
    """What has to lie on the desk, and whom to ask for."""
    if draft.case.checked is not None:
        rule = say(_("Have the written rule open: %(rule)s."), rule=document_words(draft))
    else:
        rule = draft.form(_("Get the written rule, and have it open."))
    unmet = say(_("The line they call unmet: %(line)s"), line=draft.fact("unmet_line"))
    ask = draft.form(_("Ask for a physician of the right field; a nurse can't decide it."))
    desk = draft.form(_("Have the pharmacy fills, the scores and the dates in front of you."))
    yield Items(((rule,), (unmet,), (ask,), (desk,)))


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
    """The record against the rule, then each treatment; facts before story."""
    rows = tuple((asked, record) for _finding, (asked, record, _papers) in readable_rows(draft))
    if rows:
        yield Table((_("The rule asks"), _("The record")), rows)
    table = trials_table(draft)
    if table is not None:
        yield table
    else:
        gap = Gap("treatments", _("treatments tried: name, dose, weeks, result"))
        yield Paragraph((line(gap),))
    scores = latest_scores(draft)
    if scores and not rows:
        text = _("Scores in the chart: %(scores)s.")
        yield Paragraph((say(text, scores=listed(list(scores), "; ")),))


def call_alternative(draft: Draft) -> Iterator[Element]:
    """Why what the plan prefers fails here, as charted."""
    esketamine = draft.known("why_not_esketamine")
    if esketamine is not None and asks_why_not_esketamine(draft):
        yield from as_written(esketamine)
    yield from as_written(draft.fact("alternatives"))


def call_risk(draft: Draft) -> Iterator[Element]:
    """What waiting would do, only as charted."""
    risk = draft.known("delay_risk")
    if risk is not None:
        yield from as_written(risk)
    limit = tuple(suicidality_limit(draft))
    if limit:
        yield Paragraph(limit)


def call_ask(draft: Draft) -> Iterator[Element]:
    """The decision now; of a no, what would change it and who said it."""
    items: list[tuple[Sentence, ...]] = []
    if _is_short_of_the_rule(draft):
        reason = draft.fact("exception_reason")
        text = _("Make an exception for what is not met: %(reason)s")
        items.append((say(text, reason=reason),))
    texts = (
        _("Will you approve it now?"),
        _("If not: which document would change the answer?"),
        _("If not: what are your name and specialty? Note the time of the call."),
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
        _("Put a dated note of the call into the chart: who, when, what was said."),
        _("Send the appeal in any case. The call is no appeal and stops no clock."),
    )
    yield Items(tuple((draft.form(one),) for one in texts))


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
