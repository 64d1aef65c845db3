"""What a document says of a treatment, position by position, held against the record."""

from collections.abc import Iterable, Iterator

from policies import wording
from policies.catalogue import PriorAuthorization
from policies.check import CheckedDocument
from policies.criteria import Unread
from policies.hooks.words import cut, escaped
from policies.language import said
from policies.matcher import Finding, top_level
from policies.truth import Truth
from policies.verdict import PositionAnswer
from policies.wording.findings import state
from policies.wording.naming import conditions_named, score

MOST_NAMED = 3
MOST_OF_A_READING = 60
MOST_OF_A_LABEL = 70
_GROUPS = ((Truth.MET, "Met"), (Truth.NOT_MET, "Not met"), (Truth.UNKNOWN, "Not known"))
AUTHORIZATION = {
    PriorAuthorization.REQUIRED: "Prior authorization is required.",
    PriorAuthorization.NOT_REQUIRED: "Prior authorization is not required.",
    PriorAuthorization.UNKNOWN: "We did not read whether prior authorization is required.",
}
# Where the record told of suicidal thoughts, its list would be known to apply.
LESS_LIKELY = frozenset({"mdd_suicidal"})


def of_document(checked: CheckedDocument) -> Iterator[str]:
    """Which document it is and how it was read, then each position that may apply."""
    document, edition = checked.applied.document, checked.applied.edition
    line = wording.document_line(document, edition)
    yield f"**{escaped(line)}**. {checked.sureness.label}{_read_in(checked)}."
    positions = likeliest_first(checked)
    for at, position in enumerate(positions):
        # The lists of all would bury the likeliest; the others are named with their counts.
        yield from _first(position) if at == 0 else _further(position)


def likeliest_first(checked: CheckedDocument) -> list[PositionAnswer]:
    """The positions of a document: those that apply, and then the likelier of the rest."""
    return sorted(checked.answer.positions, key=_likelihood)


def _likelihood(answer: PositionAnswer) -> tuple[bool, bool]:
    named = frozenset(answer.conditions or answer.position.indications)
    is_open = answer.applies is not Truth.MET
    return is_open, is_open and bool(named) and named <= LESS_LIKELY


def _read_in(checked: CheckedDocument) -> str:
    """In what, and when, the words of the document were read."""
    readings = checked.applied.edition.readings
    positions = likeliest_first(checked)
    origin = positions[0].position.source.origin if positions else ""
    reading = next((one for one in readings if one.key == origin), next(iter(readings), None))
    if reading is None:
        return ""
    what = escaped(cut(said(reading.description).rstrip("."), MOST_OF_A_READING))
    return f", read {reading.read_on.text}: {what}"


def _first(answer: PositionAnswer) -> Iterator[str]:
    authorization = AUTHORIZATION[answer.position.prior_authorization]
    yield f"{escaped(wording.what_it_says(answer, is_open_told=False))} {authorization}"
    counted = answer.score
    least = "at least " if counted is not None and counted.at_least else ""
    heading = [f"By the record, of {least}{counted.total}:"] if counted is not None else []
    if answer.findings is not None:
        yield "\n".join([*heading, *_groups(answer)])


def _further(answer: PositionAnswer) -> Iterator[str]:
    named = conditions_named(answer.conditions or answer.position.indications)
    says = f"Also in this document: {escaped(named)}"
    if answer.score is not None:
        yield f"{says} ({score(answer.score)}). {_unread_of(answer)}".rstrip()
    else:
        yield f"{says}. {escaped(wording.what_it_says(answer, is_open_told=False))}"


def _unread_of(answer: PositionAnswer) -> str:
    return "Part of this list we could not read." if any(map(_is_unread, _top(answer))) else ""


def _top(answer: PositionAnswer) -> tuple[Finding, ...]:
    return tuple(top_level(answer.findings)) if answer.findings is not None else ()


def _is_unread(found: Finding) -> bool:
    return isinstance(found.node, Unread)


def _groups(answer: PositionAnswer) -> Iterator[str]:
    for truth, heading in _GROUPS:
        here = [one for one in _top(answer) if one.truth is truth]
        labels = [_label(one) for one in here if not _is_unread(one)]
        if truth is Truth.UNKNOWN:
            labels = [one for one in (wording.whose_list(answer), *labels) if one]
        unread = [_label(one) for one in here if _is_unread(one)]
        if labels or unread:
            count = len(labels) + len(unread)
            yield f"- {heading} ({count}): {listed(labels, unread)}"


def _label(found: Finding) -> str:
    label = escaped(cut(said(found.node.label).rstrip("."), MOST_OF_A_LABEL))
    if _is_unread(found):
        return f"{label} (we could not read this part)"
    # Of what must not apply, the label alone would say the opposite.
    return f"{label} ({state(found).lower()})" if found.is_exclusion else label


def listed(labels: list[str], always: Iterable[str] = ()) -> str:
    """The first few, how many more there are, and what must always be told."""
    more = len(labels) - MOST_NAMED
    told = [*labels[:MOST_NAMED], *([f"and {more} more"] if more > 0 else []), *always]
    return "; ".join(told)
