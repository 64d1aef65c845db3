"""The body of an appeal: the request, the reason in the plan's words, and what answers it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.arguments import EnclosureId
from appeals.law.reasons import ReasonId
from appeals.law.rights import Wording
from appeals.letters.blocks.charted import rule_met_or_failed_trials
from appeals.letters.blocks.parity import parity_right, what_it_compares, which_limit
from appeals.letters.blocks.parts import (
    Writer,
    as_written,
    ordered,
    waiting_could_harm,
    word_for_word,
)
from appeals.letters.blocks.rule import AFTER_A_DENIAL, rule_table
from appeals.letters.content import (
    Basis,
    Element,
    Items,
    Origin,
    Paragraph,
    Sentence,
    Told,
)
from appeals.letters.demands import (
    OF_AN_APPEAL,
    decision_due,
    demand,
    demands,
    front_stage,
    rights_held,
)
from appeals.letters.document import (
    document_words,
    is_answer_read,
    is_list_unread,
    said_in_place_of_a_list,
)
from appeals.letters.draft import Draft
from appeals.letters.kinds import LetterKind
from appeals.letters.saying import say

# These are answered by proof, and by no medical argument.
ANSWERED_BY_PROOF = frozenset(
    {
        ReasonId.MISSING_DOCUMENTATION,
        ReasonId.WRONG_OR_UNLISTED_CODE,
        ReasonId.NO_PRIOR_AUTHORIZATION,
        ReasonId.DUPLICATE_OR_LATE_CLAIM,
        ReasonId.REMS_OR_PROVIDER_NOT_CERTIFIED,
    }
)


# Where the letter answers a reason: as the patient says it, and as another does.
ANSWERED_IN = {
    ReasonId.NOT_MEDICALLY_NECESSARY: (
        N_("My record answers that; it is set out below."),
        N_("The record answers that; it is set out below."),
    ),
    ReasonId.EXPERIMENTAL_INVESTIGATIONAL: (
        N_("My record, and what has been published, are set out below; please decide on both."),
        N_("The record, and what has been published, are set out below; please decide on both."),
    ),
    ReasonId.STEP_THERAPY: (
        N_("What I have tried already is listed below, with the result of each."),
        N_("What was tried already is listed below, with the result of each."),
    ),
    ReasonId.CONTINUATION_WITHOUT_BENEFIT: (
        N_("How I have done since it began is set out next, on the same scale."),
        N_("The course since it began is set out next, on the same scale."),
    ),
}


def request(draft: Draft) -> Iterator[Element]:
    """Overturn and approve, with the order; and the strongest plain fact beside it."""
    sentences = [_overturn(draft), _approve(draft)]
    fact = _strongest(draft)
    if fact is not None:
        sentences.append(fact)
    yield Paragraph(tuple(sentences))
    if draft.case.is_expedited:
        yield Paragraph(tuple(_urgent(draft)))


def _overturn(draft: Draft) -> Sentence:
    words = {
        "notice": draft.fact("notice_on"),
        "treatment": draft.treatment,
        "condition": draft.condition,
    }
    if draft.case.is_continuing:
        return draft.by_voice(
            _(
                "I appeal your decision of %(notice)s not to go on covering %(treatment)s for my "
                "%(condition)s."
            ),
            _(
                "I appeal, for %(patient)s, your decision of %(notice)s not to go on covering "
                "%(treatment)s for %(condition)s."
            ),
            **words,
        )
    return draft.by_voice(
        _("I appeal your decision of %(notice)s to deny %(treatment)s for my %(condition)s."),
        _(
            "I appeal, for %(patient)s, your decision of %(notice)s to deny %(treatment)s for "
            "%(condition)s."
        ),
        **words,
    )


def _approve(draft: Draft) -> Sentence:
    site, start = draft.known("site_name"), draft.known("starts_on")
    template = {
        (True, True): _("Please overturn it and approve %(order)s, at %(site)s, from %(start)s."),
        (True, False): _("Please overturn it and approve %(order)s, at %(site)s."),
        (False, True): _("Please overturn it and approve %(order)s, from %(start)s."),
        (False, False): _("Please overturn it and approve %(order)s."),
    }[site is not None, start is not None]
    words = {"order": ordered(draft)}
    if site is not None:
        words["site"] = site
    if start is not None:
        words["start"] = start
    return say(template, **words)


def _strongest(draft: Draft) -> Sentence | None:
    """The strongest plain fact; a denial over papers is answered by none."""
    if ANSWERED_BY_PROOF.issuperset(draft.case.reasons) and draft.case.reasons:
        return None
    return rule_met_or_failed_trials(draft)


def _urgent(draft: Draft) -> Iterator[Sentence]:
    """The standard of a fast decision, and who certifies it; nobody else can."""
    yield say(_("Please decide this as an expedited request."), Basis(Origin.FACT, "is_expedited"))
    yield waiting_could_harm(draft)


def stated_reason(draft: Draft) -> Iterator[Element]:
    """The reason once, exactly as on the notice, with the notice beside it."""
    reason = draft.wanted("stated_reason")
    if reason is None:
        return
    paper = draft.enclosure(EnclosureId.DENIAL_NOTICE)
    if isinstance(reason, Told):
        reason = word_for_word(reason)
    quoted = say(
        _("Your notice (%(paper)s) gives this reason: “%(reason)s”"), reason=reason, paper=paper
    )
    yield Paragraph((quoted, *_answered(draft)))


def _answered(draft: Draft) -> Iterator[Sentence]:
    """Where in the letter each reason is answered, so that a quote is never left standing."""
    if draft.case.kind is not LetterKind.INTERNAL_APPEAL:
        return
    for reason in draft.case.reasons:
        first, third = ANSWERED_IN.get(reason, ("", ""))
        if first:
            yield draft.by_voice(_(first), _(third), Basis(Origin.REASON, reason))


def proof(draft: Draft) -> Iterator[Element]:
    """What was said to be missing or wrong, and where it is; only for such reasons."""
    if not ANSWERED_BY_PROOF & set(draft.case.reasons):
        return
    yield from as_written(draft.fact("proof"))


def criteria(draft: Draft) -> Iterator[Element]:
    """The rule point by point; without a list, what the document says, or that none was seen."""
    table = tuple(rule_table(draft, AFTER_A_DENIAL))
    yield from table or (Paragraph(tuple(_without_list(draft))),)


def _without_list(draft: Draft) -> Iterator[Sentence]:
    if not is_answer_read(draft):
        yield draft.form(
            _(
                "No written rule of the plan for this treatment was at hand. Please send the "
                "rule that was used, with its date, so that it can be answered point by point."
            )
        )
        return
    rule = document_words(draft)
    if is_list_unread(draft):
        yield say(
            _(
                "What %(rule)s asks for this was not at hand. Please send it, so that it can be "
                "answered point by point."
            ),
            rule=rule,
        )
        return
    yield said_in_place_of_a_list(draft)
    yield draft.by_voice(
        _("Please decide on my record, which follows."),
        _("Please decide on the record of this patient, which follows."),
        *rule.rests_on,
    )


def plan_language(draft: Draft) -> Iterator[Element]:
    """Words of the plan papers, with their page, and why they do or don't reach this."""
    is_exclusion = ReasonId.PLAN_EXCLUSION in draft.case.reasons
    quote = draft.known("plan_quote")
    if quote is None and not is_exclusion:
        return
    words = {
        "quote": word_for_word(quote) if quote is not None else draft.fact("plan_quote"),
        "page": draft.fact("plan_quote_page"),
        "paper": draft.enclosure(EnclosureId.PLAN_DOCUMENT_PAGES),
    }
    yield Paragraph((say(_("The plan says (%(page)s; %(paper)s): “%(quote)s”"), **words),))
    answer = draft.fact("exclusion_answer") if is_exclusion else draft.known("exclusion_answer")
    if answer is not None:
        yield from as_written(answer)
    if is_exclusion:
        yield Paragraph(
            (
                draft.form(
                    _(
                        "Please say whether clinical judgment was used to place this treatment "
                        "under the exclusion, and whose."
                    )
                ),
            )
        )


def demands_made(draft: Draft) -> Iterator[Element]:
    """The papers and the reviewer that a plan of this kind owes, or is asked for."""
    found: list[tuple[Sentence, ...]] = [(one,) for one in demands(draft.case, OF_AN_APPEAL)]
    parity = parity_right(draft)
    if parity is not None:
        found.append((demand(parity, draft.case), *which_limit(draft), what_it_compares(parity)))
    if not found:
        found = [
            (
                draft.form(
                    _(
                        "Please send copies of everything relevant to this decision, with the "
                        "rule that was used."
                    )
                ),
            )
        ]
    found.append(
        (
            draft.form(
                _(
                    "Please confirm in writing that each enclosure listed below reached the "
                    "reviewer."
                )
            ),
        )
    )
    yield Items(tuple(found), is_numbered=True)


def next_steps(draft: Draft) -> Iterator[Element]:
    """The decision in writing and in time, and what follows if the answer is no again."""
    sentences = [draft.form(_("Please send the decision in writing."))]
    front = front_stage(draft.case.denied)
    # Where the outside review comes next, its time is none of the plan's.
    due = decision_due(draft.case) if front is not None and not front.stage.is_external else None
    if due is not None:
        sentences.append(due)
    for right in rights_held(draft.case, ("external_review", "automatic_forwarding")):
        if right.id == "external_review" and right.asks is not Wording.MUST:
            continue
        sentences.extend(demands(draft.case, (right.id,)))
    yield Paragraph(tuple(sentences))


BLOCKS: dict[str, Writer] = {
    "request": request,
    "stated_reason": stated_reason,
    "proof": proof,
    "criteria": criteria,
    "plan_language": plan_language,
    "demands": demands_made,
    "next_steps": next_steps,
}
