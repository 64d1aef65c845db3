"""Review: a draft is sent to it by one person, spoken about, and comes back or is published."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from policies.draft_states import working_of
from policies.faults import printable
from policies.history import record_event
from policies.models import PolicyEvent, PolicyVersion, ReviewComment
from policies.obstacles import faults_to_mend, obstacles
from policies.outline import part_fields
from policies.outline.naming import name_of
from policies.publishing import fill_written, lock_unpublished

MOST_SAID = 2000


@transaction.atomic
def submit_draft(version: PolicyVersion, *, by: User) -> PolicyVersion:
    """Send a draft to review; from here on nothing of it changes until it comes back."""
    draft = lock_unpublished(version)
    if draft.submitted_at is not None:
        raise ValidationError("This edition is in review already.")
    if draft.working is not None and not faults_to_mend(draft):
        fill_written(draft)
    in_the_way = obstacles(draft)
    if in_the_way:
        raise ValidationError(in_the_way)
    draft.submitted_at = timezone.now()
    draft.submitted_by = by
    return _moved(draft, PolicyEvent.Kind.SUBMITTED, by=by)


@transaction.atomic
def take_back(version: PolicyVersion, *, by: User) -> PolicyVersion:
    """Take a draft back from review, to go on writing; for whoever sent it there."""
    draft = _lock_submitted(version)
    if draft.submitted_by != by:
        raise ValidationError(
            f"Only {draft.submitted_by} can take it back, who sent it to review. A publisher can "
            "send it back."
        )
    draft.submitted_at = draft.submitted_by = None
    return _moved(draft, PolicyEvent.Kind.TAKEN_BACK, by=by)


@transaction.atomic
def send_back(version: PolicyVersion, *, by: User, reason: str) -> PolicyVersion:
    """Send a draft back to be written on; the reason stands beside it until it is dealt with."""
    draft = _lock_submitted(version)
    said = _said(reason, "Say why it is sent back.")
    _add(draft, ReviewComment.Kind.SENT_BACK, said, by=by)
    draft.submitted_at = draft.submitted_by = None
    return _moved(draft, PolicyEvent.Kind.SENT_BACK, by=by, reason=said)


@transaction.atomic
def comment(version: PolicyVersion, *, by: User, text: str, key: str = "") -> ReviewComment:
    """Say something about a draft, or about the part of it that `key` names."""
    draft = lock_unpublished(version)
    working = working_of(draft)
    if key and part_fields(working, key) is None:
        raise ValidationError("This line is no longer there: say it about the whole edition.")
    said = _said(text, "Write what you have to say.")
    line = name_of(working, key) if key else ""
    row = _add(draft, ReviewComment.Kind.COMMENT, said, by=by, key=key, line=line)
    what = f"{draft}: {line or 'the whole edition'}"
    changes = {"comment": (None, said)}
    record_event(PolicyEvent.Kind.COMMENTED, draft, by=by, what=what, changes=changes)
    return row


@transaction.atomic
def settle(remark: ReviewComment, *, by: User) -> ReviewComment:
    """Mark a comment as dealt with; done already, it stays with whoever did it."""
    draft = lock_unpublished(remark.version)
    row = ReviewComment.objects.select_for_update().get(pk=remark.pk)
    if row.settled_at is not None:
        return row
    row.settled_at, row.settled_by = timezone.now(), by
    row.full_clean()
    row.save(update_fields=["settled_at", "settled_by"])
    what = f"{draft}: settled “{row.text}”"
    record_event(PolicyEvent.Kind.COMMENTED, draft, by=by, what=what)
    return row


def _lock_submitted(version: PolicyVersion) -> PolicyVersion:
    draft = lock_unpublished(version)
    if draft.submitted_at is None:
        raise ValidationError("This edition is not in review.")
    return draft


def _moved(
    draft: PolicyVersion, kind: PolicyEvent.Kind, *, by: User, reason: str = ""
) -> PolicyVersion:
    draft.full_clean()
    draft.save()
    changes = {"reason": (None, reason)} if reason else {}
    record_event(kind, draft, by=by, changes=changes)
    return draft


def _said(text: str, asked: str) -> str:
    said = printable(text).strip()
    if not said:
        raise ValidationError(asked)
    if len(said) > MOST_SAID:
        raise ValidationError(f"A comment has {MOST_SAID} letters at most: say it shorter.")
    return said


def _add(
    draft: PolicyVersion,
    kind: ReviewComment.Kind,
    text: str,
    *,
    by: User,
    key: str = "",
    line: str = "",
) -> ReviewComment:
    row = ReviewComment(version=draft, kind=kind, key=key, line=line[:300], text=text, by=by)
    row.full_clean()
    row.save()
    return row
