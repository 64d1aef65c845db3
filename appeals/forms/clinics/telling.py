"""All that one page asks about one event: its day, its notice, and what is open about the law."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property

from django import forms
from django.http import QueryDict

from appeals.clinics.casework import OpenCase
from appeals.clinics.content import Happened
from appeals.clinics.following import (
    ASKED,
    NOTICES,
    Following,
    after_approval,
    after_asking,
    after_notice,
    denied_now,
    first_decisions,
    steps_to_take,
)
from appeals.clinics.moves import CLOSED, GIVEN, stage_after
from appeals.clinics.notices import asked_before, first_fields, law_fields
from appeals.denial import Denial
from appeals.denied import Contact, steps_to_choose
from appeals.forms import FinderForm, NoticeForm
from appeals.forms.clinics.moves import MoveForm, relabel
from appeals.law.finder import answers_from
from appeals.law.stages import Service
from appeals.law.stages import Stage as LawStage
from appeals.models.cases import CaseEvent, Stage
from appeals.notices.carried import CarriedLetter
from appeals.presenting.letter import FieldView, field_views
from appeals.screens.memory import OF_NOTICE
from appeals.screens.posted import Posted
from appeals.screens.reading import with_letter

Kind = CaseEvent.Kind


class Telling:
    """One event as it is told; nothing of it is checked until `check`."""

    def __init__(self, opened: OpenCase, kind: Kind, data: QueryDict, *, on: dt.date) -> None:
        self.opened = opened
        self.kind = kind
        self.on = on
        self.is_sent = bool(data)
        self.is_checked = False
        filled = law_fields(opened)
        for name, values in data.lists():
            filled.setlist(name, [str(one) for one in values])
        self.posted = Posted(filled, on=on)
        if self.is_notice and not self.is_sent:
            for name, value in first_fields(opened, self.posted.outcome).items():
                filled[name] = value
        self.data = filled
        self.posted = Posted(filled, on=on)

    @property
    def is_notice(self) -> bool:
        return self.kind in NOTICES

    @property
    def is_asking(self) -> bool:
        return self.kind in ASKED

    @cached_property
    def move(self) -> MoveForm:
        service, is_expedited = asked_before(self.opened)
        first = self.steps[0].id if self.steps else ""
        initial = {"service": service, "is_expedited": is_expedited, "step": first}
        if not self.is_notice:
            initial["on"] = self.on
        return MoveForm(
            self.data if self.is_sent else None,
            kind=self.kind,
            is_notice=self.is_notice,
            is_closing=stage_after(Stage(self.opened.case.stage), self.kind) in CLOSED,
            steps=self.steps,
            initial=initial,
        )

    @cached_property
    def steps(self) -> tuple[LawStage, ...]:
        """The steps that an appeal may be, the one in front first."""
        if self.kind not in (Kind.APPEALED, Kind.SENT_TO_REVIEW):
            return ()
        denied = denied_now(self.opened, on=self.on)
        opened = steps_to_take(denied) if denied is not None else ()
        is_outside = self.kind is Kind.SENT_TO_REVIEW
        return tuple(one for one in opened if one.is_external is is_outside) or opened

    @property
    def interview(self) -> Iterator[FinderForm]:
        """What is asked about the plan's law, where the case does not settle it."""
        known = {**answers_from(self.opened.content.situation.plan), **self.opened.content.finder}
        still = self.posted.open_question
        for one in (*self.posted.asked, *([still] if still is not None else ())):
            if one.id not in known:
                yield self.posted.finder(one, is_checked=self.is_checked and one == still)

    @property
    def finder(self) -> Mapping[str, str]:
        """The interview's answers that the plan does not give, as the case keeps them."""
        of_plan = answers_from(self.opened.content.situation.plan)
        return {
            one.id: self.posted.answers[one.id]
            for one in self.posted.asked
            if one.id not in of_plan
        }

    @property
    def needs_law(self) -> bool:
        """Whether a notice can't be held against the law yet."""
        return self.is_notice and self.posted.outcome is None

    @cached_property
    def notice_forms(self) -> tuple[NoticeForm, ...]:
        """The three parts of a notice, with short labels."""
        if not self.is_notice or self.needs_law:
            return ()
        if self.is_sent and self.is_checked:
            made = self.posted.checked
        else:
            made = tuple(self.posted.form(one, is_checked=False) for one in OF_NOTICE)  # type: ignore[assignment]
        for one in made:
            relabel(one)
        return made

    @property
    def notice_parts(self) -> Iterator[tuple[NoticeForm, tuple[FieldView, ...]]]:
        """Each part with its fields, and what a letter that was read says to each."""
        for one in self.notice_forms:
            yield one, field_views(one.visible_fields(), self.posted.letter)

    def check(self) -> None:
        """Hold all of it to the rules."""
        self.is_checked = True
        self.__dict__.pop("notice_forms", None)
        self.move.is_valid()
        for one in self.notice_forms:
            one.is_valid()

    @property
    def to_correct(self) -> list[forms.Form]:
        return [one for one in (self.move, *self.notice_forms) if one.errors]

    @property
    def denial(self) -> Denial | None:
        """What the notice says, once nothing is wrong in it."""
        return self.posted.denial if self.notice_forms else None

    @property
    def contact(self) -> Contact:
        return self.posted.contact if self.denial is not None else Contact()

    @property
    def service(self) -> Service | None:
        told = self.move.cleaned_data.get("service")
        return Service(told) if told else None

    @property
    def step(self) -> str:
        """The step of the route that this ends or takes."""
        if self.denial is not None:
            return self.denial.answers
        chosen: str = self.move.cleaned_data.get("step", "")
        return chosen

    def following(self) -> Following | None:
        """What follows from it; None where that is not known, or nothing does."""
        if self.kind in GIVEN and not self.is_notice:
            return after_approval(self.move.approval, on=self.on)
        found = self.posted.outcome
        if found is None:
            return None
        if self.denial is not None:
            return after_notice(
                found, Happened(denial=self.denial, contact=self.contact), on=self.on
            )
        asked_on = self.move.cleaned_data.get("on")
        if not self.is_asking or asked_on is None:
            return None
        steps = [one for one in self.steps if one.id == self.step] or first_decisions(found)
        return after_asking(
            steps,
            asked_on=asked_on,
            service=self.service,
            is_expedited=bool(self.move.cleaned_data.get("is_expedited")),
        )

    def with_letter(self, letter: CarriedLetter) -> "Telling":
        """The same with what a letter says; LetterError where it is too long to be carried."""
        found = self.posted.outcome
        steps = steps_to_choose(found) if found is not None else ()
        filled = with_letter(self.data, letter, steps, before=self.posted.letter)
        return Telling(self.opened, self.kind, filled, on=self.on)
