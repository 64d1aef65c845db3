"""What a document says of a treatment, position by position, held against the record, in short.

Whoever signs an order reads a few lines. What fails and what is missing is named before what is
met; the page that the card links to has the whole list, line by line.
"""

from collections.abc import Iterator

from policies.catalogue import CoveragePosition, PriorAuthorization
from policies.check import CheckedDocument
from policies.criteria import Unread, is_for_the_plan_alone
from policies.hooks.words import OWN_COPIES, cut, escaped, upper_first
from policies.language import said
from policies.matcher import Finding, top_level
from policies.truth import Truth
from policies.verdict import PositionAnswer
from policies.wording.dates import printed_date
from policies.wording.findings import state
from policies.wording.naming import conditions_named, edition_date
from policies.wording.phrases import POSITIONS, lower_first

MOST_OF_A_NAME = 60
MOST_OF_A_FAILING = 70
MOST_OF_A_LABEL = 48
MOST_OF_A_MET = 36
MOST_FAILING = 3
MOST_FURTHER = 2
MOST_CONDITIONS = 2
AUTHORIZATION = {
    PriorAuthorization.REQUIRED: "Prior authorization: required.",
    PriorAuthorization.NOT_REQUIRED: "Prior authorization: not required.",
    PriorAuthorization.UNKNOWN: "Prior authorization: not read.",
}
RIGHT_CONDITION = "the condition for this list"
RIGHT_PLAN = "the plan for this list"
UNREAD_REST = "a part that we could not read"
# Where the record told of suicidal thoughts, its list would be known to apply.
LESS_LIKELY = frozenset({"mdd_suicidal"})


def of_document(checked: CheckedDocument, *, most: int) -> Iterator[str]:
    """What it says, met and missing with up to `most` names, and which document it is."""
    positions = likeliest_first(checked)
    if positions:
        yield from _first(positions[0], most)
    # The lists of all would bury the likeliest; the others are named with their counts.
    yield _further(positions[1:], most)
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


def _first(answer: PositionAnswer, most: int) -> Iterator[str]:
    authorization = AUTHORIZATION[answer.position.prior_authorization]
    yield f"{_says(answer)} {authorization}"
    if answer.findings is not None:
        yield "\n".join(_lists(answer, answer.findings, most))


def _says(answer: PositionAnswer) -> str:
    """What it says for which conditions; of which treatment stands in the card's summary."""
    named = _conditions(answer)
    scope = answer.position.applies_if if answer.scope_is_open else None
    within = f", if {escaped(lower_first(said(scope.label)))}" if scope is not None else ""
    coverage = _coverage(answer)
    return f"For {named}: {coverage}{within}." if named else f"{upper_first(coverage)}{within}."


def _lists(answer: PositionAnswer, findings: Finding, most: int) -> Iterator[str]:
    """How much is met, then by name what is not met and what is missing."""
    top = top_level(findings)
    counted = answer.score
    if counted is not None:
        of = f"at least {counted.total}" if counted.at_least else f"{counted.total}"
        met = [_label(one, MOST_OF_A_MET) for one in top if one.truth is Truth.MET]
        names = f": {'; '.join(listed(met, most - 1))}" if met and most > 1 else ""
        yield f"- Met: {counted.met} of {of}{names}"
    failing = [_label(one, MOST_OF_A_FAILING) for one in top if one.truth is Truth.NOT_MET]
    if failing:
        yield f"- Not met: {'; '.join(listed(failing, MOST_FAILING))}"
    is_open = [one for one in top if one.truth is Truth.UNKNOWN]
    labels = [_label(one, MOST_OF_A_LABEL) for one in is_open if not _is_unread(one)]
    rest = [*_whose_list(answer), *([UNREAD_REST] if any(map(_is_unread, is_open)) else [])]
    if labels or rest:
        heading = "For the plan" if is_for_the_plan_alone(findings.node) else "Missing"
        yield f"- {heading}: {'; '.join([*listed(labels, most), *rest])}"


def _whose_list(answer: PositionAnswer) -> Iterator[str]:
    """The point that the score counts beside the list."""
    if answer.score is not None and answer.applies is Truth.UNKNOWN:
        yield RIGHT_PLAN if answer.scope_is_open else RIGHT_CONDITION


def _further(answers: list[PositionAnswer], most: int) -> str:
    if not answers:
        return ""
    if most == 0:
        return f"For other conditions: {len(answers)} more."
    told = [_counted(one) for one in answers[:MOST_FURTHER]]
    return f"Also: {'; '.join(listed(told, MOST_FURTHER, of=len(answers)))}."


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


def _label(found: Finding, most: int) -> str:
    label = escaped(cut(said(found.node.label).rstrip("."), most))
    # Of what must not apply, the label alone would say the opposite.
    return f"{label} ({state(found).lower()})" if found.is_exclusion else label


def listed(labels: list[str], most: int, *, of: int | None = None) -> list[str]:
    """The first few, and how many more there are."""
    more = (len(labels) if of is None else of) - most
    rest = (
        [f"and {more} more" if most else f"{more} point{'s' if more > 1 else ''}"]
        if more > 0
        else []
    )
    return [*labels[:most], *rest]
