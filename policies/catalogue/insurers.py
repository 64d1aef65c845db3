"""Reads the insurers and the proved links to administrators from their data form."""

from policies.catalogue import Administration, Insurer, InsurerKind
from policies.catalogue.fields import FieldReader
from policies.situation import LineOfBusiness


def read_insurers(data: object) -> tuple[dict[str, Insurer], tuple[Administration, ...]]:
    """Read the list of insurers and the proved links to administrators."""
    reader = InsurerReader()
    insurers, administrations = reader.insurers(data)
    reader.raise_faults()
    return insurers, administrations


class InsurerReader(FieldReader):
    """Reads insurers and links."""

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
        links = self.listed(entries, "administrations", "", self.administration)
        for index, link in enumerate(links):
            for name in ("insurer", "administrator"):
                if getattr(link, name) not in found:
                    place = f"administrations[{index}].{name}"
                    self.add(place, f"there is no insurer {getattr(link, name)!r}")
        return found, links

    def insurer(self, data: object, place: str) -> Insurer:
        known = ("slug", "name", "kind", "states", "parent", "also_known_as", "pays_for", "note")
        entries = self.mapping(data, place, known)
        pays_for = (
            self.choices({"pays_for": [entries["pays_for"]]}, "pays_for", place, LineOfBusiness)
            if entries.get("pays_for") is not None
            else ()
        )
        return Insurer(
            slug=self.slug(entries, "slug", place),
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
            benefit=self.text(entries, "benefit", place, wanted="medical, pharmacy or behavioral"),
            source_url=self.text(
                entries, "source_url", place, wanted="the document that links them"
            ),
            quote=self.text(entries, "quote", place, wanted="its words"),
            read_on=self.required_date(entries, "read_on", place),
            lines_of_business=self.choices(entries, "lines_of_business", place, LineOfBusiness),
        )
