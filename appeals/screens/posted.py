"""What one POST of a denial holds, read as far as it is asked for."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict

from appeals.denial import Denial
from appeals.denied import Contact, DeniedCase, denied_case, knows_every_step, steps_to_choose
from appeals.forms import AskedForm, DatesForm, FinderForm, NoticeForm, ReasonsForm
from appeals.forms.finder import PREFIX as KIND
from appeals.forms.notice import PREFIX as NOTICE
from appeals.law.finder import AnswerError, Outcome, next_question, outcome
from appeals.law.finder_data import TOLD, Question
from appeals.law.reasons import ReasonId
from appeals.notices.carried import CarriedLetter, CarriedLetterError, read_carried
from appeals.notices.finding.finds import FieldName
from appeals.plan_address import address_for_step
from appeals.screens.memory import LETTER, OF_NOTICE, Memory, Step
from policies.catalogue import AppealAddress, Catalogue
from policies.forms.fields import UNKNOWN
from policies.forms.plan import PREFIX as PLAN
from policies.screens import situation_from
from policies.situation import Treatment

LISTS = frozenset({"reasons"})


class Posted:
    """One POST; what can't be taken as an answer to the interview is asked again.

    `catalogue` is fetched only where it is needed.
    """

    def __init__(
        self, data: QueryDict, *, on: dt.date, catalogue: Callable[[], Catalogue] = Catalogue
    ) -> None:
        self.data = data
        self.on = on
        self._catalogue = catalogue
        self.memory = Memory.of(data)

    @cached_property
    def answers(self) -> dict[str, str]:
        """The answers to the interview that it takes."""
        inner = f"{KIND}-"
        told = {
            name.removeprefix(inner): str(values[-1])
            for name, values in self.data.lists()
            if name.startswith(inner) and values and values[-1]
        }
        while True:
            try:
                next_question(told)
            except AnswerError as error:
                for fault in error.faults:
                    told.pop(fault.place, None)
            else:
                return told

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions of the interview that were answered, in order, with their choices."""
        known = {name: told for name, told in self.answers.items() if name in TOLD}
        found: list[Question] = []
        while (question := next_question(known)) is not None and question.id in self.answers:
            found.append(question)
            known[question.id] = self.answers[question.id]
        return tuple(found)

    @cached_property
    def open_question(self) -> Question | None:
        """The next question of the interview; None at its end."""
        return next_question(self.answers)

    def question(self, name: str) -> Question | None:
        """A question that was answered, or the one that is open."""
        for one in self.asked:
            if one.id == name:
                return one
        still = self.open_question
        return still if still is not None and still.id == name else None

    @cached_property
    def outcome(self) -> Outcome | None:
        """Where the interview ended; None while a question is open."""
        return None if self.open_question is not None else outcome(self.answers)

    @property
    def is_handled(self) -> bool:
        return self.outcome is not None and not self.outcome.not_handled

    @property
    def speaks_of_suicide(self) -> bool:
        """Whether the condition told names thoughts of suicide."""
        return self.data.get(f"{NOTICE}-condition") == "mdd_suicidal"

    @cached_property
    def letter(self) -> CarriedLetter | None:
        """The letter that was read; a hidden field that we did not write is refused."""
        raw = self.data.get(LETTER)
        if not raw:
            return None
        try:
            return read_carried(str(raw))
        except CarriedLetterError as error:
            raise SuspiciousOperation("a letter that we did not read") from error

    def finder(self, question: Question, *, is_checked: bool) -> FinderForm:
        if is_checked:
            return FinderForm(self.data, question=question)
        return FinderForm(question=question, initial=self.answers)

    def form(self, step: Step, *, is_checked: bool) -> NoticeForm:
        """The form of a screen of the notice, checked or as it was typed."""
        if is_checked:
            return self.checked[OF_NOTICE.index(step)]
        initial = self._as_typed()
        match step:
            case Step.DATES:
                return self._dates(initial=initial)
            case Step.ASKED:
                return AskedForm(initial=initial, **self._options)
            case _:
                return ReasonsForm(initial=initial, **self._options)

    def _dates(self, **how: Any) -> DatesForm:
        letter = self.letter
        has_date = letter is not None and letter.reading.first(FieldName.NOTICE_ON) is not None
        return DatesForm(
            **how,
            is_read=has_date,
            knows_every_step=self.outcome is not None and knows_every_step(self.outcome),
            **self._options,
        )

    @cached_property
    def _options(self) -> dict[str, Any]:
        found = self.outcome
        return {
            "plan_types": found.plan_types if found is not None else (),
            "stages": steps_to_choose(found) if found is not None else (),
            "on": self.on,
        }

    def _as_typed(self) -> dict[str, Any]:
        inner = f"{NOTICE}-"
        return {
            name: values if name in LISTS else values[-1]
            for full, values in self.data.lists()
            if full.startswith(inner) and values
            for name in [full.removeprefix(inner)]
        }

    @cached_property
    def checked(self) -> tuple[DatesForm, AskedForm, ReasonsForm]:
        """What the notice says, screen by screen, held to the rules."""
        data = self.data
        return (
            self._dates(data=data),
            AskedForm(data, **self._options),
            ReasonsForm(data, **self._options),
        )

    @cached_property
    def first_wrong(self) -> tuple[Step, NoticeForm] | None:
        """The first screen of the notice on which something is missing or wrong."""
        for step, form in zip(OF_NOTICE, self.checked, strict=True):
            if not form.is_valid():
                return step, form
        return None

    @cached_property
    def denial(self) -> Denial | None:
        """What the notice says; None where some of it is missing or wrong."""
        if self.first_wrong is not None:
            return None
        dates, asked, reasons = self.checked
        treatment, condition = (asked.cleaned_data[name] for name in ("treatment", "condition"))
        told = reasons.cleaned_data
        return Denial(
            notice=dates.notice(action_on=asked.cleaned_data["action_on"]),
            answers=dates.cleaned_data["answers"],
            printed_for=dates.cleaned_data.get("printed_for") or "",
            treatment=None if treatment in ("", UNKNOWN) else Treatment(treatment),
            service=asked.service_kind,
            is_expedited=asked.cleaned_data["is_urgent"] is True,
            is_harm_ruled_out=asked.cleaned_data["is_urgent"] is False,
            reasons=tuple(ReasonId(one) for one in told["reasons"]),
            carc=told["codes"]["carc"],
            rarc=told["codes"]["rarc"],
            reference_numbers=reasons.numbers,
            condition="" if condition == UNKNOWN else condition,
        )

    @property
    def contact(self) -> Contact:
        """Whom the notice names; asked for only once nothing is wrong in it."""
        told = self.checked[-1].cleaned_data
        return Contact(
            **{name: told[name] for name in ("plan", "administrator", "phone", "fax", "address")}
        )

    @cached_property
    def case(self) -> DeniedCase | None:
        """All that was told, against the law; None where some of it is missing or wrong."""
        found, denial = self.outcome, self.denial
        if found is None or found.not_handled or denial is None:
            return None
        return denied_case(found, denial, self.contact, on=self.on)

    @cached_property
    def read_address(self) -> AppealAddress | None:
        """The one address of ours that may stand beside what the notice says."""
        catalogue = self._catalogue() if self.case is not None else None
        if self.case is None or catalogue is None or not catalogue.addresses:
            return None
        told = None
        if f"{PLAN}-treatment" in self.data:
            told = situation_from(self.data, catalogue=catalogue, on=self.on)
        return address_for_step(self.case, catalogue, told=told.plan if told else None)
