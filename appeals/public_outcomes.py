"""How reviews and appeals ended elsewhere, from public figures: context, and never a chance."""

from dataclasses import dataclass
from functools import cache

from appeals.law.files import LawReader, read_data
from policies.catalogue import PrintedDate
from policies.faults import join
from policies.guide.grades import Grade


@dataclass(frozen=True, slots=True)
class PublicOutcome:
    """One figure: `overturned` of `of` where both were read, else the percent as it was printed."""

    id: str
    what: str
    program: str
    years: str
    overturned: int | None
    of: int | None
    percent: float | None
    source: str
    grade: Grade
    read_on: PrintedDate
    note: str

    @property
    def share(self) -> float:
        """The share that was overturned, in percent; nothing is rounded to a chance."""
        if self.percent is not None:
            return self.percent
        assert self.overturned is not None and self.of  # noqa: S101, PT018 -- the reader saw to it
        return round(100 * self.overturned / self.of, 1)


@cache
def public_outcomes() -> tuple[PublicOutcome, ...]:
    """Every figure, in the order of the file."""
    return read_data("outcomes.yaml", read_outcomes)


def read_outcomes(data: object) -> tuple[PublicOutcome, ...]:
    """Read the list of figures; InputError names every fault by place."""
    reader = OutcomeReader()
    found = reader.whole_list(data, reader.outcome)
    reader.distinct(tuple(one.id for one in found), "")
    reader.raise_faults()
    return found


class OutcomeReader(LawReader):
    """Reads figures, each with its number, years, source and grade."""

    def outcome(self, data: object, place: str) -> PublicOutcome:
        entries = self.mapping(data, place, PublicOutcome.__dataclass_fields__)
        percent = entries.get("percent")
        found = PublicOutcome(
            id=self.text(entries, "id", place, wanted="a short name"),
            what=self.text(entries, "what", place, wanted="what was decided on"),
            program=self.text(entries, "program", place, wanted="who decided"),
            years=self.text(entries, "years", place, wanted="the years, or: not given"),
            overturned=self.whole_number(entries, "overturned", place),
            of=self.whole_number(entries, "of", place),
            percent=float(percent) if isinstance(percent, int | float) else None,
            source=self.text(entries, "source", place, wanted="where it was read"),
            grade=self.choice(entries, "grade", place, Grade),
            read_on=self.required_date(entries, "read_on", place),
            note=self.text(entries, "note", place),
        )
        counted = found.overturned is not None and bool(found.of)
        if counted == (found.percent is not None):
            self.add(join(place, "of"), "give overturned and of, or else percent as printed")
        return found
