"""Reads catalogue records from their data form, and names every fault at once."""

import re
from collections.abc import Mapping
from typing import Any

from policies import terms
from policies.catalogue import (
    BillingCodes,
    CoveragePosition,
    Document,
    DocumentKind,
    Edition,
    EditionStatus,
    Insurer,
    InsurerKind,
    Position,
    PriorAuthorization,
    ReadingKind,
    SourceReading,
)
from policies.catalogue.fields import FieldReader
from policies.criteria import Node
from policies.criteria.reading import CriteriaReader
from policies.faults import join
from policies.situation import LineOfBusiness, Treatment


def read_document(data: object, insurers: Mapping[str, Insurer]) -> Document:
    """Read one document with all its editions."""
    reader = RecordReader()
    document = reader.document(data, insurers)
    reader.raise_faults()
    return document


def read_edition(data: object) -> Edition:
    """Read one edition, as a draft holds it."""
    reader = RecordReader()
    edition = reader.edition(data, "")
    reader.raise_faults()
    return edition


KEY = re.compile(r"[A-Za-z0-9_-]{1,50}")


class RecordReader(FieldReader):
    """Reads whole records."""

    def document(self, data: object, insurers: Mapping[str, Insurer]) -> Document:
        known = (
            "insurer",
            "slug",
            "number",
            "title",
            "short_title",
            "kind",
            "lines_of_business",
            "states",
            "url",
            "binds_line",
            "scope_note",
            "applies_if",
            "editions",
        )
        entries = self.mapping(data, "", known)
        slug = self.text(entries, "insurer", "", wanted="the slug of an insurer in insurers.yaml")
        if slug and slug not in insurers:
            self.add("insurer", f"there is no insurer {slug!r} in insurers.yaml")
        lines = self.choices(entries, "lines_of_business", "", LineOfBusiness)
        if not lines:
            self.add("lines_of_business", "names none; a document speaks for some kind of plan")
        editions = self.listed(entries, "editions", "", self.edition)
        self._check_editions(editions)
        unknown = Insurer(slug or "unknown", slug or "unknown", InsurerKind.COMMERCIAL)
        return Document(
            insurer=insurers.get(slug, unknown),
            slug=self.slug(entries, "slug", ""),
            title=self.text(entries, "title", "", wanted="the title as printed", longest=300),
            kind=self.choice(entries, "kind", "", DocumentKind),
            lines_of_business=lines,
            editions=editions,
            number=self.text(entries, "number", "", longest=200),
            short_title=self.text(entries, "short_title", "", longest=100),
            states=self.states(entries, ""),
            url=self.url(entries, "url", ""),
            binds_line=self.flag(entries, "binds_line", ""),
            scope_note=self.text(entries, "scope_note", ""),
            applies_if=self.tree(entries, "applies_if", "", frozenset()),
        )

    def _check_editions(self, editions: tuple[Edition, ...]) -> None:
        if not editions:
            self.add("editions", "holds none; a document has at least one edition")
        seen = set()
        for index, edition in enumerate(editions):
            key = (edition.effective, edition.revision)
            if key in seen:
                self.add(
                    f"editions[{index}].revision",
                    f"revision {edition.revision} of {edition.effective or 'the undated edition'} "
                    "stands twice; give the later one the next number",
                )
            seen.add(key)

    def edition(self, data: object, place: str) -> Edition:
        known = (
            "effective",
            "revision",
            "last_reviewed",
            "status",
            "is_read_whole",
            "change_note",
            "sources",
            "positions",
            "notes",
        )
        entries = self.mapping(data, place, known)
        readings = self.readings(entries, place)
        origins = frozenset(reading.key for reading in readings)
        revision: Any = entries.get("revision", 1)
        is_whole = isinstance(revision, int) and not isinstance(revision, bool)
        if not is_whole or not 1 <= revision <= 1000:
            self.add(join(place, "revision"), f"{revision!r} is not a whole number from 1 to 1000")
            revision = 1
        change_note = self.text(entries, "change_note", place)
        if revision > 1 and not change_note:
            self.add(join(place, "change_note"), "missing: a later revision says what it corrects")
        positions = self.listed(
            entries, "positions", place, lambda item, at: self.position(item, at, origins)
        )
        self._check_positions(positions, place)
        return Edition(
            positions=positions,
            readings=readings,
            effective=self.date(entries, "effective", place),
            revision=revision,
            last_reviewed=self.date(entries, "last_reviewed", place),
            status=self.choice(entries, "status", place, EditionStatus, EditionStatus.IN_FORCE),
            is_read_whole=self.flag(entries, "is_read_whole", place),
            change_note=change_note,
            notes=self.texts(entries, "notes", place),
        )

    def _check_positions(self, positions: tuple[Position, ...], place: str) -> None:
        seen = set()
        for index, position in enumerate(positions):
            key = (position.treatment, position.indications, position.applies_if)
            if key in seen:
                self.add(
                    f"{join(place, 'positions')}[{index}]",
                    "the same treatment and indications stand twice; make it one position",
                )
            seen.add(key)

    def readings(self, entries: Mapping[str, Any], place: str) -> tuple[SourceReading, ...]:
        raw = entries.get("sources")
        inner = join(place, "sources")
        if not isinstance(raw, Mapping) or not raw:
            self.add(inner, "names no source; say what was read, under a short key")
            return ()
        return tuple(
            self.reading(str(key), item, join(inner, str(key))) for key, item in raw.items()
        )

    def reading(self, key: str, data: object, place: str) -> SourceReading:
        if not KEY.fullmatch(key):
            self.add(place, f"{key!r}: use at most 50 letters, digits, hyphens and _ as a key")
        entries = self.mapping(
            data, place, known=("kind", "read_on", "read_by", "description", "url")
        )
        return SourceReading(
            key=key,
            kind=self.choice(entries, "kind", place, ReadingKind),
            read_on=self.required_date(entries, "read_on", place),
            read_by=self.text(entries, "read_by", place, wanted="who read it", longest=200),
            description=self.text(
                entries, "description", place, wanted="what was read, in our words"
            ),
            url=self.url(entries, "url", place),
        )

    def position(self, data: object, place: str, origins: frozenset[str]) -> Position:
        known = (
            "treatment",
            "indications",
            "coverage",
            "prior_authorization",
            "prior_authorization_note",
            "applies_if",
            "criteria",
            "continuation",
            "priorities",
            "limits",
            "documents_wanted",
            "codes",
            "source",
            "note",
        )
        entries = self.mapping(data, place, known)
        indications = self.texts(entries, "indications", place)
        for name in indications:
            if name not in terms.conditions():
                listed = ", ".join(terms.conditions())
                self.add(
                    join(place, "indications"), f"there is no condition {name!r}. Use: {listed}"
                )
        if not indications:
            self.add(join(place, "indications"), "names none; say for which conditions")
        coverage = self.choice(entries, "coverage", place, CoveragePosition)
        has_list = coverage in (
            CoveragePosition.COVERED_WITH_CRITERIA,
            CoveragePosition.INDIVIDUAL_CONSIDERATION,
        )
        for name in ("criteria", "continuation", "priorities"):
            if entries.get(name) is not None and not has_list:
                self.add(join(place, name), f"does not go with {coverage}; remove it")
        if has_list and "criteria" not in entries:
            self.add(
                join(place, "criteria"), "missing: give the list, or null when it was not read"
            )
        reader = CriteriaReader(origins)
        source = reader.source(entries.get("source"), join(place, "source"))
        self.faults.extend(reader.faults)
        criteria = self.tree(entries, "criteria", place, origins)
        return Position(
            treatment=self.choice(entries, "treatment", place, Treatment),
            indications=indications,
            coverage=coverage,
            prior_authorization=self.choice(
                entries,
                "prior_authorization",
                place,
                PriorAuthorization,
                PriorAuthorization.UNKNOWN,
            ),
            prior_authorization_note=self.text(entries, "prior_authorization_note", place),
            applies_if=self.tree(entries, "applies_if", place, origins),
            criteria=criteria,
            continuation=self.tree(entries, "continuation", place, origins, first_list=criteria),
            priorities=self.trees(entries, "priorities", place, origins),
            limits=self.texts(entries, "limits", place),
            documents_wanted=self.texts(entries, "documents_wanted", place),
            codes=self.codes(entries.get("codes"), join(place, "codes")),
            source=source,
            note=self.text(entries, "note", place),
        )

    def codes(self, data: object, place: str) -> BillingCodes:
        if data is None:
            return BillingCodes()
        entries = self.mapping(data, place, known=("hcpcs", "cpt", "icd10"))
        return BillingCodes(
            hcpcs=self.texts(entries, "hcpcs", place),
            cpt=self.texts(entries, "cpt", place),
            icd10=self.texts(entries, "icd10", place),
        )

    def tree(
        self,
        entries: Mapping[str, Any],
        name: str,
        place: str,
        origins: frozenset[str],
        *,
        first_list: Node | None = None,
    ) -> Node | None:
        """A criteria tree, or None where there is none."""
        raw = entries.get(name)
        if raw is None:
            return None
        reader = CriteriaReader(origins, first_list)
        node = reader.node(raw, join(place, name))
        self.faults.extend(reader.faults)
        return node

    def trees(
        self, entries: Mapping[str, Any], name: str, place: str, origins: frozenset[str]
    ) -> tuple[Node, ...]:
        """A list of criteria trees; missing is none."""
        if entries.get(name) is None:
            return ()
        reader = CriteriaReader(origins)
        nodes = self.listed(entries, name, place, reader.node)
        self.faults.extend(reader.faults)
        return tuple(node for node in nodes if node is not None)
