"""What is typed on a Spanish page: dates, lists of states, and what is said of a wrong answer."""

import re
from typing import Any

import pytest
from django.utils.translation import override

from policies.forms.fields import DateField, in_language
from policies.language import said
from policies.situation import Situation, SituationError
from policies.state_names import named_states

ROW = {"kind": "antidepressant", "drug": "Zoloft"}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("typed", ["3/4/2026", "2026-03-04"])
def test_a_date_starts_with_the_month_in_either_language(language: str, typed: str) -> None:
    with override(language):
        assert str(DateField().clean(typed)) == "2026-03-04"


def test_a_state_is_found_by_its_name_in_the_language_of_the_page() -> None:
    with override("es"):
        spanish = [name for _letters, name in named_states()]
    assert spanish[4:7] == ["California", "Carolina del Norte", "Carolina del Sur"]
    assert spanish.index("Maryland") < spanish.index("Míchigan") < spanish.index("Minnesota")
    with override("en"):
        english = [letters for letters, _name in named_states()]
    assert english[:3] == ["AL", "AK", "AZ"]
    assert english[-1] == "VI"


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"version": 2}, id="a version of the future"),
        pytest.param({"more": 1}, id="a field that is not known"),
        pytest.param({"plan": []}, id="a plan that is a list"),
        pytest.param({"plan": {"issue_state": "Mass"}}, id="no state"),
        pytest.param({"plan": {"insurer_name": ""}}, id="no name"),
        pytest.param({"treatment": "tea"}, id="no treatment"),
        pytest.param({"treatments_complete": 1}, id="neither yes nor no"),
        pytest.param({"treatments_tried": {}}, id="no list"),
        pytest.param({"treatments_tried": [{}] * 201}, id="too many rows"),
        pytest.param({"icd10_codes": ["F33"]}, id="the heading of a code"),
        pytest.param({"icd10_codes": ["pain"]}, id="no code"),
        pytest.param({"answers": {"age": 400}}, id="out of a range that has a unit"),
        pytest.param({"answers": {"age": "old"}}, id="no number"),
        pytest.param({"answers": {"pregnancy": 1}}, id="no yes and no no"),
        pytest.param({"answers": {"conditions": "mdd"}}, id="no list of conditions"),
        pytest.param({"answers": {"episode_severity": "so-so"}}, id="no choice"),
        pytest.param({"scores": [{"scale": "phq9", "score": 99, "origin": "chart"}]}, id="a score"),
        pytest.param({"scores": [{"scale": "phq9", "score": 1.5, "origin": "chart"}]}, id="a half"),
        pytest.param({"scores": [{"scale": "phq9", "score": 9}]}, id="no origin"),
        pytest.param({"scores": [{"scale": "phq9", "origin": "chart"}]}, id="no score"),
        pytest.param({"treatments_tried": [ROW | {"ended_on": "May"}]}, id="no date"),
        pytest.param({"treatments_tried": [ROW | {"drug": ""}]}, id="no text"),
        pytest.param(
            {"treatments_tried": [ROW | {"outcome": "contraindicated", "weeks": 8}]},
            id="never taken, and for weeks",
        ),
        pytest.param(
            {"treatments_tried": [ROW | {"adequate_dose": False, "maximum_dose": True}]},
            id="too low and the highest",
        ),
        pytest.param(
            {"treatments_tried": [ROW | {"outcome": "no_response", "improvement_percent": 60}]},
            id="no response, and much better",
        ),
        pytest.param({"treatments_tried": [ROW | {"kind": "esketamine"}]}, id="another drug"),
        pytest.param({"treatments_tried": [ROW | {"kind": "psychotherapy"}]}, id="no medicine"),
        pytest.param(
            {
                "answers": {
                    "conditions": ["mdd_suicidal"],
                    "suicidal_ideation": "none",
                }
            },
            id="one answer against another",
        ),
    ],
)
def test_every_fault_of_an_answer_is_told_in_spanish(told: dict[str, Any]) -> None:
    with pytest.raises(SituationError) as caught:
        Situation.from_json({"version": 1} | told)
    (fault,) = caught.value.faults
    with override("es"):
        spanish = in_language(fault)
    assert spanish.place == fault.place
    assert not re.search(r"\b(is|the|of|one|to|expected|there|means)\b|[{}]", spanish.text)
    # The name of the scale stands beside its field already.
    numbers = set(re.findall(r"\d+", fault.message.replace("PHQ-9", "")))
    assert set(re.findall(r"\d+", spanish.message)) == numbers


def test_a_condition_is_named_in_spanish_and_not_by_its_key() -> None:
    told = {"conditions": ["mdd_suicidal"], "suicidal_ideation": "none"}
    with pytest.raises(SituationError) as caught:
        Situation.from_json({"version": 1, "answers": told})
    with override("es"):
        named = said("Major depression with suicidal ideation")
        assert in_language(caught.value.faults[0]).message == (
            f"{named} significa pensamientos de suicidio; corrija uno de los dos"
        )
