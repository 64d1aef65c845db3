"""The same page in the other language, and texts of the data in the page's own."""

from typing import Any

from django import template
from django.urls import reverse, translate_url
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

from policies import language
from policies.models import Translation

register = template.Library()
OTHER = {"en": "es", "es": "en"}


@register.simple_tag(takes_context=True)
def this_page_in_other_language(context: dict[str, Any]) -> str:
    """The address of this page in the other language; nothing where it has none."""
    request = context.get("request")
    if request is None:
        return ""
    # Two leading slashes, in the address of a page that is not there, would name another site.
    here = escape_leading_slashes(request.get_full_path())
    there = translate_url(here, OTHER[get_language() or "en"])
    return "" if there == here else there


@register.simple_tag
def address_in(language_code: str, view_name: str) -> str:
    """The address of a view in the language named, whatever the page's own."""
    return translate_url(reverse(view_name), language_code)


@register.simple_tag
def is_unreviewed() -> bool:
    """Whether some Spanish was reviewed by nobody; what the desk wrote is asked for last."""
    return language.is_unreviewed() or (
        get_language() == "es" and Translation.objects.spanish().unreviewed().exists()
    )


@register.filter
def said(text: str) -> str:
    """A text of the data in the language of the page."""
    return language.said(text)
