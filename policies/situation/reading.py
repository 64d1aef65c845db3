"""Reads the JSON form of a situation field by field, keeping every fault with its place."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from policies import terms, vocabulary
from policies.faults import FaultList, WrongValueError, join
from policies.situation.parts import (
    Asker,
    Funding,
    LineOfBusiness,
    Plan,
    ScaleScore,
    Treatment,
    TreatmentTried,
    contradictions,
)
from policies.vocabulary import OUT_OF_RANGE, FactDefinition, Value

VERSION = 1

Choice = TypeVar("Choice", bound=StrEnum)

_ICD10 = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")


class SituationReader(FaultList):
    """Reads the JSON form field by field, keeping every fault with its place."""

    def fields(self, data: object) -> dict[str, Any]:
        """The fields of a situation; they are of no use once there is a fault."""
        entries = self.mapping(
            data,
            "",
            known=[
                "version",
                "asker",
                "plan",
                "treatment",
                "icd10_codes",
                "answers",
                "treatments_tried",
                "treatments_complete",
                "scores",
            ],
        )
        version = entries.get("version")
        if isinstance(data, Mapping) and (version != VERSION or isinstance(version, bool)):
            self.add(
                "version",
                'this program reads version {version}; write "version": {version}',
                version=VERSION,
            )
        treatment = self.choice(entries.get("treatment"), "treatment", Treatment)
        icd10_codes = self.codes(entries.get("icd10_codes"))
        answers = self.answers(entries.get("answers"))
        self.check_implied(icd10_codes, answers)
        tried = self.rows(entries.get("treatments_tried"), "treatments_tried")
        return {
            "treatment": treatment or Treatment.IV_KETAMINE,
            "plan": self.plan(entries.get("plan")),
            "asker": self.choice(entries.get("asker"), "asker", Asker),
            "icd10_codes": icd10_codes,
            "answers": answers,
            "treatments_tried": None if tried is None else tuple(self.treatments(tried)),
            "treatments_complete": self.yes_or_no(
                entries.get("treatments_complete"), "treatments_complete"
            ),
            "scores": tuple(self.scores(self.rows(entries.get("scores"), "scores") or [])),
        }

    def rows(self, data: object, place: str) -> list[Any] | None:
        if data is None:
            return None
        if not isinstance(data, list):
            self.add(place, "expected a list")
            return None
        if len(data) > 200:
            self.add(place, "more than 200 rows; leave out those that do not matter here")
            return None
        return data

    def choice(self, raw: object, place: str, choices: type[Choice]) -> Choice | None:
        if raw is None:
            return None
        if isinstance(raw, str) and raw in list(choices):
            return choices(raw)
        self.add(place, "{raw} is not one of: {choices}", raw=repr(raw), choices=", ".join(choices))
        return None

    def yes_or_no(self, raw: object, place: str) -> bool | None:
        if raw is None or isinstance(raw, bool):
            return raw
        self.add(place, "{raw} is not true, false or null", raw=repr(raw))
        return None

    def plan(self, data: object) -> Plan:
        entries = self.mapping({} if data is None else data, "plan", known=list(Plan.__slots__))
        return Plan(
            line_of_business=self.choice(
                entries.get("line_of_business"), "plan.line_of_business", LineOfBusiness
            ),
            funding=self.choice(entries.get("funding"), "plan.funding", Funding),
            insurer=self.text(entries.get("insurer"), "plan.insurer"),
            insurer_name=self.text(entries.get("insurer_name"), "plan.insurer_name"),
            administrator_name=self.text(
                entries.get("administrator_name"), "plan.administrator_name"
            ),
            residence_state=self.state(entries.get("residence_state"), "plan.residence_state"),
            issue_state=self.state(entries.get("issue_state"), "plan.issue_state"),
        )

    def text(self, raw: object, place: str) -> str | None:
        if raw is None:
            return None
        if isinstance(raw, str) and 0 < len(raw.strip()) <= 200:
            return " ".join(raw.split())
        self.add(place, "expected a text of 1 to 200 characters")
        return None

    def state(self, raw: object, place: str) -> str | None:
        if raw is None or (isinstance(raw, str) and raw in terms.states()):
            return raw
        self.add(place, "{raw} is not a state's two letters, for example MA", raw=repr(raw))
        return None

    def codes(self, data: object) -> tuple[str, ...]:
        found = []
        for index, raw in enumerate(self.rows(data, "icd10_codes") or []):
            place = f"icd10_codes[{index}]"
            known = terms.icd10_codes().get(raw) if isinstance(raw, str) else None
            if not isinstance(raw, str) or not _ICD10.fullmatch(raw):
                self.add(place, "{raw} is not an ICD-10-CM code like F33.2", raw=repr(raw))
            elif known is not None and not known.billable:
                self.add(
                    place,
                    "{raw} is a heading of ICD-10-CM; name a code below it, like F33.2",
                    raw=raw,
                )
            else:
                found.append(raw)
        return tuple(found)

    def answers(self, data: object) -> dict[str, Value]:
        definitions = vocabulary.facts()
        entries = self.mapping({} if data is None else data, "answers", known=definitions)
        return self.values(entries, "answers", definitions)

    def check_implied(self, codes: tuple[str, ...], answers: dict[str, Value]) -> None:
        """Refuse an answer that a stated diagnosis, code or other answer contradicts."""
        stated = answers.get("conditions")
        conditions = stated if isinstance(stated, frozenset) else frozenset()
        for implied in terms.implied_facts():
            named = implied.carried_by(conditions, codes, answers)
            if named and implied.fact in answers and not implied.allows(answers[implied.fact]):
                self.add(
                    join("answers", implied.fact),
                    "{named} means {means}; correct one of them",
                    named=named[0],
                    label=_label(named[0]),
                    means=implied.means,
                )

    def values(
        self, entries: Mapping[str, object], place: str, definitions: Mapping[str, FactDefinition]
    ) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, raw in entries.items():
            if raw is None:
                continue
            try:
                found[name] = definitions[name].read(raw)
            except WrongValueError as error:
                self.add(join(place, name), error.text, **error.values)
        return found

    def treatments(self, rows: list[Any]) -> list[TreatmentTried]:
        definitions = vocabulary.treatment_fields()
        found = []
        for index, raw in enumerate(rows):
            place = f"treatments_tried[{index}]"
            entries = self.mapping(raw, place, known=definitions)
            values: dict[str, Any] = self.values(entries, place, definitions)
            row = TreatmentTried(**values)
            for fault in contradictions(row):
                self.add(place, fault.text, **fault.values)
            found.append(row)
        return found

    def scores(self, rows: list[Any]) -> list[ScaleScore]:
        definitions = vocabulary.score_fields()
        found = []
        for index, raw in enumerate(rows):
            place = f"scores[{index}]"
            before = len(self.faults)
            entries = self.mapping(raw, place, known=definitions)
            values: dict[str, Any] = self.values(entries, place, definitions)
            for name in ("scale", "score", "origin"):
                if entries.get(name) is None:
                    choices = ", ".join(definitions[name].choices or ())
                    self.add(
                        join(place, name),
                        "missing: give the {name}, one of: {choices}"
                        if choices
                        else "missing: give the {name}",
                        name=name,
                        choices=choices,
                    )
            known = terms.rating_scales().get(str(values.get("scale")))
            score = values.get("score")
            if known is not None and known.range is not None and score is not None:
                low, high = known.range
                if not low <= score <= high:
                    self.add(
                        join(place, "score"),
                        OUT_OF_RANGE,
                        raw=score,
                        label=known.label,
                        low=low,
                        high=high,
                    )
            if len(self.faults) == before:
                found.append(ScaleScore(**values))
        return found


def _label(name: str) -> str:
    """A condition or a fact as a reader knows it; a code as it stands."""
    known = terms.conditions().get(name) or vocabulary.facts().get(name)
    return known.label if known is not None else name
