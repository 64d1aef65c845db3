"""Public addresses of before: they answer with the one of now, in one step, and for good."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from policies.applicability import insurer_of
from policies.catalogue import FormerNames
from policies.models import Insurer
from policies.renaming import merge_insurers, rename_insurer, rename_policy
from policies.roles import Role
from policies.situation import Plan
from tests.coverage_site.signing_in import make_person
from tests.factories import make_catalogue, make_document, make_insurer
from tests.policies.desk_records import add_insurer, add_policy

WHY = "They say so."


@pytest.fixture
def renamed() -> None:
    """acme/old became zenith/newest in four steps; other/one became a part of it."""
    anna: User = make_person("anna", Role.ADMINISTRATOR)
    acme, other = add_insurer("acme", name="Acme"), add_insurer("other", name="Other")
    policy = add_policy(acme, "old")
    add_policy(other, "one")
    rename_policy(policy, slug="newer", why=WHY, by=anna)
    rename_insurer(acme, slug="beta", name="Beta", why=WHY, by=anna)
    rename_policy(policy, slug="newest", why=WHY, by=anna)
    rename_insurer(acme, slug="zenith", name="Zenith", why=WHY, by=anna)
    merge_insurers(other, acme, why=WHY, by=anna)


@pytest.mark.django_db
@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("/policies/acme/old/", "/policies/zenith/newest/"),
        ("/policies/acme/newer/", "/policies/zenith/newest/"),
        ("/policies/beta/newest/", "/policies/zenith/newest/"),
        ("/policies/other/one/", "/policies/zenith/one/"),
        ("/policies/acme/old/?on=2026-05-03", "/policies/zenith/newest/?on=2026-05-03"),
        ("/policies/acme/old/editions/2026-01-01/", "/policies/zenith/newest/editions/2026-01-01/"),
        (
            "/policies/acme/old/changes/2026-01-01/2026-01-01/",
            "/policies/zenith/newest/changes/2026-01-01/2026-01-01/",
        ),
        ("/es/policies/acme/old/", "/es/policies/zenith/newest/"),
        ("/insurers/acme/", "/insurers/zenith/"),
        ("/insurers/beta/", "/insurers/zenith/"),
        ("/insurers/other/", "/insurers/zenith/"),
        ("/es/insurers/acme/", "/es/insurers/zenith/"),
    ],
)
def test_an_old_address_leads_to_the_one_of_now_at_once(
    client: Client, before: str, now: str
) -> None:
    answer = client.get(before)
    assert (answer.status_code, answer["Location"]) == (301, now)
    assert answer["Cache-Control"] == "max-age=3600"
    assert client.get(now).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("renamed")
def test_what_never_was_is_not_found_and_the_lists_name_what_is(client: Client) -> None:
    for never in ("/policies/zenith/never/", "/insurers/never/", "/policies/a--b/c/"):
        assert client.get(never).status_code == 404
    found = client.get("/sitemap.xml").content.decode()
    assert "/policies/zenith/newest/" in found
    data = client.get("/data/policies.json").json()
    assert [one["slug"] for one in data["insurers"]] == ["zenith"]
    assert data["documents"][0]["page"] == "https://testserver/policies/zenith/newest/"
    for former in ("acme", "beta", "/other/"):
        assert former not in found
    listed = client.get("/policies/", {"q": "acme"}).content.decode()
    assert "/policies/zenith/newest/" in listed


@pytest.mark.django_db
@pytest.mark.usefixtures("renamed")
def test_an_address_of_now_asks_the_database_no_more_than_before(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/policies/zenith/newest/")
    with django_assert_num_queries(1):
        client.get("/policies/zenith/newest/")
    with django_assert_num_queries(2):
        client.get("/policies/acme/old/")


@pytest.mark.django_db
@pytest.mark.usefixtures("renamed")
def test_answers_saved_under_an_old_name_are_still_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = {"line_of_business": "commercial", "funding": "insured", "insurer": "acme"}
    situation = {
        "version": 1,
        "plan": plan | {"issue_state": "MA"},
        "treatment": "iv_ketamine",
        "answers": {"conditions": ["treatment_resistant_depression"]},
    }
    file = tmp_path / "my-answers.json"
    file.write_text(json.dumps(situation))
    call_command("check_coverage", str(file), "--format", "json", "--on", "2026-11-25")
    assert json.loads(capsys.readouterr().out)["insurer"] == "zenith"
    with file.open("rb") as saved:
        page = Client().post("/check/", {"go": "load", "saved": saved}).content.decode()
    assert "Zenith" in page
    assert Insurer.objects.get().slug == "zenith"


def test_a_plan_that_names_a_former_key_has_the_insurer_of_now() -> None:
    zenith = make_insurer("zenith")
    catalogue = make_catalogue(make_document(insurer=zenith))
    former = FormerNames({"acme": "zenith"})
    with_former = type(catalogue)(catalogue.insurers, catalogue.documents, (), (), former)
    assert insurer_of(catalogue, Plan(insurer="acme")) is None
    assert insurer_of(with_former, Plan(insurer="acme")) == zenith
