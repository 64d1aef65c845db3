"""Conditions and how they lie within one another, and treatments tried."""

from typing import Any

import pytest

from policies.facts import DoseHint, TriedFact
from policies.truth import Truth
from tests.factories import MET, NOT_MET, UNKNOWN, make_facts, make_tried


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
