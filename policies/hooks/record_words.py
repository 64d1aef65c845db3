"""What a record holds in a few lines for a card: notices, treatments, and what is to be confirmed.

Nothing of its own words is repeated but drugs, scales and questions by the names that we have.
"""

from collections.abc import Iterable, Iterator

from policies import terms, vocabulary
from policies.fhir import Found, Kind, Record, Sureness
from policies.language import said

MOST_NAMED = 6
TREATMENTS_TOLD = (
    "The record does not tell what came of them, or whether it was in this episode; that, and any "
    "length reckoned from supplies, is not counted before a person confirms it."
)


def record_lines(record: Record) -> Iterator[str]:
    """What is in the record besides what the lists above count."""
    yield from (notice.label for notice in record.notices)
    treatments = [one for one in record.found if one.kind is Kind.TREATMENT]
    if treatments:
        yield f"Treatments in the record: {_named(treatments)}. {TREATMENTS_TOLD}"
    unsure = [one for one in record.found if one.sureness is Sureness.TO_CONFIRM]
    if unsure:
        yield f"In the record, and not counted before a person confirms it: {_named(unsure)}."
    if not record.found:
        yield "Nothing in the record that was sent answers what the documents ask."


def _named(finds: Iterable[Found]) -> str:
    names = list(dict.fromkeys(_name(one) for one in finds))
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _name(found: Found) -> str:
    """What a find is about, never its value."""
    match found.kind:
        case Kind.ANSWER:
            label = vocabulary.fact(found.name).label
        case Kind.CONDITION:
            label = terms.conditions()[found.name].label
        case Kind.SCORE:
            label = terms.rating_scales()[found.name].label
        case Kind.PLAN:
            label = "the payer"
        case Kind.CODE:
            label = "a diagnosis code"
        case Kind.TREATMENT:
            label = found.name.replace("_", " ")
    return said(label)
