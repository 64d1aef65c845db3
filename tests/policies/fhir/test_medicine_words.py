"""What the words of an order say: a combination, a cream, a refusal, and what it was given for."""

from typing import Any

import pytest

from policies import terms
from policies.fhir import Caution, Kind, Record
from policies.fhir.review import stated
from tests.policies.fhir.bundles import (
    ICD10CM,
    MINE,
    SNOMED,
    concept,
    condition,
    find,
    is_stated,
    keys,
    order,
    read_all,
    to_confirm,
)


def named(words: str) -> dict[str, Any]:
    """An order by words alone."""
    one = order("0")
    return {**one, "medicationCodeableConcept": {"text": words}}


def treatments(record: Record) -> set[str]:
    return {one.name for one in record.found if one.kind is Kind.TREATMENT}


def left_out(record: Record) -> list[tuple[str, str]]:
    return [(one.reason.value, one.value) for one in record.left_out]


@pytest.mark.parametrize(
    ("spellings", "parts"),
    [
        pytest.param(
            (
                "Symbyax 6-50",
                "olanzapine-fluoxetine",
                "fluoxetine-olanzapine 25-6 mg capsule",
                "OLANZapine 6 MG / FLUoxetine 50 MG",
                "Symbyax 6-50 (olanzapine-fluoxetine)",
                "olanzapine and fluoxetine",
            ),
            "fluoxetine + olanzapine",
            id="olanzapine with fluoxetine",
        ),
        pytest.param(
            ("Auvelity", "dextromethorphan-bupropion 45-105 mg ER tablet"),
            "bupropion + dextromethorphan",
            id="bupropion with dextromethorphan",
        ),
        pytest.param(
            ("Contrave", "naltrexone-bupropion (Contrave)", "naltrexone 8 MG / bupropion 90 MG"),
            "bupropion + naltrexone",
            id="bupropion to lose weight",
        ),
        pytest.param(
            ("Percocet 5-325", "oxycodone-acetaminophen", "Oxycodone / Acetaminophen"),
            "acetaminophen + oxycodone",
            id="a pain medicine",
        ),
    ],
)
def test_every_spelling_of_a_combination_is_left_out_with_its_parts(
    spellings: tuple[str, ...], parts: str
) -> None:
    for words in spellings:
        record = read_all(named(words))
        assert (words, treatments(record), left_out(record)) == (
            words,
            set(),
            [("combination", parts)],
        )
        assert record.not_understood == ()


def test_every_combination_brand_is_no_name_of_a_drug() -> None:
    names = {one for drug in terms.drugs().values() for one in (drug.name, *drug.brands)}
    assert terms.combinations().keys().isdisjoint(names)
    assert all(len(parts) == 2 for parts in terms.combinations().values())


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param("doxepin 5% cream", "local_form", id="a cream"),
        pytest.param("diclofenac 1% topical gel", "local_form", id="a gel"),
        pytest.param("ketamine ointment", "local_form", id="an ointment"),
        pytest.param("patient declined venlafaxine", "not_taken_by_words", id="declined"),
        pytest.param("refuses sertraline", "not_taken_by_words", id="refused"),
        pytest.param("allergy to fluoxetine", "not_taken_by_words", id="an allergy"),
        pytest.param("Allergic to paroxetine", "not_taken_by_words", id="allergic"),
        pytest.param("intolerant of duloxetine", "not_taken_by_words", id="intolerant"),
        pytest.param("never took citalopram", "not_taken_by_words", id="never"),
        pytest.param("bupropion - not taken", "not_taken_by_words", id="not taken"),
        pytest.param("bupropion contraindicated", "not_taken_by_words", id="contraindicated"),
        pytest.param("mirtazapine, discontinued before", "not_taken_by_words", id="before"),
        pytest.param("consider lithium", "not_taken_by_words", id="a thought"),
        pytest.param("placebo (sertraline study arm)", "not_taken_by_words", id="a placebo"),
    ],
)
def test_what_was_not_swallowed_is_no_trial_and_says_why(words: str, reason: str) -> None:
    record = read_all(named(words))
    assert (treatments(record), left_out(record)) == (set(), [(reason, "")])


def test_a_cream_by_its_route_or_beside_a_code_is_no_trial_either() -> None:
    by_route = order("3638", dosageInstruction=[{"route": {"text": "Topical route"}}])
    beside_a_code = order("3638", "doxepin hydrochloride 50 MG/ML Topical Cream")
    assert left_out(read_all(by_route, beside_a_code)) == [("local_form", "")] * 2


@pytest.mark.parametrize(
    ("words", "drug"),
    [
        pytest.param(
            "ibuprofen 200 MG Oral Capsule, liquid gel capsule", "ibuprofen", id="gel cap"
        ),
        pytest.param("sertraline 50 mg, for refractory depression", "sertraline", id="refractory"),
        pytest.param("Emsam 6 mg/24 hr patch", "selegiline transdermal", id="a patch"),
    ],
)
def test_words_that_only_look_alike_stay_a_trial(words: str, drug: str) -> None:
    assert treatments(read_all(named(words))) == {drug}


PAIN = condition(ICD10CM, "M79.7", id="pain")
FOR_PAIN: dict[str, Any] = {"reasonReference": [{"reference": "Condition/pain"}]}


@pytest.mark.parametrize(
    ("drug", "fields"),
    [
        pytest.param("duloxetine", {"reasonCode": [{"text": "Fibromyalgia"}]}, id="by words"),
        pytest.param("duloxetine", {"reasonCode": [concept(ICD10CM, "M79.7")]}, id="by code"),
        pytest.param("duloxetine", FOR_PAIN, id="by the diagnosis it refers to"),
        pytest.param("amitriptyline", {"reasonCode": [{"text": "Migraine"}]}, id="migraine"),
        pytest.param("bupropion", {"reasonCode": [{"text": "Smoking cessation"}]}, id="smoking"),
        pytest.param("quetiapine", {"reasonCode": [{"text": "Schizophrenia"}]}, id="an add-on"),
        pytest.param("fluoxetine", {"reasonCode": [concept(SNOMED, "21897009")]}, id="anxiety"),
        pytest.param("lithium", {"reasonCode": [concept(ICD10CM, "F31.9")]}, id="bipolar by code"),
        pytest.param("quetiapine", {"reasonCode": [{"text": "Bipolar I"}]}, id="bipolar by words"),
        pytest.param("sertraline", {"reasonCode": [concept(ICD10CM, "F32.81")]}, id="premenstrual"),
        pytest.param("amitriptyline", {"reasonCode": [concept(ICD10CM, "N30.10")]}, id="bladder"),
    ],
)
def test_a_medicine_given_for_something_else_waits_for_a_person(
    drug: str, fields: dict[str, Any]
) -> None:
    record = read_all(PAIN, {**named(drug), **fields})
    found = find(record, Kind.TREATMENT, drug)
    assert Caution.OTHER_USES in found.cautions
    assert getattr(found.value, "kind", "") is None
    assert found.key not in {one.key for one in stated(record)}


@pytest.mark.parametrize(
    ("drug", "reasons"),
    [
        pytest.param("duloxetine", [], id="none told"),
        pytest.param("duloxetine", [{"text": "Major depression"}], id="depression"),
        pytest.param(
            "duloxetine",
            [{"text": "Fibromyalgia"}, concept(ICD10CM, "F33.1")],
            id="depression beside it",
        ),
        pytest.param("duloxetine", [{"text": "see note"}], id="words that name no use"),
        pytest.param("gabapentin", [{"text": "Neuropathic pain"}], id="a medicine for pain"),
        pytest.param("sertraline", [concept(ICD10CM, "F53.0")], id="depression after a birth"),
        pytest.param("sertraline", [concept(ICD10CM, "Z79.899")], id="a code of no disease"),
    ],
)
def test_a_medicine_given_for_depression_or_without_a_reason_is_stated(
    drug: str, reasons: list[dict[str, Any]]
) -> None:
    record = read_all({**named(drug), "reasonCode": reasons})
    assert Caution.OTHER_USES not in find(record, Kind.TREATMENT, drug).cautions
    assert f"treatment:{drug}" in {one.key for one in stated(record)}


def test_one_prescription_for_depression_is_enough_among_others() -> None:
    for_pain = {**named("duloxetine"), "reasonCode": [{"text": "Fibromyalgia"}]}
    for_depression = {**named("duloxetine"), "reasonCode": [{"text": "Depression"}]}
    record = read_all(for_pain, for_depression)
    assert keys(record) >= {"treatment:duloxetine"}
    assert Caution.OTHER_USES not in find(record, Kind.TREATMENT, "duloxetine").cautions


def test_a_product_for_another_use_is_known_by_its_code_alone() -> None:
    assert left_out(read_all(order("1801289"))) == [("other_use", "")]


@pytest.mark.parametrize(
    "words",
    [
        "Mother responded to fluoxetine",
        "fluoxetine helped her sister",
        "discussed fluoxetine at length",
    ],
)
def test_a_drug_named_among_other_words_waits_for_a_person(words: str) -> None:
    record = read_all(named(words))
    assert treatments(record) == {"fluoxetine"}
    assert "treatment:fluoxetine" in to_confirm(record)


@pytest.mark.parametrize(
    "words",
    ["fluoxetine", "Prozac 20 mg capsule", "FLUoxetine HCl 20 MG Oral Capsule [Prozac]"],
)
def test_a_drugs_name_with_strength_and_form_is_stated(words: str) -> None:
    assert "treatment:fluoxetine" in is_stated(read_all(named(words)))


def test_words_around_a_name_add_nothing_to_what_a_code_states() -> None:
    told = {"effectivePeriod": {"start": "2026-01-01", "end": "2026-08-01"}}
    statement = {
        **named("Mother took fluoxetine"),
        "resourceType": "MedicationStatement",
        **told,
    }
    found = find(read_all(statement, order("4493")), Kind.TREATMENT, "fluoxetine")
    assert getattr(found.value, "weeks", 0) is None
    assert (found.sureness.value, len(found.origins)) == ("stated", 2)


@pytest.mark.parametrize(
    "resource",
    [
        pytest.param(
            {**named("ketamine"), "reasonCode": [{"text": "Procedural sedation"}]}, id="an order"
        ),
        pytest.param(named("ketamine for anesthesia"), id="the words of an order"),
        pytest.param(named("ketamine, sedation for a painful dressing"), id="a painful one"),
        pytest.param(
            {
                "resourceType": "Procedure",
                "status": "completed",
                "subject": MINE,
                "code": {"text": "Ketamine sedation"},
            },
            id="a procedure",
        ),
    ],
)
def test_ketamine_for_anesthesia_is_no_treatment_tried(resource: dict[str, Any]) -> None:
    record = read_all(resource)
    assert (treatments(record), left_out(record)) == (set(), [("for_anesthesia", "")])


def test_ketamine_for_depression_or_pain_is_a_treatment_tried() -> None:
    for reason in ("Depression, under sedation", "Pain; sedation"):
        record = read_all({**named("ketamine"), "reasonCode": [{"text": reason}]})
        assert treatments(record) == {"ketamine"}
