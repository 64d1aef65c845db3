"""Which records a letter may cite for a condition, a treatment and a reason, and which never."""

import pytest

from appeals.evidence import (
    Direction,
    evidence_for,
    finding_for_letter,
    limit_for_letter,
    studies,
)
from appeals.law.reasons import ReasonId
from policies import terms
from policies.situation import Treatment

IV = Treatment.IV_KETAMINE
SPRAY = Treatment.ESKETAMINE_NASAL
TRD = "treatment_resistant_depression"
EVERY_PAIR = [(one, treatment) for one in terms.conditions() for treatment in Treatment]


def cited(condition: str, treatment: Treatment, *reasons: ReasonId, most: int = 99) -> list[str]:
    found = evidence_for(condition=condition, treatment=treatment, reasons=reasons, most=most)
    return [one.id for one in found]


# What a letter may cite


@pytest.mark.parametrize(
    ("condition", "treatment", "expected"),
    [
        pytest.param(
            TRD, IV, {"anand_2023_elektd", "phillips_2019", "singh_2016_dose_frequency"}, id="TRD"
        ),
        pytest.param("mdd_suicidal", IV, {"grunebaum_2018", "wilkinson_2018"}, id="suicidality"),
        pytest.param(
            "bipolar_depression", IV, {"diazgranados_2010", "zarate_2012"}, id="bipolar depression"
        ),
        pytest.param("ptsd", IV, {"feder_2014", "feder_2021"}, id="PTSD"),
        pytest.param("ocd", IV, {"rodriguez_2013"}, id="OCD"),
        pytest.param("social_anxiety", IV, {"taylor_2018_social_anxiety"}, id="social anxiety"),
        pytest.param("crps", IV, {"schwartzman_2009", "cohen_2018_chronic_pain"}, id="CRPS"),
        pytest.param(
            "chronic_pain", IV, {"cohen_2018_chronic_pain", "asa_2023_ketamine_pain"}, id="pain"
        ),
        pytest.param(
            "postherpetic_neuralgia", IV, {"orhurhu_2019"}, id="a pain that is neuropathic"
        ),
        pytest.param("acute_pain", IV, {"schwenk_2018_acute_pain"}, id="acute pain"),
        pytest.param(
            TRD,
            SPRAY,
            {
                "label_spravato",
                "popova_2019_transform2",
                "daly_2019_sustain1",
                "janik_2025_monotherapy",
            },
            id="esketamine",
        ),
        pytest.param(
            "mdd_suicidal",
            SPRAY,
            {"label_spravato", "fu_2020_aspire1", "ionescu_2021_aspire2"},
            id="esketamine and suicidality",
        ),
    ],
)
def test_a_letter_may_cite_what_was_studied(
    condition: str, treatment: Treatment, expected: set[str]
) -> None:
    assert expected <= set(cited(condition, treatment))


@pytest.mark.parametrize(
    ("condition", "treatment", "never"),
    [
        pytest.param("mdd_suicidal", IV, "abbar_2022", id="not significant in depression"),
        pytest.param(TRD, IV, "ekstrand_2022_ketect", id="ECT was superior"),
        pytest.param("mdd", IV, "ekstrand_2022_ketect", id="ECT was superior, any depression"),
        pytest.param("mdd", IV, "anand_2023_elektd", id="a study of resistant depression alone"),
        pytest.param(TRD, IV, "wilkinson_2018", id="about suicidal ideation"),
        pytest.param("ptsd", IV, "price_2022_ipd", id="its finding is of depression"),
        pytest.param("mdd_suicidal", IV, "zarate_2012", id="a bipolar trial"),
        pytest.param("crps", IV, "sigtermans_2009", id="S-ketamine over days"),
        pytest.param("fibromyalgia", IV, "noppers_2011_fibromyalgia", id="S-ketamine, and against"),
        pytest.param("crps", IV, "zhu_2024_crps_pharm_meta", id="its route was not read"),
        pytest.param("crps", IV, "crps_meta_2018", id="not verified: no author was read"),
        pytest.param("cancer_pain", IV, "hardy_2012_cancer", id="under the skin, and against"),
        pytest.param(TRD, IV, "loo_2023_kads", id="under the skin"),
        pytest.param(TRD, IV, "ket01_2026_oral", id="oral"),
        pytest.param(TRD, Treatment.ORAL_KETAMINE, "ket01_2026_oral", id="oral, not verified"),
        pytest.param(TRD, IV, "fda_compounded_2023", id="an alert against it"),
        pytest.param(TRD, IV, "label_ketalar", id="a label for anesthesia"),
        pytest.param("anesthesia", IV, "label_ketalar", id="no evidence even there"),
        pytest.param(TRD, IV, "brendle_2022_cea", id="a letter argues no costs"),
        pytest.param(TRD, IV, "athf_sf_2019", id="about the counting of trials"),
        pytest.param(TRD, IV, "canmat_2023_update", id="what it says of ketamine was not read"),
        pytest.param("mdd_suicidal", IV, "vadod_suicide_2024", id="its words were second-hand"),
        pytest.param("mdd", SPRAY, "label_spravato", id="no use of the label"),
        pytest.param(
            "bipolar_depression", SPRAY, "label_spravato", id="no use of the label either"
        ),
    ],
)
def test_a_letter_never_cites(condition: str, treatment: Treatment, never: str) -> None:
    assert never in studies()
    assert never not in cited(condition, treatment)


@pytest.mark.parametrize(
    "esketamine",
    [
        "label_spravato",
        "popova_2019_transform2",
        "daly_2018_phase2",
        "daly_2019_sustain1",
        "reif_2023_escape_trd",
        "fu_2020_aspire1",
        "ionescu_2021_aspire2",
        "janik_2025_monotherapy",
    ],
)
def test_what_is_of_esketamine_goes_into_no_letter_on_another_treatment(esketamine: str) -> None:
    of = {treatment for one, treatment in EVERY_PAIR if esketamine in cited(one, treatment)}
    assert of == {SPRAY}


def test_words_on_infused_ketamine_never_name_esketamine_nor_the_reverse() -> None:
    for condition, treatment in EVERY_PAIR:
        for study in evidence_for(condition=condition, treatment=treatment, most=99):
            words = (
                finding_for_letter(study, condition=condition, treatment=treatment)
                + limit_for_letter(study, condition=condition, treatment=treatment)
            ).casefold()
            if treatment is SPRAY:
                assert "ketamine" not in words.replace("esketamine", ""), study.id
                assert "infusion" not in words, study.id
            else:
                assert "esketamine" not in words, study.id
                assert "spravato" not in words, study.id
                assert "fda" not in words, study.id


def test_esketamine_in_suicidality_always_has_the_labels_limit() -> None:
    found = evidence_for(condition="mdd_suicidal", treatment=SPRAY, most=3)
    assert [one.id for one in found] == [
        "label_spravato",
        "ionescu_2021_aspire2",
        "fu_2020_aspire1",
    ]
    for study in found:
        limit = limit_for_letter(study, condition="mdd_suicidal", treatment=SPRAY)
        assert "not been shown to prevent suicide" in limit


@pytest.mark.parametrize(("condition", "treatment"), EVERY_PAIR)
def test_no_letter_cites_what_is_not_verified_or_points_the_other_way(
    condition: str, treatment: Treatment
) -> None:
    for one in evidence_for(condition=condition, treatment=treatment, most=99):
        assert one.verified, one.id
        assert one.finding_verified, one.id
        assert one.direction is not Direction.AGAINST, one.id
        assert treatment in one.treatments, one.id
        assert set(one.conditions) & set(terms.wider_conditions(condition)), one.id


# How they are matched to a reason, and in which order


@pytest.mark.parametrize(
    ("condition", "treatment", "reason", "expected"),
    [
        pytest.param(
            TRD,
            IV,
            ReasonId.STEP_THERAPY,
            ["anand_2023_elektd", "canmat_2021_ketamine", "jha_2024_elektd_secondary"],
            id="ECT first",
        ),
        pytest.param(
            TRD,
            IV,
            ReasonId.CONTINUATION_WITHOUT_BENEFIT,
            ["phillips_2019", "pfeiffer_2024_va"],
            id="a gain that held",
        ),
        pytest.param(
            TRD,
            SPRAY,
            ReasonId.QUANTITY_OR_FREQUENCY,
            ["nikolin_2023_meta", "daly_2019_sustain1"],
            id="one alone is joined by the next best",
        ),
        pytest.param(TRD, IV, ReasonId.NO_PRIOR_AUTHORIZATION, [], id="no study answers that"),
        pytest.param(TRD, IV, ReasonId.DUPLICATE_OR_LATE_CLAIM, [], id="nor that"),
    ],
)
def test_a_reason_is_answered_by_what_is_useful_against_it(
    condition: str, treatment: Treatment, reason: ReasonId, expected: list[str]
) -> None:
    found = evidence_for(condition=condition, treatment=treatment, reasons=[reason])
    assert sorted(one.id for one in found) == sorted(expected)


def test_no_more_than_four_and_the_closest_condition_first() -> None:
    found = evidence_for(condition="mdd_suicidal", treatment=IV)
    assert [one.id for one in found][:2] == ["wilkinson_2018", "grunebaum_2018"]
    assert len(found) == 4
    assert len(evidence_for(condition="mdd_suicidal", treatment=IV, most=2)) == 2


def test_a_stronger_design_comes_before_a_weaker_one() -> None:
    found = cited(TRD, IV)
    order = [
        "price_2022_ipd",
        "anand_2023_elektd",
        "mcintyre_2021_expert",
        "mcinnes_2022_realworld",
    ]
    assert [one for one in found if one in order] == order


def test_of_two_trials_the_one_that_answers_more_reasons_comes_first_and_then_the_newer() -> None:
    reasons = (ReasonId.EXPERIMENTAL_INVESTIGATIONAL, ReasonId.QUANTITY_OR_FREQUENCY)
    found = cited(TRD, IV, *reasons)
    order = ["phillips_2019", "singh_2016_dose_frequency", "anand_2023_elektd", "murrough_2013"]
    assert [one for one in found if one in order] == order


def test_the_order_does_not_depend_on_how_the_reasons_come() -> None:
    reasons = [ReasonId.STEP_THERAPY, ReasonId.EXPERIMENTAL_INVESTIGATIONAL]
    assert cited(TRD, IV, *reasons) == cited(TRD, IV, *reversed(reasons))


def test_words_are_asked_for_only_where_a_record_may_be_used() -> None:
    with pytest.raises(ValueError, match="anand_2023_elektd is not for a letter on ptsd"):
        finding_for_letter(studies()["anand_2023_elektd"], condition="ptsd", treatment=IV)
