"""The questions put to a patient; their one product is a `Situation`."""

from policies.forms.plan import PlanForm
from policies.forms.questions import QuestionForms
from policies.forms.search import PolicySearchForm

__all__ = ["PlanForm", "PolicySearchForm", "QuestionForms"]
