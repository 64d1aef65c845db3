"""The writes to copies of documents: each a file that is really one, with its text and its hash."""

import datetime as dt
import hashlib

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from policies.copies import IN_WORDS, CopyError
from policies.copies.extract import read_copy
from policies.history import record_event
from policies.models import Policy, PolicyEvent, PolicyVersion, SourceCopy


class SameFileError(ValidationError):
    """A file that is attached already, as `copy`."""

    def __init__(self, copy: SourceCopy) -> None:
        self.copy = copy
        day = copy.added_at
        super().__init__(
            f"This very file was attached on {day:%B} {day.day}, {day.year}: the document has not "
            "changed since. Choose “Read again: nothing changed” instead."
        )


def attach_copy(
    policy: Policy,
    *,
    name: str,
    content: bytes,
    taken_on: dt.date,
    by: User,
    url: str = "",
    version: PolicyVersion | None = None,
) -> SourceCopy:
    """Keep a copy of a policy's document: a PDF, or a page saved as .html or .txt.

    ValidationError says why a file can't be kept. It is read before the transaction begins, since
    that can take a while.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    _refuse_same(policy, sha256)
    try:
        pages = read_copy(name, content)
    except CopyError as error:
        raise ValidationError(IN_WORDS[error.reason]) from error
    copy = SourceCopy(
        policy=policy,
        version=version,
        name=name[:200],
        content=content,
        size=len(content),
        sha256=sha256,
        pages=pages,
        url=url,
        taken_on=taken_on,
        added_by=by,
    )
    return _keep(copy, by=by)


@transaction.atomic
def _keep(copy: SourceCopy, *, by: User) -> SourceCopy:
    # Of two that send one file at once the second waits here.
    Policy.objects.select_for_update().get(pk=copy.policy.pk)
    _refuse_same(copy.policy, copy.sha256)
    copy.full_clean()
    copy.save()
    what = f"{copy.policy}: {copy.name}, taken {copy.taken_on}"
    record_event(PolicyEvent.Kind.ATTACHED, copy.policy, by=by, what=what)
    return copy


def _refuse_same(policy: Policy, sha256: str) -> None:
    same = SourceCopy.objects.listed().filter(policy=policy, sha256=sha256).first()
    if same is not None:
        raise SameFileError(same)
