"""Where the home that a record tells lies outside the states of the plan that it names."""

from collections.abc import Mapping
from dataclasses import replace

from policies.applicability import FOLLOWS_ISSUE
from policies.catalogue import Insurer
from policies.situation import Situation

STATES_DIFFER = (
    "The home in the record is in {home}, the plan named is of {states}: check which holds."
)
MOST_STATES = 3


def with_plans_state(told: Situation, insurers: Mapping[str, Insurer]) -> tuple[Situation, str]:
    """The situation in the state of the plan that was named, and what to say of the home's.

    An address is as often old as a payer is; by the home alone, the documents of the plan that was
    named would stand aside as another state's.
    """
    plan = told.plan
    insurer = insurers.get(plan.insurer or "")
    home = plan.residence_state
    if plan.line_of_business in FOLLOWS_ISSUE or insurer is None or home is None:
        return told, ""
    if not insurer.states or home in insurer.states:
        return told, ""
    state = insurer.states[0] if len(insurer.states) == 1 else None
    named = ", ".join(insurer.states[:MOST_STATES])
    states = named if len(insurer.states) <= MOST_STATES else f"{len(insurer.states)} other states"
    sentence = STATES_DIFFER.format(home=home, states=states)
    return replace(told, plan=replace(plan, residence_state=state)), sentence
