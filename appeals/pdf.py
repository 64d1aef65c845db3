"""Finished words as a PDF: the one file that knows WeasyPrint."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher

STATIC = Path(settings.STATICFILES_DIRS[0])
# Tagged, with its language and title, so that a screen reader can read it.
VARIANT = "pdf/ua-1"


class PdfError(Exception):
    """A page that can't be set: a file it needs can't be read."""


def render_pdf(template: str, contents: Iterable[object]) -> bytes:
    """The first of these contents that fits on one page; the last one on as many as it takes."""
    for content in contents:
        document = _laid_out(render_to_string(template, {"content": content}))
        if len(document.pages) == 1:
            break
    return bytes(document.write_pdf(pdf_variant=VARIANT))


def _laid_out(html: str) -> Document:
    """Lay out from local files alone; what is missing is an error, and no other font or blank."""
    fetcher = URLFetcher(allowed_protocols=["file", "data"], fail_on_errors=True)
    page = HTML(string=html, base_url=f"{STATIC.as_uri()}/", url_fetcher=fetcher)
    try:
        return page.render(pdf_variant=VARIANT)
    except FatalURLFetchingError as error:
        # It is no Exception, so nothing above would answer it.
        raise PdfError(f"A page to print could not be made. {error}") from error
