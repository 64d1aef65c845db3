"""The coverage map, and its rows by insurer and by state."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from policies import terms
from policies.coverage_map import Side, coverage_rows
from policies.forms.coverage_map import MapForm
from policies.presenting.addresses import present_addresses
from policies.presenting.maps import present_map
from policies.presenting.places import present_insurer, present_state, present_states
from policies.published import published_catalogue, published_rows
from policies.situation import Treatment
from policies.views.leading_on import leading_on

ON_STATE_PAGES = (Treatment.IV_KETAMINE, Treatment.ESKETAMINE_NASAL)


@require_safe
def show_map(request: HttpRequest) -> HttpResponse:
    """What every insurer says of a treatment, by condition."""
    form = MapForm(request.GET)
    view = None
    if form.is_valid():
        rows = published_rows(
            form.treatment_shown,
            on=timezone.localdate(),
            line=form.line_shown,
            state=form.state_shown,
        )
        view = present_map(rows, form.treatment_shown, state=form.state_shown)
    return render(
        request,
        "policies/map.html",
        {"form": form, "map": view, "is_narrowed": form.is_narrowed},
        status=200 if view is not None else 422,
    )


@require_safe
@leading_on
def show_insurer(request: HttpRequest, insurer_slug: str) -> HttpResponse:
    """What we hold of one insurer, by treatment and condition."""
    catalogue = published_catalogue()
    insurer = catalogue.insurers.get(insurer_slug)
    if insurer is None:
        raise Http404(_("We hold no insurer of this name."))
    on = timezone.localdate()
    alone = replace(catalogue, insurers={insurer.slug: insurer})
    rows = [
        row
        for treatment in Treatment
        for row in coverage_rows(alone, treatment, on=on)
        if row.side is not Side.NOTHING_HELD
    ]
    view = present_insurer(insurer, catalogue, rows, on=on)
    own = [one for one in catalogue.addresses if one.insurer == insurer.slug]
    context = {"insurer": view, "addresses": present_addresses(own, on=on)}
    return render(request, "policies/insurer.html", context)


@require_safe
def list_states(request: HttpRequest) -> HttpResponse:
    """Every state, with how many documents name it."""
    view = present_states(published_catalogue())
    return render(request, "policies/states.html", {"states": view})


@require_safe
def show_state(request: HttpRequest, code: str) -> HttpResponse:
    """Which documents speak in a state, and what they say."""
    state = code.upper()
    if code != code.lower() or state not in terms.states():
        raise Http404(_("There is no such state."))
    on = timezone.localdate()
    rows = {one: published_rows(one, on=on, state=state) for one in ON_STATE_PAGES}
    view = present_state(state, published_catalogue(), rows, on=on)
    return render(request, "policies/state.html", {"state": view})
