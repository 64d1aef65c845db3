"""Import: records become drafts, all or none, and only as they were shown."""

import io
import re
import zipfile

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from policies.exporting import take_out, zipped
from policies.folder import write_files
from policies.models import Insurer, Policy, PolicyEvent, PolicyVersion, WorkedCase
from policies.publishing import begin_draft
from policies.reviewing import submit_draft
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.real_catalogue import FEW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]

ADDRESS = "/admin/policies/policy/import/"
ALABAMA = "bcbs-al--mp-446.yaml"


@pytest.fixture
def anna() -> User:
    return make_person("anna", Role.EDITOR)


@pytest.fixture
def desk(anna: User, client: Client) -> Client:
    client.force_login(anna)
    return client


@pytest.fixture
def files() -> dict[str, str]:
    """The files of what is held."""
    return write_files(take_out())


def packed(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()


def state() -> tuple[int, ...]:
    """How much of everything there is."""
    models = (Insurer, Policy, PolicyVersion, WorkedCase, PolicyEvent)
    return tuple(model.objects.count() for model in models)


def send(desk: Client, name: str, data: bytes) -> tuple[int, str]:
    answer = desk.post(ADDRESS, {"file": SimpleUploadedFile(name, data)})
    return answer.status_code, answer.content.decode()


def confirm(desk: Client, page: str) -> tuple[int, str]:
    """Press the button below what was shown."""
    fields = dict(
        re.findall(r'<input type="hidden" name="(name|carried|seal)" value="([^"]*)"', page)
    )
    answer = desk.post(ADDRESS, fields)
    return answer.status_code, answer.content.decode()


def changed_edition(files: dict[str, str]) -> dict[str, str]:
    """One document with other words in its published edition."""
    text = files[ALABAMA].replace("is_read_whole: true", "is_read_whole: false", 1)
    assert text != files[ALABAMA]
    return {ALABAMA: text}


def test_what_is_shown_is_not_written_and_what_is_confirmed_becomes_drafts(
    desk: Client, anna: User, files: dict[str, str]
) -> None:
    before = state()
    status, page = send(desk, "some.zip", packed(changed_edition(files)))
    assert status == 200
    assert "Becomes a draft" in page
    assert state() == before
    assert confirm(desk, page)[0] == 302
    draft = PolicyVersion.objects.drafts().get()
    assert (str(draft.policy.slug), draft.revision, draft.created_by) == ("mp-446", 2, anna)
    assert draft.change_note == "Say here what changes."
    kinds = list(PolicyEvent.objects.values_list("kind", flat=True)[:2])
    assert kinds == ["imported", "drafted"]
    connection.check_constraints()


def test_an_import_that_was_made_already_makes_nothing_again(
    desk: Client, files: dict[str, str]
) -> None:
    data = packed(changed_edition(files))
    confirm(desk, send(desk, "some.zip", data)[1])
    before = state()
    _, page = send(desk, "some.zip", data)
    assert "There is nothing to import" in page
    assert state() == before


def test_everything_exported_and_sent_back_is_held_already(desk: Client) -> None:
    before = state()
    status, page = send(desk, "policies.zip", zipped(take_out()))
    assert (status, "There is nothing to import" in page) == (200, True)
    assert state() == before


def test_faults_are_named_by_file_and_line_and_nothing_is_written(
    desk: Client, files: dict[str, str]
) -> None:
    before = state()
    wrong = {
        ALABAMA: files[ALABAMA].replace("coverage: investigational", "coverage: investigative"),
        "highmark--i-212.yaml": files["highmark--i-212.yaml"].replace("fact: age", "fact: wieght"),
        "va--iv-ketamine.yaml": "insurer: [va",
        "cases/nobody--x.yaml": "[]",
        "aetna--cpb-0938.yaml": files["aetna--cpb-0938.yaml"],
    }
    status, page = send(desk, "some.zip", packed(wrong))
    line = wrong[ALABAMA][: wrong[ALABAMA].index("investigative")].count("\n") + 1
    assert status == 422
    assert f"{ALABAMA}, line {line}: editions[0].positions[0].coverage" in page
    assert "there is no fact called &#x27;wieght&#x27;" in page
    assert "va--iv-ketamine.yaml, line 2: this is not YAML" in page
    assert "there is no document nobody--x.yaml beside it" in page
    assert "Nothing was imported" in page
    assert state() == before


def test_a_case_that_comes_out_otherwise_is_a_fault(desk: Client, files: dict[str, str]) -> None:
    before = state()
    name = "cases/bcbs-ma--291.yaml"
    wrong = files[name].replace("verdict: not_covered", "verdict: could_qualify", 1)
    status, page = send(desk, "bcbs-ma--291.yaml", wrong.encode())
    assert status == 422
    assert f"{name}, line 1: case" in page
    assert state() == before


def test_a_new_policy_of_a_new_insurer_comes_with_its_cases(
    desk: Client, files: dict[str, str]
) -> None:
    document = files[ALABAMA].replace("insurer: bcbs-al", "insurer: acme", 1)
    insurers = "insurers:\n  - {slug: acme, name: Acme, kind: commercial}\nadministrations: []\n"
    sent = {
        "insurers.yaml": insurers,
        "acme--mp-446.yaml": document,
        "cases/acme--mp-446.yaml": files["cases/" + ALABAMA],
    }
    _, page = send(desk, "new.zip", packed(sent))
    for said in ("New insurer", "New policy", "Becomes a draft", "Worked cases are added"):
        assert said in page
    confirm(desk, page)
    policy = Policy.objects.get(insurer__slug="acme")
    version = policy.versions.get()
    assert (version.published_at, version.cases.count()) == (None, FEW)
    assert policy not in Policy.objects.listed()
    assert "acme--mp-446.yaml" not in write_files(take_out())
    connection.check_constraints()


def test_what_stands_here_otherwise_is_left_and_said(desk: Client, files: dict[str, str]) -> None:
    before = state()
    sent = {
        ALABAMA: files[ALABAMA].replace("title: ", "title: Another ", 1),
        "insurers.yaml": files["insurers.yaml"].replace("name: Aetna", "name: Aetna Inc.", 1),
    }
    _, page = send(desk, "some.zip", packed(sent))
    assert page.count("Left as it is here") == 2
    assert "title" in page
    assert "There is nothing to import" in page
    assert state() == before


def test_a_draft_that_is_being_written_is_never_overwritten(
    desk: Client, anna: User, files: dict[str, str]
) -> None:
    held = begin_draft(PolicyVersion.objects.get(policy__slug="mp-446"), by=anna)
    head = "  - revision: 2\n    change_note: Of the file.\n    last_reviewed"
    text = changed_edition(files)[ALABAMA].replace("  - last_reviewed", head, 1)
    confirm(desk, send(desk, ALABAMA, text.encode())[1])
    kept, new = PolicyVersion.objects.drafts().order_by("revision")
    assert (kept.pk, kept.positions) == (held.pk, held.positions)
    assert (new.revision, new.change_note) == (3, "Of the file.")


def test_what_changed_in_the_meantime_is_shown_anew_before_anything_is_written(
    desk: Client, anna: User, files: dict[str, str]
) -> None:
    _, page = send(desk, "some.zip", packed(changed_edition(files)))
    begin_draft(PolicyVersion.objects.get(policy__slug="mp-446"), by=anna)
    before = state()
    status, again = confirm(desk, page)
    assert (status, "Someone wrote to the catalogue" in again) == (409, True)
    assert state() == before
    assert confirm(desk, again)[0] == 302


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Choose a file"),
        ({"seal": "x", "name": "x", "carried": "%%%"}, "cut off on its way"),
        ({"seal": "x", "name": "x.yaml", "carried": "eA=="}, "x.yaml, line 1"),
    ],
)
def test_what_is_sent_wrongly_is_told(desk: Client, fields: dict[str, str], expected: str) -> None:
    answer = desk.post(ADDRESS, fields)
    assert answer.status_code == 422
    assert expected in answer.content.decode()


def test_a_file_that_is_no_record_is_refused(desk: Client) -> None:
    status, page = send(desk, "notes.txt", b"hello")
    assert (status, "ends in .yaml" in page) == (422, True)
    status, page = send(desk, "bomb.zip", b"PK")
    assert (status, "not a zip" in page) == (422, True)


def test_each_form_of_the_page_can_be_sent(desk: Client, files: dict[str, str]) -> None:
    shown = send(desk, "some.zip", packed(changed_edition(files)))[1]
    for page in (desk.get(ADDRESS).content.decode(), shown):
        main = page[page.index('id="content-main"') :]
        assert "csrfmiddlewaretoken" in main


def test_a_file_that_meets_an_ended_sign_in_is_asked_for_again(files: dict[str, str]) -> None:
    answer = Client().post(ADDRESS, {"file": SimpleUploadedFile(ALABAMA, files[ALABAMA].encode())})
    assert answer.status_code == 403


def test_a_reader_sees_no_way_to_import(client: Client) -> None:
    client.force_login(make_person("rita", Role.READER))
    page = client.get(reverse("admin:policies_policy_changelist")).content.decode()
    assert ADDRESS not in page
    assert reverse("admin:policies_policy_export") in page


def test_no_case_is_added_to_what_is_in_review(desk: Client, files: dict[str, str]) -> None:
    cases = "cases/acme--mp-446.yaml"
    sent = {
        "insurers.yaml": "insurers:\n  - {slug: acme, name: Acme, kind: commercial}\n"
        "administrations: []\n",
        "acme--mp-446.yaml": files[ALABAMA].replace("insurer: bcbs-al", "insurer: acme"),
        cases: files["cases/" + ALABAMA],
    }
    confirm(desk, send(desk, "new.zip", packed(sent))[1])
    draft = PolicyVersion.objects.get(policy__insurer__slug="acme")
    submit_draft(draft, by=draft.created_by or User.objects.get())
    before = state()
    renamed = sent | {cases: sent[cases].replace("name: ", "name: Another ", 1)}
    _, page = send(desk, "new.zip", packed(renamed))
    assert "This edition is in review, where nothing changes" in page
    assert state() == before
