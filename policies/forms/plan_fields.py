"""What is asked about the plan and the treatment, field by field."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from policies import terms
from policies.forms.choices import ASKERS, FUNDINGS, InsurerSelect
from policies.forms.fields import DONT_KNOW, LINES, TREATMENTS, radios, select
from policies.language import said_lazy


class PlanFields(forms.Form):
    """The fields; the choices that depend on the catalogue are empty here."""

    asker = radios([(one.value, label) for one, label in ASKERS.items()], label=_("Who is asking?"))
    line_of_business = radios(
        [*LINES, DONT_KNOW],
        label=_("How do you get this health insurance?"),
        required=True,
        error_messages={
            "required": _("Choose how you get this health insurance, or “I don't know”.")
        },
    )
    insurer = select(
        [],
        empty=_("Choose your insurer"),
        widget=InsurerSelect(
            attrs={
                "data-typeahead": "insurer_name",
                "data-none": _("We hold no document under this name. You can go on with it."),
            }
        ),
        label=_("Which company or program insures you?"),
        help_text=_("Its name is on the front of the insurance card, most often at the top."),
    )
    insurer_name = forms.CharField(
        required=False,
        max_length=200,
        label=_("If it is not in the list: the insurer's name"),
        help_text=_("As it stands on the front of the card."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    administrator_name = forms.CharField(
        required=False,
        max_length=200,
        label=_("Another company that decides (optional)"),
        help_text=_(
            "Some plans hand decisions on mental health or medicines to another company. Its "
            "name is often on the back of the card. We use that company's documents only where a "
            "document shows that it decides for your plan."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    funding = radios(
        [*((one.value, label) for one, label in FUNDINGS.items()), DONT_KNOW],
        label=_("If it comes from a job: who pays the claims?"),
        help_text=_(
            "Many large employers pay the claims themselves and hire an insurer to run the "
            "plan. Such a plan can leave out what the insurer's policy covers. Ask HR: “Is our "
            "health plan self-funded or fully insured?”"
        ),
    )
    residence_state = select([], empty=_("I don't know"), label=_("Which state do you live in?"))
    issue_state = select(
        [],
        empty=_("I don't know"),
        label=_("In which state was the plan issued?"),
        help_text=_(
            "For a plan from a job, often the state of the employer's main office. HR knows."
        ),
    )
    treatment = radios(
        TREATMENTS,
        label=_("Which treatment do you ask about?"),
        help_text=_(
            "IV ketamine is a drip into a vein. Esketamine (Spravato) is an FDA-approved "
            "nasal spray, given in a certified clinic."
        ),
        required=True,
        error_messages={"required": _("Choose a treatment.")},
    )
    condition = select(
        [],
        empty=_("Choose what it is for"),
        label=_("What is the treatment for?"),
        help_text=_(
            "Choose the main reason. The diagnosis is in the visit notes. Most plans call a "
            "depression resistant once two antidepressants, each long enough and at an adequate "
            "dose, did not help."
        ),
        required=True,
        error_messages={"required": _("Choose what the treatment is for, or “I don't know”.")},
    )
    other_conditions = forms.MultipleChoiceField(
        required=False,
        label=_("Other conditions it is for (optional)"),
        widget=forms.CheckboxSelectMultiple,
    )
    icd10_codes = forms.CharField(
        required=False,
        max_length=100,
        label=_("Diagnosis code (optional)"),
        help_text=format_lazy(
            _(
                "The ICD-10-CM code on the bill or in the visit notes, for example F33.2. With "
                "more than one, put commas between them. Codes shown as {release}."
            ),
            release=said_lazy(terms.ICD10_RELEASE),
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
