"""What the three screens about the notice have in common."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from appeals.law.plan_types import PlanType
from appeals.law.stages import Stage

PREFIX = "notice"


class NoticeForm(forms.Form):
    """One of the three screens; `folded` are the fields that few need."""

    folded: ClassVar[tuple[str, ...]] = ()
    fold_title: ClassVar[str] = ""

    def __init__(
        self,
        data: Any = None,
        *,
        plan_types: Iterable[PlanType],
        stages: Iterable[Stage],
        on: dt.date,
        initial: Any = None,
    ) -> None:
        super().__init__(data, prefix=PREFIX, initial=initial, use_required_attribute=False)
        self.plan_types = tuple(plan_types)
        self.stages = tuple(stages)
        self.on = on

    @property
    def open_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in self.folded]

    @property
    def folded_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name in self.folded]

    @property
    def is_unfolded(self) -> bool:
        """Whether what few need starts open: something stands in it."""
        return any(field.value() or field.errors for field in self.folded_fields)
