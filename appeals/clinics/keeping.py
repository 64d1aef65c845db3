"""Closed cases that have been kept for long, for somebody to look through; none goes by itself."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from appeals.models import Case, Clinic
from policies.days import years_before


def old_cases(clinic: Clinic, *, years: int, on: dt.date) -> QuerySet[Case]:
    """Cases that were closed more than so many years ago, the oldest first.

    Records are deleted by patient, so `has_later` tells where the patient has a case that is open
    or was closed since.
    """
    end = timezone.make_aware(dt.datetime.combine(years_before(on, years), dt.time.min))
    later = Case.objects.filter(Q(closed_at=None) | Q(closed_at__gte=end))
    closed = clinic.cases.filter(closed_at__lt=end).select_related("patient", "insurer")
    return closed.annotate(has_later=Exists(later.filter(patient=OuterRef("patient")))).order_by(
        "closed_at", "pk"
    )
