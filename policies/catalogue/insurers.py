"""Reads the insurers, their appeal addresses and the proved links to administrators."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from policies.catalogue import (
    AddressUse,
    Administration,
    AppealAddress,
    Benefit,
    Insurer,
    InsurerKind,
    ReadingKind,
)
from policies.catalogue.fields import FieldReader
from policies.catalogue.names import clashing_names, in_a_circle
from policies.faults import join
from policies.situation import LineOfBusiness

Insurers = tuple[dict[str, Insurer], tuple[Administration, ...], tuple[AppealAddress, ...]]


def read_insurers(data: object) -> Insurers:
    """Read the list of insurers, the proved links to administrators, and the appeal addresses."""
    reader = InsurerReader()
    insurers, administrations = reader.insurers(data)
    reader.raise_faults()
    return insurers, administrations, tuple(reader.addresses)


class InsurerReader(FieldReader):
    """Reads insurers and links; the addresses found on the way are gathered beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[AppealAddress] = []

    def insurers(self, data: object) -> tuple[dict[str, Insurer], tuple[Administration, ...]]:
        entries = self.mapping(data, "", known=("insurers", "administrations"))
        found: dict[str, Insurer] = {}
        listed = self.listed(entries, "insurers", "", self.insurer)
        for index, insurer in enumerate(listed):
            if insurer.slug in found:
                self.add(f"insurers[{index}].slug", f"{insurer.slug!r} stands twice; keep one")
            found[insurer.slug] = insurer
        for index, insurer in enumerate(listed):
            if insurer.parent and insurer.parent not in found:
                self.add(f"insurers[{index}].parent", f"there is no insurer {insurer.parent!r}")
        self._check_names(listed, found)
        links = self.listed(entries, "administrations", "", self.administration)
        for index, link in enumerate(links):
            for name in ("insurer", "administrator"):
                if getattr(link, name) not in found:
                    place = f"administrations[{index}].{name}"
                    self.add(place, f"there is no insurer {getattr(link, name)!r}")
        return found, links

    def _check_names(self, listed: tuple[Insurer, ...], found: Mapping[str, Insurer]) -> None:
        place = {one.slug: f"insurers[{index}]" for index, one in enumerate(listed)}
        for slug in in_a_circle(found):
            self.add(f"{place[slug]}.parent", "makes the insurer a part of itself")
        for clash in clashing_names(found.values()):
            self.add(
                f"{place[clash.second.slug]}.name",
                f"{clash.first.slug!r} goes by the name {clash.name!r} too; only a brand of it may",
            )

    def insurer(self, data: object, place: str) -> Insurer:
        known = (
            "slug",
            "name",
            "kind",
            "states",
            "parent",
            "also_known_as",
            "pays_for",
            "note",
            "appeal_addresses",
        )
        entries = self.mapping(data, place, known)
        slug = self.slug(entries, "slug", place)
        if entries.get("appeal_addresses") is not None:
            self.addresses += self.listed(
                entries, "appeal_addresses", place, lambda item, at: self.address(item, at, slug)
            )
        pays_for = (
            self.choices({"pays_for": [entries["pays_for"]]}, "pays_for", place, LineOfBusiness)
            if entries.get("pays_for") is not None
            else ()
        )
        return Insurer(
            slug=slug,
            name=self.text(entries, "name", place, wanted="the insurer's name", longest=200),
            kind=self.choice(entries, "kind", place, InsurerKind),
            states=self.states(entries, place),
            parent=self.text(entries, "parent", place),
            also_known_as=self.texts(entries, "also_known_as", place),
            pays_for=pays_for[0] if pays_for else None,
            note=self.text(entries, "note", place),
        )

    def administration(self, data: object, place: str) -> Administration:
        known = (
            "insurer",
            "administrator",
            "benefit",
            "lines_of_business",
            "source_url",
            "quote",
            "read_on",
        )
        entries = self.mapping(data, place, known)
        return Administration(
            insurer=self.slug(entries, "insurer", place),
            administrator=self.slug(entries, "administrator", place),
            benefit=self.choice(entries, "benefit", place, Benefit),
            source_url=self.text(
                entries, "source_url", place, wanted="the document that links them"
            ),
            quote=self.text(entries, "quote", place, wanted="its words"),
            read_on=self.required_date(entries, "read_on", place),
            lines_of_business=self.choices(entries, "lines_of_business", place, LineOfBusiness),
        )

    def address(self, data: object, place: str, insurer: str) -> AppealAddress:
        known = (
            "use",
            "benefit",
            "lines_of_business",
            "states",
            "postal",
            "fax",
            "phone",
            "web",
            "note",
            "source_url",
            "source_kind",
            "printed",
            "read_on",
            "read_by",
            "ended_on",
        )
        entries = self.mapping(data, place, known)
        lines = self.choices(entries, "lines_of_business", place, LineOfBusiness)
        if not lines:
            self.add(join(place, "lines_of_business"), "names none; addresses differ by plan")
        has_benefit = entries.get("benefit") is not None
        address = AppealAddress(
            insurer=insurer,
            use=self.choice(entries, "use", place, AddressUse),
            benefit=self.choice(entries, "benefit", place, Benefit) if has_benefit else None,
            lines_of_business=lines,
            states=self.states(entries, place),
            postal=self.texts(entries, "postal", place),
            fax=self.text(entries, "fax", place, longest=40),
            phone=self.text(entries, "phone", place, longest=40),
            web=self.text(entries, "web", place, longest=500),
            note=self.text(entries, "note", place),
            source_url=self.text(
                entries, "source_url", place, wanted="the page that prints it", longest=500
            ),
            source_kind=self.choice(entries, "source_kind", place, ReadingKind),
            printed=self.date(entries, "printed", place),
            read_on=self.required_date(entries, "read_on", place),
            read_by=self.text(entries, "read_by", place, wanted="who read it", longest=200),
            ended_on=self._day(entries, "ended_on", place),
        )
        for name, text in address.faults().items():
            self.add(join(place, name), text)
        return address

    def _day(self, entries: Mapping[str, Any], name: str, place: str) -> dt.date | None:
        found = self.date(entries, name, place)
        if found is None:
            return None
        if len(found.text) < len("2026-11-05"):
            self.add(join(place, name), f"{found.text!r} is not a whole day, as 2026-11-05")
        return found.first_day
