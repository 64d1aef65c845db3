"""A worked case as anybody can send it to a check: with its day and a plan of its document."""

from dataclasses import replace
from typing import Any

from policies.catalogue import Document
from policies.situation import Plan
from policies.worked_cases.cases import WorkedCase, settle


def as_sent(case: WorkedCase, document: Document) -> dict[str, Any]:
    """The day, and the whole situation as `POST /api/v1/check` takes it.

    A case of a document leaves out what the document tells: whose plan it is, of which kind and
    from which state.
    """
    settled = settle(case, document)
    situation = replace(settled.situation, plan=_plan(settled.situation.plan, document))
    return {"on": settled.on.isoformat(), "situation": situation.to_json()}


def _plan(told: Plan, document: Document) -> Plan:
    insurer = told.insurer or (None if told.insurer_name else document.insurer.slug)
    return replace(
        told,
        insurer=insurer,
        line_of_business=told.line_of_business or next(iter(document.lines_of_business), None),
        issue_state=told.issue_state or next(iter(document.states), None),
    )
