"""What a course of infusions may cost, and what a plan may pay back: plain arithmetic."""

from dataclasses import dataclass
from decimal import Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Dollars:
    """An amount of money that lies between `low` and `high`; both are the same when it is known."""

    low: Decimal
    high: Decimal

    @classmethod
    def exactly(cls, amount: Decimal) -> "Dollars":
        return cls(amount, amount)

    @property
    def is_range(self) -> bool:
        return self.low != self.high

    def times(self, count: int) -> "Dollars":
        return Dollars(self.low * count, self.high * count)

    def plus(self, amount: Decimal) -> "Dollars":
        return Dollars(self.low + amount, self.high + amount)


@dataclass(frozen=True, slots=True)
class Course:
    """So many infusions at a price each, and other visits beside them."""

    sessions: int
    session_price: Dollars
    visits: int = 0
    visit_price: Decimal = Decimal(0)

    @property
    def infusions(self) -> Dollars:
        return self.session_price.times(self.sessions)

    @property
    def other_visits(self) -> Decimal:
        return self.visit_price * self.visits

    @property
    def total(self) -> Dollars:
        """
        >>> Course(6, Dollars(Decimal(400), Decimal(800)), 1, Decimal(350)).total
        Dollars(low=Decimal('2750'), high=Decimal('5150'))
        """
        return self.infusions.plus(self.other_visits)


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """How a plan pays for infusions outside its network, once it has said yes.

    `allowed` is the amount it counts for each infusion, whatever the bill says; `share_percent` is
    the part of that which stays with the patient after the deductible.
    """

    allowed: Decimal
    deductible_left: Decimal
    share_percent: Decimal


def paid_back(course: Course, terms: PlanTerms) -> Dollars:
    """What the plan would pay back for the infusions: its part of what it counts.

    >>> course = Course(6, Dollars.exactly(Decimal(500)))
    >>> paid_back(course, PlanTerms(Decimal(300), Decimal(1000), Decimal(40))).low
    Decimal('480.00')
    """

    def part_of(price: Decimal) -> Decimal:
        # No plan counts more than the bill.
        counted = min(terms.allowed, price) * course.sessions
        above = max(counted - terms.deductible_left, Decimal(0))
        return (above * (100 - terms.share_percent) / 100).quantize(CENT)

    return Dollars(part_of(course.session_price.low), part_of(course.session_price.high))


def left_to_pay(course: Course, terms: PlanTerms) -> Dollars:
    """What stays with the patient once the plan has paid its part."""
    back = paid_back(course, terms)
    return Dollars(course.total.low - back.low, course.total.high - back.high)
