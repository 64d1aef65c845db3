"""Reads the registry from `appeals/data/evidence/`, one file for each subject."""

import datetime as dt
from collections.abc import Mapping
from functools import cache

from appeals.evidence.hosts import host_of
from appeals.evidence.study import Direction, Kind, Meeting, Must, Part, Study, Use
from appeals.law.files import DATA, LawDataError, LawReader, read_data
from appeals.law.reasons import ReasonId
from policies import terms
from policies.faults import join
from policies.situation import Treatment

LETTERS = ("conditions", "treatments", "text", "plain", "limit")


@cache
def studies() -> Mapping[str, Study]:
    """Every record by its id, in the order of the files."""
    found: dict[str, Study] = {}
    for path in sorted((DATA / "evidence").glob("*.yaml")):
        name = f"evidence/{path.name}"
        for one in read_data(name, read_studies):
            if one.id in found:
                raise LawDataError(f"{name}: {one.id!r} stands in another file too; keep one")
            found[one.id] = one
    return found


def read_studies(data: object) -> tuple[Study, ...]:
    """Read a list of records; InputError names every fault by place."""
    reader = StudyReader()
    found = reader.whole_list(data, reader.study)
    reader.distinct(tuple(one.id for one in found), "")
    reader.raise_faults()
    return found


class StudyReader(LawReader):
    """Reads records of the registry."""

    def study(self, data: object, place: str) -> Study:
        entries = self.mapping(data, place, Study.__dataclass_fields__)
        conditions = self.conditions(entries, "conditions", place)
        treatments = self.choices(entries, "treatments", place, Treatment)
        found = Study(
            id=self.text(entries, "id", place, wanted="a short name, as anand_2023_elektd"),
            authors=self.text(entries, "authors", place),
            title=self.text(entries, "title", place, wanted="a title, or what it is"),
            journal=self.text(entries, "journal", place),
            year=self.whole_number(entries, "year", place),
            volume=self.text(entries, "volume", place),
            issue=self.text(entries, "issue", place),
            pages=self.text(entries, "pages", place),
            doi=self.text(entries, "doi", place),
            pmid=self.text(entries, "pmid", place),
            url=self.url(entries, "url", place),
            kind=self.choice(entries, "kind", place, Kind),
            participants=self.whole_number(entries, "participants", place),
            population=self.text(entries, "population", place, wanted="who was studied"),
            conditions=conditions,
            treatments=treatments,
            beside_conditions=self.conditions(entries, "beside_conditions", place),
            beside_treatments=self.choices(entries, "beside_treatments", place, Treatment),
            studied=self.text(entries, "studied", place),
            compared_with=self.text(entries, "compared_with", place),
            finding=self.text(entries, "finding", place, wanted="what was found"),
            direction=self.choice(entries, "direction", place, Direction),
            limitations=self.text(entries, "limitations", place, wanted="its limits"),
            useful_against=self.choices(entries, "useful_against", place, ReasonId),
            is_honesty_check=self.flag(entries, "is_honesty_check", place),
            verified=self.flag(entries, "verified", place),
            finding_verified=self.flag(entries, "finding_verified", place),
            verified_from=self.url(entries, "verified_from", place),
            numbers_from=self.text(entries, "numbers_from", place),
            not_confirmed=self.choices(entries, "not_confirmed", place, Part),
            notes=self.text(entries, "notes", place),
            read_on=self.read_day(entries, place),
            uses=self.listed(
                entries,
                "uses",
                place,
                lambda data, inner: self.use(data, inner, conditions, treatments),
            )
            if "uses" in entries
            else (),
            meets=self.meeting(entries.get("meets"), join(place, "meets"), conditions),
        )
        self.check(found, place)
        return found

    def check(self, study: Study, place: str) -> None:
        """Note what would let a letter say more than was read."""
        if not study.conditions:
            self.add(join(place, "conditions"), "missing: give at least one")
        if host_of(study.verified_from) is None:
            self.add(join(place, "verified_from"), "say in evidence_hosts.yaml what this site is")
        if study.uses and not (study.verified and study.finding_verified):
            self.add(
                join(place, "uses"),
                "a letter may use only what is verified and whose finding was read; take it out",
            )
        if study.uses and study.direction is Direction.AGAINST:
            self.add(join(place, "uses"), "it points the other way; a letter can only meet it")
        if study.meets and not study.verified:
            self.add(join(place, "meets"), "a letter names only what is verified; take it out")

    def use(
        self,
        data: object,
        place: str,
        conditions: tuple[str, ...],
        treatments: tuple[Treatment, ...],
    ) -> Use:
        entries = self.mapping(data, place, LETTERS)
        found = Use(
            conditions=self.conditions(entries, "conditions", place) or conditions,
            treatments=self.choices(entries, "treatments", place, Treatment) or treatments,
            text=self.text(entries, "text", place),
            plain=self.text(entries, "plain", place, wanted="its finding without a number"),
            limit=self.text(entries, "limit", place, wanted="the limit that goes with it"),
        )
        if not set(found.conditions) <= set(conditions):
            self.add(join(place, "conditions"), "holds one that was not studied; take it out")
        if not found.treatments or not set(found.treatments) <= set(treatments):
            self.add(join(place, "treatments"), "holds one that was not studied; take it out")
        return found

    def meeting(self, data: object, place: str, conditions: tuple[str, ...]) -> Meeting | None:
        if data is None:
            return None
        entries = self.mapping(data, place, Meeting.__dataclass_fields__)
        return Meeting(
            text=self.text(entries, "text", place, wanted="one sentence that meets it"),
            conditions=self.conditions(entries, "conditions", place) or conditions,
            must=self.choice(entries, "must", place, Must) if "must" in entries else None,
        )

    def conditions(self, entries: Mapping[str, object], name: str, place: str) -> tuple[str, ...]:
        """Conditions by their ids."""
        listed = self.texts(entries, name, place)
        for index, raw in enumerate(listed):
            if raw not in terms.conditions():
                self.add(f"{join(place, name)}[{index}]", f"there is no condition {raw!r}")
        return listed

    def read_day(self, entries: Mapping[str, object], place: str) -> dt.date:
        return self.required_date(entries, "read_on", place).first_day
