"""What the search for known holes in our packages makes of pip-audit's report."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

AUDIT = runpy.run_path(str(Path(__file__).parents[2] / ".ci" / "audit.py"))
HOLE = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"], "description": "Sample"}
SOUND: dict[str, Any] = {"name": "sound", "version": "1.0", "vulns": []}
HOLED: dict[str, Any] = {"name": "holed", "version": "1.0", "vulns": [HOLE]}
UNKNOWN = {"name": "unknown", "skip_reason": "Dependency not found on PyPI"}


def read(*packages: dict[str, Any], ignored: tuple[str, ...] = ()) -> Any:
    return AUDIT["read_report"](
        json.dumps({"dependencies": packages, "fixes": []}), dict.fromkeys(ignored, "a reason")
    )


@pytest.mark.parametrize(
    ("packages", "sentence", "holes"),
    [
        pytest.param([SOUND], "1 packages audited, 0 known holes", [], id="sound"),
        pytest.param(
            [SOUND, HOLED],
            "2 packages audited, 1 known holes",
            ["holed 1.0: PYSEC-1, mended in 1.1"],
            id="a hole",
        ),
        pytest.param(
            [HOLED, HOLED],
            "1 packages audited, 1 known holes",
            ["holed 1.0: PYSEC-1, mended in 1.1"],
            id="pinned by two files",
        ),
        pytest.param(
            [UNKNOWN, HOLED],
            "1 packages audited, 1 could not be asked about, 1 known holes",
            ["holed 1.0: PYSEC-1, mended in 1.1"],
            id="a hole beside what could not be asked about",
        ),
        pytest.param(
            [UNKNOWN],
            "nothing was audited: the list of known holes can't be reached from here",
            [],
            id="nothing could be asked about",
        ),
    ],
)
def test_a_report_is_read_as_it_is(
    packages: list[dict[str, Any]], sentence: str, holes: list[str]
) -> None:
    found = read(*packages)
    assert (found.sentence, found.holes) == (sentence, holes)


@pytest.mark.parametrize("number", ["PYSEC-1", "CVE-1"])
def test_a_hole_that_does_not_reach_us_is_left_out_by_either_number(number: str) -> None:
    assert read(HOLED, ignored=(number,)).holes == []


def test_each_hole_that_is_left_out_has_a_reason_with_a_day() -> None:
    assert all("20" in reason for reason in AUDIT["IGNORED"].values())
