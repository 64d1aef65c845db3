"""The document that a letter argues from: its name with its date, and what it says of the case."""

from django.utils.translation import gettext as _

from appeals.letters.content import Basis, Origin, Sentence, Told
from appeals.letters.draft import Draft
from appeals.letters.saying import say
from policies.catalogue import CoveragePosition, Edition, ReadingKind
from policies.check import CheckedDocument
from policies.criteria import Source, is_wholly_unread
from policies.wording.naming import document_line

NO_MARKS = str.maketrans("", "", '"“”«»')


def edition_key(checked: CheckedDocument) -> str:
    """The edition that words stand in, and the position that decides: its place in the edition."""
    edition = checked.applied.edition
    effective = edition.effective.text if edition.effective else "undated"
    key = f"{checked.applied.document.stem}@{effective}r{edition.revision}"
    if not checked.answer.positions:
        return key
    return f"{key}#{edition.positions.index(checked.answer.positions[0].position)}"


def is_second_hand(source: Source, edition: Edition) -> bool:
    """Whether words of a document were read only as others reproduce them."""
    return any(
        one.key == source.origin and one.kind is ReadingKind.SECOND_HAND for one in edition.readings
    )


def document_words(draft: Draft) -> Told:
    """The document that is argued from, with its own date."""
    checked = draft.case.checked
    if checked is None:
        raise ValueError("there is no document to name")
    applied = checked.applied
    basis = Basis(Origin.POSITION, edition_key(checked))
    return Told(document_line(applied.document, applied.edition), (basis,))


def in_sum(label: str) -> str:
    """Our words for a requirement; quotation marks are kept for a document's own.

    >>> in_sum('otherwise it is "unproven"')
    'otherwise it is unproven'
    """
    return label.translate(NO_MARKS)


def is_answer_read(draft: Draft) -> bool:
    """Whether there is a document, and its answer for this treatment and condition was read."""
    position = draft.case.position
    return position is not None and position.position.coverage is not CoveragePosition.UNREAD


def is_list_unread(draft: Draft) -> bool:
    """Whether the document covers this by a list, and the list was not in what was read of it.

    What was read for a first course is no list for going on.
    """
    position = draft.case.position
    if position is None:
        return False
    if position.findings is None:
        return position.position.coverage is CoveragePosition.COVERED_WITH_CRITERIA
    return is_wholly_unread(position.findings.node)


def said_in_place_of_a_list(draft: Draft) -> Sentence:
    """What a document without a list says of the treatment, in its own words where they were read.

    ValueError says that there is no document.
    """
    checked, position = draft.case.checked, draft.case.position
    if checked is None or position is None:
        raise ValueError("there is no document to quote")
    rule, source = document_words(draft), position.position.source
    if not source.quote:
        text = _("%(rule)s is the document at hand; it holds no list of requirements for this.")
        return say(text, rule=rule)
    quote = Told(source.quote, (Basis(Origin.QUOTE, edition_key(checked)),))
    is_whole = source.quote[-1] in ".!?"
    if is_second_hand(source, checked.applied.edition):
        text = (
            _("%(rule)s, as reproduced by others, says: “%(quote)s”")
            if is_whole
            else _("%(rule)s, as reproduced by others, says: “%(quote)s”.")
        )
    else:
        text = _("%(rule)s says: “%(quote)s”") if is_whole else _("%(rule)s says: “%(quote)s”.")
    return say(text, rule=rule, quote=quote)


def point_of(place: str) -> str:
    """The number of a requirement in its list, as a reader counts, from the end of its place.

    >>> point_of("acme--policy@undatedr1#0/7.1")
    '8.2'
    """
    return ".".join(str(int(one) + 1) for one in place.rpartition("/")[2].split("."))
