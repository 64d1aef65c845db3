"""The log sheet: what we know is filled in, and there is room for the rest."""

from appeals.log_sheet import log_sheet
from appeals.pdf import render_pdf
from policies.situation import LineOfBusiness, Treatment
from tests.appeals.reading import guided, massachusetts, read, text_of

SHEET = "appeals/log_sheet.html"


def test_the_policy_its_codes_and_the_papers_wanted_stand_in_it() -> None:
    west = guided(
        insurer="tricare-west",
        line_of_business=LineOfBusiness.TRICARE,
        treatment=Treatment.ESKETAMINE_NASAL,
    )
    text = text_of(render_pdf(SHEET, [log_sheet(west)]))
    assert "Policy: Benefits A-Z: Spravato Nasal Spray, Spravato Nasal Spray (undated)" in text
    assert "Codes: HCPCS G2082, G2083" in text
    assert "Spravato Letter of Attestation" in text
    for column in ("Sent on", "Received on", "Answer due", "Reference number", "Whom you spoke to"):
        assert column in text


def test_rows_that_are_known_leave_fewer_blank_ones() -> None:
    sheet = log_sheet(massachusetts())
    assert len(sheet.papers) == 3
    blank = log_sheet(guided(insurer_name="Nobody Health"))
    assert (blank.policy, blank.codes, blank.papers) == ("", (), ())
    assert len(sheet.papers) + len(sheet.blank_papers) == len(blank.blank_papers)


def test_the_sheet_is_one_page_with_a_line_for_the_name() -> None:
    made = render_pdf(SHEET, [log_sheet(massachusetts())])
    assert len(read(made).pages) == 1
    assert "Patient Member number Plan's phone" in text_of(made)
