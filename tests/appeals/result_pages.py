"""The page after a denial, made from a case, and what a reader sees of it."""

import html
import re

from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from appeals.denied import DeniedCase
from appeals.presenting import present_denied


class Sent:
    """What the page carries along, here nothing."""

    carried: tuple[tuple[str, str], ...] = ()
    posted = QueryDict()


def page_of(case: DeniedCase) -> str:
    return render_to_string(
        "appeals/_result.html",
        {"view": present_denied(case), "screen": Sent()},
        RequestFactory().get("/denied/"),
    )


def text_of(page: str) -> str:
    """What a reader sees, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
