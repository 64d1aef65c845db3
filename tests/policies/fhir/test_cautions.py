"""What to mind about a find: another code of its diagnosis, or a name in the place of a code."""

from typing import Any

import pytest

from policies.fhir import Caution, Kind
from policies.fhir.review import stated
from tests.policies.fhir.bundles import (
    ICD10CM,
    RXNORM,
    concept,
    condition,
    find,
    order,
    read_all,
)


@pytest.mark.parametrize(
    ("codes", "marked"),
    [
        pytest.param(["F33.2", "F33.9"], {"F33.2", "F33.9"}, id="how severe"),
        pytest.param(["F33.2", "F32.9"], {"F33.2", "F32.9"}, id="single or recurrent"),
        pytest.param(["F33.2", "F32.A"], {"F33.2", "F32.A"}, id="any depression"),
        pytest.param(["F33.2", "F43.10"], set(), id="two diagnoses"),
        pytest.param(["F33.2", "F33.2"], set(), id="one code twice"),
        pytest.param(["F33.2", "R45.851"], set(), id="a code that is added to another"),
    ],
)
def test_several_codes_of_one_diagnosis_are_marked(codes: list[str], marked: set[str]) -> None:
    record = read_all(*(condition(ICD10CM, code) for code in codes))
    assert {one.name for one in record.found if Caution.SEVERAL_CODES in one.cautions} == marked
    assert not marked & {one.name for one in stated(record)}


@pytest.mark.parametrize(
    ("codes", "shared"),
    [
        pytest.param(["F33.2", "F33.9"], {"mdd"}, id="how severe"),
        pytest.param(["F33.2", "F32.A"], {"depression"}, id="any depression"),
        pytest.param(["F33.2", "F33.1", "F32.A"], {"depression"}, id="three codes"),
        pytest.param(["F33.2", "F33.9", "F43.10", "F43.12"], {"mdd", "ptsd"}, id="of two each"),
        pytest.param(["F33.2"], set(), id="one code, which says it itself"),
    ],
)
def test_what_several_codes_agree_on_is_stated(codes: list[str], shared: set[str]) -> None:
    record = read_all(*(condition(ICD10CM, code) for code in codes))
    assert {one.name for one in stated(record) if one.kind is Kind.CONDITION} == shared


def test_what_several_codes_agree_on_is_as_old_as_the_latest() -> None:
    old, new = (
        condition(ICD10CM, code, recordedDate=day)
        for code, day in (("F33.2", "2020-01-01"), ("F33.9", "2026-09-01"))
    )
    other = condition(ICD10CM, "F33.1", recordedDate="2019-01-01")
    assert Caution.OLD not in find(read_all(old, new), Kind.CONDITION, "mdd").cautions
    assert Caution.OLD in find(read_all(old, other), Kind.CONDITION, "mdd").cautions


@pytest.mark.parametrize(
    ("named", "caution"),
    [
        pytest.param({"text": "Zoloft 50 mg"}, Caution.NAME_ALONE, id="no code"),
        pytest.param(concept(RXNORM, "1", "Zoloft 50 mg"), Caution.BY_NAME, id="a code of others"),
    ],
)
def test_a_find_by_name_says_whether_a_code_stood_beside_it(
    named: dict[str, Any], caution: Caution
) -> None:
    record = read_all(order("1") | {"medicationCodeableConcept": named})
    cautions = find(record, Kind.TREATMENT, "sertraline").cautions
    assert {Caution.BY_NAME, Caution.NAME_ALONE} & {*cautions} == {caution}
