"""What is said to whoever orders ketamine or esketamine, and what is not."""

import uuid
from typing import Any

import pytest

from tests.policies.fhir.bundles import (
    ICD10CM,
    MINE,
    PATIENT,
    concept,
    condition,
    observation,
    order,
)
from tests.policies.hooks.calls import (
    HCPCS,
    KETAMINE,
    SITE,
    SPRAVATO,
    call,
    cards,
    coverage,
    found,
    medication,
    prefetch,
    service,
)

IV = "IV ketamine infusion"
ESKETAMINE = "esketamine nasal spray (Spravato)"
FOR_DEPRESSION = medication(SPRAVATO, reasonCode=[concept(ICD10CM, "F33.2")])


def text_of(found: list[dict[str, Any]]) -> str:
    return "\n".join(f"{one['summary']}\n{one['detail']}" for one in found)


# What a card says


@pytest.mark.parametrize(
    ("order", "treatment"),
    [
        pytest.param(medication(SPRAVATO), ESKETAMINE, id="esketamine"),
        pytest.param(
            service(concept(HCPCS, "J3490") | {"text": "Ketamine infusion"}), IV, id="ketamine"
        ),
    ],
)
def test_a_card_tells_what_the_plans_document_wants_and_how_the_record_stands_to_it(
    order: dict[str, Any], treatment: str
) -> None:
    (card,) = cards(call(order))
    detail = card["detail"]
    assert card["summary"].casefold().startswith(f"{treatment}: ".casefold())
    assert detail.startswith("**By a second-hand copy, the patient could qualify")
    assert "For treatment-resistant depression: covered with criteria." in detail
    assert "- Met: 1 of at least " in detail
    assert "the condition for this list" in detail.split("- Missing: ")[1]
    assert "Source: 087 (in effect from April 1, 2021), read November 2026." in detail
    assert "In the record: sertraline (outcome not confirmed)." in detail
    assert "the plan decides" in detail
    assert ("Not for anesthesia" in detail) == (treatment == IV)
    addresses = [one["url"] for one in card["links"]]
    assert addresses == [f"{SITE}/policies/bcbs-ma/087/", f"{SITE}/check/"]


def test_a_refusal_is_a_warning_and_names_its_ground() -> None:
    told = cards(call(medication(KETAMINE), prefetch=prefetch(coverages=found(coverage("Aetna")))))
    assert [one["indicator"] for one in told] == ["warning"]
    assert "investigational" in told[0]["detail"]


PAYERS = ("Aetna", "Blue Cross Blue Shield of Massachusetts", "Sample Payer Nobody Holds", "Cigna")


@pytest.mark.parametrize("payer", PAYERS)
@pytest.mark.parametrize("concept_of_order", [SPRAVATO, KETAMINE], ids=["esketamine", "ketamine"])
def test_every_card_keeps_to_the_form_that_clients_read(
    payer: str, concept_of_order: dict[str, Any]
) -> None:
    document = call(
        medication(concept_of_order), prefetch=prefetch(coverages=found(coverage(payer)))
    )
    found_cards = cards(document)
    assert 0 < len(found_cards) <= 3
    for card in found_cards:
        assert set(card) == {"uuid", "summary", "detail", "indicator", "source", "links"}
        assert 0 < len(card["summary"]) < 140
        assert card["indicator"] in ("info", "warning")
        assert card["source"] == {"label": "Ketamine Coverage", "url": f"{SITE}/"}
        assert str(uuid.UUID(card["uuid"])) == card["uuid"]
        assert all(one["type"] == "absolute" for one in card["links"])
        assert "approved" not in text_of([card]).casefold()
    assert len({one["uuid"] for one in found_cards}) == len(found_cards)


FAILED = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}


@pytest.mark.parametrize(
    ("coverages", "says"),
    [
        pytest.param(None, "tell the plan: no coverage was sent", id="none sent"),
        pytest.param(found(), "tell the plan: the record holds no coverage", id="none found"),
        pytest.param(FAILED, "tell the plan: the coverage sent can't be read", id="unreadable"),
        pytest.param(
            found(coverage() | {"period": {"end": "2025-12-31"}}),
            "tell the plan: no coverage sent is in force",
            id="run out",
        ),
        pytest.param(
            found(coverage() | {"status": "cancelled"}),
            "tell the plan: no coverage sent is in force",
            id="cancelled",
        ),
        pytest.param(
            found(coverage() | {"beneficiary": {"reference": "Patient/other"}}),
            "tell the plan: the coverage sent is another patient's",
            id="another's",
        ),
        pytest.param(
            found(coverage("private")),
            "tell the plan: the coverage sent names no payer",
            id="private",
        ),
        pytest.param(
            found(coverage("Sample Payer Nobody Holds")),
            "we could not tell the plan by the payer's name",
            id="one that we do not hold",
        ),
    ],
)
def test_where_the_plan_is_not_known_the_card_says_so_and_leads_to_the_check(
    coverages: Any, says: str
) -> None:
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(coverages=coverages)))
    assert says in card["summary"]
    assert [one["url"] for one in card["links"]] == [f"{SITE}/check/"]
    assert card["indicator"] == "info"
    assert "Nobody Holds" not in text_of([card])


# Which plan, and which list


SOPT = "https://nahdo.org/sopt"


def card_of(payer: str, *, order: Any = None, **fields: Any) -> dict[str, Any]:
    sent = prefetch(coverages=found(coverage(payer) | fields))
    return cards(call(order or medication(SPRAVATO), prefetch=sent))[0]


def test_a_document_that_may_be_for_another_plan_says_so_right_behind_the_verdict() -> None:
    first, second, *_rest = card_of("Blue Cross Blue Shield of Massachusetts")["detail"].split(
        "\n\n"
    )
    assert "could qualify" in first
    assert "Kind of plan and state not known: another document may hold." in second
    told = card_of("Aetna", type=concept(SOPT, "512"), order=medication(KETAMINE))["detail"]
    assert "Plan taken as commercial by its coverage, unconfirmed." in told
    assert "not known: another" not in told


@pytest.mark.parametrize("payer", ["Aetna", "Blue Cross Blue Shield of Massachusetts"])
def test_a_patient_of_medicaid_is_not_answered_by_the_commercial_rule(payer: str) -> None:
    card = card_of(payer, type=concept(SOPT, "211"))
    commercial = card_of(payer, type=concept(SOPT, "512"))
    assert "Plan taken as Medicaid through a health plan by its coverage" in card["detail"]
    assert card["links"] != commercial["links"]


def test_where_the_record_tells_two_kinds_of_plan_none_is_taken() -> None:
    both = [coverage("Aetna") | {"type": concept(SOPT, code)} for code in ("211", "512")]
    told = cards(call(medication(SPRAVATO), prefetch=prefetch(coverages=found(*both))))
    assert "names several kinds of plan; none was taken" in text_of(told)


def test_every_list_of_the_document_is_named_the_likeliest_first() -> None:
    sent = prefetch(coverages=found(coverage("eviCore")), medicationRequests=None)
    (card,) = cards(call(FOR_DEPRESSION, prefetch=sent))
    before, after = card["detail"].split("\n\nFor others: ")
    assert "For treatment-resistant depression: " in before
    assert after.startswith("1 more.")


def test_what_we_could_not_read_of_a_list_is_never_among_the_rest() -> None:
    detail = card_of("Blue Cross Blue Shield of Massachusetts")["detail"]
    missing = detail.split("- Missing: ")[1].split("\n")[0].split("; ")
    assert missing[-2:] == ["the condition for this list", "a part not read"]


def test_what_is_not_met_is_named_before_what_is_missing() -> None:
    child = prefetch(
        patient=PATIENT | {"birthDate": "2012-01-01"},
        coverages=found(coverage("Tufts Health Plan") | {"type": concept(SOPT, "512")}),
    )
    (card,) = cards(call(medication(SPRAVATO), prefetch=child))
    assert card["indicator"] == "warning"
    assert "\n- Not met: 18 years or older\n- Missing: " in card["detail"]
    assert "The record says that this person is under 18." in card["detail"]


def test_what_the_record_speaks_against_is_named_first_among_what_is_missing() -> None:
    psychotic = found(condition(ICD10CM, "F33.3"), key="c")
    sent = prefetch(coverages=found(coverage("Cigna")), conditions=psychotic)
    (card,) = cards(call(medication(SPRAVATO), prefetch=sent))
    assert (
        "- Missing: No history of psychosis, or the prescriber believes the benefit outweighs the "
        "risk (not met by what we were told: no history of psychosis); " in card["detail"]
    )


def test_a_long_point_does_not_keep_shorter_ones_from_being_named() -> None:
    sent = prefetch(coverages=found(coverage("Cigna")))
    (card,) = cards(call(FOR_DEPRESSION, prefetch=sent))
    missing = card["detail"].split("- Missing: ")[1].split("\n")[0].split("; ")
    assert len(missing) == 5
    assert "Prescribed by a psychiatrist" in missing
    assert missing[-2:] == ["and 2 more in the document", "the condition for this list"]


def test_what_is_met_is_named_where_the_card_has_room() -> None:
    sent = prefetch(
        coverages=found(coverage("TRICARE West (Health Net Federal Services)")),
        medicationRequests=None,
    )
    (card,) = cards(call(FOR_DEPRESSION, prefetch=sent))
    assert "- Met: 1 of 3: 18 years or older\n" in card["detail"]


def test_why_a_treatment_ended_is_quoted_and_not_counted() -> None:
    ended = order("312940", "sertraline", status="stopped", statusReason={"text": "no *effect*"})
    sent = prefetch(medicationRequests=found(ended, key="m"))
    (card,) = cards(call(medication(SPRAVATO), prefetch=sent))
    assert "Of sertraline it says, unconfirmed: “no \\*effect\\*”." in card["detail"]
    (plain,) = cards(call(medication(SPRAVATO)))
    counted = "- Met: 1 of at least 6"
    assert counted in card["detail"]
    assert counted in plain["detail"]


# What counts


def test_what_was_not_sent_counts_as_not_known_and_never_as_a_no() -> None:
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
    bare = {"coverages": found(coverage()), "patient": None, "conditions": outcome, "user": "123"}
    (card,) = cards(call(FOR_DEPRESSION, prefetch=bare))
    assert "- Not met" not in card["detail"]
    assert "- Met: 0 of at least 6\n" in card["detail"]
    assert "18 years or older" in card["detail"].split("- Missing: ")[1]


def test_what_a_person_must_confirm_is_named_and_not_counted() -> None:
    unsure = condition(ICD10CM, "F33.2", verificationStatus=concept("", "provisional"))
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(conditions=found(unsure))))
    assert "Not counted before a person confirms it: a diagnosis code" in card["detail"]


def test_an_age_that_a_year_alone_leaves_open_is_not_counted() -> None:
    of_a_year = PATIENT | {"birthDate": "1980"}
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(patient=of_a_year)))
    assert "- Met: 0 of " in card["detail"]


def test_the_record_of_another_patient_is_never_counted() -> None:
    others = {"reference": "Patient/other"}
    sent = prefetch(
        patient=None,
        observations=found(observation("44261-6", valueInteger=21, subject=others)),
        medicationRequests=None,
    )
    (card,) = cards(call(medication(SPRAVATO), prefetch=sent))
    mine = prefetch(patient=None, observations=None, medicationRequests=None)
    (without,) = cards(call(medication(SPRAVATO), prefetch=mine))
    assert card["detail"] == without["detail"]


def test_where_a_patient_lives_is_no_second_payer() -> None:
    at_home = PATIENT | {"address": [{"use": "home", "state": "MA"}]}
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(patient=at_home)))
    assert "Other payers" not in card["detail"]


def test_part_of_a_search_is_said_to_be_a_part() -> None:
    part = found(coverage()) | {"link": [{"relation": "next", "url": "https://ehr.example.org/"}]}
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(coverages=part)))
    assert "Part of the record was sent." in card["detail"]


def test_no_word_of_the_record_is_repeated() -> None:
    words = concept(ICD10CM, "F33.2", "Qwmark") | {"text": "Qwmark"}
    marked = condition(ICD10CM, "F33.2") | {"code": words}
    named = medication({"text": "Spravato Qwmark"}, subject=MINE)
    told = cards(call(named, prefetch=prefetch(conditions=found(marked))))
    assert "Qwmark" not in text_of(told)


def test_of_somebody_who_has_died_nothing_else_is_said() -> None:
    dead = PATIENT | {"deceasedDateTime": "2026-10-01"}
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(patient=dead)))
    assert card["summary"] == "The record says that this person has died."
    assert card["indicator"] == "info"
    assert "qualify" not in card["detail"]


def test_prescriptions_whose_medicine_was_not_sent_are_counted() -> None:
    lost = order("1") | {"medicationReference": {"reference": "Medication/gone"}}
    del lost["medicationCodeableConcept"]
    sent = prefetch(medicationRequests=found(lost, lost, order("312940", "sertraline"), key="m"))
    (card,) = cards(call(medication(SPRAVATO), prefetch=sent))
    assert "Prescriptions not read, their medicine was not sent: 2." in card["detail"]


def test_a_summary_names_the_insurer_whole_by_a_shorter_name_where_it_has_to() -> None:
    medicare = "Original Medicare (Centers for Medicare & Medicaid Services)"
    card = card_of(medicare, order=FOR_DEPRESSION, type=concept(SOPT, "121"))
    assert card["summary"].endswith(". Original Medicare")
    assert "…" not in card["summary"]


VA = "Department of Veterans Affairs (Veterans Health Administration)"


@pytest.mark.parametrize(
    ("payer", "over", "few_words", "sentence"),
    [
        pytest.param(
            "Cigna", {}, "could qualify, and points are open", "could qualify", id="points are open"
        ),
        pytest.param(
            "Cigna",
            {"patient": None},
            "not known yet whether the patient qualifies",
            "not known yet whether the patient qualifies",
            id="nothing is settled",
        ),
        pytest.param(
            VA,
            {},
            "not known yet whether the patient qualifies",
            "not known yet whether the patient qualifies",
            id="nothing of a short list is settled",
        ),
        pytest.param(
            "Blue Cross and Blue Shield of North Carolina",
            {"conditions": found(condition(ICD10CM, "F33.3"), key="c")},
            "one list appears not met, another is open",
            "does not appear to meet the list for treatment-resistant depression",
            id="one list fails",
        ),
    ],
)
def test_a_summary_says_what_the_sentence_below_it_says(
    payer: str, over: dict[str, Any], few_words: str, sentence: str
) -> None:
    sent = prefetch(coverages=found(coverage(payer)), **over)
    (card, *_others) = cards(call(medication(SPRAVATO), prefetch=sent))
    assert few_words in card["summary"]
    assert sentence in card["detail"].split("\n\n")[0]
    assert ("could qualify" in card["summary"]) == ("could qualify" in card["detail"])
