"""The pages that help on after an answer, by its verdict."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from policies import guide, terms
from policies.check import Answer
from policies.language import said as translated
from policies.presenting.guide import said
from policies.verdict import Verdict

ASK = ("prior-authorization", "limits", "people-who-help")
OBJECT = ("why-plans-refuse", "appeals", "people-who-help", "other-ways-to-pay")
LEARN = ("prior-authorization", "questions", "people-who-help", "other-ways-to-pay")

PAGES = {
    Verdict.APPEARS_TO_QUALIFY: ASK,
    Verdict.COULD_QUALIFY: ASK,
    Verdict.CASE_BY_CASE: ("prior-authorization", "appeals", "people-who-help"),
    Verdict.DOES_NOT_MEET: OBJECT,
    Verdict.NOT_COVERED: OBJECT,
    Verdict.NOT_ADDRESSED: LEARN,
    Verdict.ANSWER_UNREAD: LEARN,
    Verdict.WITHDRAWN: LEARN,
    Verdict.NO_DOCUMENT: LEARN,
    # The documents disagree.
    None: ("prior-authorization", "appeals", "people-who-help"),
}


@dataclass(frozen=True, slots=True)
class GuideLink:
    """A page by its title."""

    title: str
    url: str


def present_read_on(answer: Answer) -> tuple[GuideLink, ...]:
    """The pages to read on, the first to read first."""
    known = guide.pages()
    return (
        *_elsewhere(answer),
        *(
            GuideLink(said(known[slug].title), reverse(f"guide:{slug}"))
            for slug in PAGES[answer.verdict]
        ),
    )


def _elsewhere(answer: Answer) -> Iterator[GuideLink]:
    """Where other documents stand, for whom we hold none."""
    state = answer.situation.plan.residence_state
    if not answer.is_handled:
        yield GuideLink(_("The coverage map"), reverse("policies:map"))
    elif answer.no_document is not None and state is not None:
        title = _("What we hold for %(state)s") % {"state": translated(terms.states()[state])}
        yield GuideLink(title, reverse("policies:state", args=[state.lower()]))
