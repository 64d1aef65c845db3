"""A file sent to the desk: one record, or a zip of several, taken apart within limits."""

import io
import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from policies.folder import CASES, INSURERS, FolderError

MOST_PACKED = 2 * 1024 * 1024
MOST_FILES = 2000
MOST_IN_ONE = 1024 * 1024
MOST_IN_ALL = 8 * 1024 * 1024
NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.yaml")
# What computers add to a zip without being asked.
BESIDE = re.compile(r"(^|/)(__MACOSX/|\.[^./]|Thumbs\.db$|desktop\.ini$)")
ENCRYPTED = 1
# What Python's zipfile unpacks piece by piece; of the others it unpacks a whole file at once.
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises over a damaged file.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
AGAIN = re.compile(r" ?\(\d+\)(?=\.yaml$)")  # how browsers name a file that is there already


def read_upload(name: str, data: bytes) -> dict[str, bytes]:
    """The files of an upload by their names in a folder of records; FolderError says why not."""
    if len(data) > MOST_PACKED:
        raise FolderError([f"{name}: larger than {_megabytes(MOST_PACKED)}. Send less at once."])
    if name.lower().endswith(".zip"):
        return _read_zip(name, data)
    if name.endswith(".yaml"):
        return _read_one(AGAIN.sub("", name), data)
    raise FolderError([f"{name}: choose a file whose name ends in .yaml, or a .zip of such files."])


def _read_one(name: str, data: bytes) -> dict[str, bytes]:
    if len(data) > MOST_IN_ONE:
        raise FolderError([f"{name}: larger than {_megabytes(MOST_IN_ONE)}."])
    # Worked cases have the name of their document and stand in a folder of their own.
    is_cases = name != INSURERS and data.lstrip().startswith((b"- ", b"["))
    return {f"{CASES}/{name}" if is_cases else name: data}


def _read_zip(name: str, data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [
                one
                for one in archive.infolist()
                if not one.is_dir() and not BESIDE.search(one.filename)
            ]
            faults = _faults_of(name, entries)
            if faults:
                raise FolderError(faults)
            return _unpack(name, archive, entries)
    except DAMAGED as error:
        raise FolderError([f"{name}: this is not a zip that can be read ({error})."]) from error


def _faults_of(name: str, entries: list[zipfile.ZipInfo]) -> list[str]:
    """What is wrong with a zip before anything of it is unpacked."""
    if not entries:
        return [f"{name}: holds no files."]
    if len(entries) > MOST_FILES:
        return [f"{name}: holds {len(entries)} files, more than {MOST_FILES}. Send less at once."]
    faults = []
    seen = set()
    top = common_folder([one.filename for one in entries])
    for one in entries:
        inner = one.filename.removeprefix(top)
        if one.flag_bits & ENCRYPTED:
            faults.append(f"{name}, {one.filename}: is locked with a password; send it without.")
        elif one.compress_type not in PACKINGS:
            faults.append(f"{name}, {one.filename}: is packed in a rare way; zip it as usual.")
        elif not is_name(inner):
            faults.append(
                f"{name}, {one.filename}: not a name that a record has. A zip holds {INSURERS}, "
                f"<insurer>--<slug>.yaml and {CASES}/<insurer>--<slug>.yaml, and nothing else."
            )
        elif inner in seen:
            faults.append(f"{name}, {one.filename}: stands twice; keep one.")
        seen.add(inner)
    return faults


def common_folder(names: list[str]) -> str:
    """The one folder that everything is in, as a zip of a folder has it.

    >>> common_folder(["data/insurers.yaml", "data/cases/a--b.yaml"]), common_folder(["a--b.yaml"])
    ('data/', '')
    """
    tops = {PurePosixPath(one).parts[0] for one in names}
    top = f"{tops.pop()}/" if len(tops) == 1 else ""
    is_folder = top not in ("", f"{CASES}/", "../", "//")
    return top if is_folder and all(one.startswith(top) for one in names) else ""


def is_name(inner: str) -> bool:
    """Whether a record has this name in its folder.

    >>> [is_name(one) for one in ("a--b.yaml", "cases/a--b.yaml", "../a.yaml", "x/a.yaml", "a.py")]
    [True, True, False, False, False]
    """
    return NAME.fullmatch(inner.removeprefix(f"{CASES}/")) is not None


def _unpack(
    name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> dict[str, bytes]:
    """Unpack within the limits; what an entry says of its size is not believed."""
    top = common_folder([one.filename for one in entries])
    found = {}
    total = 0
    for one in entries:
        with archive.open(one) as packed:
            data = packed.read(MOST_IN_ONE + 1)
        total += len(data)
        if len(data) > MOST_IN_ONE:
            raise FolderError([f"{name}, {one.filename}: larger than {_megabytes(MOST_IN_ONE)}."])
        if total > MOST_IN_ALL:
            raise FolderError([f"{name}: unpacks to more than {_megabytes(MOST_IN_ALL)}."])
        found[one.filename.removeprefix(top)] = data
    return found


def _megabytes(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"
