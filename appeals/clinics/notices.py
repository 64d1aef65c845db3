"""The fields of a notice as a case knows them before anybody has typed: what it answers, and what
was asked for."""

from collections.abc import Mapping

from django.http import QueryDict

from appeals.clinics.casework import OpenCase, happened_in
from appeals.clinics.following import ASKED, answered_next, last_notice
from appeals.forms.finder import PREFIX as KIND
from appeals.forms.notice import PREFIX as NOTICE
from appeals.law.finder import Outcome, answers_from
from appeals.law.plans import stages
from appeals.law.stages import Service


def law_fields(opened: OpenCase) -> QueryDict:
    """The answers of the interview about the plan that the case holds."""
    data = QueryDict(mutable=True)
    for name, value in {
        **answers_from(opened.content.situation.plan),
        **opened.content.finder,
    }.items():
        data[f"{KIND}-{name}"] = value
    return data


def first_fields(opened: OpenCase, found: Outcome | None) -> Mapping[str, str]:
    """The fields of a new notice that the case fills beforehand."""
    situation = opened.content.situation
    event = opened.case.events.filter(kind__in=ASKED).last()
    asked = stages()[event.step].step if event is not None and event.step in stages() else ""
    service = happened_in(opened, event).service if event is not None else None
    conditions = sorted(situation.conditions)
    filled = {
        "treatment": situation.treatment.value,
        "condition": conditions[0] if conditions else "",
        "service": service or Service.PRE_SERVICE,
        "answers": answered_next(found, asked) if found is not None else "",
    }
    return {f"{NOTICE}-{name}": value for name, value in filled.items() if value}


def asked_before(opened: OpenCase) -> tuple[Service, bool]:
    """How the treatment stands and whether it was urgent, as the last notice has it."""
    notice = last_notice(opened)
    denial = notice[1].denial if notice is not None else None
    if denial is None:
        return Service.PRE_SERVICE, False
    return denial.service or Service.PRE_SERVICE, denial.is_expedited
