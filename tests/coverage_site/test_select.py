"""A list to choose from: it says what Django's own says, without any template."""

from collections.abc import Iterator

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Template
from django.test.signals import template_rendered
from django.utils.safestring import mark_safe

CHOICES = (
    ("", "Choose <one>"),
    ("a", "First & foremost"),
    ("<b>", mark_safe("Set <i>so</i>")),
    ("Others", [("b", "Second"), (3, "Third")]),
)


class WithMarks(forms.Select):
    """One whose options carry attributes, as some of ours do."""

    def create_option(self, *args: object, **options: object) -> dict[str, object]:
        made: dict[str, object] = super().create_option(*args, **options)  # type: ignore[arg-type]
        made["attrs"] |= {"data-name": '"x"', "hidden": True, "disabled": False}  # type: ignore[operator]
        return made


@pytest.fixture
def rendered() -> Iterator[list[Template]]:
    """Every template that is rendered meanwhile."""
    found: list[Template] = []

    def note(template: Template, **_more: object) -> None:
        found.append(template)

    template_rendered.connect(note)
    yield found
    template_rendered.disconnect(note)


@pytest.mark.parametrize("value", [None, "", "a", 3])
@pytest.mark.parametrize("kind", [forms.Select, WithMarks, forms.SelectMultiple])
def test_a_select_says_what_djangos_own_says(kind: type[forms.Select], value: object) -> None:
    widget = kind(attrs={"class": "field", "required": True}, choices=CHOICES)
    theirs = widget.render("one", value, renderer=DjangoTemplates())
    assert widget.render("one", value).split() == theirs.split()


def test_a_long_list_takes_no_template(rendered: list[Template]) -> None:
    forms.Select(choices=[(number, number) for number in range(50)]).render("one", None)
    assert rendered == []
