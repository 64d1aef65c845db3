"""The steps of a route, each with what a person has to know of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.denied import Contact, DeniedCase
from appeals.law.stages import DecisionTime, InDispute, Service
from appeals.law.state_reviews import Process
from appeals.presenting.cited import CitedView, cite_review, cite_step, grade_label
from appeals.presenting.deadlines import DeadlineView, present_deadline
from appeals.presenting.rows import Row
from appeals.presenting.state_reviews import review_rows
from appeals.presenting.timelines import in_time
from appeals.routes import Place, Route, RouteStage
from appeals.wording.answers_due import answer_due
from appeals.wording.spans import span
from policies.language import said
from policies.wording.dates import date

PLACES = {
    Place.BEFORE: N_("Before this notice"),
    Place.ANSWERED: N_("What your notice answers"),
    Place.BESIDE: N_("Beside the appeal: it stops no clock"),
    Place.NOW: N_("Open now"),
    Place.LATER: N_("Later: its time starts with an answer still to come"),
}

MAY_NOT_BIND = N_(
    "What we read here is the rule for another kind of plan, and need not bind yours. Go by your "
    "notice and your plan's document."
)
TO_CONFIRM = N_("%(way)s: %(time)s (to confirm).")


@dataclass(frozen=True, slots=True)
class StepView:
    """One step; `rows` are what is known of it."""

    name: str
    place: str
    is_now: bool
    is_optional: bool
    deadline: DeadlineView | None
    rows: tuple[Row, ...]
    cited: tuple[CitedView, ...]


def present_steps(route: Route, case: DeniedCase) -> tuple[StepView, ...]:
    """The steps in order."""
    return tuple(_present(one, case) for one in in_time(route))


def _present(step: RouteStage, case: DeniedCase) -> StepView:
    cited = [cite_step(step)] if step.stage.citations or step.stage.read_in else []
    if step.review is not None:
        cited.insert(0, cite_review(step.review, on=case.on))
    return StepView(
        name=_name(step),
        place=_(PLACES[step.place]),
        is_now=step.place is Place.NOW,
        is_optional=step.stage.is_optional,
        deadline=present_deadline(step, case),
        rows=tuple(one for one in _rows(step, case) if one.texts or one.links),
        cited=tuple(cited),
    )


def _name(step: RouteStage) -> str:
    """Where a state is said to use the federal review, it is not called the state's."""
    if step.review is not None and step.review.process is not Process.STATE:
        return _("Outside review")
    return said(step.stage.name)


def _rows(step: RouteStage, case: DeniedCase) -> Iterator[Row]:
    stage = step.stage
    is_past = step.place in (Place.BEFORE, Place.ANSWERED)
    if not is_past:
        yield from _asking(step, case)
    if case.outcome.goes_by_notice:
        yield Row(_("To confirm"), (_(MAY_NOT_BIND),))
    yield Row(_("Who decides"), (said(stage.decided_by),))
    if step.review is None or not (step.review.is_verified and step.review.decision):
        yield Row(_("How long they have to answer"), tuple(_answer_times(step, case)))
    if not is_past:
        yield Row(_("The fast way"), tuple(_fast_way(step)))
        yield Row(_("Keeping your care during the appeal"), tuple(_keeping(step)))
        if step.place is Place.NOW and step.review is None:
            yield Row(_("Where it goes"), tuple(_where(step, case.contact)))
        if step.review is not None:
            yield from review_rows(step.review)
        yield Row(_("What to send"), _said_all(stage.contents), is_list=True)
        yield Row(_("Money in dispute"), tuple(_in_dispute(step, case)))
    if not case.outcome.goes_by_notice:
        yield Row(_("Good to know"), _said_all(stage.notes), is_list=True)
    yield Row(_("What we did not read"), _said_all(stage.not_read), is_list=True)


def _time_to_come(step: RouteStage, case: DeniedCase) -> Iterator[str]:
    """The time of a step whose own start is still to come; only what was read stands as such."""
    filing, review = step.stage.filing, step.review
    limit = review.limit if review is not None else filing.limit
    is_read = review.is_verified if review is not None else filing.is_verified
    start = said(filing.from_words)
    if limit is None:
        yield _("The time runs from %(start)s.") % {"start": start}
    elif not is_read or case.outcome.goes_by_notice:
        words = {"time": span(limit), "start": start}
        yield _("%(time)s (to confirm), from %(start)s.") % words
    elif filing.at_least is not None:
        words = {"least": span(filing.at_least), "most": span(limit), "start": start}
        yield _("From %(least)s to %(most)s, as your state has it, from %(start)s.") % words
    else:
        yield _("%(time)s, from %(start)s.") % {"time": span(limit), "start": start}
    if filing.set_by:
        yield said(filing.set_by)


def _asking(step: RouteStage, case: DeniedCase) -> Iterator[Row]:
    stage = step.stage
    yield Row(_("Who asks"), (said(stage.who_files),))
    if step.deadline is None and stage.filing.from_words:
        yield Row(_("How long you will have"), tuple(_time_to_come(step, case)))
    if stage.filing.late:
        yield Row(_("If you are late"), (said(stage.filing.late),))


def _said_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(said(one) for one in texts)


def _answer_times(step: RouteStage, case: DeniedCase) -> Iterator[str]:
    decision = step.stage.decision
    is_told = case.denial.service is not None
    groups = ((_("Ordinary way"), step.standard), (_("Fast way"), step.expedited))
    for label, times in groups:
        for one in times:
            is_sure = decision.is_verified and not case.outcome.goes_by_notice
            text = _("%(way)s: %(time)s.") if is_sure else _(TO_CONFIRM)
            yield text % {"way": label, "time": _due(one, is_told=is_told)}
    if decision.times and decision.from_words:
        yield _("Counted from %(start)s.") % {"start": said(decision.from_words)}
    if decision.extension:
        yield said(decision.extension)


def _due(one: DecisionTime, *, is_told: bool) -> str:
    return answer_due(one, names_service=not is_told or one.service is Service.PART_B_DRUG)


def _fast_way(step: RouteStage) -> Iterator[str]:
    fast = step.stage.expedited
    if fast.standard:
        yield _("What it takes: %(test)s") % {"test": said(fast.standard)}
    if fast.how:
        yield said(fast.how)
    if fast.is_available is None and not fast.standard and step.place is Place.NOW:
        yield _("We did not read whether there is one. Ask the office named on the notice.")


def _keeping(step: RouteStage) -> Iterator[str]:
    keep = step.stage.keep_services
    if step.keep_services_by is not None:
        yield _("If care that you already get is cut, ask by %(date)s.") % {
            "date": date(step.keep_services_by)
        }
    if keep.scope:
        yield said(keep.scope)
    if keep.risk:
        yield said(keep.risk)


def _where(step: RouteStage, contact: Contact) -> Iterator[str]:
    filing = step.stage.filing
    if filing.is_automatic or filing.is_out_of_reach:
        return
    lines = [*contact.address.splitlines(), *_numbers(contact)]
    if lines:
        yield _("As your notice has it:")
        yield from lines
    else:
        yield _("To the address on your notice.")
    if filing.how:
        yield said(filing.how)


def _numbers(contact: Contact) -> Iterator[str]:
    if contact.phone:
        yield _("Phone %(number)s") % {"number": contact.phone}
    if contact.fax:
        yield _("Fax %(number)s") % {"number": contact.fax}


def _in_dispute(step: RouteStage, case: DeniedCase) -> Iterator[str]:
    which = step.stage.in_dispute
    if which is InDispute.NOBODY:
        return
    if step.in_dispute is None:
        yield _("We did not read how much has to be in dispute this year. The decision says it.")
        return
    amount = step.in_dispute.judge if which is InDispute.JUDGE else step.in_dispute.court
    yield _("For requests in %(year)s, at least $%(amount)s has to be in dispute (%(grade)s).") % {
        "year": case.on.year,
        "amount": f"{amount:,}",
        "grade": grade_label(step.in_dispute.grade),
    }
