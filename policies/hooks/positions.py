"""What a document says of a treatment, position by position, held against the record, in short.

Whoever signs an order reads a few lines. What fails and what is missing is named before what is
met; the page that the card links to has the whole list, line by line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policies.catalogue import CoveragePosition, PriorAuthorization
from policies.check import CheckedDocument
from policies.criteria import Unread, is_for_the_plan_alone
from policies.hooks.words import OWN_COPIES, cut, escaped, upper_first
from policies.language import said
from policies.matcher import Finding, top_level
from policies.truth import Truth
from policies.verdict import PositionAnswer
from policies.wording import failing_labels
from policies.wording.dates import printed_date
from policies.wording.findings import state
from policies.wording.naming import conditions_named, edition_date
from policies.wording.phrases import POSITIONS, lower_first

MOST_OF_A_NAME = 60
# A criterion cut short may say the opposite, so a longer one is counted and not named.
MOST_OF_A_LABEL = 110
MOST_OF_A_MET = 40
MOST_FURTHER = 2
MOST_CONDITIONS = 2
AUTHORIZATION = {
    PriorAuthorization.REQUIRED: " Prior authorization: required.",
    PriorAuthorization.NOT_REQUIRED: " Prior authorization: not required.",
    PriorAuthorization.UNKNOWN: "",
}
RIGHT_CONDITION = "the condition for this list"
RIGHT_PLAN = "the plan for this list"
UNREAD_REST = "a part not read"
# Where the record told of suicidal thoughts, its list would be known to apply.
LESS_LIKELY = frozenset({"mdd_suicidal"})


@dataclass(frozen=True, slots=True)
class Room:
    """How many names a line may have: of the document, of the record, and of what is not met.

    A criterion of the document may be as long as `longest`. Where the room is `scant`, what matters
    least is not told at all.
    """

    names: int
    of_record: int
    failing: int
    longest: int | None = MOST_OF_A_LABEL
    scant: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether what is met, and the other lists, have room for names too."""
        return self.of_record > 1


def of_document(checked: CheckedDocument, room: Room) -> Iterator[str]:
    """What it says, met and missing with as many names as there is room for, and its source."""
    positions = likeliest_first(checked)
    if positions:
        yield from _first(positions[0], room)
    # The lists of all would bury the likeliest; the others are named with their counts.
    if not room.scant:
        yield _further(positions[1:], is_named=room.is_wide)
    yield _source(checked)


def likeliest_first(checked: CheckedDocument) -> list[PositionAnswer]:
    """The positions of a document: those that apply, and then the likelier of the rest."""
    return sorted(checked.answer.positions, key=_likelihood)


def _likelihood(answer: PositionAnswer) -> tuple[bool, bool]:
    named = frozenset(answer.conditions or answer.position.indications)
    is_open = answer.applies is not Truth.MET
    return is_open, is_open and bool(named) and named <= LESS_LIKELY


def _source(checked: CheckedDocument) -> str:
    """Which document it is, how sure our copy is, and when it was read."""
    document, edition = checked.applied.document, checked.applied.edition
    name = escaped(cut(said(document.own_name), MOST_OF_A_NAME))
    origins = [one.position.source.origin for one in likeliest_first(checked)[:1]]
    reading = next(
        (one for one in edition.readings if one.key in origins), next(iter(edition.readings), None)
    )
    read = f", read {printed_date(reading.read_on)}" if reading is not None else ""
    # A copy that is old or another's is told with the verdict.
    label = OWN_COPIES.get(checked.sureness, "")
    return f"Source: {name} ({edition_date(edition)}){label}{read}."


def _first(answer: PositionAnswer, room: Room) -> Iterator[str]:
    authorization = AUTHORIZATION[answer.position.prior_authorization]
    yield f"{_says(answer)}{authorization}"
    if answer.findings is not None:
        yield "\n".join(_lists(answer, answer.findings, room))


def _says(answer: PositionAnswer) -> str:
    """What it says for which conditions; of which treatment stands in the card's summary."""
    named = _conditions(answer)
    scope = answer.position.applies_if if answer.scope_is_open else None
    within = f", if {escaped(lower_first(said(scope.label)))}" if scope is not None else ""
    coverage = _coverage(answer)
    return f"For {named}: {coverage}{within}." if named else f"{upper_first(coverage)}{within}."


def _lists(answer: PositionAnswer, findings: Finding, room: Room) -> Iterator[str]:
    """How much is met, then by name what is not met and what is missing."""
    top = top_level(findings)
    counted = answer.score
    if counted is not None:
        of = f"at least {counted.total}" if counted.at_least else f"{counted.total}"
        met = [_label(one) for one in top if one.truth is Truth.MET]
        short = [one for one in met if len(one) <= MOST_OF_A_MET]
        # A score counts what stands beside the list too, so the names here are examples.
        most = room.names - 1 if room.is_wide else 0
        names = f": {'; '.join(short[:most])}" if short[:most] else ""
        yield f"- Met: {counted.met} of {of}{names}"
    failing = list(_failing(answer, top))
    if failing:
        yield f"- Not met: {'; '.join(listed(failing, room.failing, longest=None))}"
    labels = _open_labels(top)
    is_rest_unread = any(one.truth is Truth.UNKNOWN and _is_unread(one) for one in top)
    rest = [*_whose_list(answer), *([UNREAD_REST] if is_rest_unread else [])]
    is_plans_own = is_for_the_plan_alone(findings.node)
    # How many points the plan has to judge by itself helps nobody, where none has room.
    if rest or (labels and not (is_plans_own and room.names == 0)):
        heading = "For the plan" if is_plans_own else "Missing"
        yield f"- {heading}: {'; '.join([*_listed(labels, room), *rest])}"


def points_missing(checked: CheckedDocument, room: Room | None = None) -> tuple[str, ...]:
    """The points that are missing, or those of them that have room for their name."""
    first = next(iter(likeliest_first(checked)), None)
    if first is None or first.findings is None:
        return ()
    labels = _open_labels(top_level(first.findings))
    held = dict(labels)
    return (
        tuple(held) if room is None else tuple(one for one in _listed(labels, room) if one in held)
    )


def _listed(labels: list[tuple[str, bool]], room: Room) -> list[str]:
    """The names that have room; what is spoken against is named however long it is."""
    against = [label for label, is_against in labels if is_against][: room.failing]
    others = [label for label, _ in labels if label not in against]
    most = max(room.names - len(against), 0)
    return [*against, *listed(others, most, longest=room.longest)]


def _open_labels(top: Sequence[Finding]) -> list[tuple[str, bool]]:
    """What is missing, each with whether we were told something against one way to meet it."""
    open_ones = [one for one in top if one.truth is Truth.UNKNOWN and not _is_unread(one)]
    told = [(_label(one), _against(one)) for one in open_ones]
    return [(f"{label}{against}", bool(against)) for label, against in told]


def _against(found: Finding) -> str:
    """Which of several ways to meet a point the record rules out."""
    ways = [one for one in found.members if one.truth is Truth.NOT_MET and not one.members]
    if not ways or found.is_exclusion:
        return ""
    named = "; ".join(lower_first(escaped(said(one.node.label).rstrip("."))) for one in ways)
    return f" (not met by what we were told: {named})"


def _failing(answer: PositionAnswer, top: Sequence[Finding]) -> Iterator[str]:
    """What is not met, and of a list of things that must not apply, those that do."""
    failed = (one for one in top if one.truth is Truth.NOT_MET)
    for one, label in zip(failed, failing_labels(answer), strict=True):
        yield _label(one) if one.is_exclusion else escaped(label)


def _whose_list(answer: PositionAnswer) -> Iterator[str]:
    """The point that the score counts beside the list."""
    if answer.score is not None and answer.applies is Truth.UNKNOWN:
        yield RIGHT_PLAN if answer.scope_is_open else RIGHT_CONDITION


def _further(answers: list[PositionAnswer], *, is_named: bool) -> str:
    if not answers:
        return ""
    if not is_named:
        return f"For others: {len(answers)} more."
    told = [_counted(one) for one in answers[:MOST_FURTHER]]
    more = len(answers) - len(told)
    return f"Also: {'; '.join([*told, *([f'and {more} more'] if more else [])])}."


def _counted(answer: PositionAnswer) -> str:
    named = _conditions(answer)
    score = answer.score
    if score is None:
        return f"{named} ({_coverage(answer)})"
    least = "at least " if score.at_least else ""
    failed = f", {score.not_met} not met" if score.not_met else ""
    return f"{named} ({score.met} of {least}{score.total} met{failed})"


def _conditions(answer: PositionAnswer) -> str:
    indications = answer.conditions or answer.position.indications
    return escaped(conditions_named(indications, most=MOST_CONDITIONS))


def _coverage(answer: PositionAnswer) -> str:
    coverage = answer.position.coverage
    is_list_unread = answer.findings is None and not answer.is_continuation
    if coverage is CoveragePosition.COVERED_WITH_CRITERIA and is_list_unread:
        return "covered with criteria that we could not read"
    return lower_first(POSITIONS[coverage]).replace(": ", ", ")


def _is_unread(found: Finding) -> bool:
    return isinstance(found.node, Unread)


def _label(found: Finding) -> str:
    label = escaped(said(found.node.label).rstrip("."))
    # Of what must not apply, the label alone would say the opposite.
    return f"{label} ({state(found).lower()})" if found.is_exclusion else label


def listed(labels: list[str], most: int, *, longest: int | None = MOST_OF_A_LABEL) -> list[str]:
    """The first few, each whole, and how many more the document has.

    >>> listed(["18 years or older", "A score", "A visit"], 1)
    ['18 years or older', 'and 2 more in the document']
    """
    named = [one for one in labels if longest is None or len(one) <= longest][:most]
    more = len(labels) - len(named)
    if not more:
        return named
    if named:
        return [*named, f"and {more} more in the document"]
    return [f"{more} point{'s' if more > 1 else ''} of the document"]
