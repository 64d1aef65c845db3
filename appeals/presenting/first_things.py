"""What to do first: a short list, computed from the case."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from appeals.deadlines import Status
from appeals.denied import DeniedCase
from appeals.foremost import NOTHING_TO_FILE, Foremost, is_cut, is_first_decision
from appeals.law.rights import Wording
from appeals.law.stages import Service, Track
from appeals.presenting.deadlines import present_keep_services
from appeals.presenting.outside_review import present_outside_review
from appeals.presenting.reasons import answers_for
from appeals.presenting.rights import rights_of
from appeals.routes import COURT, Place
from appeals.wording.headlines import file_by
from policies.language import said

MOST = 5
# With fewer left, the filing itself comes first.
NEAR_DAYS = 14
# Plans that offer a call want it soon after the denial.
CALL_DAYS = 45
# A right to the file of the claim, by any name of it.
FILE_RIGHTS = frozenset({"claim_file", "medicaid_file"})
KEEP_RIGHTS = frozenset({"keep_course", "ask_to_keep_course"})
# Where the treatment is over, waiting for the answer can do no harm.
PAST = (Service.POST_SERVICE, Service.PAYMENT)


@dataclass(frozen=True, slots=True)
class FirstThing:
    """One thing to do, with what helps to do it. Of too many, those of higher `rank` give way."""

    rank: int
    text: str
    details: tuple[str, ...] = ()


def first_things(case: DeniedCase, first: Foremost) -> tuple[FirstThing, ...]:
    """At most five, in the order to do them."""
    found = list(_all(case, first))
    kept = sorted(found, key=lambda one: one.rank)[:MOST]
    return tuple(one for one in found if one in kept)


def _all(case: DeniedCase, first: Foremost) -> Iterator[FirstThing]:
    is_near = first.on is not None and (first.on - case.on).days <= NEAR_DAYS
    if is_near:
        yield from _filing(case, first)
    if is_cut(case):
        yield from _keeping(case)
    yield from _fast_way(case, first)
    if not is_cut(case):
        yield from _keeping(case)
    yield from _straight_outside(case)
    yield from _first_moves(case)
    yield from _file(case)
    yield from _call(case)
    yield from _to_ask(case)
    if not is_near:
        yield from _filing(case, first)


def _fast_way(case: DeniedCase, first: Foremost) -> Iterator[FirstThing]:
    """Told as the clinician's judgment, never as something to claim."""
    if first.step is None or case.denial.service in PAST or first.status in NOTHING_TO_FILE:
        return
    fast = first.step.stage.expedited
    if not fast.is_available or case.denial.is_harm_ruled_out:
        return
    if case.denial.is_expedited:
        text = _("Ask for a fast (expedited) decision today, and by phone.")
        details = [
            _("Your clinician says that waiting could harm you: ask them to tell the plan so.")
        ]
    else:
        text = _("Ask a clinician who treats you whether waiting would do harm.")
        details = [_("If the clinician says so, ask for a fast (expedited) decision at once.")]
    if fast.standard:
        details.append(_("What it takes: %(test)s") % {"test": said(fast.standard)})
    if fast.how:
        details.append(said(fast.how))
    yield FirstThing(2, text, tuple(details))


def _keeping(case: DeniedCase) -> Iterator[FirstThing]:
    text = present_keep_services(case)
    if not text:
        return
    kept = next(
        (
            one.stage.keep_services
            for route in case.routes
            for one in route.open_now
            if one.stage.keep_services.is_available
        ),
        None,
    )
    if kept is None:
        # No step of this plan has a rule of its own; a right that it has still stands.
        held = (each[0] for each in rights_of(case) if each[0].id in KEEP_RIGHTS)
        details = tuple(said(one.demand) for one in held)
    else:
        details = tuple(said(one) for one in (kept.scope, kept.risk) if one)
    yield FirstThing(1 if is_cut(case) else 5, text, details)


def _straight_outside(case: DeniedCase) -> Iterator[FirstThing]:
    """Some states let a denial like this go to the outside review at once."""
    if not is_first_decision(case) or case.outcome.goes_by_notice:
        return
    review = present_outside_review(case)
    for one in review.reaches if review is not None else ():
        if one.may_skip_internal and one.before:
            text = _("See whether you can go straight to the state's outside review.")
            yield FirstThing(3, text, (one.before,))


def _first_moves(case: DeniedCase) -> Iterator[FirstThing]:
    """What comes before the appeal for some reasons, as a corrected claim does."""
    moves = [one for each in answers_for(case) if each for one in each[0].first_move]
    if moves:
        yield FirstThing(4, said(moves[0]), tuple(said(one) for one in moves[1:]))


def _file(case: DeniedCase) -> Iterator[FirstThing]:
    if not case.routes:
        return
    is_waiting = all(
        one.deadline is not None and one.deadline.status in NOTHING_TO_FILE
        for route in case.routes
        for one in route.open_now
    )
    details = [_("The time for your appeal does not wait for it.")] if not is_waiting else []
    is_free = any(
        each[0].id in FILE_RIGHTS and each[0].asks is Wording.MUST for each in rights_of(case)
    )
    if is_free:
        details.append(_("Copies of your file are free. “What you can ask for” has the rule."))
    text = _("Ask in writing today for the rule they used and for your whole file.")
    yield FirstThing(3, text, tuple(details))


def _call(case: DeniedCase) -> Iterator[FirstThing]:
    is_open = any(one.place is Place.BESIDE for route in case.routes for one in route.stages)
    notice_on = case.denial.notice.notice_on
    is_recent = notice_on is None or (case.on - notice_on).days <= CALL_DAYS
    # A call between doctors is about medical judgment.
    is_judged = case.denial.track is not Track.FACTUAL
    if is_open and is_recent and is_judged and case.denial.service not in PAST:
        yield FirstThing(
            7,
            _("Ask the prescriber to call the plan's doctor this week (a peer-to-peer call)."),
            (_("It stops no clock: file the appeal all the same."),),
        )


def _to_ask(case: DeniedCase) -> Iterator[FirstThing]:
    asks = [
        _("%(whom)s: “%(question)s”") % {"whom": said(one.whom), "question": said(one.question)}
        for one in case.outcome.ask_next
    ]
    if asks:
        yield FirstThing(6, _("Ask what we do not know yet about your plan."), tuple(asks))


def _filing(case: DeniedCase, first: Foremost) -> Iterator[FirstThing]:
    """The step in front; sent so that it can be proved, and asked after."""
    if first.step is None:
        if not case.routes and not case.outcome.not_handled:
            yield FirstThing(0, file_by(case, first), _sending(case, first))
        return
    stage = first.step.stage
    if first.status is Status.BY_ITSELF:
        yield from (FirstThing(0, said(one)) for one in stage.contents)
    elif first.status is Status.OUT_OF_REACH or stage.step == COURT:
        yield FirstThing(0, file_by(case, first))
    elif stage.is_external:
        review = first.step.review
        who = _("Who decides: %(who)s. Take the address from your notice.")
        where = who % {"who": said(stage.decided_by)}
        if review is not None and review.goes_to:
            where = said(review.goes_to)
        yield FirstThing(0, file_by(case, first), (where, *_sending(case, first)))
    else:
        yield FirstThing(0, file_by(case, first), (*_where(case), *_sending(case, first)))


def _where(case: DeniedCase) -> tuple[str, ...]:
    """Where the notice says it goes."""
    contact = case.contact
    address = ", ".join(contact.address.splitlines())
    fax = _("Fax %(number)s") % {"number": contact.fax} if contact.fax else ""
    where = ". ".join(one for one in (address, fax) if one)
    return (_("To: %(address)s") % {"address": where},) if where else ()


def _sending(case: DeniedCase, first: Foremost) -> tuple[str, ...]:
    is_near = first.on is not None and (first.on - case.on).days <= NEAR_DAYS
    sending = (
        _("Little time is left: ask by phone whether you can fax it or send it online. Keep proof.")
        if is_near
        else _("Send it in a way that you can prove, and keep a copy.")
    )
    return (
        sending,
        _("A few days later, ask them to confirm that they got it. Write down who said so."),
    )
