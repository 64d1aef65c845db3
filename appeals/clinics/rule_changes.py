"""Whether a rule has changed since a case was last held against it, and what it wants now."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from appeals.clinics.content import VerdictRecord
from appeals.clinics.verdicts import WITHIN, labelled, record_of
from policies.applicability import insurer_of
from policies.catalogue import Catalogue, Document, Edition
from policies.check import Answer, CheckedDocument, check
from policies.models import PolicyVersion
from policies.situation import Asker, Plan, Situation
from policies.truth import Truth
from policies.wording import document_verdict, headline
from policies.wording.dates import date
from policies.wording.naming import short_name

EditionKey = tuple[str, str, int]
"""An edition by the stem of its document, its printed date and its revision."""


@dataclass(frozen=True, slots=True)
class NewEdition:
    """A published edition, with the days that tell since when it counts."""

    key: EditionKey
    effective_on: dt.date | None
    published_at: dt.datetime

    def is_new_since(self, at: dt.datetime, on: dt.date) -> bool:
        """Whether it was published, or has taken effect, after a check made then."""
        takes_effect_later = self.effective_on is not None and self.effective_on > on
        return self.published_at > at or takes_effect_later


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What a case came to by the earlier rule and comes to by the new one, on the same day.

    `words` is finished: what the rule wants now that it did not want before.
    """

    after: Answer
    record: VerdictRecord
    words: str


@dataclass(slots=True)
class Rules:
    """The rules of today, and those of earlier days made from them once for many cases."""

    catalogue: Catalogue
    editions: tuple[NewEdition, ...]
    _held: dict[tuple[str | None, frozenset[EditionKey]], Catalogue] = field(default_factory=dict)

    def held(self, plan: Plan, keys: frozenset[EditionKey] = frozenset()) -> Catalogue:
        """The documents that can speak for a plan at all, as they were before these editions."""
        insurer = insurer_of(self.catalogue, plan)
        slug = insurer.slug if insurer is not None else None
        if (slug, keys) not in self._held:
            self._held[slug, keys] = without(speaking_for(self.catalogue, slug), keys)
        return self._held[slug, keys]

    def new_since(self, at: dt.datetime, on: dt.date) -> frozenset[EditionKey]:
        return frozenset(one.key for one in self.editions if one.is_new_since(at, on))

    def change(
        self, situation: Situation, *, at: dt.datetime, checked_on: dt.date, on: dt.date
    ) -> RuleChange | None:
        """What changed for a situation since the check made then; None where nothing did.

        Both are held against today's situation on the same day, so that what time alone changes
        (a score that grew old) is not put down to the rule.
        """
        keys = self.new_since(at, checked_on)
        if not keys:
            return None
        after = check(situation, catalogue=self.held(situation.plan), on=on)
        before = check(situation, catalogue=self.held(situation.plan, keys), on=on)
        if outcome_of(before) == outcome_of(after):
            return None
        return RuleChange(after, record_of(after), change_words(before, after))


def editions_of(versions: Iterable[PolicyVersion]) -> tuple[NewEdition, ...]:
    """The editions of published rows, which come with their policy and its insurer."""
    return tuple(
        NewEdition(
            (f"{one.policy.insurer.slug}--{one.policy.slug}", one.effective, one.revision),
            one.effective_on,
            one.published_at,
        )
        for one in versions
        if one.published_at is not None
    )


def key_of(document: Document, edition: Edition) -> EditionKey:
    """What an edition of a document is known by."""
    return document.stem, edition.effective.text if edition.effective else "", edition.revision


def speaking_for(catalogue: Catalogue, insurer: str | None) -> Catalogue:
    """Without the documents that are of other insurers, and bind no line, and decide for none.

    The choice among the rest is made for each plan; this one only spares most of the work.
    """
    linked = {one.administrator for one in catalogue.administrations if one.insurer == insurer}
    return replace(
        catalogue,
        documents=tuple(
            one
            for one in catalogue.documents
            if one.binds_line or one.insurer.slug == insurer or one.insurer.slug in linked
        ),
    )


def without(catalogue: Catalogue, keys: frozenset[EditionKey]) -> Catalogue:
    """The catalogue without some editions; what stays is the same records, with their tests."""
    stems = {stem for stem, _, _ in keys}
    return replace(
        catalogue,
        documents=tuple(
            replace(
                one,
                editions=tuple(each for each in one.editions if key_of(one, each) not in keys),
            )
            if one.stem in stems
            else one
            for one in catalogue.documents
        ),
    )


def outcome_of(answer: Answer) -> tuple[object, ...]:
    """What it comes to, whatever the edition is called: a new date alone changes nothing."""
    first = answer.headline
    if first is None:
        return (answer.verdict,)
    positions = first.answer.positions
    return (
        answer.verdict,
        first.answer.ground,
        first.applied.document.stem,
        positions[0].score if positions else None,
        labelled(first),
    )


def change_words(before: Answer, after: Answer) -> str:
    """The change in sentences, the new demands first."""
    return " ".join(_sentences(before, after))


def _sentences(before: Answer, after: Answer) -> Iterator[str]:
    then, now = before.headline, after.headline
    if now is None:
        yield "The rule that stood first no longer speaks for this plan."
    elif then is None or then.applied.document.stem != now.applied.document.stem:
        name = short_name(now.applied.document)
        yield f"{_when(now, None)}: the document that stands first is now {name}."
    else:
        wants = [_quoted(labels, begin) for begin, labels in _differences(then, now) if labels]
        yield f"{_when(now, then)}: {'; '.join(wants) or 'it answers otherwise'}."
    if _verdict(before) != _verdict(after):
        yield f"Before: {_verdict(before)} Now: {_verdict(after)}"


def _when(now: CheckedDocument, then: CheckedDocument | None) -> str:
    edition = now.applied.edition
    is_correction = then is not None and then.applied.edition.effective == edition.effective
    if is_correction:
        return "We corrected how we read the rule"
    if edition.effective_on is None:
        return "The rule changed"
    return f"The rule changed on {date(edition.effective_on)}"


def _differences(
    then: CheckedDocument, now: CheckedDocument
) -> Iterator[tuple[str, tuple[str, ...]]]:
    old, new = labelled(then), labelled(now)
    kept = [one for one in new if one in old]
    yield "now it also wants", _tops(one for one in new if one not in old)
    yield "it no longer wants", _tops(one for one in old if one not in new)
    turned = {
        truth: tuple(one for one in kept if new[one] is truth and old[one] is not truth)
        for truth in (Truth.NOT_MET, Truth.UNKNOWN, Truth.MET)
    }
    yield "by its new words not met", _tops(turned[Truth.NOT_MET])
    yield "by its new words to find out", _tops(turned[Truth.UNKNOWN])
    yield "by its new words met", _tops(turned[Truth.MET])


def _tops(labels: Iterable[str]) -> tuple[str, ...]:
    """Without those that stand below another of them."""
    listed = tuple(labels)
    return tuple(
        one for one in listed if not any(one.startswith(f"{top}{WITHIN}") for top in listed)
    )


def _quoted(labels: tuple[str, ...], begin: str) -> str:
    named = ", ".join(f"“{one.rpartition(WITHIN)[2]}”" for one in labels)
    return f"{begin} {named}"


def _verdict(answer: Answer) -> str:
    if answer.headline is None or answer.disagreeing:
        return headline(answer)
    return document_verdict(answer.headline, Asker.CLINIC)
