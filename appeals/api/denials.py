"""A denial as a program tells it: read within the law's own terms, every fault by its place."""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StrictBool, StringConstraints, ValidationError

from appeals.denial import Denial, Notice, printed
from appeals.law.plan_types import PlanType
from appeals.law.reasons import ReasonId
from appeals.law.spans import span_of
from appeals.law.stages import Service, Stage
from appeals.notice_days import OLDEST_YEARS, Slip, can_be_printed, slips
from appeals.routes import SECOND_INTERNAL, steps_answered
from coverage_site.api.invalid import message_of
from coverage_site.api.problems import ProblemError, fault_of_body, unprocessable
from policies.api.fields import Day, StateLetters
from policies.records import Record

LENGTH_OF_TIME = r"^[1-9]\d{0,2} (days?|months?)$"
SLIPS = {
    Slip.NOT_YET: "This day has not come on the day that is asked about.",
    Slip.LONG_AGO: f"This is more than {OLDEST_YEARS} years before the day that is asked about.",
    Slip.CAME_BEFORE_NOTICE: "This is before the date of the notice.",
    Slip.ENDS_BEFORE_NOTICE: "This is before the date of the notice.",
    Slip.YEARS_AHEAD: "This is more than two years ahead.",
    Slip.NO_SECOND_APPEAL: f"This is only where `answers` is {SECOND_INTERNAL}.",
    Slip.FINAL_AFTER_NOTICE: "This is after the date of the notice, which came later.",
}


class NoticeTold(Record):
    """The days of a notice, as printed on it or as they can be proved; left out is not known."""

    notice_on: Day | None = Field(default=None, description="The date printed on the notice.")
    received_on: Day | None = Field(
        default=None, description="When it came, if that can be proved."
    )
    printed_on: Day | None = Field(default=None, description="The last day that the notice names.")
    printed_limit: Annotated[str, StringConstraints(pattern=LENGTH_OF_TIME)] | None = Field(
        default=None, description="The time that it names instead, as 180 days or 4 months."
    )
    is_printed_twice: StrictBool = Field(
        default=False, description="A person typed `printed_on` from the notice twice."
    )
    first_final_on: Day | None = Field(
        default=None, description="The date of the first final no, where a second level was used."
    )
    action_on: Day | None = Field(default=None, description="The day on which care is cut.")
    asked_on: Day | None = Field(default=None, description="The day of a request never answered.")

    def notice(self) -> Notice:
        told = self.model_dump(exclude={"printed_on", "printed_limit"})
        length = span_of(self.printed_limit or "")
        printed_on, limit = printed(self.notice_on, self.printed_on, length)
        return Notice(**told, printed_on=printed_on, printed_limit=limit)


class DenialTold(Record):
    """A denial under one kind of plan."""

    plan_type: PlanType
    is_insured: StrictBool | None = Field(
        default=None, description="An insurer bears the risk; counts where the kind leaves it open."
    )
    issue_state: StateLetters | None = Field(default=None, description="Where the plan was issued.")
    answers: str = Field(
        default="", description="The step that this notice decides; left out: the first decision."
    )
    printed_for: str = Field(
        default="", description="The step that `printed_on` is for; left out: the next one."
    )
    service: Service | None = None
    is_expedited: StrictBool = Field(
        default=False, description="A clinician holds that waiting could do serious harm."
    )
    reasons: Annotated[list[ReasonId], Field(max_length=len(ReasonId))] = []
    notice: NoticeTold = NoticeTold()

    def steps_answered(self) -> tuple[Stage, ...]:
        return steps_answered(self.plan_type, is_insured=self.is_insured)

    def denial(self) -> Denial:
        first = next(one.step for one in self.steps_answered() if one.is_decision)
        return Denial(
            notice=self.notice.notice(),
            answers=self.answers or first,
            printed_for=self.printed_for,
            service=self.service,
            is_expedited=self.is_expedited,
            reasons=tuple(self.reasons),
        )


def read_denial(body: object, *, on: dt.date) -> DenialTold:
    """Read a body as told on a day; ProblemError names every field at fault."""
    try:
        told = DenialTold.model_validate(body)
    except ValidationError as error:
        raise _faults(error) from error
    faults = [*_faults_of_steps(told), *_faults_of_days(told, on)]
    if faults:
        raise unprocessable(faults)
    return told


def _faults_of_steps(told: DenialTold) -> Iterator[dict[str, str]]:
    """Names of steps that this kind of plan has not, and a step that is over."""
    steps = [one.step for one in told.steps_answered()]
    for name, step in (("answers", told.answers), ("printed_for", told.printed_for)):
        if step and step not in steps:
            yield fault_of_body(name, f"This plan has no such step. Use one of: {', '.join(steps)}")
    answered, wanted = told.denial().answers, told.printed_for
    if {answered, wanted} <= set(steps) and steps.index(wanted) <= steps.index(answered):
        yield fault_of_body("printed_for", "That step is over. Name one that is still to come.")


def _faults_of_days(told: DenialTold, on: dt.date) -> Iterator[dict[str, str]]:
    """Days and a length of time that can't be, as the form of the pages refuses them."""
    days = told.notice.model_dump()
    for name, slip in slips(days, answers=told.denial().answers, on=on):
        yield fault_of_body(f"notice.{name}", SLIPS[slip])
    limit = span_of(told.notice.printed_limit or "")
    if limit is not None and not can_be_printed(limit):
        yield fault_of_body("notice.printed_limit", "No notice names more than two years.")


def _faults(error: ValidationError) -> ProblemError:
    return unprocessable(
        fault_of_body(".".join(str(part) for part in one["loc"]), message_of(one))
        for one in error.errors(include_url=False, include_input=False)
    )
