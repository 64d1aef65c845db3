"""What points the other way: shown beside a letter, and met in its text where it has to be."""

import pytest

from appeals.evidence import Direction, honest_panel, must_meet
from policies import terms
from policies.situation import Treatment

IV = Treatment.IV_KETAMINE
SPRAY = Treatment.ESKETAMINE_NASAL
TRD = "treatment_resistant_depression"
EVERY_PAIR = [(one, treatment) for one in terms.conditions() for treatment in Treatment]
DEPRESSION = [TRD, "mdd", "mdd_suicidal", "bipolar_depression"]
PAIN = ["chronic_pain", "crps", "crps_type_2", "neuropathic_pain", "fibromyalgia"]


def panel(condition: str, treatment: Treatment) -> set[str]:
    return {one.id for one in honest_panel(condition=condition, treatment=treatment)}


def met(condition: str, treatment: Treatment, *, is_continuation: bool = False) -> set[str]:
    found = must_meet(condition=condition, treatment=treatment, is_continuation=is_continuation)
    return {one.id for one in found}


@pytest.mark.parametrize(
    ("condition", "treatment", "expected"),
    [
        pytest.param(
            TRD,
            IV,
            {
                *("jelovac_2025_karmadep2", "ionescu_2019_repeat", "ekstrand_2022_ketect"),
                *("lii_2023_masked", "rhee_2022_ect_meta", "label_ketalar"),
            },
            id="resistant depression",
        ),
        pytest.param("mdd_suicidal", IV, {"abbar_2022", "ionescu_2019_repeat"}, id="suicidality"),
        pytest.param(
            "ptsd", IV, {"abdallah_2022", "borgogna_2024_ptsd_meta", "vadod_ptsd_2023"}, id="PTSD"
        ),
        pytest.param("ocd", IV, {"ocd_open_label_refractory"}, id="OCD, not verified and said so"),
        pytest.param(
            "crps",
            IV,
            {"ferraro_2025_cochrane_pain", "connolly_2015_crps_review", "sigtermans_2009"},
            id="CRPS",
        ),
        pytest.param(
            "cancer_pain", IV, {"hardy_2012_cancer", "bell_2017_cochrane_cancer"}, id="cancer pain"
        ),
        pytest.param(
            TRD, SPRAY, {"ochs_ross_2020_transform3", "esketamine_ect_cua_2021"}, id="esketamine"
        ),
    ],
)
def test_the_panel_shows_what_a_plan_will_cite(
    condition: str, treatment: Treatment, expected: set[str]
) -> None:
    assert expected <= panel(condition, treatment)


def test_what_is_against_stands_before_what_is_mixed_and_the_unverified_last() -> None:
    found = honest_panel(condition=TRD, treatment=IV)
    assert found[0].id == "jelovac_2025_karmadep2"
    verified = [one for one in found if one.verified]
    assert list(found[: len(verified)]) == verified
    directions = [one.direction for one in verified]
    assert directions == sorted(directions, key=list(reversed(Direction)).index)


@pytest.mark.parametrize("condition", DEPRESSION)
def test_a_letter_on_infusions_for_depression_meets_the_trial_of_serial_infusions(
    condition: str,
) -> None:
    assert "jelovac_2025_karmadep2" in met(condition, IV)
    assert "jelovac_2025_karmadep2" not in met(condition, SPRAY)


@pytest.mark.parametrize("condition", PAIN)
def test_a_letter_on_pain_meets_the_cochrane_review(condition: str) -> None:
    assert "ferraro_2025_cochrane_pain" in met(condition, IV)


@pytest.mark.parametrize(
    ("condition", "is_continuation", "expected"),
    [
        pytest.param("ptsd", False, {"abdallah_2022", "borgogna_2024_ptsd_meta"}, id="PTSD"),
        pytest.param("mdd_suicidal", False, {"abbar_2022"}, id="the depressive subgroup"),
        pytest.param("neuropathic_pain", False, {"pickering_2020"}, id="neuropathic pain"),
        pytest.param("fibromyalgia", False, {"noppers_2011_fibromyalgia"}, id="fibromyalgia"),
        pytest.param("cancer_pain", False, {"bell_2017_cochrane_cancer"}, id="cancer pain"),
        pytest.param("migraine", False, {"etchison_2018_migraine"}, id="migraine"),
        pytest.param(TRD, True, {"canmat_2021_ketamine"}, id="to go on with infusions"),
    ],
)
def test_a_letter_meets(condition: str, *, is_continuation: bool, expected: set[str]) -> None:
    assert expected <= met(condition, IV, is_continuation=is_continuation)


def test_what_concerns_repeated_infusions_is_met_only_where_a_treatment_goes_on() -> None:
    assert not met(TRD, IV) & {"ionescu_2019_repeat", "canmat_2021_ketamine"}
    assert "abbar_2022" not in met("bipolar_depression", IV)


@pytest.mark.parametrize(("condition", "treatment"), EVERY_PAIR)
def test_whatever_a_letter_has_to_meet_is_verified_and_on_the_panel(
    condition: str, treatment: Treatment
) -> None:
    due = must_meet(condition=condition, treatment=treatment, is_continuation=True)
    assert all(one.verified for one in due)
    assert {one.id for one in due} <= panel(condition, treatment)
