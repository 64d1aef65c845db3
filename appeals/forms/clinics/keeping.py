"""How long ago a case was closed to be looked through."""

from django import forms

MOST_YEARS = 50
USUAL = 10


class KeptForm(forms.Form):
    """A number of years; which one is the clinic's to say."""

    years = forms.IntegerField(
        min_value=1,
        max_value=MOST_YEARS,
        label="Closed more than so many years ago",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Enter a number of years from 1 to {MOST_YEARS}.",
        ),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
