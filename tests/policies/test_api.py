"""What the API answers about policies is what the catalogue holds and the command says."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from policies import terms, vocabulary
from policies.answer_json import answer_to_json
from policies.api.check_answer import CheckAnswer
from policies.catalogue.writing import write_edition
from policies.exporting import published_cases
from policies.guidance import guide, side_by_side
from policies.models import Insurer, Policy, PolicyVersion
from policies.published import published_catalogue
from policies.renaming import rename_insurer
from policies.situation import Situation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]

README = Path(__file__).resolve().parents[2] / "README.md"


def asked(client: Client, address: str, **parameters: str) -> Any:
    response = client.get(f"/api/v1/{address}", query_params=parameters)
    assert response.status_code == 200, response.content
    return response.json()


def found(client: Client, **parameters: str) -> set[str]:
    items = asked(client, "policies", **parameters)["items"]
    return {f"{one['policy']['insurer']}--{one['policy']['slug']}" for one in items}


def test_only_records_of_the_catalogue_leave_out_what_is_empty(client: Client) -> None:
    for one in asked(client, "policies", on="1990-01-01")["items"]:
        assert all(value not in (None, "", []) for value in one["policy"].values())
        assert {"edition", "effective", "sureness", "positions"} <= one.keys()
    empty = [one for one in asked(client, "evidence")["items"] if one["doi"] == ""]
    assert empty


@pytest.mark.parametrize(
    ("parameters", "wanted"),
    [
        pytest.param({"insurer": "va"}, {"va--iv-ketamine"}, id="an insurer"),
        pytest.param({"line_of_business": "va"}, {"va--iv-ketamine"}, id="a line of business"),
        pytest.param(
            {"state": "AL", "line_of_business": "commercial"},
            {"aetna--cpb-0938", "bcbs-al--mp-446"},
            id="a state, and what speaks for the whole country",
        ),
        pytest.param(
            {"treatment": "esketamine_nasal", "state": "MA"},
            {"bcbs-ma--087"},
            id="a treatment",
        ),
        pytest.param({"insurer": "va", "on": "1990-01-01"}, {"va--iv-ketamine"}, id="long ago"),
        pytest.param(
            {"insurer": "va", "on": "1990-01-01", "treatment": "iv_ketamine"},
            set(),
            id="a treatment before the first edition",
        ),
    ],
)
def test_policies_are_found(client: Client, parameters: dict[str, str], wanted: set[str]) -> None:
    assert found(client, **parameters) == wanted


def test_a_former_key_leads_on_and_one_that_was_never_held_is_refused(
    client: Client, admin_user: User
) -> None:
    insurer = Insurer.objects.get(slug="va")
    rename_insurer(insurer, slug="veterans", name=insurer.name, why="A sample", by=admin_user)
    assert found(client, insurer="va") == found(client, insurer="veterans")
    policy = asked(client, "policies/va/iv-ketamine", published_by="2099-01-01")["policy"]
    assert policy["insurer"] == "veterans"
    response = client.get("/api/v1/policies?insurer=nobody")
    assert response.status_code == 422
    assert [one["field"] for one in response.json()["errors"]] == ["insurer"]


def test_a_condition_is_found_under_each_wider_one(client: Client) -> None:
    held = found(client, condition="psychiatric_disorders")
    assert held <= found(client, condition="treatment_resistant_depression")


def test_a_long_list_comes_in_parts(client: Client) -> None:
    whole = asked(client, "policies")
    first = asked(client, "policies", limit="4")
    rest = asked(client, "policies", limit="4", offset="4")
    assert first["count"] == rest["count"] == whole["count"] == 6
    assert first["items"] + rest["items"] == whole["items"]


def test_each_edition_is_answered_as_the_data_files_hold_it(client: Client) -> None:
    for document in published_catalogue().documents:
        address = f"policies/{document.insurer.slug}/{document.slug}"
        listed = asked(client, address)["editions"]
        editions = sorted(document.editions, key=lambda one: one.order, reverse=True)
        for entry, edition in zip(listed, editions, strict=True):
            answered = client.get(entry["address"]).json()
            assert answered["edition"] == write_edition(edition)


def test_a_policy_is_told_as_it_stood_on_a_day_and_as_we_had_published_it(client: Client) -> None:
    policy = Policy.objects.get(insurer__slug="va", slug="iv-ketamine")
    address = "policies/va/iv-ketamine"
    yesterday = (timezone.localdate() - dt.timedelta(days=1)).isoformat()
    assert asked(client, address)["edition"] is not None
    assert asked(client, address, on="1990-01-01")["edition"] is None
    # Loaded today, so by yesterday nothing had been published.
    before = asked(client, address, published_by=yesterday)
    assert (before["edition"], before["editions"]) == (None, [])
    now = asked(client, address, published_by=timezone.localdate().isoformat())
    assert now["edition"] is not None
    assert len(now["editions"]) == PolicyVersion.objects.filter(policy=policy).count()


def test_conditions_and_vocabulary_are_whole(client: Client) -> None:
    conditions = asked(client, "conditions")["items"]
    assert [one["id"] for one in conditions] == list(terms.conditions())
    held = asked(client, "vocabulary")
    assert [one["name"] for one in held["facts"]] == list(vocabulary.facts())
    assert [one["name"] for one in held["drugs"]] == list(terms.drugs())
    assert [one["id"] for one in held["scales"]] == list(terms.rating_scales())


def test_the_check_answers_as_the_command_does(client: Client, tmp_path: Path) -> None:
    blocks = README.read_text(encoding="utf-8").split("```json\n")[1:]
    given = json.loads(blocks[0].split("\n```")[0])
    given["plan"] |= {"insurer": "bcbs-ma"}
    file = tmp_path / "situation.json"
    file.write_text(json.dumps(given), encoding="utf-8")
    out = io.StringIO()
    day = "2026-11-25"
    call_command("check_coverage", str(file), "--on", day, "--format", "json", stdout=out)
    response = client.post(f"/api/v1/check?on={day}", given, content_type="application/json")
    assert response.json() == json.loads(out.getvalue())
    assert response.json()["documents"]


def test_the_answer_to_each_worked_case_is_of_the_shape_that_is_described() -> None:
    held = published_catalogue()
    held_cases = published_cases()
    assert held_cases
    for stem, cases in held_cases.items():
        for case in cases.values():
            plan = case["situation"].get("plan") or {}
            told = {**case["situation"], "plan": {**plan, "insurer": stem.partition("--")[0]}}
            situation = Situation.from_json({"version": 1, **told})
            guidance = guide(situation, catalogue=held, on=dt.date(2026, 11, 25))
            answer = answer_to_json(guidance, side_by_side(guidance, catalogue=held))
            read = CheckAnswer.model_validate(answer)
            assert read.model_dump(mode="json", exclude_unset=True) == answer


def test_the_check_answers_in_english_whatever_the_browser_wants(client: Client) -> None:
    answers = {
        client.post(
            "/api/v1/check",
            {"version": 1},
            content_type="application/json",
            headers={"Accept-Language": language},
        ).content
        for language in ("en", "es")
    }
    assert len(answers) == 1


def test_each_edition_has_its_questionnaire_under_its_canonical_name(client: Client) -> None:
    listed = asked(client, "questionnaires")
    editions = [one for document in published_catalogue().documents for one in document.editions]
    assert listed["count"] == len(editions)
    for one in listed["items"]:
        response = client.get(one["address"])
        assert response["Content-Type"] == "application/fhir+json"
        held = json.loads(response.content)
        assert held["resourceType"] == "Questionnaire"
        assert (held["url"], held["version"]) == (one["url"], one["version"])
    assert len({(one["url"], one["version"]) for one in listed["items"]}) == len(editions)
    assert client.get("/api/v1/questionnaires/va/iv-ketamine/1999").status_code == 404
