"""What we said on a day, beside what we say of that day now."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from policies.admin.history_words import FieldView, in_words
from policies.catalogue.writing import write_head
from policies.edition_changes import changes_between
from policies.forms.day import DayForm
from policies.history import changed
from policies.models import Policy
from policies.presenting.editions import EditionView, present_edition
from policies.presenting.what_changed import ChangesView, present_changes
from policies.said import Said, end_of, said


@dataclass(frozen=True, slots=True)
class DayView:
    """A day as we told it then and as we tell it now; `edition` is None where we told nothing."""

    day: dt.date
    title_then: str
    title_now: str
    then: EditionView | None
    now: EditionView | None
    fields: tuple[FieldView, ...]
    changes: ChangesView | None

    @property
    def is_same(self) -> bool:
        """Whether we say today what we said then."""
        if self.then is None or self.now is None:
            return self.then is self.now and not self.fields
        return not self.fields and (self.changes is None or self.changes.is_none)


@require_safe
def said_on_a_day(request: HttpRequest, policy_id: int, model_admin: Any) -> HttpResponse:
    """What we said of a policy on the day asked for, with what differs today."""
    policy = get_object_or_404(Policy.objects.select_related("insurer__parent"), pk=policy_id)
    today = timezone.localdate()
    form = DayForm(request.GET, today=today)
    day = form.cleaned_data["on"] if form.is_valid() else None
    context = {
        **admin.site.each_context(request),
        "title": f"What we said on a day: {policy}",
        "opts": model_admin.opts,
        "policy": policy,
        "form": form,
        "told": _told(policy, day) if day else None,
        "time_zone": timezone.get_current_timezone_name().replace("_", " "),
    }
    status = 200 if form.is_valid() else 422
    return TemplateResponse(request, "admin/policies/policy/said.html", context, status=status)


def _told(policy: Policy, day: dt.date) -> DayView:
    then = said(policy, on=day, until=end_of(day))
    now = said(policy, on=day, until=timezone.now())
    head = changed(write_head(then.document), write_head(now.document))
    return DayView(
        day=day,
        title_then=then.document.title,
        title_now=now.document.title,
        then=present_edition(then.edition, on=day) if then.edition else None,
        now=present_edition(now.edition, on=day) if now.edition else None,
        fields=tuple(
            FieldView(name.replace("_", " "), in_words(before), in_words(after))
            for name, (before, after) in head.items()
        ),
        changes=_changes(then, now),
    )


def _changes(then: Said, now: Said) -> ChangesView | None:
    if then.edition is None or now.edition is None:
        return None
    both = replace(now.document, editions=(then.edition, now.edition))
    return present_changes(
        both, changes_between(then.edition, now.edition), today=timezone.localdate()
    )
