"""Letters of one sentence, made by hand for the checks."""

from dataclasses import replace
from typing import Any

from appeals.letters import LetterCase, compose
from appeals.letters.content import (
    Basis,
    Block,
    Gap,
    Origin,
    Paragraph,
    Sentence,
)
from appeals.letters.document import edition_key
from appeals.letters.saying import line
from policies.situation import Treatment
from tests.appeals.denied_cases import make_case
from tests.appeals.letter_cases import SITUATION, make_answer, make_letter
from tests.appeals.letter_said import Letter

OHIO = make_case("insured_job", state="OH")
MASSACHUSETTS = {
    "line_of_business": "commercial",
    "funding": "insured",
    "insurer": "bcbs-ma",
    "issue_state": "MA",
}


def case(**changes: Any) -> LetterCase:
    return make_letter(answer=make_answer(), **changes)


def esketamine(condition: str = "treatment_resistant_depression") -> LetterCase:
    denied = make_case(condition=condition, treatment=Treatment.ESKETAMINE_NASAL)
    return make_letter(denied=denied)


def pain() -> LetterCase:
    return make_letter(denied=make_case(condition="crps"))


def with_rule() -> LetterCase:
    """A letter that argues from a rule with criteria."""
    return make_letter(
        answer=make_answer(plan=MASSACHUSETTS),
        denied=make_case("insured_job", state="MA"),
    )


def filled_in_alone() -> LetterCase:
    score = {**SITUATION["scores"][0], "origin": "self_completed"}
    return make_letter(answer=make_answer(scores=[score]))


def letter(case: LetterCase, text: str, *bases: str, **content: Any) -> Letter:
    """A letter of one sentence that rests on these."""
    one = Sentence((text,), tuple(map(basis, bases)))
    whole = compose(case)
    block = Block("only", content.pop("heading", ""), (Paragraph((one,)),))
    return Letter(
        replace(whole, running=line(Gap("patient_name", "name")), blocks=(block,), **content), case
    )


def basis(text: str) -> Basis:
    origin, _colon, name = text.partition(":")
    return Basis(Origin(origin), name)


def position(case: LetterCase) -> str:
    assert case.checked is not None
    return edition_key(case.checked)
