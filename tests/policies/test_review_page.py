"""The page of a review: each button for whom it is for, and every word that was typed kept."""

import html
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from policies.admin.reviewing.views import seen_of
from policies.criteria import CountCriterion, Source, TrialDefinition
from policies.draft_states import working_of
from policies.drafting import keep_working
from policies.models import PolicyVersion, ReviewComment
from policies.outline import lines_of
from policies.outline.parts import set_part
from policies.publishing import begin_draft
from policies.reviewing import comment, send_back, settle, submit_draft
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.factories import ADULT, all_of, make_position
from tests.policies.desk_records import add_copy
from tests.policies.reviewed import acme_draft, acme_policy, held, publish_by_two

pytestmark = pytest.mark.django_db

LISTING = "admin:policies_policyversion_changelist"


class AtReview:
    """A person at the review of one edition."""

    def __init__(self, name: str, role: Role, draft: PolicyVersion) -> None:
        self.person, self.draft, self.client = make_person(name, role), draft, Client()
        self.client.force_login(self.person)
        self.address = reverse("admin:policies_policyversion_review", args=[draft.pk])

    def page(self, address: str = "") -> str:
        return html.unescape(self.client.get(address or self.address).content.decode())

    def press(
        self,
        do: str,
        status: int = 200,
        *,
        reason: str = "",
        boxes: Mapping[str, str] | None = None,
    ) -> str:
        """Press a button with what was typed into the boxes, by the keys of their parts."""
        typed = {f"text:{key}": text for key, text in (boxes or {}).items()}
        seen = seen_of(PolicyVersion.objects.get(pk=self.draft.pk))
        sent = {"do": do, "reason": reason, "seen": seen, **typed}
        answer = self.client.post(self.address, sent, follow=True)
        assert answer.status_code == status
        return html.unescape(answer.content.decode())

    def buttons(self) -> set[str]:
        found = re.findall(r'name="do"\s+value="([a-z_]+)', self.page())
        return set(found) - {"comment", "settle"}

    def stands(self) -> str:
        found = re.search(r'class="review-stands".*?>(.*?)</h2>', self.page(), re.DOTALL)
        assert found
        return found[1]


@pytest.fixture
def draft() -> PolicyVersion:
    return acme_draft(make_person("begun", Role.EDITOR))


@pytest.fixture
def anna(draft: PolicyVersion) -> AtReview:
    return AtReview("anna", Role.EDITOR, draft)


@pytest.fixture
def paul(draft: PolicyVersion) -> AtReview:
    return AtReview("paul", Role.PUBLISHER, draft)


def text_on(page: str) -> str:
    """The edition as text, as a form has it."""
    found = re.search(r"<textarea name=\"text\"[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found
    return found[1]


def line_of(version: PolicyVersion) -> str:
    return next(lines_of(working_of(version))).key


def test_each_button_is_shown_to_whom_it_is_for(
    draft: PolicyVersion, anna: AtReview, paul: AtReview
) -> None:
    rita = AtReview("rita", Role.READER, draft)
    assert [one.buttons() for one in (rita, anna, paul)] == [set(), {"submit"}, {"submit"}]
    assert "Sent to review." in anna.press("submit")
    assert [one.buttons() for one in (rita, anna, paul)] == [
        set(),
        {"take_back"},
        {"publish", "send_back"},
    ]
    assert "Patients see this at once." in paul.page()
    assert "Published." in paul.press("publish")
    assert [one.buttons() for one in (rita, anna, paul)] == [set(), set(), set()]
    assert held(draft).published_by == paul.person


@pytest.mark.parametrize(
    ("role", "do", "status"),
    [
        (Role.READER, "submit", 403),
        (Role.READER, "comment:", 403),
        (Role.READER, "settle:1", 403),
        (Role.EDITOR, "publish", 403),
        (Role.EDITOR, "send_back", 403),
        (Role.EDITOR, "settle:1", 422),
        (Role.EDITOR, "delete", 400),
        (Role.PUBLISHER, "send_back", 422),
    ],
)
def test_a_button_that_is_not_for_one_does_nothing(
    draft: PolicyVersion, role: Role, do: str, status: int
) -> None:
    AtReview("other", role, draft).press(do, status)
    assert not ReviewComment.objects.exists()


def test_one_person_alone_sends_and_can_not_publish_unless_a_setting_says_so(
    draft: PolicyVersion, paul: AtReview, settings: Settings
) -> None:
    paul.press("submit")
    assert paul.buttons() == {"take_back"}
    assert "Another person reads it now" in paul.stands()
    assert "another person publishes it" in paul.press("publish", 422)
    settings.DESK_ONE_PERSON_MAY_PUBLISH = True
    assert paul.buttons() == {"take_back", "publish"}
    paul.press("publish")
    assert held(draft).is_published_alone
    assert "who also sent it to review" in paul.stands()


def test_the_state_and_the_next_step_stand_in_one_sentence(
    draft: PolicyVersion, anna: AtReview, paul: AtReview
) -> None:
    assert "nothing in the way" in anna.stands()
    remark = comment(draft, by=anna.person, text="Is it 18?")
    assert "nothing in the way" not in anna.stands()
    assert "A draft on which 1 comment is open" in anna.stands()
    anna.press("submit")
    assert "1 comment is open, to be settled before it is published" in paul.stands()
    settle(remark, by=anna.person)
    assert re.search(r"In review: anna sent it on \w+ \d+, \d+\. A publisher reads", paul.stands())
    paul.press("publish")
    assert re.search(r"Published on \w+ \d+, \d+ by paul\.", anna.stands())


def test_what_is_in_the_way_is_listed_and_nothing_is_sent(paul: AtReview) -> None:
    published = publish_by_two(paul.draft, by=paul.person)
    revision = begin_draft(published, by=paul.person)
    anna = AtReview("anna", Role.EDITOR, revision)
    assert "Mend what is in the way" in anna.stands()
    assert "Say what this revision changes" in anna.page()
    assert anna.buttons() == set()
    assert "Say what this revision changes" in anna.press("submit", 422)


def test_a_comment_stands_beside_its_line_here_and_where_it_is_written(
    draft: PolicyVersion, anna: AtReview, paul: AtReview
) -> None:
    key = line_of(draft)
    paul.press(f"comment:{key}", boxes={key: "Is it 18 or 21?"})
    write = reverse("admin:policies_policyversion_write", args=[draft.pk])
    for page in (anna.page(), anna.page(write)):
        at_line = page.partition("18 years or older")[2]
        assert "Is it 18 or 21?" in at_line
        assert "Mark as settled" in at_line
    remark = ReviewComment.objects.get()
    form = {"based_on": held(draft).counter, "opened": "", "do": f"settle:{remark.pk}"}
    assert anna.client.post(write, form).status_code == 302
    remark.refresh_from_db()
    assert remark.settled_by == anna.person
    assert "Is it 18 or 21?" not in anna.page(write)
    assert "Settled by anna" in anna.page()


def test_the_rule_stands_under_its_words_and_another_number_in_them_is_marked(
    anna: AtReview,
) -> None:
    tried = CountCriterion(
        label="Two antidepressants",
        min=2,
        min_classes=2,
        where=(
            TrialDefinition(
                kind=frozenset({"antidepressant"}), min_weeks=8, below_improvement_percent=50
            ),
        ),
    )
    older = replace(ADULT, min=19)
    odd = acme_draft(
        anna.person,
        make_position(criteria=all_of(tried, older)),
        policy=acme_policy("odd"),
    )
    page = AtReview("rita", Role.READER, odd).page()
    assert "2 or more treatments tried, of 2 or more classes" in page
    assert (
        "Each counts if: kind Antidepressant; weeks, at least 8; percent improved, less than 50"
        in page
    )
    state, _, lines = page.partition("As patients read it")
    assert re.search(r"Look twice.*#part-\w+\">18 years or older<", state, re.DOTALL)
    at_line = lines.partition("18 years or older")[2]
    assert re.search(r"Age: 19 years or more.*Look twice", at_line, re.DOTALL)
    assert "Look twice" not in anna.page()


def test_what_stands_beside_the_edition_is_led_to_with_its_state(
    draft: PolicyVersion, anna: AtReview
) -> None:
    page = anna.page()
    cases = reverse("admin:policies_policyversion_cases", args=[draft.pk])
    spanish = reverse("admin:policies_policyversion_spanish", args=[draft.pk])
    assert f'<a href="{cases}">Worked cases</a>: 3 of 3 as wanted' in page
    assert f'<a href="{spanish}">Spanish</a>' in page
    assert "Copies of the document</a>: none is attached" in page
    quoted = replace(ADULT, source=Source(quote="The member is an adult."))
    other = acme_draft(
        anna.person, make_position(criteria=quoted), policy=draft.policy, effective="2026-02-01"
    )
    copy = add_copy(draft.policy, anna.person, "The member is a child.")
    page = AtReview("rita", Role.READER, other).page()
    assert reverse("admin:policies_sourcecopy_file", args=[copy.pk]) in page
    assert f'#quotes-{other.pk}">Its quotes</a>: 1 quote is not found in it' in page


def test_what_was_written_since_it_came_back_is_told_line_by_line(
    draft: PolicyVersion, anna: AtReview, paul: AtReview
) -> None:
    assert "Changed since" not in paul.page()
    anna.press("submit")
    paul.press("send_back", reason="It is 21.")
    assert re.search(r"Changed since it was sent back.*No line\.", paul.page(), re.DOTALL)
    line = next(lines_of(working_of(draft)))
    working = set_part(working_of(draft), line.key, {**line.fields, "min": 21}, {})
    keep_working(held(draft), working, based_on=0, by=anna.person, what="Mended the age")
    since = paul.page().partition("Changed since it was sent back")[2]
    told = rf'href="#part-{line.key}">18 years or older</a>:\s+At least: from 18 to 21'
    assert re.search(told, since)
    assert "desk-diff__removed" in since


def test_each_button_saves_every_comment_that_was_typed(
    draft: PolicyVersion, anna: AtReview, paul: AtReview
) -> None:
    submit_draft(draft, by=anna.person)
    key = line_of(draft)
    boxes = {key: "Is it 18?", "edition": "Which date?", "": " "}
    paul.press("send_back", reason="See the comments.", boxes=boxes)
    said = ReviewComment.objects.values_list("key", "kind", "text")
    assert set(said) == {
        (key, "comment", "Is it 18?"),
        ("edition", "comment", "Which date?"),
        ("", "sent_back", "See the comments."),
    }


def test_what_was_typed_stands_where_nothing_could_be_done(
    draft: PolicyVersion, anna: AtReview, paul: AtReview
) -> None:
    submit_draft(draft, by=anna.person)
    page = paul.press("send_back", 422, reason="", boxes={"": "A word on all of it."})
    assert "Say why it is sent back" in page
    assert "A word on all of it." in page
    assert not ReviewComment.objects.exists()
    page = paul.press("publish", 422, reason="Perhaps not.", boxes={"": "A word on all of it."})
    assert "1 comment is open" in page
    assert "Perhaps not." in page
    assert not ReviewComment.objects.exists()
    assert held(draft).published_at is None


def test_the_history_tells_each_step_with_what_was_said(
    draft: PolicyVersion, anna: AtReview, paul: AtReview
) -> None:
    anna.press("submit")
    paul.press("send_back", reason="It is 18.")
    page = paul.page(reverse("admin:policies_policyversion_history", args=[draft.pk]))
    assert re.search(r"Sent back from review.*by paul\s*</p>\s*<p>“It is 18\.”", page, re.DOTALL)
    assert re.search(r"Sent to review</strong>.*by anna", page)


def test_with_htmx_the_part_comes_back_and_focus_lands_on_what_was_done(
    draft: PolicyVersion, anna: AtReview
) -> None:
    form = {"do": "comment:", "text:": "A word."}
    answer = anna.client.post(anna.address, form, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert page.lstrip().startswith('<div id="review"')
    assert re.search(r'<li id="comment-\d+"[^>]*autofocus', page)
    assert 'id="review-said" hx-swap-oob="innerHTML"' in page


def test_in_review_the_draft_is_read_and_can_be_taken_back_where_it_was_written(
    draft: PolicyVersion, anna: AtReview, paul: AtReview
) -> None:
    counter = held(draft).counter
    submit_draft(draft, by=anna.person)
    write = reverse("admin:policies_policyversion_write", args=[draft.pk])
    page = anna.page(write)
    assert 'value="take_back"' in page
    assert "18 years or older" in page
    assert 'value="position"' not in page
    assert 'value="take_back"' not in paul.page(write)
    form = {"based_on": counter, "opened": "", "do": "position"}
    refused = anna.client.post(write, form)
    assert refused.status_code == 409
    assert "Nothing was saved" in refused.content.decode()
    quiet = anna.client.post(write, form | {"quiet": "1"}, headers={"HX-Request": "true"})
    assert (quiet.status_code, quiet.headers["HX-Retarget"]) == (422, "#desk-notice")
    anna.press("take_back")
    assert anna.client.post(write, form).status_code == 302


def test_a_text_that_was_being_written_when_it_went_to_review_comes_back_as_typed(
    draft: PolicyVersion, anna: AtReview
) -> None:
    change = reverse("admin:policies_policyversion_change", args=[draft.pk])
    typed = text_on(anna.page(change))
    submit_draft(draft, by=anna.person)
    assert "<textarea" not in anna.page(change)
    text = typed.replace("18 years or older", "An adult")
    answer = anna.client.post(change, {"text": text, "based_on": 0})
    page = answer.content.decode()
    assert "where nothing changes. Your text is still here" in html.unescape(page)
    assert "An adult" in page
    delete = reverse("admin:policies_policyversion_delete", args=[draft.pk])
    admin = AtReview("ada", Role.ADMINISTRATOR, draft)
    assert admin.client.post(delete, {"post": "yes"}).status_code == 403


def test_the_front_page_names_what_waits_and_what_came_back(
    draft: PolicyVersion, anna: AtReview, paul: AtReview
) -> None:
    index = reverse("admin:index")
    assert "Waiting for review" not in paul.page(index)
    submit_draft(draft, by=anna.person)
    assert re.search(r"Waiting for review.*Acme, Ketamine", paul.page(index), re.DOTALL)
    send_back(draft, by=paul.person, reason="It is 18.")
    page = anna.page(index)
    assert "Waiting for review" not in page
    assert re.search(r"Sent back, to be mended.*1 open comment", page, re.DOTALL)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "draft"),
        ("in_review", "in review"),
        ("later", "takes effect on January 4, 2999"),
        ("published", "published"),
    ],
)
def test_the_list_is_narrowed_to_each_state(paul: AtReview, state: str, words: str) -> None:
    policy = paul.draft.policy
    waiting = acme_draft(paul.person, policy=policy, effective="2026-01-02")
    for effective in ("2026-01-03", "2999-01-04"):
        publish_by_two(acme_draft(paul.person, policy=policy, effective=effective), by=paul.person)
    submit_draft(waiting, by=paul.person)
    page = paul.page(f"{reverse(LISTING)}?state={state}")
    assert re.findall(r'field-state[^"]*">([^<]+)<', page) == [words]


def test_a_review_with_many_comments_asks_as_often_as_one_with_few(
    draft: PolicyVersion, paul: AtReview, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        comment(draft, by=paul.person, text=f"Remark {number}", key=line_of(draft))
    paul.page()
    with django_assert_max_num_queries(21):
        paul.page()


def test_the_old_ways_to_publish_without_review_are_gone(
    draft: PolicyVersion, paul: AtReview
) -> None:
    change = reverse("admin:policies_policyversion_change", args=[draft.pk])
    paul.client.post(change, {"text": text_on(paul.page(change)), "_publish": "1"})
    chosen = {"action": "publish_drafts", "_selected_action": [draft.pk]}
    paul.client.post(reverse(LISTING), chosen)
    assert held(draft).published_at is None


def test_a_person_of_the_desk_reads_what_was_said_after_it_was_published(
    draft: PolicyVersion, anna: AtReview, paul: AtReview
) -> None:
    key = line_of(draft)
    paul.press(f"comment:{key}", boxes={key: "Is it 18?"})
    anna.press(f"settle:{ReviewComment.objects.get().pk}")
    publish_by_two(draft, by=paul.person)
    page = anna.page()
    assert re.search(
        r"What was said in review.*on “18 years or older”.*Is it 18\?", page, re.DOTALL
    )
