"""What a case's next last day is for: the names that stand in plain text, and their words."""

from appeals.wording.steps import STEPS

ANSWER = "answer"
KEEP_SERVICES = "keep_services"
APPEAL = "appeal"
"""Where only the notice, and no step of a route that we know, says until when."""
CONTINUE = "continue"
"""Where an approval ends, and whoever wants more of it asks before that."""

OWN_WORDS = {
    ANSWER: "plan's answer",
    KEEP_SERVICES: "ask that care goes on",
    APPEAL: "appeal",
    CONTINUE: "ask for continuation",
}


def due_words(step: str) -> str:
    """What is due, in words that name no plan and no program; empty for a case without a day.

    >>> due_words("job-appeal"), due_words("answer"), due_words("")
    ('first appeal to the health plan', "plan's answer", '')
    """
    if step in STEPS:
        return STEPS[step].entry
    return OWN_WORDS.get(step, step)
