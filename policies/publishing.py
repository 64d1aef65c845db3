"""The writes to the catalogue: each one transaction, checked whole, with an event naming who."""

import datetime as dt
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from policies.catalogue import Document, Edition
from policies.catalogue.reading import read_edition
from policies.catalogue.writing import write_edition, write_head, write_position
from policies.draft_states import (
    SPANISH,
    TO_BE_SAID,
    follow,
    fresh_keys,
    spanish_of,
    working_of,
)
from policies.history import (
    changed,
    fields_of,
    held_fields,
    line_diff,
    record_event,
    text_of_version,
)
from policies.models import (
    Insurer,
    Policy,
    PolicyEvent,
    PolicyVersion,
    SourceReading,
    Translation,
)
from policies.obstacles import faults_to_mend, obstacles
from policies.outdated_spanish import outdated
from policies.outline.carrying import carry_keys
from policies.outline.data import from_edition_data, to_edition_data, write
from policies.outline.stored import write_working

published = Signal()
"""Sent with each `version` that is published, before the transaction ends: another app may listen,
of which policies know nothing."""


@transaction.atomic
def save_policy(document: Document, *, by: User | None, policy: Policy | None = None) -> Policy:
    """Write what stands about a document outside its editions."""
    policy = policy or Policy()
    is_new = policy.pk is None
    policy.insurer = Insurer.objects.get(slug=document.insurer.slug)
    for name, value in write_head(document).items():
        setattr(policy, name, value)
    policy.edited_at_desk = by is not None
    policy.full_clean()
    changes = changed(held_fields(policy), fields_of(policy))
    policy.save()
    at_desk = PolicyEvent.Kind.ADDED if is_new else PolicyEvent.Kind.EDITED
    record_event(at_desk if by else PolicyEvent.Kind.LOADED, policy, by=by, changes=changes)
    return policy


@transaction.atomic
def save_draft(
    policy: Policy,
    edition: Edition,
    *,
    by: User | None,
    version: PolicyVersion | None = None,
    digest: str = "",
) -> PolicyVersion:
    """Write an edition as a draft: a new one, or `version` with other words.

    `digest` tells which edition of a file it is, where it is one.
    """
    version = version or PolicyVersion()
    is_new = version.pk is None
    before = "" if is_new else text_of_version(lock_draft(version))
    if not is_new:
        _follow_text(version, edition, by=by)
    version.policy = policy
    # A draft that came with a file is the desk's own once someone has edited it.
    version.created_by = version.created_by or by
    fill_version(version, edition)
    version.full_clean()
    version.save()
    version.readings.all().delete()
    append_readings(version, edition)
    kind = PolicyEvent.Kind.DRAFTED if is_new else PolicyEvent.Kind.EDITED
    diff = "" if is_new else line_diff(before, text_of_version(version))
    record_event(kind, version, by=by, diff=diff, digest=digest)
    return version


class InReviewError(ValidationError):
    """A write to a draft that is being reviewed, or was published meanwhile."""

    def __init__(self, message: str = "") -> None:
        in_review = "This edition is in review, where nothing changes. Take it back first."
        super().__init__(message or in_review)


def lock_draft(version: PolicyVersion) -> PolicyVersion:
    """The draft as it stands now, to be written: held until the transaction ends.

    InReviewError where it was sent to review; cases and Spanish of a draft are its own too.
    """
    draft = lock_unpublished(version)
    if draft.submitted_at is not None:
        raise InReviewError
    return draft


def lock_policy(policy: Policy) -> None:
    """Let nobody else begin an edition of a policy until the transaction ends.

    Two who begin one at once would else give both the same revision.
    """
    Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)


def lock_unpublished(version: PolicyVersion) -> PolicyVersion:
    """The draft as it stands now, in review or not, held until the transaction ends."""
    draft = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    if draft.published_at is not None:
        raise InReviewError("This edition is published already.")
    return draft


def _follow_text(version: PolicyVersion, edition: Edition, *, by: User | None) -> None:
    """Let what is written line by line follow what came as a whole."""
    after = from_edition_data(write_edition(edition))
    working = carry_keys(working_of(version), after, fresh_keys())
    follow(version, working, by=by, what="Written as text")


def fill_version(version: PolicyVersion, edition: Edition) -> None:
    """Set the columns of a draft from an edition's record; the readings stand apart."""
    if version.published_at is not None:
        raise ValidationError("A published edition is corrected by its next revision.")
    version.effective = edition.effective.text if edition.effective else ""
    version.effective_on = edition.effective_on
    version.revision = edition.revision
    version.last_reviewed = edition.last_reviewed.text if edition.last_reviewed else ""
    version.status = edition.status.value
    version.is_read_whole = edition.is_read_whole
    version.change_note = edition.change_note
    version.positions = [write_position(position) for position in edition.positions]
    version.notes = list(edition.notes)


def append_readings(version: PolicyVersion, edition: Edition) -> list[str]:
    """Append the readings that the version does not have yet; return their keys."""
    known = {reading.key for reading in version.readings.all()}
    new = [row for row in reading_rows(version, edition) if row.key not in known]
    for row in new:
        row.full_clean()
        row.save()
    return [row.key for row in new]


def reading_rows(version: PolicyVersion, edition: Edition) -> list[SourceReading]:
    """The readings of an edition as rows that are not written yet."""
    return [
        SourceReading(
            version=version,
            key=reading.key,
            kind=reading.kind.value,
            read_on=reading.read_on.text,
            read_by=reading.read_by,
            description=reading.description,
            url=reading.url,
        )
        for reading in edition.readings
    ]


@transaction.atomic
def publish_version(version: PolicyVersion, *, by: None) -> PolicyVersion:
    """Freeze what came with a catalogue file, behind which there are no two people."""
    draft = lock_draft(version)
    if draft.working is not None and (faults := faults_to_mend(draft)):
        raise ValidationError(faults)
    return _freeze(draft, by=by)


def _freeze(draft: PolicyVersion, *, by: User | None) -> PolicyVersion:
    edition = draft.edition()  # what can't be read is never frozen
    if draft.working is not None and edition != written_edition(draft):
        raise ValidationError(
            "What is stored of this edition is not what is written. Take it back, and send it to "
            "review once more."
        )
    _append_spanish(draft)
    draft.working = None
    draft.steps.all().delete()
    draft.published_at = timezone.now()
    draft.published_by = by
    draft.full_clean()
    draft.save(update_fields=["published_at", "published_by", "is_published_alone", "working"])
    alone = ", sent to review and published by one person" if draft.is_published_alone else ""
    record_event(PolicyEvent.Kind.PUBLISHED, draft, by=by, what=f"{draft}{alone}")
    published.send(PolicyVersion, version=draft)
    return draft


def written_edition(draft: PolicyVersion) -> Edition:
    """The edition as a draft is written now; InputError while that can't be read."""
    return read_edition(to_edition_data(working_of(draft)))


def fill_written(draft: PolicyVersion) -> None:
    """Let columns and readings hold what is written; the caller saves the draft.

    A fault can go without a save: when the edition that had its date is deleted.
    """
    edition = written_edition(draft)
    fill_version(draft, edition)
    wanted = {row.key: row.data() for row in reading_rows(draft, edition)}
    if wanted != {row.key: row.data() for row in draft.readings.all()}:
        draft.readings.all().delete()
        append_readings(draft, edition)


def _append_spanish(draft: PolicyVersion) -> None:
    """What was written in Spanish stands beside the edition, place by place.

    What was written for other English is kept with that, to be mended.
    """
    if draft.working is None:
        return
    held, working = spanish_of(draft), working_of(draft)
    old = outdated(draft, working)
    for place, text in write(working).spanish.items():
        if held.get(place) != text or place in old:
            row = Translation(
                version=draft, language=SPANISH, place=place, text=text, of=old.get(place, "")
            )
            row.full_clean()
            row.save()


SENT_ANEW = "It was taken back or sent anew since this page was shown. Read it once more."


@transaction.atomic
def publish_draft(
    version: PolicyVersion, *, by: User, seen: dt.datetime | None = None
) -> PolicyVersion:
    """Publish from the desk what another person sent to review.

    `seen` is when that was sent which the publisher has read.
    """
    draft = lock_unpublished(version)
    if draft.submitted_by is None:
        raise ValidationError("Send it to review first.")
    if seen is not None and seen != draft.submitted_at:
        raise ValidationError(SENT_ANEW)
    draft.is_published_alone = draft.submitted_by == by
    if draft.is_published_alone and not settings.DESK_ONE_PERSON_MAY_PUBLISH:
        raise ValidationError("You sent it to review yourself: another person publishes it.")
    in_the_way = [*obstacles(draft), *open_comments(draft)]
    if in_the_way:
        raise ValidationError(in_the_way)
    return _freeze(draft, by=by)


def open_comments(draft: PolicyVersion) -> list[str]:
    """What keeps a draft from publication alone: a remark that nobody has dealt with."""
    number = draft.comments.filter(settled_at=None).count()
    if not number:
        return []
    are = "comment is" if number == 1 else "comments are"
    return [f"{number} {are} open: settle what was dealt with, or send it back."]


@transaction.atomic
def begin_draft(version: PolicyVersion, *, by: User) -> PolicyVersion:
    """Begin the next revision of a published edition, as a draft with the same words."""
    lock_policy(version.policy)
    newest = version.policy.versions.filter(effective_on=version.effective_on).first()
    edition = replace(
        version.edition(),
        revision=(newest or version).revision + 1,
        change_note=TO_BE_SAID,
    )
    draft = save_draft(version.policy, edition, by=by)
    spanish = spanish_of(version)
    if spanish:
        draft.working = write_working(from_edition_data(write_edition(edition), spanish))
        draft.save(update_fields=["working"])
    return draft
