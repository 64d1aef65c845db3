"""The made-up plans of the sample clinic: real payers, and what each plan stands under."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from policies.catalogue import Insurer, InsurerKind
from policies.situation import Funding, LineOfBusiness, Plan

SELF_FUNDED = MappingProxyType({"source": "job", "payer": "employer", "grandfathered": "no"})
INSURED = MappingProxyType({"source": "job", "payer": "insurer", "grandfathered": "no"})
ADVANTAGE = MappingProxyType({"source": "medicare", "benefit": "medical"})
MEDICAID = MappingProxyType({"source": "medicaid"})
SOMEWHERE = ("CA", "TX", "NY", "FL", "OH")
OUTSIDE_CATALOGUE = ("Sample Valley Health Trust", "Sample Lakes Mutual")
LINES: Mapping[InsurerKind, LineOfBusiness] = MappingProxyType(
    {
        InsurerKind.BLUE_PLAN: LineOfBusiness.COMMERCIAL,
        InsurerKind.COMMERCIAL: LineOfBusiness.COMMERCIAL,
        InsurerKind.MEDICARE_ADVANTAGE_PLAN: LineOfBusiness.MEDICARE_ADVANTAGE,
        InsurerKind.MEDICAID_PROGRAM: LineOfBusiness.MEDICAID,
        InsurerKind.MEDICAID_PLAN: LineOfBusiness.MEDICAID_MANAGED_CARE,
    }
)
"""The kinds that cover people, each with the line of business that is most of theirs."""


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """A plan with the answers that tell its law; `insurer` is a slug of the catalogue, or empty."""

    insurer: str
    plan: Plan
    finder: Mapping[str, str]

    @property
    def state(self) -> str:
        """The state that stands in lists."""
        return self.plan.issue_state or self.plan.residence_state or ""


def sample_plans(insurers: Iterable[Insurer]) -> tuple[SamplePlan, ...]:
    """A plan or two of every insurer that covers people, and some of nobody's."""
    return (*(one for insurer in insurers for one in _plans_of(insurer)), *_unknown())


def _plans_of(insurer: Insurer) -> Iterator[SamplePlan]:
    line = LINES.get(insurer.kind)
    state = (insurer.states or SOMEWHERE)[0]
    base: dict[str, Any] = {"insurer": insurer.slug, "line_of_business": line}
    match line:
        case LineOfBusiness.COMMERCIAL:
            own = Plan(**base, funding=Funding.SELF_FUNDED, issue_state=state)
            yield SamplePlan(insurer.slug, own, SELF_FUNDED)
            bought = Plan(**base, funding=Funding.INSURED, issue_state=state)
            yield SamplePlan(insurer.slug, bought, INSURED)
        case LineOfBusiness.MEDICARE_ADVANTAGE:
            yield SamplePlan(insurer.slug, Plan(**base, residence_state=state), ADVANTAGE)
        case LineOfBusiness.MEDICAID | LineOfBusiness.MEDICAID_MANAGED_CARE:
            yield SamplePlan(insurer.slug, Plan(**base, residence_state=state), MEDICAID)


def _unknown() -> Iterator[SamplePlan]:
    """Plans of payers that the catalogue does not hold."""
    for name, state in zip(OUTSIDE_CATALOGUE, SOMEWHERE, strict=False):
        plan = Plan(
            line_of_business=LineOfBusiness.COMMERCIAL,
            funding=Funding.SELF_FUNDED,
            insurer_name=name,
            issue_state=state,
        )
        yield SamplePlan("", plan, SELF_FUNDED)
