"""The pages of the guide that help on after an answer, by its verdict."""

from dataclasses import dataclass

from django.urls import reverse

from policies import guide
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
    """A page of the guide by its title."""

    title: str
    url: str


def present_read_on(verdict: Verdict | None) -> tuple[GuideLink, ...]:
    """The pages to read on, the first to read first."""
    known = guide.pages()
    return tuple(
        GuideLink(said(known[slug].title), reverse(f"guide:{slug}")) for slug in PAGES[verdict]
    )
