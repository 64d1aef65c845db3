"""The page for the doctor in Spanish, which takes more room than English."""

import pytest
from django.utils.translation import override

from appeals.doctor_page import doctor_pages
from appeals.pdf import render_pdf
from policies.situation import Treatment
from tests.appeals.reading import letters, of_document, read, text_of
from tests.factories import real_document


@pytest.mark.parametrize(
    ("stem", "treatment"),
    [
        ("bcbs-ma--087", Treatment.IV_KETAMINE),
        ("carefirst--2889-a", Treatment.ESKETAMINE_NASAL),
        ("medical-mutual--spravato", Treatment.ESKETAMINE_NASAL),
        ("qualchoice--bi734", Treatment.ESKETAMINE_NASAL),
        ("triple-s-salud--esketamine", Treatment.ESKETAMINE_NASAL),
    ],
)
def test_the_longest_lists_fit_one_page_in_spanish(stem: str, treatment: Treatment) -> None:
    with override("es"):
        pages = list(doctor_pages(of_document(real_document(stem), treatment)))
        made = render_pdf("appeals/doctor_page.html", pages)
    (_page,) = read(made).pages
    text = letters(text_of(made))
    assert [one.label for one in pages[0].checks if letters(one.label) not in text] == []
    assert letters("Acortado para que quepa en una página") in text
