"""Turns verdicts and findings into sentences: every word a patient reads about an answer.

A sentence names the document's own date and never sounds surer than its source.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from policies import terms
from policies.applicability import Role
from policies.catalogue import CoveragePosition
from policies.check import Answer, CheckedDocument
from policies.criteria import Unread, is_cut_off, is_for_the_plan_alone
from policies.language import said
from policies.matcher import Finding, top_level
from policies.situation import Asker
from policies.truth import Truth
from policies.verdict import DocumentAnswer, Ground, PositionAnswer, Verdict
from policies.wording.naming import (
    conditions_named,
    document_line,
    edition_date,
    one_of,
    score,
    short_name,
    treatment_for,
)
from policies.wording.phrases import (
    ADMINISTRATOR_UNPROVED,
    GROUNDS,
    HEDGES,
    HELP_LINE,
    LIST_UNREAD,
    NO_CONTINUATION,
    NO_DOCUMENT,
    OPEN_SCOPE,
    PLAN_CAUTIONS,
    RULE_BESIDE,
    SAYS,
    SCOPE_UNCERTAIN,
    STANDS_FIRST,
    WHERE_TO_GO,
    lower_first,
)
from policies.wording.voices import voice_for

__all__ = [
    "cautions",
    "conditions_named",
    "document_line",
    "document_verdict",
    "edition_date",
    "failing_labels",
    "headline",
    "help_line",
    "in_short",
    "reason",
    "score",
    "standing",
    "treatment_for",
    "what_it_says",
    "whose_list",
]


def headline(answer: Answer) -> str:
    """The one sentence that opens an answer."""
    asker = answer.situation.asker
    voice = voice_for(asker)
    if answer.disagreeing:
        return _(voice.disagreement)
    if answer.headline is None:
        return _(voice.verdicts[Verdict.NO_DOCUMENT])
    sentence = document_verdict(answer.headline, asker)
    if answer.headline.applied.role is not Role.PROGRAM_RULE:
        return sentence
    if answer.verdict is Verdict.ANSWER_UNREAD:
        return _(voice.rule_unread)
    has_own = any(one.applied.role is not Role.PROGRAM_RULE for one in answer.documents)
    return f"{_(voice.own_is_silent if has_own else voice.only_a_rule)} {sentence}"


def standing(answer: Answer) -> str:
    """Which of several documents this answer goes by, and why that one; empty for one alone."""
    if len(answer.documents) < 2 or answer.headline is None or answer.disagreeing:
        return ""
    roles = [one.applied.role is Role.PROGRAM_RULE for one in answer.documents]
    is_rule, other_rules = roles[0], roles[1:]
    why = STANDS_FIRST["rule speaks" if is_rule and not all(roles) else "closest"]
    if not is_rule and any(other_rules):
        why = STANDS_FIRST["own"]
    name = short_name(answer.headline.applied.document)
    return _(why) % {"number": len(roles), "name": name}


def in_short(answer: Answer) -> str:
    """An answer in a line or two: the verdict, the document with its date, and the score."""
    if answer.headline is None or answer.disagreeing:
        return f"{headline(answer)} {reason(answer)}"
    document, edition = answer.headline.applied.document, answer.headline.applied.edition
    positions = answer.headline.answer.positions
    counted = positions[0].score if positions else None
    in_numbers = f" {score(counted)}." if counted is not None else ""
    return f"{headline(answer)} {document_line(document, edition)}.{in_numbers}"


def document_verdict(checked: CheckedDocument, asker: Asker | None = None) -> str:
    """A document's verdict in one sentence to whoever asks, no surer than its source."""
    hedge = HEDGES[checked.sureness]
    sentence = verdict_sentence(checked.answer, asker)
    return _(hedge) % {"sentence": lower_first(sentence)} if hedge else sentence


def verdict_sentence(answer: DocumentAnswer, asker: Asker | None = None) -> str:
    """A verdict without its source, for where that is told beside it."""
    voice = voice_for(asker)
    if not answer.positions:
        return _(voice.verdicts[answer.verdict])
    first = answer.positions[0]
    named = conditions_named(first.conditions or first.position.indications)
    scope = first.position.applies_if
    if first.scope_is_open and scope is not None:
        return _(OPEN_SCOPE) % {"scope": lower_first(said(scope.label).rstrip("."))}
    is_silent = answer.verdict in (Verdict.NOT_ADDRESSED, Verdict.ANSWER_UNREAD)
    if first.is_continuation and first.findings is None and is_silent:
        return _(NO_CONTINUATION)
    if answer.verdict is Verdict.COULD_QUALIFY and first.verdict is Verdict.COULD_QUALIFY:
        tree = first.findings.node if first.findings is not None else None
        if tree is not None and is_for_the_plan_alone(tree):
            return _(voice.plans_duty)
        if first.score is not None and first.score.met == 0:
            return _(voice.nothing_settled)
    other = voice.other_unread
    if any(one.applies is Truth.UNKNOWN for one in answer.positions[1:]):
        other = voice.other_list
    special = {
        Verdict.COULD_QUALIFY: other if first.verdict is Verdict.DOES_NOT_MEET else "",
        Verdict.ANSWER_UNREAD: voice.open_refusal if first.ground is not None else "",
        Verdict.NOT_COVERED: voice.refused_for if first.applies is Truth.UNKNOWN else "",
    }.get(answer.verdict, "")
    if answer.verdict is Verdict.COULD_QUALIFY and _meets_all_that_was_read(first):
        special = voice.cut_off
    return _(special or voice.verdicts[answer.verdict]) % {"conditions": named}


def _meets_all_that_was_read(answer: PositionAnswer) -> bool:
    if answer.findings is None or answer.applies is Truth.UNKNOWN:
        return False
    open_ones = [one.node for one in top_level(answer.findings) if one.truth is not Truth.MET]
    is_rest_met = all(isinstance(node, Unread) for node in open_ones)
    return is_rest_met and is_cut_off(answer.findings.node)


def reason(answer: Answer) -> str:
    """Why: the rule that stands first, or why there is none."""
    if answer.no_document is not None:
        sentences = [_(NO_DOCUMENT[answer.no_document])]
        line = answer.situation.plan.line_of_business
        if line in WHERE_TO_GO:
            sentences.append(_(WHERE_TO_GO[line]))
        if answer.similar_insurers:
            similar = one_of([insurer.name for insurer in answer.similar_insurers])
            sentences.append(_("Did you mean %(insurers)s?") % {"insurers": similar})
        return " ".join(sentences)
    if answer.headline is None:
        return ""
    if answer.disagreeing:
        sides = [answer.headline, *answer.disagreeing]
        return " ".join(
            f"{document_line(one.applied.document, one.applied.edition)}: "
            f"{lower_first(document_verdict(one, answer.situation.asker))}"
            for one in sides
        )
    applied = answer.headline.applied
    parts = (
        f"{document_line(applied.document, applied.edition)}.",
        *_says(answer.headline, answer.stated_conditions),
        _rule_beside(answer),
    )
    return " ".join(one for one in parts if one)


def _rule_beside(answer: Answer) -> str:
    """A rule of the program that leaves to the plan what its own document refuses."""
    if answer.headline is None or not answer.headline.answer.verdict.is_refusal:
        return ""
    rules = [
        short_name(one.applied.document)
        for one in answer.documents
        if one.applied.role is Role.PROGRAM_RULE and one.answer.verdict is Verdict.CASE_BY_CASE
    ]
    if not rules:
        return ""
    named = rules[0]
    if len(rules) > 1:
        named = _("%(rule)s and %(number)d more") % {"rule": rules[0], "number": len(rules) - 1}
    return _(RULE_BESIDE) % {"rules": named}


def help_line(answer: Answer) -> str:
    """The help line, for whoever told of thoughts of suicide; empty for others."""
    situation = answer.situation
    is_diagnosis = "mdd_suicidal" in situation.conditions
    is_answer = situation.answers.get("suicidal_ideation") in ("without_intent", "with_intent")
    is_told = is_diagnosis or is_answer or "R45.851" in situation.icd10_codes
    return _(HELP_LINE) if is_told else ""


def cautions(answer: Answer) -> tuple[str, ...]:
    """What every reader of the answer must be told about the plan itself."""
    found = []
    if answer.plan_caution is not None:
        found.append(_(PLAN_CAUTIONS[answer.plan_caution]))
    if answer.administrator_is_unproved:
        name = answer.situation.plan.administrator_name
        found.append(_(ADMINISTRATOR_UNPROVED) % {"name": name})
    return tuple(found)


def failing_labels(answer: PositionAnswer) -> tuple[str, ...]:
    """The top-level requirements that are not met."""
    if answer.findings is None:
        return ()
    failed = (one for one in top_level(answer.findings) if one.truth is Truth.NOT_MET)
    return tuple(_failing_label(one) for one in failed)


def whose_list(answer: PositionAnswer) -> str:
    """The point that a score counts beside the list: whose it is; empty where that is known."""
    if answer.score is None or answer.applies is not Truth.UNKNOWN:
        return ""
    if answer.scope_is_open:
        return _("This list is for this plan")
    return _("This list is the right one for the condition")


def _failing_label(found: Finding) -> str:
    """A requirement that is not met; of things that must not apply, those that do."""
    label = said(found.node.label).rstrip(".")
    applying = [
        lower_first(said(one.node.label).rstrip("."))
        for one in found.members
        if one.is_exclusion and one.truth is Truth.NOT_MET
    ]
    if not applying:
        return label
    return _("%(label)s (this applies: %(applying)s)") % {
        "label": label,
        "applying": ", ".join(applying),
    }


def _says(checked: CheckedDocument, stated: frozenset[str]) -> Iterator[str]:
    told = checked.answer.positions
    if not told:
        return
    yield from map(what_it_says, told if told[0].scope_is_open else told[:1])
    if checked.answer.ground is Ground.EXCLUDED and told[0].position.note:
        # What an exclusion rests on belongs to it: a rule may not name the drug.
        yield said(told[0].position.note)
    failed = failing_labels(told[0])
    if checked.answer.verdict is Verdict.DOES_NOT_MEET and failed:
        criteria = "; ".join(map(lower_first, failed))
        yield _("It asks for this, which is not met: %(criteria)s.") % {"criteria": criteria}
    spoken_of = checked.answer.addresses
    # Whoever speaks of resistant depression need not speak of depression too.
    wider = {name for one in spoken_of for name in terms.wider_conditions(one)}
    others = stated - spoken_of - wider
    if spoken_of and others:
        named = conditions_named(tuple(sorted(others)))
        yield _("We read nothing in it about %(conditions)s.") % {"conditions": named}


def what_it_says(answer: PositionAnswer, *, is_open_told: bool = True) -> str:
    """What a position says of the treatment, and for what.

    Whether it is meant at all, where that is open, is left out for whoever tells it elsewhere.
    """
    position = answer.position
    conditions = conditions_named(answer.conditions or position.indications)
    about = treatment_for(position.treatment, conditions)
    wants_list = position.coverage is CoveragePosition.COVERED_WITH_CRITERIA
    if wants_list and answer.findings is None and not answer.is_continuation:
        sentence = LIST_UNREAD
    elif answer.ground is not None:
        sentence = GROUNDS[answer.ground]
    else:
        sentence = SAYS.get(position.coverage, SAYS[CoveragePosition.NOT_ADDRESSED])
    sentence = _(sentence) % {"about": about}
    if answer.scope_is_open and position.applies_if is not None:
        return _("%(sentence)s, if %(scope)s.") % {
            "sentence": sentence.rstrip("."),
            "scope": lower_first(said(position.applies_if.label)),
        }
    is_open = is_open_told and answer.applies is Truth.UNKNOWN
    return f"{sentence} {_(SCOPE_UNCERTAIN)}" if is_open else sentence
