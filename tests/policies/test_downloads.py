"""The files of the dataset: one version, whole, the same bytes for the same state, and checked."""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile

import jsonschema_rs
import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from policies.check import SAYS_NOTHING, check
from policies.dataset_schema import LISTS
from policies.downloads import FILES, download, version
from policies.exporting import take_out
from policies.folder import read_files, write_files
from policies.history import record_event
from policies.models import Insurer, PolicyEvent
from policies.presenting.open_data import COLUMNS
from policies.presenting.open_data import FILES as DESCRIBED
from policies.situation import Situation
from policies.worked_cases.sending import as_sent
from tests.real_catalogue import real_catalogue, real_folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]

ON = dt.date(2026, 11, 25)
SITE = "https://example.test"


def rename(insurer: Insurer, name: str, by: User) -> None:
    before, insurer.name = insurer.name, name
    insurer.save()
    record_event(PolicyEvent.Kind.EDITED, insurer, by=by, changes={"name": (before, name)})


def test_the_version_changes_with_the_content_and_comes_back_with_it(admin_user: User) -> None:
    first = version()
    insurer = Insurer.objects.get(slug="va")
    name = insurer.name
    rename(insurer, "Another name", admin_user)
    assert version() != first
    rename(insurer, name, admin_user)
    assert version() == first


def test_the_version_is_not_of_the_day(admin_user: User) -> None:
    record_event(PolicyEvent.Kind.EDITED, Insurer.objects.get(slug="va"), by=admin_user)
    versions = {
        json.loads(download("policies.json", on=day, site=SITE).body)["content_version"]
        for day in (ON, ON + dt.timedelta(days=900))
    }
    assert versions == {version()}


def test_every_file_is_described_and_every_described_file_is_there(client: Client) -> None:
    assert {*FILES, "manifest.json"} == set(DESCRIBED)
    page = client.get("/data/").content.decode()
    for name in DESCRIBED:
        assert f'href="/data/{name}"' in page
        assert client.get(f"/data/{name}").status_code == 200
    assert version() in page
    assert client.get("/data/none.json").status_code == 404


def test_the_manifest_has_the_checksum_of_each_file(client: Client) -> None:
    found = client.get("/data/manifest.json").json()
    assert found["content_version"] == version()
    assert {one["name"] for one in found["files"]} == set(FILES)
    for one in found["files"]:
        body = client.get(one["url"]).content
        assert (len(body), hashlib.sha256(body).hexdigest()) == (one["bytes"], one["sha256"])


def test_the_zip_is_the_canonical_form_and_can_be_read_back() -> None:
    body = download("catalogue.zip", on=ON, site=SITE).body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    folder = take_out()
    assert {name: text.decode() for name, text in files.items()} == write_files(folder)
    assert write_files(read_files(files)) == write_files(folder)
    assert any(name.startswith("cases/") for name in files)


@pytest.mark.parametrize("name", FILES)
def test_the_same_state_gives_the_same_bytes(name: str, admin_user: User) -> None:
    first = download(name, on=ON, site=SITE).body
    # An event that changes nothing, so that each file is made anew.
    record_event(PolicyEvent.Kind.EDITED, Insurer.objects.get(slug="va"), by=admin_user)
    assert download(name, on=ON, site=SITE).body == first


def test_the_dictionary_of_the_table_names_each_column_in_its_order() -> None:
    found = json.loads(download("policies.csv-metadata.json", on=ON, site=SITE).body)
    columns = found["tableSchema"]["columns"]
    assert [one["name"] for one in columns] == list(COLUMNS)
    assert {one["name"] for one in columns if "separator" in one} == set(LISTS)
    assert all(one["dc:description"] for one in columns)


def test_the_worked_cases_are_those_of_the_catalogue() -> None:
    found = json.loads(download("cases.json", on=ON, site=SITE).body)
    held = {stem: [one.name for one in cases] for stem, cases in take_out().cases.items() if cases}
    named = {one["key"]: [case["name"] for case in one["cases"]] for one in found["documents"]}
    assert named == held
    assert held
    assert found["content_version"] == version()
    schema = json.loads(download("cases.schema.json", on=ON, site=SITE).body)
    assert schema["$id"] == found["$schema"]
    jsonschema_rs.validate(schema, found)


def test_worked_cases_name_their_document_as_the_table_does() -> None:
    found = json.loads(download("cases.json", on=ON, site=SITE).body)
    table = download("policies.csv", on=ON, site=SITE).body.decode()
    rows = {(one["insurer"], one["document"]) for one in csv.DictReader(io.StringIO(table))}
    assert {(one["insurer"], one["document"]) for one in found["documents"]} <= rows


def test_a_worked_case_sent_as_the_file_says_comes_to_its_verdict(client: Client) -> None:
    documents = json.loads(download("cases.json", on=ON, site=SITE).body)["documents"]
    for one in documents:
        for case in (one["cases"][0], one["cases"][-1]):
            sent = case["check"]
            response = client.post(
                "/api/v1/check",
                json.dumps(sent["situation"]),
                content_type="application/json",
                query_params={"on": sent["on"]},
            )
            assert response.status_code == 200, response.content
            answer = response.json()
            verdicts = {of["document"]: of["verdict"] for of in answer["documents"]}
            if one["key"] not in answer["silent_documents"]:
                assert verdicts[one["key"]] == case["verdict"], case["name"]


def test_every_case_of_the_catalogue_can_be_sent_with_a_plan_that_its_document_is_for() -> None:
    folder, held = real_folder(), real_catalogue()
    for document in held.documents:
        for case in folder.cases.get(document.stem, ()):
            sent = as_sent(case, document)
            situation = Situation.from_json(sent["situation"])
            answer = check(situation, catalogue=held, on=dt.date.fromisoformat(sent["on"]))
            verdicts = {one.applied.document: one.answer.verdict for one in answer.documents}
            # Where a document says nothing of a treatment, it is no part of the answer.
            is_silent = case.verdict in SAYS_NOTHING and document not in verdicts
            assert is_silent or verdicts[document] is case.verdict, (document.stem, case.name)


def test_links_in_a_file_are_the_same_by_whichever_name_the_site_was_asked(
    client: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["coverage.example", "other.example"]
    bodies = {
        client.get("/data/manifest.json", headers={"host": host}).content
        for host in settings.ALLOWED_HOSTS
    }
    (body,) = bodies
    assert b"https://coverage.example/data/policies.json" in body


def test_any_page_may_read_a_file(client: Client) -> None:
    assert client.get("/data/policies.csv")["Access-Control-Allow-Origin"] == "*"
