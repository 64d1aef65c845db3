"""Why it was refused and what a notice is: wordings that say so, and the same words elsewhere."""

import pytest

from appeals.notices.finding import FieldName, HowSure, Kind, Note, find_in
from tests.appeals.notice_letters import letter_of, notice_of, wordings

# Nothing here refuses for a reason: rights, glossaries, rules in general, what was done before.
NO_REASON = {
    "what an appeal may be about": "You may appeal if we said a service is experimental.",
    "a right to criteria": "You can ask for the medical necessity criteria free of charge.",
    "why claims are refused": "A claim can be denied because it is a duplicate or was filed late.",
    "a warning in a bill": "The provider may bill you for charges above the maximum.",
    "a doctor's title": "The reviewer is board certified in psychiatry.",
    "what was not looked at": "We did not review whether the treatment is medically necessary.",
}


def reasons_in(text: str) -> set[str]:
    return {find.value for find in find_in(letter_of(text)).all(FieldName.REASON)}


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [(reason, one) for reason, said in wordings()["reasons"].items() for one in said],
)
def test_a_reason_is_known_by_many_wordings(reason: str, sentence: str) -> None:
    assert reasons_in(notice_of(sentence)) == {reason}


@pytest.mark.parametrize("sentence", NO_REASON.values(), ids=NO_REASON.keys())
def test_the_words_of_a_reason_give_none_where_nothing_was_refused_for_it(sentence: str) -> None:
    assert not reasons_in(notice_of(sentence))


def test_two_reasons_of_one_letter_are_both_found() -> None:
    body = (
        "The treatment center is not certified in the REMS program. "
        "Your request also exceeds the quantity limit of 4 kits per month."
    )
    assert reasons_in(notice_of(body)) == {
        "rems_or_provider_not_certified",
        "quantity_or_frequency",
    }


@pytest.mark.parametrize(
    "word", ["referral", "maximum", "units", "renewal", "response", "preferred"]
)
def test_an_everyday_word_alone_is_no_reason(word: str) -> None:
    assert not reasons_in(notice_of(f"Please keep the {word} for your files."))


@pytest.mark.parametrize("code", ["5", "16", "50", "96", "151", "153", "167", "170", "198", "45"])
def test_a_code_of_several_reasons_gives_none(code: str) -> None:
    reading = find_in(letter_of(notice_of(f"Adjustment: CO-{code}.")))
    assert not reading.all(FieldName.REASON)
    assert [find.value for find in reading.all(FieldName.CARC)] == [code]


def test_a_code_of_one_reason_is_no_more_than_a_hint() -> None:
    reading = find_in(letter_of(notice_of("Adjustment: CO-197.")))
    [reason] = reading.all(FieldName.REASON)
    assert (reason.value, reason.sureness) == ("no_prior_authorization", HowSure.UNSURE)
    assert reason.note is Note.ONLY_A_CODE


def test_an_illness_is_no_remark_code() -> None:
    text = notice_of("Diagnosis M79 and G90.50.\n\nClaim line 1: CO-16 N350 MA66.")
    codes = {find.value for find in find_in(letter_of(text)).all(FieldName.RARC)}
    assert codes == {"N350", "MA66"}


def test_terms_that_a_glossary_explains_are_no_reasons() -> None:
    glossary = """
Experimental: care that has not been shown to work.
Step therapy: trying one drug before another is covered.
Exclusion: something your plan never pays for.
Timely filing: the time a provider has to send a bill.
"""
    text = notice_of("You did not have a referral.") + glossary
    assert reasons_in(text) == {"out_of_network_or_site"}


def test_of_boxes_only_the_ticked_ones_count() -> None:
    text = notice_of("We cannot approve it.").replace(
        "Your appeal rights",
        "[x] The clinic is not in our network.\n[ ] The service is experimental.\n\nYour rights",
    )
    assert reasons_in(text) == {"out_of_network_or_site"}


@pytest.mark.parametrize(
    ("kind", "words"), [(kind, one) for kind, said in wordings()["kinds"].items() for one in said]
)
def test_what_a_notice_is_decides_over_the_words_that_all_notices_share(
    kind: str, words: str
) -> None:
    text = f"""\
Harborline Sample Health Plan

May 3, 2026

Dear Sample Member,

{words}

Your rights

If we deny a request you have the right to appeal.
You can ask for an external review.
"""
    reading = find_in(letter_of(text))
    found = reading.first(FieldName.KIND)
    assert found is not None
    assert found.value == kind
    if not Kind(kind).refuses:
        assert not reading.all(FieldName.REASON)
        assert reading.first(FieldName.LEVEL) is None


def test_rights_and_fine_print_alone_are_no_refusal() -> None:
    text = """\
Harborline Sample Health Plan

Dear Sample Member,

Thank you for calling us.

Your appeal rights

If your request is denied, you have the right to appeal.
Harborline does not discriminate. We do not exclude people or treat them differently.
"""
    found = find_in(letter_of(text)).first(FieldName.KIND)
    assert found is not None
    assert found.value == Kind.UNCLEAR


LEVELS = [
    ("initial", "We denied your request."),
    ("internal_1", "We reviewed your first level appeal. We uphold our decision to deny it."),
    ("internal_2", "We reviewed your second level appeal. We uphold our decision to deny it."),
    ("external", "Notice of External Review Decision. The reviewer upheld the plan's denial."),
]


@pytest.mark.parametrize(("level", "opening"), LEVELS)
def test_the_level_is_what_the_letter_answers_and_not_what_may_come_next(
    level: str, opening: str
) -> None:
    rights = "You may ask for a second level appeal. Then you may ask for an external review."
    text = notice_of("It is experimental.", opening=opening, rights=rights)
    found = find_in(letter_of(text)).first(FieldName.LEVEL)
    assert found is not None
    assert found.value == level


URGENT = [
    ("We handled your request as urgent.", True),
    ("Type of request: Expedited", True),
    (
        "We processed this as a standard request. It did not meet the rules for an urgent one.",
        False,
    ),
    ("If your health is in danger, ask for an expedited appeal.", False),
]


@pytest.mark.parametrize(("sentence", "is_urgent"), URGENT)
def test_urgent_is_only_what_was_handled_so(sentence: str, is_urgent: bool) -> None:
    text = notice_of("It is experimental.", opening=f"We denied your request. {sentence}")
    assert (find_in(letter_of(text)).first(FieldName.IS_URGENT) is not None) == is_urgent
