"""What a document says about a situation: a verdict for each position, and for the document.

A verdict is ours, a determination is the plan's: nothing here says "approved".
"""

from dataclasses import dataclass
from enum import StrEnum

from policies import terms
from policies.catalogue import CoveragePosition, Document, Edition, EditionStatus, Position
from policies.criteria import is_cut_off, is_for_the_plan_alone, is_wholly_unread
from policies.facts import Facts
from policies.matcher import Finding, decide, evaluate
from policies.score import Score, score_of
from policies.situation import Treatment
from policies.truth import Truth, every


class Verdict(StrEnum):
    """What a document, or all of them, comes to for one person."""

    APPEARS_TO_QUALIFY = "appears_to_qualify"
    COULD_QUALIFY = "could_qualify"
    DOES_NOT_MEET = "does_not_meet"
    NOT_COVERED = "not_covered"
    CASE_BY_CASE = "case_by_case"
    NOT_ADDRESSED = "not_addressed"
    ANSWER_UNREAD = "answer_unread"
    WITHDRAWN = "withdrawn"
    NO_DOCUMENT = "no_document"

    @property
    def is_favorable(self) -> bool:
        return self in (Verdict.APPEARS_TO_QUALIFY, Verdict.COULD_QUALIFY)

    @property
    def is_refusal(self) -> bool:
        return self in (Verdict.DOES_NOT_MEET, Verdict.NOT_COVERED)


class Ground(StrEnum):
    """On what ground a document refuses."""

    INVESTIGATIONAL = "investigational"
    EXCLUDED = "excluded"
    NOT_MEDICALLY_NECESSARY = "not_medically_necessary"


CAN_BE_MET = (CoveragePosition.COVERED, CoveragePosition.COVERED_WITH_CRITERIA)

FIXED_VERDICTS = {
    CoveragePosition.INVESTIGATIONAL: Verdict.NOT_COVERED,
    CoveragePosition.EXCLUDED: Verdict.NOT_COVERED,
    CoveragePosition.NOT_MEDICALLY_NECESSARY: Verdict.NOT_COVERED,
    CoveragePosition.INDIVIDUAL_CONSIDERATION: Verdict.CASE_BY_CASE,
    CoveragePosition.NOT_ADDRESSED: Verdict.NOT_ADDRESSED,
    CoveragePosition.UNREAD: Verdict.ANSWER_UNREAD,
}


# Of alternative ways in one document the first of these decides: an answer that was not read comes
# before a refusal or silence, for it may be the way in.
WAYS_FIRST = (
    Verdict.APPEARS_TO_QUALIFY,
    Verdict.COULD_QUALIFY,
    Verdict.CASE_BY_CASE,
    Verdict.ANSWER_UNREAD,
    Verdict.DOES_NOT_MEET,
    Verdict.NOT_COVERED,
    Verdict.NOT_ADDRESSED,
)


@dataclass(frozen=True, slots=True)
class PositionAnswer:
    """One position held against the situation.

    `conditions` are those of its indications that cover the person's condition, or may. `applies`
    is unknown where the condition may or may not be one that the position names, or where
    (`scope_is_open`) it is not known whether the position is for this plan;
    `findings` is None where there is no list to hold the situation against.
    """

    position: Position
    applies: Truth
    distance: int
    conditions: tuple[str, ...]
    verdict: Verdict
    ground: Ground | None = None
    findings: Finding | None = None
    score: Score | None = None
    is_continuation: bool = False
    scope_is_open: bool = False
    priorities: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """One edition of a document held against the situation.

    `positions` are those that may cover the person's condition, the deciding ones first;
    `addresses` are the stated conditions that they certainly speak of.
    """

    document: Document
    edition: Edition
    verdict: Verdict
    ground: Ground | None = None
    positions: tuple[PositionAnswer, ...] = ()
    addresses: frozenset[str] = frozenset()
    speaks_of_treatment: bool = True


def judge_document(
    document: Document, edition: Edition, *, treatment: Treatment, facts: Facts
) -> DocumentAnswer:
    """Hold every position on the treatment that may cover the condition against the facts."""
    on_treatment = [one for one in edition.positions if one.treatment is treatment]
    if edition.status is EditionStatus.WITHDRAWN:
        # What a withdrawn edition still names is what the document was about.
        was_about = bool(on_treatment) or not edition.positions
        return DocumentAnswer(document, edition, Verdict.WITHDRAWN, speaks_of_treatment=was_about)
    if not edition.positions:
        return DocumentAnswer(document, edition, Verdict.ANSWER_UNREAD)
    if not on_treatment:
        return DocumentAnswer(document, edition, _silence(edition), speaks_of_treatment=False)
    judged = _deciding([judge_position(edition, one, facts) for one in on_treatment])
    if not judged:
        return DocumentAnswer(document, edition, _silence(edition))
    verdict = _joint_verdict(judged)
    lead = sorted(
        judged,
        key=lambda one: (
            one.applies is not Truth.MET,
            one.verdict is not verdict,
            # Of several refusals the ground must not hang on the order of a list.
            list(CoveragePosition).index(one.position.coverage),
        ),
    )
    return DocumentAnswer(
        document=document,
        edition=edition,
        verdict=verdict,
        ground=lead[0].ground if verdict is Verdict.NOT_COVERED else None,
        positions=tuple(lead),
        addresses=_addressed(judged, facts),
    )


def _addressed(judged: list[PositionAnswer], facts: Facts) -> frozenset[str]:
    """The stated conditions that the deciding positions certainly speak of."""
    spoken_of = {name for one in judged if one.applies is Truth.MET for name in one.conditions}
    # Suicidal ideation belongs to the depression that was stated.
    names = spoken_of | ({"mdd"} if "mdd_suicidal" in spoken_of else set())
    return frozenset(
        stated
        for stated in facts.stated_conditions or ()
        if names & terms.wider_conditions(stated).keys()
    )


def _silence(edition: Edition) -> Verdict:
    """Silence means something only where the whole document was read."""
    return Verdict.NOT_ADDRESSED if edition.is_read_whole else Verdict.ANSWER_UNREAD


def judge_position(edition: Edition, position: Position, facts: Facts) -> PositionAnswer:
    """Hold one position against the facts."""
    matches, distance, conditions = match_condition(position, facts)
    scope = Truth.MET if position.applies_if is None else decide(position.applies_if, facts)
    applies = every([matches, scope])
    is_continuation = (
        position.coverage is CoveragePosition.COVERED_WITH_CRITERIA
        and facts.values.get("request_phase") == "continuing"
    )
    tree = position.continuation if is_continuation else position.criteria
    findings = evaluate(tree, facts) if tree is not None else None
    if is_continuation and findings is None:
        # No rule for going on was read; it may stand in a part that was not.
        verdict = _silence(edition)
    elif position.coverage in CAN_BE_MET:
        verdict = _criteria_verdict(position, findings, applies)
    else:
        verdict = FIXED_VERDICTS[position.coverage]
    is_open = matches is Truth.UNKNOWN and bool(facts.stated_conditions)
    if verdict is Verdict.NOT_COVERED and (is_open or scope is Truth.UNKNOWN):
        # It refuses other conditions or plans; whether this one too, what we read does not say.
        verdict = Verdict.ANSWER_UNREAD
    # Where the plan decides case by case, or judges all of it, a person has no list to meet.
    is_counted = (
        position.coverage in CAN_BE_MET
        and findings is not None
        and not is_for_the_plan_alone(findings.node)
    )
    is_refusal = FIXED_VERDICTS.get(position.coverage) is Verdict.NOT_COVERED
    return PositionAnswer(
        position=position,
        applies=applies,
        distance=distance,
        conditions=conditions,
        verdict=verdict,
        ground=Ground(position.coverage.value) if is_refusal else None,
        findings=findings,
        score=score_of(findings, applies) if is_counted and findings is not None else None,
        is_continuation=is_continuation,
        scope_is_open=scope is Truth.UNKNOWN,
        priorities=tuple(evaluate(one, facts) for one in position.priorities),
    )


def match_condition(position: Position, facts: Facts) -> tuple[Truth, int, tuple[str, ...]]:
    """Whether the position covers the condition, how many steps wider it speaks, and of what."""
    truths = {name: facts.condition(name) for name in position.indications}
    steps = {
        name: min(
            (
                terms.wider_conditions(held)[name]
                for held in facts.stated_conditions or ()
                if name in terms.wider_conditions(held)
            ),
            default=0,
        )
        for name, truth in truths.items()
        if truth is Truth.MET
    }
    if steps:
        closest = min(steps.values())
        return Truth.MET, closest, tuple(name for name in steps if steps[name] == closest)
    open_ones = tuple(name for name, truth in truths.items() if truth is Truth.UNKNOWN)
    return (Truth.UNKNOWN if open_ones else Truth.NOT_MET), 0, open_ones


def _deciding(judged: list[PositionAnswer]) -> list[PositionAnswer]:
    """The positions that decide: those that name the condition most closely, and other ways in.

    A rule for the condition itself beats one for a wider group; a rule of which we don't know
    whether it applies is kept as another way in, and decides only when there is nothing else.
    """
    certain = [one for one in judged if one.applies is Truth.MET]
    unsettled = [one for one in judged if one.applies is Truth.UNKNOWN]
    if not certain:
        return unsettled
    ways = WAYS_FIRST[: WAYS_FIRST.index(Verdict.DOES_NOT_MEET)]
    closest = min(one.distance for one in certain)
    others = [one for one in unsettled if one.verdict in ways and one.ground is None]
    return [one for one in certain if one.distance == closest] + others


def _joint_verdict(judged: list[PositionAnswer]) -> Verdict:
    """Join alternative ways in one document: one that is met, or open, is enough."""
    verdicts = {one.verdict for one in judged}
    if len(verdicts) == 1:
        return verdicts.pop()
    is_any_certain = any(one.applies is Truth.MET for one in judged)
    if Verdict.CASE_BY_CASE in verdicts and not is_any_certain:
        # Nothing is known to apply, so an open case is no worse than a list.
        return Verdict.CASE_BY_CASE
    joint = min(verdicts, key=WAYS_FIRST.index)
    is_other_way_open = joint is Verdict.ANSWER_UNREAD and Verdict.DOES_NOT_MEET in verdicts
    return Verdict.COULD_QUALIFY if is_other_way_open else joint


def _criteria_verdict(position: Position, findings: Finding | None, applies: Truth) -> Verdict:
    if findings is None and position.coverage is CoveragePosition.COVERED_WITH_CRITERIA:
        return Verdict.ANSWER_UNREAD
    if findings is not None and is_wholly_unread(findings.node):
        return Verdict.ANSWER_UNREAD
    truths = [applies] if findings is None else [applies, findings.truth]
    if findings is not None and is_cut_off(findings.node):
        # Whatever was not read bars a yes, even where another way in is met.
        truths.append(Truth.UNKNOWN)
    return {
        Truth.MET: Verdict.APPEARS_TO_QUALIFY,
        Truth.UNKNOWN: Verdict.COULD_QUALIFY,
        Truth.NOT_MET: Verdict.DOES_NOT_MEET,
    }[every(truths)]
