"""Which of an insurer's addresses is a plan's own: the most exact one, and else none."""

import datetime as dt
from typing import Any

import pytest

from policies.addresses import address_for, in_conflict, is_to_confirm
from policies.catalogue import AddressUse, AppealAddress, Benefit
from policies.situation import LineOfBusiness
from tests.factories import ON, make_address

COMMERCIAL, MEDICAID = LineOfBusiness.COMMERCIAL, LineOfBusiness.MEDICAID_MANAGED_CARE
COUNTRY = make_address(postal=("Appeals", "PO Box 1", "Springfield, IL 62701"))
IN_MA = make_address(states=("MA",), postal=("Appeals", "PO Box 2", "Boston, MA 02101"))
IN_NY = make_address(states=("NY",), postal=("Appeals", "PO Box 3", "Albany, NY 12201"))
OF_MEDICAID = make_address(lines_of_business=(MEDICAID,), fax="800-555-0104")
BEHAVIORAL = make_address(benefit=Benefit.BEHAVIORAL, fax="800-555-0105")
ELSEWHERE = make_address(postal=("Appeals", "PO Box 6", "Springfield, IL 62701"))
ENDED = make_address(fax="800-555-0107", ended_on=dt.date(2026, 11, 25))
ENDS_LATER = make_address(fax="800-555-0108", ended_on=dt.date(2026, 11, 26))
READ_AGAIN = make_address(postal=COUNTRY.postal, read_on="2026-11-20")


@pytest.mark.parametrize(
    ("held", "asked", "expected"),
    [
        pytest.param((), {}, (), id="none is held"),
        pytest.param((COUNTRY,), {}, (COUNTRY,), id="one for the line and the whole country"),
        pytest.param((COUNTRY,), {"line": MEDICAID}, (), id="never another line's"),
        pytest.param((COUNTRY, OF_MEDICAID), {"line": MEDICAID}, (OF_MEDICAID,), id="its own line"),
        pytest.param((COUNTRY,), {"line": None}, (), id="the line has to be known"),
        pytest.param((IN_NY,), {"state": "MA"}, (), id="never another state's"),
        pytest.param((COUNTRY, IN_MA), {"state": "MA"}, (IN_MA,), id="a state beats the country"),
        pytest.param((COUNTRY, IN_MA), {"state": "VT"}, (COUNTRY,), id="elsewhere the country's"),
        pytest.param((COUNTRY,), {"state": None}, (COUNTRY,), id="one for every state"),
        pytest.param(
            (COUNTRY, IN_MA), {"state": None}, (COUNTRY, IN_MA), id="it turns on an unknown state"
        ),
        pytest.param((IN_MA,), {"state": None}, (), id="a state's alone, and the state unknown"),
        pytest.param(
            (COUNTRY, BEHAVIORAL),
            {"benefit": Benefit.BEHAVIORAL},
            (BEHAVIORAL,),
            id="a benefit beats any",
        ),
        pytest.param((BEHAVIORAL,), {"benefit": Benefit.MEDICAL}, (), id="another benefit's"),
        pytest.param(
            (COUNTRY, BEHAVIORAL),
            {"benefit": None},
            (COUNTRY, BEHAVIORAL),
            id="it turns on an unknown benefit",
        ),
        pytest.param(
            (IN_MA, BEHAVIORAL),
            {"state": "MA", "benefit": Benefit.BEHAVIORAL},
            (IN_MA, BEHAVIORAL),
            id="one more exact in the state and one in the benefit",
        ),
        pytest.param((COUNTRY, ELSEWHERE), {}, (COUNTRY, ELSEWHERE), id="two that differ"),
        pytest.param((COUNTRY, READ_AGAIN), {}, (READ_AGAIN,), id="the same, read later"),
        pytest.param((ENDED,), {}, (), id="ended on the day"),
        pytest.param((ENDS_LATER,), {}, (ENDS_LATER,), id="ends tomorrow"),
        pytest.param((COUNTRY, ENDED), {}, (COUNTRY,), id="the other one has ended"),
        pytest.param((COUNTRY,), {"use": AddressUse.DOCUMENTS}, (), id="for another use"),
    ],
)
def test_the_most_exact_address_is_chosen_or_none(
    held: tuple[AppealAddress, ...], asked: dict[str, Any], expected: tuple[AppealAddress, ...]
) -> None:
    wanted: dict[str, Any] = {
        "use": AddressUse.APPEAL,
        "benefit": None,
        "line": COMMERCIAL,
        "state": "MA",
        "on": ON,
    }
    for order in (held, held[::-1]):
        choice = address_for(order, **(wanted | asked))
        assert choice.chosen == (expected[0] if len(expected) == 1 else None)
        assert set(choice.several) == (set(expected) if len(expected) > 1 else set())


@pytest.mark.parametrize(
    ("read_on", "expected"),
    [
        ("2026-11-01", False),
        ("2025-11-25", False),
        ("2025-11-24", True),
        ("2025-11", True),
        ("2024", True),
    ],
)
def test_what_was_read_more_than_a_year_ago_is_to_be_confirmed(
    read_on: str, expected: bool
) -> None:
    assert is_to_confirm(make_address(read_on=read_on), on=ON) is expected


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        pytest.param({"fax": "800-555-0100 ext. 3"}, {"fax"}, id="a fax has no extension"),
        pytest.param({"fax": "555-0100"}, {"fax"}, id="no area code"),
        pytest.param({"phone": "1-800-KETAMINE"}, {"phone"}, id="letters"),
        pytest.param({"phone": "+1 (800) 555-0100, option 2"}, set(), id="as printed"),
        pytest.param({"web": "ftp://example.org/x"}, {"web"}, id="no page"),
        pytest.param({"source_url": "the letter"}, {"source_url"}, id="the source has no address"),
        pytest.param({"postal": ("PO Box 1",)}, {"postal"}, id="no place and ZIP"),
        pytest.param({"postal": ("PO Box 1", "Boston, MA")}, {"postal"}, id="no ZIP"),
        pytest.param({"postal": ("PO Box 1", "Boston MA  02101-0001")}, set(), id="ZIP+4"),
        pytest.param({"postal": ("x",) * 8 + ("Boston, MA 02101",)}, {"postal"}, id="too long"),
        pytest.param({"postal": ()}, {"postal"}, id="it leads nowhere"),
    ],
)
def test_what_does_not_look_like_a_number_or_address_is_named(
    fields: dict[str, Any], at_fault: set[str]
) -> None:
    assert set(make_address(**fields).faults()) == at_fault


def test_those_that_differ_for_the_same_requests_are_found() -> None:
    held = (COUNTRY, IN_MA, IN_NY, OF_MEDICAID, READ_AGAIN, ENDED)
    assert in_conflict(held, on=ON) == ()
    assert in_conflict((*held, ELSEWHERE), on=ON) == ((COUNTRY, READ_AGAIN, ELSEWHERE),)
    assert in_conflict((IN_MA, BEHAVIORAL), on=ON) == ((IN_MA, BEHAVIORAL),)
