"""Finished words as a PDF: the one file that knows WeasyPrint."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from appeals.letter_sheets import CoverSheet, LetterSheet, SeparatorSheet, TabSheet
from appeals.letters.content import LetterContent
from appeals.pdf_tags import tidied
from policies.faults import printable
from policies.turns import TURNS

STATIC = Path(settings.STATICFILES_DIRS[0]).resolve()
# Tagged, with its language and title, so that a screen reader can read it.
VARIANT = "pdf/ua-1"
# WeasyPrint breaks a last line that is almost full for the space after it. What people typed is
# escaped, so this meets no text of theirs.
_SPARE = re.compile(r"(?<=<title>)\s+|\s+(?=</(?:title|p|li|td|h1|h2|span)>)")


class PdfError(Exception):
    """A page that can't be set: a file it needs can't be read."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and how many pages it has."""

    pdf: bytes
    pages: int


@TURNS.turn()
def render_pdf(template: str, contents: Iterable[object]) -> bytes:
    """The first of these contents that fits on one page; the last one on as many as it takes."""
    for content in contents:
        document = _laid_out(render_to_string(template, {"content": content}))
        if len(document.pages) == 1:
            break
    return _written(document)


def render_letter(content: LetterContent, *, is_large: bool = False) -> bytes:
    """The letter for paper and fax; `is_large` sets it in large print, to be read by the writer."""
    return print_letter(content, is_large=is_large).pdf


def print_letter(content: LetterContent, *, is_large: bool = False) -> Printed:
    """The letter, and how many pages it takes."""
    return _printed(letter_html(content, is_large=is_large))


def print_cover(sheet: CoverSheet) -> Printed:
    """The sheet before a packet; what is sent is English."""
    return _printed(_html("appeals/letter/cover.html", "en", {"sheet": sheet}))


def print_tab(sheet: TabSheet) -> Printed:
    """The page that stands before an enclosure."""
    return _printed(_html("appeals/letter/tab.html", "en", {"sheet": sheet}))


def print_separator(sheet: SeparatorSheet) -> Printed:
    """The page between two letters that are printed at once."""
    return _printed(_html("appeals/clinics/printing/separator.html", "en", {"sheet": sheet}))


def letter_html(content: LetterContent, *, is_large: bool = False) -> str:
    """The letter as it is laid out; its labels are in the language of its words."""
    sheet = LetterSheet(content, is_large=is_large)
    return _html("appeals/letter/letter.html", content.language, {"sheet": sheet})


def _html(template: str, language: str, context: Mapping[str, Any]) -> str:
    with translation.override(language):
        return _SPARE.sub("", render_to_string(template, {**context}))


@TURNS.turn()
def _printed(html: str) -> Printed:
    document = _laid_out(html)
    return Printed(_written(document), len(document.pages))


def _written(document: Document) -> bytes:
    return bytes(document.write_pdf(pdf_variant=VARIANT, finisher=tidied))


class _OwnAssets(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Fetches the files of the static folder and nothing else, wherever a link or a path leads."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not path.is_relative_to(STATIC):
            raise ValueError(f"This is no file of the static folder: {url}")
        return super().fetch(path.as_uri(), headers)


def _laid_out(html: str) -> Document:
    """Lay out from local files alone; what is missing is an error, and no other font or blank."""
    fetcher = _OwnAssets(allowed_protocols=["file"], fail_on_errors=True)
    page = HTML(string=printable(html), base_url=f"{STATIC.as_uri()}/", url_fetcher=fetcher)
    try:
        return page.render(pdf_variant=VARIANT)
    except FatalURLFetchingError as error:
        # It is no Exception, so nothing above would answer it.
        raise PdfError(f"A page to print could not be made. {error}") from error
