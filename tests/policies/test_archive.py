"""A file sent to the desk: what is taken of it, and what is refused in words."""

import io
import zipfile
from collections.abc import Callable

import pytest

from policies import archive
from policies.archive import read_upload
from policies.folder import FolderError


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """The same zip, claiming to want a password."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        held.infolist()[0].flag_bits |= 1
    at = data.rindex(b"PK\x01\x02") + 8
    return data[:at] + bytes([data[at] | 1]) + data[at + 1 :]


def misplaced(data: bytes) -> bytes:
    """The same zip, whose list of files claims to begin one byte later than it does."""
    at = data.rindex(b"PK\x05\x06") + 16
    begin = int.from_bytes(data[at : at + 4], "little") + 1
    return data[:at] + begin.to_bytes(4, "little") + data[at + 4 :]


def twice(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, b"1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr(name, b"2")
    return out.getvalue()


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param(
            {"insurers.yaml": b"a", "a--b.yaml": b"b", "cases/a--b.yaml": b"c"},
            {"insurers.yaml", "a--b.yaml", "cases/a--b.yaml"},
            id="a folder's files",
        ),
        pytest.param(
            {"data/a--b.yaml": b"b", "data/cases/a--b.yaml": b"c"},
            {"a--b.yaml", "cases/a--b.yaml"},
            id="a folder",
        ),
        pytest.param({"cases/a--b.yaml": b"c"}, {"cases/a--b.yaml"}, id="cases alone"),
        pytest.param(
            {
                "data/a--b.yaml": b"b",
                "__MACOSX/data/._a--b.yaml": b"x",
                "data/.DS_Store": b"x",
            },
            {"a--b.yaml"},
            id="what a Mac adds",
        ),
    ],
)
def test_a_zip_gives_the_files_of_a_folder(files: dict[str, bytes], found: set[str]) -> None:
    assert set(read_upload("some.zip", packed(files))) == found


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a--b.yaml", b"insurer: a", "a--b.yaml"),
        ("a--b (1).yaml", b"insurer: a", "a--b.yaml"),
        ("a--b.yaml", b"- name: a case", "cases/a--b.yaml"),
        ("insurers.yaml", b"- x", "insurers.yaml"),
    ],
)
def test_one_file_is_told_from_another_by_what_it_holds(name: str, data: bytes, found: str) -> None:
    assert read_upload(name, data) == {found: data}


WRONG_ZIPS: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"PK no", "not a zip that can be read"),
    "cut off": (lambda: packed({"a--b.yaml": b"x" * 999})[:60], "not a zip that can be read"),
    "empty": (lambda: packed({}), "holds no files"),
    "up": (lambda: packed({"../a--b.yaml": b""}), "not a name that a record has"),
    "up from within": (lambda: packed({"cases/../a--b.yaml": b""}), "not a name"),
    "from the root": (lambda: packed({"/etc/a.yaml": b""}), "not a name that a record has"),
    "a backslash": (lambda: packed({"cases\\..\\a.yaml": b""}), "not a name that a record has"),
    "a program": (lambda: packed({"a--b.yaml": b"", "run.exe": b""}), "run.exe: not a name"),
    "deeper": (lambda: packed({"a--b.yaml": b"", "x/y/z.yaml": b""}), "not a name"),
    "a zip in it": (lambda: packed({"a.zip": packed({"a--b.yaml": b""})}), "not a name"),
    "twice": (lambda: twice("a--b.yaml"), "stands twice"),
    "locked": (lambda: locked(packed({"a--b.yaml": b"x"})), "locked with a password"),
    "its list is not where it says": (lambda: misplaced(packed({"a--b.yaml": b"x"})), "not a zip"),
    "a bomb of the kind that is unpacked at once": (
        lambda: packed({"a--b.yaml": b"x" * archive.MOST_IN_ONE}, zipfile.ZIP_BZIP2),
        "packed in a rare way",
    ),
    "a large one": (
        lambda: packed({"a--b.yaml": b"x" * (archive.MOST_IN_ONE + 1)}),
        "a--b.yaml: larger than 1 MB",
    ),
    "a bomb": (
        lambda: packed({f"a--b{n}.yaml": b"x" * archive.MOST_IN_ONE for n in range(9)}),
        "unpacks to more than 8 MB",
    ),
    "too many": (
        lambda: packed({f"a--b{n}.yaml": b"" for n in range(archive.MOST_FILES + 1)}),
        "holds 2001 files, more than 2000",
    ),
    "larger than allowed": (
        lambda: packed({"a--b.yaml": b"x" * (archive.MOST_PACKED + 1)}, zipfile.ZIP_STORED),
        "larger than 2 MB",
    ),
}


@pytest.mark.parametrize(("make", "expected"), WRONG_ZIPS.values(), ids=WRONG_ZIPS)
def test_a_zip_that_is_not_what_it_should_be_is_refused_in_words(
    make: Callable[[], bytes], expected: str
) -> None:
    with pytest.raises(FolderError, match=expected):
        read_upload("some.zip", make())


def test_what_an_entry_says_of_its_size_is_not_believed() -> None:
    data = packed({"a--b.yaml": b"x" * (archive.MOST_IN_ONE + 1)})
    at = data.rindex(b"PK\x01\x02") + 24
    with pytest.raises(FolderError):
        read_upload("some.zip", data[:at] + (10).to_bytes(4, "little") + data[at + 4 :])


@pytest.mark.parametrize("name", ["a--b.yml", "a--b.txt", "insurers", "a.yaml.exe", ""])
def test_other_files_are_refused_by_their_name(name: str) -> None:
    with pytest.raises(FolderError, match=r"ends in \.yaml"):
        read_upload(name, b"insurer: a")


def test_one_large_record_is_refused() -> None:
    with pytest.raises(FolderError, match="larger than 1 MB"):
        read_upload("a--b.yaml", b"x" * (archive.MOST_IN_ONE + 1))
