"""The one address of a plan's insurer that may stand beside what the notice says; else none.

The notice goes first, always. Where it names another company, or more than one address may be
meant, nothing stands beside it.
"""

import datetime as dt
from collections.abc import Iterable

from appeals.denied import DeniedCase
from appeals.foremost import NOTHING_TO_FILE, foremost
from appeals.law.plan_types import PlanType
from appeals.letters.case import LetterCase
from appeals.letters.kinds import LetterKind
from appeals.routes import COURT
from policies.addresses import address_for
from policies.applicability import insurer_of
from policies.catalogue import AddressUse, AppealAddress, Catalogue, Insurer
from policies.catalogue.names import normal
from policies.situation import LineOfBusiness, Plan

LINES = {
    PlanType.ERISA_SELF_FUNDED: LineOfBusiness.COMMERCIAL,
    PlanType.ERISA_INSURED: LineOfBusiness.COMMERCIAL,
    PlanType.INDIVIDUAL_ACA: LineOfBusiness.COMMERCIAL,
    PlanType.GRANDFATHERED: LineOfBusiness.COMMERCIAL,
    PlanType.NONFEDERAL_GOVERNMENTAL: LineOfBusiness.COMMERCIAL,
    PlanType.CHURCH: LineOfBusiness.COMMERCIAL,
    PlanType.FEHB: LineOfBusiness.FEDERAL_EMPLOYEES,
    PlanType.MEDICAID_MANAGED_CARE: LineOfBusiness.MEDICAID_MANAGED_CARE,
    PlanType.MEDICAID_FFS: LineOfBusiness.MEDICAID,
    PlanType.ORIGINAL_MEDICARE: LineOfBusiness.ORIGINAL_MEDICARE,
    PlanType.MEDICARE_ADVANTAGE: LineOfBusiness.MEDICARE_ADVANTAGE,
    PlanType.TRICARE: LineOfBusiness.TRICARE,
    PlanType.VA: LineOfBusiness.VA,
    # A Part D plan takes its appeals elsewhere than the same insurer's other plans, and a plan
    # that is not held to the rules of insurance may be anybody's: neither has a line here.
}
BY_ISSUE = (LineOfBusiness.COMMERCIAL, LineOfBusiness.FEDERAL_EMPLOYEES)
USES = {
    LetterKind.INTERNAL_APPEAL: AddressUse.APPEAL,
    LetterKind.PRIOR_AUTHORIZATION: AddressUse.PRIOR_AUTHORIZATION,
    LetterKind.PEER_TO_PEER: AddressUse.PEER_TO_PEER,
    LetterKind.DOCUMENTS_REQUEST: AddressUse.DOCUMENTS,
}


def address_for_step(
    case: DeniedCase, catalogue: Catalogue, *, told: Plan | None = None
) -> AppealAddress | None:
    """Where the appeal that comes next may go; `told` is the plan as the check was told it."""
    step = foremost(case)
    if step.step is None or step.status in NOTHING_TO_FILE:
        return None
    if step.step.stage.is_external or step.step.stage.step == COURT:
        return None
    return _address(case, told, catalogue, _appeal(is_expedited=case.denial.is_expedited))


def address_for_letter(case: LetterCase, catalogue: Catalogue) -> AppealAddress | None:
    """Where a letter to the plan may go."""
    use = USES.get(case.kind)
    if use is None:
        return None
    if use is AddressUse.APPEAL:
        use = _appeal(is_expedited=case.is_expedited)
    told = case.situation.plan if case.situation is not None else None
    if case.denied is not None:
        return _address(case.denied, told, catalogue, use)
    if told is None or told.administrator_name:
        return None
    return _one(insurer_of(catalogue, told), told, catalogue, use, case.on)


def _appeal(*, is_expedited: bool) -> AddressUse:
    return AddressUse.EXPEDITED_APPEAL if is_expedited else AddressUse.APPEAL


def _address(
    case: DeniedCase, told: Plan | None, catalogue: Catalogue, use: AddressUse
) -> AppealAddress | None:
    lines = {LINES.get(one) for one in case.outcome.plan_types}
    if len(lines) != 1:
        return None
    plan = Plan(
        line_of_business=lines.pop(),
        residence_state=case.outcome.residence_state,
        issue_state=case.outcome.issue_state,
    )
    return _one(_insurer(case, told, catalogue), plan, catalogue, use, case.on)


def _insurer(case: DeniedCase, told: Plan | None, catalogue: Catalogue) -> Insurer | None:
    """The insurer that the notice names, or the check was told; None where they differ."""
    named = {one for one in (case.contact.plan, case.contact.administrator) if one}
    found = {_by_name(one, catalogue.insurers.values()) for one in named}
    if told is not None and (told.insurer or told.insurer_name):
        found.add(insurer_of(catalogue, told))
    if told is not None and told.administrator_name:
        found.add(_by_name(told.administrator_name, catalogue.insurers.values()))
    return found.pop() if len(found) == 1 else None


def _by_name(name: str, insurers: Iterable[Insurer]) -> Insurer | None:
    """The insurer that goes by this very name."""
    for one in insurers:
        if normal(name) in map(normal, (one.name, *one.also_known_as)):
            return one
    return None


def _one(
    insurer: Insurer | None, plan: Plan, catalogue: Catalogue, use: AddressUse, on: dt.date
) -> AppealAddress | None:
    if insurer is None:
        return None
    # A plan that is sold belongs to the state of issue, a program's to where one lives.
    is_sold = plan.line_of_business in BY_ISSUE
    own = [one for one in catalogue.addresses if one.insurer == insurer.slug]
    return address_for(
        own,
        use=use,
        benefit=None,  # under which it is paid is not asked, so it has to be the same under any
        line=plan.line_of_business,
        state=plan.issue_state if is_sold else (plan.residence_state or plan.issue_state),
        on=on,
    ).chosen
