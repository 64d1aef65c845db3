"""What is chosen for a letter: the document, who signs it, what it is about, and its papers."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as N_

from appeals.law.arguments import EnclosureId, argument_data
from appeals.letters.kinds import LetterKind, Voice, kind_plan
from policies.forms.choices import grouped_conditions
from policies.forms.fields import DONT_KNOW, TREATMENTS, radios, select
from policies.language import said, said_lazy

PREFIX = "write"
VOICES = {
    Voice.PATIENT: N_("The patient"),
    Voice.PARENT: N_("A parent or guardian"),
    Voice.REPRESENTATIVE: N_("A person who acts for the patient"),
    Voice.CLINICIAN: N_("The treating clinician"),
}


class _Form(forms.Form):
    """A form of the way to a letter."""

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, prefix=PREFIX, initial=initial, use_required_attribute=False)


class KindForm(_Form):
    """Which document it is to be."""

    kind = radios(
        [],
        required=True,
        label=gettext_lazy("Which of these do you need?"),
        error_messages={"required": gettext_lazy("Choose a document.")},
    )

    def __init__(
        self, data: Any = None, *, kinds: Iterable[LetterKind], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        field = cast("forms.ChoiceField", self.fields["kind"])
        field.choices = [(one, said(kind_plan(one).name)) for one in kinds]


class VoiceForm(_Form):
    """Who signs."""

    voice = radios(
        [],
        required=True,
        label=gettext_lazy("Who signs it?"),
        help_text=gettext_lazy(
            "The letter is written in that person's voice. Nobody signs what only another can know."
        ),
        error_messages={"required": gettext_lazy("Choose who signs it.")},
    )

    def __init__(self, data: Any = None, *, voices: Sequence[Voice], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = cast("forms.ChoiceField", self.fields["voice"])
        field.choices = [(one, gettext(VOICES[one])) for one in voices]


class AboutForm(_Form):
    """The treatment and the condition, where neither a denial nor a check has told them."""

    treatment = radios([*TREATMENTS, DONT_KNOW], label=gettext_lazy("Which treatment is it about?"))
    condition = select(
        [],
        empty=gettext_lazy("Choose what it is for"),
        label=gettext_lazy("What is the treatment for?"),
        help_text=gettext_lazy("The letter names it, and cites only what was studied for it."),
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        condition = cast("forms.ChoiceField", self.fields["condition"])
        condition.choices = [*cast("list[Any]", condition.choices), *grouped_conditions()]


class PapersForm(_Form):
    """Which papers are on hand."""

    papers = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Which of these papers do you have?"),
        help_text=gettext_lazy(
            "Mark only those that you have, or will have when you send it. The letter names each "
            "by its number. The files themselves are asked for at the end."
        ),
    )

    def __init__(
        self, data: Any = None, *, papers: Iterable[EnclosureId], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        known = argument_data().enclosures
        field = cast("forms.MultipleChoiceField", self.fields["papers"])
        field.choices = [(one, said_lazy(known[one].label)) for one in papers]
