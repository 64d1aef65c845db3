"""Reads a filled-in questionnaire of ours: each answer is a find, to review like any other."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from policies import terms, vocabulary
from policies.catalogue import Insurer
from policies.fhir.canonical import is_of_our_version, is_of_site
from policies.fhir.elements import PartialDate, Resource, first_date, text_of
from policies.fhir.found import (
    Caution,
    Found,
    FoundValue,
    Kind,
    Origin,
    Reason,
    Sureness,
)
from policies.fhir.gathering import Gathering, origin_of, sure_if
from policies.fhir.present import for_good, holds_for
from policies.fhir.responses import situation_from
from policies.situation import ScaleScore, Situation, SituationError, TreatmentTried
from policies.vocabulary import FactType, Value

_FILLED_IN = ("completed", "amended")


def read_own_response(
    response: Resource, gathering: Gathering, insurers: Mapping[str, Insurer]
) -> None:
    """Find every answer of a response to one of our questionnaires, or say why none is taken."""
    date = first_date(response, "authored")
    origin = origin_of(response, text_of(response.get("questionnaire")), on=date)
    status = text_of(response.get("status"))
    if status == "entered-in-error":
        gathering.leave_out(origin, Reason.ENTERED_IN_ERROR)
    elif status not in _FILLED_IN:
        gathering.leave_out(origin, Reason.NOT_FINAL)
    elif not is_of_our_version(response):
        gathering.leave_out(origin, Reason.OTHER_VERSION)
    else:
        try:
            situation = situation_from(response)
        except SituationError as error:
            places = ", ".join(dict.fromkeys(fault.place for fault in error.faults))
            gathering.leave_out(origin, Reason.ANSWERS_IMPOSSIBLE, places)
            return
        is_from_here = is_of_site(response, gathering.site)
        _Answers(gathering, origin, date, insurers, is_from_here=is_from_here).put(situation)


class _Answers:
    """Puts the answers of one response among the finds."""

    def __init__(
        self,
        gathering: Gathering,
        origin: Origin,
        date: PartialDate | None,
        insurers: Mapping[str, Insurer],
        *,
        is_from_here: bool,
    ) -> None:
        self.gathering = gathering
        self.origin = origin
        self.date = date
        self.insurers = insurers
        self.is_from_here = is_from_here

    def put(self, situation: Situation) -> None:
        for code in situation.icd10_codes:
            self._put(Found(Kind.CODE, code, code, (self.origin,)))
        for name in sorted(situation.conditions):
            self._put(Found(Kind.CONDITION, name, name, (self.origin,)))
        for name, value in situation.answers.items():
            if vocabulary.fact(name).type is not FactType.SET:
                self._put(Found(Kind.ANSWER, name, _whole(value), (self.origin,)))
        self._put_plan(situation)
        self._put_treatments(situation.treatments_tried or ())
        for score in situation.scores:
            self._put_score(score)
        asked_anew = ", ".join(_asked_anew(situation))
        if asked_anew:
            self.gathering.leave_out(self.origin, Reason.ASKED_ANEW, asked_anew)

    def _put(self, found: Found) -> None:
        """Note an answer; what does not last is held back once it has grown old."""
        months = holds_for(found.kind, found.name, found.value)
        age = self.gathering.age_cautions(self.date, months)
        sureness = sure_if(() if _lasts(found) else age)
        self._note(replace(found, cautions=tuple(age), sureness=sureness))

    def _note(self, found: Found) -> None:
        """Put it among the finds; of a questionnaire from elsewhere a person says if it holds."""
        if not self.is_from_here:
            minded = (*found.cautions, Caution.ASKED_ELSEWHERE)
            found = replace(found, sureness=Sureness.TO_CONFIRM, cautions=minded)
        self.gathering.put(found)

    def _add(
        self, kind: Kind, name: str, value: FoundValue, *minded: Caution, doubts: bool
    ) -> None:
        sureness = Sureness.TO_CONFIRM if doubts else Sureness.STATED
        self._note(Found(kind, name, value, (self.origin,), sureness, minded))

    def _put_plan(self, situation: Situation) -> None:
        """Note who pays; a plan may be another by the next year."""
        plan = situation.plan
        age = self.gathering.age_cautions(self.date)
        is_old = bool(age)
        if plan.line_of_business is not None:
            line, minded = plan.line_of_business.value, (*age, Caution.KIND_OF_PLAN)
            self._add(Kind.PLAN, "line_of_business", line, *minded, doubts=True)
        if plan.insurer is not None and plan.insurer in self.insurers:
            self._add(Kind.PLAN, "insurer", plan.insurer, *age, doubts=is_old)
        elif name := plan.insurer_name or plan.insurer:
            minded = (*age, Caution.PAYER_NOT_HELD)
            self._add(Kind.PLAN, "insurer_name", name, *minded, doubts=is_old)

    def _put_treatments(self, rows: tuple[TreatmentTried, ...]) -> None:
        """Note each treatment as told; the episode of an old response may be another by now."""
        taken: set[str] = set()
        age = tuple(self.gathering.age_cautions(self.date))
        for row in rows:
            drug = terms.find_drug(row.drug) if row.drug else terms.only_drug_of(row.kind)
            name = drug.name if drug else row.kind if row.drug is None else None
            if name is None:
                self.gathering.leave_out(self.origin, Reason.NO_NAME_WE_KNOW, row.drug or "")
            elif name in taken:
                self.gathering.leave_out(self.origin, Reason.SAME_TREATMENT, name)
            else:
                taken.add(name)
                is_open = bool(age) and row.this_episode is not None
                self._note(
                    Found(
                        Kind.TREATMENT,
                        name,
                        row,
                        (self.origin,),
                        cautions=age,
                        unsure=frozenset({"this_episode"} if is_open else ()),
                    )
                )

    def _put_score(self, score: ScaleScore) -> None:
        """Note a score by its own day, which may be long before the response."""
        day = score.taken_on
        date = PartialDate(day, day) if day else None
        age = self.gathering.age_cautions(date, holds_for(Kind.SCORE, score.scale, score))
        own = [Caution.SELF_COMPLETED] if score.origin == "self_completed" else []
        self._add(Kind.SCORE, score.scale, score, *age, *own, doubts=bool(age))


def _lasts(found: Found) -> bool:
    """Whether it still holds in a year: a diagnosis that lasts, or a yes to what has been once.

    A no to what has been may have become a yes since.
    """
    if found.kind is Kind.ANSWER:
        return found.value is True and found.name in for_good()
    return holds_for(found.kind, found.name, found.value) is None


def _whole(value: Value) -> Value:
    """A whole number without its point, so that the same age from elsewhere is the same."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _asked_anew(situation: Situation) -> Iterator[str]:
    """What was told about the request, which the check asks, and which is no fact of a record."""
    plan = situation.plan
    told = {
        "treatment": situation.treatment,
        "asker": situation.asker,
        "plan.funding": plan.funding,
        "plan.administrator_name": plan.administrator_name,
        "plan.residence_state": plan.residence_state,
        "plan.issue_state": plan.issue_state,
        "treatments_none": True if situation.treatments_tried == () else None,
        "treatments_complete": situation.treatments_complete,
    }
    yield from (name for name, value in told.items() if value is not None)
    for name in situation.answers:
        if vocabulary.fact(name).type is FactType.SET and name != "conditions":
            yield f"answers.{name}"
