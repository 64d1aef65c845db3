"""The pages of a case: begun, filled, checked, saved by two at once, and moved on."""

import datetime as dt
import html
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from appeals.clinics.casework import OpenCase, happened_in, open_case, verdict_in
from appeals.clinics.checking import check_case
from appeals.clinics.content import CaseContent
from appeals.clinics.deleting import delete_patient
from appeals.clinics.joining import join_patients
from appeals.clinics.rechecking import recheck_policy
from appeals.letters.kinds import LetterKind
from appeals.models import AccessEntry, Case, CaseEvent, Clinic, Patient, Role
from appeals.models.cases import Stage
from appeals.notices.pages import LetterError, Refusal
from appeals.views.clinics import cases, moves
from policies.models import Policy
from policies.published import published_catalogue
from tests.appeals.clinics.building import (
    JANE,
    make_case,
    make_clinic,
    make_member,
    make_patient,
    make_signed_letter,
)
from tests.appeals.clinics.ruling import PLAN, SEVERE_ADULTS, begin_rule, publish
from tests.appeals.letter_files import letter_content, pdf
from tests.appeals.letters_pages import fields_of
from tests.factories import make_score, make_situation, make_tried
from tests.policies.html import text_of

pytestmark = pytest.mark.django_db
Kind = CaseEvent.Kind
GROWN_UP_ONLY = SEVERE_ADULTS.members[0]
TODAY = dt.date.today()  # noqa: DTZ011 -- as a browser types it


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def biller(clinic: Clinic, client: Client) -> Client:
    client.force_login(make_member(clinic))
    return client


@pytest.fixture
def policy() -> Policy:
    return begin_rule(SEVERE_ADULTS)


@pytest.fixture
def opened(clinic: Clinic, policy: Policy) -> OpenCase:
    situation = make_situation(
        answers={"age": 44}, tried=[make_tried()], scores=[make_score()], complete=True, **PLAN
    )
    made = make_case(clinic, content=CaseContent(situation), insurer=policy.insurer)
    check_case(made, catalogue=published_catalogue(), on=TODAY)
    return made


def address(opened: OpenCase, name: str = "case", *more: object) -> str:
    return reverse(f"clinics:{name}", args=[opened.case.clinic_id, opened.case.pk, *more])


def again(opened: OpenCase) -> OpenCase:
    return open_case(Case.objects.select_related("patient__clinic").get(pk=opened.case.pk))


def first_page(biller: Client, opened: OpenCase) -> dict[str, Any]:
    return fields_of(biller.get(address(opened)), "case-form")


def begin(biller: Client, clinic: Clinic, **fields: Any) -> Any:
    return biller.post(reverse("clinics:begin", args=[clinic.pk]), fields)


NEW = {
    "go": "new",
    "patient-family_name": "Sample",
    "patient-given_name": "Jane",
    "patient-birth_on": "1980-02-29",
    "patient-member_id": "W-123 456",
}


def saved_file(**plan: Any) -> SimpleUploadedFile:
    situation = make_situation(answers={"age": 44}, tried=[make_tried()], **(PLAN | plan))
    data = json.dumps(situation.to_json()).encode()
    return SimpleUploadedFile("answers.json", data, "application/json")


# Beginning


def test_a_patient_is_found_by_exact_search_and_the_page_says_that_it_is_exact(
    biller: Client, clinic: Clinic
) -> None:
    made = make_case(clinic, make_patient(clinic))
    page = begin(biller, clinic, go="search", text="Jane Sample").content.decode()
    assert "The search is exact" in page
    assert "Sample, Jane" in page
    assert address(made) in page
    nothing = begin(biller, clinic, go="search", text="Jane Samp").content.decode()
    assert "No patient has exactly this" in nothing
    whats = AccessEntry.objects.filter(patient_id=made.case.patient_id).values_list("what")
    assert ("searched",) in whats


def test_a_case_is_begun_for_a_new_patient_from_saved_answers(
    biller: Client, clinic: Clinic, policy: Policy
) -> None:
    response = begin(biller, clinic, **NEW, file=saved_file())
    made = open_case(Case.objects.get())
    assert response["Location"] == address(made)
    assert made.patient.record.name == "Jane Sample"
    assert made.case.insurer == policy.insurer
    assert made.content.situation.answers["age"] == 44
    assert verdict_in(made, made.case.verdicts.get()).met == 1


def test_a_file_that_holds_no_answers_takes_nothing_of_what_was_typed(
    biller: Client, clinic: Clinic
) -> None:
    wrong = SimpleUploadedFile("answers.json", b"{}")
    response = begin(biller, clinic, **NEW, file=wrong)
    assert response.status_code == 422
    assert "this program reads version 1" in response.content.decode()
    assert 'value="W-123 456"' in response.content.decode()
    assert not Patient.objects.exists()


def test_a_possible_double_is_shown_and_written_only_when_it_is_another_person(
    biller: Client, clinic: Clinic
) -> None:
    make_patient(clinic)
    response = begin(biller, clinic, **NEW)
    assert response.status_code == 422
    assert "This may be a patient you have already" in response.content.decode()
    assert Patient.objects.count() == 1
    begin(biller, clinic, **NEW, is_another="on")
    assert Patient.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "is_warned"),
    [
        pytest.param({"patient-given_name": "Jayne"}, True, id="the same family name"),
        pytest.param({"patient-family_name": "SAMPEL"}, True, id="the same given name"),
        pytest.param(
            {"patient-given_name": "Jayne", "patient-family_name": "Sampel"}, False, id="neither"
        ),
        pytest.param(
            {"patient-given_name": "Jayne", "patient-birth_on": "1980-02-28"},
            False,
            id="another birth date",
        ),
    ],
)
def test_a_name_with_a_slip_is_warned_of_once(
    biller: Client, clinic: Clinic, fields: dict[str, str], is_warned: bool
) -> None:
    make_patient(clinic)
    response = begin(biller, clinic, **(NEW | {"patient-member_id": ""} | fields))
    assert (response.status_code == 422) is is_warned
    if is_warned:
        page = text_of(response)
        assert "A patient with this birth date is here" in page
        assert "Sample, Jane" in page
        assert Patient.objects.count() == 1
        again_sent = fields_of(response, "new-patient") | {"go": ["new"]}
        address_of = reverse("clinics:begin", args=[clinic.pk])
        assert biller.post(address_of, again_sent).status_code == 302
    assert Patient.objects.count() == 2


def test_a_known_patient_gets_a_further_case(biller: Client, clinic: Clinic) -> None:
    jane = make_patient(clinic)
    begin(biller, clinic, go="known", patient=str(jane.patient.pk))
    assert Case.objects.get().patient == jane.patient


def test_a_patient_of_another_clinic_is_not_found(biller: Client, clinic: Clinic) -> None:
    other = make_patient(make_clinic("Another Sample Clinic"))
    assert begin(biller, clinic, go="known", patient=str(other.patient.pk)).status_code == 404
    page = begin(biller, clinic, go="search", text=JANE.name).content.decode()
    assert "No patient has exactly this" in page


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        pytest.param("member_id", "W123#4", "“#” can't be there", id="an odd member ID"),
        pytest.param("birth_on", "2190-01-01", "lies ahead", id="born ahead"),
        pytest.param("birth_on", "1802-01-01", "120 years", id="born long ago"),
        pytest.param("family_name", "", "Enter the family name", id="no name"),
    ],
)
def test_what_can_not_be_is_refused_kindly_and_stays_in_the_form(
    biller: Client, clinic: Clinic, name: str, value: str, expected: str
) -> None:
    response = begin(biller, clinic, **(NEW | {f"patient-{name}": value}))
    page = text_of(response)
    assert response.status_code == 422
    assert expected in page
    assert not Patient.objects.exists()


# The page


def test_the_page_holds_the_whole_case_and_the_checklist_with_its_sources(
    biller: Client, opened: OpenCase
) -> None:
    page = biller.get(address(opened)).content.decode()
    for text in ("Sample, Jane", "Acme", "1 of 2", "A severe episode", "To find out", "sertraline"):
        assert text in page, text
    assert AccessEntry.objects.filter(case_id=opened.case.pk, what="opened").count() == 1


def test_several_conditions_and_several_reasons_can_be_marked(
    biller: Client, opened: OpenCase
) -> None:
    others = ["ptsd", "ocd"]
    sent = first_page(biller, opened) | LAW | {"plan-other_conditions": others, "go": ["save"]}
    biller.post(address(opened), sent)
    assert again(opened).content.situation.conditions >= {"ptsd", "ocd"}
    record(biller, opened, Kind.SUBMITTED)
    page = biller.get(address(opened, "case_happened", Kind.DENIED)).content.decode()
    assert page.count('type="checkbox" name="notice-reasons"') > 5


def test_the_checklist_follows_the_form_and_nothing_is_saved(
    biller: Client, opened: OpenCase
) -> None:
    sent = first_page(biller, opened) | {"answers-episode_severity": ["severe"]}
    part = biller.post(address(opened, "case_checklist"), sent, headers={"HX-Request": "true"})
    assert "appears to meet every criterion" in part.content.decode()
    assert "2 of 2" in part.content.decode()
    whole = biller.post(address(opened), sent | {"go": ["check"]})
    assert "Not saved yet" in whole.content.decode()
    assert "2 of 2" in whole.content.decode()
    assert "episode_severity" not in again(opened).content.situation.answers


def test_a_save_keeps_what_was_typed_and_the_verdict_where_it_is_another(
    biller: Client, opened: OpenCase
) -> None:
    sent = first_page(biller, opened) | {"go": ["save"]}
    assert biller.post(address(opened), sent).status_code == 302
    held = again(opened)
    assert (
        held.content.situation.to_json()["treatments_tried"]
        == (opened.content.situation.to_json()["treatments_tried"])
    )
    assert held.content.situation.scores == opened.content.situation.scores
    assert held.case.verdicts.count() == 1
    more = first_page(biller, opened) | {
        "answers-episode_severity": ["severe"],
        "told-dose": ["0.5 mg/kg"],
        "go": ["save"],
    }
    biller.post(address(opened), more)
    held = again(opened)
    assert [verdict_in(held, one).met for one in held.case.verdicts.all()] == [1, 2]
    assert held.content.told == {"dose": "0.5 mg/kg"}
    page = biller.get(address(opened)).content.decode()
    assert "1 of 2 met" in page
    assert "2 of 2 met" in page


def test_what_is_wrong_is_said_and_the_form_comes_back_filled(
    biller: Client, opened: OpenCase
) -> None:
    sent = first_page(biller, opened) | {"answers-age": ["440"], "go": ["save"]}
    response = biller.post(address(opened), sent)
    assert response.status_code == 422
    assert 'value="440"' in response.content.decode()
    assert "out of range" in response.content.decode()
    assert again(opened).case.counter == 0


def test_two_people_who_save_at_once_lose_nothing(biller: Client, opened: OpenCase) -> None:
    mine = first_page(biller, opened) | {"answers-age": ["45"], "go": ["save"]}
    theirs = first_page(biller, opened) | {
        "answers-age": ["46"],
        "answers-episode_severity": ["severe"],
        "go": ["save"],
    }
    biller.post(address(opened), theirs)
    response = biller.post(address(opened), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "saved this case" in page
    sent = fields_of(response, "case-form")
    assert (sent["answers-age"], sent["answers-episode_severity"]) == ("45", "severe")
    sent |= {"choose.answers-age": ["theirs"], "go": ["save"]}
    assert biller.post(address(opened), sent).status_code == 302
    answers = again(opened).content.situation.answers
    assert (answers["age"], answers["episode_severity"]) == (46, "severe")


def test_a_case_whose_patient_was_deleted_is_gone(biller: Client, opened: OpenCase) -> None:
    sent = first_page(biller, opened) | {"go": ["save"]}
    delete_patient(opened.patient.patient, by=None)
    assert biller.post(address(opened), sent).status_code == 404


def test_a_closed_case_is_opened_again_before_it_is_changed(
    biller: Client, opened: OpenCase
) -> None:
    sent = first_page(biller, opened) | {"answers-age": ["50"], "go": ["save"]}
    record(biller, opened, Kind.WITHDRAWN)
    response = biller.post(address(opened), sent)
    assert response.status_code == 409
    assert 'value="50"' in response.content.decode()
    record(biller, opened, Kind.REOPENED)
    assert biller.post(address(opened), first_page(biller, opened) | {"go": ["save"]}).status_code


def test_a_changed_rule_stands_on_the_page_until_somebody_has_looked(
    biller: Client, opened: OpenCase, policy: Policy
) -> None:
    publish(policy, GROWN_UP_ONLY, effective="2026-05-01")
    recheck_policy(policy.pk, on=TODAY)
    assert "The rule changed on May 1, 2026" in biller.get(address(opened)).content.decode()
    biller.post(address(opened, "case_seen"))
    page = biller.get(address(opened)).content.decode()
    assert "I have looked at it" not in page


def test_notes_stand_among_the_events_and_no_word_of_them_in_the_table(
    biller: Client, opened: OpenCase
) -> None:
    biller.post(address(opened, "case_note"), {"note-text": "Called the plan"})
    event = CaseEvent.objects.get(kind=Kind.NOTE)
    assert event.sealed is not None
    assert b"Called" not in bytes(event.sealed)
    assert "Called the plan" in biller.get(address(opened)).content.decode()
    assert biller.post(address(opened, "case_note"), {}).status_code == 422


def test_a_continuation_shows_the_scales_against_the_baseline(
    biller: Client, opened: OpenCase
) -> None:
    biller.post(address(opened, "case_continue"))
    second = open_case(Case.objects.exclude(pk=opened.case.pk).get())
    page = biller.get(address(second)).content.decode()
    assert "against the time before the treatment" in page
    sent = first_page(biller, second) | {
        "scores-phq9-score": ["12"],
        "scores-phq9-origin": ["chart"],
        "go": ["save"],
    }
    assert biller.post(address(second), sent).status_code == 302
    page = text_of(biller.get(address(second)))
    assert "-40.0 %" in page


# What happened


def record(biller: Client, opened: OpenCase, kind: Kind, **fields: Any) -> Any:
    """Record a move as its page sends it."""
    place = address(opened, "case_happened", kind)
    first = biller.get(place)
    if first.status_code != 200:
        return first
    sent = fields_of(first, "happened")
    return biller.post(place, sent | {"go": ["record"]} | fields)


LAW = {"kind-source": "job", "kind-payer": "employer", "kind-grandfathered": "no"}


def test_a_request_waits_for_the_answer_of_the_plan(biller: Client, opened: OpenCase) -> None:
    sent = first_page(biller, opened) | LAW | {"go": ["save"]}
    assert biller.post(address(opened), sent).status_code == 302
    record(biller, opened, Kind.SUBMITTED)
    held = again(opened).case
    assert (held.stage, held.due_step) == (Stage.SUBMITTED, "answer")
    assert held.due_on == TODAY + dt.timedelta(days=15)
    assert "An answer is due" in biller.get(address(opened)).content.decode()


def test_a_denial_with_a_typed_notice_opens_the_appeal_with_its_day(
    biller: Client, opened: OpenCase
) -> None:
    biller.post(address(opened), first_page(biller, opened) | LAW | {"go": ["save"]})
    record(biller, opened, Kind.SUBMITTED)
    notice_on = TODAY.isoformat()
    told = {"notice-notice_on": notice_on, "notice-reasons": ["not_medically_necessary"]}
    part = biller.post(address(opened, "case_follows", Kind.DENIED), told | denied_fields())
    assert "File your first appeal" in part.content.decode()
    response = record(biller, opened, Kind.DENIED, **told)
    assert response.status_code == 302
    held = again(opened)
    assert (held.case.due_on, held.case.due_step) == (TODAY + dt.timedelta(days=180), "job-appeal")
    event = held.case.events.get(kind=Kind.DENIED)
    assert event.reasons == ["not_medically_necessary"]
    assert happened_in(held, event).denial is not None
    page = biller.get(address(opened)).content.decode()
    assert "File your first appeal" in page
    assert "29 CFR 2560.503-1(h)(3)(i)" in page
    assert "timeline__drawing" in page
    record(biller, opened, Kind.APPEALED)
    assert again(opened).case.events.get(kind=Kind.APPEALED).step == "job-appeal"


def denied_fields() -> dict[str, str]:
    return {
        "notice-answers": "initial_claim",
        "notice-treatment": "iv_ketamine",
        "notice-service": "pre_service",
    }


def test_a_form_left_open_tells_beside_it_that_the_case_moved_on(
    biller: Client, opened: OpenCase
) -> None:
    biller.post(address(opened), first_page(biller, opened) | LAW | {"go": ["save"]})
    for kind in (Kind.SUBMITTED, Kind.DENIED):
        record(biller, opened, kind, **{"notice-notice_on": TODAY.isoformat()})
    part = biller.post(address(opened, "case_follows", Kind.DENIED), denied_fields())
    assert part.status_code == 200
    assert "can't become" in html.unescape(part.content.decode())


def test_a_denial_asks_first_for_the_law_of_the_plan(biller: Client, opened: OpenCase) -> None:
    record(biller, opened, Kind.SUBMITTED)
    place = address(opened, "case_happened", Kind.DENIED)
    page = biller.get(place)
    assert "First, the plan" in page.content.decode()
    sent = fields_of(page, "happened") | LAW | {"go": "check"}
    page = biller.post(place, sent)
    assert "Date printed on the notice" in page.content.decode()
    told = fields_of(page, "happened") | {
        "notice-notice_on": TODAY.isoformat(),
        "notice-answers": "initial_claim",
        "go": "record",
    }
    assert biller.post(place, told).status_code == 302
    held = again(opened)
    assert held.case.stage == Stage.DENIED
    assert held.content.finder["source"] == "job"


def test_a_notice_is_read_from_a_file_and_its_date_wants_to_be_confirmed(
    biller: Client, opened: OpenCase
) -> None:
    biller.post(address(opened), first_page(biller, opened) | LAW | {"go": ["save"]})
    record(biller, opened, Kind.SUBMITTED, **{"move-on": "2026-03-01"})
    place = address(opened, "case_happened", Kind.DENIED)
    file = SimpleUploadedFile("notice.pdf", pdf(letter_content()), "application/pdf")
    sent = fields_of(biller.get(place), "happened") | {"go": "read"}
    page = biller.post(place, sent | {"file": file})
    fields = fields_of(page, "happened")
    assert fields["notice-notice_on"] == "2026-03-14"
    assert "<mark" in page.content.decode()
    told = fields | {"go": "record", "notice-reasons": ["not_medically_necessary"]}
    refused = biller.post(place, told)
    assert refused.status_code == 422
    assert "Look at the notice" in text_of(refused)
    assert biller.post(place, told | {"notice-is_date_checked": "on"}).status_code == 302
    # 180 days from March 14: 17 more in March, then 30, 31, 30, 31, 31 make 170; September 10.
    assert again(opened).case.due_on == dt.date(2026, 9, 10)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(None, "Choose the file"), (b"PK", "none of them"), (b"%PDF-1.7 broken", "damaged")],
)
def test_a_file_that_can_not_be_read_leaves_what_was_typed(
    biller: Client, opened: OpenCase, raw: bytes | None, expected: str
) -> None:
    biller.post(address(opened), first_page(biller, opened) | LAW | {"go": ["save"]})
    record(biller, opened, Kind.SUBMITTED)
    place = address(opened, "case_happened", Kind.DENIED)
    sent = fields_of(biller.get(place), "happened") | {
        "go": "read",
        "notice-notice_on": "2026-03-10",
    }
    file = {} if raw is None else {"file": SimpleUploadedFile("notice.pdf", raw)}
    response = biller.post(place, sent | file)
    assert response.status_code == 422
    assert expected in text_of(response)
    assert fields_of(response, "happened")["notice-notice_on"] == "2026-03-10"


def test_a_denial_without_the_date_of_its_notice_is_asked_for_it(
    biller: Client, opened: OpenCase
) -> None:
    biller.post(address(opened), first_page(biller, opened) | LAW | {"go": ["save"]})
    record(biller, opened, Kind.SUBMITTED)
    response = record(biller, opened, Kind.DENIED)
    assert response.status_code == 422
    assert "Enter the date printed on the notice" in response.content.decode()
    assert again(opened).case.stage == Stage.SUBMITTED


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(-1, "before what happened last", id="too early"),
        pytest.param(1, "lies ahead", id="ahead"),
    ],
)
def test_days_go_in_order(biller: Client, opened: OpenCase, days: int, expected: str) -> None:
    record(biller, opened, Kind.SUBMITTED)
    day = (TODAY + dt.timedelta(days=days)).isoformat()
    response = record(biller, opened, Kind.APPROVED, **{"move-on": day})
    assert response.status_code == 422
    assert expected in response.content.decode()
    assert day in response.content.decode()


def test_only_what_can_be_is_offered_and_the_rest_leads_back(
    biller: Client, opened: OpenCase
) -> None:
    page = biller.get(address(opened)).content.decode()
    assert address(opened, "case_happened", Kind.SUBMITTED) in page
    assert address(opened, "case_happened", Kind.OVERTURNED) not in page
    response = biller.get(address(opened, "case_happened", Kind.OVERTURNED))
    assert response["Location"] == address(opened)
    assert biller.get(address(opened, "case_happened", "eaten")).status_code == 404


def test_a_move_over_another_move_is_refused_with_the_form_filled(
    biller: Client, opened: OpenCase
) -> None:
    place = address(opened, "case_happened", Kind.WITHDRAWN)
    sent = fields_of(biller.get(place), "happened") | {
        "move-text": "As she asked",
        "go": "record",
    }
    record(biller, opened, Kind.SUBMITTED)
    response = biller.post(place, sent)
    assert response.status_code == 409
    assert "As she asked" in response.content.decode()
    assert again(opened).case.stage == Stage.SUBMITTED


def test_another_last_day_is_kept_in_the_place_of_the_counted_one(
    biller: Client, opened: OpenCase
) -> None:
    sent = fields_of(biller.get(address(opened)), "case-due") | {"due_on": "2027-01-04"}
    assert biller.post(address(opened, "case_due"), sent).status_code == 302
    assert again(opened).case.due_on == dt.date(2027, 1, 4)
    late = biller.post(address(opened, "case_due"), sent | {"due_on": "2027-02-05"})
    assert late.status_code == 409
    assert "Someone else changed this case meanwhile" in text_of(late)
    assert "2027-02-05" in late.content.decode()
    assert again(opened).case.due_on == dt.date(2027, 1, 4)


def test_the_treatment_of_a_new_case_is_chosen_by_whoever_fills_it(
    biller: Client, clinic: Clinic
) -> None:
    begin(biller, clinic, **NEW)
    made = open_case(Case.objects.get())
    page = biller.get(address(made))
    assert "Choose a treatment" not in text_of(page)
    sent = first_page(biller, made) | {"go": ["save"]}
    assert sent["plan-treatment"] in ("", [""])
    refused = biller.post(address(made), sent)
    assert refused.status_code == 422
    assert "Choose a treatment" in text_of(refused)
    biller.post(address(made), sent | {"plan-treatment": ["iv_ketamine"]})
    assert first_page(biller, made)["plan-treatment"] in ("iv_ketamine", ["iv_ketamine"])


def test_every_score_can_be_told_whether_the_rule_asks_for_it_or_not(
    biller: Client, opened: OpenCase
) -> None:
    sent = first_page(biller, opened) | {
        "scores-madrs-score": ["34"],
        "scores-madrs-origin": ["chart"],
        "go": ["save"],
    }
    assert biller.post(address(opened), sent).status_code == 302
    assert [
        one.score for one in again(opened).content.situation.scores if one.scale == "madrs"
    ] == [34]


def test_the_enter_key_saves_a_case(biller: Client, opened: OpenCase) -> None:
    page = biller.get(address(opened)).content.decode()
    form = page[page.index('id="case-form"') :]
    first = re.search(r'<button[^>]*type="submit"[^>]*>', form)
    assert first
    assert 'value="save"' in first[0]


def test_who_a_patient_is_can_be_put_right_and_two_at_once_are_told(
    biller: Client, opened: OpenCase
) -> None:
    place = reverse("clinics:patient", args=[opened.case.clinic_id, opened.case.patient_id])
    sent = {**{key: value for key, value in NEW.items() if key != "go"}, "based_on": "0"}
    assert biller.post(place, sent | {"patient-given_name": "Joan"}).status_code == 302
    response = biller.post(place, sent | {"patient-given_name": "Janet"})
    assert response.status_code == 422
    assert "They wrote: Joan" in response.content.decode()
    assert again(opened).patient.record.given_name == "Joan"


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_a_notice_is_read(
    biller: Client, opened: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    biller.post(address(opened), first_page(biller, opened) | LAW | {"go": ["save"]})
    record(biller, opened, Kind.SUBMITTED)
    held = []

    def read(*_: object, **__: object) -> None:
        held.append((connection.in_atomic_block, connection.connection is not None))
        raise LetterError(next(iter(Refusal)))

    monkeypatch.setattr(moves, "read_upload", read)
    file = SimpleUploadedFile("notice.pdf", b"%PDF")
    place = address(opened, "case_happened", Kind.DENIED)
    assert biller.post(place, {"go": "read", "file": file}).status_code == 422
    assert held == [(False, False)]


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("case_note", {"note-text": "The plan called"}),
        ("case_due", {"due_on": "2027-01-04", "based_on": "0"}),
        ("case_seen", {}),
    ],
)
def test_what_was_typed_comes_back_where_the_patient_was_joined_meanwhile(
    biller: Client,
    opened: OpenCase,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    sent: dict[str, str],
) -> None:
    kept, by = make_patient(opened.case.clinic), make_member(opened.case.clinic, Role.ADMIN)

    def opened_then_joined(case: Case) -> OpenCase:
        found = open_case(case)
        monkeypatch.setattr(cases, "open_case", open_case)
        join_patients(kept, found.patient, kept.record, by=by)
        return found

    monkeypatch.setattr(cases, "open_case", opened_then_joined)
    response = biller.post(address(opened, name), sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Someone else changed this case meanwhile" in page
    assert "Joined: this case stood under another row" in page
    assert all(one in page for one in sent.values())
    seen = sent | {"based_on": str(again(opened).case.counter)}
    assert biller.post(address(opened, name), seen).status_code == 302


# Approved


def approved(biller: Client, opened: OpenCase, days: int = 90, **fields: Any) -> Any:
    record(biller, opened, Kind.SUBMITTED)
    told = {
        "move-number": "AUTH-77",
        "move-sessions": "8",
        "move-begins_on": TODAY.isoformat(),
        "move-ends_on": (TODAY + dt.timedelta(days=days)).isoformat(),
    }
    return record(biller, opened, Kind.APPROVED, **(told | fields))


def test_the_end_of_an_approval_is_the_next_last_day(biller: Client, opened: OpenCase) -> None:
    assert approved(biller, opened).status_code == 302
    case = again(opened).case
    assert (case.stage, case.closed_at, case.due_step) == (Stage.APPROVED, None, "continue")
    assert case.due_on == TODAY + dt.timedelta(days=90)
    event = CaseEvent.objects.get(kind=Kind.APPROVED)
    assert b"AUTH-77" not in bytes(event.sealed or b"")
    page = text_of(biller.get(address(opened)))
    for told in ("Authorization: AUTH-77", "Sessions: 8", "ask for continuation"):
        assert told in page, told


def test_an_approval_without_an_end_or_past_it_closes_its_case(
    biller: Client, opened: OpenCase
) -> None:
    assert approved(biller, opened, days=-1, **{"move-begins_on": ""}).status_code == 302
    case = again(opened).case
    assert (case.due_on, case.due_step) == (None, "")
    assert case.closed_at is not None


def test_an_approval_that_ends_before_it_begins_is_no_approval(
    biller: Client, opened: OpenCase
) -> None:
    refused = approved(biller, opened, days=-1)
    assert refused.status_code == 422
    assert "This is before the first day" in text_of(refused)
    assert 'value="AUTH-77"' in refused.content.decode()


def test_an_approval_is_over_once_it_is_continued_or_nothing_more_is_wanted(
    biller: Client, opened: OpenCase
) -> None:
    approved(biller, opened)
    biller.post(address(opened, "case_continue"))
    assert again(opened).case.closed_at is not None
    other = make_case(opened.case.clinic, opened.patient)
    approved(biller, other)
    sent = fields_of(biller.get(address(other)), "case-due") | {"due_on": ""}
    biller.post(address(other, "case_due"), sent)
    case = again(other).case
    assert (case.due_step, case.closed_at is None) == ("", False)


def test_a_day_before_the_signature_is_recorded_by_a_second_press(
    biller: Client, opened: OpenCase
) -> None:
    make_signed_letter(opened, kind=LetterKind.PRIOR_AUTHORIZATION)
    early = {"move-on": (TODAY - dt.timedelta(days=3)).isoformat()}
    warned = record(biller, opened, Kind.SUBMITTED, **early)
    assert warned.status_code == 422
    assert "after the day you typed" in text_of(warned)
    sent = fields_of(warned, "happened") | {"go": ["record"]}
    assert biller.post(address(opened, "case_happened", Kind.SUBMITTED), sent).status_code == 302


# Leaving


@pytest.mark.parametrize("form", ["case-form", "new-patient", "happened"])
def test_what_was_typed_and_not_saved_is_asked_about_before_the_page_is_left(
    biller: Client, opened: OpenCase, form: str
) -> None:
    where = {
        "case-form": address(opened),
        "new-patient": reverse("clinics:begin", args=[opened.case.clinic_id]),
        "happened": address(opened, "case_happened", Kind.SUBMITTED),
    }[form]
    empty = biller.get(where).content.decode()
    assert "js/unsaved.js" in empty
    assert asks(empty, form) == "data-asks"
    sent = {"go": "new", "move-on": "", "plan-treatment": "none"}
    assert asks(biller.post(where, sent).content.decode(), form) == 'data-asks="typed"'


def asks(page: str, form: str) -> str:
    found = re.search(rf'<form[^>]*id="{form}"[^>]*?(data-asks\S*)', page)
    assert found
    return found[1].rstrip(">")
