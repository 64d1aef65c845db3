"""What has left the clinic: on which day a letter was sent, and when it was last printed."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping

from django.db.models import Case, CharField, F, Min, OuterRef, QuerySet, Subquery, Value, When
from django.utils import timezone

from appeals.letters.kinds import LetterKind
from appeals.models import Case as CaseRow
from appeals.models import CaseEvent, Letter

Kind = CaseEvent.Kind
SENT_AS = {
    LetterKind.PRIOR_AUTHORIZATION: Kind.SUBMITTED,
    LetterKind.RETROSPECTIVE_AUTHORIZATION: Kind.SUBMITTED,
    LetterKind.MEDICAL_NECESSITY: Kind.SUBMITTED,
    LetterKind.INTERNAL_APPEAL: Kind.APPEALED,
    LetterKind.EXTERNAL_REVIEW: Kind.SENT_TO_REVIEW,
}
"""What happens in a case when such a letter is sent."""


def with_sent_on(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Each with `sent_on`: the day of the first such step that was recorded after it was signed."""
    kinds = (When(kind=letter, then=Value(step)) for letter, step in SENT_AS.items())
    sent_as = Case(*kinds, default=Value(""), output_field=CharField())
    steps = CaseEvent.objects.filter(
        case=OuterRef("case"), kind=OuterRef("sent_as"), at__gt=OuterRef("signed_at")
    )
    return letters.annotate(
        sent_as=sent_as, sent_on=Subquery(steps.order_by("at").values("on")[:1])
    )


def sent_days(letters: Collection[Letter]) -> Mapping[uuid.UUID, dt.date | None]:
    """The day on which each signed letter was sent; None where it waits, or nobody can tell."""
    rows = with_sent_on(Letter.objects.filter(pk__in=[one.pk for one in letters]))
    return dict(rows.values_list("pk", F("sent_on")))


def signed_after(kind: str, case: CaseRow, *, on: dt.date) -> dt.date | None:
    """The day of the first signature, where no letter for this step was signed by then."""
    kinds = [letter for letter, step in SENT_AS.items() if step == kind]
    letters = case.letters.filter(kind__in=kinds, signed_at__isnull=False)
    first = letters.aggregate(first=Min("signed_at"))["first"]
    signed_on = timezone.localdate(first) if first is not None else None
    return signed_on if signed_on is not None and signed_on > on else None


def mark_printed(letters: Collection[uuid.UUID], *, at: dt.datetime) -> None:
    """Write when signed letters were taken away to be sent."""
    Letter.objects.filter(signed_at__isnull=False, pk__in=letters).update(printed_at=at)
