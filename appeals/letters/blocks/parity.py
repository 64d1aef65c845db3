"""The analysis of a limit on mental health care beside others: when it is asked, and of which."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.circumstances import is_mental_health
from appeals.law.reasons import ReasonId
from appeals.law.rights import Right
from appeals.letters.citing import right_basis
from appeals.letters.content import Basis, Origin, Sentence, Told
from appeals.letters.demands import rights_held
from appeals.letters.draft import Draft
from appeals.letters.kinds import LetterKind
from appeals.letters.saying import listed, say

PARITY = "parity_analysis"
# The limits that rights.yaml names as ones that the parity law looks at.
LIMITS = {
    ReasonId.EXPERIMENTAL_INVESTIGATIONAL: N_("the test of what is experimental"),
    ReasonId.NOT_MEDICALLY_NECESSARY: N_("the test of medical necessity"),
    ReasonId.STEP_THERAPY: N_("step therapy"),
    ReasonId.NO_PRIOR_AUTHORIZATION: N_("prior authorization"),
}


def parity_right(draft: Draft) -> Right | None:
    """The request for the analysis of a limit that is named.

    None outside mental health care, and under a plan that the parity law was not read to bind.
    """
    if is_mental_health(draft.case.condition) is not True or not tuple(which_limit(draft)):
        return None
    return next(iter(rights_held(draft.case, ("parity_analysis",))), None)


def what_it_compares(right: Right) -> Sentence:
    """What the analysis shows, for a reader who never heard of it."""
    return say(
        _(
            "The comparative analysis shows how such a limit is set for mental health care beside "
            "medical care."
        ),
        right_basis(right),
    )


def which_limit(draft: Draft) -> Iterator[Sentence]:
    """The limit as it was told, else as the denial has it; a gap where the letter rests on it."""
    one = _("The limit asked about is %(limit)s.")
    told = draft.known("limit")
    of_denial = [
        Told(_(LIMITS[reason]), (Basis(Origin.REASON, reason),))
        for reason in draft.case.reasons
        if reason in LIMITS
    ]
    if told is not None:
        yield say(one, limit=told)
    elif len(of_denial) == 1:
        yield say(one, limit=of_denial[0])
    elif of_denial:
        yield say(
            _("The limits asked about are %(these)s and %(last)s; please send it for each."),
            these=listed(of_denial[:-1]),
            last=of_denial[-1],
        )
    elif draft.case.kind is LetterKind.PARITY_REQUEST:
        yield say(one, limit=draft.fact("limit"))
