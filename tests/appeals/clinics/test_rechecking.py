"""When a policy changes: the cases it touches say so, once, until somebody has looked."""

import datetime as dt
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from procrastinate.contrib.django.models import ProcrastinateJob

from appeals.clinics import rechecking
from appeals.clinics.casework import Heading, OpenCase, happened_in, move_case, verdict_in
from appeals.clinics.checking import check_case, look_at_change, save_case
from appeals.clinics.content import CaseContent, Happened
from appeals.clinics.documents.counting import count_missing, set_aside
from appeals.clinics.documents.keeping import add_document
from appeals.clinics.documents.records import DocumentRecord
from appeals.clinics.hiding import FEWEST
from appeals.clinics.rechecking import affected, recheck_due, recheck_policy
from appeals.denial import Denial, Notice
from appeals.denied import FIRST_DECISION
from appeals.law.reasons import ReasonId
from appeals.letters.kinds import LetterKind
from appeals.models import AccessEntry, CaseEvent, Clinic
from appeals.packet.parts import Cleaned
from appeals.tasks import recheck_open_cases
from policies.effects.open_cases import OpenCases, counts
from policies.models import Insurer, Policy
from policies.published import published_catalogue
from policies.situation import LineOfBusiness, Situation
from tests.appeals.clinics.building import (
    make_case,
    make_clinic,
    make_member,
    make_pdf,
    make_signed_letter,
    reopened,
)
from tests.appeals.clinics.ruling import (
    ADULTS,
    GROWN_UP,
    PLAN,
    SEVERE_ADULTS,
    begin_rule,
    known_insurer,
    link,
    publish,
)
from tests.factories import ADULT, ON, SEVERE, make_situation

pytestmark = pytest.mark.django_db
Kind = CaseEvent.Kind


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def biller(clinic: Clinic) -> User:
    return make_member(clinic)


@pytest.fixture
def policy() -> Policy:
    return begin_rule()


def checked_case(
    clinic: Clinic, situation: Situation = GROWN_UP, *, insurer: str = "acme"
) -> OpenCase:
    """A case that was held against the rule as it stands."""
    payer = Insurer.objects.filter(slug=insurer).first()
    opened = make_case(clinic, content=CaseContent(situation), insurer=payer)
    check_case(opened, catalogue=published_catalogue(), on=ON)
    return opened


def told(opened: OpenCase) -> list[str]:
    """What the case says of changes of its rule."""
    events = opened.case.events.filter(kind=Kind.RULE_CHANGED)
    return [happened_in(opened, one).text for one in events]


def test_a_case_says_what_a_new_edition_wants_that_the_earlier_did_not(
    clinic: Clinic, policy: Policy
) -> None:
    opened = checked_case(clinic)
    publish(policy, SEVERE_ADULTS, effective="2026-05-01")
    assert recheck_policy(policy.pk, on=ON) == 1
    again = reopened(opened)
    assert again.case.is_rule_changed
    (words,) = told(again)
    assert words == (
        "The rule changed on May 1, 2026: now it also wants “A severe episode”. Before: The "
        "patient appears to meet every criterion in the document's list. Now: The patient could "
        "qualify: nothing told to us rules it out."
    )
    kept = [verdict_in(again, one) for one in again.case.verdicts.all()]
    assert [(one.met, one.to_find_out) for one in kept] == [(1, 0), (1, 1)]
    newest = policy.versions.get(effective="2026-05-01")
    assert [one.version for one in again.case.verdicts.all()][-1] == newest


def test_a_case_is_told_once_however_often_the_work_is_begun(
    clinic: Clinic, policy: Policy
) -> None:
    opened = checked_case(clinic)
    publish(policy, SEVERE_ADULTS, effective="2026-05-01")
    assert [recheck_policy(policy.pk, on=ON) for _ in range(2)] == [1, 0]
    assert len(told(opened)) == 1


def test_an_edition_that_wants_the_same_is_no_change(clinic: Clinic, policy: Policy) -> None:
    opened = checked_case(clinic)
    publish(policy, ADULTS, effective="2026-05-01")
    assert recheck_policy(policy.pk, on=ON) == 0
    assert not reopened(opened).case.is_rule_changed


def test_what_we_corrected_is_told_as_our_correction(clinic: Clinic, policy: Policy) -> None:
    opened = checked_case(clinic)
    publish(policy, SEVERE_ADULTS, revision=2, change_note="A point was overlooked.")
    recheck_policy(policy.pk, on=ON)
    assert told(opened)[0].startswith("We corrected how we read the rule: now it also wants")


def test_an_edition_that_takes_effect_later_is_held_against_cases_on_its_day(
    clinic: Clinic, policy: Policy
) -> None:
    opened = checked_case(clinic)
    day = ON + dt.timedelta(days=10)
    publish(policy, SEVERE_ADULTS, effective=day.isoformat())
    assert recheck_policy(policy.pk, on=ON) == 0
    assert recheck_due(day - dt.timedelta(days=1)) == 0
    assert [recheck_due(day), recheck_due(day)] == [1, 0]
    assert "December 5, 2026" in told(opened)[0]


def test_a_day_on_which_nothing_ran_is_caught_up_with(clinic: Clinic, policy: Policy) -> None:
    checked_case(clinic)
    day = ON + dt.timedelta(days=10)
    publish(policy, SEVERE_ADULTS, effective=day.isoformat())
    assert recheck_due(day + dt.timedelta(days=3)) == 1


def test_a_save_before_the_work_begins_says_the_same(
    clinic: Clinic, policy: Policy, biller: User
) -> None:
    opened = checked_case(clinic)
    publish(policy, SEVERE_ADULTS, effective="2026-05-01")
    content = replace(opened.content, told={"member_id": "W1"})
    catalogue = published_catalogue()
    saved = save_case(opened, content, Heading(), based_on=0, catalogue=catalogue, on=ON, by=biller)
    assert reopened(saved).case.is_rule_changed
    assert recheck_policy(policy.pk, on=ON) == 0
    assert len(told(saved)) == 1


def test_the_mark_goes_once_somebody_has_looked(
    clinic: Clinic, policy: Policy, biller: User
) -> None:
    opened = checked_case(clinic)
    publish(policy, SEVERE_ADULTS, effective="2026-05-01")
    recheck_policy(policy.pk, on=ON)
    look_at_change(reopened(opened), by=biller)
    assert not reopened(opened).case.is_rule_changed
    assert AccessEntry.objects.filter(case_id=opened.case.pk, by=biller).exists()


@pytest.mark.parametrize("is_closed", [False, True])
def test_closed_cases_and_those_of_other_insurers_are_left_alone(
    clinic: Clinic, policy: Policy, biller: User, *, is_closed: bool
) -> None:
    if is_closed:
        opened = checked_case(clinic)
        move_case(opened, Kind.WITHDRAWN, on=ON, today=ON, based_on=0, by=biller)
    else:
        known_insurer("other")
        checked_case(clinic, insurer="other")
    publish(policy, SEVERE_ADULTS, effective="2026-05-01")
    assert recheck_policy(policy.pk, on=ON) == 0


def test_a_rule_that_binds_a_line_reaches_cases_of_every_insurer(clinic: Clinic) -> None:
    lines = (LineOfBusiness.MEDICARE_ADVANTAGE,)
    policy = begin_rule(lines=lines, binds_line=True)
    advantage = make_situation(answers={"age": 44}, insurer_name="Else", line_of_business=lines[0])
    opened = make_case(clinic, content=CaseContent(advantage), payer_name="Else")
    check_case(opened, catalogue=published_catalogue(), on=ON)
    publish(policy, SEVERE_ADULTS, effective="2026-05-01")
    assert recheck_policy(policy.pk, on=ON) == 1


def test_whoever_decides_for_an_insurer_reaches_its_cases(clinic: Clinic, policy: Policy) -> None:
    client = known_insurer("client")
    link(client, policy.insurer)
    assert list(rechecking.touched_by(policy)) == []
    opened = make_case(clinic, insurer=client)
    assert list(rechecking.touched_by(policy)) == [opened.case]


def test_many_cases_are_taken_some_at_a_time(
    clinic: Clinic, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rechecking, "AT_ONCE", 2)
    for _ in range(5):
        checked_case(clinic)
    publish(policy, SEVERE_ADULTS, effective="2026-05-01")
    assert recheck_policy(policy.pk, on=ON) == 5


def test_a_case_that_is_saved_meanwhile_is_left_to_its_save(
    clinic: Clinic, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = checked_case(clinic)
    publish(policy, SEVERE_ADULTS, effective="2026-05-01")
    hold = rechecking._hold  # noqa: SLF001 -- the moment between reading and writing

    def held_while_saved(case: object) -> object:
        type(opened.case).objects.update(counter=1)
        return hold(case)  # type: ignore[arg-type]

    monkeypatch.setattr(rechecking, "_hold", held_while_saved)
    assert recheck_policy(policy.pk, on=ON) == 0
    assert told(opened) == []


def test_publishing_queues_the_work_by_the_id_of_its_policy_alone(
    clinic: Clinic, policy: Policy
) -> None:
    queued = ProcrastinateJob.objects.filter(task_name="appeals.tasks.recheck_open_cases")
    assert not queued.exists()  # without an open case there is nothing to do
    opened = checked_case(clinic)
    publish(policy, SEVERE_ADULTS, effective="2026-05-01")
    assert queued.get().args == {"policy": str(policy.pk)}
    recheck_open_cases(policy=str(policy.pk))
    assert len(told(opened)) == 1


def test_editors_learn_for_how_many_open_cases_an_edition_changes_things(
    clinic: Clinic, policy: Policy
) -> None:
    for age in (44, 12, None):
        answers = {} if age is None else {"age": age}
        checked_case(clinic, make_situation(answers=answers, **PLAN))
    checked_case(clinic, make_situation(answers={"age": 44}, insurer_name="Else"))
    before = policy.versions.get().edition()
    draft = publish(policy, SEVERE_ADULTS, effective="2026-05-01").edition()
    document = next(one for one in published_catalogue().documents if one.slug == policy.slug)
    counted = affected(document, before, draft, ON)
    assert counted is not None
    assert (counted.touched, counted.of) == (3, 3)
    unchanged = affected(document, before, before, ON)
    assert unchanged is not None
    assert unchanged.touched == 0
    assert affected in counts.asked


@pytest.mark.parametrize(
    ("touched", "of", "expected"),
    [
        (0, 3, "Fewer than 11 open cases of clinics stand under this document."),
        (0, 11, "Fewer than 11 of 11 open cases of clinics are touched."),
        (10, 40, "Fewer than 11 of 40 open cases of clinics are touched."),
        (30, 40, "All but fewer than 11 of 40 open cases of clinics are touched."),
        (11, 22, "11 of 22 open cases of clinics are touched."),
    ],
)
def test_editors_read_no_number_under_eleven(touched: int, of: int, expected: str) -> None:
    assert OpenCases(rechecking.WHOSE, touched, of, fewest=FEWEST).words == expected


def test_a_policy_that_no_open_case_stands_under_is_counted_as_nothing(policy: Policy) -> None:
    edition = policy.versions.get().edition()
    document = next(one for one in published_catalogue().documents if one.slug == policy.slug)
    assert affected(document, edition, edition, ON) is None


def test_the_papers_that_a_case_lacks_are_counted_anew(clinic: Clinic, policy: Policy) -> None:
    member = make_member(clinic)
    proven, bare = checked_case(clinic), checked_case(clinic)
    told = DocumentRecord("Chart notes", proves=(SEVERE.label, ADULT.label))
    add_document(proven, told, Cleaned(make_pdf("Notes"), 1), on=ON, by=member)
    for one in (proven, bare):
        count_missing(one, catalogue=published_catalogue(), on=ON)
    before = [one.case.missing for one in (proven, bare)]
    publish(policy, SEVERE_ADULTS, effective="2026-05-01")
    recheck_policy(policy.pk, on=ON)
    after = [reopened(one) for one in (proven, bare)]
    assert [one.case.missing for one in after] == [before[0], before[1] + 1]
    for one in after:
        assert count_missing(one, catalogue=published_catalogue(), on=ON) == one.case.missing


def test_a_notice_and_what_was_set_aside_count_as_on_the_page_of_the_documents(
    clinic: Clinic, policy: Policy, biller: User
) -> None:
    opened = checked_case(clinic)
    opened = move_case(opened, Kind.SUBMITTED, on=ON, today=ON, based_on=0, by=biller)
    denial = Denial(Notice(notice_on=ON), FIRST_DECISION, reasons=(ReasonId.STEP_THERAPY,))
    opened = move_case(
        opened,
        Kind.DENIED,
        on=ON,
        today=ON,
        based_on=1,
        by=biller,
        happened=Happened(denial=denial),
    )
    opened = set_aside(opened, SEVERE.label, is_aside=True, by=biller)
    make_signed_letter(opened, kind=LetterKind.MEDICAL_NECESSITY)
    publish(policy, SEVERE_ADULTS, effective="2026-05-01")
    recheck_policy(policy.pk, on=ON)
    again = reopened(opened)
    assert again.case.is_rule_changed
    recounted = again.case.missing
    assert count_missing(again, catalogue=published_catalogue(), on=ON) == recounted > 0
