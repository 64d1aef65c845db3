"""What the calculator found, in dollars as they are written."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from policies.guide.costs import Course, Dollars, PlanTerms, left_to_pay, paid_back


@dataclass(frozen=True, slots=True)
class CostView:
    """The cost line by line, and what a plan may pay back; each line is (what, how much)."""

    total: str
    lines: tuple[tuple[str, str], ...]
    plan_lines: tuple[tuple[str, str], ...]
    uses_advertised_price: bool


def present_cost(
    course: Course, terms: PlanTerms | None, *, uses_advertised_price: bool
) -> CostView:
    """What a course comes to, and what is left of it where a plan pays back."""
    lines = [
        (
            ngettext(
                "%(count)s infusion at %(price)s",
                "%(count)s infusions at %(price)s",
                course.sessions,
            )
            % {"count": course.sessions, "price": in_dollars(course.session_price)},
            in_dollars(course.infusions),
        )
    ]
    if course.visits:
        visit = in_dollars(Dollars.exactly(course.visit_price))
        lines.append(
            (
                ngettext(
                    "%(count)s other visit at %(price)s",
                    "%(count)s other visits at %(price)s",
                    course.visits,
                )
                % {"count": course.visits, "price": visit},
                in_dollars(Dollars.exactly(course.other_visits)),
            )
        )
    plan_lines: tuple[tuple[str, str], ...] = ()
    if terms is not None:
        plan_lines = (
            (gettext("The plan may pay back"), in_dollars(paid_back(course, terms))),
            (gettext("Then left for you"), in_dollars(left_to_pay(course, terms))),
        )
    return CostView(
        total=in_dollars(course.total),
        lines=tuple(lines),
        plan_lines=plan_lines,
        uses_advertised_price=uses_advertised_price,
    )


def in_dollars(amount: Dollars) -> str:
    """An amount, or a range of it, in whole dollars.

    >>> from decimal import Decimal
    >>> in_dollars(Dollars.exactly(Decimal("1250.00")))
    '$1,250'
    """
    low, high = (f"${value:,.0f}" for value in (amount.low, amount.high))
    if low == high:
        return low
    return gettext("%(low)s to %(high)s") % {"low": low, "high": high}
