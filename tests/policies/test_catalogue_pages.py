"""The map, the pages of insurers and states, and the editions of a policy."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from policies.models import PolicyEvent
from policies.published import published_catalogue
from tests.policies.html import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

WESTERN = "/policies/western-health-advantage/spravato/"
MASSACHUSETTS = "/policies/bcbs-ma/087/"
ALABAMA = "/policies/bcbs-al/mp-446/"


# The map


def test_the_map_begins_with_iv_ketamine_and_leads_to_each_position(client: Client) -> None:
    response = client.get("/map/")
    body = response.content.decode()
    assert "IV ketamine infusion" in text_of(response)
    assert f'href="{MASSACHUSETTS}#iv-ketamine-1"' in body
    assert f'href="{ALABAMA}#iv-ketamine-2"' in body
    assert 'href="/insurers/bcbs-al/"' in body


def test_every_word_of_the_map_leads_to_a_place_that_exists(client: Client) -> None:
    links = set(re.findall(r'href="(/policies/[^"]+)"', client.get("/map/").content.decode()))
    assert len(links) > 50
    for link in links:
        address, _, anchor = link.partition("#")
        page = client.get(address)
        assert page.status_code == 200
        assert not anchor or f'id="{anchor}"' in page.content.decode(), link


def test_the_numbers_above_the_map_count_every_insurer_once(client: Client) -> None:
    response = client.get("/map/", {"treatment": "esketamine_nasal"})
    total = int(re.findall(r"We hold documents from (\d+) insurers", text_of(response))[0])
    counts = re.findall(r"<li>\s*<strong>(\d+)</strong>", response.content.decode())
    assert len(counts) > 2
    assert sum(map(int, counts)) == total == 63


def test_nothing_held_is_not_a_no(client: Client) -> None:
    words = text_of(client.get("/map/"))
    assert "Of these we hold documents, but none on this treatment. That is not a no." in words


def test_the_map_of_a_state_and_a_kind_of_plan(client: Client) -> None:
    words = text_of(client.get("/map/", {"state": "WI", "line": "medicaid"}))
    assert "Wisconsin Medicaid" in words
    assert "Aetna" not in words
    assert "Show every plan" in words


def test_plans_of_which_nothing_is_held(client: Client) -> None:
    words = text_of(client.get("/map/", {"line": "chip"}))
    assert "We hold no document for such plans. That is not a no" in words


def test_a_choice_that_does_not_exist_is_told(client: Client) -> None:
    response = client.get("/map/", {"treatment": "lsd"})
    assert response.status_code == 422
    assert "Choose one of the answers in the list" in text_of(response)
    assert "<table" not in response.content.decode()


# Insurers and states


def test_an_insurer_by_treatment_and_condition(client: Client) -> None:
    response = client.get("/insurers/bcbs-ma/")
    words = text_of(response)
    assert "IV ketamine infusion" in words
    assert "Esketamine nasal spray" in words
    assert "Check a plan with this insurer" in words
    assert 'href="/check/"' in response.content.decode()
    assert "/policies/bcbs-ma/291/" in response.content.decode()


def test_an_insurer_without_a_document_of_its_own_leads_to_its_parts(client: Client) -> None:
    response = client.get("/insurers/hcsc/")
    assert "We hold no document of this insurer itself" in text_of(response)
    assert 'href="/insurers/hcsc-bcbs-ok/"' in response.content.decode()
    assert "Part of Health Care Service Corporation" in text_of(
        client.get("/insurers/hcsc-bcbs-ok/")
    )


def test_every_insurer_has_its_page(client: Client) -> None:
    for slug in published_catalogue().insurers:
        assert client.get(f"/insurers/{slug}/").status_code == 200


def test_a_state_names_its_own_rules_and_those_of_the_nation_apart(client: Client) -> None:
    words = text_of(client.get("/states/ma/"))
    assert "5 documents name Massachusetts" in words
    assert "We hold no document of the Medicaid program of Massachusetts." in words
    own, many, federal = (
        words.index("Insurers in Massachusetts"),
        words.index("Insurers in many states"),
        words.index("Medicare, TRICARE, VA, and federal rules"),
    )
    assert own < words.index("Blue Cross Blue Shield of Massachusetts", own) < many
    assert many < words.index("Aetna", many) < federal
    assert federal < words.index("National Government Services", federal)


def test_a_state_with_a_medicaid_program_of_which_a_document_is_held(client: Client) -> None:
    words = text_of(client.get("/states/wi/"))
    assert "We hold no document of the Medicaid program" not in words
    assert words.index("Medicaid programs and health plans") < words.index("Insurers in Wisconsin")


def test_a_state_that_no_document_names(client: Client) -> None:
    words = text_of(client.get("/states/wy/"))
    assert "No document that we hold names Wyoming." in words
    assert "Medicaid (federal rule for every state)" in words


def test_the_list_of_states_counts_the_documents_that_name_them(client: Client) -> None:
    words = text_of(client.get("/states/"))
    assert "Massachusetts 5 documents" in words
    assert "Wyoming 0 documents" in words


@pytest.mark.parametrize("address", ["/insurers/nobody/", "/states/zz/", "/states/MA/"])
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


# The editions of a policy


def test_each_edition_has_an_address_that_stays(client: Client) -> None:
    first = text_of(client.get(f"{WESTERN}editions/undated/"))
    assert "This is an older edition." in first
    second = text_of(client.get(f"{WESTERN}editions/undated-r2/"))
    assert "This is an older edition." not in second
    assert client.get(f"{WESTERN}editions/2020-01-01/").status_code == 404
    assert client.get(f"{MASSACHUSETTS}editions/2021-04-01/").status_code == 200


def test_a_policy_leads_to_its_editions_and_to_what_changed(client: Client) -> None:
    body = client.get(WESTERN).content.decode()
    assert f'href="{WESTERN}editions/undated/"' in body
    assert f'href="{WESTERN}changes/undated/undated-r2/"' in body


def test_what_changed_between_two_editions(client: Client) -> None:
    words = text_of(client.get(f"{WESTERN}changes/undated/undated-r2/"))
    assert "What changed is our reading of it." in words
    assert "Tested in another way History of psychosis, and the prescriber believes" in words
    assert "Before: Only the clinic can say." in words
    assert "Added History of psychosis" in words
    same = text_of(client.get(f"{WESTERN}changes/undated/undated/"))
    assert "Nothing changed of what the document says." in same
    assert client.get(f"{WESTERN}changes/undated/2020/").status_code == 404


def test_a_policy_as_it_stood_on_a_day(client: Client) -> None:
    words = text_of(client.get(MASSACHUSETTS, {"on": "2022-05-03"}))
    assert "As it stood on May 3, 2022" in words
    assert "Not enough response to 4 antidepressants" in words


def test_before_its_first_edition_a_policy_said_nothing(client: Client) -> None:
    words = text_of(client.get(MASSACHUSETTS, {"on": "2021-03-31"}))
    assert "On that day no edition that we hold was in force" in words
    assert "Not enough response to 4 antidepressants" not in words


def test_an_undated_edition_never_claims_a_past_day(client: Client) -> None:
    words = text_of(client.get(WESTERN, {"on": "2024-01-01"}))
    assert "An undated one never counts for a past day." in words
    assert "Prescribed by a psychiatrist" not in words


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("yesterday", "Enter a date like 3/14/2026.", id="no date"),
        pytest.param("2023-02-30", "Enter a date like 3/14/2026.", id="no day of the calendar"),
        pytest.param("9999-01-01", "Enter a day up to today", id="a day to come"),
    ],
)
def test_a_day_that_cannot_be_shown_is_told_and_the_form_comes_back(
    client: Client, typed: str, told: str
) -> None:
    response = client.get(MASSACHUSETTS, {"on": typed})
    assert response.status_code == 422
    assert told in text_of(response)
    assert f'value="{typed}"' in response.content.decode()


def test_today_may_be_asked_for(client: Client) -> None:
    assert client.get(MASSACHUSETTS, {"on": timezone.localdate().isoformat()}).status_code == 200


def test_the_documents_own_words_stand_behind_each_criterion_without_a_script(
    client: Client,
) -> None:
    body = client.get(MASSACHUSETTS).content.decode()
    folded = re.findall(r"<details class=\"details outline__words\">.*?</details>", body, re.DOTALL)
    assert any("inadequate response to four agents" in one for one in folded)
    # What was read elsewhere than the list is said on its own line, and on no other.
    assert body.count("Read in: clinic") == 4


# Addresses for people and for search engines


PAGES = [
    "/map/",
    "/insurers/bcbs-ma/",
    "/states/",
    "/states/ma/",
    "/data/",
    WESTERN,
    f"{WESTERN}editions/undated/",
    f"{WESTERN}changes/undated/undated-r2/",
    "/policies/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_names_itself_and_its_one_address(client: Client, address: str) -> None:
    body = client.get(address, {"on": ""}).content.decode()
    assert re.search(r"<title>\s*\S.*?· Ketamine Coverage</title>", body, flags=re.DOTALL)
    described = re.search(r'name="description"\s+content="([^"]+)"', body)
    assert described
    assert described[1].strip()
    assert f'<link rel="canonical" href="http://testserver{address}">' in re.sub(r"\s+", " ", body)
    assert body.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', body)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_its_spanish_address(client: Client, address: str) -> None:
    body = client.get(f"/es{address}").content.decode()
    assert 'lang="es"' in body
    # A link to an English address would leave the language.
    inner = re.findall(r"<main.*</main>", body, flags=re.DOTALL)[0]
    links = re.findall(r'href="(/(?!static|data/\w|api/|es/)[^"]*)"', inner)
    assert links == []


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        pytest.param("/map/", 1, id="the map"),
        pytest.param("/map/?treatment=esketamine_nasal&state=MA&line=commercial", 1, id="narrowed"),
        pytest.param("/insurers/aetna/", 1, id="an insurer"),
        pytest.param("/states/", 1, id="the list of states"),
        pytest.param("/states/ma/", 3, id="a state"),
        pytest.param("/data/", 2, id="the data"),
        pytest.param("/data/policies.csv", 1, id="the CSV"),
        pytest.param("/data/policies.json", 1, id="the JSON"),
        pytest.param("/policies/", 2, id="the list of policies"),
        pytest.param("/policies/?q=spravato&state=NY", 2, id="policies found"),
        pytest.param(WESTERN, 1, id="a policy"),
        pytest.param(f"{WESTERN}changes/undated/undated-r2/", 1, id="what changed"),
        pytest.param("/sitemap.xml", 2, id="the sitemap"),
    ],
)
def test_pages_are_fetched_with_all_they_show(
    client: Client,
    address: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.get(address)  # reads what is read once, until something is written
    with django_assert_num_queries(queries):
        client.get(address)


def test_the_first_page_after_a_change_reads_the_catalogue_in_nine_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    PolicyEvent.objects.create(kind=PolicyEvent.Kind.EDITED, what="anything")
    with django_assert_num_queries(9):
        client.get("/map/")
