"""What a sentence rests on is told in a line, and an id that stands for nothing is refused."""

import pytest

from appeals.letters import LetterCase
from appeals.letters.content import Basis, Origin
from appeals.letters.document import edition_key
from appeals.letters.provenance import UnknownBasisError, resolve
from policies.guide.grades import Grade
from tests.appeals.denied_cases import make_case
from tests.appeals.letter_cases import SITUATION, make_answer, make_letter, told

MASSACHUSETTS = {
    "line_of_business": "commercial",
    "funding": "insured",
    "insurer": "bcbs-ma",
    "issue_state": "MA",
}
OWN_SCORE = {"scale": "phq9", "score": 12, "origin": "self_completed"}


def case() -> LetterCase:
    """A self-funded plan's denial, checked against a rule without a list."""
    answer = make_answer(scores=[*SITUATION["scores"], OWN_SCORE])
    return make_letter(answer=answer, facts=told(without=["group_number"]))


def with_a_rule() -> LetterCase:
    denied = make_case("insured_job", state="OH", reasons=("not_medically_necessary",))
    return make_letter(answer=make_answer(plan=MASSACHUSETTS), denied=denied)


def key(one: LetterCase) -> str:
    assert one.checked is not None
    return edition_key(one.checked)


RULE, POSITION = key(with_a_rule()), key(case())
OF_THE_RULE = "Blue Cross Blue Shield of Massachusetts, 087 (in effect from April 1, 2021)"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        pytest.param("fact:member_id", "What you told: member ID", id="a fact"),
        pytest.param("fact:group_number", "Not told yet: group number", id="a gap"),
        pytest.param("fact:treatment", "What you told: treatment", id="the treatment"),
        pytest.param("fact:icd10_codes", "What you told: diagnosis codes", id="the codes"),
        pytest.param("fact:on", "The day of the letter", id="the day"),
        pytest.param("fact:answers.age", "What you told: age", id="an answer of the check"),
        pytest.param("fact:treatments.0.weeks", "What you told: sertraline, length", id="a trial"),
        pytest.param("fact:treatments.1.dose", "Not told yet: venlafaxine, dose", id="its gap"),
        pytest.param(
            "fact:scores.0",
            "What you told: PHQ-9 19 on November 3, 2026, from the chart",
            id="a charted score",
        ),
        pytest.param(
            "fact:scores.1",
            "What you told: PHQ-9 12, undated, filled in by yourself",
            id="a score of one's own",
        ),
        pytest.param(
            "fact:enclosure.chart_notes", "Enclosed, as you said: chart notes", id="a paper"
        ),
        pytest.param(
            "fact:enclosure.remittance", "Not enclosed yet: remittance advice", id="a paper to come"
        ),
        pytest.param(f"position:{POSITION}", "Aetna, CPB 0938 (undated)", id="a document"),
        pytest.param(
            f"quote:{POSITION}",
            "Aetna, CPB 0938 (undated), the document's own words",
            id="its words",
        ),
        pytest.param(
            "study:anand_2023_elektd",
            "Anand 2023, read at: PubMed, of the National Library of Medicine",
            id="a study",
        ),
        pytest.param(
            "right:claim_file",
            "29 CFR 2560.503-1(h)(2)(iii), read in a copy",
            id="a right that was read",
        ),
        pytest.param(
            "right:criteria",
            "A request, and no claim that the law says so: 29 CFR 2560.503-1(g) and (j), "
            "second-hand",
            id="a right that was read at second hand",
        ),
        pytest.param(
            "reason:step_therapy",
            "The reason for the denial, as you chose it: step therapy (fail first)",
            id="a reason",
        ),
        pytest.param(
            "form:internal_appeal",
            "What every such letter says: Appeal to the plan",
            id="the form",
        ),
    ],
)
def test_a_basis_is_told_in_a_line(name: str, label: str) -> None:
    assert resolve(basis(name), case()).label == label


@pytest.mark.parametrize(
    ("name", "label"),
    [
        pytest.param(
            f"finding:{RULE}/0",
            f"{OF_THE_RULE}, requirement 1, summed up: 18 years or older",
            id="a requirement in our words",
        ),
        pytest.param(
            f"quote:{RULE}/3",
            f"{OF_THE_RULE}, the document's own words, as someone else reproduces them",
            id="words at second hand",
        ),
        pytest.param(
            f"fact:criterion.{RULE}/1.0",
            f"Not told yet: {OF_THE_RULE}, requirement 2, summed up: A major depressive episode "
            "by DSM-5, shown by a structured clinical interview",
            id="a requirement that nobody answered",
        ),
        pytest.param(
            "law:step_therapy.OH",
            "Ohio Rev. Code 3901.83 and Ohio Rev. Code 3901.832, read at the source",
            id="a law of the state",
        ),
    ],
)
def test_a_rule_and_a_state_are_told_in_a_line(name: str, label: str) -> None:
    assert resolve(basis(name), with_a_rule()).label == label


@pytest.mark.parametrize(
    "name",
    [
        "fact:shoe_size",
        "fact:treatments.9.dose",
        "fact:treatments.0.colour",
        "fact:scores.9",
        "fact:answers.dose",
        "fact:enclosure.poem",
        f"finding:{RULE}/0",
        f"quote:{POSITION}/7",
        f"position:{POSITION}x",
        "study:nobody_2031",
        "right:medicaid_file",
        "stage:opm-review",
        "reason:plan_exclusion",
        "law:step_therapy.OH",
        "form:complaint",
    ],
)
def test_what_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(UnknownBasisError):
        resolve(basis(name), case())


def test_a_right_comes_with_what_binds_this_plan_and_how_it_was_read() -> None:
    source = resolve(Basis(Origin.RIGHT, "claim_file"), case())
    assert [one.grade for one in source.authorities] == [Grade.COPY]


def test_a_study_comes_with_its_record() -> None:
    source = resolve(Basis(Origin.STUDY, "anand_2023_elektd"), case())
    assert source.study is not None
    assert source.study.verified


def test_a_quote_comes_with_its_edition() -> None:
    printed = resolve(Basis(Origin.QUOTE, f"{RULE}/3"), with_a_rule()).printed
    assert printed is not None
    assert printed.document.stem == "bcbs-ma--087"
    assert printed.dated == "in effect from April 1, 2021"


def basis(text: str) -> Basis:
    origin, _colon, name = text.partition(":")
    return Basis(Origin(origin), name)
