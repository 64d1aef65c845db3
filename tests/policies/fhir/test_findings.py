"""What each kind of resource says, by its codes, its status and its dates."""

from typing import Any

import pytest

from policies.catalogue import Insurer, InsurerKind
from policies.fhir import Kind, Notice, Record
from policies.situation import TreatmentTried
from tests.policies.fhir.bundles import (
    ICD10CM,
    LOINC,
    MINE,
    PATIENT,
    RXNORM,
    SNOMED,
    bundle,
    concept,
    condition,
    find,
    keys,
    observation,
    order,
    read,
    read_all,
    reasons,
    supply,
)

CPT = "http://www.ama-assn.org/go/cpt"


def new_keys(record: Record) -> set[str]:
    return keys(record) - {"answer:age:46"}


def row_of(record: Record, drug: str) -> TreatmentTried:
    value = find(record, Kind.TREATMENT, drug).value
    assert isinstance(value, TreatmentTried)
    return value


@pytest.mark.parametrize(
    ("fields", "found", "notices"),
    [
        pytest.param({"birthDate": "1980-11-26"}, {"answer:age:45"}, (), id="tomorrow's birthday"),
        pytest.param({"birthDate": "1980-11-25"}, {"answer:age:46"}, (), id="today's birthday"),
        pytest.param({"birthDate": "1980"}, set(), (), id="a year alone"),
        pytest.param({"birthDate": "1980-10"}, {"answer:age:46"}, (), id="a month that is over"),
        pytest.param({"birthDate": "2008"}, set(), (), id="17 or 18 by the year"),
        pytest.param({"birthDate": "2008-11"}, set(), (), id="17 or 18 by the month"),
        pytest.param({"birthDate": "2009"}, set(), (Notice.MINOR,), id="16 or 17"),
        pytest.param({"birthDate": "2009-01-01"}, {"answer:age:17"}, (Notice.MINOR,), id="a minor"),
        pytest.param({"birthDate": "2030-01-01"}, set(), (), id="not born yet"),
        pytest.param({"birthDate": "1880-01-01"}, set(), (), id="older than anyone"),
        pytest.param({"birthDate": "soon"}, set(), (), id="no date"),
        pytest.param({"deceasedBoolean": True}, set(), (Notice.DECEASED,), id="died"),
        pytest.param({"deceasedBoolean": False}, {"answer:age:46"}, (), id="has not died"),
        pytest.param({"deceasedDateTime": "2025"}, set(), (Notice.DECEASED,), id="died in a year"),
        pytest.param({"deceasedDateTime": "?"}, set(), (Notice.DECEASED,), id="died, day unclear"),
    ],
)
def test_the_patient(fields: dict[str, Any], found: set[str], notices: tuple[Notice, ...]) -> None:
    record = read({**PATIENT, **fields})
    assert (keys(record), record.notices) == (found, notices)


@pytest.mark.parametrize(
    ("born", "ages"), [("1980", "45\N{EN DASH}46"), ("2008-11", "17\N{EN DASH}18")]
)
def test_an_incomplete_date_of_birth_is_told_and_not_used(born: str, ages: str) -> None:
    record = read({**PATIENT, "birthDate": born})
    assert [(one.reason.value, one.value) for one in record.left_out] == [("age_open", ages)]


def status(name: str, code: str) -> dict[str, Any]:
    return {name: {"coding": [{"code": code}]}}


@pytest.mark.parametrize(
    ("fields", "sureness"),
    [
        pytest.param({}, "stated", id="active and confirmed"),
        pytest.param(status("clinicalStatus", "relapse"), "stated", id="relapse"),
        pytest.param(status("verificationStatus", "provisional"), "to_confirm", id="provisional"),
        pytest.param({"clinicalStatus": {}}, "to_confirm", id="status not told"),
        pytest.param(status("verificationStatus", "refuted"), "refuted", id="refuted"),
        pytest.param(
            status("verificationStatus", "entered-in-error"), "entered_in_error", id="an error"
        ),
        pytest.param(status("clinicalStatus", "resolved"), "not_current", id="resolved"),
        pytest.param(status("clinicalStatus", "remission"), "not_current", id="in remission"),
        pytest.param({"abatementDateTime": "2026-10"}, "not_current", id="ended last month"),
        pytest.param({"abatementDateTime": "2027"}, "stated", id="said to end next year"),
    ],
)
def test_a_diagnosis_counts_by_its_status(fields: dict[str, Any], sureness: str) -> None:
    record = read_all(condition(SNOMED, "370143000", **fields))
    told = {one.sureness.value for one in record.found if one.kind is Kind.CONDITION}
    assert told | {reason for _, reason in reasons(record)} == {sureness}


@pytest.mark.parametrize(
    ("resource", "found"),
    [
        pytest.param(
            condition(ICD10CM, "F33.2"),
            {"code:F33.2:F33.2", "answer:episode_severity:severe"},
            id="severe recurrent depression by code",
        ),
        pytest.param(
            condition(ICD10CM, "f332"),
            {"code:F33.2:F33.2", "answer:episode_severity:severe"},
            id="a code without its point",
        ),
        pytest.param(
            condition("urn:oid:2.16.840.1.113883.6.90", "G90.511"),
            {"code:G90.511:G90.511"},
            id="CRPS under the system's number",
        ),
        pytest.param(condition(ICD10CM, "F33"), set(), id="a heading"),
        pytest.param(
            condition("http://hl7.org/fhir/sid/icd-10", "F33.2"),
            set(),
            id="a code of the world's list",
        ),
        pytest.param(
            condition(SNOMED, "36474008"),
            {
                "condition:mdd:mdd",
                "answer:episode_course:recurrent",
                "answer:episode_severity:severe",
                "answer:psychotic_features:False",
            },
            id="without psychotic features",
        ),
        pytest.param(
            condition(SNOMED, "13746004"), {"answer:bipolar_history:True"}, id="bipolar disorder"
        ),
        pytest.param(
            condition(SNOMED, "49468007"),
            {"condition:bipolar_depression:bipolar_depression"},
            id="depressed bipolar disorder",
        ),
        pytest.param(
            condition(SNOMED, "58214004"),
            {"answer:schizophrenia_history:True", "answer:psychosis_history:True"},
            id="schizophrenia",
        ),
        pytest.param(
            condition(ICD10CM, "F10.20"),
            {"code:F10.20:F10.20", "answer:substance_use_disorder:active"},
            id="alcohol dependence",
        ),
        pytest.param(
            condition(ICD10CM, "F10.21"),
            {"code:F10.21:F10.21", "answer:substance_use_disorder:in_remission"},
            id="alcohol dependence in remission",
        ),
        pytest.param(
            condition(ICD10CM, "F17.210"),
            {"code:F17.210:F17.210"},
            id="nicotine is no such disorder",
        ),
        pytest.param(
            condition(ICD10CM, "F31.30", **status("clinicalStatus", "resolved")),
            {"answer:bipolar_history:True"},
            id="a bipolar episode of once",
        ),
        pytest.param(
            condition(ICD10CM, "F33.3", **status("clinicalStatus", "resolved")),
            {"answer:psychosis_history:True"},
            id="a psychotic depression of once",
        ),
        pytest.param(
            condition(SNOMED, "5602001", **status("clinicalStatus", "remission")),
            {"answer:substance_use_disorder:in_remission"},
            id="opioid abuse in remission",
        ),
        pytest.param(condition(SNOMED, "128200000"), {"condition:crps:crps"}, id="CRPS"),
        pytest.param(
            condition(SNOMED, "203082005"),
            {"condition:fibromyalgia:fibromyalgia"},
            id="fibromyalgia",
        ),
    ],
)
def test_what_a_diagnosis_says(resource: dict[str, Any], found: set[str]) -> None:
    assert new_keys(read_all(resource)) == found


def test_an_old_word_on_the_present_episode_is_to_be_confirmed() -> None:
    record = read_all(condition(SNOMED, "15193003", recordedDate="2019-05-03"))
    assert find(record, Kind.ANSWER, "psychotic_features").sureness.value == "to_confirm"
    assert find(record, Kind.ANSWER, "psychosis_history").sureness.value == "stated"


def test_diagnoses_that_differ_are_each_to_be_confirmed() -> None:
    record = read_all(condition(SNOMED, "832007"), condition(SNOMED, "450714000"))
    severities = [one for one in record.found if one.name == "episode_severity"]
    assert {one.sureness.value for one in severities} == {"to_confirm"}
    assert all("differs" in one.cautions for one in severities)


@pytest.mark.parametrize(
    ("words", "drug"),
    [
        pytest.param("Zoloft 100 mg tablet", "sertraline", id="a brand"),
        pytest.param("venlafaxine hydrochloride ER", "venlafaxine", id="a salt and a release"),
        pytest.param("2 ACTUAT esketamine 14 MG/ACTUAT Nasal Spray", "esketamine", id="a spray"),
        pytest.param("sertraline 20 MG/ML Oral Solution", "sertraline", id="a strength per volume"),
        pytest.param("Emsam 6 mg/24 hr", "selegiline transdermal", id="a patch by its brand"),
        pytest.param("lithium carbonate", "lithium", id="lithium"),
        pytest.param("T3 25 mcg", "liothyronine", id="a name with a digit"),
        pytest.param(
            "24 HR bupropion hydrochloride 150 MG Extended Release Oral Tablet [Wellbutrin XL]",
            "bupropion",
            id="as RxNorm writes it, with the brand",
        ),
        pytest.param("extended-release venlafaxine", "venlafaxine", id="a release with a stroke"),
        pytest.param("Tofranil-PM 100 MG", "imipramine", id="a brand with a stroke"),
    ],
)
def test_a_medicine_is_found_by_its_name(words: str, drug: str) -> None:
    record = read_all(order("000", words))
    found = find(record, Kind.TREATMENT, drug)
    assert "by_name" in found.cautions
    assert found.origins[0].codings[0].code == "000"


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        pytest.param(order("36437", status="cancelled"), "not_given", id="cancelled"),
        pytest.param(order("36437", status="entered-in-error"), "entered_in_error", id="an error"),
        pytest.param(order("36437", status="draft"), "only_proposed", id="a draft"),
        pytest.param(order("36437", intent="proposal"), "only_proposed", id="a proposal"),
        pytest.param(order("36437", doNotPerform=True), "not_given", id="not to be given"),
        pytest.param(order("9639", "selegiline"), "route_not_told", id="selegiline by mouth"),
        pytest.param(
            order("1", "doxepin 3 MG Oral Tablet [Silenor]"), "use_not_told", id="a brand for sleep"
        ),
        pytest.param(order("1801289", "bupropion"), "other_use", id="bupropion to stop smoking"),
        pytest.param(order("1", "fluoxetine / olanzapine"), "combination", id="two of ours"),
        pytest.param(order("1", "Perphenazine and amitriptyline"), "combination", id="one of ours"),
        pytest.param(
            order("1", "OLANZapine-FLUoxetine 6-25 mg capsule"), "combination", id="with a stroke"
        ),
        pytest.param(order("1", "perphenazine-amitriptyline"), "combination", id="one of the two"),
        pytest.param(
            order("1", "hydrocodone acetaminophen 5 MG"), "combination", id="two side by side"
        ),
        pytest.param(
            {**order("1"), "medicationCodeableConcept": {}}, "medicine_not_in_file", id="no name"
        ),
    ],
)
def test_an_order_that_is_no_trial_is_left_out_with_its_reason(
    resource: dict[str, Any], reason: str
) -> None:
    record = read_all(resource)
    assert reasons(record) == {("MedicationRequest", reason)}
    assert new_keys(record) == set()


@pytest.mark.parametrize("code", ["36437", "312938", "328670"])
def test_one_drug_by_ingredient_product_or_component_is_one(code: str) -> None:
    assert new_keys(read_all(order(code), order("36437"))) == {"treatment:sertraline"}


@pytest.mark.parametrize(
    ("resources", "weeks", "cautions"),
    [
        pytest.param([supply("36437", "2026-01-01", 28)], 4, set(), id="one supply"),
        pytest.param(
            [supply("36437", "2026-01-01", 28), supply("312938", "2026-01-29", 28)],
            8,
            set(),
            id="two that follow on each other",
        ),
        pytest.param(
            [supply("36437", "2026-01-01", 28), supply("36437", "2026-01-15", 28)],
            6,
            set(),
            id="two that overlap",
        ),
        pytest.param(
            [supply("36437", "2026-01-01", 14), supply("36437", "2026-03-01", 28)],
            4,
            {"gaps"},
            id="the longer of two with a gap",
        ),
        pytest.param([supply("36437", "2026-11-12", 90)], 2, set(), id="no further than today"),
        pytest.param([supply("36437", "2027-01-01", 90)], None, set(), id="a supply to come"),
        pytest.param([supply("36437", "2026-01", 28)], None, set(), id="a month alone"),
        pytest.param([supply("36437", "9999-12-31", 1e9)], None, set(), id="the end of time"),
    ],
)
def test_supplies_of_one_drug_are_joined_to_weeks(
    resources: list[dict[str, Any]], weeks: float | None, cautions: set[str]
) -> None:
    record = read_all(*resources)
    found = find(record, Kind.TREATMENT, "sertraline")
    assert row_of(record, "sertraline").weeks == weeks
    assert found.unsure == ({"weeks"} if weeks else set())
    assert {one.value for one in found.cautions} & {"gaps"} == cautions


def test_a_statement_that_says_when_it_was_taken_is_sure_of_its_weeks() -> None:
    statement = {
        "resourceType": "MedicationStatement",
        "status": "stopped",
        "subject": MINE,
        "medicationCodeableConcept": concept(RXNORM, "39786"),
        "effectivePeriod": {"start": "2026-01-01", "end": "2026-02-25"},
        "statusReason": [{"text": "no benefit"}],
    }
    record = read_all(statement)
    found = find(record, Kind.TREATMENT, "venlafaxine")
    assert row_of(record, "venlafaxine").weeks == 8
    assert str(row_of(record, "venlafaxine").ended_on) == "2026-02-25"
    assert (found.unsure, found.said) == (frozenset(), ("no benefit",))
    assert row_of(record, "venlafaxine").outcome is None


@pytest.mark.parametrize(
    ("dosage", "dose"),
    [
        pytest.param(
            [{"quantity": {"value": 75, "code": "mg"}, "times": 2}], 150, id="twice a day"
        ),
        pytest.param([{"quantity": {"value": 1, "code": "{tbl}"}, "times": 1}], None, id="tablets"),
        pytest.param([{"quantity": {"value": 1}, "times": 1}], None, id="no unit"),
        pytest.param(
            [{"quantity": {"value": 75, "code": "mg"}, "times": 2}] * 2, None, id="two instructions"
        ),
        pytest.param([], None, id="none"),
    ],
)
def test_a_dose_counts_only_where_it_says_mg_a_day(
    dosage: list[dict[str, Any]], dose: float | None
) -> None:
    instructions = [
        {
            "doseAndRate": [{"doseQuantity": one["quantity"]}],
            "timing": {"repeat": {"frequency": one["times"], "period": 1, "periodUnit": "d"}},
        }
        for one in dosage
    ]
    record = read_all(order("39786", dosageInstruction=instructions))
    assert row_of(record, "venlafaxine").highest_dose_mg == dose


def test_a_medicine_of_its_own_or_contained_is_found_by_its_reference() -> None:
    shared = {"resourceType": "Medication", "id": "m", "code": concept(RXNORM, "321988")}
    one = order("0", medicationReference={"reference": "Medication/m"})
    other = order("0", medicationReference={"reference": "#in"}, contained=[{**shared, "id": "in"}])
    for resource in (one, other):
        del resource["medicationCodeableConcept"]
        assert new_keys(read_all(shared, resource)) == {"treatment:escitalopram"}


def test_references_that_go_in_a_circle_lead_nowhere() -> None:
    panel = observation("44249-1", id="p", hasMember=[{"reference": "Observation/p"}])
    assert reasons(read_all(panel)) == {("Observation", "incomplete")}


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        pytest.param({"valueInteger": 21}, "score:phq9:2026-11-01:21", id="a whole number"),
        pytest.param({"valueString": "21"}, "score:phq9:2026-11-01:21", id="a text"),
        pytest.param(
            {"valueQuantity": {"value": 21.0}}, "score:phq9:2026-11-01:21", id="a quantity"
        ),
        pytest.param({"valueInteger": 28}, "out_of_range", id="past the scale"),
        pytest.param({"valueInteger": -1}, "out_of_range", id="below the scale"),
        pytest.param({"valueQuantity": {"value": 20.5}}, "not_whole", id="a fraction"),
        pytest.param(
            {"valueQuantity": {"value": 15, "comparator": ">"}}, "no_value", id="more than"
        ),
        pytest.param({"valueInteger": True}, "no_value", id="a yes"),
        pytest.param({}, "no_value", id="none"),
        pytest.param({"valueInteger": 21, "status": "preliminary"}, "not_final", id="preliminary"),
        pytest.param({"valueInteger": 21, "status": "cancelled"}, "not_done", id="cancelled"),
        pytest.param(
            {"valueInteger": 21, "status": "entered-in-error"}, "entered_in_error", id="an error"
        ),
    ],
)
def test_a_total_score(fields: dict[str, Any], outcome: str) -> None:
    record = read_all(observation("44261-6", **fields))
    assert new_keys(record) | {reason for _, reason in reasons(record)} == {outcome}


@pytest.mark.parametrize(
    ("fields", "sureness"),
    [
        ({}, "stated"),
        ({"effectiveDateTime": "2027-01-01"}, "to_confirm"),
        ({"effectiveDateTime": "2026-11"}, "to_confirm"),
    ],
)
def test_a_score_without_its_day_is_to_be_confirmed(fields: dict[str, Any], sureness: str) -> None:
    record = read_all(observation("44261-6", valueInteger=21, **fields))
    assert find(record, Kind.SCORE, "phq9").sureness.value == sureness


ITEMS = (
    "44250-9",
    "44255-8",
    "44259-0",
    "44254-1",
    "44251-7",
    "44258-2",
    "44252-5",
    "44253-3",
    "44260-8",
)


def answers(code: str, count: int = 9) -> list[dict[str, Any]]:
    return [
        {"code": concept(LOINC, item), "valueCodeableConcept": concept(LOINC, code)}
        for item in ITEMS[:count]
    ]


def test_a_panel_is_added_up_from_components_members_or_loose_answers() -> None:
    loose = [{**observation("x"), **one} for one in answers("LA6570-1")]
    members = [{**one, "id": f"m{number}"} for number, one in enumerate(loose)]
    panel = observation(
        "44249-1", hasMember=[{"reference": f"Observation/{one['id']}"} for one in members]
    )
    for resources in (
        [observation("44249-1", component=answers("LA6570-1"))],
        [panel, *members],
        loose,
    ):
        record = read_all(*resources)
        assert new_keys(record) == {"score:phq9:2026-11-01:18"}
        assert "thoughts_of_death" in find(record, Kind.SCORE, "phq9").cautions


def test_an_answer_about_death_is_not_lost_where_the_same_total_stands_alone_too() -> None:
    total = observation("44261-6", valueInteger=18)
    panel = observation("44249-1", component=answers("LA6570-1"))
    for resources in ([total, panel], [panel, total]):
        found = find(read_all(*resources), Kind.SCORE, "phq9")
        assert "thoughts_of_death" in found.cautions


def test_eight_answers_make_no_total() -> None:
    record = read_all(observation("44249-1", component=answers("LA6570-1", 8)))
    assert reasons(record) == {("Observation", "incomplete")}


def test_a_scale_without_a_known_code_is_found_by_its_name_alone() -> None:
    named = {**observation("x", valueInteger=30), "code": {"text": "MADRS total"}}
    item = {**observation("y", valueInteger=6), "code": {"text": "MADRS item 1"}}
    record = read_all(named, item)
    assert new_keys(record) == {"score:madrs:2026-11-01:30"}
    assert find(record, Kind.SCORE, "madrs").sureness.value == "to_confirm"
    assert [one.coding.display for one in record.not_understood] == ["MADRS item 1"]


@pytest.mark.parametrize(
    ("performer", "origin"),
    [
        ([], "chart"),
        ([{"reference": "Practitioner/a"}], "chart"),
        ([MINE], "self_completed"),
        ([MINE, {"reference": "Practitioner/a"}], "chart"),
    ],
)
def test_who_filled_a_score_in_is_never_made_more_of(
    performer: list[dict[str, Any]], origin: str
) -> None:
    record = read_all(observation("44261-6", valueInteger=21, performer=performer))
    assert getattr(find(record, Kind.SCORE, "phq9").value, "origin", "") == origin


def procedure(code: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "resourceType": "Procedure",
        "status": "completed",
        "code": code,
        "subject": MINE,
        **fields,
    }


@pytest.mark.parametrize(
    ("resource", "kind", "sureness"),
    [
        pytest.param(procedure(concept(CPT, "90870")), "ect", "stated", id="ECT by number"),
        pytest.param(procedure(concept(CPT, "90868")), "tms", "stated", id="TMS by number"),
        pytest.param(
            procedure({"text": "Stellate ganglion block"}),
            "nerve_block",
            "to_confirm",
            id="a block by name",
        ),
        pytest.param(procedure(concept("", "", "")), "", "", id="nothing told"),
        pytest.param(procedure(concept(CPT, "90870"), status="not-done"), "", "", id="not done"),
    ],
)
def test_a_procedure_that_was_done_is_a_treatment_tried(
    resource: dict[str, Any], kind: str, sureness: str
) -> None:
    rows = [one for one in read_all(resource, resource).found if one.kind is Kind.TREATMENT]
    assert [(one.name, one.sureness.value) for one in rows] == ([(kind, sureness)] if kind else [])


INSURERS = {
    slug: Insurer(slug, name, InsurerKind.COMMERCIAL, also_known_as=("Sample Health",))
    for slug, name in (("sample-one", "Sample Plan One"), ("sample-two", "Sample Plan Two"))
}


def coverage(name: str, **fields: Any) -> dict[str, Any]:
    return {
        "resourceType": "Coverage",
        "status": "active",
        "beneficiary": MINE,
        "subscriberId": "000-SAMPLE",
        "payor": [{"display": name}],
        **fields,
    }


@pytest.mark.parametrize(
    ("resource", "found"),
    [
        pytest.param(coverage("sample  plan ONE"), "plan:insurer:sample-one", id="its exact name"),
        pytest.param(coverage("Sample Plan"), "plan:insurer_name:Sample Plan", id="a part of it"),
        pytest.param(
            coverage("Sample Health"), "plan:insurer_name:Sample Health", id="a name of two"
        ),
        pytest.param(coverage("private"), "no_value", id="no name"),
        pytest.param(
            coverage("Sample Plan One", status="cancelled"), "not_in_force", id="cancelled"
        ),
        pytest.param(
            coverage("Sample Plan One", status="entered-in-error"),
            "entered_in_error",
            id="an error",
        ),
    ],
)
def test_an_insurer_is_one_of_ours_by_its_exact_name_alone(
    resource: dict[str, Any], found: str
) -> None:
    record = read(bundle(resource), insurers=INSURERS)
    assert new_keys(record) | {reason for _, reason in reasons(record)} == {found}


def test_coverage_that_has_ended_is_to_be_confirmed_and_its_number_stays_out_of_sight() -> None:
    record = read(
        bundle(coverage("Sample Plan One", period={"end": "2025-12-31"})), insurers=INSURERS
    )
    assert find(record, Kind.PLAN, "insurer").sureness.value == "to_confirm"
    assert record.member_ids == ("000-SAMPLE",)
    assert "000-SAMPLE" not in repr(record)


SOPT = "https://nahdo.org/sopt"
POLICY = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
OURS, PROGRAM = "Sample Plan One", "Sample State Program"


@pytest.mark.parametrize(
    ("payer", "told", "line"),
    [
        pytest.param(OURS, concept(SOPT, "211"), "medicaid_managed_care", id="a Medicaid HMO"),
        pytest.param(OURS, concept(SOPT, "112"), "medicare_advantage", id="a Medicare PPO"),
        pytest.param(OURS, concept(SOPT, "1"), "medicare_advantage", id="Medicare by a company"),
        pytest.param(PROGRAM, concept(SOPT, "1"), "original_medicare", id="Medicare by itself"),
        pytest.param(PROGRAM, concept(SOPT, "2"), "medicaid", id="Medicaid by itself"),
        pytest.param(OURS, concept(SOPT, "512"), "commercial", id="a commercial PPO"),
        pytest.param(PROGRAM, concept(SOPT, "3115"), "tricare", id="TRICARE"),
        pytest.param(
            PROGRAM,
            concept("urn:oid:2.16.840.1.113883.3.221.5", "95"),
            "workers_compensation",
            id="by the typology's older name",
        ),
        pytest.param(OURS, {"text": "Medicaid Managed Care"}, "medicaid_managed_care", id="words"),
        pytest.param("Medicare", None, "original_medicare", id="the payer's name"),
        pytest.param("VA Health Care", None, "va", id="veterans"),
        pytest.param("Sample Plan of VA", None, None, id="Virginia"),
        pytest.param(PROGRAM, concept(SOPT, "14"), None, id="Medicare and Medicaid"),
        pytest.param(
            PROGRAM,
            concept(SOPT, "81", "Self-pay (includes Medicaid applicants)"),
            None,
            id="applicants",
        ),
        pytest.param(PROGRAM, {"text": "Medicare supplement"}, None, id="a supplement"),
        pytest.param(OURS, concept(POLICY, "PPO"), None, id="a PPO of any kind"),
    ],
)
def test_the_kind_of_plan_is_found_where_the_coverage_tells_one_and_is_always_to_be_confirmed(
    payer: str, told: dict[str, Any] | None, line: str | None
) -> None:
    record = read(bundle(coverage(payer, type=told)), insurers=INSURERS)
    finds = [one for one in record.found if one.name == "line_of_business"]
    assert [one.value for one in finds] == [line] * (line is not None)
    assert all(one.sureness.value == "to_confirm" for one in finds)
    # What tells no kind is listed, and never dropped.
    assert bool(record.not_understood) is (line is None and told is not None)


def test_a_kind_told_by_a_class_is_found_and_the_code_beside_it_is_listed() -> None:
    named = coverage(OURS, type=concept(POLICY, "HMO"), **{"class": [{"name": "Sample CHIP"}]})
    record = read(bundle(named), insurers=INSURERS)
    assert find(record, Kind.PLAN, "line_of_business").value == "chip"
    assert [one.coding.code for one in record.not_understood] == ["HMO"]


def test_one_bad_field_costs_that_field_alone() -> None:
    bad = condition(SNOMED, "370143000", recordedDate={"a": 1}, category=7, extension="x")
    assert new_keys(read_all(bad)) == {"condition:mdd:mdd"}


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    read_all(order("36437"), observation("44261-6", valueInteger=300))
    assert caplog.records == []
