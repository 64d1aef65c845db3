"""The made-up situations of sample patients: each held once against the rule of each plan."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from appeals.clinics.content import CaseContent, VerdictRecord, to_plain
from appeals.clinics.following import outcome_of
from appeals.clinics.rule_changes import Rules
from appeals.clinics.samples.plans import SamplePlan
from appeals.clinics.samples.stories import Law
from appeals.clinics.verdicts import record_of, version_of
from policies.check import Answer, check
from policies.situation import Asker, ScaleScore, Situation, Treatment, TreatmentTried

TRIED = tuple(
    TreatmentTried(
        kind="antidepressant",
        drug=drug,
        weeks=8,
        adequate_dose=True,
        outcome="no_response",
        this_episode=True,
    )
    for drug in ("sertraline", "escitalopram", "venlafaxine", "bupropion")
)
KINDS = 6


@dataclass(frozen=True, slots=True)
class Held:
    """A situation under a plan as every case of its kind holds it, with what the rule said."""

    plan: SamplePlan
    law: Law
    content: CaseContent
    plain: Mapping[str, Any]
    verdict: VerdictRecord
    version_id: int | None
    answer: Answer


@dataclass(slots=True)
class Situations:
    """Makes each kind of situation under each plan when it is first asked for."""

    plans: tuple[SamplePlan, ...]
    rules: Rules
    on: dt.date
    _made: dict[tuple[int, int], Held] = field(default_factory=dict)

    def held(self, plan: int, kind: int) -> Held:
        if (plan, kind) not in self._made:
            self._made[plan, kind] = self._hold(plan, kind)
        return self._made[plan, kind]

    def _hold(self, number: int, kind: int) -> Held:
        plan = self.plans[number]
        content = CaseContent(sample_situation(plan, kind, on=self.on), plan.finder)
        outcome = outcome_of(content)
        if outcome is None:
            raise ValueError(f"{plan}: the interview about this plan has an open question")
        catalogue = self.rules.held(content.situation.plan)
        answer = check(content.situation, catalogue=catalogue, on=self.on)
        version = version_of(answer.headline)
        return Held(
            plan,
            Law(f"{number}", outcome),
            content,
            to_plain(content),
            record_of(answer),
            version.pk if version is not None else None,
            answer,
        )


def age_of(kind: int) -> int:
    """The age, in years, in every situation of a kind."""
    return 27 + 8 * kind


def sample_situation(plan: SamplePlan, kind: int, *, on: dt.date) -> Situation:
    """One of a few made-up situations; the higher its kind, the more was tried."""
    taken_on = on - dt.timedelta(days=9 + kind)
    return Situation(
        treatment=(Treatment.IV_KETAMINE, Treatment.ESKETAMINE_NASAL)[kind % 2],
        plan=plan.plan,
        asker=Asker.CLINIC,
        answers={
            "age": age_of(kind),
            "conditions": frozenset({"treatment_resistant_depression"}),
            "request_phase": "first",
        },
        treatments_tried=TRIED[: 1 + kind % len(TRIED)],
        treatments_complete=True,
        scores=(ScaleScore("phq9", 12 + 2 * kind, "chart", taken_on),),
    )
