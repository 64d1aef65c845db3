"""The word of a person that a record which names somebody else is the patient's all the same."""

from typing import Any

from django import forms


class SamePatientForm(forms.Form):
    """One tick, never set beforehand."""

    is_same = forms.BooleanField(
        label="This record is this patient's",
        error_messages={
            "required": "Tick that the record is this patient's, or leave the case as it is."
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="person", use_required_attribute=False)
