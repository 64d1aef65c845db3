"""Why they refused, the numbers of the case, and whom the notice names."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N_

from appeals.forms.notice import NoticeForm
from appeals.law.reasons import denial_reasons
from policies.language import said

CODE = re.compile(
    r"(?:(?:CO|OA|PI|PR)[\s-]*)?(\d{1,3}|[ABDPWY]\d{1,2})|([MN][A-Z]?\d{1,4})", re.IGNORECASE
)
LONGEST_CODES, LONGEST_NUMBERS = 200, 300


class ReasonsForm(NoticeForm):
    """Why they refused, the codes, the numbers of the case, and where an appeal goes."""

    folded = ("plan", "administrator", "phone", "fax", "address")
    fold_title = N_("Whom the notice names, and where an appeal goes")

    reasons = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Which reasons does it give?"),
        help_text=gettext_lazy(
            "Mark every one that the notice gives. Leave all empty if you are not sure."
        ),
    )
    codes = forms.CharField(
        required=False,
        max_length=LONGEST_CODES,
        label=gettext_lazy("Codes on it (optional)"),
        help_text=gettext_lazy(
            "On a bill or an explanation of benefits, for example CO-50, PR-96 or N130. A code "
            "alone does not settle the reason."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reference_numbers = forms.CharField(
        required=False,
        max_length=LONGEST_NUMBERS,
        label=gettext_lazy("Reference or claim numbers (optional)"),
        help_text=gettext_lazy("With more than one, put commas between them."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    plan = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("The health plan, as printed"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    administrator = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("The company that runs it, if another"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        required=False,
        max_length=40,
        label=gettext_lazy("Phone for appeals"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    fax = forms.CharField(
        required=False,
        max_length=40,
        label=gettext_lazy("Fax for appeals"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    address = forms.CharField(
        required=False,
        max_length=400,
        label=gettext_lazy("Address for appeals"),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        reasons = cast("forms.MultipleChoiceField", self.fields["reasons"])
        reasons.choices = [(one.id, said(one.label)) for one in denial_reasons().values()]

    def clean_codes(self) -> Mapping[str, tuple[str, ...]]:
        """The numbers by their list: adjustment reasons (CARC) and remarks (RARC)."""
        carc: list[str] = []
        rarc: list[str] = []
        for raw in _listed(self.cleaned_data["codes"]):
            found = CODE.fullmatch(raw)
            if found is None:
                raise forms.ValidationError(
                    _("“%(code)s” is no such code. Type it as CO-50, 96 or N130."),
                    params={"code": raw},
                )
            (carc if found[1] else rarc).append((found[1] or found[2]).upper())
        return {"carc": tuple(dict.fromkeys(carc)), "rarc": tuple(dict.fromkeys(rarc))}

    @property
    def numbers(self) -> tuple[str, ...]:
        """The reference numbers, one by one."""
        return tuple(_listed(self.cleaned_data.get("reference_numbers") or ""))


def _listed(text: str) -> Iterator[str]:
    return (one.strip() for one in re.split(r"[,;\n]+", text) if one.strip())
