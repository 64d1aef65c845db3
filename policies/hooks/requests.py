"""Reads the request of a hook: which orders it is about, and the record that came along.

CDS Hooks 2.0, "Calling a CDS Service", "Prefetch Template" and the hooks order-select and
order-sign. What was not prefetched is not known: nothing is fetched from `fhirServer`, so
`fhirAuthorization` is never looked at.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policies.catalogue import Insurer
from policies.faults import Fault, InputError
from policies.fhir import Record, record_from
from policies.fhir.bundles import Contents, name_of
from policies.fhir.elements import Resource, object_of, objects, text_of
from policies.fhir.faults import RecordError
from policies.fhir.versions import refuse_other_versions
from policies.hooks.orders import Ordered, treatments_ordered
from policies.hooks.payers import place_of
from policies.hooks.services import ORDER_SELECT, PREFETCHED

# FHIR R4, data type id.
_ID = re.compile(r"(?:Patient/)?([A-Za-z0-9\-.]{1,64})")
_NO_RESOURCE = ("Bundle", "OperationOutcome")


@dataclass(frozen=True, slots=True)
class HookRequest:
    """A call of a hook that we know: the patient, the orders it is about, and the prefetch."""

    patient_id: str
    orders: tuple[Resource, ...]
    prefetch: Mapping[str, Any]

    def treatments(self) -> tuple[Ordered, ...]:
        """What is ordered of ours; nothing of the record is read for it."""
        contents = Contents()
        for one in (*self.orders, *(object_of(each["resource"]) for each in self._entries())):
            contents.by_reference.setdefault(name_of(one), one)
        return treatments_ordered(self.orders, contents)

    def record(self, *, on: dt.date, insurers: Mapping[str, Insurer], site: str) -> Record:
        """The prefetch as one record; InputError where it can't be one patient's record."""
        entries = list(self._entries())
        sent = [one["resource"] for one in entries if _type(one["resource"]) == "Patient"]
        if any(one.get("id") != self.patient_id for one in sent):
            raise _refused("prefetch", "this is the record of another patient than the context's")
        if not sent:
            # Its id alone tells whose the rest has to be.
            stub = {"resourceType": "Patient", "id": self.patient_id}
            entries.insert(0, {"resource": stub})
        # Who pays first comes first, by which it is known which payer's rule is asked about.
        entries.sort(key=lambda one: place_of(one["resource"]))
        bundle: dict[str, Any] = {"resourceType": "Bundle", "type": "collection", "entry": entries}
        if self._has_more_pages():
            bundle["link"] = [{"relation": "next"}]
        try:
            return record_from(bundle, on=on, insurers=insurers, site=site)
        except RecordError as error:
            raise within("prefetch", error) from error

    def _entries(self) -> Iterator[dict[str, Any]]:
        """Each resource sent, once; the OperationOutcome of a search that failed is none."""
        seen: dict[str, Resource] = {}
        for entry in self._entries_of_all():
            resource = entry["resource"]
            # Two searches may find the same; on its way, only what a server notes of it differs.
            content = {name: value for name, value in resource.items() if name != "meta"}
            held = seen.setdefault(name_of(resource), content)
            if held is content or held != content or not text_of(resource.get("id")):
                yield entry

    def _entries_of_all(self) -> Iterator[dict[str, Any]]:
        for value in self.prefetch.values():
            if not isinstance(value, dict):
                continue
            held = (
                objects(value.get("entry")) if _type(value) == "Bundle" else [{"resource": value}]
            )
            for entry in held:
                resource = entry.get("resource")
                if isinstance(resource, dict) and _type(resource) not in _NO_RESOURCE:
                    yield {**entry, "resource": resource}

    def _has_more_pages(self) -> bool:
        bundles = (one for one in self.prefetch.values() if _type(one) == "Bundle")
        links = (link for one in bundles for link in objects(one.get("link")))
        return any(link.get("relation") == "next" for link in links)


def read_request(document: object, *, hook: str) -> HookRequest | None:
    """The request of this hook; None for another hook, of which we know nothing to say.

    An order-dispatch, say, is answered as "no decision support", with no cards: the specification
    names no error for it, and one in the middle of an order would help nobody.
    """
    if not isinstance(document, dict):
        raise _refused("", "expected one JSON object")
    context = document.get("context")
    faults = [
        Fault(name, "this is required, as a text")
        for name in ("hook", "hookInstance")
        if not text_of(document.get(name))
    ]
    if not isinstance(context, dict):
        faults.append(Fault("context", "this is required, as an object"))
    faults += _faults_of_prefetch(document.get("prefetch"))
    if faults:
        raise InputError(faults)
    if document["hook"] != hook:
        return None
    return _read_context(object_of(context), document.get("prefetch") or {}, hook)


def _faults_of_prefetch(sent: object) -> Iterator[Fault]:
    """What can't be read of what we asked for; what else a client sends is no fault."""
    if not isinstance(sent, dict | None):
        yield Fault("prefetch", "expected an object")
        return
    for name in PREFETCHED:
        value = (sent or {}).get(name)
        held = object_of(value).get("entry") if _type(value) == "Bundle" else None
        if not isinstance(value, dict | None):
            yield Fault(f"prefetch.{name}", "expected a resource, a Bundle or null")
        elif not isinstance(held, list | None):
            yield Fault(f"prefetch.{name}.entry", "expected a list")


def _read_context(context: Resource, prefetch: Mapping[str, Any], hook: str) -> HookRequest:
    patient = _ID.fullmatch(text_of(context.get("patientId")))
    drafts, selected = context.get("draftOrders"), context.get("selections")
    faults = []
    if patient is None:
        faults.append(Fault("context.patientId", "expected the id of a Patient"))
    if _type(drafts) != "Bundle":
        faults.append(Fault("context.draftOrders", "expected a Bundle"))
    elif not isinstance(object_of(drafts).get("entry"), list | None):
        faults.append(Fault("context.draftOrders.entry", "expected a list"))
    if hook == ORDER_SELECT and not isinstance(selected, list):
        faults.append(Fault("context.selections", "expected a list of the orders selected"))
    if faults or patient is None:
        raise InputError(faults)
    entries = objects(object_of(drafts).get("entry"))
    orders = [one["resource"] for one in entries if isinstance(one.get("resource"), dict)]
    try:
        refuse_other_versions(orders)
    except RecordError as error:
        raise within("context.draftOrders", error) from error
    if hook == ORDER_SELECT and isinstance(selected, list):
        names = {"/".join(text_of(one).split("/")[-2:]) for one in selected}
        orders = [one for one in orders if name_of(one) in names]
    return HookRequest(patient[1], tuple(orders), prefetch)


def _type(resource: object) -> object:
    return resource.get("resourceType") if isinstance(resource, dict) else None


def _refused(place: str, text: str) -> InputError:
    return InputError([Fault(place, text)])


def within(place: str, error: RecordError) -> InputError:
    """The faults of a record by their place in the request."""
    return InputError(
        Fault(f"{place}: {one.place}" if one.place else place, one.text, one.values)
        for one in error.faults
    )
