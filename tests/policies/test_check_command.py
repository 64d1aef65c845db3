"""`check_coverage`: the whole answer, or exit code 2 and a clear message."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

README = Path(__file__).resolve().parents[2] / "README.md"


def ask(path: Path, situation: object, *arguments: str) -> str:
    file = path / "situation.json"
    text = situation if isinstance(situation, str) else json.dumps(situation)
    file.write_text(text, encoding="utf-8")
    out = io.StringIO()
    call_command("check_coverage", str(file), "--on", "2026-11-25", *arguments, stdout=out)
    return out.getvalue()


def ask_json(path: Path, situation: object, *arguments: str) -> Any:
    return json.loads(ask(path, situation, "--format", "json", *arguments))


def situation(**changes: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "plan": {"line_of_business": "commercial", "insurer": "bcbs-al", "issue_state": "AL"},
        "treatment": "iv_ketamine",
        "answers": {"conditions": ["chronic_pain"]},
    } | changes


def test_the_example_of_the_readme_is_what_the_command_prints(tmp_path: Path) -> None:
    blocks = README.read_text(encoding="utf-8").split("```json\n")[1:]
    given, wanted = (json.loads(block.split("\n```")[0]) for block in blocks[:2])
    assert ask_json(tmp_path, given) == wanted


def test_a_refusal_names_its_ground_its_document_and_its_date(tmp_path: Path) -> None:
    answer = ask_json(tmp_path, situation())
    assert answer["headline"]["verdict"] == "not_covered"
    assert answer["headline"]["ground"] == "investigational"
    assert answer["documents"][0]["last_reviewed"] == "2024-11"
    assert answer["documents"][0]["sureness"] == "old_or_undated"
    assert "last reviewed November 2024" in answer["headline"]["reason"]
    assert "may be out of date" in answer["headline"]["sentence"]


def test_the_text_form_says_the_same_in_plain_words(tmp_path: Path) -> None:
    text = " ".join(ask(tmp_path, situation()).split())
    assert "your plan's written rule does not cover this." in text
    assert "MP-446" in text
    assert "investigational" in text


def test_standard_input_is_read_where_the_file_is_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(situation())))
    out = io.StringIO()
    call_command("check_coverage", "-", "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["headline"]["verdict"] == "not_covered"


def test_a_plan_nobody_knows_gets_no_other_insurers_answer(tmp_path: Path) -> None:
    plan = {"line_of_business": "commercial", "insurer_name": "Zephyr Mutual"}
    answer = ask_json(tmp_path, situation(plan=plan))
    assert answer["headline"]["verdict"] == "no_document"
    assert answer["headline"]["no_document_because"] == "insurer_not_held"
    assert answer["documents"] == []


def test_a_day_before_the_first_edition_is_said(tmp_path: Path) -> None:
    plan = {"line_of_business": "commercial", "insurer": "highmark", "issue_state": "PA"}
    given = situation(plan=plan, treatment="esketamine_nasal")
    answer = ask_json(tmp_path, given, "--on", "2020-01-01")
    assert answer["headline"]["no_document_because"] == "before_first_edition"
    assert answer["left_out_documents"] == [
        {"document": "highmark--i-212", "reason": "before_first_edition"},
        {"document": "highmark--i-32", "reason": "undated"},
    ]


@pytest.mark.parametrize(
    ("given", "arguments", "expected"),
    [
        pytest.param("{", (), "line 1, column 2: this is not JSON", id="not JSON"),
        pytest.param("[" * 100_000, (), "nested too deeply", id="deep"),
        pytest.param([], (), "expected an object", id="a list"),
        pytest.param(
            situation(version=9), (), "version: this program reads version 1", id="version"
        ),
        pytest.param(
            situation(scores=[{"scale": "phq9", "score": 300, "origin": "chart"}]),
            (),
            "scores[0].score: 300 is out of range: PHQ-9 goes from 0 to 27",
            id="PHQ-9 of 300",
        ),
        pytest.param(
            situation(), ("--on", "yesterday"), "--on: 'yesterday' is not a date", id="day"
        ),
    ],
)
def test_bad_input_ends_with_code_2_and_says_what_would_be_right(
    tmp_path: Path, given: object, arguments: tuple[str, ...], expected: str
) -> None:
    with pytest.raises(CommandError, match=r"(?s).*") as caught:
        ask(tmp_path, given, *arguments)
    assert caught.value.returncode == 2
    assert expected in str(caught.value)


def test_a_file_that_is_not_there_ends_with_code_2() -> None:
    with pytest.raises(CommandError, match="No such file") as caught:
        call_command("check_coverage", "/nowhere/situation.json")
    assert caught.value.returncode == 2


def test_two_faults_are_named_at_once(tmp_path: Path) -> None:
    given = situation(icd10_codes=["F33"], answers={"age": 440, "conditions": ["sadness"]})
    with pytest.raises(CommandError) as caught:
        ask(tmp_path, given)
    message = str(caught.value)
    assert "icd10_codes[0]: F33 is a heading" in message
    assert "answers.age: 440 is out of range" in message
    assert "answers.conditions: 'sadness' is not one of" in message


def test_a_score_of_a_day_to_come_is_refused_by_its_place(tmp_path: Path) -> None:
    scores = [
        {"scale": "phq9", "score": 21, "origin": "chart", "taken_on": day}
        for day in ("2020-05-03", "9000-05-03")
    ]
    with pytest.raises(CommandError, match=r"scores\[1\].*9000-05-03 has not come yet") as caught:
        ask(tmp_path, situation(scores=scores))
    assert caught.value.returncode == 2
    assert ask_json(tmp_path, situation(scores=scores), "--on", "9000-05-03")["headline"]
