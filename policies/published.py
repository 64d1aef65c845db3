"""The catalogue as patients see it: every published edition, as plain records."""

from functools import lru_cache

from policies.catalogue import Catalogue
from policies.models import Administration, Insurer, Policy, PolicyEvent


def published_catalogue() -> Catalogue:
    """Every insurer, link and published document, read anew when anything was written."""
    # Each write to the catalogue leaves an event, so the newest one names the state read.
    newest = PolicyEvent.objects.values_list("pk", "at").first()
    return _catalogue(newest)


@lru_cache(maxsize=1)
def _catalogue(_newest_event: object) -> Catalogue:
    links = Administration.objects.select_related("insurer__parent", "administrator__parent")
    return Catalogue(
        insurers={one.slug: one.record() for one in Insurer.objects.select_related("parent")},
        documents=tuple(policy.document() for policy in Policy.objects.listed()),
        administrations=tuple(link.record() for link in links),
    )
