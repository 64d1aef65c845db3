"""The vocabulary: every fact with its question, its choices and who settles it."""

import pytest

from policies import terms, vocabulary
from policies.vocabulary import FactType, SettledBy, Speak


def test_every_fact_has_a_question_a_label_and_who_settles_it() -> None:
    for definition in vocabulary.facts().values():
        assert definition.question.endswith("?"), definition.name
        assert definition.label, definition.name
        assert definition.group, definition.name
        assert definition.speak in Speak
        assert definition.settled_by in SettledBy


def test_every_field_of_a_row_has_a_question_and_a_label() -> None:
    for fields in (vocabulary.treatment_fields(), vocabulary.score_fields()):
        for definition in fields.values():
            assert definition.question.endswith("?"), definition.name
            assert definition.label, definition.name


def test_every_number_has_a_range_and_every_choice_its_choices() -> None:
    for definition in vocabulary.facts().values():
        if definition.type is FactType.NUMBER:
            assert definition.min is not None, definition.name
            assert definition.max is not None, definition.name
        if definition.type in (FactType.CHOICE, FactType.SET):
            assert definition.choices, definition.name


@pytest.mark.parametrize("name", ["age", "conditions", "suicidal_ideation", "episode_severity"])
def test_nobody_is_told_to_change_what_must_never_be_suggested(name: str) -> None:
    assert vocabulary.fact(name).speak is Speak.NEVER_SUGGEST


def test_no_safety_condition_is_ever_suggested() -> None:
    safety = [one for one in vocabulary.facts().values() if one.group == "safety"]
    assert len(safety) > 5
    assert {one.speak for one in safety} == {Speak.NEVER_SUGGEST}


def test_nobody_is_diagnosed_with_a_group() -> None:
    choices = vocabulary.fact("conditions").choices or {}
    groups = {item.id for item in terms.conditions().values() if item.is_group}
    assert groups
    assert not groups & choices.keys()
    assert choices.keys() | groups == terms.conditions().keys()


def test_a_fact_nobody_knows_is_not_looked_up() -> None:
    with pytest.raises(KeyError):
        vocabulary.fact("wieght")
