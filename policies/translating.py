"""An edition's Spanish: what stands beside it, its review, and documents that bring it along."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from policies.catalogue import Document
from policies.catalogue.spoken import texts_of, with_spanish
from policies.draft_states import SPANISH, working_of
from policies.history import record_event
from policies.language import twins
from policies.models import Policy, PolicyEvent, PolicyVersion, Translation
from policies.outdated_spanish import outdated
from policies.outline.data import write
from policies.outline.readable import Readable, readable


@dataclass(frozen=True, slots=True)
class TextPair:
    """A text of an edition with its Spanish as readers meet it; `key` is 0 for that of a file.

    `reviewed_by` is empty where nobody has reviewed it, or where a file of reviewed twins has it.
    `of` is the English for which it was written, where that changed since: then readers meet none
    of it.
    """

    place: str
    english: str
    spanish: str
    is_reviewed: bool
    reviewed_by: str = ""
    key: int = 0
    of: str = ""


def documents_with_spanish() -> tuple[Document, ...]:
    """Every published document; its editions bring along what the desk wrote in Spanish."""
    rows = Translation.objects.spanish().filter(version__published_at__isnull=False)
    texts: dict[int, dict[str, tuple[str, bool]]] = defaultdict(dict)
    for version, place, text, of, reviewed_by in rows.order_by("pk").values_list(
        "version", "place", "text", "of", "reviewed_by"
    ):
        # An empty text lets the reader meet what stands where there is none of the desk.
        texts[version][place] = ("" if of else text, bool(reviewed_by))
    return tuple(
        policy.record(
            tuple(
                with_spanish(version.edition(), texts.get(version.pk, {}))
                for version in policy.published_versions
            )
        )
        for policy in Policy.objects.listed()
    )


def text_pairs(version: PolicyVersion) -> tuple[TextPair, ...]:
    """Every text of a version beside its Spanish; the desk's comes before that of the files.

    Those of a draft as far as it can be read.
    """
    if version.published_at is None:
        return pairs_of_draft(version, readable(working_of(version)))
    rows = Translation.objects.spanish().newest().filter(version=version)
    held = {row.place: row for row in rows}
    return tuple(
        _pair(place, english, held.get(place)) for place, english in texts_of(version.edition())
    )


def pairs_of_draft(version: PolicyVersion, held: Readable) -> tuple[TextPair, ...]:
    """The texts of a draft of which all has been read already."""
    texts, old = write(held.working).spanish, outdated(version, held.working)
    return tuple(
        TextPair(place, english, texts[place], is_reviewed=False, of=old.get(place, ""))
        if place in texts
        else _pair(place, english, None)
        for place, english in texts_of(held.edition)
    )


def _pair(place: str, english: str, row: Translation | None) -> TextPair:
    if row is not None:
        by = row.reviewed_by
        return TextPair(place, english, row.text, bool(by), by, row.pk, row.of)
    twin = twins().get(english)
    return TextPair(
        place, english, twin.text if twin else "", twin is not None and twin.is_reviewed
    )


@transaction.atomic
def append_spanish(
    version: PolicyVersion, texts: Mapping[str, str], *, reviewed: Iterable[str], by: User
) -> list[str]:
    """Append Spanish by place, that of the places `reviewed` as reviewed; return what was new.

    What stands there with the same words and no less reviewed is not written twice.
    """
    if version.published_at is None:
        raise ValidationError("The Spanish of a draft is written with it, line by line.")
    PolicyVersion.objects.select_for_update().get(pk=version.pk)
    pairs = {pair.place: pair for pair in text_pairs(version)}
    reviewed = set(reviewed)
    name = by.get_full_name() or by.get_username()
    new = []
    for place, typed in texts.items():
        pair, text = pairs.get(place), typed.strip()
        if pair is None:
            raise ValidationError(f"The edition has no text at {place}.")
        if not text:
            raise ValidationError(f"Write the Spanish of “{pair.english}” first.")
        is_reviewed = place in reviewed
        if text == pair.spanish and (pair.is_reviewed or not is_reviewed):
            continue
        row = Translation(
            version=version,
            language=SPANISH,
            place=place,
            text=text,
            reviewed_by=name if is_reviewed else "",
        )
        row.full_clean()
        row.save()
        new.append(place)
    if new:
        _tell(version, pairs, new, texts, reviewed, by=by)
    return new


def _tell(
    version: PolicyVersion,
    pairs: Mapping[str, TextPair],
    new: list[str],
    texts: Mapping[str, str],
    reviewed: set[str],
    *,
    by: User,
) -> None:
    count = sum(place in reviewed for place in new)
    number = f"{len(new)} text{'s' if len(new) > 1 else ''} in Spanish, {count} reviewed"
    changes = {
        place: (pairs[place].spanish or None, texts[place].strip())
        for place in new
        if pairs[place].spanish != texts[place].strip()
    }
    record_event(
        PolicyEvent.Kind.TRANSLATED, version, by=by, what=f"{version}: {number}", changes=changes
    )
