"""Where the interview about the plan ended, in words."""

from dataclasses import dataclass

from appeals.law.finder import Outcome
from policies.language import said


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """The kinds of plan that are still open, what was assumed, and what to ask."""

    plans: tuple[str, ...]
    sureness: str
    not_handled: str
    do_first: str
    assumed: tuple[tuple[str, str], ...]
    ask_next: tuple[tuple[str, str], ...]


def present_outcome(outcome: Outcome) -> OutcomeView:
    return OutcomeView(
        plans=tuple(said(one.label) for one in outcome.plan_types),
        sureness=said(outcome.sureness),
        not_handled=said(outcome.not_handled),
        do_first=said(outcome.do_first),
        assumed=tuple((said(one.text), said(one.check)) for one in outcome.assumed),
        ask_next=tuple((said(one.whom), said(one.question)) for one in outcome.ask_next),
    )
