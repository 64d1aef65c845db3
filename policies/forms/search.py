"""Search and filters above the list of policies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from policies.catalogue.names import spelled_out
from policies.forms.fields import LINES, TREATMENTS, select
from policies.models.policies import PolicyQuerySet
from policies.state_names import named_states


class PolicySearchForm(forms.Form):
    """What to look for among the policies."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label=_("Search by insurer, number or title"),
        widget=forms.SearchInput,
    )
    treatment = select(
        TREATMENTS,
        empty=_("Any treatment"),
        label=_("Treatment"),
    )
    line = select(
        LINES,
        empty=_("Any kind of plan"),
        label=_("Kind of plan"),
    )
    state = select(named_states, empty=_("Any state"), label=_("State"))

    def narrow(self, policies: PolicyQuerySet) -> PolicyQuerySet:
        """The policies that fit every filter given."""
        values = self.cleaned_data
        if values["q"]:
            policies = policies.search(values["q"]) | policies.search(spelled_out(values["q"]))
        if values["treatment"]:
            policies = policies.on_treatment(values["treatment"])
        if values["line"]:
            policies = policies.for_line(values["line"])
        if values["state"]:
            policies = policies.for_state(values["state"])
        return policies

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for, right or wrong."""
        return any(self.data.get(name) for name in self.fields)
