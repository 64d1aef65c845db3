"""What a page shows, finished before a template sees it: words, links and states."""

from policies.presenting.answers import AnswerView, present_answer
from policies.presenting.policies import Card, PolicyView, present_card, present_policy

__all__ = [
    "AnswerView",
    "Card",
    "PolicyView",
    "present_answer",
    "present_card",
    "present_policy",
]
