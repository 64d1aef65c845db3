"""Makes pages to print of real situations, and reads a PDF back."""

import io
import re
from dataclasses import replace
from typing import Any

from pypdf import PdfReader

from appeals.doctor_page import DoctorPage, doctor_pages
from policies.catalogue import Document
from policies.guidance import Guidance, guide
from policies.situation import Asker, LineOfBusiness, Treatment
from tests.factories import ON, make_situation, make_tried, real_catalogue

WIDTH, HEIGHT = 612, 792  # a Letter page, in points


def guided(asker: Asker | None = None, **situation: Any) -> Guidance:
    fields: dict[str, Any] = {"line_of_business": LineOfBusiness.COMMERCIAL}
    asked = replace(make_situation(**(fields | situation)), asker=asker)
    return guide(asked, catalogue=real_catalogue(), on=ON)


def massachusetts(**situation: Any) -> Guidance:
    """IV ketamine under a list of nine, with four trials that failed."""
    fields: dict[str, Any] = {
        "insurer": "bcbs-ma",
        "issue_state": "MA",
        "answers": {"age": 41, "structured_interview": True},
        "tried": [make_tried(name) for name in ("Zoloft", "Lexapro", "Effexor", "Wellbutrin")],
        "complete": True,
    }
    return guided(**(fields | situation))


def of_document(document: Document, treatment: Treatment) -> Guidance:
    """Someone who told nothing but the plan and the condition that the document speaks of."""
    position = next(one for one in document.editions[-1].positions if one.treatment is treatment)
    states = document.states or ("MA",)
    return guided(
        insurer=document.insurer.slug,
        line_of_business=document.lines_of_business[-1],
        issue_state=states[0],
        residence_state=states[0],
        treatment=treatment,
        conditions=position.indications[:1],
    )


def fullest(guidance: Guidance) -> DoctorPage:
    return next(doctor_pages(guidance))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The words of every page, in one line."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, as they are drawn: the heads and feet of a letter come last."""
    return [" ".join(page.extract_text().split()) for page in read(pdf).pages]


def letters(text: str) -> str:
    """Letters and digits alone: lines and columns break words, and a hyphen may be lost."""
    return re.sub(r"[\W_]+", "", text)
