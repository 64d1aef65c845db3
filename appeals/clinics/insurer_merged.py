"""Cases of an insurer that is merged into another: they name the one that stays.

The plan that a case holds sealed keeps the key it was told by, which leads on to the other.
"""

from django.db.models import F
from django.utils import timezone

from appeals.clinics.access import log_cases
from appeals.models import AccessEntry, Case, CaseEvent, SavedView
from policies.followers import Follower
from policies.models import Insurer

AT_ONCE = 1000


def follow(gone: Insurer, into: Insurer) -> None:
    """Put each case under the insurer that stays, with an event and an entry; views follow."""
    cases = Case.objects.filter(insurer=gone).select_for_update(of=("self",)).order_by("pk")
    while chunk := list(cases.defer("sealed")[:AT_ONCE]):
        # Whoever has one open finds it changed.
        Case.objects.filter(pk__in=[one.pk for one in chunk]).update(
            insurer=into, counter=F("counter") + 1
        )
        CaseEvent.objects.bulk_create(
            CaseEvent(case=one, kind=CaseEvent.Kind.EDITED, on=timezone.localdate())
            for one in chunk
        )
        log_cases(AccessEntry.What.CHANGED, chunk, by=None)
    for view in SavedView.objects.select_for_update().filter(filters__payer=gone.slug):
        view.filters = {**view.filters, "payer": into.slug}
        view.save(update_fields=["filters"])


CASES = Follower("Cases of clinics", follow)
