"""An address of ours stands beside the notice only where it is the plan's own, and the only one."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from appeals.denied import Contact
from appeals.plan_address import address_for_letter, address_for_step
from policies.catalogue import AddressUse, AppealAddress, Catalogue
from policies.models import Insurer
from policies.situation import LineOfBusiness, Plan
from tests.appeals.denied_cases import make_case
from tests.appeals.denied_pages import DENIED, WHOLE
from tests.appeals.letter_cases import make_letter
from tests.factories import make_address, make_catalogue, make_insurer
from tests.policies.desk_records import add_address, add_insurer
from tests.real_catalogue import real_folder

ACME = make_insurer("acme", name="Acme Health", also_known_as=("Acme",))
ZENITH = make_insurer("zenith", name="Zenith")
APPEALS = make_address()
FAST = make_address(use=AddressUse.EXPEDITED_APPEAL, postal=(), fax="800-555-0100")
FILES = make_address(use=AddressUse.DOCUMENTS, postal=(), fax="800-555-0101")
IN_OHIO = make_address(states=("OH",), postal=("Appeals", "PO Box 9", "Columbus, OH 43201"))
ELSEWHERE = make_address(postal=("Appeals", "PO Box 2", "Springfield, IL 62701"))
MEDICARE = make_address(
    lines_of_business=(LineOfBusiness.MEDICARE_ADVANTAGE,), postal=(), fax="800-555-0102"
)


def holding(*addresses: AppealAddress) -> Catalogue:
    return replace(make_catalogue(insurers=(ACME, ZENITH)), addresses=addresses)


@pytest.mark.parametrize(
    ("held", "plan", "contact", "told", "expected"),
    [
        pytest.param((), "bought", {"plan": "Acme"}, None, None, id="none is held"),
        pytest.param((APPEALS,), "bought", {"plan": "acme health"}, None, APPEALS, id="its name"),
        pytest.param((APPEALS,), "bought", {"plan": "Acme of Ohio"}, None, None, id="another name"),
        pytest.param((APPEALS,), "bought", {}, None, None, id="the notice names nobody"),
        pytest.param((APPEALS,), "bought", {}, "acme", APPEALS, id="the check was told it"),
        pytest.param((APPEALS,), "bought", {"plan": "Acme"}, "zenith", None, id="they differ"),
        pytest.param(
            (APPEALS,),
            "bought",
            {"plan": "Acme", "administrator": "Reviewers Inc."},
            None,
            None,
            id="another company decides",
        ),
        pytest.param((APPEALS, IN_OHIO), "bought", {"plan": "Acme"}, None, IN_OHIO, id="its state"),
        pytest.param((APPEALS, ELSEWHERE), "bought", {"plan": "Acme"}, None, None, id="two"),
        pytest.param((MEDICARE,), "bought", {"plan": "Acme"}, None, None, id="another line's"),
        pytest.param(
            (APPEALS, MEDICARE),
            "medicare_advantage",
            {"plan": "Acme"},
            None,
            MEDICARE,
            id="Medicare Advantage",
        ),
        pytest.param((FAST,), "bought", {"plan": "Acme"}, None, None, id="for fast appeals alone"),
        pytest.param(
            (APPEALS, IN_OHIO), "self_funded_job", {"plan": "Acme"}, None, None, id="open"
        ),
    ],
)
def test_the_address_of_the_next_step(
    held: tuple[AppealAddress, ...],
    plan: str,
    contact: dict[str, str],
    told: str | None,
    expected: AppealAddress | None,
) -> None:
    case = replace(make_case(plan, state="OH"), contact=Contact(**contact))
    in_check = Plan(insurer=told) if told else None
    assert address_for_step(case, holding(*held), told=in_check) == expected


def test_an_outside_review_goes_to_nobody_that_we_name() -> None:
    case = replace(make_case("bought", state="OH", answers="internal_1"), contact=Contact("Acme"))
    assert address_for_step(case, holding(APPEALS)) is None


def test_a_fast_appeal_has_an_address_of_its_own() -> None:
    case = replace(make_case("bought", state="OH", is_expedited=True), contact=Contact("Acme"))
    assert address_for_step(case, holding(APPEALS, FAST)) == FAST
    assert address_for_step(case, holding(APPEALS)) is None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("internal_appeal", APPEALS),
        ("documents_request", FILES),
        ("peer_to_peer", None),
        ("external_review", None),
        ("complaint", None),
    ],
)
def test_each_letter_has_the_address_of_its_own_use(
    kind: str, expected: AppealAddress | None
) -> None:
    denied = replace(make_case("bought", state="OH"), contact=Contact("Acme"))
    case = make_letter(kind, denied=denied)
    assert address_for_letter(case, holding(APPEALS, FILES, MEDICARE)) == expected


@pytest.fixture
def acme(db: None) -> Insurer:
    return add_insurer("acme", name="Acme Health")


def result(client: Client, **more: Any) -> str:
    answer = client.post(DENIED, WHOLE | {"at": "reasons", "go": "next", **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_offers_it_beside_the_notice_and_fills_it_in_nowhere(
    client: Client, acme: Insurer
) -> None:
    told = {"notice-plan": "Acme Health", "notice-address": "PO Box 7\nDayton, OH 45401"}
    without = result(client, **told)
    assert "An address that we read" not in without
    add_address(acme)
    page = result(client, **told)
    assert "An address that we read" in page
    assert "Springfield, IL 62701" in page
    assert 'href="https://example.org/appeals"' in page
    assert "November 2, 2026" in page
    assert "use the one on your notice" in page
    assert page.index("PO Box 7") < page.index("PO Box 1")
    assert "Appeals&#x0A;PO Box 1" not in page
    assert "Appeals\nPO Box 1" not in page
    assert "An address that we read" not in result(client, **{"notice-plan": "Another plan"})


def test_an_insurers_page_lists_its_addresses_by_plan_with_their_sources(
    client: Client, acme: Insurer
) -> None:
    assert "Where it takes appeals" not in client.get("/insurers/acme/").content.decode()
    add_address(acme, states=("MA",), read_on="2024-05")
    for address, words in (
        (
            "/insurers/acme/",
            ("The address on your notice comes first", "Massachusetts", "May 2024"),
        ),
        ("/es/insurers/acme/", ("La dirección de su aviso va primero", "mayo de 2024")),
    ):
        page = client.get(address).content.decode()
        for one in (*words, "Springfield, IL 62701", "https://example.org/appeals"):
            assert one in page, one
    assert (
        "To confirm: that is more than a year ago" in client.get("/insurers/acme/").content.decode()
    )


def test_the_real_files_hold_no_address_that_nobody_read() -> None:
    assert real_folder().addresses == ()
