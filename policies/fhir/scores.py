"""Reads rating scales from observations and questionnaires; an impossible score is none at all."""

import re
from collections.abc import Iterable, Mapping

from policies import terms
from policies.fhir import codes
from policies.fhir.answers import (
    FINAL,
    by_code,
    items_by_code,
    members_of,
    plain_score,
    score_of,
    value_of,
)
from policies.fhir.bundles import name_of
from policies.fhir.codes import Panel
from policies.fhir.elements import (
    LOINC,
    Coding,
    PartialDate,
    Resource,
    codings,
    first_date,
    objects,
    text_of,
    words_of,
)
from policies.fhir.found import Caution, Kind, Origin, Reason
from policies.fhir.gathering import Gathering, named_by, origin_of, sure_if
from policies.fhir.present import holds_for
from policies.situation import ScaleScore

_DATES = ("effectiveDateTime", "effectivePeriod", "effectiveInstant")
_COMPLETED = ("completed", "amended")
_DROPPED = {"entered-in-error": Reason.ENTERED_IN_ERROR, "cancelled": Reason.NOT_DONE}
# Words of what is part of a scale, or an opinion about it, and no total.
_NO_TOTAL = re.compile(r"\b(item|question|answer|interpretation|severity level|difficult)")


class Scores:
    """The scores of a record; answers to single questions wait until their panel is whole."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, str], list[Resource]] = {}
        self._of_panels: set[str] = set()

    def read(self, observation: Resource, gathering: Gathering) -> None:
        """Find a total score, or note an answer; a panel with its answers is added up."""
        listed, words = codings(observation.get("code")), words_of(observation.get("code"))
        panel, scale = _panel_of(listed), _scale_of(listed)
        named = _scale_in(words or " ".join(one.display for one in listed))
        date = first_date(observation, *_DATES)
        if scale is None and panel is None and (item := _panel_of_item(listed)) is not None:
            day = str(date.day) if date else ""
            self._items.setdefault((item.scale, day), []).append(observation)
            return
        if scale is None and panel is None and named is None:
            gathering.not_understood(observation, listed, words)
            return
        reader = _ScoreReader.of(observation, gathering, date, words, listed)
        reason = _why_not(text_of(observation.get("status")), FINAL)
        if reason is not None:
            gathering.leave_out(reader.origin, reason)
        elif panel is not None and scale is None and value_of(observation) is None:
            members = members_of(observation, gathering)
            self._of_panels.update(name_of(one) for one in members if "resourceType" in one)
            reader.add_items(panel, by_code(members), total=None)
        else:
            name = scale or (panel.scale if panel else named) or ""
            is_by_name = scale is None and panel is None
            reader.add(name, value_of(observation), by_name=is_by_name)

    def add_up(self, gathering: Gathering) -> None:
        """Add up the answers of one day that no panel has taken; too few are left out."""
        for (scale, _), answers in self._items.items():
            free = [one for one in answers if name_of(one) not in self._of_panels]
            done = [one for one in free if text_of(one.get("status")) in FINAL]
            panel = next(one for one in codes.panels() if one.scale == scale)
            held = by_code(done)
            if held.keys() >= set(panel.items):
                first = done[0]
                date = first_date(first, *_DATES)
                listed = [coding for one in done for coding in codings(one.get("code"))]
                reader = _ScoreReader.of(first, gathering, date, "", listed)
                reader.add_items(panel, held, total=None)
                continue
            for one in free:
                code = one.get("code")
                origin = origin_of(one, words_of(code), codings(code), first_date(one, *_DATES))
                gathering.leave_out(origin, Reason.INCOMPLETE)


def holds_panel(response: Resource) -> bool:
    """Whether a filled-in questionnaire answers a panel that we know."""
    return _panel_in(items_by_code(response.get("item"))) is not None


def _panel_in(items: Mapping[str, object]) -> Panel | None:
    return next((one for one in codes.panels() if set(one.items) & items.keys()), None)


def read_response(response: Resource, gathering: Gathering) -> None:
    """Find a total in the items of a filled-in questionnaire, and hold it against their sum."""
    items = items_by_code(response.get("item"))
    panel = _panel_in(items)
    words = text_of(response.get("questionnaire"))
    if panel is None:
        gathering.not_understood(response, (), words)
        return
    date = first_date(response, "authored")
    reader = _ScoreReader.of(response, gathering, date, words, [Coding(LOINC, panel.code)])
    reason = _why_not(text_of(response.get("status")), _COMPLETED)
    if reason is not None:
        gathering.leave_out(reader.origin, reason)
        return
    total_code = next(
        code
        for (system, code), scale in codes.scale_totals().items()
        if scale == panel.scale and system == LOINC
    )
    answers = {code: items.get(code) for code in panel.items}
    reader.add_items(panel, answers, total=items.get(total_code))


class _ScoreReader:
    """Notes one score of one resource, or why it is none."""

    def __init__(
        self, gathering: Gathering, origin: Origin, date: PartialDate | None, is_own: bool
    ) -> None:
        self.gathering = gathering
        self.origin = origin
        self.date = date
        self.is_own = is_own

    @classmethod
    def of(
        cls,
        resource: Resource,
        gathering: Gathering,
        date: PartialDate | None,
        words: str,
        listed: Iterable[Coding],
    ) -> "_ScoreReader":
        """For the score that one resource holds."""
        origin = origin_of(resource, words, listed, date)
        return cls(gathering, origin, date, _is_own(resource, gathering))

    def add_items(self, panel: Panel, answers: Mapping[str, object], *, total: object) -> None:
        """Add the answers up; a total beside them must be their sum."""
        scores = {code: score_of(answer, panel) for code, answer in answers.items()}
        given = [score for score in scores.values() if score is not None]
        is_whole = len(given) == len(panel.items)
        stated = None if total is None else plain_score(total)
        more = [Caution.THOUGHTS_OF_DEATH] if scores.get(panel.items[-1]) else []
        if stated is not None and is_whole and stated != sum(given):
            self.gathering.leave_out(self.origin, Reason.TOTAL_DIFFERS)
        elif stated is not None:
            self.add(panel.scale, stated, more=more)
        elif is_whole:
            self.add(panel.scale, sum(given), more=more)
        else:
            self.gathering.leave_out(self.origin, Reason.INCOMPLETE)

    def add(
        self,
        scale: str,
        value: float | None,
        *,
        by_name: bool = False,
        more: Iterable[Caution] = (),
    ) -> None:
        reason = _why_impossible(scale, value)
        if reason is not None or value is None:
            given = "" if value is None else f"{value:g}"
            self.gathering.leave_out(self.origin, reason or Reason.NO_VALUE, given)
            return
        day = self.date.day if self.date else None
        doubts = [named_by([self.origin])] if by_name else []
        doubts += self.gathering.age_cautions(
            self.date if day else None, holds_for(Kind.SCORE, scale, value)
        )
        own = [Caution.SELF_COMPLETED] if self.is_own else []
        self.gathering.add(
            Kind.SCORE,
            scale,
            ScaleScore(scale, int(value), "self_completed" if self.is_own else "chart", day),
            self.origin,
            *doubts,
            *own,
            *more,
            sureness=sure_if(doubts),
        )


def _why_not(status: str, wanted: tuple[str, ...]) -> Reason | None:
    if status in wanted:
        return None
    return _DROPPED.get(status, Reason.NOT_FINAL)


def _why_impossible(scale: str, value: float | None) -> Reason | None:
    if value is None:
        return Reason.NO_VALUE
    limits = terms.rating_scales()[scale].range
    low, high = limits or (0, 500)
    if not low <= value <= high:
        return Reason.OUT_OF_RANGE
    return None if value == int(value) else Reason.NOT_WHOLE


def _scale_of(listed: tuple[Coding, ...]) -> str | None:
    totals = codes.scale_totals()
    return next(
        (totals[one.system, one.code] for one in listed if (one.system, one.code) in totals), None
    )


def _panel_of(listed: tuple[Coding, ...]) -> Panel | None:
    held = {one.code for one in listed if one.system == LOINC}
    return next((panel for panel in codes.panels() if panel.code in held), None)


def _panel_of_item(listed: tuple[Coding, ...]) -> Panel | None:
    held = {one.code for one in listed if one.system == LOINC}
    return next((panel for panel in codes.panels() if held & set(panel.items)), None)


def _scale_in(words: str) -> str | None:
    """The scale that words name as a total."""
    said = words.casefold()
    if not said or _NO_TOTAL.search(said):
        return None
    return next((scale for scale, name in codes.scale_names().items() if name.search(said)), None)


def _is_own(resource: Resource, gathering: Gathering) -> bool:
    """Whether the person filled it in alone, by who is named as having done so."""
    named = [
        text_of(one.get("reference"))
        for name in ("performer", "source", "author")
        for one in objects(resource.get(name))
    ]
    patient = gathering.contents.patient
    own = {"Patient", "RelatedPerson"}
    address = f"Patient/{text_of(patient.get('id'))}" if patient else ""
    return bool(named) and all(one == address or own & set(one.split("/")) for one in named)
