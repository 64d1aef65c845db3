"""What a record holds in a few lines for a card: notices, treatments, and what is to be confirmed.

Drugs, scales and questions go by the names that we have. Of the record's own words only why a
treatment ended is repeated, as unconfirmed.
"""

from collections.abc import Iterable, Iterator

from policies import terms, vocabulary
from policies.fhir import Caution, Found, Kind, Notice, Reason, Record, Sureness
from policies.fhir.codes import panels
from policies.hooks.words import cut, escaped
from policies.language import said

MOST_OF_WORDS = 40
NOTICES = {
    Notice.MINOR: "The record says that this person is under 18.",
    Notice.MORE_PAGES: "Part of the record was sent.",
}
# For whoever sees the patient; whether there is suicidal ideation a person has to find out.
LAST_ITEM = "For your assessment: {scale} item {item} is not 0."


def record_lines(record: Record, *, most: int) -> Iterator[str]:
    """What is in the record besides what the lists above count, with up to `most` names."""
    told = list(notices(record))
    unread = sum(one.reason is Reason.MEDICINE_NOT_IN_FILE for one in record.left_out)
    if unread:
        told.append(f"Prescriptions not read, their medicine was not sent: {unread}.")
    treatments = [one for one in record.found if one.kind is Kind.TREATMENT]
    if treatments:
        named = f"In the record: {_named(treatments, most)}"
        counted = f"Treatments in the record: {len(treatments)}"
        told.append(f"{named if most else counted}{_unconfirmed(treatments)}.")
        told += _said(treatments, most)
    unsure = [
        one
        for one in record.found
        if one.sureness is Sureness.TO_CONFIRM and one.name != "line_of_business"
    ]
    if unsure:
        named = f"Not counted before a person confirms it: {_named(unsure, most)}."
        told.append(named if most else f"Unconfirmed, not counted: {len(unsure)}.")
    if not record.found:
        told.append("Nothing in the record that was sent answers what the documents ask.")
    yield " ".join(told)


def notices(record: Record) -> Iterator[str]:
    """What must be seen of a record before anything else of it."""
    yield from (NOTICES[one] for one in record.notices if one in NOTICES)
    told = {one.name for one in record.found if Caution.THOUGHTS_OF_DEATH in one.cautions}
    for panel in panels():
        if panel.scale in told:
            label = said(terms.rating_scales()[panel.scale].label)
            yield LAST_ITEM.format(scale=label, item=len(panel.items))


def _unconfirmed(treatments: list[Found]) -> str:
    """Of how many treatments nobody has told the outcome."""
    unsure = sum(
        "outcome" in one.unsure or getattr(one.value, "outcome", None) is None for one in treatments
    )
    of = f" of {unsure}" if unsure < len(treatments) else ""
    return f" (outcome{of} not confirmed)" if unsure else ""


def _said(treatments: Iterable[Found], most: int) -> Iterator[str]:
    """The record's words on why a treatment ended, from which nothing was concluded."""
    told = [(one, words) for one in treatments for words in one.said]
    for one, words in told[: min(most, 1)]:
        yield f"Of {_name(one)} it says, unconfirmed: “{escaped(cut(words, MOST_OF_WORDS))}”."


def _named(finds: Iterable[Found], most: int) -> str:
    names = list(dict.fromkeys(_name(one) for one in finds))
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


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
