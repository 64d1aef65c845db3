"""Whatever is sent as a situation, a record or a zip is read whole, or refused with its faults."""

import io
import json
import zipfile
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policies.archive import MOST_IN_ALL, MOST_IN_ONE, NAME, read_upload
from policies.catalogue.yaml_text import write_yaml
from policies.folder import CASES, INSURERS, FolderError, read_files, write_files
from policies.screens.saved import SavedAnswersError, read_saved
from policies.situation import Situation, SituationError
from tests.fuzzing.mutating import mutated, mutated_bytes, mutated_text
from tests.real_catalogue import DATA, real_folder

SITUATIONS: list[Any] = [
    one.situation.to_json() for cases in real_folder().cases.values() for one in cases[:2]
]
# The shortest, so that a fault is as likely in the heart of one as in its tail.
RECORDS = {
    path.name: path.read_text()
    for path in sorted(DATA.glob("*--*.yaml"), key=lambda path: path.stat().st_size)[:12]
}
OF_CASES = {
    f"{CASES}/{name}": text
    for name in RECORDS
    if len(text := (DATA / CASES / name).read_text()) < 3_000
}


@given(data=mutated(SITUATIONS))
def test_a_situation_is_read_and_written_back_or_its_faults_have_a_place(data: Any) -> None:
    try:
        situation = Situation.from_json(data)
    except SituationError as error:
        assert error.faults
        assert all(str(one).strip() for one in error.faults)
    else:
        assert Situation.from_json(json.loads(json.dumps(situation.to_json()))) == situation


@given(
    raw=mutated(SITUATIONS).map(lambda data: json.dumps(data).encode())
    | mutated_bytes([json.dumps(one).encode() for one in SITUATIONS])
)
def test_saved_answers_become_fields_or_are_refused_in_words(raw: bytes) -> None:
    try:
        fields = read_saved(raw)
    except SavedAnswersError as error:
        assert error.faults
        assert all(one.strip() for one in error.faults)
    else:
        assert fields.urlencode()


def is_refused_or_kept(files: dict[str, bytes]) -> None:
    """Hold what files become to what they say, or their faults to naming a file."""
    try:
        folder = read_files(files, held=real_folder())
    except FolderError as error:
        assert error.lines
        assert all(line.startswith(tuple(files)) for line in error.lines), error.lines
    else:
        again = {name: text.encode() for name, text in write_files(folder).items()}
        assert read_files(again, held=real_folder()) == folder


@given(data=st.data())
def test_the_text_of_a_record_is_read_or_refused_by_its_name(data: st.DataObject) -> None:
    of_all = RECORDS | OF_CASES
    name = data.draw(st.sampled_from([*of_all]))
    text = data.draw(mutated_text([of_all[name]]))
    is_refused_or_kept({name: text.encode(errors="surrogatepass")})


PARSED: dict[str, Any] = {}


def parsed(name: str) -> Any:
    """A record as its YAML says; read once."""
    import yaml  # noqa: PLC0415 -- as the catalogue's own reader: every word is text

    if name not in PARSED:
        PARSED[name] = yaml.load((RECORDS | OF_CASES)[name], Loader=yaml.CBaseLoader)  # noqa: S506
    return PARSED[name]


@given(data=st.data())
def test_the_structure_of_a_record_is_read_or_refused_by_its_name(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*RECORDS, *OF_CASES]))
    text = write_yaml(data.draw(mutated([parsed(name)])))
    is_refused_or_kept({name: text.encode(errors="surrogatepass")})


NAMES = st.sampled_from(
    [
        "aetna--spravato.yaml",
        INSURERS,
        f"{CASES}/aetna--spravato.yaml",
        "data/aetna--spravato.yaml",
        "../up.yaml",
        "/etc/passwd",
        "c:\\x.yaml",
        "A.yaml",
        "__MACOSX/x.yaml",
        "cases/cases/x.yaml",
        "x" * 300 + ".yaml",
    ]
)


@st.composite
def zips(draw: st.DrawFn) -> bytes:
    """A zip of some files, by any packing."""
    packing = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", draw(packing)) as archive:
        for name in draw(st.lists(NAMES, max_size=4, unique=True)):
            size = draw(st.sampled_from([0, 1, 1, 1, 60_000]))
            archive.writestr(name, draw(st.binary(max_size=20)) * size)
    return file.getvalue()


@given(raw=zips().flatmap(lambda valid: mutated_bytes([valid], most=3)))
def test_a_zip_gives_files_of_plain_names_within_limits_or_is_refused(raw: bytes) -> None:
    try:
        files = read_upload("records.zip", raw)
    except FolderError as error:
        assert all(line.startswith("records.zip") for line in error.lines), error.lines
    else:
        assert files
        assert all(NAME.fullmatch(name.removeprefix(f"{CASES}/")) for name in files), files
        assert sum(map(len, files.values())) <= MOST_IN_ALL
        assert all(len(one) <= MOST_IN_ONE for one in files.values())
