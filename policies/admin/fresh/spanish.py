"""The page on which an edition's Spanish is read beside its English, mended and reviewed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from policies.admin.desk import editor
from policies.models import PolicyVersion
from policies.translating import TextPair, append_spanish, text_pairs

SPANISH = "admin:policies_policyversion_spanish"
FIELD = "es:"
LONG = 45  # signs in a line of the field, on a narrow screen


@dataclass(frozen=True, slots=True)
class PairView:
    """A text with the field for its Spanish; `theirs` is what someone else wrote meanwhile."""

    pair: TextPair
    number: int
    what: str
    typed: str
    fault: str = ""
    theirs: str = ""

    @property
    def id(self) -> str:
        return f"es-{self.number}"

    @property
    def field(self) -> str:
        return FIELD + self.pair.place

    @property
    def state(self) -> str:
        if self.pair.of:
            return f"The English changed since: this was written for “{self.pair.of}”"
        if self.pair.reviewed_by:
            return f"Reviewed by {self.pair.reviewed_by}"
        if self.pair.is_reviewed:
            return "Reviewed"
        return "Not reviewed" if self.pair.spanish else "Not written yet"

    @property
    def rows(self) -> int:
        return 1 + max(len(self.pair.english), len(self.typed)) // LONG


@dataclass(frozen=True, slots=True)
class Sent:
    """What came back from the page: the texts by place, what is reviewed, and what was seen."""

    texts: dict[str, str]
    reviewed: tuple[str, ...]
    wanted: tuple[str, ...]
    seen: int


def spanish_address(version: PolicyVersion) -> str:
    return reverse(SPANISH, args=[version.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def review_spanish(
    request: HttpRequest, pk: int, model_admin: admin.ModelAdmin[Any]
) -> HttpResponse:
    """Show every text with its Spanish, or append what was mended and reviewed."""
    versions = PolicyVersion.objects.select_related("policy__insurer").prefetch_related("readings")
    version = get_object_or_404(versions, pk=pk)
    if version.published_at is None and request.method == "POST":
        messages.info(request, "The Spanish of a draft is written with it, line by line.")
        return redirect("admin:policies_policyversion_change", pk)
    if request.method != "POST":
        return _page(request, model_admin, version)
    if not request.user.has_perm("policies.add_translation"):
        raise PermissionDenied
    sent = _sent(request, text_pairs(version))
    if sent is None:
        return HttpResponseBadRequest("This page is not whole: open it anew.")
    return _append(request, model_admin, version, sent)


def _sent(request: HttpRequest, pairs: tuple[TextPair, ...]) -> Sent | None:
    """What a press of a button asks for; nothing where it names no text of the edition.

    A button of one text keeps what was changed in the others too, as not reviewed.
    """
    post = request.POST
    texts = {
        one.place: post[FIELD + one.place].replace("\r\n", "\n").strip()
        for one in pairs
        if FIELD + one.place in post
    }
    seen, do = post.get("seen", ""), post.get("do", "")
    changed = tuple(one.place for one in pairs if texts.get(one.place, "") not in ("", one.spanish))
    if not (seen.isdecimal() and len(seen) < 19):
        return None
    match do.partition(":"):
        case ("save", "", ""):
            return Sent(texts, (), changed, int(seen))
        case ("all", "", ""):
            written = tuple(place for place, text in texts.items() if text)
            return Sent(texts, written, written, int(seen))
        case ("one", ":", place) if place in texts:
            return Sent(texts, (place,), (*{place: 0, **dict.fromkeys(changed)},), int(seen))
    return None


def _append(
    request: HttpRequest, model_admin: admin.ModelAdmin[Any], version: PolicyVersion, sent: Sent
) -> HttpResponse:
    pairs = {one.place: one for one in text_pairs(version)}
    # What someone else wrote since the page was made is shown before anything is put over it.
    theirs = {
        place
        for place in sent.wanted
        if pairs[place].key > sent.seen and pairs[place].spanish != sent.texts[place]
    }
    faults = {place: "Write the Spanish first." for place in sent.wanted if not sent.texts[place]}
    if theirs or faults:
        return _page(request, model_admin, version, sent, theirs=theirs, faults=faults)
    wanted = {place: sent.texts[place] for place in sent.wanted}
    try:
        new = append_spanish(version, wanted, reviewed=sent.reviewed, by=editor(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, model_admin, version, sent)
    _confirm(request, new, sent)
    lands_on = f"#{_anchor(pairs, sent.reviewed[0])}" if len(sent.reviewed) == 1 else ""
    return HttpResponseRedirect(spanish_address(version) + lands_on)


def _anchor(pairs: dict[str, TextPair], place: str) -> str:
    return f"text-{list(pairs).index(place) + 1}"


def _confirm(request: HttpRequest, new: list[str], sent: Sent) -> None:
    if not new:
        messages.info(request, "Nothing was new, so nothing was written.")
        return
    number = "1 text" if len(new) == 1 else f"{len(new)} texts"
    reviewed = sum(place in sent.reviewed for place in new)
    as_what = f"{reviewed} of them reviewed" if reviewed else "not reviewed yet"
    text = f"Written: {number} in Spanish, {as_what}. Readers meet the words from now on."
    messages.success(request, text)


def _page(
    request: HttpRequest,
    model_admin: admin.ModelAdmin[Any],
    version: PolicyVersion,
    sent: Sent | None = None,
    *,
    theirs: set[str] | None = None,
    faults: dict[str, str] | None = None,
) -> HttpResponse:
    pairs = text_pairs(version)
    typed = sent.texts if sent else {}
    is_draft = version.published_at is None
    context = {
        **admin.site.each_context(request),
        "title": f"Spanish: {version}",
        "opts": model_admin.opts,
        "version": version,
        "pairs": [
            PairView(
                one,
                number,
                place_in_words(one.place),
                typed.get(one.place, one.spanish),
                (faults or {}).get(one.place, ""),
                one.spanish if one.place in (theirs or ()) else "",
            )
            for number, one in enumerate(pairs, 1)
        ],
        "open": sum(not one.is_reviewed for one in pairs),
        "seen": max((one.key for one in pairs), default=0),
        "ages": ages_in_words(pairs),
        "has_older": any(one.of for one in pairs),
        "is_draft": is_draft,
        "may_write": not is_draft and request.user.has_perm("policies.add_translation"),
    }
    template = "admin/policies/policyversion/spanish.html"
    return TemplateResponse(request, template, context, status=422 if sent else 200)


def ages_in_words(pairs: Iterable[TextPair]) -> str:
    """How many texts have no Spanish, or one that was written for other English.

    >>> ages_in_words([TextPair("note", "A", "", is_reviewed=False)])
    '1 has no Spanish.'
    """
    pairs = tuple(pairs)
    old, none = sum(bool(one.of) for one in pairs), sum(not one.spanish for one in pairs)
    are = "Spanish text is older than its" if old == 1 else "Spanish texts are older than their"
    have = "has" if none == 1 else "have"
    told = [
        *([f"{old} {are} English"] if old else ()),
        *([f"{none} {have} no Spanish"] if none else ()),
    ]
    return f"{'; '.join(told)}." if told else ""


WORDS = {
    "label": "What it asks",
    "note": "Note",
    "limits": "Limit",
    "documents_wanted": "Document wanted",
    "prior_authorization_note": "On prior authorization",
    "change_note": "What the revision changes",
    "notes": "Note on the document",
}


def place_in_words(place: str) -> str:
    """What kind of text stands at a place.

    >>> place_in_words("positions[0].criteria.all_of[1].label"), place_in_words("notes[2]")
    ('What it asks', 'Note on the document')
    """
    return WORDS[place.rpartition(".")[2].partition("[")[0]]
