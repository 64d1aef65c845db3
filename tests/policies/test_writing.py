"""Writing a draft line by line: every button, every fault at its line, and nothing lost."""

import html
import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from policies.admin.versions import text_of
from policies.draft_states import working_of
from policies.models import Policy, PolicyVersion
from policies.outline import EDITION, Line, lines_of, walk
from policies.publishing import begin_draft
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.policies.test_outline import key_of

pytestmark = pytest.mark.django_db

CHANGE = "admin:policies_policyversion_change"


class Writer:
    """A person at the page, who knows what stood on it when it was last loaded."""

    def __init__(self, client: Client, person: User, draft: PolicyVersion) -> None:
        self.client, self.draft = client, draft
        client.force_login(person)
        self.address = reverse("admin:policies_policyversion_write", args=[draft.pk])
        self.page = ""
        self.load()

    def load(self, **query: str) -> str:
        self.page = self.client.get(self.address, query).content.decode()
        return self.page

    @property
    def counter(self) -> str:
        found = re.search(r'name="based_on" value="(\d+)"', self.page)
        assert found
        return found[1]

    def press(self, do: str, opened: str = "", **fields: Any) -> str:
        """Press a button with what was typed into the open part; the page that comes of it."""
        form = {"based_on": self.counter, "opened": opened, "do": do, **fields}
        answer = self.client.post(self.address, form, follow=True)
        self.page = answer.content.decode()
        return html.unescape(self.page)

    def saves(self, opened: str, **fields: Any) -> str:
        """Leave a field, with JavaScript: what is to change on the page."""
        form = {"based_on": self.counter, "opened": opened, "do": "save", "quiet": "1", **fields}
        answer = self.client.post(self.address, form, headers={"HX-Request": "true"})
        self.page = answer.content.decode()
        return html.unescape(self.page)

    def key(self, label: str) -> str:
        return key_of(working_of(PolicyVersion.objects.get(pk=self.draft.pk)), label)

    def fields(self, label: str) -> dict[str, Any]:
        working = working_of(PolicyVersion.objects.get(pk=self.draft.pk))
        return next(dict(one.fields) for one in lines_of(working) if one.fields["label"] == label)


ADULT = "18 years or older"


@pytest.fixture
def draft(some_policies: None) -> PolicyVersion:
    begun = make_person("begun", Role.EDITOR)
    return begin_draft(PolicyVersion.objects.published().get(policy__slug="087"), by=begun)


@pytest.fixture
def anna(draft: PolicyVersion) -> Writer:
    return Writer(Client(), make_person("anna", Role.EDITOR), draft)


@pytest.fixture
def berta(draft: PolicyVersion) -> Writer:
    return Writer(Client(), make_person("berta", Role.EDITOR), draft)


def test_a_draft_is_linked_from_its_page_and_from_the_list(anna: Writer) -> None:
    for page in (reverse(CHANGE, args=[anna.draft.pk]),):
        assert anna.address in anna.client.get(page).content.decode()
    listing = anna.client.get(reverse("admin:policies_policyversion_changelist"), {"all": ""})
    assert anna.address in listing.content.decode()


def test_a_published_edition_is_not_written(anna: Writer) -> None:
    published = PolicyVersion.objects.published().get(policy__slug="087")
    address = reverse("admin:policies_policyversion_write", args=[published.pk])
    assert anna.client.get(address).headers["Location"] == reverse(CHANGE, args=[published.pk])
    assert anna.client.post(address, {"do": "position"}).status_code == 409


def test_an_open_line_shows_fields_that_fit_what_it_asks(anna: Writer) -> None:
    page = anna.press(f"open:{anna.key(ADULT)}")
    assert re.search(r'name="min"\s+value="18"', page)
    assert "(years)" in page
    assert 'name="one_of"' not in page
    count = anna.press(
        f"open:{anna.key('Not enough response to 4 antidepressants from at least 2 classes')}"
    )
    assert re.search(r'name="where\.0\.kind"\s+value="antidepressant"\s+checked', count)
    assert "Of at least" in count


def test_opening_a_line_changes_nothing(anna: Writer) -> None:
    before = working_of(anna.draft)
    for line in list(lines_of(before)):
        page = anna.press(f"open:{line.key}")
        # What the page shows, sent back as it stands.
        anna.press("save", line.key, **shown_fields(page))
    held = PolicyVersion.objects.get(pk=anna.draft.pk)
    assert (held.counter, working_of(held)) == (0, before)


def shown_fields(page: str) -> dict[str, list[str]]:
    """The fields of the open part as a browser would send them."""
    start = page.index('class="write-editor"')
    editor = page[start : page.index('class="write-close"')]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", editor):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        is_tick = attributes.get("type") in ("checkbox", "radio")
        if not is_tick or re.search(r"\bchecked\b", tag):
            found.setdefault(attributes["name"], []).append(attributes.get("value", ""))
    for name, inner in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', editor, re.DOTALL
    ):
        found[name] = [inner]
    for name, inner in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', editor, re.DOTALL
    ):
        chosen = re.findall(r'value="([^"]*)"\s+selected', inner)
        found[name] = chosen[:1] or [""]
    return found


def test_a_field_is_saved_when_it_is_left_and_its_fault_stands_at_it(anna: Writer) -> None:
    key = anna.key(ADULT)
    anna.press(f"open:{key}")
    fields = shown_fields(anna.page) | {"min": ["180"], "label.es": ["18 años o más"]}
    answer = anna.saves(key, **fields)
    said = "180 is out of range: age goes from 0 to 120 years."
    assert re.search(rf'id="f-min-wrong"\s+hx-swap-oob="true">{said}', answer)
    assert f"Position 1, “{ADULT}”</button>: {said}" in answer
    assert "1 part with something to mend is left out here" in answer
    assert f"Changed “{ADULT}”, saved." in answer
    assert anna.fields(ADULT)["min"] == 180
    assert 'name="min"' not in answer  # the fields themselves stay as they are
    mended = anna.saves(key, **(fields | {"min": ["18"]}))
    assert re.search(r'id="f-min-wrong"\s+hx-swap-oob="true"></p>', mended)


def test_a_pause_in_typing_saves_and_tells_no_fault_until_the_field_is_left(anna: Writer) -> None:
    key = anna.key(ADULT)
    anna.press(f"open:{key}")
    fields = shown_fields(anna.page) | {"min": ["180"]}
    typed = anna.saves(key, typing="1", **fields)
    assert anna.fields(ADULT)["min"] == 180
    assert "Saved <time" in typed
    for part in ("out of range", "write-said", 'name="min"', "f-min-wrong"):
        assert part not in typed
    left = anna.saves(key, **fields)
    assert re.search(r'id="f-min-wrong"\s+hx-swap-oob="true">180 is out of range', left)
    assert PolicyVersion.objects.get(pk=anna.draft.pk).counter == 1


def test_what_is_half_typed_waits_where_someone_else_saved_meanwhile(
    anna: Writer, berta: Writer
) -> None:
    key = anna.key(ADULT)
    for writer in (anna, berta):
        writer.press(f"open:{key}")
    shown = shown_fields(berta.page)
    form = {"based_on": "0", "opened": key, "quiet": "1", **shown}
    anna.press("save", key, **(shown | {"note": ["By Anna."]}))
    sends = {"headers": {"HX-Request": "true"}}
    half = berta.client.post(berta.address, form | {"label": "Gro", "typing": "1"}, **sends)  # type: ignore[arg-type]
    assert (half.status_code, half.content) == (202, b"")
    # Nothing typed: the page is not to pass for how the draft stands now.
    assert berta.client.post(berta.address, form, **sends).status_code == 204  # type: ignore[arg-type]
    berta.client.post(berta.address, form | {"label": "Grown up"}, **sends)  # type: ignore[arg-type]
    assert anna.fields("Grown up")["note"] == "By Anna."


def test_what_is_no_number_stays_as_it_was_typed(anna: Writer) -> None:
    key = anna.key(ADULT)
    anna.press(f"open:{key}")
    page = anna.press("save", key, **(shown_fields(anna.page) | {"min": ["eighteen"]}))
    assert re.search(r'name="min"\s+value="eighteen"', page)
    assert "'eighteen' is not a number." in page


def test_another_fact_brings_its_own_fields(anna: Writer) -> None:
    key = anna.key(ADULT)
    anna.press(f"open:{key}")
    answer = anna.saves(key, **(shown_fields(anna.page) | {"fact": ["episode_severity"]}))
    assert re.search(r'name="one_of"\s+value="severe"', answer)
    assert anna.fields(ADULT).keys() == {"id", "label", "fact", "source"}
    anna.load(open=key)
    anna.press("save", key, **(shown_fields(anna.page) | {"one_of": ["severe"]}))
    assert anna.fields(ADULT)["is"] == "severe"
    anna.press("save", key, **(shown_fields(anna.page) | {"one_of": ["moderate", "severe"]}))
    assert anna.fields(ADULT)["one_of"] == ["moderate", "severe"]
    assert "is" not in anna.fields(ADULT)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        pytest.param("scale", {"scale": ["phq9"], "min": ["15"]}, {"scale": ["phq9"]}, id="score"),
        pytest.param(
            "icd10", {"icd10": ["f33.1, F33.2"]}, {"icd10": ["F33.1", "F33.2"]}, id="code"
        ),
        pytest.param("judgement", {"judgement": ["plan"]}, {"judgement": "plan"}, id="judgement"),
        pytest.param("unread", {}, {"unread": True}, id="unread"),
        pytest.param(
            "count",
            {"min": ["2"], "where.0.kind": ["ect", "tms"], "where.0.min_weeks": ["6"]},
            {"where": {"kind": ["ect", "tms"], "min_weeks": 6}, "min": 2},
            id="count",
        ),
    ],
)
def test_a_line_of_each_kind_is_written(
    anna: Writer, kind: str, fields: dict[str, list[str]], expected: dict[str, Any]
) -> None:
    key = anna.key(ADULT)
    anna.press(f"open:{key}")
    anna.press("save", key, **(shown_fields(anna.page) | {"kind": [kind]}))
    page = anna.press("save", key, **(shown_fields(anna.page) | fields))
    assert anna.fields(ADULT).items() >= expected.items()
    assert "1 to mend" in page  # the change note alone


def test_a_code_that_is_none_and_a_quote_that_is_too_long_are_told_at_their_fields(
    anna: Writer,
) -> None:
    key = anna.key(ADULT)
    anna.press(f"open:{key}")
    anna.press("save", key, **(shown_fields(anna.page) | {"kind": ["icd10"]}))
    fields = {"icd10": ["F33.2 F99.99"], "source.quote": ["word " * 26]}
    page = anna.press("save", key, **(shown_fields(anna.page) | fields))
    assert "'F99.99' is not an ICD-10-CM code that we hold, like F33.2." in page
    assert re.search(r'id="f-source-quote-wrong"\s+>A quote has 25 words at most', page)


def test_a_count_takes_another_definition_and_loses_it(anna: Writer) -> None:
    label = "Not enough response to 4 antidepressants from at least 2 classes"
    key = anna.key(label)
    anna.press(f"open:{key}")
    before = anna.fields(label)["where"]
    page = anna.press(f"define:{key}", key, **shown_fields(anna.page))
    assert anna.fields(label)["where"] == [before, before]
    assert re.search(r'name="where\.1\.kind"[^>]*autofocus', page)
    filled = shown_fields(anna.page) | {"where.1.kind": ["ect"]}
    anna.press(f"undefine:{key}:0", key, **filled)
    assert anna.fields(label)["where"] == {**before, "kind": ["ect"]}


@pytest.mark.parametrize("name", ["up", "down", "in", "out"])
def test_focus_stays_on_the_button_that_moved_a_line(anna: Writer, name: str) -> None:
    key = anna.key("HAM-D of 17 or more")
    if name == "in":
        anna.press(f"out:{key}")
    if name == "down":
        key = anna.key("MADRS of 28 or more")
    page = anna.press(f"{name}:{key}")
    assert re.search(rf'value="{name}:{key}"[^>]*autofocus', page)
    assert PolicyVersion.objects.get(pk=anna.draft.pk).counter == 1 + (name == "in")


def test_a_press_that_can_not_be_done_says_why(anna: Writer) -> None:
    page = anna.press(f"up:{anna.key(ADULT)}")
    assert "It is the first already." in page
    assert "This line is no longer there." in anna.press("delete:nobody")


def test_a_deleted_line_comes_back_by_undo(anna: Writer) -> None:
    page = anna.press(f"delete:{anna.key(ADULT)}")
    assert f"Deleted “{ADULT}”" in page
    assert ADULT not in re.findall(r'write-title">([^<]*)<', page)[:5]
    page = anna.press("undo")
    assert f"Undid: Deleted “{ADULT}”" in page
    assert anna.fields(ADULT)["min"] == 18
    assert f"Redo: Deleted “{ADULT}”" in page
    assert 'value="undo"' not in page
    assert f"Undo: Deleted “{ADULT}”" in anna.press("redo")


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"based_on": "7"}, id="a state that never was"),
        pytest.param({"based_on": "x"}, id="no number"),
        pytest.param({"based_on": "0", "do": "join", "mine": "{}"}, id="no text to join"),
    ],
)
def test_a_form_that_no_page_made_is_refused(anna: Writer, form: dict[str, str]) -> None:
    assert anna.client.post(anna.address, form).status_code == 400


@pytest.mark.parametrize(
    "do", ["after:1", "after:1:nothing", "begin:1:nothing", "x", "undefine:9:x"]
)
def test_a_button_that_no_page_has_does_nothing(anna: Writer, do: str) -> None:
    anna.press(do)
    assert PolicyVersion.objects.get(pk=anna.draft.pk).counter == 0


def test_a_deleted_group_says_how_many_lines_went(anna: Writer) -> None:
    working = working_of(anna.draft)
    group = next(one for one in lines_of(working) if one.members)
    inside = len(list(walk(group.members)))
    label = group.fields["label"]
    page = anna.press(f"delete:{group.key}")
    assert f"Undo: Deleted “{label}”, with {inside} lines"[:60] in page


def test_a_new_line_begins_with_the_place_of_the_line_before_it(anna: Writer) -> None:
    key = anna.key(ADULT)
    source = anna.fields(ADULT)["source"]
    for do in (f"after:{key}:line", f"wrap:{key}:group"):
        anna.press(do)
    for label in ("", "All of the following"):
        found = [
            one.fields.get("source")
            for one in lines_of(working_of(PolicyVersion.objects.get(pk=anna.draft.pk)))
            if one.fields["label"] == label
        ]
        assert {name: source[name] for name in ("from", "section") if name in source} in found


def test_the_page_leads_to_all_that_belongs_to_its_draft(anna: Writer) -> None:
    pages = ("change", "review", "effects", "cases")
    names = [(f"policyversion_{page}", anna.draft.pk) for page in pages]
    for name, pk in (*names, ("policy_copies", anna.draft.policy_id)):
        assert f'href="{reverse(f"admin:policies_{name}", args=[pk])}"' in anna.page
    assert "<kbd>Enter</kbd>" in anna.page


def test_a_position_of_which_nothing_is_said_tells_where_its_list_will_stand(anna: Writer) -> None:
    page = anna.press("position")
    assert "stand here once “What the document says” is “Covered with criteria”" in page
    assert re.search(r">\s*Begin the list: For which plans it holds\s*<", page)


# From nothing

WHAT_CHANGES = "What this revision changes, or why it is withdrawn"


def test_an_edition_is_written_from_nothing(anna: Writer) -> None:
    Policy.objects.filter(slug="087").update(url="https://plan.example/087")
    policy = Policy.objects.get(slug="087")
    add = reverse("admin:policies_policyversion_add")
    answer = anna.client.post(add, {"policy": policy.pk, "text": ""})
    draft = PolicyVersion.objects.order_by("pk").last()
    assert draft
    assert answer.headers["Location"] == reverse(
        "admin:policies_policyversion_write", args=[draft.pk]
    )
    assert (
        "not written yet"
        in anna.client.get(reverse("admin:policies_policyversion_changelist")).content.decode()
    )
    writer = Writer(anna.client, User.objects.get(username="anna"), draft)
    assert "Nothing that a patient could read yet" in writer.page
    assert "Say what was read: add a source." in html.unescape(writer.page)
    fold = f"<summary>{WHAT_CHANGES}</summary>"
    begun = writer.press(f"open:{EDITION}")
    assert re.search(r'value="in_force"\s+checked', begun)
    assert re.search(rf"<details\s*>\s*{fold}", begun)
    page = writer.press("save", EDITION, effective="1/1/2026", revision="2", notes="One.\nTwo.")
    assert re.search(rf"<details open\s*>\s*{fold}", page)
    page = writer.press("save", EDITION, effective="1/1/2026", revision="1", notes="One.\nTwo.")
    assert "In effect from 2026-01-01, not read whole, 2 notes" in page
    writer.press("source")
    (source,) = working_of(PolicyVersion.objects.get(pk=draft.pk)).sources
    today = timezone.localdate().isoformat()
    assert source.fields == {"read_by": "anna", "read_on": today, "url": "https://plan.example/087"}
    kept = {"name": "page", "kind": "live_document", "read_on": "2026-11-25", "read_by": "anna"}
    writer.press("position", source.key, **kept, description="The page.")
    (position,) = working_of(PolicyVersion.objects.get(pk=draft.pk)).positions
    assert position.fields == {"source": {"from": "page"}}
    fields = {
        "treatment": "iv_ketamine",
        "coverage": "covered_with_criteria",
        "indications": ["mdd"],
    }
    writer.press(f"begin:{position.key}:criteria", position.key, **fields)
    top = writer.key("All of the following")
    writer.press(f"inside:{top}:line", top, label="All of the following", kind="all_of")
    line = writer.key("")
    form = {"label": ADULT, "kind": "fact", "fact": "age"}
    writer.press("save", line, **form)
    page = writer.press("close", line, **form, min="18")
    assert "Nothing to mend" in page
    edition = PolicyVersion.objects.get(pk=draft.pk).edition()
    assert text_of(edition).startswith('effective: "2026-01-01"')


# Two people


def test_what_two_people_changed_apart_is_joined_and_said(anna: Writer, berta: Writer) -> None:
    adult, other = anna.key(ADULT), anna.key("An antidepressant goes on alongside")
    for writer, key in ((anna, adult), (berta, other)):
        writer.press(f"open:{key}")
    anna.press("save", adult, **(shown_fields(anna.page) | {"label": ["Adults"]}))
    page = berta.press("save", other, **(shown_fields(berta.page) | {"label": ["It goes on"]}))
    assert "Anna also changed this draft." in page
    assert anna.fields("Adults")
    assert anna.fields("It goes on")


def test_where_two_people_changed_the_same_both_texts_are_kept_until_one_is_chosen(
    anna: Writer, berta: Writer
) -> None:
    key = anna.key(ADULT)
    for writer in (anna, berta):
        writer.press(f"open:{key}")
    shown = shown_fields(berta.page)
    anna.press("save", key, **(shown | {"label": ["Adults"], "note": ["By Anna."]}))
    page = berta.press("save", key, **(shown | {"label": ["Grown up"], "min": ["21"]}))
    assert "anna changed the same as you did" in page
    assert re.search(r"<pre>Grown up</pre>.*<pre>Adults</pre>", page, re.DOTALL)
    assert PolicyVersion.objects.get(pk=berta.draft.pk).counter == 1
    carried = {
        name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', berta.page)[1])  # type: ignore[index]
        for name in ("based_on", "seen", "mine")
    }
    unchosen = berta.client.post(berta.address, carried | {"do": "join"})
    assert unchosen.status_code == 409
    chosen = carried | {"do": "join", f"choose-{key}/label": "mine"}
    assert berta.client.post(berta.address, chosen).status_code == 302
    assert anna.fields("Grown up").items() >= {"min": 21, "note": "By Anna."}.items()


def test_a_choice_made_on_an_older_page_is_asked_for_again(anna: Writer, berta: Writer) -> None:
    key = anna.key(ADULT)
    berta.press(f"open:{key}")
    shown = shown_fields(berta.page)
    anna.press("save", key, **(shown | {"label": ["Adults"]}))
    berta.press("save", key, **(shown | {"label": ["Grown up"]}))
    carried = {
        name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', berta.page)[1])  # type: ignore[index]
        for name in ("based_on", "seen", "mine")
    }
    anna.press("save", key, **(shown | {"label": ["Older than 17"]}))
    chosen = carried | {"do": "join", f"choose-{key}/label": "theirs"}
    answer = berta.client.post(berta.address, chosen)
    assert answer.status_code == 409
    assert "Older than 17" in answer.content.decode()


def test_with_javascript_the_choice_takes_the_place_of_the_outline(
    anna: Writer, berta: Writer
) -> None:
    key = anna.key(ADULT)
    berta.press(f"open:{key}")
    shown = shown_fields(berta.page)
    anna.press("save", key, **(shown | {"label": ["Adults"]}))
    form = {"based_on": "0", "opened": key, "quiet": "1", **shown, "label": "Grown up"}
    answer = berta.client.post(berta.address, form, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#write")


def test_an_undo_takes_back_no_change_that_its_page_had_not_shown(
    anna: Writer, berta: Writer
) -> None:
    anna.press(f"delete:{anna.key(ADULT)}")
    berta.load()
    anna.press("position")
    page = berta.press("undo")
    assert "Anna changed this draft meanwhile; nothing was undone." in page


def test_a_text_written_meanwhile_is_joined_with_what_was_written_line_by_line(
    anna: Writer, berta: Writer
) -> None:
    key = anna.key(ADULT)
    address = reverse(CHANGE, args=[anna.draft.pk])
    text = text_of(anna.draft.edition())
    anna.press(f"open:{key}")
    anna.press("save", key, **(shown_fields(anna.page) | {"note": ["By Anna."]}))
    form = {"text": text.replace(ADULT, "Grown up"), "based_on": "0"}
    page = html.unescape(berta.client.post(address, form).content.decode())
    assert "anna saved this draft at" in page
    assert "Grown up" in page
    assert 'name="_join"' in page
    assert berta.client.post(address, form | {"_join": "1"}).status_code == 302
    assert anna.fields("Grown up")["note"] == "By Anna."


def test_a_faulty_draft_stands_in_its_text_as_it_was_written(anna: Writer) -> None:
    key = anna.key(ADULT)
    anna.press(f"open:{key}")
    anna.press("save", key, **(shown_fields(anna.page) | {"min": ["180"]}))
    assert "min: 180" in anna.client.get(reverse(CHANGE, args=[anna.draft.pk])).content.decode()


# Signing in, and speed


def test_a_sign_in_that_ended_loses_nothing(anna: Writer) -> None:
    key = anna.key(ADULT)
    anna.press(f"open:{key}")
    form = {
        "based_on": "0",
        "opened": key,
        "do": f"down:{key}",
        **(shown_fields(anna.page) | {"label": ["Adults"]}),
    }
    anna.client.logout()
    answer = anna.client.post(anna.address, form)
    assert answer.status_code == 403
    assert "Adults" in answer.content.decode()
    notice = anna.client.post(anna.address, form, headers={"HX-Request": "true"})
    assert notice.headers["HX-Retarget"] == "#desk-notice"


@pytest.mark.parametrize(("do", "queries"), [(None, 16), ("save", 45), ("delete", 45)])
def test_the_page_asks_the_database_a_fixed_number_of_times(
    anna: Writer, django_assert_num_queries: DjangoAssertNumQueries, do: str | None, queries: int
) -> None:
    key = anna.key(ADULT)
    anna.press(f"open:{key}")
    form = {
        "based_on": anna.counter,
        "opened": key,
        "do": f"{do}:{key}",
        **(shown_fields(anna.page) | {"label": ["Adults"]}),
    }
    with django_assert_num_queries(queries):
        if do is None:
            anna.client.get(anna.address)
        else:
            anna.client.post(anna.address, form, headers={"HX-Request": "true"})


# A list that is pasted

CRITERIA = """
• 18 years or older
• Prescribed by a psychiatrist

1. At least 2 of the following:
\ta) Talk therapy
\tb) Any one of:
\t\t- ECT
\t\t- TMS
None of these must apply:
    Pregnancy
"""


@pytest.fixture
def position(anna: Writer) -> str:
    """A position of which no list has begun."""
    anna.press("position")
    working = working_of(PolicyVersion.objects.get(pk=anna.draft.pk))
    key = working.positions[-1].key
    fields = {"treatment": "iv_ketamine", "coverage": "covered_with_criteria"}
    anna.press("save", key, indications="ocd", **fields)
    return key


def outlined(lines: Iterable[Line]) -> list[Any]:
    return [
        (one.kind, one.fields["label"], *([outlined(one.members)] if one.members else []))
        for one in lines
    ]


def test_a_pasted_list_becomes_lines_and_groups_in_one_step(anna: Writer, position: str) -> None:
    before = PolicyVersion.objects.get(pk=anna.draft.pk).counter
    pasted = {f"paste.{position}.criteria": CRITERIA}
    page = anna.press(f"paste:{position}:criteria", position, **shown_fields(anna.page), **pasted)
    held = PolicyVersion.objects.get(pk=anna.draft.pk)
    assert held.counter == before + 1
    lines = working_of(held).positions[-1].lists["criteria"]
    assert outlined(lines) == [
        (
            "all_of",
            "All of the following",
            [
                ("fact", "18 years or older"),
                ("fact", "Prescribed by a psychiatrist"),
                (
                    "at_least",
                    "At least 2 of the following",
                    [
                        ("fact", "Talk therapy"),
                        ("any_of", "Any one of the following", [("fact", "ECT"), ("fact", "TMS")]),
                    ],
                ),
                ("none_of", "None of these must apply", [("fact", "Pregnancy")]),
            ],
        )
    ]
    assert "Undo: Pasted 9 lines" in page
    assert re.search(rf'name="opened" value="{lines[0].members[0].key}"', page)
    assert re.search(r'name="fact"[^>]*autofocus', page)
    anna.press("undo")
    undone = working_of(PolicyVersion.objects.get(pk=anna.draft.pk))
    assert undone.positions[-1].lists == {}


RECORD = """
      all:
        - {id: age, text: "18 years or older"}
        - any:
            - {id: no_psychosis, text: "no history of psychosis"}
            - {id: psychosis_benefit, text: "history of psychosis, and benefit outweighs risk"}
        - {id: two, text: "nonresponse to at least 2 oral antidepressants from different classes"}
        - at least 2 of:
            - ECT
            - TMS
"""


def test_the_criteria_of_a_research_record_are_pasted_as_they_stand_there(
    anna: Writer, position: str
) -> None:
    anna.press(f"paste:{position}:criteria", **{f"paste.{position}.criteria": RECORD})
    working = working_of(PolicyVersion.objects.get(pk=anna.draft.pk))
    assert outlined(working.positions[-1].lists["criteria"]) == [
        (
            "all_of",
            "All of the following",
            [
                ("fact", "18 years or older"),
                (
                    "any_of",
                    "Any one of the following",
                    [
                        ("fact", "no history of psychosis"),
                        ("fact", "history of psychosis, and benefit outweighs risk"),
                    ],
                ),
                (
                    "count",
                    "nonresponse to at least 2 oral antidepressants from different classes",
                ),
                ("at_least", "At least 2 of the following", [("fact", "ECT"), ("fact", "TMS")]),
            ],
        )
    ]


def test_a_pasted_line_of_so_many_treatments_is_a_count_of_them(
    anna: Writer, position: str
) -> None:
    text = "Two failed antidepressants\nWatched for 2 hours after each treatment"
    anna.press(f"paste:{position}:criteria", **{f"paste.{position}.criteria": text})
    working = working_of(PolicyVersion.objects.get(pk=anna.draft.pk))
    tried, watched = working.positions[-1].lists["criteria"][0].members
    assert (tried.kind, tried.fields["min"]) == ("count", 2)
    assert watched.kind == "fact"


def test_a_pasted_text_that_is_no_list_stays_as_it_is_with_what_to_mend(
    anna: Writer, position: str
) -> None:
    text = f"18 years or older\n    TMS\nOne of these:\n{'x' * 301}"
    pasted = {f"paste.{position}.criteria": text}
    counter = PolicyVersion.objects.get(pk=anna.draft.pk).counter
    page = anna.press(f"paste:{position}:criteria", **pasted)
    for said in (
        "Line 2, “TMS”: It is indented, but line 1 begins no group",
        "Line 3, “One of these:”: It begins a group, but the line below it is not indented",
        "It has 301 letters, and 300 at most fit.",
    ):
        assert said in page
    assert text in page
    assert PolicyVersion.objects.get(pk=anna.draft.pk).counter == counter
    # Another button takes what was typed along.
    assert text in anna.press(f"open:{position}", **pasted)


def test_what_is_pasted_into_a_list_goes_to_its_end_with_the_place_it_was_read_at(
    anna: Writer,
) -> None:
    working = working_of(anna.draft)
    place, top = working.positions[0], working.positions[0].lists["criteria"][0]
    anna.press(f"paste:{place.key}:criteria", **{f"paste.{place.key}.criteria": "A new line"})
    after = working_of(PolicyVersion.objects.get(pk=anna.draft.pk))
    members = after.positions[0].lists["criteria"][0].members
    assert members[:-1] == top.members
    assert members[-1].fields["label"] == "A new line"
    assert members[-1].fields["source"]["from"] == working.sources[0].name


def test_the_next_unfinished_line_opens_at_the_field_that_wants_something(anna: Writer) -> None:
    place = working_of(anna.draft).positions[0].key
    anna.press(f"paste:{place}:criteria", **{f"paste.{place}.criteria": "One\nTwo"})
    one, two = anna.key("One"), anna.key("Two")
    form = {"label": "One", "kind": "fact", "fact": "pregnancy"}
    page = anna.press(f"next:{one}", one, **form)
    assert re.search(rf'name="opened" value="{two}"', page)
    assert anna.fields("One")["fact"] == "pregnancy"
    page = anna.press(f"next:{two}", two, label="Two", kind="judgement")
    assert re.search(rf'name="opened" value="{one}"', page)
    assert re.search(r'id="f-is-wrong"|name="is"', page)


@pytest.mark.parametrize(
    ("label", "least"),
    [
        pytest.param(ADULT, 18, id="one number"),
        pytest.param("Older than 17 and up to 65", None, id="two numbers"),
        pytest.param("Younger than 18", None, id="the most"),
        pytest.param("Born in 1990", None, id="out of range"),
    ],
)
def test_the_number_in_the_words_is_proposed_once_a_fact_is_chosen(
    anna: Writer, label: str, least: int | None
) -> None:
    key = anna.key(ADULT)
    anna.press("save", key, label=label, kind="fact", fact="episode_severity")
    anna.press("save", key, label=label, kind="fact", fact="age")
    assert anna.fields(label).get("min") == least


def test_where_no_fact_answers_a_line_one_button_says_who_can_judge_it(anna: Writer) -> None:
    key = anna.key(ADULT)
    page = anna.press(f"open:{key}")
    assert "No such fact? Say that only the clinic or the plan can judge it" in page
    page = anna.press(f"judge:{key}", key, **shown_fields(anna.page))
    assert anna.fields(ADULT)["judgement"] == ""
    assert re.search(r'name="judgement"[^>]*autofocus', page)


def test_a_fact_is_found_by_its_answers_too(anna: Writer) -> None:
    page = anna.press(f"open:{anna.key(ADULT)}")
    assert re.search(r'value="prescriber"\s+data-also="A psychiatrist\|', page)


def test_what_is_still_to_fill_in_is_red_only_once_it_was_saved_so(anna: Writer) -> None:
    page = anna.press(f"after:{anna.key(ADULT)}:line")
    said = "Choose the fact that it asks about."
    assert re.search(rf'class="write-still"[^>]*>Still to fill in: [^<]*{said}', page)
    assert re.search(r'id="f-fact-wrong"\s*></p>', page)
    page = anna.press("save", anna.key(""), label="A new line", kind="fact")
    assert re.search(rf'id="f-fact-wrong"\s*>{said}</p>', page)


def test_a_line_of_treatments_names_what_came_of_them(anna: Writer) -> None:
    key = anna.key(ADULT)
    anna.press("save", key, label=ADULT, kind="count")
    form = {"label": ADULT, "kind": "count", "min": "2", "where.0.kind": "antidepressant"}
    improved = {"where.0.outcome": "no_response", "where.0.max_improvement_percent": "25"}
    page = anna.press("save", key, **form, **improved)
    assert "2 or more tried, Antidepressant, it did not help, improved by at most 25 %" in page


def test_the_foot_of_a_groups_last_line_leads_on_below_the_group(anna: Writer) -> None:
    page = anna.press(f"open:{anna.key('HAM-D of 17 or more')}")
    foot = page[page.index('aria-label="Add below"') :]
    for label in ("Add a line below", "Add a group below", "Add a line after this group"):
        assert f">{label}</button>" in foot
