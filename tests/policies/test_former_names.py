"""Files that use a name of before bring nothing back: it is taken as what it is now, and told."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from policies.addressing import read_again
from policies.catalogue import FormerNames
from policies.current_names import Folder, under_current_names
from policies.exporting import take_out
from policies.folder import write_files, write_folder
from policies.importing import Outcome, preview_import
from policies.models import AppealAddress, Insurer, Policy, PolicyVersion
from policies.renaming import merge_insurers, rename_insurer, rename_policy
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.factories import ON, make_address, make_document, make_insurer, make_link
from tests.policies.desk_records import add_address, add_insurer, add_policy

FORMER = FormerNames({"acme": "zenith", "old": "zenith"}, {"acme--one": "zenith--first"})
WHY = "They say so."


def test_everything_of_a_folder_comes_under_the_names_of_now() -> None:
    acme, brand = make_insurer("acme"), make_insurer("brand", parent="old")
    folder = Folder(
        insurers={"acme": acme, "brand": brand},
        administrations=(make_link("acme", "vendor"), make_link("acme", "old")),
        documents=(make_document(insurer=acme, slug="one"), make_document(insurer=acme, slug="b")),
        cases={"acme--one": (), "brand--x": ()},
        addresses=(make_address("acme"), make_address("old"), make_address("brand")),
    )
    found = under_current_names(folder, FORMER)
    assert {slug: one.parent for slug, one in found.insurers.items()} == {
        "zenith": "",
        "brand": "zenith",
    }
    assert [(one.insurer, one.administrator) for one in found.administrations] == [
        ("zenith", "vendor")
    ]
    assert [one.stem for one in found.documents] == ["zenith--first", "zenith--b"]
    assert list(found.cases) == ["zenith--first", "brand--x"]
    assert [one.insurer for one in found.addresses] == ["zenith", "brand"]
    assert found.renamed == (
        "insurer acme is zenith now, and is taken as that",
        "the link of acme to old is left",
        "acme--one.yaml is zenith--first now, and is taken as that",
        "acme--b.yaml is zenith--b now, and is taken as that",
    )


def test_what_the_name_of_now_holds_goes_before_what_stands_under_the_former_one() -> None:
    acme, zenith = make_insurer("acme"), make_insurer("zenith", name="Zenith Health")
    ours, theirs = make_document(insurer=acme, slug="one"), make_document(insurer=zenith)
    first = make_document(insurer=zenith, slug="first", title="Its own")
    folder = Folder(
        insurers={"acme": acme, "zenith": zenith},
        administrations=(make_link("acme", "vendor"), make_link("zenith", "vendor")),
        documents=(ours, theirs, first),
        cases={"acme--one": (), "zenith--first": ()},
    )
    found = under_current_names(folder, FORMER)
    assert found.insurers == {"zenith": zenith}
    assert found.documents == (theirs, first)
    assert len(found.administrations) == 1
    assert list(found.cases) == ["zenith--first"]
    assert [one for one in found.renamed if "left" in one or "before it" in one] == [
        "insurer acme is a part of zenith now: what it says is left",
        "the link of acme to vendor is left",
        "acme--one.yaml is zenith--first now, whose own file goes before it",
    ]


@pytest.fixture
def anna() -> User:
    return make_person("anna", Role.ADMINISTRATOR)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of a small catalogue, as they were before anything was renamed."""
    acme, other = add_insurer("acme"), add_insurer("other")
    add_policy(acme, "one")
    add_policy(other, "one")
    add_address(acme)
    write_folder(tmp_path, take_out())
    return tmp_path


def state() -> tuple[int, ...]:
    return tuple(one.objects.count() for one in (Insurer, Policy, PolicyVersion, AppealAddress))


@pytest.mark.django_db
def test_old_files_resurrect_neither_a_renamed_nor_a_merged_insurer(
    folder: Path, anna: User, capsys: pytest.CaptureFixture[str]
) -> None:
    acme, other = Insurer.objects.get(slug="acme"), Insurer.objects.get(slug="other")
    call_command("load_policies", str(folder), "--check")
    policy = acme.policies.get()
    rename_policy(policy, slug="first", why=WHY, by=anna)
    rename_insurer(acme, slug="zenith", name="Zenith", why=WHY, by=anna)
    merge_insurers(other, acme, why=WHY, by=anna)
    before = state()
    call_command("load_policies", str(folder), verbosity=0)
    assert state() == before
    told = capsys.readouterr().err
    assert "Renamed here: acme--one.yaml is zenith--first now, and is taken as that." in told
    assert "Renamed here: other--one.yaml is zenith--one now, and is taken as that." in told
    with pytest.raises(CommandError) as caught:
        call_command("load_policies", str(folder), "--check")
    assert "insurer acme is zenith now, and is taken as that" in str(caught.value)
    assert "only in" not in str(caught.value)


@pytest.mark.django_db
def test_an_import_of_old_files_does_the_same_and_says_so(folder: Path, anna: User) -> None:
    files = {name: text.encode() for name, text in write_files(take_out()).items()}
    acme = Insurer.objects.get(slug="acme")
    rename_insurer(acme, slug="zenith", name="Zenith", why=WHY, by=anna)
    imported = preview_import(files, by=anna)
    assert not imported.writes
    assert [one.what for one in imported.steps if one.outcome is Outcome.RENAMED] == [
        "insurer acme is zenith now, and is taken as that",
        "acme--one.yaml is zenith--one now, and is taken as that",
    ]
    # One record alone finds its insurer too.
    alone = preview_import({"acme--one.yaml": files["acme--one.yaml"]}, by=anna)
    assert [one.outcome for one in alone.steps] == [Outcome.RENAMED]


@pytest.mark.django_db
def test_a_files_word_on_an_address_is_taken_until_an_editor_writes_to_it(
    folder: Path, anna: User, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder, '"2026-11-02"', '"2026-11-20"')
    with pytest.raises(CommandError, match=r"address of acme \(appeal, commercial\): Appeals, PO"):
        call_command("load_policies", str(folder), "--check")
    call_command("load_policies", str(folder), verbosity=0)
    row = AppealAddress.objects.get()
    assert row.read_on == "2026-11-20"
    read_again(row, on=ON, by=anna)
    call_command("load_policies", str(folder), verbosity=0)
    assert AppealAddress.objects.get().read_on == "2026-11-25"
    assert "Kept as edited at the desk: address Acme, appeal" in capsys.readouterr().err


@pytest.mark.django_db
def test_an_address_that_is_new_in_a_file_is_added_and_a_faulty_one_is_named_by_its_line(
    folder: Path, anna: User
) -> None:
    change(folder, "PO Box 1", "PO Box 2")
    files = {"insurers.yaml": (folder / "insurers.yaml").read_bytes()}
    steps = preview_import(files, by=anna).steps
    assert [one.outcome for one in steps] == [Outcome.NEW_ADDRESS]
    call_command("load_policies", str(folder), verbosity=0)
    assert AppealAddress.objects.count() == 2
    change(folder, "Springfield, IL 62701", "Springfield")
    with pytest.raises(
        CommandError, match=r"insurers.yaml, line 8: insurers\[0\].appeal_addresses"
    ):
        call_command("load_policies", str(folder), verbosity=0)


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "insurers.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
