"""What the plan wants before treatment begins, by the document that the answer goes by."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from policies.catalogue import PriorAuthorization
from policies.check import Answer
from policies.language import said
from policies.presenting.positions import codes_by_system
from policies.wording.naming import short_name
from policies.wording.phrases import PRIOR_AUTHORIZATION


@dataclass(frozen=True, slots=True)
class AuthorizationView:
    """Whether prior authorization is required, and all that belongs to the request.

    `in_short` is for whoever knows the term.
    """

    document: str
    in_short: str
    sentence: str
    note: str
    limits: tuple[str, ...]
    papers: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]


def present_authorization(answer: Answer) -> AuthorizationView | None:
    """The terms of the deciding position; None where a document refuses and says nothing of them.

    Where documents disagree nobody knows yet whose terms hold.
    """
    found = answer.headline
    if found is None or answer.disagreeing or not found.answer.positions:
        return None
    position = found.answer.positions[0].position
    codes = codes_by_system(position.codes)
    is_silent = position.prior_authorization is PriorAuthorization.UNKNOWN
    says_more = position.limits or position.documents_wanted or codes
    if answer.verdict is not None and answer.verdict.is_refusal and is_silent and not says_more:
        return None
    return AuthorizationView(
        document=short_name(found.applied.document),
        in_short=in_short(position.prior_authorization),
        sentence=_(PRIOR_AUTHORIZATION[position.prior_authorization]),
        note=said(position.prior_authorization_note),
        limits=tuple(said(one) for one in position.limits),
        papers=tuple(said(one) for one in position.documents_wanted),
        codes=codes,
    )


def in_short(required: PriorAuthorization) -> str:
    """Whether it is required, for whoever knows the term."""
    return {
        PriorAuthorization.REQUIRED: _("Prior authorization is required."),
        PriorAuthorization.NOT_REQUIRED: _("Prior authorization is not required."),
        PriorAuthorization.UNKNOWN: _(
            "We did not read whether prior authorization is required: ask the plan."
        ),
    }[required]
