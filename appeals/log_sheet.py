"""The log sheet: what was sent, when it came, and whom one spoke to."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from policies.check import Answer
from policies.guidance import Guidance
from policies.presenting.answers import present_told
from policies.presenting.authorization import present_authorization
from policies.wording import edition_date
from policies.wording.dates import date

PAPER_ROWS = 7
CALL_ROWS = 6


@dataclass(frozen=True, slots=True)
class LogSheet:
    """Two tables to fill in by hand; the papers that the document wants stand in the first."""

    title: str
    told: tuple[tuple[str, str], ...]
    policy: str
    policy_date: str
    codes: tuple[tuple[str, str], ...]
    papers: tuple[str, ...]
    blank_papers: range
    blank_calls: range
    made_on: str


def log_sheet(guidance: Guidance) -> LogSheet:
    """The sheet for this plan, with the number of its document and the codes it names."""
    answer = guidance.answer
    authorization = present_authorization(answer)
    papers = authorization.papers if authorization else ()
    policy, policy_date = _policy(answer)
    return LogSheet(
        title=_("Log sheet for calls and papers"),
        told=present_told(answer),
        policy=policy,
        policy_date=policy_date,
        codes=authorization.codes if authorization else (),
        papers=papers,
        blank_papers=range(max(2, PAPER_ROWS - len(papers))),
        blank_calls=range(CALL_ROWS),
        made_on=date(answer.on),
    )


def _policy(answer: Answer) -> tuple[str, str]:
    """The number and title of the document, and the date of its edition."""
    if answer.headline is None or answer.disagreeing:
        return "", ""
    document, edition = answer.headline.applied.document, answer.headline.applied.edition
    name = ", ".join(text for text in (document.number, document.title) if text)
    return name, edition_date(edition)
