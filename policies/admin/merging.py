"""One insurer merged into another: chosen, shown with all that moves, and then done as shown."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from policies.admin.desk import editor
from policies.admin.renaming import WHY
from policies.catalogue.fields import SLUG
from policies.followers import followers
from policies.models import Insurer
from policies.moves import Moves, moves_of
from policies.renaming import merge_insurers


class MergeForm(forms.Form):
    """Into which insurer, and why; a policy whose key is taken there gets another."""

    into = forms.ModelChoiceField(
        queryset=Insurer.objects.none(),
        label="Into which insurer?",
        empty_label="Choose an insurer",
        help_text="It keeps its name, its key and everything it has. All of the other one moves "
        "there, and the record of the other one goes.",
    )
    why = forms.CharField(max_length=300, label="Why?", help_text=WHY)

    def __init__(self, gone: Insurer, data: Any = None) -> None:
        super().__init__(data)
        self.gone = gone
        self.fields["into"].queryset = Insurer.objects.exclude(pk=gone.pk)  # type: ignore[attr-defined]
        chosen = Insurer.objects.filter(pk=_whole(data.get("into"))).first() if data else None
        for move in moves_of(gone, chosen).policies if chosen else ():
            if move.is_taken:
                self.fields[f"slug-{move.policy.pk}"] = forms.CharField(
                    max_length=50,
                    label=f"Another key for “{move.policy}”",
                    initial=f"{move.slug}-{gone.slug}"[:50],
                    validators=[
                        RegexValidator(SLUG, "Use small letters, digits and hyphens, as mp-446.")
                    ],
                    help_text=f"{move.after} is, or was, the address of another policy.",
                )

    def slugs(self) -> dict[int, str]:
        """The keys given to policies, by their own."""
        return {
            int(name.removeprefix("slug-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("slug-")
        }

    def moves(self) -> Moves:
        return moves_of(self.gone, self.cleaned_data["into"], self.slugs())


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


@require_http_methods(["GET", "POST"])
def merge(
    request: HttpRequest, insurer_id: int, model_admin: admin.ModelAdmin[Any]
) -> HttpResponse:
    """Ask into which one, show what would move, and move it once that is confirmed."""
    gone = get_object_or_404(Insurer, pk=insurer_id)
    form = MergeForm(gone, _with_keys(request, gone) if request.method == "POST" else None)
    moves = form.moves() if form.is_valid() else None
    seal = request.POST.get("seal")
    if moves is not None and seal == moves.seal:
        try:
            merge_insurers(
                gone,
                moves.into,
                why=form.cleaned_data["why"],
                by=editor(request),
                slugs=form.slugs(),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            text = f"{gone} is a part of {moves.into} now. Its old addresses lead on."
            model_admin.message_user(request, text, messages.SUCCESS)
            address = reverse("admin:policies_insurer_change", args=[moves.into.pk])
            return HttpResponseRedirect(address)
    has_changed = moves is not None and bool(seal) and seal != moves.seal
    context = {
        **admin.site.each_context(request),
        "title": f"Merge {gone} into another insurer",
        "opts": model_admin.opts,
        "insurer": gone,
        "form": form,
        "moves": moves,
        "following": followers.names,
        "has_changed": has_changed,
    }
    status = 422 if form.is_bound and form.errors else 409 if has_changed else 200
    return TemplateResponse(request, "admin/policies/insurer/merge.html", context, status=status)


def _with_keys(request: HttpRequest, gone: Insurer) -> Any:
    """What was sent; where another insurer was chosen just now, with keys to begin from."""
    data = request.POST.copy()
    for name, field in MergeForm(gone, data).fields.items():
        if name.startswith("slug-") and name not in data:
            data[name] = field.initial
    return data
