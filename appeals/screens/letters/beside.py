"""What stands beside a letter on its screens: what is missing, and what to look at first."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from appeals.letters import LetterContent
from appeals.letters.kinds import Voice
from appeals.presenting.letters.cautions import (
    WROTE_IN_ANOTHER,
    cautions_on_signing,
    holds_own_words,
)
from appeals.presenting.letters.missing import GapView, present_missing
from appeals.screens.letters.posted import SENT, Posted


def missing(posted: Posted) -> tuple[GapView, ...]:
    """What is missing in the letter, in the language of the page."""
    return present_missing(
        posted.content,
        in_page_language(posted),
        asked={name for page in posted.pages for name in page.names},
        asks_about=posted.checked is None,
    )


def in_page_language(posted: Posted) -> LetterContent:
    """The letter in our words, in the language of the page."""
    return posted.in_language(get_language() or SENT)


def is_other_language() -> bool:
    """Whether the page speaks another language than the letter that is sent."""
    return (get_language() or SENT) != SENT


def on_signing(posted: Posted, voice: Voice | None) -> tuple[str, ...]:
    """What does not fit the signer or the patient's age."""
    if posted.kind is None:
        return ()
    return tuple(cautions_on_signing(voice, posted.age, posted.kind))


def before_signing(posted: Posted) -> tuple[str, ...]:
    """What does not fit who signs, and what may not be English."""
    found = on_signing(posted, posted.voice)
    case = posted.case
    if case is not None and is_other_language() and holds_own_words(case, posted.content):
        return (*found, _(WROTE_IN_ANOTHER))
    return found


def cautions(posted: Posted) -> tuple[str, ...]:
    """What to know before this document is sent."""
    return next((one.cautions for one in posted.kinds if one.kind == posted.kind), ())
