"""The desk's pages for keeping documents fresh: what each shows, writes and refuses."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from policies.catalogue.spoken import texts_of
from policies.draft_states import working_of
from policies.drafting import keep_working
from policies.history import record_event
from policies.language import said
from policies.models import (
    Policy,
    PolicyEvent,
    PolicyVersion,
    SourceCopy,
    SourceReading,
    Translation,
)
from policies.outline import lines_of
from policies.outline.parts import set_part
from policies.published import published_catalogue
from policies.publishing import begin_draft, publish_version
from policies.roles import Role
from policies.standing import quotes_not_found
from policies.translating import append_spanish
from tests.appeals.letter_files import letter_content, pdf, picture, scan
from tests.coverage_site.signing_in import make_person
from tests.policies.desk_records import add_copy
from tests.policies.many import POSITION, make_many

pytestmark = pytest.mark.django_db

WORK = reverse_lazy("admin:policies_policy_work")
QUOTE = "The member is at least 18 years of age."
LABEL = "positions[0].criteria.label"


@pytest.fixture
def anna(db: None) -> User:
    return make_person("anna", Role.EDITOR)


@pytest.fixture
def desk(anna: User, client: Client) -> Client:
    client.force_login(anna)
    return client


@pytest.fixture
def policy(db: None) -> Policy:
    """One without a draft."""
    return make_many(2)[1]


def version_of(policy: Policy) -> PolicyVersion:
    return policy.versions.get(effective="2026-01-01")


def add_version(policy: Policy, effective: str, positions: list[Any]) -> PolicyVersion:
    """A further published edition."""
    version = PolicyVersion.objects.create(
        policy=policy,
        effective=effective,
        effective_on=dt.date.fromisoformat(effective),
        positions=positions,
        published_at=timezone.now(),
    )
    record_event(PolicyEvent.Kind.LOADED, version, by=None)
    return version


def page_at(desk: Client, name: str, *args: int, **query: str) -> str:
    answer = desk.get(reverse(f"admin:{name}", args=args), query)
    assert answer.status_code == 200
    return text_of(answer.content)


def text_of(content: bytes) -> str:
    """A page's words, with single spaces."""
    without_tags = re.sub(
        r"<(script|style).*?</\1>|<[^>]+>", " ", content.decode(), flags=re.DOTALL
    )
    return " ".join(html.unescape(without_tags).split())


def press(desk: Client, policy: Policy, found: str, **fields: str) -> str:
    address = reverse("admin:policies_policy_reread", args=[policy.pk])
    answer = desk.post(address, {"found": found, "next": str(WORK), **fields}, follow=True)
    return text_of(answer.content)


# The work list


def test_the_work_list_is_the_first_link_of_the_front_page(desk: Client) -> None:
    page = desk.get("/admin/").content.decode()
    content = page[page.index('id="content"') :]
    first = re.search(r'<a href="([^"]+)"', content)
    assert first
    assert first[1] == WORK


def test_a_row_tells_how_sure_when_read_for_whom_and_what_to_do(
    desk: Client, policy: Policy
) -> None:
    page = page_at(desk, "policies_policy_work", insurer=policy.insurer.slug)
    assert "1 of 2 documents with something to do" in page
    for words in (
        "Insurer 1, P 1",
        "Insurer's own, dated",
        "March 2026, ",
        " months ago, from a stored copy of the document",
        "1 line of business, the whole country",
        "1 Spanish text not reviewed",
        "No copy attached",
        "nothing about visits is kept",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        pytest.param({"task": "no_copy"}, 2, id="a task"),
        pytest.param({"task": "second_hand"}, 0, id="a task that nothing has"),
        pytest.param({"treatment": "iv_ketamine"}, 2, id="a treatment"),
        pytest.param({"treatment": "esketamine_nasal"}, 0, id="another treatment"),
        pytest.param({"insurer": "insurer-0", "task": "no_copy"}, 1, id="two at once"),
        pytest.param({"insurer": "gone", "task": "x"}, 2, id="choices that there are not"),
        pytest.param({"page": "9"}, 2, id="a page beyond the last"),
    ],
)
@pytest.mark.usefixtures("policy")
def test_the_list_is_narrowed_by(desk: Client, query: dict[str, str], count: int) -> None:
    page = page_at(desk, "policies_policy_work", **query)
    assert f"{count} of 2 documents" in page


def test_a_quote_that_is_gone_stands_in_the_list(desk: Client, anna: User, policy: Policy) -> None:
    add_copy(policy, anna, f"Criteria. {QUOTE}", taken_on=dt.date(2026, 1, 2))
    assert "1 quote no longer stands" not in page_at(desk, "policies_policy_work")
    add_copy(policy, anna, "Criteria. The member is at least 21 years of age.")
    page = page_at(desk, "policies_policy_work", task="quote_gone")
    assert "1 of 2 documents" in page
    assert "1 quote no longer stands" in page


def test_the_list_asks_as_often_with_copies_as_without(
    desk: Client, anna: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for policy in make_many(60):
        add_copy(policy, anna, f"Criteria {policy.slug}. {QUOTE}")
    desk.get(WORK)
    with django_assert_num_queries(9):
        desk.get(WORK)


def test_a_reader_sees_the_list_and_no_buttons(client: Client, policy: Policy) -> None:
    client.force_login(make_person("reader", Role.READER))
    page = client.get(WORK).content.decode()
    assert "No copy attached" in page
    assert 'name="found"' not in page
    address = reverse("admin:policies_policy_reread", args=[policy.pk])
    assert client.post(address, {"found": "unchanged"}).status_code == 403


# Read again


def test_read_again_is_one_press_and_says_what_was_written(desk: Client, policy: Policy) -> None:
    page = press(desk, policy, "unchanged")
    assert "Work list" in page
    assert f"Written beside {version_of(policy)}: anna read https://example.org/policy.pdf" in page
    page = press(desk, policy, "unchanged")
    assert "anna read it again today already" in page or "anna read it today already" in page
    today = timezone.localdate().isoformat()
    assert SourceReading.objects.filter(version__policy=policy, key=today).count() == 1


def test_without_an_address_there_is_no_such_button_and_the_press_is_refused(
    desk: Client, policy: Policy
) -> None:
    newer = add_version(policy, "2026-02-01", [POSITION])
    newer.readings.create(
        key="read", kind="second_hand", read_on="2026-03", read_by="A", description="An account."
    )
    page = page_at(desk, "policies_policyversion_change", newer.pk)
    assert "We hold no address of the document itself" in page
    assert "nothing changed," not in page
    assert "Nothing was written" in press(desk, policy, "unchanged")
    assert newer.readings.count() == 1


def test_something_changed_begins_a_draft_and_a_second_press_leads_to_the_same(
    desk: Client, policy: Policy
) -> None:
    assert "A draft with the same words is begun" in press(desk, policy, "changed")
    draft = policy.versions.drafts().get()
    assert "being written already" in press(desk, policy, "changed")
    assert policy.versions.drafts().get() == draft
    assert "A draft is being written" in page_at(desk, "policies_policy_work")


def test_a_published_edition_in_force_or_to_come_is_corrected_by_a_button(
    desk: Client, policy: Policy
) -> None:
    version = version_of(policy)
    ahead = add_version(policy, "2999-01-01", [POSITION])
    ahead.readings.create(key="read", **version.readings.get().data())
    record_event(PolicyEvent.Kind.READ, ahead, by=None)
    button = "Correct it (next revision as a draft)"
    assert page_at(desk, "policies_policy_change", policy.pk).count(button) == 2
    address = reverse("admin:policies_policyversion_correct", args=[ahead.pk])
    for one in (version, ahead):
        assert button in page_at(desk, "policies_policyversion_change", one.pk)
    assert "begun with the same words" in text_of(desk.post(address, follow=True).content)
    draft = policy.versions.get(published_at=None)
    assert (draft.effective, draft.revision) == ("2999-01-01", 2)
    write = reverse("admin:policies_policyversion_write", args=[draft.pk])
    assert desk.post(address).headers["Location"] == write
    assert policy.versions.filter(published_at=None).count() == 1
    assert button not in page_at(desk, "policies_policyversion_change", draft.pk)


def test_the_button_stands_on_the_edition_in_force_and_on_no_draft(
    desk: Client, anna: User, policy: Policy
) -> None:
    version = version_of(policy)
    assert "Read again: nothing changed" in page_at(
        desk, "policies_policyversion_change", version.pk
    )
    draft = begin_draft(version, by=anna)
    page = page_at(desk, "policies_policyversion_change", draft.pk)
    assert "Read again: nothing changed" not in page


@pytest.mark.parametrize("there", ["https://evil.example.org/", "//evil.example.org", ""])
def test_a_press_leads_back_to_a_page_of_ours(desk: Client, policy: Policy, there: str) -> None:
    address = reverse("admin:policies_policy_reread", args=[policy.pk])
    answer = desk.post(address, {"found": "unchanged", "next": there})
    assert answer["Location"] == reverse("admin:policies_policy_change", args=[policy.pk])


# Copies


def send(desk: Client, policy: Policy, name: str, raw: bytes, **fields: str) -> tuple[int, str]:
    address = reverse("admin:policies_policy_copies", args=[policy.pk])
    form = {"file": SimpleUploadedFile(name, raw), "taken_on": "2026-05-03", **fields}
    answer = desk.post(address, form, follow=True)
    return answer.status_code, text_of(answer.content)


def test_a_copy_is_attached_and_its_quotes_are_found(desk: Client, policy: Policy) -> None:
    raw = pdf(letter_content(["Criteria", QUOTE]))
    status, page = send(desk, policy, "policy.pdf", raw, version=str(version_of(policy).pk))
    assert status == 200
    assert "Attached: policy.pdf, with the text of 1 page." in page
    assert "Stands on page 1 of the copy of May 3, 2026." in page
    assert f"{version_of(policy)} was written from it" in page


def test_the_quotes_of_a_draft_and_of_an_edition_to_come_are_looked_for_at_once(
    desk: Client, anna: User, policy: Policy
) -> None:
    ahead = add_version(policy, "2999-02-01", [quoting(QUOTE)])
    ahead.readings.create(key="read", **version_of(policy).readings.get().data())
    draft = begin_draft(ahead, by=anna)
    other = QUOTE.replace("18", "21")
    _, page = send(desk, policy, "policy.pdf", pdf(letter_content(["Criteria", other])))
    assert f"{ahead}: 2 of 2 quotes not found, marked under" in page
    assert f"Quotes of {ahead} , takes effect on February 1, 2999 2 of 2 not found." in page
    assert f"Quotes of {draft} , draft 2 of 2 not found." in page
    assert page.count("Not found in the copy of May 3, 2026.") == 4
    assert quotes_not_found(draft) == 2
    add_copy(policy, anna, f"Criteria. {QUOTE}", taken_on=dt.date(2026, 6, 1))
    page = page_at(desk, "policies_policy_copies", policy.pk)
    assert page.count("Stands on page 1 of the copy of June 1, 2026.") == 5
    assert quotes_not_found(draft) == 0


def quoting(quote: str) -> dict[str, Any]:
    """A position with a criterion that quotes the document."""
    source = {"from": "read", "quote": quote}
    criteria = {"label": "18 years or older", "fact": "age", "min": 18, "source": source}
    return {**POSITION, "criteria": criteria}


def test_a_newer_copy_leads_to_what_changed_beside_the_criteria_that_quote_it(
    desk: Client, policy: Policy
) -> None:
    send(desk, policy, "old.pdf", pdf(letter_content(["Criteria", QUOTE])), taken_on="2025-05-03")
    newer = pdf(letter_content(["Criteria", QUOTE.replace("18", "21")]))
    _, page = send(desk, policy, "new.pdf", newer)
    assert "From the copy of May 3, 2025 (old.pdf) to that of May 3, 2026 (new.pdf)" in page
    assert "No longer stands. It stood on page 1 before." in page
    assert "1 place changed" in page
    assert "Quoted at" in page


def test_a_copy_of_pictures_is_kept_and_said_to_have_no_text(desk: Client, policy: Policy) -> None:
    _, page = send(desk, policy, "scan.pdf", scan(picture()))
    assert "It has no text, only pictures of pages" in page
    assert "No copy with text of its source is attached." in page


@pytest.mark.parametrize(
    ("file", "fields", "expected"),
    [
        pytest.param(("a.pdf", b"<html>"), {}, "called a PDF and is none", id="no PDF"),
        pytest.param(("a.pdf", b""), {}, "This file is empty", id="empty"),
        pytest.param(("a.exe", b"MZ\x00"), {}, "Attach a PDF, or a page", id="a program"),
        pytest.param(("a.txt", b"x" * (10 * 1024 * 1024 + 1)), {}, "larger than 10 MB", id="large"),
        pytest.param(("a.txt", b"x"), {"taken_on": "2999-01-01"}, "yet to come", id="a later day"),
        pytest.param(("a.txt", b"x"), {"taken_on": ""}, "Enter the day", id="no day"),
        pytest.param(("a.txt", b"x"), {"url": "x y"}, "Enter a valid URL", id="no address"),
        pytest.param(("a.txt", b"x"), {"version": "0"}, "valid choice", id="no such edition"),
        pytest.param(("n" * 250 + ".txt", b"x"), {}, "name is too long", id="a long name"),
    ],
)
def test_what_can_not_be_attached_is_refused_in_words(
    desk: Client, policy: Policy, file: tuple[str, bytes], fields: dict[str, str], expected: str
) -> None:
    name, raw = file
    status, page = send(desk, policy, name, raw, **fields)
    assert status == 422
    assert expected in page
    assert not SourceCopy.objects.exists()


def test_the_same_file_is_refused_kindly(desk: Client, policy: Policy) -> None:
    send(desk, policy, "a.txt", b"Words.")
    status, page = send(desk, policy, "b.txt", b"Words.")
    assert status == 422
    assert "This very file was attached on" in page
    assert "has not changed since" in page


def test_a_file_is_saved_and_never_shown(desk: Client, anna: User, policy: Policy) -> None:
    copy = add_copy(policy, anna, "x", content=b"<script>", name='a"b\n.html')
    answer = desk.get(reverse("admin:policies_sourcecopy_file", args=[copy.pk]))
    assert answer.content == b"<script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_copy_is_compared_with_the_one_before_from_its_own_address(
    desk: Client, anna: User, policy: Policy
) -> None:
    own, other = "https://a.example.org/a.pdf", "https://a.example.org/b.pdf"
    add_copy(policy, anna, "One.", url=own, taken_on=dt.date(2026, 1, 1), name="one")
    add_copy(policy, anna, "Two.", url=other, taken_on=dt.date(2026, 2, 1), name="two")
    newest = add_copy(policy, anna, "Three.", url=own, taken_on=dt.date(2026, 3, 1), name="three")
    page = page_at(desk, "policies_sourcecopy_changes", newest.pk)
    assert "(one) to that of March 1, 2026 (three)" in page


def test_the_first_copy_has_nothing_to_be_compared_with(
    desk: Client, anna: User, policy: Policy
) -> None:
    copy = add_copy(policy, anna, "One.")
    assert "no earlier copy" in page_at(desk, "policies_sourcecopy_changes", copy.pk)


def test_a_quote_that_is_gone_is_told_at_its_line_while_a_draft_is_written(
    desk: Client, anna: User, policy: Policy
) -> None:
    newer = add_version(policy, "2026-02-01", [quoting(QUOTE)])
    newer.readings.create(key="read", **version_of(policy).readings.get().data())
    draft = begin_draft(newer, by=anna)
    page = page_at(desk, "policies_policyversion_write", draft.pk)
    assert "no longer stands in the attached copy" not in page
    add_copy(policy, anna, "The member is at least 21 years of age.")
    page = page_at(desk, "policies_policyversion_write", draft.pk)
    assert "quoted: no longer stands in the attached copy" in page


# Spanish


def spanish(desk: Client, version: PolicyVersion, do: str, text: str, seen: int = 0) -> str:
    address = reverse("admin:policies_policyversion_spanish", args=[version.pk])
    form = {"do": do, "seen": str(seen), f"es:{LABEL}": text}
    answer = desk.post(address, form, follow=True)
    assert answer.status_code in (200, 422)
    return text_of(answer.content)


def with_other_english(policy: Policy, *, by: User) -> PolicyVersion:
    """A draft of which a line was given Spanish, and other English after that."""
    draft = begin_draft(version_of(policy), by=by)
    typed = [("18 years or older", "Adulto"), ("Of any age", "Adulto")]
    for counter, (label, words) in enumerate(typed):
        working = working_of(PolicyVersion.objects.get(pk=draft.pk))
        line = next(lines_of(working))
        changed = set_part(working, line.key, {**line.fields, "label": label}, {"label": words})
        keep_working(draft, changed, based_on=counter, by=by, what=label)
    return PolicyVersion.objects.get(pk=draft.pk)


def spoken_words() -> set[str]:
    """What readers meet in Spanish of all labels."""
    with override("es"):
        return {
            said(text)
            for document in published_catalogue().documents
            for edition in document.editions
            for _, text in texts_of(edition)
        }


def held() -> list[tuple[str, str]]:
    return list(Translation.objects.values_list("text", "reviewed_by"))


def test_spanish_stands_beside_english_with_its_review(desk: Client, policy: Policy) -> None:
    page = page_at(desk, "policies_policyversion_spanish", version_of(policy).pk)
    assert "1 of 1 texts wait" in page
    assert "18 years or older" in page
    assert "Not reviewed" in page


@pytest.mark.parametrize(
    ("do", "text", "reviewed_by", "said"),
    [
        pytest.param(f"one:{LABEL}", "Adulto", "anna", "1 of them reviewed", id="one"),
        pytest.param("all", "Adulto", "anna", "1 of them reviewed", id="all"),
        pytest.param("save", "Adulto", "", "not reviewed yet", id="only saved"),
        pytest.param("save", "", None, "Nothing was new", id="nothing typed"),
        pytest.param(f"one:{LABEL}", " ", None, "Write the Spanish first.", id="nothing there"),
    ],
)
def test_a_button_for_spanish_writes(
    policy: Policy, do: str, text: str, reviewed_by: str | None, said: str
) -> None:
    desk = Client()
    desk.force_login(make_person("anna", Role.EDITOR))
    assert said in spanish(desk, version_of(policy), do, text)
    assert held() == ([] if reviewed_by is None else [(text, reviewed_by)])


def test_what_someone_else_wrote_meanwhile_is_shown_before_it_is_put_aside(
    desk: Client, policy: Policy
) -> None:
    version = version_of(policy)
    ben = make_person("ben", Role.EDITOR)
    append_spanish(version, {LABEL: "De Ben"}, reviewed=[LABEL], by=ben)
    page = spanish(desk, version, "all", "De Anna")
    assert "Someone wrote other words meanwhile: “De Ben”" in page
    assert "De Anna" in page
    assert held() == [("De Ben", "ben")]
    newest = Translation.objects.get()
    spanish(desk, version, "all", "De Anna", seen=newest.pk)
    assert held() == [("De Ben", "ben"), ("De Anna", "anna")]


@pytest.mark.parametrize(
    "form",
    [{}, {"do": "all"}, {"do": "one:x", "seen": "0"}, {"do": "all", "seen": "9" * 40}],
    ids=["nothing", "without what was seen", "no such text", "a number beyond any"],
)
def test_a_press_that_is_not_whole_writes_nothing(
    desk: Client, policy: Policy, form: dict[str, str]
) -> None:
    address = reverse("admin:policies_policyversion_spanish", args=[version_of(policy).pk])
    assert desk.post(address, form).status_code == 400
    assert held() == []


def test_the_spanish_of_a_draft_is_written_elsewhere(
    desk: Client, anna: User, policy: Policy
) -> None:
    draft = begin_draft(version_of(policy), by=anna)
    address = reverse("admin:policies_policyversion_spanish", args=[draft.pk])
    page = text_of(desk.get(address).content)
    assert "written with it, line by line" in page
    assert "All of it is reviewed" not in page
    answer = desk.post(address, {"do": "all", "seen": "0"}, follow=True)
    assert "written with it, line by line" in text_of(answer.content)


def test_spanish_of_other_english_is_shown_and_counted_and_reviewed_it_stands_again(
    desk: Client, anna: User, policy: Policy
) -> None:
    draft = with_other_english(policy, by=anna)
    page = page_at(desk, "policies_policyversion_spanish", draft.pk)
    assert "1 Spanish text is older than its English" in page
    assert "The English changed since: this was written for “18 years or older”" in page
    assert "1 Spanish text is older" in page_at(desk, "policies_policyversion_review", draft.pk)
    publish_version(draft, by=None)
    assert "Adulto" not in spoken_words()
    page = page_at(desk, "policies_policyversion_spanish", draft.pk)
    assert "this was written for “18 years or older”" in page
    assert "1 of them reviewed" in spanish(desk, draft, f"one:{LABEL}", "Adulto")
    page = page_at(desk, "policies_policyversion_spanish", draft.pk)
    assert "English changed" not in page
    assert "Adulto" in spoken_words()


def test_a_reader_reads_the_spanish_and_writes_none(client: Client, policy: Policy) -> None:
    client.force_login(make_person("reader", Role.READER))
    address = reverse("admin:policies_policyversion_spanish", args=[version_of(policy).pk])
    assert 'name="do"' not in client.get(address).content.decode()
    assert client.post(address, {"do": "all", "seen": "0"}).status_code == 403
