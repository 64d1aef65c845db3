"""Conditions and how they lie within one another, the terms, and the vocabulary."""

from itertools import chain
from typing import Any

import pytest

from policies import terms, vocabulary
from policies.facts import DRUG_KINDS, DoseHint, TriedFact
from policies.truth import Truth
from policies.vocabulary import FactType, SettledBy, Speak
from tests.factories import make_facts, make_tried

MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("stated", "asked", "expected"),
    [
        pytest.param(["ptsd"], "ptsd", MET, id="the condition itself"),
        pytest.param(["treatment_resistant_depression"], "mdd", MET, id="it lies within"),
        pytest.param(["treatment_resistant_depression"], "depression", MET, id="two steps up"),
        pytest.param(
            ["treatment_resistant_depression"], "psychiatric_disorders", MET, id="three steps up"
        ),
        pytest.param(
            ["mdd"], "treatment_resistant_depression", UNKNOWN, id="the narrower is not known"
        ),
        pytest.param(
            ["depression"], "treatment_resistant_depression", UNKNOWN, id="nor two steps down"
        ),
        pytest.param(["ptsd"], "depression", NOT_MET, id="another one"),
        pytest.param(["ptsd", "mdd"], "depression", MET, id="one of two"),
        pytest.param(["crps"], "chronic_pain", UNKNOWN, id="CRPS is for the document to say"),
        pytest.param(["crps_type_2"], "crps", UNKNOWN, id="and so is its second type"),
        pytest.param(
            ["postherpetic_neuralgia"],
            "chronic_pain",
            UNKNOWN,
            id="a wider one perhaps lies within it",
        ),
        pytest.param(["chronic_pain"], "depression", NOT_MET, id="pain is no depression"),
        pytest.param(["depression"], "chronic_pain", NOT_MET, id="depression is no pain"),
        pytest.param(
            ["mdd_suicidal"], "treatment_resistant_depression", UNKNOWN, id="the two overlap"
        ),
        pytest.param(["bipolar_depression"], "depression", UNKNOWN, id="bipolar depression"),
        pytest.param(["bipolar_depression"], "mdd", NOT_MET, id="is not unipolar"),
        pytest.param(["other"], "chronic_pain", NOT_MET, id="another condition"),
        pytest.param([], "chronic_pain", UNKNOWN, id="not answered"),
    ],
)
def test_condition(stated: list[str], asked: str, expected: Truth) -> None:
    assert make_facts(conditions=stated).condition(asked) is expected


@pytest.mark.parametrize(
    ("stated", "ideation", "expected"),
    [
        pytest.param("treatment_resistant_depression", "with_intent", MET, id="with intent"),
        pytest.param("treatment_resistant_depression", "without_intent", MET, id="without intent"),
        pytest.param("mdd", "without_intent", MET, id="major depression"),
        pytest.param("mdd", "none", NOT_MET, id="no thoughts"),
        pytest.param("mdd", None, UNKNOWN, id="thoughts not answered"),
        pytest.param("depression", "with_intent", UNKNOWN, id="depression of some kind"),
        pytest.param("ptsd", "with_intent", NOT_MET, id="thoughts without depression"),
        pytest.param("ptsd", None, NOT_MET, id="no depression, and thoughts not answered"),
        pytest.param("mdd_suicidal", None, MET, id="stated as such"),
    ],
)
def test_major_depression_with_thoughts_of_suicide_is_the_two_together(
    stated: str, ideation: str | None, expected: Truth
) -> None:
    answers = {} if ideation is None else {"suicidal_ideation": ideation}
    facts = make_facts(conditions=[stated], answers=answers)
    assert facts.condition("mdd_suicidal") is expected


@pytest.mark.parametrize(
    ("codes", "asked", "expected"),
    [
        pytest.param(("F33.2",), "mdd", MET, id="a code of major depression"),
        pytest.param(("F33.2",), "depression", MET, id="and of what that lies within"),
        pytest.param(
            ("F33.2",), "treatment_resistant_depression", UNKNOWN, id="no code says resistant"
        ),
        pytest.param(("F32.A",), "mdd", UNKNOWN, id="depression, unspecified"),
        pytest.param(("F43.10",), "ptsd", MET, id="PTSD"),
        pytest.param(("G90.511",), "crps", MET, id="CRPS of the right arm"),
        pytest.param(("G56.41",), "crps_type_2", MET, id="causalgia"),
        pytest.param(("F33.2", "R45.851"), "mdd_suicidal", MET, id="R45.851 beside a mood code"),
        pytest.param(("R45.851",), "mdd_suicidal", UNKNOWN, id="R45.851 alone"),
        pytest.param(("R45.851",), "mdd", UNKNOWN, id="R45.851 alone is no depression"),
        pytest.param(("R45.851", "F43.10"), "mdd_suicidal", NOT_MET, id="R45.851 beside PTSD"),
        pytest.param(("Z99.89",), "mdd", UNKNOWN, id="a code that is none of ours"),
    ],
)
def test_codes_state_conditions(codes: tuple[str, ...], asked: str, expected: Truth) -> None:
    assert make_facts(conditions=[], icd10_codes=codes).condition(asked) is expected


def test_r45_851_goes_with_a_condition_that_was_stated() -> None:
    facts = make_facts(conditions=["mdd"], icd10_codes=("R45.851",))
    assert facts.condition("mdd_suicidal") is MET


def test_a_code_adds_to_what_was_stated() -> None:
    facts = make_facts(conditions=["chronic_pain"], icd10_codes=("F33.2",))
    assert facts.stated_conditions == frozenset({"chronic_pain", "mdd"})


@pytest.mark.parametrize(
    ("asked", "fact", "expected"),
    [
        pytest.param({"icd10_codes": ("F31.81",)}, "bipolar_history", True, id="a bipolar code"),
        pytest.param(
            {"conditions": ["bipolar_depression"]},
            "bipolar_history",
            True,
            id="a bipolar diagnosis",
        ),
        pytest.param({"icd10_codes": ("F33.2",)}, "bipolar_history", None, id="another code"),
        pytest.param({"icd10_codes": ("F33.3",)}, "psychotic_features", True, id="with psychosis"),
        pytest.param({"icd10_codes": ("F33.3",)}, "psychosis_history", True, id="and so before"),
        pytest.param(
            {"answers": {"psychotic_features": True}},
            "psychosis_history",
            True,
            id="psychosis in this episode is psychosis in the history",
        ),
        pytest.param(
            {"answers": {"psychotic_features": False}},
            "psychosis_history",
            None,
            id="none in this episode says nothing of earlier ones",
        ),
        pytest.param({"icd10_codes": ("Z33.1",)}, "pregnancy", True, id="a code of pregnancy"),
        pytest.param({}, "pregnancy", None, id="nothing"),
    ],
)
def test_what_a_diagnosis_or_code_carries_with_it(
    asked: dict[str, Any], fact: str, *, expected: bool | None
) -> None:
    assert make_facts(**({"conditions": []} | asked)).values.get(fact) is expected


def test_every_fact_that_is_implied_is_a_yes_or_no_of_the_vocabulary() -> None:
    for implied in terms.implied_facts():
        assert vocabulary.fact(implied.fact).type is FactType.BOOLEAN
        assert implied.conditions <= terms.conditions().keys()
        assert implied.conditions or implied.codes


# Treatments tried


@pytest.mark.parametrize(
    ("drug", "kind", "expected"),
    [
        pytest.param("sertraline", "antidepressant", "antidepressant", id="a known drug"),
        pytest.param("lorazepam", "antidepressant", "benzodiazepine", id="the drug beats the kind"),
        pytest.param(
            "trazodone", "antidepressant", "antidepressant", id="one with other uses, as its kind"
        ),
        pytest.param("trazodone", "other", None, id="one with other uses, as another kind"),
        pytest.param("trazodone", None, None, id="one with other uses, as no kind"),
        pytest.param("zzyzx", "antidepressant", None, id="an unknown drug leaves the kind open"),
        pytest.param(None, "antidepressant", None, id="and so does no name"),
        pytest.param(None, "ect", "ect", id="a treatment that is no drug"),
        pytest.param("CBT", "psychotherapy", "psychotherapy", id="talk therapy by its name"),
        pytest.param(None, None, None, id="nothing answered"),
    ],
)
def test_kind_of_a_treatment(drug: str | None, kind: str | None, expected: str | None) -> None:
    assert _tried(drug, kind=kind).kind == expected


@pytest.mark.parametrize(
    ("drug", "dose", "expected"),
    [
        pytest.param("sertraline", 50, DoseHint.WITHIN, id="at the usual minimum"),
        pytest.param("sertraline", 49, DoseHint.BELOW, id="below it"),
        pytest.param("sertraline", 200, DoseHint.WITHIN, id="at the usual maximum"),
        pytest.param("sertraline", 201, DoseHint.ABOVE, id="above it"),
        pytest.param("sertraline", None, None, id="no dose"),
        pytest.param("lithium", 900, None, id="no usual dose was read"),
        pytest.param("zzyzx", 50, None, id="an unknown drug"),
    ],
)
def test_a_dose_beside_the_usual_range(
    drug: str, dose: float | None, expected: DoseHint | None
) -> None:
    assert _tried(drug, highest_dose_mg=dose).dose_hint is expected


def _tried(drug: str | None, **fields: object) -> TriedFact:
    (tried,) = make_facts(tried=[make_tried(drug, **fields)]).treatments or ()
    return tried


# The terms


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
    assert {item.kind for item in terms.drug_classes().values()} <= DRUG_KINDS <= kinds.keys()


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


# The vocabulary


def test_every_fact_has_a_question_a_label_and_who_settles_it() -> None:
    for definition in vocabulary.facts().values():
        assert definition.question.endswith("?"), definition.name
        assert definition.label, definition.name
        assert definition.group, definition.name
        assert definition.speak in Speak
        assert definition.settled_by in SettledBy


def test_every_field_of_a_row_has_a_question_and_a_label() -> None:
    for fields in (vocabulary.treatment_fields(), vocabulary.score_fields()):
        for definition in fields.values():
            assert definition.question.endswith("?"), definition.name
            assert definition.label, definition.name


def test_every_number_has_a_range_and_every_choice_its_choices() -> None:
    for definition in vocabulary.facts().values():
        if definition.type is FactType.NUMBER:
            assert definition.min is not None, definition.name
            assert definition.max is not None, definition.name
        if definition.type in (FactType.CHOICE, FactType.SET):
            assert definition.choices, definition.name


@pytest.mark.parametrize("name", ["age", "conditions", "suicidal_ideation", "episode_severity"])
def test_nobody_is_told_to_change_what_must_never_be_suggested(name: str) -> None:
    assert vocabulary.fact(name).speak is Speak.NEVER_SUGGEST


def test_no_safety_condition_is_ever_suggested() -> None:
    safety = [one for one in vocabulary.facts().values() if one.group == "safety"]
    assert len(safety) > 5
    assert {one.speak for one in safety} == {Speak.NEVER_SUGGEST}


def test_nobody_is_diagnosed_with_a_group() -> None:
    choices = vocabulary.fact("conditions").choices or {}
    groups = {item.id for item in terms.conditions().values() if item.is_group}
    assert groups
    assert not groups & choices.keys()
    assert choices.keys() | groups == terms.conditions().keys()


def test_a_fact_nobody_knows_is_not_looked_up() -> None:
    with pytest.raises(KeyError):
        vocabulary.fact("wieght")
