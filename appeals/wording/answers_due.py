"""How long the other side has to answer, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.stages import Condition, DecisionTime, Service
from appeals.wording.spans import span
from policies.language import said

SERVICES = {
    Service.PRE_SERVICE: N_("before treatment"),
    Service.POST_SERVICE: N_("for treatment you already had"),
    Service.CONCURRENT: N_("for a course that is under way"),
    Service.PAYMENT: N_("for a payment"),
    Service.PART_B_DRUG: N_("for a drug under Part B (one that a clinic buys and gives you)"),
}
CONDITIONS = {
    Condition.ALWAYS: "",
    Condition.ONE_LEVEL: N_("if the plan has one level of appeal"),
    Condition.TWO_LEVELS: N_("if it has two"),
    Condition.PRIOR_AUTHORIZATION: N_("where the plan asks for prior authorization"),
    Condition.NO_PRIOR_AUTHORIZATION: N_("where it does not"),
}


def answer_due(one: DecisionTime, *, names_service: bool) -> str:
    """One time to decide, with what it is for and what it depends on.

    >>> from appeals.law.spans import Span, Unit
    >>> answer_due(DecisionTime(Span(30, Unit.DAYS), Service.PRE_SERVICE), names_service=True)
    '30 days before treatment'
    """
    service = _(SERVICES[one.service]) if one.service is not None and names_service else ""
    condition = CONDITIONS[one.when]
    time = " ".join(part for part in (span(one.within), service) if part)
    return ", ".join(
        part for part in (time, _(condition) if condition else "", said(one.words)) if part
    )
