"""The writes to a draft while it is written: each saved at once, and none over another's."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from policies.catalogue import Edition
from policies.catalogue.yaml_text import write_yaml
from policies.draft_course import REDID, UNDID, course_of
from policies.draft_states import draft_faults, follow, working_of
from policies.history import line_diff, record_event
from policies.models import DraftStep, Policy, PolicyEvent, PolicyVersion
from policies.outline import Working
from policies.outline.data import to_edition_data
from policies.outline.starting import begun
from policies.outline.stored import read_working, write_working
from policies.publishing import fill_written, lock_draft, lock_policy, save_draft


class StaleDraftError(ValidationError):
    """A draft that someone saved since the change began; `version` is how it stands."""

    def __init__(self, version: PolicyVersion) -> None:
        self.version = version
        super().__init__("This draft was saved by someone else in the meantime.")


@transaction.atomic
def begin_empty(policy: Policy, *, by: User) -> PolicyVersion:
    """Begin a draft in which nothing was read yet."""
    lock_policy(policy)
    # Until it has a date it is the next of those without one.
    undated = policy.versions.filter(effective_on=None).order_by("-revision").first()
    version = PolicyVersion(
        policy=policy,
        revision=undated.revision + 1 if undated else 1,
        created_by=by,
        working=write_working(begun()),
    )
    version.full_clean()
    version.save()
    record_event(PolicyEvent.Kind.DRAFTED, version, by=by)
    return version


@transaction.atomic
def keep_working(
    version: PolicyVersion, working: Working, *, based_on: int, by: User, what: str
) -> PolicyVersion:
    """Save a draft as it is written, faulty or not; `what` says what was changed.

    StaleDraftError where it was saved since it stood as `based_on` counts.
    """
    draft = lock_draft(version)
    if draft.counter != based_on:
        raise StaleDraftError(draft)
    before = working_of(draft)
    follow(draft, working, by=by, what=what)
    # A draft that came with a file is the desk's own once someone has edited it.
    draft.created_by = draft.created_by or by
    if not draft_faults(draft, working):
        fill_written(draft)
    draft.full_clean()
    draft.save()
    diff = line_diff(_text(before), _text(working))
    record_event(PolicyEvent.Kind.WRITTEN, draft, by=by, what=f"{draft}: {what}", diff=diff)
    return draft


def _text(working: Working) -> str:
    return write_yaml(to_edition_data(working))


@transaction.atomic
def keep_text(
    version: PolicyVersion, edition: Edition, *, based_on: int | None, by: User
) -> PolicyVersion:
    """Save a draft as it came back as a whole text; StaleDraftError as for one change."""
    draft = lock_draft(version)
    if based_on not in (None, draft.counter):
        raise StaleDraftError(draft)
    return save_draft(draft.policy, edition, by=by, version=version)


def undo(version: PolicyVersion, *, based_on: int, by: User) -> PolicyVersion:
    """Take back the newest change of a draft that was not taken back yet."""
    change = course_of(version).undo
    if change is None:
        raise ValidationError("There is nothing to undo.")
    what = UNDID + change.what
    return _go_to(version, change.before, based_on=based_on, by=by, what=what)


def redo(version: PolicyVersion, *, based_on: int, by: User) -> PolicyVersion:
    """Let the change stand again that was taken back last."""
    change = course_of(version).redo
    if change is None:
        raise ValidationError("There is nothing to do again.")
    what = REDID + change.what
    return _go_to(version, change.after, based_on=based_on, by=by, what=what)


def _go_to(
    version: PolicyVersion, counter: int, *, based_on: int, by: User, what: str
) -> PolicyVersion:
    step = DraftStep.objects.get(version=version, counter=counter)
    return keep_working(version, read_working(step.working), based_on=based_on, by=by, what=what)
