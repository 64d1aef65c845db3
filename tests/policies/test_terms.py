"""The terms: conditions, codes, drugs and scales."""

from itertools import chain

import pytest

from policies import terms, vocabulary


def test_what_is_implied_is_an_answer_of_the_vocabulary() -> None:
    for implied in terms.implied_facts():
        answer = implied.excluded if implied.value is None else implied.value
        assert vocabulary.fact(implied.fact).read(answer) == answer
        assert implied.conditions <= terms.conditions().keys()
        assert implied.conditions or implied.codes or implied.facts


def test_every_condition_that_another_names_exists() -> None:
    known = terms.conditions()
    for item in known.values():
        assert item.within | item.perhaps_within | item.overlaps <= known.keys(), item.id
        assert item.label, item.id


def test_no_condition_lies_within_itself() -> None:
    for name in terms.conditions():
        above = chain.from_iterable(
            terms.conditions()[wider].within for wider in terms.wider_conditions(name)
        )
        assert name not in above


def test_distances_count_the_steps() -> None:
    assert terms.wider_conditions("treatment_resistant_depression") == {
        "treatment_resistant_depression": 0,
        "mdd": 1,
        "depression": 2,
        "psychiatric_disorders": 3,
    }


def test_every_code_of_a_condition_is_a_billable_code_that_we_hold() -> None:
    held = terms.icd10_codes()
    wrong = [
        code
        for item in terms.conditions().values()
        for code in item.icd10
        if code not in held or not held[code].billable
    ]
    assert wrong == []


def test_every_code_too_vague_for_an_appeal_is_one_that_we_hold() -> None:
    held = terms.icd10_codes()
    vague = [code for item in terms.conditions().values() for code in item.too_vague_for_appeal]
    assert vague
    assert [code for code in vague if code not in held] == []


def test_no_code_states_two_conditions() -> None:
    codes = list(chain.from_iterable(item.icd10 for item in terms.conditions().values()))
    assert len(codes) == len(set(codes))


def test_no_two_drugs_share_a_name() -> None:
    names = [
        name.casefold()
        for drug in terms.drugs().values()
        for name in (drug.name, *drug.brands, *drug.also)
    ]
    assert len(names) == len(set(names))


def test_every_drug_class_is_of_a_kind_that_a_row_can_have() -> None:
    kinds = vocabulary.treatment_fields()["kind"].choices or {}
    assert {item.kind for item in terms.drug_classes().values()} <= kinds.keys()
    assert terms.medicine_kinds() == {
        "antidepressant",
        "augmentation",
        "esketamine",
        "ketamine",
        "benzodiazepine",
        "analgesic",
        "anticonvulsant",
        "other",
    }
    assert terms.medicine_kinds() <= kinds.keys()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("sertraline", "sertraline", id="generic"),
        pytest.param("Zoloft 100 mg", "sertraline", id="brand and strength"),
        pytest.param("ZOLOFT", "sertraline", id="capitals"),
        pytest.param("  zoloft  ", "sertraline", id="spaces"),
        pytest.param("sertraline hcl", "sertraline", id="salt"),
        pytest.param("Sertraline 50mg tablets", "sertraline", id="strength and form"),
        pytest.param("Wellbutrin XL", "bupropion", id="release form"),
        pytest.param("Effexor XR 150 mg", "venlafaxine", id="release form and strength"),
        pytest.param("Lithium carbonate ER", "lithium", id="salt and release form"),
        pytest.param("T3", "liothyronine", id="another name, with a digit"),
        pytest.param("Tofranil-PM", "imipramine", id="a brand with a hyphen"),
        pytest.param("MS Contin", "morphine", id="a brand of two words"),
        pytest.param("divalproex sodium", "valproic acid", id="another salt"),
        pytest.param("Symbyax", None, id="a combination is no drug of ours"),
        pytest.param("Auvelity", None, id="nor is another"),
        pytest.param("Tylenol with Codeine", None, id="nor one that begins like a drug"),
        pytest.param("sertraline and lithium", None, id="two in one row"),
        pytest.param("zzyzx", None, id="a name nobody knows"),
        pytest.param("", None, id="nothing"),
        pytest.param("100 mg", None, id="only a strength"),
        pytest.param("xl", None, id="only a release form"),
        pytest.param("Sertralina 100 mg", "sertraline", id="the Spanish name"),
        pytest.param("litio", "lithium", id="a Spanish name that differs much"),
        pytest.param("levomilnacipran", "levomilnacipran", id="without its accent"),
        pytest.param("LEVOMILNACIPRÁN", "levomilnacipran", id="with its accent, in capitals"),
        pytest.param("clorhidrato de sertralina 50 mg", "sertraline", id="a salt in Spanish"),
        # As RxNorm writes what is dispensed, by its ingredient and by its brand.
        pytest.param(
            "24 HR bupropion hydrochloride 150 MG Extended Release Oral Tablet",
            "bupropion",
            id="a time of release, a salt, a strength and a form",
        ),
        pytest.param("escitalopram 10 MG Oral Tablet [Lexapro]", "escitalopram", id="its brand"),
        pytest.param("sertraline 20 MG/ML Oral Solution", "sertraline", id="so much in so much"),
        pytest.param(
            "2 ACTUAT esketamine 14 MG/ACTUAT Nasal Spray [Spravato]", "esketamine", id="a spray"
        ),
        pytest.param(
            "24 HR selegiline 0.25 MG/HR Transdermal System [Emsam]",
            "selegiline transdermal",
            id="a patch that is another drug than the tablet",
        ),
        pytest.param("fentanyl 0.05 MG/HR Transdermal System", "fentanyl", id="a patch"),
        pytest.param(
            "{11 (vilazodone 10 MG Oral Tablet) / 19 (vilazodone 20 MG Oral Tablet) } Pack "
            "[Viibryd]",
            "vilazodone",
            id="a pack with two strengths",
        ),
        pytest.param("selegiline 5 MG Oral Capsule", None, id="by mouth it is none of ours"),
        pytest.param("olanzapine / fluoxetine", None, id="a combination of two of ours"),
        pytest.param(
            "fluoxetine 25 MG / olanzapine 3 MG Oral Capsule [Symbyax]", None, id="by RxNorm"
        ),
        pytest.param("OLANZapine-FLUoxetine 6-25 mg capsule", None, id="joined by a stroke"),
        pytest.param(
            "dextromethorphan hydrobromide 45 MG / bupropion hydrochloride 105 MG Oral Tablet",
            None,
            id="of one of ours and another",
        ),
        pytest.param("escitalopram 10 MG [Celexa]", None, id="a brand of another drug"),
        pytest.param("doxepin 3 MG Oral Tablet [Silenor]", None, id="a brand for another use"),
        pytest.param("doxepin 50 MG/ML Topical Cream", None, id="a cream"),
    ],
)
def test_find_drug(typed: str, expected: str | None) -> None:
    found = terms.find_drug(typed)
    assert (found.name if found else None) == expected


def test_bupropion_and_mirtazapine_stand_in_the_one_class_whose_members_differ() -> None:
    differing = [item.id for item in terms.drug_classes().values() if item.members_differ]
    members = {drug.name for drug in terms.drugs().values() if drug.drug_class.id in differing}
    assert members == {"bupropion", "mirtazapine"}


def test_every_usual_dose_goes_from_less_to_more() -> None:
    doses = [drug.usual_dose_mg_day for drug in terms.drugs().values() if drug.usual_dose_mg_day]
    assert len(doses) > 20
    assert all(0 < least < most for least, most in doses)


def test_every_scale_goes_from_less_to_more_and_qids_c_is_one_of_its_own() -> None:
    ranges = {item.id: item.range for item in terms.rating_scales().values()}
    assert all(limits is None or limits[0] < limits[1] for limits in ranges.values())
    assert ranges["phq9"] == (0, 27)
    assert ranges["madrs"] == (0, 60)
    assert ranges["hamd17"] == (0, 52)
    assert ranges["qids_c16"] is None
    assert ranges["qids_sr16"] == (0, 27)


def test_the_code_list_says_its_year_and_that_the_next_was_not_checked() -> None:
    assert terms.ICD10_RELEASE == "FY2026, not checked for FY2027"
