"""The work list: which tasks a document has, and which document comes first."""

import datetime as dt
from typing import Any

import pytest

from policies.catalogue import (
    Catalogue,
    CoveragePosition,
    Document,
    EditionStatus,
    InsurerKind,
    ReadingKind,
)
from policies.copies.quotes import Quote
from policies.situation import LineOfBusiness
from policies.work_list import Beside, Task, WorkItem, work_list
from tests.factories import (
    ADULT,
    COPY,
    HEARSAY,
    ON,
    REST,
    all_of,
    make_catalogue,
    make_document,
    make_edition,
    make_insurer,
    make_link,
    make_position,
    make_reading,
)

LIVE = ReadingKind.LIVE_DOCUMENT
GONE = Quote("18 years of age", "18 years or older", "page", "")


def listed(
    catalogue: Catalogue,
    *,
    beside: dict[str, Beside] | None = None,
    reviewed: bool = True,
    on: dt.date = ON,
) -> list[WorkItem]:
    return work_list(catalogue, on=on, beside=beside or {}, is_reviewed=lambda _: reviewed)


def tasks(document: Document, beside: Beside | None = None, **asked: Any) -> list[Task]:
    """The tasks of one document of which, if nothing else is said, a copy is attached."""
    held = {document.stem: beside or Beside(has_copy=True)}
    found = listed(make_catalogue(document), beside=held, **asked)
    return list(found[0].tasks) if found else []


def document(
    slug: str = "ketamine",
    *positions: Any,
    kind: ReadingKind = LIVE,
    read_on: str = "2026-11",
    **edition: Any,
) -> Document:
    readings = (make_reading(kind, read_on),)
    held = positions or (make_position(),)
    return make_document(make_edition(*held, readings=readings, **edition), slug=slug)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(document(), [], id="read live this month"),
        pytest.param(
            document("a", make_position(criteria=all_of(ADULT, REST))),
            [Task.UNREAD_PARTS],
            id="a part of the list was not read",
        ),
        pytest.param(
            document("a", make_position(criteria=None)),
            [Task.UNREAD_PARTS],
            id="the list was not read",
        ),
        pytest.param(
            document("a", make_position(continuation=REST)),
            [Task.UNREAD_PARTS],
            id="the list for going on was not read",
        ),
        pytest.param(
            document("a", make_position(CoveragePosition.UNREAD)),
            [Task.ANSWER_UNREAD],
            id="the answer was not read",
        ),
        pytest.param(
            document("a", make_position(), kind=HEARSAY), [Task.SECOND_HAND], id="second-hand"
        ),
        pytest.param(
            document("a", make_position(), kind=COPY, effective=None),
            [Task.OLD_OR_UNDATED],
            id="undated",
        ),
        pytest.param(
            document("a", make_position(), kind=COPY, effective="2020-01-01"),
            [Task.OLD_OR_UNDATED],
            id="old",
        ),
        pytest.param(
            document("a", make_position(), read_on="2025-12-20"),
            [Task.READ_SOON],
            id="read almost a year ago",
        ),
        pytest.param(
            document("a", make_position(), kind=COPY, effective="2024-12-20"),
            [Task.READ_SOON],
            id="dated almost two years ago",
        ),
        pytest.param(
            document("a", make_position(), kind=HEARSAY, status=EditionStatus.WITHDRAWN),
            [],
            id="withdrawn",
        ),
    ],
)
def test_a_document_has_the_tasks_of(found: Document, expected: list[Task]) -> None:
    assert tasks(found) == expected


def test_a_document_without_positions_has_an_answer_to_be_read() -> None:
    empty = make_document(make_edition(readings=(make_reading(LIVE),)))
    assert tasks(empty) == [Task.ANSWER_UNREAD]


def test_a_quote_that_is_gone_comes_first_and_a_missing_copy_last() -> None:
    found = document("a", make_position(criteria=all_of(ADULT, REST)))
    assert tasks(found, Beside(has_copy=False, gone=(GONE, GONE)), reviewed=False) == [
        Task.QUOTE_GONE,
        Task.UNREAD_PARTS,
        Task.SPANISH,
        Task.NO_COPY,
    ]


def test_a_task_says_how_many_parts_it_is_about() -> None:
    found = document("a", make_position(criteria=all_of(ADULT, REST), continuation=REST, note="N"))
    (item,) = listed(make_catalogue(found), reviewed=False)
    assert item.tasks[Task.UNREAD_PARTS] == 2
    # Four labels and a note.
    assert item.tasks[Task.SPANISH] == 5


def test_the_order_is_by_sureness_then_age_then_use_then_the_very_day() -> None:
    vendor = make_insurer("vendor", kind=InsurerKind.VENDOR)
    far = make_document(
        make_edition(make_position(), readings=(make_reading(COPY, "2026-03"),)),
        insurer=vendor,
        slug="far",
        lines=(LineOfBusiness.COMMERCIAL, LineOfBusiness.MEDICAID),
    )
    held = [
        document("live", read_on="2026-11"),
        document("dated-lately", make_position(), kind=COPY, read_on="2026-11"),
        document("dated-later", make_position(), kind=COPY, read_on="2026-04"),
        document("dated-earlier", make_position(), kind=COPY, read_on="2026-02"),
        document("dated-long-ago", make_position(), kind=COPY, read_on="2025-06"),
        document("old", make_position(), kind=COPY, read_on="2026-11", effective="2019"),
        document("hearsay", make_position(), kind=HEARSAY, read_on="2026-11"),
        far,
    ]
    links = (make_link("acme", "vendor"), make_link("other", "vendor"))
    catalogue = make_catalogue(*held, insurers=[make_insurer("other")], administrations=links)
    assert [one.document.slug for one in listed(catalogue)] == [
        "hearsay",
        "old",
        "dated-long-ago",
        "far",  # answers for the most plans of those read over half a year ago
        "dated-earlier",
        "dated-later",
        "dated-lately",
        "live",
    ]


@pytest.mark.parametrize(
    ("fields", "insurers", "lines", "states"),
    [
        pytest.param({}, 1, 1, 56, id="one insurer, the whole country"),
        pytest.param({"states": ("MA", "NY")}, 1, 1, 2, id="two states"),
        pytest.param(
            {"insurer": make_insurer("vendor", kind=InsurerKind.VENDOR, states=("MA",))},
            2,
            1,
            1,
            id="a vendor to which two links lead",
        ),
        pytest.param({"binds_line": True}, 2, 1, 56, id="a rule for every plan of the line"),
    ],
)
def test_the_reach_of_a_document(
    fields: dict[str, Any], insurers: int, lines: int, states: int
) -> None:
    found = make_document(make_edition(make_position()), **fields)
    links = (
        make_link("a", "vendor"),
        make_link("b", "vendor", LineOfBusiness.COMMERCIAL),
        make_link("a", "vendor", LineOfBusiness.MEDICAID),
    )
    beside = [
        make_document(insurer=make_insurer("a"), slug="z"),
        make_document(insurer=make_insurer("b"), slug="z", lines=(LineOfBusiness.MEDICAID,)),
    ]
    catalogue = make_catalogue(found, *beside, administrations=links)
    item = next(one for one in listed(catalogue) if one.document is found)
    reach = item.reach
    assert (reach.insurers, reach.lines, reach.states) == (insurers, lines, states)
    assert reach.plans == insurers * lines * states
