"""What a record holds in a few lines for a card: notices, treatments, and what is to be confirmed.

Drugs, scales and questions go by the names that we have. Of the record's own words only why a
treatment ended is repeated, as unconfirmed.
"""

from collections.abc import Iterable, Iterator

from policies import terms, vocabulary
from policies.fhir import Found, Kind, Record, Sureness
from policies.hooks.words import cut, escaped
from policies.language import said

MOST_NAMED = 6
MOST_SAID = 2
MOST_OF_WORDS = 60
TREATMENTS_TOLD = "What came of them waits for a person to confirm it."


def record_lines(record: Record) -> Iterator[str]:
    """What is in the record besides what the lists above count."""
    yield from (notice.label for notice in record.notices)
    treatments = [one for one in record.found if one.kind is Kind.TREATMENT]
    if treatments:
        told = [f"Treatments in the record: {_named(treatments)}.", *_said(treatments)]
        yield " ".join([*told, TREATMENTS_TOLD])
    unsure = [
        one
        for one in record.found
        if one.sureness is Sureness.TO_CONFIRM and one.name != "line_of_business"
    ]
    if unsure:
        yield f"Not counted before a person confirms it: {_named(unsure)}."
    if not record.found:
        yield "Nothing in the record that was sent answers what the documents ask."


def _said(treatments: Iterable[Found]) -> Iterator[str]:
    """The record's words on why a treatment ended, from which nothing was concluded."""
    told = [(one, words) for one in treatments for words in one.said]
    for one, words in told[:MOST_SAID]:
        yield f"Of {_name(one)} it says, unconfirmed: “{escaped(cut(words, MOST_OF_WORDS))}”."
    if len(told) > MOST_SAID:
        yield f"{len(told) - MOST_SAID} more such words stand in the record."


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
