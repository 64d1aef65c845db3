"""What hangs together with an insurer: whose part it is, who decides for it, where to write.

A vendor's documents speak for its plans only through a link that a source proves.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from policies.addresses import in_conflict
from policies.admin.addresses import standing
from policies.models import Administration, AppealAddress, FormerAddress, Insurer, Policy


@dataclass(frozen=True, slots=True)
class LinkView:
    """A document's word that one decides for another; `documents` speak for its plans thereby."""

    other: Insurer
    url: str
    benefit: str
    lines: str
    quote: str
    source_url: str
    read_on: str
    documents: tuple[Policy, ...]


@dataclass(frozen=True, slots=True)
class AddressLine:
    """An appeal address in a list; `is_in_conflict` where another one differs for the same."""

    url: str
    use: str
    plans: str
    lines: tuple[str, ...]
    standing: str
    read_on: str
    is_in_conflict: bool


@dataclass(frozen=True, slots=True)
class Belonging:
    """All that hangs together with one insurer."""

    parent: Insurer | None
    brands: tuple[Insurer, ...]
    administrators: tuple[LinkView, ...]
    clients: tuple[LinkView, ...]
    addresses: tuple[AddressLine, ...]
    has_conflict: bool
    add_address: str
    former: tuple[FormerAddress, ...]


def present_belonging(insurer: Insurer, *, on: dt.date) -> Belonging:
    """Finish every line of what belongs to an insurer."""
    addresses = tuple(_addresses(insurer, on=on))
    links = Administration.objects.select_related("insurer", "administrator")
    deciding = list(links.filter(insurer=insurer))
    documents = Policy.objects.listed().filter(insurer__in=[one.administrator for one in deciding])
    return Belonging(
        parent=insurer.parent,
        brands=tuple(insurer.brands.all()),
        administrators=tuple(_link(one, one.administrator, documents) for one in deciding),
        clients=tuple(_link(one, one.insurer, ()) for one in links.filter(administrator=insurer)),
        addresses=addresses,
        has_conflict=any(one.is_in_conflict for one in addresses),
        add_address=f"{reverse('admin:policies_appealaddress_add')}?insurer={insurer.pk}",
        former=tuple(insurer.former_addresses.filter(policy=None)),
    )


def _link(link: Administration, other: Insurer, documents: Iterable[Policy]) -> LinkView:
    lines = set(link.lines_of_business)
    return LinkView(
        other=other,
        url=reverse("admin:policies_administration_change", args=[link.pk]),
        benefit=link.get_benefit_display(),
        lines=_spaced(link.lines_of_business) or "every line of business",
        quote=link.quote,
        source_url=link.source_url,
        read_on=link.read_on,
        documents=tuple(
            one
            for one in documents
            if one.insurer_id == other.pk and (not lines or lines & set(one.lines_of_business))
        ),
    )


def _addresses(insurer: Insurer, *, on: dt.date) -> Iterable[AddressLine]:
    rows = list(AppealAddress.objects.filter(insurer=insurer).select_related("insurer"))
    differing = {
        one for group in in_conflict([row.record() for row in rows], on=on) for one in group
    }
    for row in rows:
        use = row.get_use_display()
        yield AddressLine(
            url=reverse("admin:policies_appealaddress_change", args=[row.pk]),
            use=f"{use}, {row.get_benefit_display().lower()}" if row.benefit else use,
            plans=row.plans,
            lines=tuple(filter(None, (*row.postal.splitlines(), row.fax, row.phone, row.web))),
            standing=standing(row, on=on),
            read_on=row.read_on,
            is_in_conflict=row.record() in differing,
        )


def _spaced(names: Iterable[str]) -> str:
    return ", ".join(one.replace("_", " ") for one in names)
