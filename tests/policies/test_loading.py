"""Loading the catalogue's files: all or nothing, again and again, and never over the desk."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from policies.catalogue.reading import read_edition
from policies.catalogue.yaml_text import read_yaml
from policies.history import record_event
from policies.management.commands.load_policies import DEFAULT
from policies.models import Insurer, Policy, PolicyEvent, PolicyVersion
from policies.publishing import begin_draft, publish_version, save_draft, save_policy

pytestmark = pytest.mark.django_db

ALABAMA = "bcbs-al--mp-446.yaml"
SOME = (
    ALABAMA,
    "aetna--cpb-0938.yaml",
    "bcbs-ma--087.yaml",
    "bcbs-ma--291.yaml",
    "highmark--i-212.yaml",
    "va--iv-ketamine.yaml",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of some of the catalogue's files that a test may spoil."""
    copy = tmp_path / "data"
    (copy / "cases").mkdir(parents=True)
    shutil.copy(DEFAULT / "insurers.yaml", copy)
    for name in SOME:
        shutil.copy(DEFAULT / name, copy)
        shutil.copy(DEFAULT / "cases" / name, copy / "cases")
    return copy


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def load(folder: Path) -> None:
    call_command("load_policies", str(folder), verbosity=0)


def faults_of(folder: Path) -> str:
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert caught.value.returncode == 2
    return str(caught.value)


def test_every_fault_of_every_file_is_named_with_its_line_and_nothing_is_written(
    folder: Path,
) -> None:
    change(folder / ALABAMA, "coverage: investigational", "coverage: investigative")
    change(folder / "highmark--i-212.yaml", "fact: age", "fact: wieght")
    change(folder / "highmark--i-212.yaml", "kind: stored_copy", "kind: hearsay")
    change(folder / "va--iv-ketamine.yaml", "insurer: va", "insurer: veterans")
    change(folder / "cases/bcbs-ma--291.yaml", "verdict: not_covered", "verdict: could_qualify")
    (folder / "aetna--cpb-0938.yaml").write_text("insurer: [aetna", encoding="utf-8")
    message = faults_of(folder)
    line = next(
        number
        for number, text in enumerate((folder / ALABAMA).read_text().splitlines(), 1)
        if "investigative" in text
    )
    assert f"{ALABAMA}, line {line}: editions[0].positions[0].coverage: 'investigative'" in message
    assert "criteria.all_of[0].fact: there is no fact called 'wieght'. Use one of: age" in message
    assert "sources.policy.kind: 'hearsay' is not one of: live_document" in message
    assert "there is no insurer 'veterans' in insurers.yaml" in message
    assert "verdict not_covered, wanted could_qualify" in message
    assert "aetna--cpb-0938.yaml, line 2: this is not YAML" in message
    assert "Nothing was loaded" in message
    assert not Policy.objects.exists()
    assert not Insurer.objects.exists()


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        pytest.param(shutil.rmtree, "there is no such folder", id="none"),
        pytest.param(
            lambda folder: (folder / "insurers.yaml").unlink(),
            "it lists the insurers",
            id="insurers",
        ),
        pytest.param(
            lambda folder: (folder / ALABAMA).write_bytes(b"title: \xff\xfe"),
            "not UTF-8",
            id="bytes",
        ),
        pytest.param(
            lambda folder: (folder / ALABAMA).rename(folder / "bcbs-al--other.yaml"),
            "the file of this document is bcbs-al--mp-446.yaml",
            id="name",
        ),
        pytest.param(
            lambda folder: (folder / "cases/nobody--x.yaml").write_text("[]"),
            "there is no document nobody--x.yaml",
            id="case without document",
        ),
    ],
)
def test_a_folder_that_is_not_as_it_should_be_is_refused_in_words(
    folder: Path, spoil: object, expected: str
) -> None:
    assert callable(spoil)
    spoil(folder)
    assert expected in faults_of(folder)
    assert not Policy.objects.exists()


def test_a_published_edition_that_the_file_changes_is_refused_with_the_way_to_do_it(
    folder: Path,
) -> None:
    load(folder)
    change(folder / ALABAMA, "coverage: investigational", "coverage: excluded")
    shutil.rmtree(folder / "cases")
    message = faults_of(folder)
    assert "is published and frozen" in message
    assert "revision: 2 and a change_note" in message
    kept = PolicyVersion.objects.get(policy__slug="mp-446")
    assert kept.positions[0]["coverage"] == "investigational"


def test_a_later_edition_in_the_file_is_published_beside_the_first(folder: Path) -> None:
    load(folder)
    file = folder / ALABAMA
    text = file.read_text(encoding="utf-8")
    first = text[text.index("  - last_reviewed") :]
    later = first.replace("last_reviewed: 2024-11", "effective: 2026-06", 1)
    file.write_text(text + later, encoding="utf-8")
    load(folder)
    versions = PolicyVersion.objects.filter(policy__slug="mp-446")
    assert [str(one.effective) for one in versions] == ["2026-06", ""]


def test_a_reading_is_appended_and_never_changed(folder: Path) -> None:
    load(folder)
    file = folder / ALABAMA
    again = (
        "sources:\n      again:\n        kind: live_document\n        read_on: 2026-11-20\n"
        "        read_by: An editor\n        description: The live page.\n"
    )
    change(file, "sources:\n", again)
    load(folder)
    version = PolicyVersion.objects.get(policy__slug="mp-446")
    assert [one.key for one in version.readings.all()] == ["page", "again"]
    change(file, "description: The live page.", "description: Another page.")
    assert "sources.again: never changed" in faults_of(folder)


def test_a_worked_case_is_appended_the_newest_counts_and_a_removed_one_is_withdrawn(
    folder: Path, tmp_path: Path
) -> None:
    load(folder)
    file = folder / "cases/bcbs-ma--291.yaml"
    cases = read_yaml(file.read_text()).data
    change(file, f"name: {cases[0]['name']}", "name: The first case under another name")
    load(folder)
    version = PolicyVersion.objects.get(policy__slug="291")
    assert version.cases.count() == len(cases) + 2
    call_command("dump_policies", str(tmp_path / "out"), verbosity=0)
    names = [
        one["name"]
        for one in read_yaml((tmp_path / "out/cases/bcbs-ma--291.yaml").read_text()).data
    ]
    assert cases[0]["name"] not in names
    assert "The first case under another name" in names
    assert len(names) == len(cases)


def test_what_was_edited_at_the_desk_is_kept_and_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(folder)
    Insurer.objects.filter(slug="aetna").update(name="Aetna at the desk", edited_at_desk=True)
    Policy.objects.filter(slug="mp-446").update(title="A title of the desk", edited_at_desk=True)
    change(folder / "insurers.yaml", "name: Aetna", "name: Aetna Inc.")
    change(folder / ALABAMA, "title: Intravenous", "title: New intravenous")
    load(folder)
    said = capsys.readouterr().err
    assert "Kept as edited at the desk: insurer aetna." in said
    assert "Kept as edited at the desk: what stands about bcbs-al--mp-446." in said
    assert Insurer.objects.get(slug="aetna").name == "Aetna at the desk"
    assert Policy.objects.get(slug="mp-446").title == "A title of the desk"


def test_a_draft_of_the_desk_is_not_touched_and_a_new_edition_arrives_as_a_draft(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(folder)
    chief = User.objects.create_user("chief")
    version = PolicyVersion.objects.get(policy__slug="mp-446")
    begin_draft(version, by=chief)
    file = folder / ALABAMA
    text = file.read_text(encoding="utf-8")
    first = text[text.index("  - last_reviewed") :]
    file.write_text(text + first.replace("last_reviewed: 2024-11", "effective: 2026-06", 1))
    load(folder)
    assert "the file's edition waits as a draft" in capsys.readouterr().err
    assert PolicyVersion.objects.drafts().count() == 2
    assert PolicyVersion.objects.published().filter(policy__slug="mp-446").count() == 1
    load(folder)
    assert PolicyVersion.objects.drafts().count() == 2


def test_a_failed_write_leaves_no_half(folder: Path) -> None:
    load(folder)
    change(folder / "insurers.yaml", "name: Aetna", "name: Aetna Inc.")
    change(folder / ALABAMA, "last_reviewed: 2024-11", "last_reviewed: 2024-10")
    assert "is published and frozen" in faults_of(folder)
    assert Insurer.objects.get(slug="aetna").name == "Aetna"


def test_an_edition_with_no_positions_loads_as_one_whose_answer_was_not_read(folder: Path) -> None:
    file = folder / "bcbs-ma--291.yaml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("    positions:"), text.index("    notes:")
    file.write_text(f"{text[:start]}    positions: []\n{text[end:]}", encoding="utf-8")
    (folder / "cases/bcbs-ma--291.yaml").unlink()
    load(folder)
    assert PolicyVersion.objects.get(policy__slug="291").edition().positions == ()


def test_an_edited_draft_that_came_with_a_file_is_the_desks_own(folder: Path) -> None:
    load(folder)
    chief = User.objects.create_user("chief")
    version = PolicyVersion.objects.get(policy__slug="mp-446")
    draft = save_draft(
        version.policy,
        read_edition(
            {
                **version.data(),
                "revision": 2,
                "change_note": "x",
                "sources": {
                    "page": {
                        "kind": "stored_copy",
                        "read_on": "2026-11",
                        "read_by": "x",
                        "description": "x",
                    }
                },
            }
        ),
        by=None,
    )
    save_draft(version.policy, draft.edition(), by=chief, version=draft)
    assert PolicyVersion.objects.get(pk=draft.pk).created_by == chief
    publish_version(draft, by=None)
    assert PolicyVersion.objects.published().filter(policy=version.policy).count() == 2


def changed_file(folder: Path) -> Path:
    """The file of a published edition, with other words in it."""
    file = folder / ALABAMA
    change(file, "last_reviewed: 2024-11", "last_reviewed: 2024-12")
    return file


def edited_head(folder: Path) -> None:
    policy = Policy.objects.get(slug="mp-446")
    save_policy(policy.record(()), by=User.objects.create_user("chief"), policy=policy)


def newer_revision(folder: Path) -> None:
    chief = User.objects.create_user("chief")
    draft = begin_draft(PolicyVersion.objects.get(policy__slug="mp-446"), by=chief)
    publish_version(draft, by=None)


@pytest.mark.parametrize("move_on", [edited_head, newer_revision])
def test_where_the_desk_moved_on_a_changed_file_arrives_as_a_draft_once(
    folder: Path, capsys: pytest.CaptureFixture[str], move_on: Callable[[Path], None]
) -> None:
    load(folder)
    move_on(folder)
    before = PolicyVersion.objects.published().values_list("pk", "positions", "is_read_whole")
    held = list(before)
    changed_file(folder)
    load(folder)
    assert (
        "bcbs-al--mp-446, undated: the file's edition waits as a draft" in capsys.readouterr().err
    )
    draft = PolicyVersion.objects.drafts().get()
    assert (draft.created_by, draft.last_reviewed) == (None, "2024-12")
    assert draft.change_note == "Say here what changes."
    assert list(before) == held
    load(folder)
    assert "the file's edition arrived before" in capsys.readouterr().err
    assert PolicyVersion.objects.drafts().count() == 1


def test_a_draft_of_a_file_that_editors_deleted_does_not_come_back(folder: Path) -> None:
    load(folder)
    newer_revision(folder)
    changed_file(folder)
    load(folder)
    draft = PolicyVersion.objects.drafts().get()
    record_event(PolicyEvent.Kind.DELETED, draft, by=None)
    draft.delete()
    load(folder)
    assert not PolicyVersion.objects.drafts().exists()


def test_a_file_that_did_not_change_brings_no_draft_though_the_desk_moved_on(folder: Path) -> None:
    load(folder)
    newer_revision(folder)
    load(folder)
    assert not PolicyVersion.objects.drafts().exists()


def check(folder: Path) -> tuple[int, str]:
    """What the comparing command says, and its exit code."""
    before = PolicyEvent.objects.count()
    try:
        call_command("load_policies", str(folder), check=True)
    except CommandError as error:
        assert PolicyEvent.objects.count() == before
        return error.returncode, str(error)
    return 0, ""


def test_the_check_finds_nothing_where_database_and_files_agree(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(folder)
    assert check(folder) == (0, "")
    assert "The database holds what the files hold." in capsys.readouterr().out


def test_the_check_names_what_differs_and_writes_nothing(folder: Path) -> None:
    load(folder)
    newer_revision(folder)
    change(folder / "insurers.yaml", "name: Aetna", "name: Aetna Inc.")
    change(folder / ALABAMA, "title: Intravenous", "title: New intravenous")
    file = folder / "highmark--i-212.yaml"
    text = file.read_text(encoding="utf-8")
    first = text[text.index("  - effective") :]
    file.write_text(text + first.replace("effective: ", "effective: 2031 # ", 1), encoding="utf-8")
    (folder / "va--iv-ketamine.yaml").unlink()
    (folder / "cases/va--iv-ketamine.yaml").unlink()
    cases = read_yaml((folder / "cases/bcbs-ma--291.yaml").read_text()).data
    change(folder / "cases/bcbs-ma--291.yaml", cases[0]["name"], "Renamed")
    code, said = check(folder)
    assert code == 1
    assert said.splitlines() == [
        "insurers.yaml: aetna: name differs",
        "bcbs-al--mp-446.yaml: title differs",
        "bcbs-al--mp-446.yaml: edition without a date, revision 2: only in the database",
        "highmark--i-212.yaml: edition 2031: only in the files",
        "va--iv-ketamine.yaml: only in the database",
        "cases/bcbs-ma--291.yaml: case Renamed: only in the files",
        f"cases/bcbs-ma--291.yaml: case {cases[0]['name']}: only in the database",
        *(line for line in said.splitlines() if line.startswith("cases/va--iv-ketamine.yaml")),
        said.splitlines()[-1],
    ]
    assert "differences" in said.splitlines()[-1]


def test_the_check_of_files_with_faults_names_them(folder: Path) -> None:
    change(folder / ALABAMA, "coverage: investigational", "coverage: investigative")
    code, said = check(folder)
    assert code == 2
    assert "investigative" in said
