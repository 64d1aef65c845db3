"""What the codes on a payment notice hint at, and what they never settle."""

import pytest

from appeals.law.codes import CodeKind, code_hint, codes, remark_hint
from appeals.law.reasons import ReasonId, denial_reasons
from tests.policies.reading_level import school_years
from tests.policies.test_guide import EIGHTH_GRADE


def test_the_codes_of_several_reasons_are_those_the_records_name() -> None:
    known = {one.code for reason in denial_reasons().values() for one in reason.carc}
    several = {code for code in known if code_hint(code).is_ambiguous}
    named = {"5", "16", "50", "96", "151", "152", "153", "167", "170", "171", "198"}
    assert several == named


@pytest.mark.parametrize(
    ("code", "kind", "reasons"),
    [
        ("55", CodeKind.HINT, {ReasonId.EXPERIMENTAL_INVESTIGATIONAL}),
        (
            "50",
            CodeKind.HINT,
            {ReasonId.NOT_MEDICALLY_NECESSARY, ReasonId.CONTINUATION_WITHOUT_BENEFIT},
        ),
        ("45", CodeKind.CONTRACT_ADJUSTMENT, set()),
        ("46", CodeKind.OLD, set()),
        ("48", CodeKind.OLD, set()),
        (
            "57",
            CodeKind.OLD,
            {
                ReasonId.NOT_MEDICALLY_NECESSARY,
                ReasonId.QUANTITY_OR_FREQUENCY,
                ReasonId.CONTINUATION_WITHOUT_BENEFIT,
            },
        ),
        ("242", CodeKind.UNKNOWN, set()),
    ],
)
def test_what_a_code_hints_at(code: str, kind: CodeKind, reasons: set[ReasonId]) -> None:
    hint = code_hint(code)
    assert hint.kind is kind
    assert set(hint.reasons) == reasons


def test_no_reason_prints_an_old_code_or_a_contract_adjustment() -> None:
    printed = {one.code for reason in denial_reasons().values() for one in reason.carc}
    assert not printed & (set(codes().old) | codes().contract_adjustments)


def test_every_remark_code_is_explained_and_used() -> None:
    used = {code for reason in denial_reasons().values() for code in reason.rarc}
    assert used == set(codes().remarks)
    assert remark_hint("N130").is_ambiguous
    assert remark_hint("X1").kind is CodeKind.UNKNOWN


def test_a_code_alone_settles_nothing() -> None:
    assert codes().rules[0].startswith("A code alone never settles a reason.")
    assert code_hint("16").wants_remark


def test_what_is_said_of_codes_reads_at_eighth_grade() -> None:
    assert school_years(codes().rules) <= EIGHTH_GRADE
