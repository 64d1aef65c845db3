"""Reads the steps of appeals from the data; `like` fills in what another step says."""

from collections.abc import Mapping, Sequence
from typing import Any

from appeals.law.files import LawReader
from appeals.law.plan_types import PlanType
from appeals.law.spans import Span, Start, Unit
from appeals.law.stages import (
    JEOPARDY,
    AmountInDispute,
    Condition,
    Decision,
    DecisionTime,
    Expedited,
    Filing,
    InDispute,
    KeepServices,
    PlanLaw,
    Service,
    Stage,
    Track,
)
from policies import terms
from policies.faults import join
from policies.guide.grades import Grade

STAGE = (
    "id",
    "like",
    "step",
    "name",
    "who_files",
    "decided_by",
    "filing",
    "decision",
    "expedited",
    "keep_services",
    "contents",
    "citations",
    "url",
    "read_in",
    "read_on",
    "grade",
    "notes",
    "not_read",
    "track",
    "amount_in_dispute",
    "is_decision",
    "is_external",
    "is_optional",
)
PLAN = ("id", "laws", "route", "insured_route", "notes", "does_not_apply")


class StageReader(LawReader):
    """Reads one file of steps and of the plans that take them."""

    def __init__(self, before: Mapping[str, Mapping[str, Any]], stages: dict[str, Stage]) -> None:
        super().__init__()
        # What earlier files said, as written and as read.
        self.written = dict(before)
        self.stages = stages

    def add_stages(self, entries: Mapping[str, Any]) -> None:
        """Every step of the file, in its order."""
        for index, data in enumerate(self.records(entries, "stages")):
            place = f"stages[{index}]"
            given = self.mapping(data, place, STAGE)
            like = given.get("like")
            if like is not None and like not in self.written:
                self.add(join(place, "like"), f"{like!r} does not stand before this step")
            merged = {**self.written.get(str(like), {}), **given}
            name = self.text(merged, "id", place, wanted="a name, as job-appeal")
            if name in self.written:
                self.add(join(place, "id"), f"{name!r} stands twice; keep one")
            self.written[name] = merged
            self.stages[name] = self.stage(merged, place)

    def records(self, entries: Mapping[str, Any], name: str) -> Sequence[object]:
        raw = entries.get(name, [])
        if not isinstance(raw, list):
            self.add(name, "expected a list")
            return []
        return raw

    def stage(self, entries: Mapping[str, Any], place: str) -> Stage:
        return Stage(
            id=str(entries.get("id")),
            step=self.text(entries, "step", place, wanted="its name in a route, as internal_1"),
            name=self.text(entries, "name", place, wanted="what a person calls it"),
            who_files=self.text(entries, "who_files", place, wanted="who may file"),
            decided_by=self.text(entries, "decided_by", place, wanted="who decides"),
            filing=self.filing(entries.get("filing", {}), join(place, "filing")),
            decision=self.decision(entries.get("decision", {}), join(place, "decision")),
            expedited=self.expedited(entries.get("expedited", {}), join(place, "expedited")),
            keep_services=self.keep_services(
                entries.get("keep_services", {}), join(place, "keep_services")
            ),
            contents=self.texts(entries, "contents", place),
            citations=self.texts(entries, "citations", place),
            url=self.url(entries, "url", place) if entries.get("url") else "",
            read_in=self.urls(entries, "read_in", place),
            read_on=self.required_date(entries, "read_on", place),
            grade=self.choice(entries, "grade", place, Grade),
            notes=self.texts(entries, "notes", place),
            not_read=self.texts(entries, "not_read", place),
            track=self.choice(entries, "track", place, Track, Track.BOTH),
            in_dispute=self.choice(
                entries, "amount_in_dispute", place, InDispute, InDispute.NOBODY
            ),
            is_decision=self.flag(entries, "is_decision", place),
            is_external=self.flag(entries, "is_external", place),
            is_optional=self.flag(entries, "is_optional", place),
        )

    def filing(self, data: object, place: str) -> Filing:
        known = (
            "limit",
            "at_least",
            "if_silent",
            "limits_by_state",
            "starts",
            "expedited_starts",
            "presumed_receipt_days",
            "from_words",
            "how",
            "set_by",
            "late",
            "only_track",
            "rolls",
            "is_minimum",
            "is_most",
            "is_by_state",
            "is_automatic",
            "is_without_limit",
            "is_out_of_reach",
            "is_fast_uncounted",
            "verified",
        )
        entries = self.mapping(data, place, known)
        starts = self.choice(entries, "starts", place, Start, Start.UNKNOWN)
        is_verified = self.known_or_not(entries, "verified", place)
        limit = self.days_or_months(entries, "limit", place)
        if limit is not None and (is_verified is None or starts is Start.UNKNOWN):
            self.add(place, "a limit needs what it runs from, and whether it is verified")
        return Filing(
            limit=limit,
            at_least=self.days_or_months(entries, "at_least", place),
            if_silent=self.days_or_months(entries, "if_silent", place),
            limits_by_state=self.limits_by_state(
                entries.get("limits_by_state", {}), join(place, "limits_by_state")
            ),
            starts=starts,
            expedited_starts=self.choice(entries, "expedited_starts", place, Start, starts),
            presumed_receipt_days=self.days(entries, "presumed_receipt_days", place),
            from_words=self.text(entries, "from_words", place, wanted="what the time runs from"),
            how=self.text(entries, "how", place),
            set_by=self.text(entries, "set_by", place),
            late=self.text(entries, "late", place),
            only_track=self.choice(entries, "only_track", place, Track, Track.BOTH),
            rolls=self.flag(entries, "rolls", place),
            is_minimum=self.flag(entries, "is_minimum", place),
            is_most=self.flag(entries, "is_most", place),
            is_by_state=self.flag(entries, "is_by_state", place),
            is_automatic=self.flag(entries, "is_automatic", place),
            is_without_limit=self.flag(entries, "is_without_limit", place),
            is_out_of_reach=self.flag(entries, "is_out_of_reach", place),
            is_fast_uncounted=self.flag(entries, "is_fast_uncounted", place),
            is_verified=is_verified,
        )

    def limits_by_state(self, data: object, place: str) -> Mapping[str, Span]:
        entries = self.mapping(data, place, terms.states())
        read = {letters: self.days_or_months(entries, letters, place) for letters in entries}
        return {letters: span for letters, span in read.items() if span is not None}

    def decision(self, data: object, place: str) -> Decision:
        known = ("times", "extension", "from_words", "waits_for_statement_days", "verified")
        entries = self.mapping(data, place, known)
        return Decision(
            times=self.listed(entries, "times", place, self.time) if "times" in entries else (),
            extension=self.text(entries, "extension", place),
            from_words=self.text(entries, "from_words", place),
            waits_for_statement_days=self.days(entries, "waits_for_statement_days", place),
            is_verified=self.known_or_not(entries, "verified", place),
        )

    def time(self, data: object, place: str) -> DecisionTime:
        entries = self.mapping(
            data, place, ("service", "urgency", "within", "when", "words", "since", "until")
        )
        within = self.span(entries, "within", place)
        if within is None:
            self.add(join(place, "within"), "missing: give a time like 72 hours or 30 days")
        urgency = entries.get("urgency", "standard")
        if urgency not in ("standard", "expedited"):
            self.add(join(place, "urgency"), f"{urgency!r} is not one of: standard, expedited")
        service = entries.get("service")
        return DecisionTime(
            within=within or Span(0, Unit.DAYS),
            service=None if service is None else self.choice(entries, "service", place, Service),
            is_expedited=urgency == "expedited",
            when=self.choice(entries, "when", place, Condition, Condition.ALWAYS),
            words=self.text(entries, "words", place),
            since=self.day(entries, "since", place),
            until=self.day(entries, "until", place),
        )

    def expedited(self, data: object, place: str) -> Expedited:
        entries = self.mapping(data, place, ("available", "standard", "how"))
        is_available = self.known_or_not(entries, "available", place)
        return Expedited(
            is_available=is_available,
            standard=self.text(entries, "standard", place) or (JEOPARDY if is_available else ""),
            how=self.text(entries, "how", place),
        )

    def keep_services(self, data: object, place: str) -> KeepServices:
        entries = self.mapping(data, place, ("available", "within", "scope", "risk"))
        return KeepServices(
            is_available=self.known_or_not(entries, "available", place),
            within=self.days_or_months(entries, "within", place),
            scope=self.text(entries, "scope", place),
            risk=self.text(entries, "risk", place),
        )

    def plan(self, data: object, place: str) -> PlanLaw:
        entries = self.mapping(data, place, PLAN)
        return PlanLaw(
            plan_type=self.choice(entries, "id", place, PlanType),
            laws=self.texts(entries, "laws", place),
            route=self.route(entries, "route", place),
            insured_route=self.route(entries, "insured_route", place),
            notes=self.texts(entries, "notes", place),
            does_not_apply=self.texts(entries, "does_not_apply", place),
        )

    def route(self, entries: Mapping[str, Any], name: str, place: str) -> tuple[Stage, ...]:
        names = self.texts(entries, name, place)
        for one in names:
            if one not in self.stages:
                self.add(join(place, name), f"there is no step {one!r} in the files up to this")
        return tuple(self.stages[one] for one in names if one in self.stages)

    def amount(self, data: object, place: str) -> AmountInDispute:
        entries = self.mapping(data, place, ("year", "judge", "court", "grade", "read_in"))
        return AmountInDispute(
            year=self.days(entries, "year", place) or 0,
            judge=self.days(entries, "judge", place) or 0,
            court=self.days(entries, "court", place) or 0,
            grade=self.choice(entries, "grade", place, Grade),
            read_in=self.url(entries, "read_in", place),
        )

    def days(self, entries: Mapping[str, Any], name: str, place: str) -> int | None:
        """A whole number above zero, or nothing."""
        raw = entries.get(name)
        if raw is None or (isinstance(raw, int) and not isinstance(raw, bool) and raw > 0):
            return raw
        self.add(join(place, name), f"{raw!r} is not a whole number above zero")
        return None

    def known_or_not(self, entries: Mapping[str, Any], name: str, place: str) -> bool | None:
        """True, false, or null for what was not read or is not there."""
        raw = entries.get(name)
        if raw is None or isinstance(raw, bool):
            return raw
        self.add(join(place, name), f"{raw!r} is not true, false or null")
        return None
