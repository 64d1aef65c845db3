"""What a document says: its requirements, its own words, and the document by its name and date."""

from django.utils.translation import gettext as _

from appeals.letters.case import LetterCase
from appeals.letters.content import Basis
from appeals.letters.document import edition_key
from appeals.letters.provenance.source import Printed, Source
from policies.criteria import Node, walk
from policies.criteria import Source as ReadAt
from policies.language import said
from policies.matcher import top_level
from policies.wording.findings import whose_words
from policies.wording.naming import document_line, edition_date
from policies.wording.phrases import OUR_WORDS, lower_first


def finding(basis: Basis, case: LetterCase) -> Source | None:
    """A requirement, as we sum it up and as it was held against the facts."""
    found = _node(basis.id, case)
    if found is None:
        return None
    node, number = found
    printed = _printed(case, None)
    label = _("%(document)s, requirement %(number)d, summed up: %(what)s") % {
        "document": _line(printed),
        "number": number + 1,
        "what": said(node.label).rstrip("."),
    }
    texts = tuple(said(one.label) for one in walk(node))
    return Source(basis, label, texts, printed=printed)


def quote(basis: Basis, case: LetterCase) -> Source | None:
    """Words of the document, either of a requirement or of what it says of the treatment."""
    source: ReadAt
    if "/" in basis.id:
        found = _node(basis.id, case)
        if found is None:
            return None
        source = found[0].source
    elif case.position is None or not _is_key(basis.id, case):
        return None
    else:
        source = case.position.position.source
    if not source.quote:
        return None
    printed = _printed(case, source)
    label = f"{_line(printed)}, {lower_first(printed.whose)}"
    return Source(basis, label, (source.quote,), printed=printed)


def position(basis: Basis, case: LetterCase) -> Source | None:
    """The document that is argued from, with its date."""
    if not _is_key(basis.id, case):
        return None
    printed = _printed(case, None)
    document, edition = printed.document, printed.edition
    dates = tuple(str(one) for one in (edition.effective, edition.last_reviewed) if one)
    texts = (_line(printed), document.title, document.number, printed.dated, *dates)
    return Source(basis, _line(printed), texts, printed=printed)


def _is_key(key: str, case: LetterCase) -> bool:
    return case.checked is not None and edition_key(case.checked) == key


def _node(place: str, case: LetterCase) -> tuple[Node, int] | None:
    """The requirement at `key/index` or `key/index.leaf`, and its index."""
    key, _slash, index = place.partition("/")
    position = case.position
    if not _is_key(key, case) or position is None or position.findings is None:
        return None
    rows = top_level(position.findings)
    number = int(index.partition(".")[0])
    return (rows[number].node, number) if number < len(rows) else None


def _printed(case: LetterCase, source: ReadAt | None) -> Printed:
    """The edition that is argued from; whose words, where there are some of its own."""
    if case.checked is None:
        raise ValueError("there is no document to name")
    applied = case.checked.applied
    whose = _(OUR_WORDS) if source is None else _(whose_words(source, applied.edition))
    return Printed(applied.document, applied.edition, edition_date(applied.edition), whose)


def _line(printed: Printed) -> str:
    return document_line(printed.document, printed.edition)
