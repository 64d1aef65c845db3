"""What the answer goes by, said back: the plan, its law and the notice."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from appeals.denial import Notice
from appeals.denied import DeniedCase
from appeals.law.plan_types import INSURED_OR_NOT
from appeals.law.stages import PlanLaw
from appeals.routes import Place
from appeals.wording.spans import span
from policies import terms
from policies.language import said
from policies.wording import conditions_named
from policies.wording.dates import date


@dataclass(frozen=True, slots=True)
class LawView:
    """The law of one kind of plan."""

    plan: str
    laws: tuple[str, ...]
    notes: tuple[str, ...]
    does_not_apply: tuple[str, ...]


def present_told(case: DeniedCase) -> tuple[tuple[str, str], ...]:
    """The plan and the notice, as (label, text)."""
    return tuple((label, text) for label, text in _lines(case) if text)


def present_law(law: PlanLaw) -> LawView:
    """Which rules bind a kind of plan, and which do not."""
    return LawView(
        plan=said(law.plan_type.label),
        laws=tuple(said(one) for one in law.laws),
        notes=tuple(said(one) for one in law.notes),
        does_not_apply=tuple(said(one) for one in law.does_not_apply),
    )


def _lines(case: DeniedCase) -> tuple[tuple[str, str], ...]:
    outcome, denial, notice = case.outcome, case.denial, case.denial.notice
    states = terms.states()
    return (
        (_("Kind of plan"), _kinds(case)),
        (_("Who pays the claims"), _payer(case)),
        (_("Issued in"), said(states[outcome.issue_state]) if outcome.issue_state else ""),
        (_("Plan"), case.contact.plan),
        (_("Run by"), case.contact.administrator),
        (_("The notice answers"), _answers(case)),
        (_("Date on the notice"), date(notice.notice_on) if notice.notice_on else _("not known")),
        (_("It came on"), date(notice.received_on) if notice.received_on else ""),
        _printed(notice),
        (_("Treatment"), said(denial.treatment.label) if denial.treatment else ""),
        (_("For"), _condition(denial.condition)),
        (_("Reference numbers"), ", ".join(denial.reference_numbers)),
    )


def _kinds(case: DeniedCase) -> str:
    labels = [said(one.law.plan_type.label) for one in case.routes]
    return "; ".join(labels)


def _printed(notice: Notice) -> tuple[str, str]:
    """What the notice prints: a day, or a length of time."""
    if notice.printed_limit is not None:
        return _("Time it gives"), span(notice.printed_limit)
    return _("Last day it prints"), date(notice.printed_on) if notice.printed_on else ""


def _payer(case: DeniedCase) -> str:
    """Said only where the kind of plan leaves it open."""
    if not {one.law.plan_type for one in case.routes} & INSURED_OR_NOT:
        return ""
    return {
        True: _("An insurance company"),
        False: _("The employer itself"),
        None: _("not known"),
    }[case.outcome.is_insured]


def _answers(case: DeniedCase) -> str:
    names = [
        said(one.stage.name)
        for route in case.routes
        for one in route.stages
        if one.place is Place.ANSWERED
    ]
    return names[0] if names else ""


def _condition(condition: str) -> str:
    return conditions_named((condition,)) if condition in terms.conditions() else ""
