"""The addresses of the API that answer about appeals and evidence."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from ninja import Query

from appeals.api import answers
from appeals.api.denials import DenialTold, read_denial
from appeals.denial import Notice
from appeals.evidence import Direction, Study, studies
from appeals.law.plan_types import PlanType, is_insured
from appeals.law.plans import plan_law
from appeals.law.reachable import plan_types_of
from appeals.law.state_reviews import state_review
from appeals.routes import RouteStage, route_for
from appeals.wording.deadlines import how_counted
from coverage_site.api.bodies import json_body
from coverage_site.api.problems import not_found
from coverage_site.api.routing import ProgramRouter
from policies.api.fields import ConditionId, Day, PartOfList, StateLetters, part
from policies.situation import LineOfBusiness, Treatment

router = ProgramRouter(tags=["Appeals"])


class EvidenceFilter(PartOfList):
    """Which records of the registry are wanted."""

    condition: ConditionId | None = None
    treatment: Treatment | None = None
    direction: Direction | None = None


@router.read("/routes", response=answers.PlanKinds)
def list_routes(
    request: HttpRequest, line_of_business: Query[LineOfBusiness | None] = None
) -> dict[str, Any]:
    """The kinds of plans that the law tells apart, or those that a line of business may be."""
    kinds = tuple(PlanType) if line_of_business is None else plan_types_of(line_of_business)
    return {
        "items": [
            {
                "plan_type": one,
                "label": one.label,
                "address": reverse("api:show_route", args=[one.value]),
                "laws": list(plan_law(one).laws),
            }
            for one in kinds
        ]
    }


@router.read("/routes/{plan_type}", response=answers.RouteOfPlan)
def show_route(
    request: HttpRequest,
    plan_type: PlanType,
    insured: Query[bool | None] = None,
    state: Query[StateLetters | None] = None,
    on: Query[Day | None] = None,
) -> dict[str, Any]:
    """The steps of an appeal under one kind of plan, each with its figures, citation and grade.

    `insured` counts where the kind leaves open who bears the risk; `state` is where the plan was
    issued, whose outside review then stands beside the step it rules. A figure with `is_verified`
    false is to be confirmed, and nothing is counted from it.
    """
    day = on or timezone.localdate()
    law = plan_law(plan_type)
    bears_risk = is_insured(plan_type, insured)
    return {
        "on": day,
        "plan_type": plan_type,
        "label": plan_type.label,
        "is_insured": bears_risk,
        "issue_state": state,
        "laws": list(law.laws),
        "notes": list(law.notes),
        "does_not_apply": list(law.does_not_apply),
        "steps": [
            {
                "stage": one,
                "is_stale": one.is_stale(day),
                "review": state_review(state) if state and one.filing.is_by_state else None,
            }
            for one in law.stages(is_insured=bears_risk)
        ],
    }


@router.answer(
    "/deadlines",
    body=DenialTold.model_json_schema(ref_template="#/components/schemas/{model}"),
    response=answers.Deadlines,
)
def count_deadlines(request: HttpRequest, on: Query[Day | None] = None) -> dict[str, Any]:
    """The steps after a denial, each with the last day to act and how it was counted.

    The date of a notice is told by POST, and nothing of it is stored or logged. The safe day stands
    first: from the date printed on the notice, with no days for the mail and none for a weekend.
    Where `is_past` is true, that day is over: file at once, and say why it is late.
    """
    day = on or timezone.localdate()
    told = read_denial(json_body(request), on=day)
    denial = told.denial()
    route = route_for(
        told.plan_type,
        denial,
        is_insured=is_insured(told.plan_type, told.is_insured),
        issue_state=told.issue_state,
        on=day,
    )
    following = route.next_step
    with override("en"):
        return {
            "on": route.on,
            "plan_type": told.plan_type,
            "answers": denial.answers,
            "next_step": following.stage.step if following else None,
            "steps": [_step(one, denial.notice, day) for one in route.stages],
        }


@router.read("/evidence", response=answers.Studies)
def list_evidence(request: HttpRequest, wanted: Query[EvidenceFilter]) -> dict[str, Any]:
    """The registry of studies, guidelines and labels: for and against, with how each was verified.

    With a condition or a treatment: what is of it, or is brought up for it.
    """
    found = [
        _study(one)
        for one in studies().values()
        if one.is_raised_for_any(wanted.condition, wanted.treatment)
        and wanted.direction in (None, one.direction)
    ]
    return part(found, wanted)


@router.read("/evidence/{study}", response=answers.StudyRecord)
def show_study(request: HttpRequest, study: str) -> dict[str, Any]:
    """One record of the registry."""
    found = studies().get(study)
    if found is None:
        raise not_found("There is no such record; /evidence lists all of them.")
    return _study(found)


def _step(one: RouteStage, notice: Notice, on: dt.date) -> dict[str, Any]:
    stage, last_on = one.stage, one.deadline and one.deadline.headline_on
    return {
        "step": stage.step,
        "name": stage.name,
        "place": one.place,
        "is_front": one.is_front,
        "deadline": one.deadline,
        "is_past": last_on and last_on < on,
        "how_counted": list(how_counted(one, notice)),
        "keep_services_by": one.keep_services_by,
        "is_keeping_past": one.keep_services_by and one.keep_services_by < on,
        "standard": list(one.standard),
        "expedited": list(one.expedited),
        "in_dispute": one.in_dispute,
        "citations": list(stage.citations),
        "url": stage.url,
        "is_stale": one.is_stale,
    }


def _study(study: Study) -> dict[str, Any]:
    names = answers.StudyRecord.model_fields.keys()
    return {name: getattr(study, name) for name in names}
