"""Which quotes of an edition stand in the copies of its document, and which do not."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policies.catalogue import Edition, ReadingKind
from policies.copies.quotes import Quote, find_quote, gone_from, made_ready, quotes_of
from policies.copies.text import document_text
from policies.draft_states import working_of
from policies.models import Policy, PolicyVersion, SourceCopy
from policies.outline.readable import readable
from policies.rereading import version_in_force

MOST_KEPT = 5000


@dataclass(frozen=True, slots=True)
class CopyHead:
    """A copy without its file and its text."""

    key: int
    policy: int
    url: str
    sha256: str
    taken_on: dt.date
    has_text: bool


@dataclass(frozen=True, slots=True)
class GoneQuote:
    """A quote, and the copy in which it stands no more."""

    quote: Quote
    copy: CopyHead


# What stands in a file never changes, so it is found once: by the file's hash and the quotes.
_found: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}


def copy_heads(policies: Iterable[int] | None = None) -> dict[int, tuple[CopyHead, ...]]:
    """The copies of each policy, the newest first; of all policies where none are named."""
    rows = SourceCopy.objects.order_by("-taken_on", "-pk")
    if policies is not None:
        rows = rows.filter(policy__in=policies)
    found: dict[int, list[CopyHead]] = defaultdict(list)
    for key, policy, url, sha256, taken_on, count in rows.values_list(
        "pk", "policy", "url", "sha256", "taken_on", "pages__len"
    ):
        found[policy].append(CopyHead(key, policy, url, sha256, taken_on, bool(count)))
    return {policy: tuple(heads) for policy, heads in found.items()}


def copy_of_quote(quote: Quote, edition: Edition, heads: Iterable[CopyHead]) -> CopyHead | None:
    """The copy in which a quote should stand; None where nothing is held of its source.

    That is the newest from its source's own address, else the newest that is from no other source.
    """
    reading = next((one for one in edition.readings if one.key == quote.origin), None)
    address = _address(reading.url) if reading else ""
    others = {_address(one.url) for one in edition.readings} - {address, ""}
    heads = tuple(heads)
    own = next((one for one in heads if address and _address(one.url) == address), None)
    if own is None and (reading is None or reading.kind is not ReadingKind.SECOND_HAND):
        own = next((one for one in heads if _address(one.url) not in others), None)
    return own if own and own.has_text else None


def _address(url: str) -> str:
    return url.partition("://")[2].removesuffix("/")


def quotes_gone(
    editions: Mapping[int, Edition], heads: Mapping[int, tuple[CopyHead, ...]]
) -> dict[int, tuple[GoneQuote, ...]]:
    """The quotes that are gone, by policy; the texts that were not searched yet in one query."""
    wanted = {
        policy: [
            (quote, copy)
            for quote in quotes_of(editions[policy])
            if (copy := copy_of_quote(quote, editions[policy], held))
        ]
        for policy, held in heads.items()
        if policy in editions
    }
    by_file = {policy: _texts_by_copy(pairs) for policy, pairs in wanted.items()}
    found = _search([one for files in by_file.values() for one in files.items()])
    return {
        policy: gone
        for policy, pairs in wanted.items()
        if (
            gone := tuple(
                GoneQuote(quote, copy) for quote, copy in pairs if quote.text in found[copy.key]
            )
        )
    }


def gone_quotes(policy: Policy, edition: Edition) -> frozenset[str]:
    """The quotes of an edition that stand in no copy any more, word for word."""
    gone = quotes_gone({policy.pk: edition}, copy_heads([policy.pk]))
    return frozenset(one.quote.text for one in gone.get(policy.pk, ()))


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """A quote with the copy in which it should stand, and the page on which it does.

    There is no copy where none is held of its source, and no page where it stands nowhere.
    """

    quote: Quote
    copy: CopyHead | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SearchedEdition:
    """An edition, with where each of its quotes stands."""

    version: PolicyVersion
    is_in_force: bool
    places: tuple[QuotePlace, ...]

    @property
    def not_found(self) -> int:
        """How many quotes have a copy to stand in and don't."""
        return sum(one.copy is not None and one.page is None for one in self.places)


def searched_editions(policy: Policy, *, on: dt.date) -> tuple[SearchedEdition, ...]:
    """The edition in force, those to come and the drafts; fetch the policy by `with_record`."""
    in_force = version_in_force(policy, on=on)
    ahead = [one for one in policy.published_versions if one.edition().known_from > on]
    drafts = policy.versions.drafts().prefetch_related("readings")
    versions = [*([in_force] if in_force else ()), *ahead, *drafts]
    heads = copy_heads([policy.pk]).get(policy.pk, ())
    found = _places([_as_written(one) for one in versions], heads)
    return tuple(
        SearchedEdition(version, version == in_force, places)
        for version, places in zip(versions, found, strict=True)
    )


def quotes_not_found(version: PolicyVersion) -> int:
    """How many quotes of a version, as it is written so far, the newest copy does not have."""
    heads = copy_heads([version.policy.pk])
    policy = version.policy.pk
    return len(quotes_gone({policy: _as_written(version)}, heads).get(policy, ()))


def _as_written(version: PolicyVersion) -> Edition:
    """A draft as far as it can be read; a published edition as it stands."""
    return version.edition() if version.published_at else readable(working_of(version)).edition


def _places(
    editions: Iterable[Edition], heads: tuple[CopyHead, ...]
) -> list[tuple[QuotePlace, ...]]:
    pairs = [
        [(quote, copy_of_quote(quote, edition, heads)) for quote in quotes_of(edition)]
        for edition in editions
    ]
    keys = {copy.key for quotes in pairs for _, copy in quotes if copy}
    rows = SourceCopy.objects.filter(pk__in=keys).values_list("pk", "pages") if keys else ()
    texts = {key: made_ready(document_text(pages)) for key, pages in rows}
    return [
        tuple(
            QuotePlace(quote, copy, find_quote(quote.text, texts[copy.key]) if copy else None)
            for quote, copy in quotes
        )
        for quotes in pairs
    ]


def _texts_by_copy(pairs: Iterable[tuple[Quote, CopyHead]]) -> dict[CopyHead, tuple[str, ...]]:
    found: dict[CopyHead, dict[str, None]] = defaultdict(dict)
    for quote, copy in pairs:
        found[copy][quote.text] = None
    return {copy: tuple(texts) for copy, texts in found.items()}


def _search(wanted: Iterable[tuple[CopyHead, tuple[str, ...]]]) -> dict[int, tuple[str, ...]]:
    """The texts that are gone from each copy, by its key."""
    asked = {copy.key: (copy.sha256, texts) for copy, texts in wanted}
    found = {key: _found[what] for key, what in asked.items() if what in _found}
    missing = asked.keys() - found.keys()
    if missing:
        rows = SourceCopy.objects.filter(pk__in=missing).values_list("pk", "pages")
        new = {key: gone_from(asked[key][1], pages) for key, pages in rows.iterator(chunk_size=20)}
        found |= new
        if len(_found) > MOST_KEPT:
            _found.clear()
        _found.update((asked[key], gone) for key, gone in new.items())
    return found
