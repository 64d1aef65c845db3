"""The records as they stand: how each was read decides what a letter may print of it."""

import re
from collections import Counter

import pytest

from appeals.evidence import Direction, HostKind, Study, hosts, studies
from appeals.evidence.reading import read_studies
from appeals.law.files import DATA, LawDataError, read_data
from policies.catalogue.fields import RecordError
from policies.catalogue.yaml_text import read_yaml

NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Words for a result's size, which are numbers too.
COUNTED = re.compile(r"\d|percent|%|\bhalf\b|\bhalving\b|\bthird of\b|\bquarter\b|\bdouble\b(?!-)")
UNVERIFIED = {
    *("ocd_open_label_refractory", "grunebaum_2017_bipolar", "esketamine_meta_2026"),
    *("ket01_2026_oral", "esketamine_cea_us_2020", "nmda_meta_2015_ajp"),
    *("refractory_headache_2018", "chronic_migraine_series_2016", "crps_meta_2018"),
    *("zaki_sustain3", "menon_ect_meta"),
}
FINDING_NOT_READ = {
    *("canmat_2023_update", "vadod_suicide_2019", "vadod_suicide_2024", "fava_2020_dose_ranging"),
    *("chah_2021_headache_review", "loo_2023_kads", "rhee_2022_ect_meta", "vadod_ptsd_2023"),
    *("dean_2021_cochrane_unipolar", "dean_2021_cochrane_bipolar", "icer_2019_esketamine"),
    *("zaki_sustain3", "murrough_2015_si"),
}
of_each_used = pytest.mark.parametrize(
    "study", [one for one in studies().values() if one.uses], ids=lambda one: one.id
)
of_each_met = pytest.mark.parametrize(
    "study", [one for one in studies().values() if one.meets], ids=lambda one: one.id
)


def words_of(study: Study) -> list[str]:
    """Every sentence that a letter may take from a record."""
    used = [words for use in study.uses for words in (use.text, use.plain, use.limit)]
    return [words for words in (*used, study.meets.text if study.meets else "") if words]


def faults_of(**changes: object) -> str:
    """What is wrong with a good record after some changes."""
    (good,) = (
        one
        for one in read_yaml((DATA / "evidence/depression_iv.yaml").read_text("utf-8")).data
        if one["id"] == "anand_2023_elektd"
    )
    with pytest.raises(RecordError) as caught:
        read_studies([good | changes])
    return str(caught.value)


def test_all_ninety_one_records_are_there() -> None:
    assert len(studies()) == 91
    assert {one.id for one in studies().values() if not one.verified} == UNVERIFIED
    unread = {one.id for one in studies().values() if not one.finding_verified}
    assert unread == FINDING_NOT_READ


# What was not verified


@pytest.mark.parametrize("name", sorted(UNVERIFIED | FINDING_NOT_READ))
def test_what_was_not_verified_or_whose_finding_was_not_read_has_no_words_for_a_letter(
    name: str,
) -> None:
    assert studies()[name].uses == ()
    assert not studies()[name].numbers_print


@pytest.mark.parametrize("name", sorted(UNVERIFIED))
def test_what_was_not_verified_is_not_met_in_a_letter_either(name: str) -> None:
    assert studies()[name].meets is None


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param({"verified": False}, "[0].uses: a letter may use only", id="not verified"),
        pytest.param(
            {"finding_verified": False}, "[0].uses: a letter may use only", id="finding not read"
        ),
        pytest.param({"direction": "against"}, "a letter can only meet it", id="the other way"),
        pytest.param({"conditions": ["mood"]}, "there is no condition 'mood'", id="a condition"),
        pytest.param({"conditions": []}, "[0].conditions: missing", id="no condition"),
        pytest.param({"treatments": ["tablets"]}, "is not one of: iv_ketamine", id="a treatment"),
        pytest.param(
            {"treatments": []}, "[0].uses[0].treatments: holds one", id="used and not studied"
        ),
        pytest.param({"year": "2023"}, "[0].year: '2023' is not a whole number", id="a year"),
        pytest.param(
            {"verified_from": "https://example.org/a"},
            "say in evidence_hosts.yaml what this site is",
            id="a site nobody knows",
        ),
        pytest.param({"finding": None}, "[0].finding: missing: give what", id="no finding"),
        pytest.param({"colour": "red"}, "[0].colour: there is no such field", id="another field"),
    ],
)
def test_a_record_that_would_let_a_letter_say_too_much_is_refused(
    changes: dict[str, object], fault: str
) -> None:
    assert fault in faults_of(**changes)


def test_a_fault_names_the_file_and_the_line() -> None:
    def refuse(data: object) -> tuple[Study, ...]:
        assert isinstance(data, list)
        return read_studies([data[0], data[1] | {"direction": "up"}])

    with pytest.raises(LawDataError, match=r"evidence/depression_iv\.yaml, line \d\d: \[1\]"):
        read_data("evidence/depression_iv.yaml", refuse)


# Whose numbers print


@pytest.mark.parametrize(
    ("name", "prints"),
    [
        pytest.param("anand_2023_elektd", True, id="PubMed"),
        pytest.param("ekstrand_2022_ketect", True, id="PMC"),
        pytest.param("hardy_2012_cancer", True, id="PubMed by its short name"),
        pytest.param("grunebaum_2018", True, id="the publisher"),
        pytest.param("feder_2014", True, id="the publisher's older address"),
        pytest.param("schwartzman_2009", True, id="the publisher of a pain journal"),
        pytest.param("asa_2023_ketamine_pain", True, id="the society that issued it"),
        pytest.param("pfeiffer_2024_va", True, id="the journal itself"),
        pytest.param("oliver_2022_community", False, id="a test copy of that journal"),
        pytest.param("fu_2020_aspire1", False, id="the same test copy"),
        pytest.param("ferraro_2025_cochrane_pain", False, id="a news summary"),
        pytest.param("jelovac_2025_karmadep2", False, id="a service that sums up"),
        pytest.param("murrough_2013", False, id="a clinic's copy"),
        pytest.param("sanacora_2017_consensus", False, id="a search engine"),
        pytest.param("vadod_suicide_2019", False, id="a collection of copies"),
        pytest.param("vadod_mdd_2022", False, id="a news report on a guideline"),
        pytest.param("label_spravato", False, id="a clinic's copy of the label"),
        pytest.param("short_2018_safety", False, id="another journal's link to PubMed"),
        pytest.param("price_2022_ipd", False, id="a mirrored copy of the PubMed page"),
        pytest.param("popova_2019_transform2", False, id="a cache of PubMed records"),
        pytest.param("daly_2019_sustain1", False, id="percentages read in a news summary"),
        pytest.param("zhu_2024_crps_pharm_meta", False, id="numbers read in a second copy"),
        pytest.param("vadod_suicide_2024", False, id="the issuer's page, the finding elsewhere"),
        pytest.param("crps_meta_2018", False, id="PubMed, and not verified"),
    ],
)
def test_a_number_prints_only_where_it_was_read_at_its_source(name: str, *, prints: bool) -> None:
    assert studies()[name].numbers_print is prints


def test_every_site_is_named_once_and_used() -> None:
    assert {one.host.host for one in studies().values()} == set(hosts())
    assert Counter(one.kind for one in hosts().values())[HostKind.OTHER] > 20


# The words of a letter


@of_each_used
def test_every_number_of_a_letters_words_stands_in_the_finding(study: Study) -> None:
    for use in study.uses:
        assert not Counter(NUMBER.findall(use.text)) - Counter(NUMBER.findall(study.finding))
        assert not use.text or study.numbers_print


@of_each_used
def test_the_plain_words_and_the_limit_hold_no_number(study: Study) -> None:
    for use in study.uses:
        assert not COUNTED.search(use.plain)
        assert not COUNTED.search(use.limit)


@of_each_met
def test_a_record_is_met_without_numbers_but_those_of_its_name(study: Study) -> None:
    assert study.meets is not None
    name = {*NUMBER.findall(study.title), str(study.year)}
    assert set(NUMBER.findall(study.meets.text)) <= name
    assert study.points_the_other_way


@of_each_used
def test_the_words_of_a_letter_are_one_sentence_each(study: Study) -> None:
    for words in words_of(study):
        assert words.endswith(".")
        assert not re.search(r"[.?!] [A-Z]", words)


@of_each_used
def test_no_words_promise(study: Study) -> None:
    for words in words_of(study):
        assert not re.search(r"\b(proves?|breakthrough|clearly|overturn\w*|appeals?|safe)\b", words)


@of_each_met
def test_no_words_belittle_what_points_the_other_way(study: Study) -> None:
    assert study.meets is not None
    assert not re.search(r"\b(only|merely|just|alleged\w*|flawed)\b", study.meets.text)


def test_nothing_calls_ketamine_approved_by_the_fda_but_for_anesthesia() -> None:
    for study in studies().values():
        said = " ".join((study.finding, *(use.plain for use in study.uses)))
        if re.search(r"\bapproved\b", said, re.IGNORECASE):
            assert study.id in {
                *("label_spravato", "label_ketalar", "fda_compounded_2023", "fu_2020_aspire1"),
                "asa_2023_ketamine_pain",  # the society approved its own statement
            }
    assert "Approved only for anesthesia" in studies()["label_ketalar"].finding
    assert (
        "not FDA approved for any psychiatric disorder" in studies()["fda_compounded_2023"].finding
    )


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("abbar_2022", Direction.MIXED),
        ("ekstrand_2022_ketect", Direction.MIXED),
        ("jelovac_2025_karmadep2", Direction.AGAINST),
        ("ferraro_2025_cochrane_pain", Direction.AGAINST),
        ("abdallah_2022", Direction.AGAINST),
        ("sigtermans_2009", Direction.MIXED),
        ("orhurhu_2019", Direction.MIXED),
        ("anand_2023_elektd", Direction.SUPPORTS),
    ],
)
def test_a_record_points_the_way_it_was_read_to(name: str, direction: Direction) -> None:
    assert studies()[name].direction is direction


# Citations


@pytest.mark.parametrize(
    ("name", "citation"),
    [
        pytest.param(
            "anand_2023_elektd",
            "Anand A, Mathew SJ, Sanacora G, et al. Ketamine versus ECT for Nonpsychotic "
            "Treatment-Resistant Major Depression. New England Journal of Medicine. "
            "2023;388(25):2315-2325.",
            id="whole",
        ),
        pytest.param(
            "grunebaum_2018",
            "Grunebaum MF, et al. Ketamine for Rapid Reduction of Suicidal Thoughts in Major "
            "Depression: A Midazolam-Controlled Randomized Clinical Trial. American Journal of "
            "Psychiatry. 2018.",
            id="volume and pages not confirmed",
        ),
        pytest.param(
            "berman_2000",
            "Berman RM, Cappiello A, Anand A, et al. Antidepressant effects of ketamine in "
            "depressed patients. Biological Psychiatry. 2000;(4):351-354.",
            id="volume not confirmed",
        ),
        pytest.param(
            "reif_2023_escape_trd",
            "Reif A, Bitter I, Buyze J, et al. Esketamine Nasal Spray versus Quetiapine for "
            "Treatment-Resistant Depression. New England Journal of Medicine. 2023;389(14).",
            id="pages not confirmed",
        ),
        pytest.param("ocd_open_label_refractory", "", id="nothing confirmed"),
        pytest.param(
            "aana_ketamine_practice",
            "American Association of Nurse Anesthesiology. Ketamine Therapy for Psychiatric "
            "Disorders and Chronic Pain Management: Practice Considerations. American Association "
            "of Nurse Anesthesiology.",
            id="year not confirmed",
        ),
    ],
)
def test_a_citation_leaves_out_what_is_not_confirmed(name: str, citation: str) -> None:
    assert studies()[name].citation == citation


def test_every_verified_record_can_be_cited() -> None:
    for one in studies().values():
        if one.verified:
            assert one.citation.startswith(one.authors[:10]), one.id
            assert one.title.rstrip(".") in one.citation, one.id
