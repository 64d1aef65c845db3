"""The request for an outside review: evidence first, what the plan did last."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.arguments import EnclosureId
from appeals.law.reasons import ReasonId
from appeals.letters.blocks.certification import has_certification
from appeals.letters.blocks.charted import meets_whole_rule, suicidality_limit
from appeals.letters.blocks.parts import (
    Writer,
    as_written,
    ordered,
    waiting_could_harm,
    word_for_word,
)
from appeals.letters.blocks.rule import TO_A_REVIEWER, rule_table
from appeals.letters.content import Basis, Element, Origin, Paragraph, Sentence, Told
from appeals.letters.demands import decision_due, front_stage
from appeals.letters.document import (
    document_words,
    is_answer_read,
    is_list_unread,
    said_in_place_of_a_list,
)
from appeals.letters.draft import Draft
from appeals.letters.saying import say
from appeals.letters.trials import failed_trials
from policies.wording.naming import in_a_row

# What each reason that takes medical judgment puts before the reviewer.
QUESTIONS = {
    ReasonId.EXPERIMENTAL_INVESTIGATIONAL: N_(
        "whether the treatment is proven well enough for this condition"
    ),
    ReasonId.NOT_MEDICALLY_NECESSARY: N_("whether the care is medically necessary"),
    ReasonId.STEP_THERAPY: N_("whether other treatment has to be tried first"),
    ReasonId.QUANTITY_OR_FREQUENCY: N_("whether this dose, frequency or number is needed"),
    ReasonId.CONTINUATION_WITHOUT_BENEFIT: N_("whether the treatment helps enough to go on"),
}


def request(draft: Draft) -> Iterator[Element]:
    """Whose decision is to be overturned, what is to be covered, and the strongest fact."""
    words = {
        "plan": draft.fact("plan_name"),
        "notice": draft.fact("notice_on"),
        "treatment": draft.treatment,
        "condition": draft.condition,
    }
    sentences = [
        draft.by_voice(
            _(
                "I ask for an external review of the decision of %(notice)s by which %(plan)s "
                "denied %(treatment)s for my %(condition)s."
            ),
            _(
                "I ask, for %(patient)s, for an external review of the decision of %(notice)s by "
                "which %(plan)s denied %(treatment)s for %(condition)s."
            ),
            **words,
        ),
        say(_("Please overturn it, so that the plan covers %(order)s."), order=ordered(draft)),
    ]
    fact = _strongest(draft)
    if fact is not None:
        sentences.append(fact)
    yield Paragraph(tuple(sentences))
    urgent = tuple(_urgent(draft))
    if urgent:
        yield Paragraph(urgent)


def _strongest(draft: Draft) -> Sentence | None:
    if not meets_whole_rule(draft):
        return failed_trials(draft)
    return draft.by_voice(
        _("By my record I appear to meet every requirement of %(rule)s, as the table shows."),
        _(
            "By the record, %(patient)s appears to meet every requirement of %(rule)s, as the "
            "table shows."
        ),
        rule=document_words(draft),
    )


def _urgent(draft: Draft) -> Iterator[Sentence]:
    """The fast review with the standard and who certifies it; the page for the physician."""
    if draft.case.is_expedited:
        basis = Basis(Origin.FACT, "is_expedited")
        yield say(_("Please decide this as an expedited review."), basis)
        yield waiting_could_harm(draft)
    if has_certification(draft):
        yield draft.form(_("The last page is for the treating physician to certify."))


def stated_reason(draft: Draft) -> Iterator[Element]:
    """The plan's reason once, exactly as on its notice, which the reviewer did not write."""
    reason = draft.fact("stated_reason")
    if isinstance(reason, Told):
        reason = word_for_word(reason)
    text = _("The plan's notice (%(paper)s) gives this reason: “%(reason)s”")
    paper = draft.enclosure(EnclosureId.DENIAL_NOTICE)
    yield Paragraph((say(text, paper=paper, reason=reason),))


def disputed(draft: Draft) -> Iterator[Element]:
    """The question before the reviewer, and that it is one of medical judgment."""
    asked = [one for one in draft.case.reasons if one in QUESTIONS]
    if asked:
        bases = tuple(Basis(Origin.REASON, one) for one in asked)
        questions = Told(in_a_row([_(QUESTIONS[one]) for one in asked]), bases)
        yield Paragraph(
            (
                say(_("The dispute is %(questions)s."), questions=questions),
                say(_judgment(draft), *bases),
            )
        )
    own = draft.known("dispute") if asked else draft.fact("dispute")
    if own is not None:
        yield from as_written(own)
    if ReasonId.PLAN_EXCLUSION in draft.case.reasons:
        yield from as_written(draft.fact("exclusion_answer"))


def _judgment(draft: Draft) -> str:
    if ReasonId.PLAN_EXCLUSION in draft.case.reasons:
        return _("That is a question of medical judgment.")
    return _("That is a question of medical judgment; no exclusion is among the reasons.")


def criteria(draft: Draft) -> Iterator[Element]:
    """The rule against the record; what is missing of it the reviewer gets from the plan."""
    table = tuple(rule_table(draft, TO_A_REVIEWER))
    yield from table or (Paragraph(tuple(_without_list(draft))),)


def _without_list(draft: Draft) -> Iterator[Sentence]:
    """What the document says in place of a list, or that none was at hand."""
    if not is_answer_read(draft):
        yield draft.form(
            _(
                "No written rule of the plan for this treatment was at hand. Please ask the plan "
                "for the one that it used, with its date."
            )
        )
        return
    rule = document_words(draft)
    if is_list_unread(draft):
        yield say(
            _("What %(rule)s asks for this was not at hand. Please ask the plan for it."), rule=rule
        )
        return
    yield said_in_place_of_a_list(draft)
    yield draft.by_voice(
        _("Please decide on my record, which follows."),
        _("Please decide on the record of this patient, which follows."),
        *rule.rests_on,
    )


def not_considered(draft: Draft) -> Iterator[Element]:
    """What the decision passed over, and what is new since."""
    yield from as_written(draft.fact("not_considered"))
    new = draft.known("new_evidence")
    if new is not None:
        yield Paragraph((draft.form(_("New since the plan's decision:")),))
        yield from as_written(new)
    limit = tuple(suicidality_limit(draft))
    if limit:
        yield Paragraph(limit)


def next_steps(draft: Draft) -> Iterator[Element]:
    """The decision and its time, what may still be missing, and that the papers arrived."""
    sentences = [draft.form(_("Please send the decision in writing."))]
    front = front_stage(draft.case.denied)
    due = decision_due(draft.case) if front is not None and front.stage.is_external else None
    if due is not None:
        sentences.append(due)
    texts = [
        _("If a form, a fee or a release of records is still needed, please say so at once."),
        _("Please confirm in writing that this request and each enclosure arrived."),
    ]
    sentences.extend(map(draft.form, texts))
    if draft.case.told.get("fee_waiver") == "hardship":
        basis = Basis(Origin.FACT, "fee_waiver")
        sentences.append(say(_("Paying a fee would be a hardship; please waive it."), basis))
    yield Paragraph(tuple(sentences))


KIND = "external_review"
BLOCKS: dict[str, Writer] = {
    f"{KIND}.request": request,
    f"{KIND}.stated_reason": stated_reason,
    "disputed": disputed,
    f"{KIND}.criteria": criteria,
    "not_considered": not_considered,
    f"{KIND}.next_steps": next_steps,
}
