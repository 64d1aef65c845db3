"""Finds the plan type: which question comes next, and where the answers lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from appeals.law.files import read_data
from appeals.law.finder_data import (
    DONT_KNOW,
    TOLD,
    Ask,
    Assumed,
    Ending,
    Finder,
    Question,
    Step,
    Sureness,
    holds,
    read_finder,
)
from appeals.law.plan_types import PlanType, is_insured
from policies.faults import Fault, InputError
from policies.guide.grades import Grade
from policies.situation import LineOfBusiness, Plan

Answers = Mapping[str, str]

MEDICAID = (LineOfBusiness.MEDICAID, LineOfBusiness.MEDICAID_MANAGED_CARE)
IS_INSURER = {"insurer": True, "employer": False}


class AnswerError(InputError):
    """Answers that the interview does not take, or that do not reach its end."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the interview ended: one plan type, two, or none.

    `safe_days` is the time for the first appeal, from the date on the notice, that is enough under
    whatever is still open. `goes_by_notice`: no day that we could count binds this plan, only what
    its notice prints. `issue_state` is None where it is unknown or where no state's law binds;
    `residence_state` decides nothing, it names whom to ask. `grade` is the weakest of `rests_on`,
    the steps that `do_first` speaks of.
    """

    id: str
    plan_types: tuple[PlanType, ...]
    is_insured: bool | None
    issue_state: str | None
    residence_state: str | None
    how_sure: Sureness
    sureness: str
    do_first: str
    safe_days: int | None
    grade: Grade | None
    rests_on: tuple[Step, ...]
    goes_by_notice: bool
    assumed: tuple[Assumed, ...]
    not_handled: str
    ask_next: tuple[Ask, ...]


@cache
def finder() -> Finder:
    """The interview; LawDataError names every fault of its file."""
    return read_data("finder.yaml", read_finder)


def answers_from(plan: Plan) -> dict[str, str]:
    """What the coverage check was told already, so that it is not asked twice."""
    told = {
        "line_of_business": plan.line_of_business,
        "funding": plan.funding,
        "issue_state": plan.issue_state,
        "residence_state": plan.residence_state,
    }
    if plan.line_of_business in MEDICAID:
        told["medicaid_state"] = plan.residence_state or plan.issue_state
    return {name: str(value) for name, value in told.items() if value is not None}


def next_question(answers: Answers) -> Question | None:
    """The question to ask now, with the choices still open; None at the end."""
    return _walk(answers)[1]


def outcome(answers: Answers) -> Outcome:
    """Where the answers lead; AnswerError names the question that is still open."""
    known, question = _walk(answers)
    if question is not None:
        raise AnswerError([Fault(question.id, "is not answered yet; ask it first")])
    ending = next(one for one in finder().endings if holds(one.when, known))
    assumed = tuple(one for one in finder().assumed if holds(one.when, known))
    how_sure = _how_sure(ending, assumed)
    return Outcome(
        id=ending.id,
        plan_types=ending.plan_types,
        is_insured=_is_insured(ending.plan_types, known),
        issue_state=_state(known, "issue_state") or _state(known, "medicaid_state"),
        residence_state=_state(known, "residence_state"),
        how_sure=how_sure,
        sureness=finder().sureness[how_sure],
        do_first=ending.do_first,
        safe_days=ending.safe_days,
        grade=ending.grade,
        rests_on=ending.rests_on,
        goes_by_notice=ending.goes_by_notice,
        assumed=assumed,
        not_handled=ending.not_handled,
        ask_next=tuple(one for one in finder().ask_next if holds(one.when, known)),
    )


def _walk(answers: Answers) -> tuple[dict[str, str], Question | None]:
    """Go from question to question as far as the answers reach.

    What was answered and is not on the way any more, after an earlier answer changed, is left out.
    """
    _check(answers)
    known = {name: answers[name] for name in TOLD if name in answers}
    for question in finder().questions:
        if question.when and not holds(question.when, known):
            continue
        offered = question.offered(known)
        answer = answers.get(question.id, offered.only_answer)
        if answer is None:
            return known, offered
        if answer not in offered.answers:
            fits = ", ".join(offered.answers)
            text = f"{answer!r} does not fit what the coverage check was told. Use one of: {fits}"
            raise AnswerError([Fault(question.id, text)])
        known[question.id] = answer
        if question.fills and answer != DONT_KNOW:
            known[question.fills] = answer
    return known, None


def _check(answers: Answers) -> None:
    allowed: dict[str, tuple[str, ...]] = {name: tuple(values) for name, values in TOLD.items()}
    allowed |= {one.id: one.answers for one in finder().questions}
    faults = [
        Fault(name, f"there is no such question. Use one of: {', '.join(allowed)}")
        if name not in allowed
        else Fault(name, f"{answer!r} is no choice. Use one of: {', '.join(allowed[name])}")
        for name, answer in answers.items()
        if answer not in allowed.get(name, ())
    ]
    if faults:
        raise AnswerError(faults)


def _how_sure(ending: Ending, assumed: tuple[Assumed, ...]) -> Sureness:
    if ending.not_handled:
        return Sureness.NOT_HANDLED
    if len(ending.plan_types) == 1:
        return Sureness.ASSUMED if assumed else Sureness.SETTLED
    return Sureness.TWO if ending.plan_types else Sureness.OPEN


def _is_insured(plan_types: tuple[PlanType, ...], known: Mapping[str, str]) -> bool | None:
    told = IS_INSURER.get(known.get("payer", DONT_KNOW))
    found = {is_insured(one, told) for one in plan_types}
    return found.pop() if len(found) == 1 else None


def _state(known: Mapping[str, str], name: str) -> str | None:
    state = known.get(name, DONT_KNOW)
    return None if state == DONT_KNOW else state
