"""Search and filters above the list of policies."""

from django import forms

from policies import terms
from policies.forms.fields import select
from policies.models.policies import PolicyQuerySet
from policies.situation import LineOfBusiness, Treatment


class PolicySearchForm(forms.Form):
    """What to look for among the policies."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label="Search by insurer, number or title",
        widget=forms.SearchInput,
    )
    treatment = select(
        [(one.value, one.label) for one in Treatment], empty="Any treatment", label="Treatment"
    )
    line = select(
        [(one.value, one.label) for one in LineOfBusiness],
        empty="Any kind of plan",
        label="Kind of plan",
    )
    state = select(terms.states().items(), empty="Any state", label="State")

    def narrow(self, policies: PolicyQuerySet) -> PolicyQuerySet:
        """The policies that fit every filter given."""
        values = self.cleaned_data
        if values["q"]:
            policies = policies.search(values["q"])
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
