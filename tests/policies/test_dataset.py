"""The open dataset: its rows, its JSON and its dictionary."""

import csv
import io
from typing import Any

import pytest

from policies.dataset import dataset, position_rows, to_csv
from policies.presenting.open_data import COLUMNS
from tests.factories import (
    ON,
    make_catalogue,
    make_document,
    make_edition,
    make_insurer,
    make_position,
    make_reading,
    real_catalogue,
)


def no_page(_document: Any) -> str:
    return ""


# The rows


def real_rows() -> list[dict[str, str]]:
    return list(position_rows(real_catalogue(), on=ON, page_of=no_page))


def rows_of(insurer: str, document: str) -> list[dict[str, str]]:
    return [row for row in real_rows() if (row["insurer"], row["document"]) == (insurer, document)]


def test_a_row_holds_what_the_record_holds() -> None:
    # From the record of MP-446: undated, reviewed November 2024, policy statement read in full.
    pain, mental = rows_of("bcbs-al", "mp-446")
    assert mental["treatment"] == "iv_ketamine"
    assert mental["coverage"] == "investigational"
    assert mental["conditions"].startswith("treatment_resistant_depression; ocd; ptsd")
    assert (mental["effective"], mental["last_reviewed"]) == ("", "2024-11")
    assert mental["prior_authorization"] == "unknown"
    assert mental["sureness"] == "old_or_undated"
    assert mental["is_read_whole"] == "yes"
    assert mental["has_criteria"] == "no"
    assert "psychiatric disorders" in mental["quote"]
    assert "chronic pain" in pain["quote"]


def test_a_row_names_where_its_position_was_read() -> None:
    infusion, spray = rows_of("bcbs-ma", "087")
    assert infusion["source_kind"] == "second_hand"
    assert infusion["source_url"] == "https://docslib.org/doc/2139394/094-esketamine-nasal-spray"
    assert infusion["read_on"] == "2026-11"
    assert infusion["has_criteria"] == spray["has_criteria"] == "yes"


def test_older_editions_stay_in_and_are_marked() -> None:
    rows = rows_of("western-health-advantage", "spravato")
    assert [(row["revision"], row["is_newest"]) for row in rows] == [("1", "no"), ("2", "yes")]


def test_a_document_without_a_readable_answer_stands_in_the_json_alone() -> None:
    assert rows_of("united-healthcare", "2026d0069p") == []
    entries = dataset(real_catalogue(), on=ON, page_of=no_page)["documents"]
    (entry,) = [one for one in entries if one["document"]["slug"] == "2026d0069p"]
    assert entry["document"]["editions"][0]["positions"] == []
    assert entry["sureness"] == "second_hand"


def test_of_cpt_there_are_only_numbers() -> None:
    codes = {code for row in real_rows() for code in row["cpt"].split("; ") if code}
    assert "96365" in codes
    assert all(code.isalnum() for code in codes)


def test_the_dictionary_names_every_column_and_no_other() -> None:
    assert list(COLUMNS) == list(real_rows()[0])


# No cell runs as a formula


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_text(sign: str) -> None:
    insurer = make_insurer(name=f"{sign}HYPERLINK(1)")
    catalogue = make_catalogue(make_document(insurer=insurer))
    text = to_csv(position_rows(catalogue, on=ON, page_of=no_page))
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["insurer_name"] == f"'{sign}HYPERLINK(1)"


def test_a_quote_with_commas_and_lines_comes_back_whole() -> None:
    insurer = make_insurer(name='A "plan", and\nanother')
    catalogue = make_catalogue(make_document(insurer=insurer))
    text = to_csv(position_rows(catalogue, on=ON, page_of=no_page))
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["insurer_name"] == 'A "plan", and\nanother'


def test_of_several_sources_none_is_named_where_the_position_names_none() -> None:
    readings = (make_reading(key="a"), make_reading(key="b"))
    document = make_document(make_edition(make_position(), readings=readings))
    (row,) = position_rows(make_catalogue(document), on=ON, page_of=no_page)
    assert row["source_kind"] == row["read_on"] == ""
