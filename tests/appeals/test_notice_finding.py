"""Dates, numbers, addresses and time limits: what a label or the words around them make of each."""

from dataclasses import asdict

import pytest

from appeals.notices.finding import FieldName, HowSure, PrintedDeadline, find_in
from tests.appeals.notice_letters import letter_of, notice_of, wordings


def value_in(text: str, name: FieldName, *, is_scanned: bool = False) -> str | None:
    found = find_in(letter_of(text, is_scanned=is_scanned)).first(name)
    return found.value if found else None


def values_in(text: str, name: FieldName) -> list[str]:
    return [found.value for found in find_in(letter_of(text)).all(name)]


WRITTEN = [
    "May 3, 2026",
    "MAY 03, 2026",
    "03 MAY 2026",
    "3 May 2026",
    "Sunday, May 3, 2026",
    "3 de mayo de 2026",
    "Date: 05/03/2026",
    "Date: 5-3-26",
    "Notice date: 2026-05-03",
    "Date of this notice: 20260503",
    "Letter date   05/03/2026",
    "Fecha de este aviso: 3 de mayo de 2026",
    "Fecha: 05/03/2026",
    "MAY 03, 26",
]


@pytest.mark.parametrize("line", WRITTEN)
def test_the_date_of_the_notice_is_read_in_every_form(line: str) -> None:
    text = f"Harborline Sample Health Plan\n\n{line}\n\nDear Sample Member,\n\nWe denied it."
    assert value_in(text, FieldName.NOTICE_ON) == "2026-05-03"


NOT_OF_THE_NOTICE = [
    "Date of birth: 05/03/1981",
    "DOB: May 3, 1981",
    "Date of service: 05/03/2026",
    "Service date: 05/03/2026",
    "Date request received: 05/03/2026",
    "Received: May 3, 2026",
    "RECEIVED MAY 3 2026",
    "Printed 05/03/2026",
    "Postmarked May 3, 2026",
    "Payment date: 05/03/2026",
    "Payment was sent on May 3, 2026.",
    "Effective date: 05/03/2026",
    "Approved from May 3, 2026 to June 3, 2026",
    "We denied it before in our letter of May 3, 2026.",
    "Appeal by: 05/03/2026",
    "05/03/2026 14:22 FAX 207-555-0133 PAGE 1/2",
    "Revised 05/03/2026",
]


@pytest.mark.parametrize("line", NOT_OF_THE_NOTICE)
def test_other_dates_are_never_the_date_of_the_notice(line: str) -> None:
    text = f"Harborline Sample Health Plan\n\n{line}\n\nDear Sample Member,\n\nWe denied it."
    assert value_in(text, FieldName.NOTICE_ON) is None


@pytest.mark.parametrize("line", NOT_OF_THE_NOTICE)
def test_beside_other_dates_the_labelled_one_is_found_and_sure(line: str) -> None:
    text = f"Sample Plan\n\nNotice date: June 9, 2026\n\n{line}\n\nDear Sample Member,"
    found = find_in(letter_of(text)).first(FieldName.NOTICE_ON)
    assert found is not None
    assert (found.value, found.sureness) == ("2026-06-09", HowSure.LIKELY)


def test_of_two_lone_dates_neither_is_sure() -> None:
    text = "Sample Plan\n\nMay 3, 2026\n\nMay 9, 2026\n\nDear Sample Member,\n\nWe denied it."
    found = find_in(letter_of(text)).first(FieldName.NOTICE_ON)
    assert found is not None
    assert found.sureness is HowSure.UNSURE


def test_one_date_with_its_day_first_tells_how_the_others_are_read() -> None:
    text = "Plan de Salud\n\nFecha: 12/09/2025\n\nPidieron el servicio el 28/08/2025."
    assert value_in(text, FieldName.NOTICE_ON) == "2025-09-12"


def test_figures_that_a_scanner_took_for_letters_are_read() -> None:
    text = "Sample Plan\n\nNotice date: O5/O3/2O26\n\nDear Sample Member,"
    assert value_in(text, FieldName.NOTICE_ON, is_scanned=True) == "2026-05-03"


def test_words_that_a_scanner_spoiled_are_read() -> None:
    text = notice_of("Prior auth0rization was not 0btained.").replace("denied", "den ied")
    found = find_in(letter_of(text, is_scanned=True)).all(FieldName.REASON)
    assert [find.value for find in found] == ["no_prior_authorization"]


NUMBERS = {
    "a label and a colon": ("Reference number: UM-2026-031188", ["UM-2026-031188"]),
    "two on a line": ("Claim no.: 25163-009   Case ID: CR-60021", ["25163-009", "CR-60021"]),
    "groups": ("Claim 26 012 4471 88", ["26 012 4471 88"]),
    "in a sentence": ("Your appeal, case number A-99812, was reviewed.", ["A-99812"]),
    "under its heading": ("Case number   Service date\nA-99812       05/03/2026", ["A-99812"]),
    "Spanish": ("Número de caso: OP-1193380", ["OP-1193380"]),
    "a group number": ("Group number: 700214", []),
    "a provider's number": ("NPI: 1234567893   Tax ID: 12-3456789", []),
    "a phone number": ("For your case call 800-555-0142.", []),
    "a regulation": ("Reference: 45 CFR 147.136", []),
    "a policy": ("Policy number: MP-5.118", []),
}


@pytest.mark.parametrize(("line", "numbers"), NUMBERS.values(), ids=NUMBERS.keys())
def test_reference_numbers_are_known_by_their_labels(line: str, numbers: list[str]) -> None:
    text = f"Sample Plan\n\n{line}\n\nDear Sample Member,\n\nWe denied it."
    assert values_in(text, FieldName.REFERENCE_NUMBER) == numbers


@pytest.mark.parametrize(
    "line",
    [
        "Member ID: HBX 3310 22087",
        "ID number   HBX 3310 22087",
        "Subscriber no.: HBX 3310 22087",
        "Medicare number: HBX 3310 22087",
        "Número de identificación: HBX 3310 22087",
    ],
)
def test_the_members_number_is_no_reference(line: str) -> None:
    text = f"Sample Plan\n\n{line}\n\nDear Sample Member,\n\nWe denied it."
    assert values_in(text, FieldName.MEMBER_ID) == ["HBX 3310 22087"]
    assert not values_in(text, FieldName.REFERENCE_NUMBER)


@pytest.mark.parametrize(
    ("name", "line", "value"),
    [(FieldName(one["field"]), one["line"], one["value"]) for one in wordings()["labels"]],
)
def test_a_label_of_any_wording_tells_what_it_names(
    name: FieldName, line: str, value: str | None
) -> None:
    text = f"Sample Health Plan\n\n{line}\n\nDear Sample Member,\n\nWe denied your request."
    assert values_in(text, name) == ([value] if value else [])


@pytest.mark.parametrize(
    ("rights", "limit"), [(one["text"], one["limit"]) for one in wordings()["limits"]]
)
def test_a_limit_is_found_only_for_the_members_own_next_step(
    rights: str, limit: dict[str, str] | None
) -> None:
    text = notice_of("It is experimental.", rights=rights)
    found = find_in(letter_of(text)).first(FieldName.DEADLINE)
    printed = found.deadline if found else None
    told = {
        key: str(value)
        for key, value in (asdict(printed) if printed else {}).items()
        if value is not None
    }
    assert told == {key: str(value) for key, value in (limit or {}).items()}


def test_a_letter_without_a_limit_gets_none() -> None:
    text = notice_of("It is experimental.", rights="You have the right to appeal.")
    assert find_in(letter_of(text)).first(FieldName.DEADLINE) is None


def test_the_first_appeal_comes_before_what_follows_it() -> None:
    rights = (
        "If our answer is still no you may ask for an external review within 4 months. "
        "You may appeal to us within 180 days of receiving this notice."
    )
    found = find_in(letter_of(notice_of("It is experimental.", rights=rights)))
    limit = found.first(FieldName.DEADLINE)
    assert limit is not None
    assert limit.deadline == PrintedDeadline(amount=180, unit="days", starts="receipt")


WHERE = """\
Send your appeal to:

Harborline Sample Health Plan
Appeals and Grievances
PO Box 70455
Port Ellery, ME 04998
Fax: 207-555-0133
Phone: 800-555-0147

To report fraud call 800-555-0199. TTY users call 800-555-0111.
Your doctor may call our medical director at 800-555-0119.
Bureau of Insurance: 800-555-0103. For interpreters call 800-555-0142.
To complain about discrimination write to Civil Rights Coordinator, PO Box 3307, Ferris, OH 45899.
"""


def test_of_many_numbers_and_addresses_the_ones_for_an_appeal_are_found() -> None:
    text = notice_of("It is experimental.") + "\n" + WHERE
    assert value_in(text, FieldName.APPEAL_PHONE) == "800-555-0147"
    assert value_in(text, FieldName.APPEAL_FAX) == "207-555-0133"
    assert value_in(text, FieldName.APPEAL_ADDRESS) == (
        "Harborline Sample Health Plan\nAppeals and Grievances\nPO Box 70455\nPort Ellery, ME 04998"
    )


def test_an_address_within_a_sentence_is_taken_apart() -> None:
    rights = "Mail your appeal to Sample Mutual, Claim Review, PO Box 2377, Prairie Bend, KS 66999."
    assert value_in(notice_of("It is experimental.", rights=rights), FieldName.APPEAL_ADDRESS) == (
        "Sample Mutual\nClaim Review\nPO Box 2377\nPrairie Bend, KS 66999"
    )


NAMES = [
    ("Harborline Sample Health Plan", "Harborline Sample Health Plan", None),
    (
        "OptumRx on behalf of Silver Lantern Sample Rx (PDP)",
        "Silver Lantern Sample Rx (PDP)",
        "OptumRx",
    ),
    (
        "Sample Clergy Benefit Plan\nadministered by Orchard Sample Administrators, LLC",
        "Sample Clergy Benefit Plan",
        "Orchard Sample Administrators, LLC",
    ),
    (
        "Meritain Health\n\nPlan sponsor: Sample Steel, Inc. Employee Benefit Plan",
        "Sample Steel, Inc. Employee Benefit Plan",
        "Meritain Health",
    ),
    (
        "TRICARE\nTriWest Sample Alliance\nWest Region Contractor",
        "TRICARE",
        "TriWest Sample Alliance",
    ),
    (
        "Sample Federal Benefit Plan\nMedical claims administered by Orchard Sample Services",
        "Sample Federal Benefit Plan",
        "Orchard Sample Services",
    ),
    ("Coverage Review\n\nPlan name: Sample County Health Plan", "Sample County Health Plan", None),
]


@pytest.mark.parametrize(("head", "plan", "administrator"), NAMES)
def test_plan_and_administrator_are_told_apart(
    head: str, plan: str, administrator: str | None
) -> None:
    text = f"{head}\n\nMay 3, 2026\n\nDear Sample Member,\n\nWe denied your request."
    assert value_in(text, FieldName.PLAN) == plan
    assert value_in(text, FieldName.ADMINISTRATOR) == administrator


def test_a_known_name_is_found_where_no_letterhead_is() -> None:
    letter = letter_of("Dear Sample Member,\n\nAetna denied your request.")
    found = find_in(letter, known_names=("Aetna",)).first(FieldName.PLAN)
    assert found is not None
    assert (found.value, found.sureness) == ("Aetna", HowSure.UNSURE)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We denied the request that your doctor sent to us.", "en"),
        ("Hemos negado la solicitud que su médico nos envió para el servicio.", "es"),
    ],
)
def test_the_language_of_a_letter_is_known(text: str, language: str) -> None:
    assert find_in(letter_of(text)).language == language
