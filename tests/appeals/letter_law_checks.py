"""What a letter may say of the law, held against the files of the law themselves."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import appeals
from appeals.letters import LetterCase, LetterKind
from appeals.letters.content import Origin
from policies import terms
from policies.language import said
from tests.appeals.letter_checks import NUMBER
from tests.appeals.letter_said import Fault, Letter, Said

DATA = Path(appeals.__file__).parent / "data"
# Read in the law or in a copy of its words; whatever else was read is no law to print.
READ = ("source", "copy")
SOLD_BY_AN_INSURER = ("erisa_insured", "individual_aca")
EITHER = ("nonfederal_governmental", "church")
CITATION = re.compile(
    r"\d+ (?:CFR|U\.S\.C\.)|\bCode\b|\bR\.S\.|\bRCW\b|\bKRS\b|A\.R\.S\.|N\.J\.A\.C\.|CMS-\d+"
    r"|\bStat\.|Insurance Law|MHPAEA|\bERISA\b"
)
PARITY = re.compile(
    r"\bparity\b|MHPAEA|comparative analysis|paridad|análisis comparativo", re.IGNORECASE
)
# Letters that open a step, so that its times alone are theirs.
ASK_FOR_A_DECISION = (LetterKind.INTERNAL_APPEAL, LetterKind.EXTERNAL_REVIEW)
STEP_LAW = re.compile(r"law on (?:exceptions to )?step therapy|step therapy law", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan that the letter may be under, as the interview left it."""

    plan_type: str
    is_insured: bool
    state: str | None
    condition: str | None
    treatment: str | None
    on: dt.date

    def is_bound_by(self, rule: dict[str, Any]) -> bool:
        """Whether a record of the law binds this plan on the day."""
        effective = str(rule.get("effective_on", "")) or None
        first = None
        if effective is not None:
            year, month, day = (*map(int, effective.split("-")), 1, 1)[:3]
            first = dt.date(year, month, day)
        return (
            ("plan_types" not in rule or self.plan_type in rule["plan_types"])
            and ("states" not in rule or (self.is_insured and self.state in rule["states"]))
            and (not rule.get("insured") or self.is_insured)
            and ("treatments" not in rule or self.treatment in rule["treatments"])
            and (first is None or first <= self.on)
        )

    @property
    def is_mental_health(self) -> bool | None:
        if self.condition is None or self.condition == "other":
            return None
        wider = {self.condition, *terms.wider_conditions(self.condition)}
        return bool(wider & {"psychiatric_disorders", "substance_use_disorder"})


def open_plans(case: LetterCase) -> tuple[OpenPlan, ...]:
    outcome = case.denied.outcome if case.denied is not None else case.outcome
    if outcome is None:
        return ()
    return tuple(
        OpenPlan(
            plan_type=one,
            is_insured=one in SOLD_BY_AN_INSURER or (one in EITHER and outcome.is_insured is True),
            state=outcome.issue_state,
            condition=case.condition,
            treatment=case.treatment,
            on=case.on,
        )
        for one in outcome.plan_types
    )


@cache
def _rights() -> dict[str, dict[str, Any]]:
    text = (DATA / "rights.yaml").read_text("utf-8")
    return {one["id"]: one for one in yaml.load(text, Loader=yaml.CSafeLoader)}


@cache
def _state_laws() -> dict[str, dict[str, Any]]:
    """The laws of states by the id under which a letter names them."""
    steps = yaml.load((DATA / "step_therapy.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    found = {f"step_therapy.{one['state']}": one for one in steps["laws"]}
    text = (DATA / "external_review.yaml").read_text("utf-8")
    track = yaml.load(text, Loader=yaml.CSafeLoader)["track"]
    read_on = {"read_on": track["read_on"]}
    return found | {f"external_review.{one['state']}": one | read_on for one in track["states"]}


def _is_fresh(record: dict[str, Any], on: dt.date) -> bool:
    read_on = dt.date.fromisoformat(str(record["read_on"]))
    return (on - read_on).days <= 366


def rights(letter: Letter) -> Iterator[Fault]:
    """A right binds every plan that is still open, and care of the mind where it is for that."""
    plans = open_plans(letter.case)
    for one in letter.said:
        for name in one.ids(Origin.RIGHT):
            record = _rights()[name]
            if not plans:
                yield one.fault(f"{name} is named, and the plan is not known")
            for plan in plans:
                if not any(map(plan.is_bound_by, record["authorities"])):
                    yield one.fault(f"{name} does not bind {plan.plan_type}")
                elif record.get("mental_health_only") and plan.is_mental_health is False:
                    yield one.fault(f"{name} is for mental health care only")


def citations(letter: Letter) -> Iterator[Fault]:
    """A rule is named only where it was read, holds without an if, binds the plan and is no older.

    A letter under a plan that may be one of several names none, unless it binds all of them.
    """
    for one in letter.said:
        text = one.ours
        for cited in sorted(_may_cite(one), key=len, reverse=True):
            text = text.replace(cited, "…")
        if found := CITATION.search(text):
            yield one.fault(f"names {found[0]!r}, which nothing that it rests on settles")


def _may_cite(one: Said) -> set[str]:
    """The rules that the sentence may name, by the files of the law alone."""
    plans = open_plans(one.case)
    found: set[str] = set()
    for name in one.ids(Origin.RIGHT):
        record = _rights()[name]
        if not plans or not _is_fresh(record, one.case.on):
            continue
        under = [
            {
                rule["citation"]
                for rule in record["authorities"]
                if plan.is_bound_by(rule) and rule["grade"] in READ and "only_if" not in rule
            }
            for plan in plans
        ]
        found |= set.intersection(*under)
    for source in one.of(Origin.STAGE):
        if source.stage is not None and source.stage.grade in READ:
            found |= set(source.stage.citations)
    for name in one.ids(Origin.LAW):
        law = _state_laws().get(name)
        if law is None or law["grade"] not in READ or not _is_fresh(law, one.case.on):
            continue
        if not _binds_in_its_state(law, plans):
            continue
        parts = law.get("parts", ())
        found |= {part["citation"] for part in parts if plans[0].is_bound_by(part)}
        found |= set(law.get("citations", ()))
    for source in one.of(Origin.POSITION):
        # A rule of a program is itself the document that is argued from.
        found |= set(source.texts)
    # A Spanish copy says in Spanish what stands between the numbers of a rule.
    return {text for one in found if one for text in (one, said(one))}


def _binds_in_its_state(law: dict[str, Any], plans: tuple[OpenPlan, ...]) -> bool:
    """A state's law is for plans that an insurer sells there, from the day it takes effect."""
    since = {name: law[name] for name in ("effective_on",) if name in law}
    return bool(plans) and all(
        one.is_insured and one.state == law["state"] and one.is_bound_by(since) for one in plans
    )


def state_laws(letter: Letter) -> Iterator[Fault]:
    """A law of a state is named only under a plan that it binds, and never without its record."""
    plans = open_plans(letter.case)
    for one in letter.said:
        for name in one.ids(Origin.LAW):
            law = _state_laws().get(name)
            if law is None or not _binds_in_its_state(law, plans):
                yield one.fault(f"{name} does not bind this plan")
        if STEP_LAW.search(one.ours) and not one.ids(Origin.LAW):
            yield one.fault("speaks of a law on step therapy without one")


def stages(letter: Letter) -> Iterator[Fault]:
    """A step belongs to the way of every plan still open; its times print only where read."""
    ways = _ways(letter.case)
    for one in letter.said:
        for name in one.ids(Origin.STAGE):
            if not ways or any(name not in way for way in ways):
                yield one.fault(f"{name} is no step of this plan")
        for source in one.of(Origin.STAGE):
            stage = source.stage
            is_external = letter.case.kind is LetterKind.EXTERNAL_REVIEW
            if (
                letter.case.kind in ASK_FOR_A_DECISION
                and stage
                and stage.is_external != is_external
            ):
                yield one.fault(f"{source.basis} is another's step than this letter asks for")
            if NUMBER.search(one.ours) and (
                stage is None or stage.grade not in READ or stage.decision.is_verified is not True
            ):
                yield one.fault(f"prints a time of {source.basis}, which was not read")


def _ways(case: LetterCase) -> list[set[str]]:
    return [
        {
            *_plan_laws()[plan.plan_type]["route"],
            *_plan_laws()[plan.plan_type].get("insured_route", ()),
        }
        for plan in open_plans(case)
    ]


@cache
def _plan_laws() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((DATA / "routes").glob("*.yaml")):
        entries = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        found |= {one["id"]: one for one in entries["plan_types"]}
    return found


def parity(letter: Letter) -> Iterator[Fault]:
    """The parity law is named for mental health care under a plan that it binds, as a request."""
    for one in letter.said:
        if not PARITY.search(one.ours):
            continue
        rests_on_it = "parity_analysis" in one.ids(Origin.RIGHT)
        if not rests_on_it and not _is_form_for_parity(one):
            yield one.fault("speaks of parity without the right")
        if any(plan.is_mental_health is False for plan in open_plans(letter.case)):
            yield one.fault("speaks of parity for care that is not mental health care")


def _is_form_for_parity(one: Said) -> bool:
    """The request for the parity analysis is named after it; its name alone claims nothing."""
    return one.is_form and one.case.kind == "parity_request"
