"""The downloads, the sitemap and robots.txt."""

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
from django.test import Client
from django.urls import resolve

from coverage_site.address import site_address
from policies.catalogue.reading import read_document
from policies.catalogue.writing import write_document
from policies.published import published_catalogue
from tests.policies.html import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


# The downloads


def test_the_json_can_be_read_back_as_the_catalogue(client: Client) -> None:
    response = client.get("/data/policies.json")
    assert response["Content-Type"] == "application/json"
    data = json.loads(response.content)
    assert data["license"] == "CC-BY-4.0"
    insurers = published_catalogue().insurers
    assert len(data["documents"]) == 77
    for entry in data["documents"]:
        document = read_document(entry["document"], insurers)
        assert write_document(document) == entry["document"]
        assert client.get(entry["page"]).status_code == 200


def test_the_csv_has_a_row_for_each_position(client: Client) -> None:
    response = client.get("/data/policies.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))
    documents = published_catalogue().documents
    editions = [edition for one in documents for edition in one.editions]
    assert len(rows) == sum(len(edition.positions) for edition in editions)
    assert rows[0]["page"].startswith(f"{site_address()}/policies/")


@pytest.mark.parametrize("address", ["/data/policies.json", "/data/policies.csv"])
def test_a_download_that_has_not_changed_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    assert "max-age=3600" in first["Cache-Control"]
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_the_json_holds_to_its_own_schema_to_the_last_record(client: Client) -> None:
    data = client.get("/data/policies.json").json()
    schema = client.get(data["$schema"]).json()
    assert schema["$id"] == data["$schema"]
    faults = jsonschema_rs.validator_for(schema).iter_errors(data)
    assert [(one.instance_path, one.message) for one in faults] == []


def test_the_schema_refuses_what_no_record_holds(client: Client) -> None:
    data = client.get("/data/policies.json").json()
    validator = jsonschema_rs.validator_for(client.get("/data/schema.json").json())
    position = next(
        edition["positions"][0]
        for entry in data["documents"]
        for edition in entry["document"]["editions"]
        if edition["positions"]
    )
    for name, value in (("coverage", "approved"), ("cpt", "96365"), ("limits", "none")):
        before = dict(position)
        position[name] = value
        assert not validator.is_valid(data), name
        position.clear()
        position.update(before)
    assert validator.is_valid(data)


# Pieces of the licensed wordings of CPT 96365, 96366 and 99417, and of SNOMED CT's full names.
LICENSED = (
    "specify substance or drug",
    "therapy, prophylaxis, or diagnosis",
    "each additional hour (list separately",
    "(regime/therapy)",
    "(substance)",
    "(disorder)",
)
CPT_NUMBER = re.compile(r"\d{4}[0-9A-Z]")


@pytest.mark.parametrize("name", ["policies.json", "policies.csv", "cases.json"])
def test_no_licensed_wording_is_in_a_download(client: Client, name: str) -> None:
    text = client.get(f"/data/{name}").content.decode().lower()
    assert [piece for piece in LICENSED if piece in text] == []


def test_of_cpt_a_download_has_numbers_alone(client: Client) -> None:
    data = client.get("/data/policies.json").json()
    numbers = [
        number
        for entry in data["documents"]
        for edition in entry["document"]["editions"]
        for position in edition["positions"]
        for number in position.get("codes", {}).get("cpt", ())
    ]
    assert numbers
    assert [one for one in numbers if not CPT_NUMBER.fullmatch(one)] == []


def test_the_page_says_what_it_holds_and_under_which_license(client: Client) -> None:
    response = client.get("/data/")
    words = text_of(response)
    assert "77 documents of 64 insurers" in words
    assert "CC BY 4.0" in words
    body = response.content.decode()
    assert 'href="/data/policies.json"' in body
    assert 'href="/data/policies.csv"' in body


def test_the_addresses_for_programs_are_the_same_in_spanish(client: Client) -> None:
    assert 'href="/data/policies.json"' in client.get("/es/data/").content.decode()


# Search engines


def test_the_sitemap_lists_pages_that_exist_in_both_languages(client: Client) -> None:
    response = client.get("/sitemap.xml")
    found = ET.fromstring(response.content)  # noqa: S314 -- our own page
    locations = [str(one.text) for one in found.iter(f"{NAMESPACE}loc")]
    assert len(locations) == len(set(locations))
    paths = {one.removeprefix("http://testserver") for one in locations}
    assert {
        "/",
        "/check/",
        "/map/",
        "/policies/",
        "/policies/bcbs-al/mp-446/",
        "/insurers/hcsc/",
        "/states/",
        "/states/ma/",
        "/data/",
        "/guide/",
        "/es/map/",
    } <= paths
    english = {one for one in paths if not one.startswith("/es/")}
    assert {f"/es{one}" for one in english} == paths - english
    for path in english:
        assert resolve(path).url_name


def test_a_policy_is_listed_with_the_day_it_was_last_published(client: Client) -> None:
    found = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    dated = [
        str(one.findtext(f"{NAMESPACE}loc"))
        for one in found.iter(f"{NAMESPACE}url")
        if one.findtext(f"{NAMESPACE}lastmod")
    ]
    assert len([one for one in dated if "/es/" not in one]) == 77


def test_robots_may_see_all_but_the_desk(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Allow: /" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
