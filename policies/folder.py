"""A folder of catalogue files: one for the insurers, one for each document, one for its cases."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from policies.catalogue import Administration, AppealAddress, Document, FormerNames, Insurer
from policies.catalogue.insurers import read_insurers
from policies.catalogue.reading import read_document
from policies.catalogue.writing import write_document, write_insurers
from policies.catalogue.yaml_text import YamlText, read_yaml, write_yaml
from policies.current_names import Folder, under_current_names
from policies.faults import InputError
from policies.worked_cases import WorkedCase, read_cases, run_case, write_case

__all__ = [
    "CASES",
    "INSURERS",
    "Folder",
    "FolderError",
    "read_files",
    "read_folder",
    "write_files",
    "write_folder",
]

INSURERS = "insurers.yaml"
CASES = "cases"


class FolderError(Exception):
    """A folder that can't be loaded; `lines` says file, line, place and fix for every fault."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(lines))


def read_folder(path: Path, *, former: FormerNames | None = None) -> Folder:
    """Read every file; FolderError names every fault of all of them at once."""
    if not path.is_dir():
        raise FolderError([f"{path}: there is no such folder. Name one that holds {INSURERS}."])
    found = [*path.glob("*.yaml"), *(path / CASES).glob("*.yaml")]
    files = {file.relative_to(path).as_posix(): file.read_bytes() for file in found}
    return read_files(files, at=f"{path}/", former=former)


def read_files(
    files: Mapping[str, bytes],
    *,
    at: str = "",
    held: Folder | None = None,
    former: FormerNames | None = None,
) -> Folder:
    """Read files by their names in the folder, which is at `at`; FolderError names every fault.

    Beside what is `held` already, files may be some of a folder. What stands in them under a
    `former` name comes under that of now.
    """
    names = former or FormerNames()
    reader = _FolderReader(files, at, held, names)
    folder = reader.read()
    if reader.lines:
        raise FolderError(reader.lines)
    return under_current_names(folder, names)


def write_files(folder: Folder) -> dict[str, str]:
    """The files of a folder in the one canonical form, by their names in it."""
    insurers = write_insurers(folder.insurers.values(), folder.administrations, folder.addresses)
    files = {INSURERS: write_yaml(insurers)}
    for document in folder.documents:
        files[f"{document.stem}.yaml"] = write_yaml(write_document(document))
    for stem, cases in folder.cases.items():
        if cases:
            files[f"{CASES}/{stem}.yaml"] = write_yaml([write_case(case) for case in cases])
    return files


def write_folder(path: Path, folder: Folder) -> None:
    """Write the files of a folder."""
    (path / CASES).mkdir(parents=True, exist_ok=True)
    for name, text in write_files(folder).items():
        (path / name).write_text(text, encoding="utf-8")


class _FolderReader:
    """Reads file by file; a file with a fault is left out and reading goes on."""

    def __init__(
        self, files: Mapping[str, bytes], at: str, held: Folder | None, former: FormerNames
    ) -> None:
        self.files = files
        self.at = at
        self.held = held
        self.former = former
        self.lines: list[str] = []

    def read(self) -> Folder:
        insurers, administrations, addresses = self.insurers()
        known = self.by_every_name({**(self.held.insurers if self.held else {}), **insurers})
        documents = {}
        for name in sorted(self.files):
            if "/" not in name and name != INSURERS:
                document = self.document(name, known)
                if document is not None:
                    documents[document.stem] = document
        beside = {one.stem: one for one in self.held.documents} if self.held else {}
        cases = {}
        for name in sorted(self.files):
            if name.startswith(f"{CASES}/"):
                stem = Path(name).stem
                held = documents.get(stem) or beside.get(self.former.document(stem))
                cases[stem] = self.cases(name, held)
        return Folder(insurers, administrations, tuple(documents.values()), cases, addresses)

    def by_every_name(self, insurers: Mapping[str, Insurer]) -> dict[str, Insurer]:
        """The insurers by their keys, and by those they had before."""
        former = {
            slug: replace(insurers[now], slug=slug)
            for slug, now in self.former.insurers.items()
            if now in insurers
        }
        return {**former, **insurers}

    def insurers(
        self,
    ) -> tuple[Mapping[str, Insurer], tuple[Administration, ...], tuple[AppealAddress, ...]]:
        if INSURERS not in self.files:
            if self.held is None:
                self.lines.append(
                    f"{self.at}{INSURERS}: missing: it lists the insurers of the documents."
                )
            return {}, (), ()
        text = self.text(INSURERS)
        if text is not None:
            try:
                return read_insurers(text.data)
            except InputError as error:
                self.note(INSURERS, text, error)
        return {}, (), ()

    def document(self, name: str, insurers: Mapping[str, Insurer]) -> Document | None:
        text = self.text(name)
        if text is None:
            return None
        try:
            document = read_document(text.data, insurers)
        except InputError as error:
            self.note(name, text, error)
            return None
        if name != f"{document.stem}.yaml":
            line = text.line_of("slug")
            wanted = f"the file of this document is {document.stem}.yaml"
            self.lines.append(f"{self.at}{name}, line {line}: slug: {wanted}")
        return document

    def cases(self, name: str, document: Document | None) -> tuple[WorkedCase, ...]:
        text = self.text(name)
        if text is None:
            return ()
        try:
            cases = read_cases(text.data)
        except InputError as error:
            self.note(name, text, error)
            return ()
        if document is None:
            # A document with a fault of its own is named already.
            beside = Path(name).name
            if beside not in self.files:
                self.lines.append(f"{self.at}{name}: there is no document {beside} beside it")
            return ()
        for index, case in enumerate(cases):
            for wrong in run_case(case, document):
                line = text.line_of(f"[{index}]")
                self.lines.append(f"{self.at}{name}, line {line}: case {case.name!r}: {wrong}")
        return cases

    def text(self, name: str) -> YamlText | None:
        try:
            return read_yaml(self.files[name].decode("utf-8"))
        except UnicodeDecodeError as error:
            self.lines.append(f"{self.at}{name}: this is not UTF-8 text ({error.reason})")
        except InputError as error:
            self.lines.extend(f"{self.at}{name}, {fault}" for fault in error.faults)
        return None

    def note(self, name: str, text: YamlText, error: InputError) -> None:
        self.lines.extend(
            f"{self.at}{name}, line {text.line_of(fault.place)}: {fault}" for fault in error.faults
        )
