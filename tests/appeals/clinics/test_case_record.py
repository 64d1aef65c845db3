"""A patient's record into a case: reviewed, saved by the case's own write, over nobody's."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from appeals.clinics.casework import Heading, OpenCase, happened_in
from appeals.clinics.checking import save_case
from appeals.clinics.content import CaseContent
from appeals.clinics.same_patient import likeness
from appeals.models import AccessEntry, Case, CaseEvent, Clinic, Patient
from appeals.views.clinics import case_record
from policies.fhir import Record
from policies.fhir.patients import person_of
from policies.published import published_catalogue
from policies.situation import Asker, Situation
from tests.appeals.clinics.building import (
    JANE,
    join_before,
    make_case,
    make_clinic,
    make_member,
    reopened,
)
from tests.appeals.letters_pages import fields_of
from tests.factories import make_situation, make_tried
from tests.policies.fhir.bundles import (
    ICD10CM,
    MINE,
    RXNORM,
    bundle,
    concept,
    condition,
    observation,
)
from tests.policies.html import text_of
from tests.policies.record_pages import choice

pytestmark = pytest.mark.django_db
TODAY = dt.date.today()  # noqa: DTZ011 -- as a browser types it
HER = {
    "resourceType": "Patient",
    "id": "sample",
    "name": [{"family": "SÁMPLE", "given": ["Jane", "M."]}],
    "birthDate": "1980-02-29",
}


def bundle_of(patient: dict[str, Any], *resources: dict[str, Any]) -> dict[str, Any]:
    made = bundle(*resources)
    made["entry"][0] = {"resource": patient}
    return made


FACTS = (
    condition(ICD10CM, "F33.2"),
    {
        "resourceType": "MedicationStatement",
        "status": "active",
        "subject": MINE,
        "medicationCodeableConcept": concept(RXNORM, "36437", "sertraline"),
    },
    observation("44261-6", valueInteger=21),
    {
        "resourceType": "Coverage",
        "status": "active",
        "beneficiary": MINE,
        "subscriberId": "W123456",
        "payor": [{"display": "Sample Payer"}],
    },
)
RECORD = bundle_of(HER, *FACTS)
ANOTHER = bundle_of(HER | {"name": [{"text": "Sample Patient"}], "birthDate": "1980-02-28"}, *FACTS)


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def biller(clinic: Clinic, client: Client) -> Client:
    client.force_login(make_member(clinic, name="billie"))
    return client


@pytest.fixture
def opened(clinic: Clinic) -> OpenCase:
    situation = make_situation(answers={"age": 44}, tried=[make_tried(weeks=12)])
    return make_case(clinic, content=CaseContent(replace(situation, asker=Asker.CLINIC)))


def address(opened: OpenCase, name: str = "case_record") -> str:
    return reverse(f"clinics:{name}", args=[opened.case.clinic_id, opened.case.pk])


def upload(biller: Client, opened: OpenCase, content: object = RECORD) -> Any:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return biller.post(address(opened), {"health_record": SimpleUploadedFile("a.json", raw)})


def take(biller: Client, opened: OpenCase, page: Any, **changed: str) -> Any:
    fields = fields_of(page, "screen") | {name.replace("_", "-"): v for name, v in changed.items()}
    return biller.post(address(opened), fields)


def test_what_is_taken_joins_the_case_and_what_stood_there_stays(
    biller: Client, opened: OpenCase
) -> None:
    page = upload(biller, opened)
    assert "Answered so far 44 years" in text_of(page)
    kept = choice(page, "Age: 46", "leave")
    assert take(biller, opened, page, **kept)["Location"] == address(opened, "case")
    held = reopened(opened)
    situation = held.content.situation
    assert situation.answers["age"] == 44
    assert [one.score for one in situation.scores] == [21]
    assert situation.plan.insurer_name == held.case.payer_name == "Sample Payer"
    assert situation.treatments_tried == opened.content.situation.treatments_tried
    assert situation.asker is Asker.CLINIC
    event = held.case.events.filter(kind=CaseEvent.Kind.EDITED).get()
    assert event.by is not None
    assert event.by.username == "billie"
    assert happened_in(held, event).text == "From the patient's record: 4 facts."
    whats = AccessEntry.objects.filter(case_id=held.case.pk).values_list("what", flat=True)
    assert AccessEntry.What.CHANGED in whats
    assert (
        "From the patient&#x27;s record: 4 facts."
        in biller.get(address(opened, "case")).content.decode()
    )


def test_nothing_is_written_before_the_review_nor_where_all_is_left_out(
    biller: Client, opened: OpenCase
) -> None:
    page = upload(biller, opened)
    left = {f"find_{number}_take": "leave" for number in range(6)}
    take(biller, opened, page, **left)
    assert reopened(opened).case.counter == opened.case.counter


def test_a_wrong_file_and_a_wrong_correction_are_said(biller: Client, opened: OpenCase) -> None:
    refused = upload(biller, opened, b"%PDF")
    assert (refused.status_code, "This is a PDF." in text_of(refused)) == (422, True)
    page = upload(biller, opened)
    wrong = take(biller, opened, page, find_0_take="correct", find_0_as_value="four")
    assert wrong.status_code == 422
    assert "Enter a number in figures" in text_of(wrong)
    assert reopened(opened).case.counter == opened.case.counter


def test_a_record_does_not_write_over_what_somebody_saved_meanwhile(
    biller: Client, clinic: Clinic, opened: OpenCase
) -> None:
    page = upload(biller, opened)
    mine = choice(page, "Age: 46", "use")
    theirs = replace(opened.content.situation, answers={"age": 50})
    save_case(
        opened,
        CaseContent(theirs),
        Heading(),
        based_on=0,
        catalogue=published_catalogue(),
        on=TODAY,
        by=make_member(clinic),
    )
    stale = take(biller, opened, page, **mine)
    assert stale.status_code == 409
    assert "Someone else changed this case meanwhile." in text_of(stale)
    assert "Answered so far 50 years" in text_of(stale)
    assert take(biller, opened, stale).status_code == 422
    assert reopened(opened).content.situation.answers["age"] == 50
    take(biller, opened, stale, **choice(stale, "Age: 46", "leave"))
    assert reopened(opened).content.situation.scores


def test_a_case_whose_patient_is_joined_meanwhile_is_told(
    biller: Client, opened: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = upload(biller, opened)
    join_before(monkeypatch, case_record, "save_case", opened)
    kept = choice(page, "Age: 46", "leave")
    assert take(biller, opened, page, **kept).status_code == 409


def test_a_closed_case_takes_no_record(biller: Client, opened: OpenCase) -> None:
    page = upload(biller, opened)
    Case.objects.filter(pk=opened.case.pk).update(closed_at="2026-11-25T12:00Z")
    assert take(biller, opened, page).status_code == 409
    assert "id_health_record" not in biller.get(address(opened)).content.decode()


def test_the_record_of_another_patient_is_shown_beside_this_one_and_presets_nothing(
    biller: Client, opened: OpenCase
) -> None:
    page = upload(biller, opened, ANOTHER)
    told = text_of(page)
    assert "Name and birth date in the record and of this patient differ." in told
    assert "Jane Sample, born February 29, 1980" in told
    assert "Sample Patient, born February 28, 1980" in told
    assert told.index("Sample Patient, born") < told.index("Age: 46")
    assert not [name for name in fields_of(page, "screen") if name.endswith("-take")]
    assert "We chose nothing for you: decide on each of them." in told
    assert "You decide" not in told


def test_it_is_saved_only_with_the_word_that_it_is_this_patients(
    biller: Client, opened: OpenCase
) -> None:
    page = upload(biller, opened, ANOTHER)
    used = {f"find_{number}_take": "leave" for number in range(6)} | {"find_1_take": "use"}
    refused = take(biller, opened, page, **used)
    assert refused.status_code == 422
    assert "Tick that the record is this patient" in text_of(refused)
    assert reopened(opened).case.counter == opened.case.counter
    biller.post(address(opened), fields_of(refused, "screen") | {"person-is_same": "on"})
    held = reopened(opened)
    event = held.case.events.filter(kind=CaseEvent.Kind.EDITED).get()
    assert happened_in(held, event).text == (
        "From the patient's record: 1 fact. Name and birth date in the record and of this "
        "patient differ. Confirmed: this record is this patient's."
    )


def test_a_record_that_is_this_patients_says_so_in_a_line(biller: Client, opened: OpenCase) -> None:
    told = text_of(upload(biller, opened))
    assert "Name, birth date and member ID in the record are those of this patient." in told
    assert "are those of this patient" not in text_of(upload(biller, opened, ANOTHER))


def test_the_member_id_that_differs_is_shown_beside_the_patients(
    biller: Client, opened: OpenCase
) -> None:
    other = [{**one, "subscriberId": "W999"} if "payor" in one else one for one in FACTS]
    told = text_of(upload(biller, opened, bundle_of(HER, *other)))
    assert "Member ID in the record and of this patient differ. Is it the right record?" in told
    assert f"born February 29, 1980, member ID {JANE.member_id}" in told
    assert "born February 29, 1980, member ID W999" in told


@pytest.mark.parametrize(
    ("person", "member_ids", "differs"),
    [
        pytest.param({}, (), (), id="a record of nobody"),
        pytest.param({"name": [{"family": "sample"}]}, (), (), id="a family name alone"),
        pytest.param({"name": [{"text": "Sample, Jane Marie"}]}, (), (), id="one text"),
        pytest.param(
            {"name": [{"family": "Other"}, {"family": "Sample"}]}, (), (), id="an earlier name"
        ),
        pytest.param(
            {"name": [{"family": "Sample", "given": ["Ann"]}]}, (), ("name",), id="a sister"
        ),
        pytest.param({"name": [{"family": "Other"}]}, (), ("name",), id="another family"),
        pytest.param({"birthDate": "1980"}, (), (), id="the year alone"),
        pytest.param({"birthDate": "1980-02-28"}, (), ("birth date",), id="the day before"),
        pytest.param({"birthDate": "1979"}, (), ("birth date",), id="another year"),
        pytest.param({}, ("w123 456",), (), id="the same number otherwise written"),
        pytest.param({}, ("W-123 457",), ("member ID",), id="another number"),
    ],
)
def test_who_a_record_is_of_is_held_against_the_patient(
    person: dict[str, Any], member_ids: tuple[str, ...], differs: tuple[str, ...]
) -> None:
    record = Record(on=TODAY, found=(), person=person_of(person), member_ids=member_ids)
    assert likeness(JANE, record).differs == differs


@pytest.mark.parametrize(
    ("patient", "says"),
    [
        pytest.param({}, "The file does not say whose record it is.", id="nobody"),
        pytest.param(
            {"birthDate": "1980-02-29"}, "The file gives no name; whose record", id="no name"
        ),
        pytest.param(
            {"name": HER["name"]}, "The file gives no birth date; whose record", id="no birth date"
        ),
    ],
)
def test_a_file_that_does_not_say_whose_it_is_presets_nothing_and_asks_for_a_word(
    biller: Client, opened: OpenCase, patient: dict[str, Any], says: str
) -> None:
    record = bundle_of({"resourceType": "Patient", "id": "sample"} | patient, *FACTS)
    if not patient:
        del record["entry"][0]
    page = upload(biller, opened, record)
    assert says in text_of(page)
    assert not [name for name in fields_of(page, "screen") if name.endswith("-take")]
    used = {f"find_{number}_take": "leave" for number in range(6)}
    used |= {name.replace("-", "_"): one for name, one in choice(page, "F33.2", "use").items()}
    refused = take(biller, opened, page, **used)
    assert "Tick that the record is this patient" in text_of(refused)
    assert reopened(opened).case.counter == opened.case.counter
    biller.post(address(opened), fields_of(refused, "screen") | {"person-is_same": "on"})
    event = reopened(opened).case.events.filter(kind=CaseEvent.Kind.EDITED).get()
    assert says.partition(";")[0] in happened_in(reopened(opened), event).text


def test_each_disagreement_waits_for_a_decision(biller: Client, clinic: Clinic) -> None:
    finished = make_situation(
        answers={"age": 44}, tried=[make_tried(drug="venlafaxine")], complete=True
    )
    opened = make_case(clinic, content=CaseContent(replace(finished, asker=Asker.CLINIC)))
    page = upload(biller, opened)
    told = text_of(page)
    assert "The list is called complete; the record has another treatment" in told
    assert "For 2 of them we chose nothing for you" in told
    undecided = take(biller, opened, page)
    assert undecided.status_code == 422
    assert reopened(opened).case.counter == opened.case.counter
    kept = choice(page, "Age: 46", "leave") | choice(page, "Sertraline", "leave")
    saved = biller.post(address(opened), fields_of(page, "screen") | kept, follow=True)
    told = text_of(saved)
    assert "Saved: 4 facts from the record. 2 facts stayed out. The history lists them." in told
    assert "Left out: Age: 46 years; Sertraline" in told


def test_a_treatment_that_joins_a_finished_list_is_told_as_such(
    biller: Client, clinic: Clinic
) -> None:
    finished = make_situation(tried=[make_tried(drug="venlafaxine")], complete=True)
    opened = make_case(clinic, content=CaseContent(replace(finished, asker=Asker.CLINIC)))
    page = upload(biller, opened)
    used = choice(page, "Sertraline", "use")
    told = text_of(biller.post(address(opened), fields_of(page, "screen") | used, follow=True))
    assert "Taken: Sertraline. Before: not in the list, which was called complete." in told


def test_the_history_tells_of_each_fact_what_stood_before(biller: Client, opened: OpenCase) -> None:
    page = upload(biller, opened)
    take(biller, opened, page, **choice(page, "Age: 46", "use"))
    held = reopened(opened)
    event = held.case.events.filter(kind=CaseEvent.Kind.EDITED).get()
    taken = {one.now: one for one in happened_in(held, event).taken}
    assert taken["Age: 46 years"].before == "44 years"
    assert taken["PHQ-9 21 on November 1, 2026"].before == ""
    assert taken["PHQ-9 21 on November 1, 2026"].recorded == "November 1, 2026"
    told = text_of(biller.get(address(opened, "case")))
    assert "Taken: Age: 46 years. Before: 44 years." in told
    marks = "From the patient's record, "
    assert told.count(marks) == 5
    situation = reopened(opened).content.situation
    saved(opened, replace(situation, answers={**situation.answers, "age": 47}))
    later = text_of(biller.get(address(opened, "case")))
    assert later.count(marks) == 4, "an answer that was changed is the clinic's own"


def saved(opened: OpenCase, situation: Situation) -> None:
    """Save a case once more, as its form would."""
    held = reopened(opened)
    save_case(
        held,
        replace(held.content, situation=situation),
        Heading(),
        based_on=held.case.counter,
        catalogue=published_catalogue(),
        on=TODAY,
        by=make_member(opened.case.clinic),
    )


def test_what_was_entered_in_the_records_place_is_told_beside_what_the_record_says(
    biller: Client, clinic: Clinic
) -> None:
    opened = make_case(clinic, content=CaseContent(make_situation(answers={}, tried=None)))
    page = upload(biller, opened)
    typed = choice(page, "PHQ-9 21", "correct", score="25") | choice(page, "Sertraline", "use")
    biller.post(address(opened), fields_of(page, "screen") | typed)
    told = text_of(biller.get(address(opened, "case")))
    assert (
        "Entered: PHQ-9 25 on November 1, 2026. The record says: PHQ-9 21 on November 1, 2026. "
        in told
    )
    assert told.count(", with changes.") == 1


def test_a_row_that_was_changed_after_saving_says_so(biller: Client, clinic: Clinic) -> None:
    opened = make_case(clinic, content=CaseContent(make_situation(answers={}, tried=None)))
    page = upload(biller, opened)
    used = choice(page, "Sertraline", "use")
    biller.post(address(opened), fields_of(page, "screen") | used)
    told = text_of(biller.get(address(opened, "case")))
    assert "From the patient's record, " in told
    assert ", with changes." not in told
    situation = reopened(opened).content.situation
    (row,) = situation.treatments_tried or ()
    saved(opened, replace(situation, treatments_tried=(replace(row, weeks=30.0),)))
    told = text_of(biller.get(address(opened, "case")))
    assert told.count(", with changes.") == 1


def test_what_the_clinic_called_the_main_condition_stays_so(biller: Client, clinic: Clinic) -> None:
    told = make_situation(
        icd10_codes=("F32.1",),
        tried=None,
    )
    opened = make_case(clinic, content=CaseContent(replace(told, asker=Asker.CLINIC)))
    page = upload(biller, opened, bundle_of(HER, condition(ICD10CM, "F33.1")))
    added = choice(page, "F33.1", "use")
    biller.post(address(opened), fields_of(page, "screen") | added)
    page = biller.get(address(opened, "case"))
    form = fields_of(page, "case-form")
    assert form["plan-condition"] == "treatment_resistant_depression"
    assert "Taken: F33.1" in text_of(page)
    assert "Before: " not in text_of(page), "it joined what stood there"
    assert form["plan-icd10_codes"] == "F32.1, F33.1"


def test_another_condition_of_the_record_stands_after_the_main_one(
    biller: Client, clinic: Clinic
) -> None:
    told = make_situation(tried=None)
    opened = make_case(clinic, content=CaseContent(replace(told, asker=Asker.CLINIC)))
    page = upload(biller, opened, bundle_of(HER, condition(ICD10CM, "F43.10")))
    added = choice(page, "F43.10", "use")
    biller.post(address(opened), fields_of(page, "screen") | added)
    form = fields_of(biller.get(address(opened, "case")), "case-form")
    assert form["plan-condition"] == "treatment_resistant_depression"
    assert form["plan-other_conditions"]
    biller.post(address(opened, "case"), form | {"go": "save"})
    again = fields_of(biller.get(address(opened, "case")), "case-form")
    assert again["plan-condition"] == "treatment_resistant_depression"


def test_a_record_read_again_brings_nothing_and_leaves_no_line(
    biller: Client, opened: OpenCase
) -> None:
    page = upload(biller, opened)
    take(biller, opened, page, **choice(page, "Age: 46", "leave"))
    counter = reopened(opened).case.counter
    again = upload(biller, opened)
    told = text_of(again)
    assert "Already in the answers: " in told
    assert "Facts found: 1." in told
    nothing = fields_of(again, "screen") | choice(again, "Age: 46", "leave")
    after = biller.post(address(opened), nothing, follow=True)
    assert "Nothing in the case changed. 1 fact stayed out." in text_of(after)
    assert reopened(opened).case.counter == counter


VENLAFAXINE = {
    "resourceType": "MedicationStatement",
    "status": "stopped",
    "subject": MINE,
    "medicationCodeableConcept": concept(RXNORM, "39786", "venlafaxine"),
    "effectivePeriod": {"start": "2026-05-01", "end": "2026-08-01"},
    "statusReason": [{"text": "Nausea, not tolerated"}],
}


def test_what_was_judged_of_another_course_is_not_carried_to_the_records(
    biller: Client, clinic: Clinic
) -> None:
    tried = make_tried(drug="venlafaxine", highest_dose_mg=150, this_episode=True)
    content = CaseContent(replace(make_situation(tried=[tried]), asker=Asker.CLINIC))
    opened = make_case(clinic, content=content)
    page = upload(biller, opened, bundle_of(HER, VENLAFAXINE))
    told = text_of(page)
    assert "Nausea, not tolerated" in told
    assert "If you take it, this will stand there Venlafaxine, 13.2 weeks, 150 mg" in told
    assert "Take what the record says (left open: " in told
    take(biller, opened, page, **choice(page, "Venlafaxine", "use"))
    (row,) = reopened(opened).content.situation.treatments_tried or ()
    assert (row.outcome, row.adequate_dose, row.this_episode) == (None, None, None)
    assert row.weeks is not None
    assert round(row.weeks, 1) == 13.2


def test_what_was_judged_stands_in_the_fields_that_correct_and_is_saved_with_them(
    biller: Client, clinic: Clinic
) -> None:
    tried = make_tried(
        drug="venlafaxine", highest_dose_mg=150, this_episode=True, improvement_percent=20
    )
    content = CaseContent(replace(make_situation(tried=[tried]), asker=Asker.CLINIC))
    opened = make_case(clinic, content=content)
    page = upload(biller, opened, bundle_of(HER, VENLAFAXINE))
    entered = choice(page, "Venlafaxine", "correct", weeks="10")
    biller.post(address(opened), fields_of(page, "screen") | entered)
    (row,) = reopened(opened).content.situation.treatments_tried or ()
    assert (row.outcome, row.adequate_dose, row.this_episode) == (
        tried.outcome,
        tried.adequate_dose,
        True,
    )
    assert row.weeks == 10
    assert row.improvement_percent is None, "of another course, and shown by no field"


def test_of_a_case_begun_empty_the_treatment_is_asked_for(biller: Client, clinic: Clinic) -> None:
    opened = make_case(clinic, content=CaseContent(Situation(asker=Asker.CLINIC)))
    page = upload(biller, opened)
    assert take(biller, opened, page).status_code == 422
    take(biller, opened, page, plan_treatment="esketamine_nasal")
    assert reopened(opened).content.situation.treatment == "esketamine_nasal"


def test_a_new_case_leads_on_to_the_record_where_that_was_ticked(
    biller: Client, clinic: Clinic
) -> None:
    typed = {"patient-family_name": "Sample", "patient-given_name": "Jane", "go": "new"}
    made = biller.post(reverse("clinics:begin", args=[clinic.pk]), typed | {"then": "record"})
    assert Patient.objects.count() == 1
    assert made["Location"].endswith("/record/")
