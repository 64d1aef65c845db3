"""`check_coverage --fhir`: a record's facts, what was not understood, and the answer."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.policies.fhir.bundles import (
    MINE,
    SAMPLES,
    SNOMED,
    bundle,
    concept,
    condition,
    observation,
    order,
    supply,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

PLAN = {"line_of_business": "commercial", "insurer": "bcbs-ma", "issue_state": "MA"}


def ask(path: Path, record: object, told: object, *arguments: str) -> tuple[str, str]:
    """What the command says, and what it says beside it."""
    given = []
    if told is not None:
        (path / "situation.json").write_text(json.dumps(told), encoding="utf-8")
        given = [str(path / "situation.json")]
    file = path / "record.json"
    file.write_text(record if isinstance(record, str) else json.dumps(record), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    arguments = ("--fhir", str(file), "--on", "2026-11-25", *arguments)
    call_command("check_coverage", *given, *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_record_and_a_plan_are_answered_together(tmp_path: Path) -> None:
    told = {"version": 1, "plan": PLAN, "treatment": "esketamine_nasal", "answers": {"age": 44}}
    record = bundle(condition(SNOMED, "36474008"), observation("44261-6", valueInteger=300))
    out, _ = ask(tmp_path, record, told, "--format", "json")
    answer = json.loads(out)
    assert answer["version"] == 1
    assert answer["insurer"] == "bcbs-ma"
    used = {one["key"]: one["used"] for one in answer["record"]["found"]}
    assert used["condition:mdd:mdd"] is True
    # The person said 44, and the record 46.
    assert used["answer:age:46"] is False
    (left,) = answer["record"]["left_out"]
    assert (left["reason"], left["value"]) == ("out_of_range", "300")


def test_a_record_may_come_by_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = bundle(order("36437"))
    from_file, _ = ask(tmp_path, record, None)
    given = io.BytesIO(json.dumps(record).encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(given))
    out, err = io.StringIO(), io.StringIO()
    call_command("check_coverage", "--fhir", "-", "--on", "2026-11-25", stdout=out, stderr=err)
    assert out.getvalue() == from_file
    with pytest.raises(CommandError, match="only one of the two"):
        call_command("check_coverage", "-", "--fhir", "-")


def test_the_text_names_finds_first_and_the_rest_beside_it(tmp_path: Path) -> None:
    record = bundle(order("36437"), order("0", "Sample medicine"), condition(SNOMED, "1"))
    out, err = ask(tmp_path, record, None)
    assert out.startswith("From the record\n")
    assert "treatment: kind antidepressant, drug sertraline" in out
    assert "MedicationRequest http://www.nlm.nih.gov/research/umls/rxnorm 0 Sample medicine" in err
    assert f"Condition {SNOMED} 1" in err


def test_a_record_alone_names_what_must_be_seen_first(tmp_path: Path) -> None:
    text = (SAMPLES / "synthea-r4.Sherman_McGlynn-reduced.json").read_text("utf-8")
    out, err = ask(tmp_path, text, None)
    assert out.splitlines()[1].startswith("  ! The record says that this person has died.")
    assert "not read: CarePlan (6)" in err


@pytest.mark.parametrize(
    ("record", "words"),
    [
        pytest.param(bundle({"resourceType": "MedicationOrder"}), "DSTU2", id="another release"),
        pytest.param("{", "not JSON", id="no JSON"),
        pytest.param(bundle(type="message"), "message", id="another bundle"),
    ],
)
def test_a_file_that_is_no_record_ends_with_code_2_and_the_reason(
    tmp_path: Path, record: Any, words: str
) -> None:
    with pytest.raises(CommandError, match=words) as caught:
        ask(tmp_path, record, None)
    assert caught.value.returncode == 2


def test_neither_a_situation_nor_a_record_is_refused() -> None:
    with pytest.raises(CommandError, match="--fhir"):
        call_command("check_coverage")


def test_a_record_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match=r"nowhere\.json"):
        call_command("check_coverage", "--fhir", "nowhere.json")


ZOLOFT = {"drug": "Zoloft", "weeks": 8}


def used_of(path: Path, record: object, told: object) -> dict[str, bool]:
    out, _ = ask(path, record, told, "--format", "json")
    return {one["key"]: one["used"] for one in json.loads(out)["record"]["found"]}


def test_a_drug_is_the_same_by_its_brand_and_by_its_generic_name(tmp_path: Path) -> None:
    told = {"version": 1, "treatments_tried": [ZOLOFT]}
    record = bundle(order("36437"))
    assert used_of(tmp_path, record, told)["treatment:sertraline"] is True
    out, _ = ask(tmp_path, record, told)
    assert "  + treatment: kind antidepressant, drug sertraline" in out


def test_what_is_told_otherwise_is_not_said_to_be_used(tmp_path: Path) -> None:
    course = concept("http://www.ama-assn.org/go/cpt", "90870")
    ect = {"resourceType": "Procedure", "status": "completed", "subject": MINE, "code": course}
    record = bundle(ect, order("36437"))
    # One row without a drug is not every treatment without one.
    told = {"version": 1, "treatments_tried": [{"kind": "tms"}], "treatments_complete": True}
    used = used_of(tmp_path, record, told)
    assert (used["treatment:ect"], used["treatment:sertraline"]) == (False, False)
    out, _ = ask(tmp_path, record, told)
    assert "  - treatment: kind ect" in out


def test_weeks_that_wait_for_a_person_are_said_not_to_be_used(tmp_path: Path) -> None:
    out, _ = ask(tmp_path, bundle(supply("36437", "2026-09-01", 28)), None)
    assert "weeks 4.0 (to be confirmed, and not used)" in out


def test_the_kind_of_plan_that_a_coverage_tells_is_named_and_counts_once_it_is_told(
    tmp_path: Path,
) -> None:
    sent = {
        "resourceType": "Coverage",
        "status": "active",
        "beneficiary": MINE,
        "payor": [{"display": "Aetna"}],
        "type": concept("https://nahdo.org/sopt", "211"),
    }
    key = "plan:line_of_business:medicaid_managed_care"
    out, _ = ask(tmp_path, bundle(sent), None)
    (line,) = [one for one in out.splitlines() if "line_of_business: " in one]
    assert line.startswith("  ? line_of_business: medicaid_managed_care  [Coverage/")
    wanted = '{"version": 1, "plan": {"line_of_business": "medicaid_managed_care"}}'
    assert f"Not used. If it is right, say so in SITUATION.json: {wanted}" in out
    assert used_of(tmp_path, bundle(sent), None)[key] is False
    assert used_of(tmp_path, bundle(sent), json.loads(wanted))[key] is True
    out, _ = ask(tmp_path, bundle(sent), json.loads(wanted))
    assert f"  + {line[4:]}" in out
    other = {"version": 1, "plan": {"line_of_business": "commercial"}}
    assert used_of(tmp_path, bundle(sent), other)[key] is False
