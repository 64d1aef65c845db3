"""A denial as a program tells it: read within the law's own terms, every fault by its place."""

from typing import Annotated

from pydantic import Field, StrictBool, StringConstraints, ValidationError

from appeals.denial import Denial, Notice
from appeals.law.plan_types import PlanType
from appeals.law.reasons import ReasonId
from appeals.law.spans import span_of
from appeals.law.stages import Service, Stage
from appeals.routes import steps_answered
from coverage_site.api.problems import ProblemError, unprocessable
from policies.api.fields import Day, StateLetters
from policies.records import Record

LENGTH_OF_TIME = r"^\d{1,4} (hours?|days?|business days?|months?)$"


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
        told = self.model_dump(exclude={"printed_limit"})
        limit = self.printed_limit
        return Notice(**told, printed_limit=None if limit is None else span_of(limit))


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


def read_denial(body: object) -> DenialTold:
    """Read a body; ProblemError names every field at fault."""
    try:
        told = DenialTold.model_validate(body)
    except ValidationError as error:
        raise _faults(error) from error
    _check_steps(told)
    return told


def _check_steps(told: DenialTold) -> None:
    """Refuse the name of a step that this kind of plan has not."""
    steps = [one.step for one in told.steps_answered()]
    named = {"answers": told.answers, "printed_for": told.printed_for}
    errors = [
        {"in": "body", "field": name, "message": f"no step of this plan; use: {', '.join(steps)}"}
        for name, step in named.items()
        if step and step not in steps
    ]
    if errors:
        raise unprocessable(errors)


def _faults(error: ValidationError) -> ProblemError:
    return unprocessable(
        {
            "in": "body",
            "field": ".".join(str(part) for part in one["loc"]),
            "message": one["msg"].removeprefix("Value error, "),
        }
        for one in error.errors(include_url=False, include_input=False, include_context=False)
    )
