"""What a letter is written from: the denial, the answer from the plan's rule, and what was told."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from appeals.denied import DeniedCase
from appeals.law.arguments import EnclosureId
from appeals.law.circumstances import Circumstances
from appeals.law.finder import Outcome
from appeals.law.reasons import ReasonId
from appeals.law.stages import Service
from appeals.letters.kinds import LetterKind, Voice
from policies import terms
from policies.check import Answer, CheckedDocument
from policies.situation import Situation, Treatment
from policies.verdict import PositionAnswer

Value = str | dt.date


@dataclass(frozen=True, slots=True)
class Proof:
    """An enclosure that proves a requirement; `name` tells which of the papers under its number."""

    paper: EnclosureId
    name: str = ""


@dataclass(frozen=True, slots=True)
class LetterCase:
    """One letter to be written; `told` holds the facts of letter_facts.yaml that were answered.

    `outcome` is the kind of plan, where no denial tells it. `enclosures` are the papers that the
    writer says are on hand, `proofs` those of them that prove a requirement, by its label; for one
    without, the kind of paper that proves it is cited. `answer` and `denied` are None where that
    way was not gone.
    """

    kind: LetterKind
    voice: Voice
    on: dt.date
    told: Mapping[str, Value] = field(default_factory=dict)
    answer: Answer | None = None
    denied: DeniedCase | None = None
    outcome: Outcome | None = None
    enclosures: frozenset[EnclosureId] = frozenset()
    proofs: Mapping[str, tuple[Proof, ...]] = field(default_factory=dict)

    @property
    def situation(self) -> Situation | None:
        return self.answer.situation if self.answer is not None else None

    @property
    def reasons(self) -> tuple[ReasonId, ...]:
        return self.denied.denial.reasons if self.denied is not None else ()

    @property
    def is_expedited(self) -> bool:
        return self.denied is not None and self.denied.denial.is_expedited

    @property
    def is_before_treatment(self) -> bool:
        """Whether it was refused before it was given, so that an authorization was."""
        service = self.denied.denial.service if self.denied is not None else None
        return service in (Service.PRE_SERVICE, Service.PART_B_DRUG)

    @property
    def is_continuing(self) -> bool:
        """Whether the treatment goes on already, by the answers or by the denial."""
        asked = self.situation.answers.get("request_phase") if self.situation else None
        is_cut = self.denied is not None and self.denied.denial.service is Service.CONCURRENT
        is_refused = ReasonId.CONTINUATION_WITHOUT_BENEFIT in self.reasons
        return asked == "continuing" or is_cut or is_refused

    @property
    def treatment(self) -> Treatment | None:
        """What was refused, or is asked about; None where the denial leaves it open."""
        if self.denied is not None and self.denied.denial.treatment is not None:
            return self.denied.denial.treatment
        return self.situation.treatment if self.situation is not None else None

    @property
    def condition(self) -> str | None:
        """The condition, the closest one that was told; None where none was."""
        if self.denied is not None and self.denied.denial.condition in terms.conditions():
            return self.denied.denial.condition
        stated = self.answer.stated_conditions if self.answer is not None else frozenset()
        return max(stated, key=lambda one: (len(terms.wider_conditions(one)), one), default=None)

    @property
    def checked(self) -> CheckedDocument | None:
        """The document whose rule is argued from; None where documents disagree or none is held.

        A rule for another treatment than the one refused is no rule for this letter.
        """
        if self.answer is None or self.answer.disagreeing:
            return None
        if self.answer.situation.treatment is not self.treatment:
            return None
        return self.answer.headline

    @property
    def position(self) -> PositionAnswer | None:
        """What that document says of the treatment and the condition, the deciding word first."""
        found = self.checked
        return found.answer.positions[0] if found is not None and found.answer.positions else None

    @property
    def circumstances(self) -> tuple[Circumstances, ...]:
        """The plan as the law sees it: one, two while it may be either, none where more."""
        if self.denied is not None:
            plans = [
                (route.law.plan_type, route.is_insured, route.issue_state)
                for route in self.denied.routes
            ]
        elif self.outcome is not None:
            plans = [
                (one, self.outcome.is_insured, self.outcome.issue_state)
                for one in self.outcome.plan_types
            ]
        else:
            plans = []
        return tuple(
            Circumstances(
                plan_type=plan_type,
                on=self.on,
                told_insured=insured,
                issue_state=state,
                condition=self.condition,
                treatment=self.treatment,
            )
            for plan_type, insured, state in plans
        )
