"""The plan's rule, criterion by criterion, against the record: what the table of a letter says."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.arguments import EnclosureId
from appeals.letters.case import Proof
from appeals.letters.content import Basis, Gap, Origin, Sentence, Told
from appeals.letters.document import edition_key, in_sum, is_second_hand, point_of
from appeals.letters.draft import Draft
from appeals.letters.saying import Words, line, listed, say
from appeals.letters.trials import trial_words
from policies import vocabulary
from policies.catalogue import Edition
from policies.criteria import (
    CountCriterion,
    FactCriterion,
    Group,
    Judge,
    Judgement,
    Operator,
    ScaleCriterion,
    Unread,
)
from policies.language import said
from policies.matcher import CodesGiven, CountGiven, Finding, ScaleGiven, top_level
from policies.matcher.findings import Given
from policies.situation import ScaleScore
from policies.truth import Truth
from policies.wording.findings import score_line, shown, value_in_words
from policies.wording.naming import one_of
from policies.wording.phrases import lower_first

NOT_MET = N_("Not met.")
Row = tuple[tuple[Sentence, ...], tuple[Sentence, ...], tuple[Sentence, ...]]
# Which paper proves what kind of criterion.
PROVEN_BY = {
    CountCriterion: EnclosureId.TREATMENT_HISTORY_TABLE,
    ScaleCriterion: EnclosureId.RATING_SCALES,
}


def criteria_rows(draft: Draft, *, not_met: str = NOT_MET) -> tuple[Row, ...]:
    """One row for each requirement of the rule: what it asks, the record, and the paper.

    `not_met` says of a requirement that is not met what the letter says of it besides.
    """
    checked, position = draft.case.checked, draft.case.position
    if checked is None or position is None or position.findings is None:
        return ()
    key = edition_key(checked)
    return tuple(
        (
            tuple(_asked(one, f"{key}/{index}", checked.applied.edition)),
            tuple(_record(one, f"{key}/{index}", draft, not_met)),
            tuple(_papers(one, draft)),
        )
        for index, one in enumerate(top_level(position.findings))
    )


def _asked(found: Finding, place: str, edition: Edition) -> Iterator[Sentence]:
    """The requirement: the document's words where they were read, else our summary of it."""
    node = found.node
    if node.source.quote:
        quote = Told(node.source.quote, (Basis(Origin.QUOTE, place),))
        text = _("“%(quote)s”")
        if is_second_hand(node.source, edition):
            text = _("“%(quote)s” (as reproduced by others)")
        yield say(text, quote=quote)
    else:
        yield line(_summary(in_sum(said(node.label)), place))
    if isinstance(node, Group) and node.operator is Operator.ANY_OF and not node.source.quote:
        parts = [lower_first(in_sum(said(one.label))) for one in node.members]
        yield say(_("Any one of: %(parts)s."), parts=_summary(one_of(parts), place))


def _summary(text: str, place: str) -> Told:
    return Told(text, (Basis(Origin.FINDING, place),))


def _record(found: Finding, place: str, draft: Draft, not_met: str) -> Iterator[Sentence]:
    """How the requirement stands, and each fact that says so."""
    basis = Basis(Origin.FINDING, place)
    if isinstance(found.node, Unread):
        yield say(_("The copy that could be read is cut off here. Please send it whole."), basis)
        return
    leaves = tuple(_leaves(found))
    match found.truth:
        case Truth.MET:
            yield say(_("Met."), basis)
        case Truth.NOT_MET:
            yield say(_(not_met), basis)
        case Truth.UNKNOWN:
            pass
    if _is_open_choice(found, draft):
        # One gap for what any one of several would settle.
        parts = one_of([lower_first(in_sum(said(one.node.label))) for one in found.members])
        yield line(_open_point(place, parts))
        return
    if len(leaves) == 1:
        # Of several ways the one that was gone is named.
        yield from _told(leaves[0], place, basis, draft, is_labeled=bool(found.members))
        return
    for number, leaf in enumerate(leaves):
        yield from _told(leaf, f"{place}.{number}", basis, draft, is_labeled=True)


def _open_point(place: str, label: str) -> Gap:
    """What is to be confirmed: in the row of its requirement the number of the point will do."""
    return Gap(
        f"criterion.{place}",
        _("to confirm: %(label)s") % {"label": label},
        _("to confirm: point %(point)s") % {"point": point_of(place)},
    )


def _is_open_choice(found: Finding, draft: Draft) -> bool:
    """Whether any one of several would do, and the letter can tell nothing of any of them."""
    node = found.node
    is_any = isinstance(node, Group) and node.operator is Operator.ANY_OF
    return is_any and not any(_is_told(one.given, draft) for one in _leaves(found))


def _is_told(given: Given, draft: Draft) -> bool:
    """Whether there is something to say; a score of one's own only its owner tells."""
    if isinstance(given, ScaleGiven):
        return bool(given.scores or (draft.is_first_person and given.self_completed))
    return given not in (None, CodesGiven())


def _leaves(found: Finding) -> Iterator[Finding]:
    """What is tested, one by one; where one way is enough and was gone, that one."""
    if not found.members:
        yield found
    for one in shown(found):
        yield from _leaves(one)


def _told(
    found: Finding, place: str, basis: Basis, draft: Draft, *, is_labeled: bool
) -> Iterator[Sentence]:
    """The facts on one test, or the gap that nobody filled."""
    node = found.node
    label = Told(in_sum(said(node.label)).rstrip("."), (basis,))
    open_point = line(_open_point(place, label.text))
    if isinstance(node, Unread):
        yield say(_("%(label)s: cut off in the copy that could be read."), label=label)
    elif isinstance(node, Judgement) and node.judge is Judge.PLAN:
        yield say(_("For the plan to judge."), basis)
    elif isinstance(node, Judgement):
        yield open_point
    else:
        yield from _facts(found, basis, draft, is_labeled=is_labeled)
        if found.truth is Truth.UNKNOWN:
            yield open_point


def _facts(found: Finding, basis: Basis, draft: Draft, *, is_labeled: bool) -> Iterator[Sentence]:
    """What was told of one test; nothing where that is nothing."""
    node, value = found.node, found.given
    match value:
        case CountGiven():
            yield from _counted(value, basis, draft)
        case ScaleGiven():
            yield from _scores(value, basis, draft)
        case CodesGiven(codes):
            if codes:
                yield line(Told(", ".join(codes), (Basis(Origin.FACT, "icd10_codes"), basis)))
        case None:
            return
        case bool() if found.truth is Truth.MET and not is_labeled:
            # The requirement beside it says the same.
            return
        case _ if isinstance(node, FactCriterion):
            yield line(_fact_words(node, value, basis))


def _fact_words(node: FactCriterion, value: object, basis: Basis) -> Told:
    """A fact with its name, as the clinic calls it."""
    # Of major depression with thoughts of suicide the thoughts may be all that was asked.
    is_thoughts = node.fact == "conditions" and isinstance(value, str)
    fact = "suicidal_ideation" if is_thoughts else node.fact
    name = said(vocabulary.fact(fact).label)
    text = _("%(name)s: %(value)s") % {"name": name, "value": value_in_words(node, value)}
    return Told(text, (Basis(Origin.FACT, f"answers.{fact}"), basis))


def _counted(found: CountGiven, basis: Basis, draft: Draft) -> Iterator[Sentence]:
    """The treatments that count, and those that may once a detail is known."""
    tried = [trial_words(one, draft) for one in (*found.counted, *found.possible)]
    if tried:
        yield say("%(trials)s", basis, trials=listed(tried, "; "))
    else:
        yield say(_("None named."), basis)


def _scores(found: ScaleGiven, basis: Basis, draft: Draft) -> Iterator[Sentence]:
    """Charted scores; what a person filled in alone is told by that person alone, as such."""
    for one in found.scores:
        yield say(_("%(score)s."), basis, score=score_words(one, draft))
    if found.scores:
        return
    if draft.is_first_person:
        yield from (self_completed(one, draft, basis) for one in found.self_completed)


def self_completed(one: ScaleScore, draft: Draft, *rests_on: Basis) -> Sentence:
    """A score that the patient, who writes, filled in alone."""
    text = _("%(score)s, on a form that I filled in myself; it is not from the chart.")
    return say(text, *rests_on, score=score_words(one, draft))


def score_words(one: ScaleScore, draft: Draft) -> Told:
    """A score with its scale and date."""
    situation = draft.case.situation
    number = situation.scores.index(one) if situation is not None else 0
    return Told(score_line(one), (Basis(Origin.FACT, f"scores.{number}"),))


def _papers(found: Finding, draft: Draft) -> Iterator[Sentence]:
    """The papers that prove it, each once: those said to, else those of its kind."""
    if isinstance(found.node, Unread):
        return
    told = draft.case.proofs.get(found.node.label, ())
    if told:
        yield from (line(_proof(one, draft)) for one in dict.fromkeys(told))
        return
    papers: dict[EnclosureId, Words] = {}
    for leaf in _leaves(found):
        if isinstance(leaf.node, Unread) or (
            isinstance(leaf.node, Judgement) and leaf.node.judge is Judge.PLAN
        ):
            continue
        paper = PROVEN_BY.get(type(leaf.node), EnclosureId.CHART_NOTES)
        papers[paper] = draft.enclosure(paper)
    yield from map(line, papers.values())


def _proof(proof: Proof, draft: Draft) -> Words:
    """The number of an enclosure, and which of the papers under it."""
    number = draft.enclosure(proof.paper)
    if isinstance(number, Gap) or not proof.name:
        return number
    return Told(f"{number.text}: {proof.name}", number.rests_on)
