"""Where words were read: the sources of an edition, and whose words a criterion uses."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from policies.catalogue import Edition, ReadingKind, SourceReading
from policies.criteria import Source
from policies.language import said
from policies.sureness import Sureness
from policies.wording import edition_date
from policies.wording.dates import printed_date
from policies.wording.findings import whose_words
from policies.wording.phrases import spaced

KINDS = {
    ReadingKind.LIVE_DOCUMENT: N_("the live document"),
    ReadingKind.STORED_COPY: N_("a stored copy of the document"),
    ReadingKind.SECOND_HAND: N_("a second-hand account"),
}
METER = {
    Sureness.CURRENT: 4,
    Sureness.DATED: 3,
    Sureness.OLD_OR_UNDATED: 2,
    Sureness.SECOND_HAND: 1,
}


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source that was read; `name` tells it from the others of its edition."""

    name: str
    kind: str
    description: str
    read_on: str
    read_by: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class WordsView:
    """Whose words a label is in, the quote where there is one, and where it was read."""

    whose: str
    quote: str = ""
    place: str = ""
    source: SourceView | None = None
    document_date: str = ""

    @property
    def in_place(self) -> str:
        """The place in the source, and when it was read; follows the source's name at once."""
        if self.source is None:
            return ""
        place = f" ({self.place})" if self.place else ""
        return f"{place}, {self.source.read_on}."


@dataclass(frozen=True, slots=True)
class SurenessView:
    """How sure a document's word is, as a meter, a label and a sentence."""

    level: int
    label: str
    explanation: str


def present_sureness(sureness: Sureness) -> SurenessView:
    return SurenessView(METER[sureness], said(sureness.label), said(sureness.explanation))


def present_sources(edition: Edition) -> dict[str, SourceView]:
    """Every source read for an edition, by its key."""
    return {one.key: _present_source(one) for one in edition.readings}


def _present_source(reading: SourceReading) -> SourceView:
    return SourceView(
        name=said(spaced(reading.key)),
        kind=_(KINDS[reading.kind]),
        description=said(reading.description),
        read_on=printed_date(reading.read_on),
        read_by=said(reading.read_by),
        url=reading.url,
    )


def present_words(source: Source, edition: Edition) -> WordsView:
    """Whose words, and where they were read."""
    origin = present_sources(edition).get(source.origin)
    # Of one source there is nothing to tell apart.
    name = origin.name if origin is not None and len(edition.readings) > 1 else ""
    section = _("section %(section)s") % {"section": source.section} if source.section else ""
    return WordsView(
        whose=whose_words(source, edition),
        quote=source.quote,
        place=", ".join(text for text in (name, section) if text),
        source=origin,
        document_date=edition_date(edition),
    )
