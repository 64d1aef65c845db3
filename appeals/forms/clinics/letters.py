"""What is chosen for a letter of a case, and what its signer says."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from appeals.clinics.letters.records import likely_voice
from appeals.clinics.letters.signing import same_name
from appeals.forms.letters.choosing import VOICES
from appeals.letters.kinds import LetterKind, Voice, kind_plan
from appeals.models import Clinic, Clinician

READ = "I have read this letter and it is true as far as I know."


class ClinicianField(forms.ModelChoiceField[Clinician]):
    """A clinician, each with the NPI that the letters of theirs need."""

    def label_from_instance(self, obj: Clinician) -> str:
        return f"{obj} (NPI {obj.npi})" if obj.npi else f"{obj} (no NPI yet: ask a clinic admin)"


class ClinicianForm(forms.Form):
    """For which clinician a letter is written."""

    clinician = ClinicianField(
        Clinician.objects.none(), required=False, empty_label="Not chosen yet", label="Clinician"
    )

    def __init__(self, data: Any = None, *, clinic: Clinic, chosen: Clinician | None) -> None:
        super().__init__(data, use_required_attribute=False, initial={"clinician": chosen})
        field = cast("forms.ModelChoiceField[Clinician]", self.fields["clinician"])
        field.queryset = clinicians_of(clinic, chosen)


class BeginForm(ClinicianForm):
    """Who signs a new letter, and for which clinician it is written."""

    voice = forms.ChoiceField(
        required=False,
        label="Signed by",
        choices=[("", "The clinician, where one may sign it"), *VOICES.items()],
    )

    def voice_for(self, kind: LetterKind) -> Voice:
        """Who signs a letter of this kind; ValidationError where that can't be them."""
        voices, told = kind_plan(kind).voices, self.cleaned_data["voice"]
        if told and told not in voices:
            may = " or ".join(VOICES[one].lower() for one in voices)
            raise ValidationError(f"This letter can be signed by {may}.")
        return Voice(told) if told else likely_voice(voices)


def clinicians_of(clinic: Clinic, chosen: Clinician | None) -> Any:
    """Those who work here; whoever has left since stays where they are named."""
    working = clinic.clinicians.filter(is_active=True)
    return working | clinic.clinicians.filter(pk=chosen.pk) if chosen else working


class SignForm(forms.Form):
    """What a clinician says before they sign, and their name; `pages` names what they read."""

    read = forms.BooleanField(
        label=READ, error_messages={"required": "Tick the box once you have read the letter."}
    )
    name = forms.CharField(
        max_length=200,
        label="Your name",
        error_messages={"required": "Type your name: it signs the letter."},
    )
    pages = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, signer: Clinician, pages: str) -> None:
        super().__init__(data, use_required_attribute=False, initial={"pages": pages})
        self.signer = signer
        self.fields["name"].help_text = f"As it stands in the letter: {signer.name}"
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self) -> str:
        typed: str = " ".join(self.cleaned_data["name"].split())
        if not same_name(typed, self.signer):
            raise ValidationError(f"Type your name as it stands in the letter: {self.signer.name}")
        return typed
