"""How the fields of forms are drawn: as Django draws them, but for lists to choose from."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Select
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe


class Renderer(DjangoTemplates):
    """Draws a list to choose from without templates.

    Django takes two for each choice, and a page of a case shows some 360 choices; see
    operations/growth.md.
    """

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name == Select.template_name:
            # Each part was escaped where it came from.
            return mark_safe("".join(select_parts(context["widget"])))  # noqa: S308
        return super().render(template_name, context, request)


def select_parts(widget: Mapping[str, Any]) -> Iterator[str]:
    """A list to choose from, piece by piece, each of them escaped."""
    yield f'<select name="{conditional_escape(widget["name"])}"{attributes(widget["attrs"])}>'
    for group, options, _ in widget["optgroups"]:
        if group:
            yield f'\n  <optgroup label="{conditional_escape(group)}">'
        for option in options:
            value = f' value="{_said(option["value"])}"{attributes(option["attrs"])}'
            yield f"\n  <option{value}>{conditional_escape(option['label'])}</option>"
        if group:
            yield "\n  </optgroup>"
    yield "\n</select>\n"


def attributes(attrs: Mapping[str, Any]) -> str:
    """What stands within a tag: True is its name alone, and False is left out."""
    return "".join(
        f" {conditional_escape(name)}" + ("" if value is True else f'="{_said(value)}"')
        for name, value in attrs.items()
        if value is not False
    )


def _said(value: object) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))
