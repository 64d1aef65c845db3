"""Two people at one record: the second is told what the first changed, and keeps what was typed."""

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from policies.admin.history_words import present_event
from policies.models import PolicyEvent
from policies.models.events import reference

M = TypeVar("M", bound=Model)


class RecordForm(forms.ModelForm[M]):
    """A record of the desk; its page carries `seen`, the newest event the record had by then."""

    @cached_property
    def seen(self) -> int | None:
        """Nothing for a record that is being added."""
        if self.instance.pk is None:
            return None
        newest = self._events().values_list("pk", flat=True).first()
        return newest or 0

    def _events(self) -> QuerySet[PolicyEvent]:
        return PolicyEvent.objects.about(self.instance).filter(about__0=reference(self.instance))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = self.data.get("seen", "")
        if self.instance.pk is not None and seen.isdecimal():
            newer = self._events().filter(pk__gt=seen[:18]).exclude(changes={})
            if told := [one for event in newer for one in told_of(event)]:
                last = "Yours is still below: mend it where theirs should stand, then save again."
                raise ValidationError([*told, last])
        return cleaned


def told_of(event: PolicyEvent) -> list[str]:
    """What somebody else changed in the meantime, a sentence for each field."""
    shown = present_event(event)
    at = f"{timezone.localtime(event.at):%H:%M}"
    return [
        f"{shown.by} changed {field.name} at {at}, while you were writing: "
        f"from “{field.before}” to “{field.after}”."
        for field in shown.fields
    ]
