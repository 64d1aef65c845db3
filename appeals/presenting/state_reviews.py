"""A state's outside review, as far as it was read."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.law.state_reviews import Agency, StateReview
from appeals.presenting.rows import Row
from appeals.wording.spans import span
from policies.language import said


def review_rows(review: StateReview) -> Iterator[Row]:
    """What is known of the review; each office stands with its own page and phone alone."""
    yield Row(_("Where it goes"), _texts(review.goes_to))
    for one in review.agencies:
        yield agency_row(one)
    yield Row(_("What the time runs from"), _texts(review.starts_words))
    yield Row(_("How fast the state decides"), _texts(review.decision))
    yield Row(_("The state's fast way"), tuple(_expedited(review)))
    yield Row(_("What comes first"), _texts(review.exhaustion))
    yield Row(_("What it costs"), _texts(review.fee))
    yield Row(_("For a treatment called experimental"), _texts(review.experimental))
    yield Row(_("Where sources do not agree"), _texts(review.conflict))
    yield Row(_("About this state"), tuple(said(one) for one in review.notes), is_list=True)


def agency_row(agency: Agency) -> Row:
    """An office with what it does, its page and its phone."""
    texts = [said(agency.role)] if agency.role else []
    if agency.phone:
        texts.append(_("Phone %(number)s") % {"number": agency.phone})
    name = said(agency.name)
    links = ((name, agency.home),) if agency.home else ()
    return Row(_("Office"), tuple(texts) if links else (name, *texts), links=links)


def _texts(text: str) -> tuple[str, ...]:
    return (said(text),) if text else ()


def _expedited(review: StateReview) -> Iterator[str]:
    if review.expedited:
        yield said(review.expedited)
    if review.expedited_to_confirm is not None:
        yield _("Some sources give only %(time)s to ask for it: to confirm.") % {
            "time": span(review.expedited_to_confirm)
        }
