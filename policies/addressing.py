"""The writes to appeal addresses: what an address was is ended and kept, never written over."""

import datetime as dt
from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction

from policies.catalogue import AppealAddress as AddressRecord
from policies.catalogue import PrintedDate
from policies.history import changed, fields_of, held_fields, record_event
from policies.models import AppealAddress, Insurer, PolicyEvent

LEADS_TO = ("postal", "fax", "phone", "web")


@transaction.atomic
def save_address(
    address: AppealAddress, *, by: User | None, kind: PolicyEvent.Kind | None = None
) -> AppealAddress:
    """Write an address with its trace; a kind of event is given where it comes with a file."""
    address.full_clean()
    changes = changed(held_fields(address), fields_of(address))
    at_desk = PolicyEvent.Kind.EDITED if address.pk else PolicyEvent.Kind.ADDED
    address.save()
    record_event(kind or at_desk, address, by=by, changes=changes)
    return address


@transaction.atomic
def replace_address(address: AppealAddress, *, on: dt.date, by: User) -> AppealAddress:
    """Put a changed address beside the one that was held, which ends on the day."""
    held = AppealAddress.objects.select_for_update().get(pk=address.pk)
    held.ended_on = min(filter(None, (held.ended_on, on)))
    save_address(held, by=by)
    address.pk = None
    address._state.adding = True  # noqa: SLF001 -- how Django tells a new row
    return save_address(address, by=by)


@transaction.atomic
def read_again(address: AppealAddress, *, on: dt.date, by: User) -> AppealAddress:
    """Note that the source was looked at again and prints the same."""
    address.read_on = on.isoformat()
    address.read_by = by.get_full_name() or by.get_username()
    return save_address(address, by=by)


def leads_elsewhere(address: AppealAddress) -> bool:
    """Whether what is sent would arrive elsewhere than by what is held."""
    held, now = held_fields(address), fields_of(address)
    return any(held.get(name) != now[name] for name in LEADS_TO)


def fill_address(
    row: AppealAddress, record: AddressRecord, known: Mapping[str, Insurer]
) -> AppealAddress:
    """Set the columns of an address from its record; its insurer is known already."""
    row.insurer = known[record.insurer]
    row.use = record.use.value
    row.benefit = record.benefit.value if record.benefit else ""
    row.lines_of_business = [line.value for line in record.lines_of_business]
    row.states = list(record.states)
    row.postal = "\n".join(record.postal)
    row.fax, row.phone, row.web = record.fax, record.phone, record.web
    row.note = record.note
    row.source_url = record.source_url
    row.source_kind = record.source_kind.value
    row.printed = _text(record.printed)
    row.read_on = record.read_on.text
    row.read_by = record.read_by
    row.ended_on = record.ended_on
    return row


def _text(date: PrintedDate | None) -> str:
    return date.text if date else ""


def held_address(record: AddressRecord) -> AppealAddress | None:
    """The row that leads there for the same requests, whatever else stands in it."""
    rows = AppealAddress.objects.filter(insurer__slug=record.insurer).select_related("insurer")
    same = [row for row in rows if row.record().is_same_as(record)]
    return next((row for row in same if row.record() == record), next(iter(same), None))


def is_of_the_desk(address: AppealAddress) -> bool:
    """Whether an editor has written to it, so that a file no longer decides what it says."""
    return PolicyEvent.objects.about(address).filter(by__isnull=False).exists()
