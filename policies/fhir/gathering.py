"""Collects what the readers of a record find, so that each says the same thing the same way."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from policies.fhir.bundles import Contents, name_of
from policies.fhir.elements import Coding, PartialDate, Resource, text_of
from policies.fhir.found import (
    Caution,
    Found,
    FoundValue,
    Kind,
    LeftOut,
    NotUnderstood,
    Origin,
    Reason,
    Sureness,
)
from policies.fhir.present import age_cautions
from policies.fhir.same_treatment import with_differences


class Gathering:
    """What was found so far, on a day; `site` is our own address, where it is told."""

    def __init__(self, contents: Contents, *, on: dt.date, site: str | None = None) -> None:
        self.contents = contents
        self.on = on
        self.site = site
        self.left_out: list[LeftOut] = list(contents.left_out)
        self.codes: Counter[tuple[str, Coding, bool]] = Counter()
        self._found: dict[str, Found] = {}

    def add(
        self,
        kind: Kind,
        name: str,
        value: FoundValue,
        origin: Origin,
        *cautions: Caution,
        sureness: Sureness = Sureness.STATED,
    ) -> None:
        """Note a find; the same find from elsewhere joins it, and the surer of the two stands."""
        self.put(Found(kind, name, value, (origin,), sureness, cautions))

    def put(self, found: Found) -> None:
        held = self._found.get(found.key)
        if held is None:
            self._found[found.key] = found
            return
        surer, other = (held, found) if held.sureness is Sureness.STATED else (found, held)
        joined = with_differences(surer, other)
        # What a clinician must see is not lost where another source is the surer of the score.
        grave = {Caution.THOUGHTS_OF_DEATH} & {*other.cautions} - {*joined.cautions}
        self._found[found.key] = replace(
            joined,
            origins=(*held.origins, *found.origins),
            cautions=(*joined.cautions, *sorted(grave)),
        )

    def leave_out(self, origin: Origin, reason: Reason, value: str = "") -> None:
        self.left_out.append(LeftOut(origin, reason, value))

    def not_understood(
        self, resource: Resource, codings: Iterable[Coding], words: str, *, is_known: bool = False
    ) -> None:
        """Note codes of nothing we know; a resource without any is noted by its words.

        `is_known` tells that another code of the resource was understood.
        """
        kind = text_of(resource.get("resourceType"))
        for place, coding in enumerate(tuple(codings) or (Coding("", "", words),)):
            self.codes[kind, coding, is_known or place > 0] += 1

    def age_cautions(self, date: PartialDate | None, months: int | None = None) -> list[Caution]:
        """What to mind about the date of something that is said to be so today."""
        return age_cautions(date, on=self.on, months=months)

    def found(self) -> tuple[Found, ...]:
        return tuple(self._found.values())

    def codes_not_understood(self) -> tuple[NotUnderstood, ...]:
        return tuple(
            NotUnderstood(kind, coding, times, is_repeated)
            for (kind, coding, is_repeated), times in self.codes.items()
        )


def origin_of(
    resource: Resource,
    words: str = "",
    listed: Iterable[Coding] = (),
    on: PartialDate | None = None,
) -> Origin:
    """Where something was read."""
    return Origin(name_of(resource), words, tuple(listed), on.day if on else None)


def named_by(origins: Iterable[Origin]) -> Caution:
    """What to mind about a find by its name: whether an unknown code stood beside it, or none."""
    return Caution.BY_NAME if any(one.codings for one in origins) else Caution.NAME_ALONE


def sure_if(cautions: Iterable[Caution]) -> Sureness:
    """Sure where there is nothing to mind."""
    return Sureness.TO_CONFIRM if tuple(cautions) else Sureness.STATED
