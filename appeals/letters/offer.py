"""Which letters fit a case, in the order in which they help, and why another does not."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.denied import DeniedCase
from appeals.foremost import foremost, keep_services_by
from appeals.law.circumstances import is_mental_health
from appeals.law.external_review import external_review_for
from appeals.law.external_review_data import Whose
from appeals.law.finder import Outcome
from appeals.law.reasons import Reaches
from appeals.letters.case import LetterCase
from appeals.letters.demands import rights_held
from appeals.letters.kinds import Fits, LetterKind, Voice, kind_plan, kind_plans
from appeals.letters.moment import OUTSIDE, is_review_next, why_not_now
from appeals.letters.regulators import takes_complaints
from appeals.routes import COURT, Place, Route
from policies.check import Answer
from policies.language import said

OWN_FORM = N_("If the plan has a form for this, the plan's own form goes first.")
# What has to be known before such a letter is written.
CAUTIONS: Mapping[LetterKind, tuple[str, ...]] = MappingProxyType(
    {
        LetterKind.EXTERNAL_REVIEW: (
            N_("If the agency has a form for this, its own form goes first."),
        ),
        LetterKind.EXPEDITED_CERTIFICATION: (
            N_("Only a clinician can certify this, and only what the chart has."),
        ),
        LetterKind.MEDICAL_NECESSITY: (
            N_("A clinician signs it, and every line has to stand in the chart."),
        ),
        LetterKind.PRIOR_AUTHORIZATION: (OWN_FORM,),
        LetterKind.PEER_TO_PEER: (N_("A call is no appeal, and it stops no clock."),),
        LetterKind.DOCUMENTS_REQUEST: (
            N_("Ask at once. The time for the appeal does not wait for the papers."),
        ),
        LetterKind.PARITY_REQUEST: (
            N_("It asks for papers. It does not say that the plan breaks the law."),
        ),
        LetterKind.GOOD_CAUSE: (N_("Send the appeal itself with it."),),
        LetterKind.REPRESENTATIVE: (OWN_FORM,),
        LetterKind.COMPLAINT: (N_("A complaint never takes the place of the appeal."),),
        LetterKind.EMPLOYER_EXCEPTION: (
            N_("The employer may say yes or no. There is no right to it."),
            N_("Your employer reads this letter. Say only what you want known at work."),
        ),
        LetterKind.NETWORK_GAP: (
            N_("Call the providers in the network first, and write down each answer."),
        ),
        LetterKind.RETROSPECTIVE_AUTHORIZATION: (
            N_("This is for treatment that was given already."),
        ),
        LetterKind.CORRECTED_CLAIM: (N_("The clinic sends it, with the corrected claim."),),
        LetterKind.OUT_OF_NETWORK_CLAIM: (
            OWN_FORM,
            N_("It helps only if your plan pays for care outside its network. Ask it first."),
        ),
    }
)
# Rights whose limits, as they were read for this plan, stand beside the letter.
LIMITS_OF: Mapping[LetterKind, tuple[str, ...]] = MappingProxyType(
    {
        LetterKind.KEEP_SERVICES: ("keep_services", "keep_course", "ask_to_keep_course"),
        LetterKind.GOOD_CAUSE: ("late_for_good_cause",),
        LetterKind.REPRESENTATIVE: ("representative",),
    }
)
NO_RIGHT: Mapping[LetterKind, str] = MappingProxyType(
    {
        LetterKind.PARITY_REQUEST: N_(
            "We read no rule that brings the parity law to a plan of this kind."
        ),
        LetterKind.KEEP_SERVICES: N_(
            "We read no rule for plans of this kind on keeping care during an appeal."
        ),
        LetterKind.GOOD_CAUSE: N_("We read of more time for a good reason only for Medicare."),
    }
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A letter that fits; `is_first` marks what is due now, `cautions` what to know before.

    `not_now` says why another is the one for this moment; it can be written all the same.
    """

    kind: LetterKind
    voices: tuple[Voice, ...]
    is_first: bool
    cautions: tuple[str, ...]
    not_now: str = ""


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The kinds that fit in the order of the page: those due first, and why some are for later."""

    kinds: tuple[LetterKind, ...]
    first: tuple[LetterKind, ...]
    later: Mapping[LetterKind, str]


def kinds_offered(
    denied: DeniedCase | None, answer: Answer | None, outcome: Outcome | None, *, on: dt.date
) -> tuple[Offer, ...]:
    """The letters that fit: what is due first, then those for the reasons of the denial."""
    case = _case(denied, answer, outcome, on)
    ranked = _ranked(case)
    return tuple(
        Offer(
            kind=one,
            voices=kind_plan(one).voices,
            is_first=one in ranked.first,
            cautions=tuple(_cautions(one, case)),
            not_now=ranked.later.get(one, ""),
        )
        for one in ranked.kinds
    )


def foremost_kind(
    denied: DeniedCase | None, answer: Answer | None, outcome: Outcome | None, *, on: dt.date
) -> LetterKind:
    """The first of them alone, for whoever asks of thousands of cases."""
    return _ranked(_case(denied, answer, outcome, on)).kinds[0]


def _ranked(case: LetterCase) -> _Ranked:
    fitting = [one for one in kind_plans() if not _why_not(one, case)]
    later = {one: why for one in fitting if (why := why_not_now(one, case))}
    next_kind = _next_kind(fitting, case)
    answering = {
        one
        for one in fitting
        if one not in later and not set(kind_plan(one).first_for).isdisjoint(case.reasons)
    }
    first = _due(case, next_kind, [one for one in fitting if one in answering])
    # The sort keeps the order of the files where nothing else decides.
    ordered = sorted(
        fitting,
        key=lambda one: (
            one in later,
            first.index(one) if one in first else len(first),
            one not in answering,
            one is not next_kind,
        ),
    )
    return _Ranked(tuple(ordered), first, later)


def _due(
    case: LetterCase, next_kind: LetterKind, answering: list[LetterKind]
) -> tuple[LetterKind, ...]:
    """The letter that is due first; where care is cut, the one that keeps it and the appeal."""
    main = next_kind
    others = [one for one in answering if one is not LetterKind.KEEP_SERVICES]
    if others and next_kind not in (*others, LetterKind.EXTERNAL_REVIEW):
        main = others[0]
    if case.denied is None or not _keeps_care(case):
        return (main,)
    by, last = keep_services_by(case.denied), foremost(case.denied).on
    is_later = by is not None and last is not None and by > last
    return (main, LetterKind.KEEP_SERVICES) if is_later else (LetterKind.KEEP_SERVICES, main)


def _keeps_care(case: LetterCase) -> bool:
    """Whether care that goes on is cut, and a right or a request may keep it."""
    return not (
        _why_not(LetterKind.KEEP_SERVICES, case) or why_not_now(LetterKind.KEEP_SERVICES, case)
    )


def why_not(
    kind: LetterKind,
    denied: DeniedCase | None,
    answer: Answer | None,
    outcome: Outcome | None,
    *,
    on: dt.date,
) -> str:
    """Why a letter of this kind does not fit; empty where it does."""
    return _why_not(kind, _case(denied, answer, outcome, on))


def _case(
    denied: DeniedCase | None, answer: Answer | None, outcome: Outcome | None, on: dt.date
) -> LetterCase:
    """What any letter would be written from; its kind and voice decide nothing here."""
    return LetterCase(
        kind=LetterKind.INTERNAL_APPEAL,
        voice=Voice.PATIENT,
        on=on,
        answer=answer,
        denied=denied,
        outcome=outcome,
    )


def _next_kind(fitting: list[LetterKind], case: LetterCase) -> LetterKind:
    """The letter that the next step wants."""
    if case.denied is None:
        return LetterKind.PRIOR_AUTHORIZATION
    if LetterKind.EXTERNAL_REVIEW in fitting and is_review_next(case.denied):
        return LetterKind.EXTERNAL_REVIEW
    return LetterKind.INTERNAL_APPEAL


def _why_not(kind: LetterKind, case: LetterCase) -> str:
    """The first thing that stands against it; empty where nothing does."""
    return next(filter(None, _against(kind, case)), "")


def _against(kind: LetterKind, case: LetterCase) -> Iterator[str]:
    fits = kind_plan(kind).fits
    if fits.needs_denial is True and case.denied is None:
        yield _("There is no denial yet for it to answer.")
    if fits.needs_denial is False and case.denied is not None:
        yield _("It is for the time before a denial.")
    if _depends_on_plan(kind, fits) and not case.circumstances:
        yield _("First find out which kind of plan it is.")
    if kind is LetterKind.INTERNAL_APPEAL:
        yield _why_no_appeal(case)
    if kind is LetterKind.COMPLAINT and not all(map(takes_complaints, case.circumstances)):
        yield _("We read of no agency that takes complaints about plans of this kind.")
    if kind is LetterKind.PARITY_REQUEST and is_mental_health(case.condition) is not True:
        yield _("The parity law is for mental health care. Name such a condition first.")
    if fits.needs_external_review:
        yield _why_no_review(case)
    if fits.rights and next(rights_held(case, fits.rights), None) is None:
        yield _(NO_RIGHT[kind])
    if fits.plan_types and not _employer_pays(fits, case):
        yield _("This is for plans whose employer pays the claims itself.")


def _depends_on_plan(kind: LetterKind, fits: Fits) -> bool:
    is_narrowed = bool(fits.needs_external_review or fits.rights or fits.plan_types)
    return is_narrowed or kind is LetterKind.COMPLAINT


def _employer_pays(fits: Fits, case: LetterCase) -> bool:
    return all(
        one.plan_type in fits.plan_types and one.is_insured is not True
        for one in case.circumstances
    )


def _why_no_appeal(case: LetterCase) -> str:
    routes = case.denied.routes if case.denied is not None else ()
    if routes and not any(map(_has_appeal, routes)):
        return _("The plan's own appeals are over. What is left is outside the plan.")
    return ""


def _has_appeal(route: Route) -> bool:
    steps = [one.stage.step for one in route.open_now]
    return any(one != COURT and not one.startswith(OUTSIDE) for one in steps)


def _why_no_review(case: LetterCase) -> str:
    """Why no outside review can be asked for under some plan that is still open."""
    for plan in case.circumstances:
        reach = external_review_for(case.reasons, plan)
        if reach.reaches is Reaches.NOT_ELIGIBLE:
            if reach.way.whose is Whose.NOBODY:
                return said(reach.way.text)
            return _("An outside review does not look at the reason for this denial.")
    routes = case.denied.routes if case.denied is not None else ()
    if not all(map(_has_review, routes)):
        return _("The outside review is over.")
    return ""


def _has_review(route: Route) -> bool:
    return any(
        one.place in (Place.NOW, Place.LATER) and one.stage.step.startswith(OUTSIDE)
        for one in route.stages
    )


def _cautions(kind: LetterKind, case: LetterCase) -> Iterator[str]:
    is_review = kind is LetterKind.EXTERNAL_REVIEW
    if is_review and case.denied is not None and not is_review_next(case.denied):
        yield _("As a rule the plan's own appeal comes first. Its answer starts the time for this.")
    yield from map(_, CAUTIONS.get(kind, ()))
    for right in rights_held(case, LIMITS_OF.get(kind, ())):
        yield from (said(one.text) for one in right.limits)
