"""Worked cases for the policy of Acme, which covers adults with treatment-resistant depression."""

from typing import Any

from django.contrib.auth.models import User

from policies.models import PolicyVersion
from policies.proving import keep_case
from policies.worked_cases import WorkedCase, read_cases


def make_case(name: str = "An adult", *, verdict: str = "appears_to_qualify", **fields: Any) -> Any:
    """A case in its data form; without another word an adult of 40 who meets the list."""
    answers = {"conditions": ["treatment_resistant_depression"], "age": fields.pop("age", 40)}
    situation = {
        "treatment": "iv_ketamine",
        "answers": {fact: value for fact, value in answers.items() if value is not None},
        **fields.pop("situation", {}),
    }
    return {
        "name": name,
        "on": "30 days after effective",
        "situation": situation,
        "verdict": verdict,
        **fields,
    }


def read_case(data: Any) -> WorkedCase:
    return read_cases([data])[0]


THREE = (
    make_case("18 years", age=18),
    make_case("17 years", age=17, verdict="does_not_meet"),
    make_case("Age not known", age=None, verdict="could_qualify"),
)


def keep_three(draft: PolicyVersion, *, by: User) -> None:
    """Three cases, which hold for adults with treatment-resistant depression."""
    for data in THREE:
        keep_case(draft, read_case(data), by=by)
