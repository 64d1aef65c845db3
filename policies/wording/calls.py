"""What to say to the plan on the phone: a short script, one question after another."""

from dataclasses import dataclass

from policies.check import Answer
from policies.situation import LineOfBusiness
from policies.wording.voices import voice_for


@dataclass(frozen=True, slots=True)
class CallScript:
    """How to begin, and what to ask; each question has an answer to write down."""

    opening: str
    questions: tuple[str, ...]


def call_script(answer: Answer, about: str) -> CallScript:
    """A call that gets the plan's rule in writing; `about` is the treatment and what it is for."""
    plan = voice_for(answer.situation.asker).my_plan
    found = answer.headline
    if found is None:
        rule = (
            "Do you have a written policy or criteria for it? What is its number and its date?",
            "Can you send me a copy?",
        )
        codes: tuple[str, ...] = ()
    else:
        name = found.applied.document.number or found.applied.document.title
        rule = (
            f"I have seen “{name}”. Is it in force for this plan? Is there a newer one?",
            "Can you send me the whole of it?",
        )
        position = found.answer.positions[0].position if found.answer.positions else None
        codes = () if position is None else (*position.codes.hcpcs, *position.codes.cpt)
    return CallScript(
        opening=f"I would like to know whether {plan} covers {about}.",
        questions=(
            *rule,
            f"Are these the right billing codes: {', '.join(codes)}?"
            if codes
            else "Which billing codes does the plan want for it?",
            "Is prior authorization required? Who decides, and where are the papers sent?",
            _exclusion(answer),
            "May I have your name, and a reference number for this call?",
        ),
    )


def _exclusion(answer: Answer) -> str:
    plan = answer.situation.plan
    may_be_self_funded = (
        plan.line_of_business in (LineOfBusiness.COMMERCIAL, None) and plan.funding is None
    )
    who_pays = " Does the employer pay the claims itself?" if may_be_self_funded else ""
    return f"Does the plan exclude this treatment?{who_pays}"
