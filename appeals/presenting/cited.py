"""The small line under what the law says: the rule, how we read it, when and where."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from appeals.law.files import is_stale
from appeals.law.rights import Right
from appeals.law.state_reviews import StateReview
from appeals.routes import RouteStage
from policies.guide.grades import Grade
from policies.language import said
from policies.presenting.guide import said as said_in_both
from policies.wording.dates import date, printed_date


@dataclass(frozen=True, slots=True)
class CitedView:
    """`url` is the rule's own address; `read_in` are (site, address) of where it was read."""

    citations: tuple[str, ...]
    grade: str
    read_on: str = ""
    url: str = ""
    read_in: tuple[tuple[str, str], ...] = ()
    read_as: str = ""
    is_stale: bool = False


def grade_label(grade: Grade) -> str:
    """How something was read, in the reader's language."""
    return said_in_both(grade.label)


def cite_step(step: RouteStage) -> CitedView:
    """Where a step was read."""
    stage = step.stage
    return CitedView(
        citations=tuple(said(one) for one in stage.citations),
        grade=grade_label(stage.grade),
        read_on=printed_date(stage.read_on),
        url=stage.url,
        read_in=read_in(stage.read_in),
        is_stale=step.is_stale,
    )


def cite_review(review: StateReview, *, on: dt.date) -> CitedView:
    """Where a state's review was read; its own page where no section was named."""
    own_page = (_("The state's own page"),) if review.is_verified and review.urls else ()
    return CitedView(
        citations=tuple(said(one) for one in review.citation) or own_page,
        url=review.urls[0] if own_page and not review.citation else "",
        grade=grade_label(review.grade),
        read_on=date(review.read_on),
        read_in=read_in(review.urls),
        read_as=said(review.edition),
        is_stale=is_stale(review.read_on, on),
    )


def cite_right(right: Right, *, on: dt.date) -> CitedView:
    """What a right rests on, and where that was read."""
    return CitedView(
        citations=tuple(said(one) for one in right.citations),
        grade=grade_label(right.grade),
        read_on=date(right.read_on),
        read_in=read_in(right.sources),
        read_as=said(right.read_as),
        is_stale=right.is_stale(on),
    )


def read_in(addresses: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Addresses, each by the name of its site."""
    return tuple((urlsplit(one).netloc.removeprefix("www."), one) for one in addresses)
