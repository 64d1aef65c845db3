"""Cases: sealed, moved on by what happened, never over another's change, gone with the patient."""

import datetime as dt
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from appeals.clinics.casework import (
    Due,
    Heading,
    StaleCaseError,
    begin_case,
    change_case,
    happened_in,
    keep_verdict,
    move_case,
    verdict_in,
)
from appeals.clinics.content import CaseContent, Happened, VerdictRecord
from appeals.clinics.deleting import delete_patient
from appeals.clinics.moves import CLOSED, MOVES, MoveError, check_day, stage_after
from appeals.denial import Denial, Notice
from appeals.denied import Contact
from appeals.law.reasons import ReasonId
from appeals.law.spans import Span, Unit
from appeals.law.stages import Service
from appeals.models import Case, CaseEvent, CaseVerdict, Clinic, Role
from appeals.models.cases import Stage
from policies.situation import Treatment
from tests.appeals.clinics.building import make_case, make_clinic, make_member, reopened
from tests.factories import ON, make_score, make_situation, make_tried

pytestmark = pytest.mark.django_db
Kind = CaseEvent.Kind

DENIAL = Denial(
    notice=Notice(
        notice_on=ON, received_on=ON + dt.timedelta(days=3), printed_limit=Span(180, Unit.DAYS)
    ),
    answers="first_decision",
    treatment=Treatment.IV_KETAMINE,
    service=Service.PRE_SERVICE,
    reasons=(ReasonId.EXPERIMENTAL_INVESTIGATIONAL,),
    carc=("55",),
    reference_numbers=("A-1",),
)


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def biller(clinic: Clinic) -> User:
    return make_member(clinic, Role.BILLER)


def test_what_a_case_holds_comes_back_as_it_was(clinic: Clinic) -> None:
    situation = make_situation(tried=[make_tried()], scores=[make_score()], answers={"age": 44})
    content = CaseContent(situation, {"payer": "employer"}, {"member_id": "W1"}, "x")
    opened = make_case(clinic, content=content, payer_name="Sample Health", issue_state="MA")
    again = reopened(opened)
    assert again.content == content
    assert (again.case.payer_name, again.case.issue_state) == ("Sample Health", "MA")
    assert again.case.stage == Stage.PREPARING
    assert [one.kind for one in again.case.events.all()] == [Kind.OPENED]


def test_cases_of_a_clinic_are_counted_for_themselves(clinic: Clinic) -> None:
    other = make_clinic("Another Sample Clinic")
    numbers = [make_case(one).case.number for one in (clinic, clinic, other)]
    assert numbers == [1, 2, 1]


def test_two_people_on_one_case_lose_nothing(clinic: Clinic, biller: User) -> None:
    opened = make_case(clinic)
    mine = replace(opened.content, told={"member_id": "W1"})
    change_case(opened, mine, Heading(), based_on=0, on=ON, by=biller)
    theirs = replace(opened.content, told={"member_id": "W2"})
    with pytest.raises(StaleCaseError):
        change_case(opened, theirs, Heading(), based_on=0, on=ON, by=biller)
    with pytest.raises(StaleCaseError):
        move_case(opened, Kind.SUBMITTED, on=ON, today=ON, based_on=0, by=biller)
    assert reopened(opened).content == mine


def test_a_denial_is_kept_with_its_notice_and_the_next_last_day(
    clinic: Clinic, biller: User
) -> None:
    opened = make_case(clinic)
    opened = move_case(opened, Kind.SUBMITTED, on=ON, today=ON, based_on=0, by=biller)
    due = Due(ON + dt.timedelta(days=180), "internal_appeal")
    told = Happened(text="By fax", denial=DENIAL, contact=Contact(fax="555-0100"))
    later = ON + dt.timedelta(days=10)
    moved = move_case(
        opened, Kind.DENIED, on=later, today=later, based_on=1, by=biller, happened=told, due=due
    )
    again = reopened(moved)
    assert (again.case.stage, again.case.due_on, again.case.due_step) == (
        Stage.DENIED,
        due.on,
        due.step,
    )
    event = again.case.events.get(kind=Kind.DENIED)
    assert event.reasons == ["experimental_investigational"]
    assert happened_in(again, event) == told


def test_nothing_is_due_in_a_case_that_is_closed(clinic: Clinic, biller: User) -> None:
    opened = make_case(clinic)
    opened = move_case(opened, Kind.SUBMITTED, on=ON, today=ON, based_on=0, by=biller, due=Due(ON))
    assert opened.case.due_on == ON
    opened = move_case(opened, Kind.APPROVED, on=ON, today=ON, based_on=1, by=biller, due=Due(ON))
    assert opened.case.due_on is None
    assert opened.case.closed_at is not None


@pytest.mark.parametrize(
    ("kind", "later", "expected"),
    [
        pytest.param(Kind.APPEALED, 0, "can happen next", id="an appeal before a denial"),
        pytest.param(Kind.DENIED, -1, "before what happened last", id="too early"),
        pytest.param(Kind.DENIED, 1, "lies ahead", id="in the future"),
        pytest.param(Kind.DENIED, 0, "with its notice", id="a denial without a notice"),
    ],
)
def test_what_can_not_have_happened_is_refused_and_changes_nothing(
    clinic: Clinic, biller: User, kind: Kind, later: int, expected: str
) -> None:
    opened = make_case(clinic)
    opened = move_case(opened, Kind.SUBMITTED, on=ON, today=ON, based_on=0, by=biller)
    day = ON + dt.timedelta(days=later)
    with pytest.raises(MoveError, match=expected):
        move_case(opened, kind, on=day, today=ON, based_on=1, by=biller)
    assert reopened(opened).case.stage == Stage.SUBMITTED


def test_from_every_stage_something_can_happen_and_leads_to_a_stage() -> None:
    assert set(MOVES) == set(Stage)
    for stage, moves in MOVES.items():
        assert moves, stage
        for kind, after in moves.items():
            assert stage_after(stage, kind) is after


def test_the_first_event_of_a_case_may_be_of_any_past_day() -> None:
    check_day(dt.date(2020, 1, 1), last_on=None, today=ON)


def test_an_event_never_changes(clinic: Clinic) -> None:
    opened = make_case(clinic)
    with pytest.raises(DatabaseError), transaction.atomic():
        opened.case.events.update(on=ON - dt.timedelta(days=9))


def test_verdicts_are_kept_in_order(clinic: Clinic) -> None:
    opened = make_case(clinic)
    for verdict in ("could_qualify", "appears_to_qualify"):
        keep_verdict(opened, VerdictRecord(verdict, findings={"age": "met"}), version=None, on=ON)
    kept = [verdict_in(opened, one).verdict for one in opened.case.verdicts.all()]
    assert kept == ["could_qualify", "appears_to_qualify"]


def test_with_the_patient_everything_goes(clinic: Clinic, biller: User) -> None:
    opened = make_case(clinic)
    begin_case(opened.patient, opened.content, Heading(), on=ON, by=biller)
    keep_verdict(opened, VerdictRecord("could_qualify"), version=None, on=ON)
    delete_patient(opened.patient.patient, by=biller)
    for model in (Case, CaseEvent, CaseVerdict):
        assert not model.objects.exists()


def test_a_partial_approval_that_is_accepted_ends_the_case_and_may_still_be_appealed() -> None:
    assert stage_after(Stage.PARTLY_APPROVED, Kind.ACCEPTED) is Stage.ACCEPTED
    assert Stage.ACCEPTED in CLOSED
    assert stage_after(Stage.ACCEPTED, Kind.APPEALED) is Stage.APPEALED
