"""Who pays: an insurer by any name that it alone goes by, and Medicare by its own name."""

from typing import Any

import pytest

from policies.catalogue import Insurer, InsurerKind
from policies.fhir import Caution, Kind, Record
from policies.situation import LineOfBusiness
from tests.policies.fhir.bundles import MINE, bundle, concept, find, read, reasons

INSURERS = {
    one.slug: one
    for one in (
        Insurer("united-healthcare", "UnitedHealthcare", InsurerKind.COMMERCIAL),
        Insurer("aetna", "Aetna", InsurerKind.COMMERCIAL),
        Insurer("anthem", "Anthem Blue Cross and Blue Shield", InsurerKind.BLUE_PLAN),
        Insurer("anthem-ca", "Anthem Blue Cross (California)", InsurerKind.BLUE_PLAN),
        Insurer("bcbs-ma", "Blue Cross Blue Shield of Massachusetts", InsurerKind.BLUE_PLAN),
        Insurer("bcbs-nc", "Blue Cross and Blue Shield of North Carolina", InsurerKind.BLUE_PLAN),
        Insurer("premera", "Premera Blue Cross", InsurerKind.BLUE_PLAN),
        Insurer(
            "medicare",
            "Original Medicare",
            InsurerKind.FEDERAL_PROGRAM,
            also_known_as=("CMS", "Medicare"),
            pays_for=LineOfBusiness.ORIGINAL_MEDICARE,
        ),
    )
}


def payer(name: str, **fields: Any) -> Record:
    coverage = {
        "resourceType": "Coverage",
        "status": "active",
        "beneficiary": MINE,
        "payor": [{"display": name}],
        **fields,
    }
    return read(bundle(coverage), insurers=INSURERS)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        pytest.param("United Healthcare", "united-healthcare", id="spaced otherwise"),
        pytest.param("UNITED HEALTHCARE INSURANCE COMPANY", "united-healthcare", id="legal name"),
        pytest.param("Aetna, Inc.", "aetna", id="incorporated"),
        pytest.param("Aetna Life Insurance Co.", "aetna", id="life insurance"),
        pytest.param("BCBSMA", "bcbs-ma", id="by letters"),
        pytest.param("BCBS of MA", "bcbs-ma", id="by letters, with of"),
        pytest.param("Blue Cross & Blue Shield of North Carolina", "bcbs-nc", id="with a sign"),
        pytest.param("Medicare", "medicare", id="Medicare"),
    ],
)
def test_an_insurer_is_found_by_the_name_it_goes_by(name: str, slug: str) -> None:
    record = payer(name)
    assert find(record, Kind.PLAN, "insurer").value == slug


@pytest.mark.parametrize(
    ("name", "caution"),
    [
        pytest.param("Anthem", Caution.PAYER_IS_SEVERAL, id="a brand of two"),
        pytest.param("Blue Cross Blue Shield", Caution.PAYER_IS_SEVERAL, id="a brand of many"),
        pytest.param("Premera", Caution.PAYER_NOT_HELD, id="a part of one name"),
        pytest.param("Blue Cross Blue Shield of Utah", Caution.PAYER_NOT_HELD, id="another state"),
        pytest.param("Aetna Better Health", Caution.PAYER_NOT_HELD, id="more than the name"),
    ],
)
def test_a_name_that_is_not_one_insurers_alone_stays_as_it_is(name: str, caution: Caution) -> None:
    found = find(payer(name), Kind.PLAN, "insurer_name")
    assert found.value == name
    assert caution in found.cautions
    assert len({Caution.PAYER_IS_SEVERAL, Caution.PAYER_NOT_HELD} & set(found.cautions)) == 1


@pytest.mark.parametrize(
    ("name", "line"),
    [
        pytest.param("Medicare", "original_medicare", id="itself"),
        pytest.param("Medicare Part B", "original_medicare", id="a part"),
        pytest.param("CMS", "original_medicare", id="its agency"),
        pytest.param("Medicare of Ohio", "original_medicare", id="of a state"),
        pytest.param("Noridian Medicare", "original_medicare", id="a contractor"),
        pytest.param("Aetna Medicare", "medicare_advantage", id="an insurer of ours"),
        pytest.param("Humana Medicare", "medicare_advantage", id="another brand"),
        pytest.param("Aetna Medicaid", "medicaid_managed_care", id="Medicaid by a company"),
    ],
)
def test_a_brand_beside_medicare_is_a_private_plan_to_confirm(name: str, line: str) -> None:
    found = find(payer(name), Kind.PLAN, "line_of_business")
    assert (found.value, found.sureness.value) == (line, "to_confirm")


def test_a_program_is_no_kind_where_the_type_says_another_thing() -> None:
    record = payer("CMS", type={"text": "a plan of another kind"})
    assert not any(one.name == "line_of_business" for one in record.found)


V3 = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
SOPT = "https://nahdo.org/sopt"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        pytest.param("Aetna", {"type": concept(V3, "DENTAL")}, id="dental"),
        pytest.param("Aetna", {"type": concept(V3, "DENTPRG")}, id="a dental program"),
        pytest.param("Aetna", {"type": concept(V3, "VISPOL")}, id="vision"),
        pytest.param("Aetna", {"type": concept(V3, "LTC")}, id="long-term care"),
        pytest.param("Aetna", {"type": concept(SOPT, "517")}, id="dental by the typology"),
        pytest.param("Aetna", {"type": {"text": "Dental PPO"}}, id="by words"),
        pytest.param("Aetna", {"type": {"text": "Vision"}}, id="eyes by words"),
        pytest.param("Delta Dental of California", {}, id="by the payer's name"),
        pytest.param(
            "Aetna",
            {"class": [{"type": concept("", "plan"), "value": "1", "name": "Dental DMO"}]},
            id="by the name of the plan",
        ),
    ],
)
def test_what_pays_for_teeth_or_eyes_is_left_out_and_decides_nothing(
    name: str, fields: dict[str, Any]
) -> None:
    record = payer(name, order=1, subscriberId="000-SAMPLE", **fields)
    assert not any(one.kind is Kind.PLAN for one in record.found)
    assert reasons(record) == {("Coverage", "not_medical")}
    assert record.member_ids == ()


def test_beside_a_dental_coverage_the_medical_one_is_the_plan() -> None:
    told = {"resourceType": "Coverage", "status": "active", "beneficiary": MINE}
    dental = {"payor": [{"display": "Aetna"}], "order": 1, "type": concept(V3, "DENTAL")}
    medical = {"payor": [{"display": "Premera Blue Cross"}], "order": 2}
    record = read(bundle({**told, **dental}, {**told, **medical}), insurers=INSURERS)
    assert find(record, Kind.PLAN, "insurer").value == "premera"


@pytest.mark.parametrize(
    "told",
    [
        {"text": "Medical, dental and vision"},
        {"text": "Health & dental"},
        concept(V3, "EHCPOL", "extended healthcare"),
        concept(V3, "DRUGPOL", "drug policy"),
    ],
)
def test_a_plan_for_more_than_teeth_stays(told: dict[str, Any]) -> None:
    assert find(payer("Aetna", type=told), Kind.PLAN, "insurer").value == "aetna"
