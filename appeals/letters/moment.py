"""Which letters are for this moment: what the plan has decided, and what was given already."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.denied import DeniedCase
from appeals.foremost import is_cut
from appeals.law.external_review import external_review_for
from appeals.law.reasons import ReasonId
from appeals.law.stages import Service
from appeals.letters.case import LetterCase
from appeals.letters.kinds import LetterKind

OUTSIDE = "external_"
NO_AUTHORIZATION = ReasonId.NO_PRIOR_AUTHORIZATION
# What is about treatment that was given, by the reasons that say so by themselves.
AFTER_TREATMENT: Mapping[LetterKind, frozenset[ReasonId]] = MappingProxyType(
    {
        LetterKind.RETROSPECTIVE_AUTHORIZATION: frozenset({NO_AUTHORIZATION}),
        LetterKind.CORRECTED_CLAIM: frozenset(
            {ReasonId.WRONG_OR_UNLISTED_CODE, ReasonId.DUPLICATE_OR_LATE_CLAIM}
        ),
        LetterKind.OUT_OF_NETWORK_CLAIM: frozenset({ReasonId.OUT_OF_NETWORK_OR_SITE}),
    }
)


def why_not_now(kind: LetterKind, case: LetterCase) -> str:
    """Why another letter is the one for this moment; empty where this one is, or nothing tells."""
    if case.denied is None and case.answer is None:
        return ""
    is_early = NOT_NOW.get(kind)
    if is_early is not None and is_early[0](case):
        return _(is_early[1])
    if kind in AFTER_TREATMENT and not _is_after_treatment(kind, case):
        return _("It is for treatment that was given already, and its bill.")
    return ""


def _was_asked(case: LetterCase) -> bool:
    """Whether the plan has decided on a request; where none was made, one may still help."""
    return case.denied is not None and NO_AUTHORIZATION not in case.reasons


def _is_appeal_first(case: LetterCase) -> bool:
    if case.denied is None or is_review_next(case.denied):
        return False
    return not _may_skip_internal(case)


def _is_nothing_cut(case: LetterCase) -> bool:
    is_told = case.denied is not None and is_cut(case.denied)
    return not (is_told or case.is_continuing)


NOT_NOW: Mapping[LetterKind, tuple[Callable[[LetterCase], bool], str]] = MappingProxyType(
    {
        LetterKind.PRIOR_AUTHORIZATION: (
            _was_asked,
            N_("The plan was asked and has said no: the appeal comes next."),
        ),
        LetterKind.EXTERNAL_REVIEW: (
            _is_appeal_first,
            N_("The plan's own appeal comes first. Its answer starts the time for this."),
        ),
        LetterKind.KEEP_SERVICES: (
            _is_nothing_cut,
            N_("It is for care that goes on already and is cut."),
        ),
    }
)


def _may_skip_internal(case: LetterCase) -> bool:
    return any(
        external_review_for(case.reasons, one).may_skip_internal for one in case.circumstances
    )


def _is_after_treatment(kind: LetterKind, case: LetterCase) -> bool:
    service = case.denied.denial.service if case.denied is not None else None
    is_named = not AFTER_TREATMENT[kind].isdisjoint(case.reasons)
    return is_named or service in (Service.POST_SERVICE, Service.PAYMENT)


def is_review_next(denied: DeniedCase) -> bool:
    """Whether an outside review is the step in front, under every plan still open."""
    return all(
        any(one.is_front and one.stage.step.startswith(OUTSIDE) for one in route.open_now)
        for route in denied.routes
    )
