"""A form that met an expired sign-in, carried through the pages of signing in.

What was typed travels in the pages themselves, as one hidden field; nothing of it is kept here.
Only a form with this site's own token, or from this site's own pages, is carried: else a stranger
could put words into an editor's hands.
"""

import json
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import resolve
from django.utils.cache import add_never_cache_headers

DESK = "/admin/"
CLINICS = "/clinics/"
FIELD = "carried"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Carried:
    """A form from inside as it was sent: where to, and what was in it."""

    address: str
    fields: tuple[tuple[str, str], ...]
    has_files: bool = False

    def text(self) -> str:
        """The form as the one field that carries it."""
        return json.dumps([self.address, self.fields, self.has_files])


def is_desk(address: str) -> bool:
    """Whether an address belongs to the desk.

    >>> is_desk("/admin/policies/"), is_desk("/policies/"), is_desk("//elsewhere/admin/")
    (True, False, False)
    """
    return address.startswith(DESK)


def is_clinic(address: str) -> bool:
    """Whether an address belongs to the clinics' workspace."""
    return address.startswith(CLINICS)


def is_inside(address: str) -> bool:
    """Whether an address is for people who signed in.

    >>> is_inside("/clinics/"), is_inside("/denied/")
    (True, False)
    """
    return is_desk(address) or is_clinic(address)


def sent_form(request: HttpRequest) -> Carried:
    """The form of a request; a file can't be put into a page, so it has to be chosen again."""
    fields = tuple(
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != TOKEN
    )
    return Carried(request.get_full_path(), fields, bool(request.FILES))


def read_carried(text: str) -> Carried | None:
    """The form that a page carried; nothing where there is none, or one from outside."""
    try:
        address, fields, has_files = json.loads(text)
        found = Carried(
            str(address), tuple((str(name), str(value)) for name, value in fields), bool(has_files)
        )
    except (TypeError, ValueError, RecursionError):
        return None
    return found if is_inside(found.address) else None


def carrying(view: View) -> View:
    """Let a page of signing in hand on what it was given."""

    @wraps(view)
    def handing_on(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        carried = read_carried(request.POST.get(FIELD, ""))
        response = view(request, *args, **kwargs)
        return hand_on(request, response, carried) if carried else response

    return handing_on


def hand_on(request: HttpRequest, response: HttpResponseBase, carried: Carried) -> HttpResponseBase:
    """Put the form into the next page: the one shown, the one led to, or the last of them."""
    if isinstance(response, HttpResponseRedirect):
        if request.user.is_authenticated:
            return give_back(request, carried)
        # A redirect is a new request, which would carry nothing.
        return hand_on(request, page_at(request, response.url), carried)
    if isinstance(response, TemplateResponse) and response.context_data is not None:
        response.context_data[FIELD] = carried
    return response


def page_at(request: HttpRequest, address: str) -> HttpResponseBase:
    """The page that a redirect to a page of signing in would show."""
    path, _, query = address.partition("?")
    page = copy(request)
    page.method = "GET"
    page.path = page.path_info = path
    page.GET = QueryDict(query)
    page.POST = QueryDict()
    match = page.resolver_match = resolve(path)
    response: HttpResponseBase = match.func(page, *match.args, **match.kwargs)
    return response


def give_back(
    request: HttpRequest, carried: Carried, *, status: int = 200, wants: str = ""
) -> TemplateResponse:
    """Show what was written, ready to be sent once more by the person who wrote it."""
    context = {FIELD: carried, "wants": wants}
    page = TemplateResponse(request, "account/carried.html", context, status=status)
    # It may tell of a patient, and comes from a view of its own or from none.
    add_never_cache_headers(page)
    return page
