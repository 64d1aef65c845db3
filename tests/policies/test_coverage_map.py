"""The coverage map: each real cell is written from the record of its document."""

import pytest

from policies import terms
from policies.catalogue import CoveragePosition, EditionStatus
from policies.coverage_map import HEADS, Entry, Row, Side, Stance, coverage_rows, members_of
from policies.situation import LineOfBusiness, Treatment
from policies.sureness import Sureness
from tests.factories import (
    ON,
    fact,
    make_catalogue,
    make_document,
    make_edition,
    make_insurer,
    make_position,
    real_catalogue,
)

IV, SPRAY = Treatment.IV_KETAMINE, Treatment.ESKETAMINE_NASAL
TRD, SUICIDAL, DEPRESSION, MENTAL, CRPS, HEADACHE, PAIN = HEADS


def row_of(insurer: str, treatment: Treatment = IV) -> Row:
    rows = coverage_rows(real_catalogue(), treatment, on=ON)
    return next(row for row in rows if row.insurer.slug == insurer)


def said(row: Row, head: str) -> tuple[Entry, ...]:
    return next(cell.entries for cell in row.cells if head in cell.heads)


REAL = [
    # MP-446, read in full: two statements, of chronic pain and of psychiatric disorders.
    pytest.param("bcbs-al", IV, TRD, Stance.INVESTIGATIONAL, "mp-446", id="Alabama, resistant"),
    pytest.param("bcbs-al", IV, MENTAL, Stance.INVESTIGATIONAL, "mp-446", id="Alabama, PTSD"),
    pytest.param("bcbs-al", IV, CRPS, Stance.INVESTIGATIONAL, "mp-446", id="Alabama, CRPS"),
    # 087 has a list for resistant depression; 291 refuses chronic pain and chronic headache.
    pytest.param("bcbs-ma", IV, TRD, Stance.COVERED_WITH_CRITERIA, "087", id="Massachusetts"),
    pytest.param("bcbs-ma", IV, PAIN, Stance.INVESTIGATIONAL, "291", id="Massachusetts, pain"),
    pytest.param("bcbs-ma", IV, HEADACHE, Stance.INVESTIGATIONAL, "291", id="and headache"),
    # The refusal of chronic pain is not read as one of CRPS, which the document does not name.
    pytest.param("bcbs-ma", IV, CRPS, Stance.NOT_CLEAR, "291", id="Massachusetts, CRPS"),
    # Two bulletins: 0447 on CRPS, 0938 on the rest; it says "depression" without a kind.
    pytest.param("aetna", IV, CRPS, Stance.INVESTIGATIONAL, "cpb-0447", id="Aetna, CRPS"),
    pytest.param("aetna", IV, TRD, Stance.INVESTIGATIONAL, "cpb-0938", id="Aetna, resistant"),
    pytest.param("aetna", IV, DEPRESSION, Stance.INVESTIGATIONAL, "cpb-0938", id="Aetna, other"),
    pytest.param(
        "wisconsin-medicaid",
        IV,
        SUICIDAL,
        Stance.COVERED_WITH_CRITERIA,
        "iv-ketamine-mdd",
        id="Wisconsin, suicidal",
    ),
    pytest.param(
        "wisconsin-medicaid",
        IV,
        PAIN,
        Stance.NOT_IN_PART_READ,
        "iv-ketamine-mdd",
        id="Wisconsin, pain, of which the account says nothing",
    ),
    pytest.param("idaho-medicaid", IV, TRD, Stance.EXCLUDED, "iv-ketamine-survey", id="Idaho"),
    # Archived on October 1, 2024; what it decided was not readable.
    pytest.param("bcbs-nd", IV, PAIN, Stance.WITHDRAWN, "iv-anesthetics", id="North Dakota"),
    # The statement was read in full and is about depression alone.
    pytest.param("bcbs-sc", IV, CRPS, Stance.NOT_ADDRESSED, "cam-219", id="South Carolina, CRPS"),
    # The coverage section was not seen, and no position may be inferred.
    pytest.param("united-healthcare", IV, TRD, Stance.UNREAD, "2026d0069p", id="UnitedHealthcare"),
    # One list of drugs excludes Spravato, the other covers it.
    pytest.param("selecthealth", SPRAY, TRD, Stance.BY_PLAN, "second-line-treatment", id="Utah"),
    pytest.param(
        "bcbs-ms", SPRAY, TRD, Stance.NOT_MEDICALLY_NECESSARY, "l-5-01-537", id="Mississippi"
    ),
]


@pytest.mark.parametrize(("insurer", "treatment", "head", "stance", "document"), REAL)
def test_a_cell_says_what_the_record_says(
    insurer: str, treatment: Treatment, head: str, stance: Stance, document: str
) -> None:
    (entry,) = said(row_of(insurer, treatment), head)
    assert entry.stance is stance
    assert [held.document.slug for held in entry.held] == [document]


def test_a_cell_names_the_conditions_where_they_are_not_the_whole_column() -> None:
    (pain,) = said(row_of("amerihealth"), PAIN)
    assert pain.stance is Stance.COVERED_WITH_CRITERIA
    assert pain.named == ("cancer_pain",)
    (mental,) = said(row_of("aetna"), MENTAL)
    assert "ocd" not in mental.named
    assert "ptsd" in mental.named
    (crps,) = said(row_of("bcbs-ma"), CRPS)
    assert crps.named == ("chronic_pain",)


def test_a_column_tells_apart_what_is_said_of_its_conditions() -> None:
    entries = said(row_of("bcbs-ms", SPRAY), DEPRESSION)
    assert {entry.stance: entry.named for entry in entries} == {
        Stance.INVESTIGATIONAL: (),
        Stance.NOT_MEDICALLY_NECESSARY: ("mdd",),
    }


def test_a_cell_is_as_sure_as_its_document() -> None:
    (entry,) = said(row_of("bcbs-ma"), TRD)
    assert entry.held[0].sureness is Sureness.SECOND_HAND
    (entry,) = said(row_of("bcbs-al"), TRD)
    assert entry.held[0].sureness is Sureness.OLD_OR_UNDATED


def test_neighbors_of_which_the_same_is_said_are_one_cell() -> None:
    row = row_of("bcbs-al")
    assert [cell.heads for cell in row.cells] == [
        (TRD, SUICIDAL, DEPRESSION, MENTAL),
        (CRPS, HEADACHE, PAIN),
    ]


@pytest.mark.parametrize(
    ("insurer", "treatment", "side"),
    [
        pytest.param("bcbs-ma", IV, Side.COVERS, id="a yes for one condition beside a no"),
        pytest.param("medicare", IV, Side.CASE_BY_CASE, id="a rule that leaves it open"),
        pytest.param("bcbs-al", IV, Side.REFUSES, id="a no for every condition"),
        pytest.param("united-healthcare", IV, Side.OPEN, id="an answer that was not read"),
        pytest.param("cigna", IV, Side.NOTHING_HELD, id="a document on the spray alone"),
    ],
)
def test_where_an_insurer_stands(insurer: str, treatment: Treatment, side: Side) -> None:
    assert row_of(insurer, treatment).side is side


def test_a_yes_at_second_hand_is_counted_as_such() -> None:
    assert row_of("bcbs-ma").covers_by_hearsay
    assert not row_of("amerihealth").covers_by_hearsay
    assert not row_of("bcbs-al").covers_by_hearsay


def slugs(**plans: object) -> set[str]:
    rows = coverage_rows(real_catalogue(), IV, on=ON, **plans)  # type: ignore[arg-type]
    return {row.insurer.slug for row in rows}


def test_a_state_shows_its_own_insurers_and_those_of_the_whole_country() -> None:
    found = slugs(state="MA")
    assert {"bcbs-ma", "aetna", "medicare", "medicare-ngs", "tufts-health-plan"} <= found
    assert not {"bcbs-al", "wisconsin-medicaid", "anthem"} & found


def test_a_kind_of_plan_shows_only_documents_for_such_plans() -> None:
    found = slugs(line=LineOfBusiness.MEDICARE_ADVANTAGE)
    # Both policies of Massachusetts speak for Medicare Advantage too; Alabama's does not.
    assert {"bcbs-ma", "carepartners-ct", "medicare-advantage"} <= found
    assert not {"bcbs-al", "aetna", "wisconsin-medicaid"} & found


def test_every_condition_that_is_shown_stands_in_one_column() -> None:
    shown = [name for head in HEADS for name in members_of(head)]
    assert len(shown) == len(set(shown))
    left = {one.id for one in terms.conditions().values() if not one.is_group} - set(shown)
    assert left == {"acute_pain", "anesthesia", "other", "post_concussion", "sickle_cell_crisis"}


@pytest.mark.parametrize(
    ("condition", "head"),
    [
        pytest.param("bipolar_depression", DEPRESSION, id="may be depression"),
        pytest.param("crps_type_2", CRPS, id="may be CRPS, before chronic pain"),
        pytest.param("migraine", HEADACHE, id="may be a daily headache, before chronic pain"),
        pytest.param("postherpetic_neuralgia", PAIN, id="neuropathic pain, which may be chronic"),
    ],
)
def test_a_condition_stands_in_the_narrowest_column(condition: str, head: str) -> None:
    assert condition in members_of(head)


# What no real document does yet


REFUSAL = make_position(CoveragePosition.INVESTIGATIONAL)
YES = make_position()


def only_entry(*documents: object) -> Entry:
    catalogue = make_catalogue(*documents)  # type: ignore[arg-type]
    (row,) = coverage_rows(catalogue, IV, on=ON)
    (entry,) = said(row, TRD)
    return entry


def test_two_documents_that_contradict_each_other_are_both_shown() -> None:
    entry = only_entry(
        make_document(make_edition(REFUSAL), slug="a"), make_document(make_edition(YES), slug="b")
    )
    assert entry.stance is Stance.DOCUMENTS_DIFFER
    assert {held.document.slug for held in entry.held} == {"a", "b"}


def test_a_document_that_is_silent_gives_way_to_one_that_speaks() -> None:
    other = make_position(indications=("fibromyalgia",))
    entry = only_entry(
        make_document(make_edition(other, is_read_whole=True), slug="a"),
        make_document(make_edition(YES), slug="b"),
    )
    assert entry.stance is Stance.COVERED_WITH_CRITERIA


def test_the_edition_in_force_speaks() -> None:
    document = make_document(
        make_edition(YES, effective="2020-01-01"), make_edition(REFUSAL, effective="2026-01-01")
    )
    entry = only_entry(document)
    assert entry.stance is Stance.INVESTIGATIONAL
    assert entry.held[0].edition.effective is not None
    assert entry.held[0].edition.effective.text == "2026-01-01"


def test_a_withdrawn_edition_is_no_rule() -> None:
    ended = make_edition(YES, effective="2026-02-01", status=EditionStatus.WITHDRAWN)
    entry = only_entry(make_document(make_edition(YES), ended))
    assert entry.stance is Stance.WITHDRAWN
    assert entry.named == ("treatment_resistant_depression",)


def test_a_condition_for_applying_keeps_its_document_in_the_map() -> None:
    document = make_document(make_edition(YES), applies_if=fact("age", min=18))
    assert only_entry(document).stance is Stance.COVERED_WITH_CRITERIA


def test_an_insurer_without_a_document_has_no_row() -> None:
    catalogue = make_catalogue(make_document(), insurers=[make_insurer("silent")])
    assert [row.insurer.slug for row in coverage_rows(catalogue, IV, on=ON)] == ["acme"]
