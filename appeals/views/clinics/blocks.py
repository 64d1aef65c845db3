"""Passages that a clinic uses again: written, read anew, deleted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from appeals.clinics.letters.text_blocks import StaleBlockError, add_block, change_block
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.forms.clinics.blocks import BlockForm
from appeals.models import TextBlock
from appeals.presenting.clinics.letters import present_blocks


@clinic_page(Right.WRITE)
@require_http_methods(["GET", "POST"])
def blocks(request: ClinicRequest) -> HttpResponse:
    """All passages, those that want reading marked; a POST adds one."""
    on = timezone.localdate()
    form = BlockForm(request.POST if request.method == "POST" else None, today=on)
    if form.is_bound and form.is_valid():
        try:
            add_block(request.clinic, form.cleaned_data, by=request.membership.user)
        except ValidationError as error:
            form.add_error("title", error.messages)
        else:
            messages.success(request, "Kept.")
            return redirect("clinics:blocks", request.clinic.pk)
    context = {"form": form, "blocks": present_blocks(request.clinic, on=on)}
    status = 422 if form.errors else 200
    return render(request, "appeals/clinics/blocks/blocks.html", context, status=status)


@clinic_page(Right.WRITE)
@require_http_methods(["GET", "POST"])
def block(request: ClinicRequest, block_id: int) -> HttpResponse:
    """One passage, to be read and changed."""
    found, on = get_object_or_404(request.clinic.blocks, pk=block_id), timezone.localdate()
    if request.method == "GET":
        return _page(request, found, BlockForm(today=on, block=found))
    form = BlockForm(request.POST, today=on)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    told = form.cleaned_data
    try:
        change_block(found, told, based_on=told["based_on"], by=request.membership.user)
    except StaleBlockError as stale:
        data = request.POST.copy()
        data["based_on"] = stale.block.edited_at.isoformat()
        again = BlockForm(data, today=on)
        return _page(request, stale.block, again, theirs=stale.block, status=409)
    except ValidationError as error:
        form.add_error("title", error.messages)
        return _page(request, found, form, status=422)
    messages.success(request, "Saved.")
    return redirect("clinics:blocks", request.clinic.pk)


def _page(
    request: ClinicRequest, found: TextBlock, form: BlockForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"passage": found, "form": form, "today": timezone.localdate()}
    return render(request, "appeals/clinics/blocks/block.html", context | more, status=status)


@clinic_page(Right.WRITE)
@require_POST
def block_delete(request: ClinicRequest, block_id: int) -> HttpResponse:
    """Delete a passage; letters that hold it keep its words."""
    get_object_or_404(request.clinic.blocks, pk=block_id).delete()
    messages.success(request, "Deleted. Letters that hold it keep its words.")
    return redirect("clinics:blocks", request.clinic.pk)
