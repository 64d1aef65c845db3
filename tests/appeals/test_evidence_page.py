"""The public registry of the evidence: every record, whichever way it points."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from appeals.evidence import Direction, conditions_studied, studies
from policies.situation import Treatment
from tests.policies.html import text_of
from tests.policies.reading_level import school_years
from tests.policies.spanish_reading import english_of
from tests.policies.spanish_texts import spoken_texts
from tests.policies.test_guide import EIGHTH_GRADE
from tests.policies.test_reading_pages import names_of_the_field

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

ADDRESS = "/evidence/"


def record_of(page: str, name: str) -> str:
    """The markup of one record."""
    found = re.search(rf'<article class="evidence"\s+id="{name}".*?</article>', page, re.DOTALL)
    assert found, name
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def page_on(client: Client, condition: str, treatment: str = "") -> str:
    response = client.get(ADDRESS, {"condition": condition, "treatment": treatment})
    assert response.status_code == 200
    return response.content.decode()


def test_the_first_page_counts_every_record_and_leads_to_each_condition(client: Client) -> None:
    response = client.get(ADDRESS)
    assert "91 records in all" in text_of(response)
    links = re.findall(r'href="(/evidence/\?condition=\w+)"', response.content.decode())
    assert len(links) == len(conditions_studied())
    held = "".join(client.get(link).content.decode() for link in links)
    assert set(re.findall(r'<article class="evidence"\s+id="(\w+)"', held)) == set(studies())


def test_what_points_the_other_way_has_the_same_heading_and_room(client: Client) -> None:
    page = page_on(client, "ptsd", "iv_ketamine")
    headings = re.findall(r'<h2 id="(\w+)">', page)
    assert headings == ["supports", "mixed", "against"]
    for direction in Direction:
        assert f'<a href="#{direction}">' in page


@pytest.mark.parametrize(
    ("condition", "name", "words"),
    [
        pytest.param(
            "treatment_resistant_depression",
            "anand_2023_elektd",
            [
                "Supports Randomized trial, 403 people",
                "compared with electroconvulsive therapy",
                "55.4% responded",
                "Open label",
                "A letter may cite it, with its numbers.",
                "PubMed, of the National Library of Medicine",
                "November 23, 2026",
            ],
            id="with its numbers",
        ),
        pytest.param(
            "treatment_resistant_depression",
            "janik_2025_monotherapy",
            ["but without its numbers", "its numbers in a mirrored copy of the PubMed page"],
            id="without, for it was read in a copy",
        ),
        pytest.param(
            "treatment_resistant_depression",
            "jelovac_2025_karmadep2",
            ["Points the other way", "A letter on this has to answer it in its text."],
            id="to be answered",
        ),
        pytest.param(
            "treatment_resistant_depression",
            "canmat_2021_ketamine",
            ["A letter that asks to go on with the treatment has to answer it."],
            id="to be answered where treatment goes on",
        ),
        pytest.param(
            "treatment_resistant_depression",
            "zaki_sustain3",
            [
                "Not verified",
                "Not in a letter: it is not verified.",
                "not confirmed: authors, year",
            ],
            id="not verified",
        ),
        pytest.param(
            "treatment_resistant_depression",
            "fava_2020_dose_ranging",
            ["Not in a letter: we did not read what it found on ketamine."],
            id="its finding was not read",
        ),
        pytest.param(
            "treatment_resistant_depression",
            "brendle_2022_cea",
            ["Not in a letter: a letter does not argue with costs."],
            id="costs",
        ),
        pytest.param(
            "mdd_suicidal",
            "abbar_2022",
            [
                "Not in a letter on this: what it found is of another condition",
                "A letter on this has to answer it in its text.",
            ],
            id="of use for another condition",
        ),
        pytest.param(
            "crps",
            "sigtermans_2009",
            ["Mixed", "S(+)-ketamine infused over 4.2 days", "Not as support in a letter."],
            id="another form of the drug",
        ),
    ],
)
def test_a_record_says_what_a_letter_may_do_with_it(
    client: Client, condition: str, name: str, words: list[str]
) -> None:
    record = record_of(page_on(client, condition), name)
    for one in words:
        assert one in record


def test_a_record_links_to_the_work_and_to_where_it_was_read(client: Client) -> None:
    page = page_on(client, "treatment_resistant_depression")
    study = studies()["singh_2016_dose_frequency"]
    assert f'href="{study.url}"' in page
    assert f'href="{study.verified_from}"' in page


def test_a_treatment_narrows_the_list(client: Client) -> None:
    page = page_on(client, "treatment_resistant_depression", "esketamine_nasal")
    assert 'id="reif_2023_escape_trd"' in page
    assert 'id="anand_2023_elektd"' not in page
    overview = client.get(ADDRESS, {"treatment": "esketamine_nasal"})
    assert "condition=mdd_suicidal&amp;treatment=esketamine_nasal" in overview.content.decode()
    assert "Fibromyalgia" not in text_of(overview).partition("By condition")[2]


@pytest.mark.parametrize("query", [{"condition": "mood"}, {"treatment": "tablets"}])
def test_what_is_in_no_list_is_said_and_nothing_breaks(
    client: Client, query: dict[str, str]
) -> None:
    response = client.get(ADDRESS, query)
    assert response.status_code == 422
    words = text_of(response)
    assert "Choose one of the answers in the list." in words
    assert "91 records in all" in words


def test_no_record_is_not_no_study(client: Client) -> None:
    page = page_on(client, "acute_pain", "esketamine_nasal")
    assert "That does not mean that there is no study." in page


def test_a_page_that_names_suicide_can_be_left_quickly(client: Client) -> None:
    assert "data-leave" in page_on(client, "mdd_suicidal")
    assert "data-leave" not in page_on(client, "crps")


def test_the_page_is_found_from_the_foot_of_every_page_and_in_the_sitemap(client: Client) -> None:
    assert f'href="{ADDRESS}"' in client.get("/").content.decode()
    assert f"{ADDRESS}</loc>" in client.get("/sitemap.xml").content.decode()
    assert reverse("appeals:evidence") == ADDRESS


@pytest.mark.parametrize("condition", ["", *conditions_studied()])
def test_the_page_is_in_spanish(client: Client, condition: str) -> None:
    response = client.get(f"/es{ADDRESS}", {"condition": condition})
    assert response.status_code == 200
    assert english_of(response) == []


@pytest.mark.parametrize("treatment", Treatment)
def test_a_treatment_in_spanish(client: Client, treatment: Treatment) -> None:
    asked = {"condition": "treatment_resistant_depression", "treatment": str(treatment)}
    assert english_of(client.get(f"/es{ADDRESS}", asked)) == []


def test_our_own_words_read_at_eighth_grade(client: Client) -> None:
    """Titles and findings are the field's; everything around them is ours."""
    page = page_on(client, "treatment_resistant_depression") + page_on(client, "ptsd")
    found = re.sub(r"<dt>(?:Who|Treatment|Found|Limit)</dt>.*?</dd>", "", page, flags=re.DOTALL)
    main = re.sub(r"<select.*?</select>", "", found.partition("<main")[2], flags=re.DOTALL)
    texts = [
        text
        for text in spoken_texts(main, without=("en",))
        if len(text.split()) >= 6 and text.strip()[-1] in ".?"
    ]
    assert len(texts) > 20
    assert school_years(names_of_the_field().sub("name", one) for one in texts) <= EIGHTH_GRADE
