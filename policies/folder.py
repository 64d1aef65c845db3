"""A folder of catalogue files: one for the insurers, one for each document, one for its cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policies.catalogue import Administration, Document, Insurer
from policies.catalogue.insurers import read_insurers
from policies.catalogue.reading import read_document
from policies.catalogue.writing import write_document, write_insurers
from policies.catalogue.yaml_text import YamlText, read_yaml, write_yaml
from policies.faults import InputError
from policies.worked_cases import WorkedCase, read_cases, run_case, write_case

INSURERS = "insurers.yaml"
CASES = "cases"


class FolderError(Exception):
    """A folder that can't be loaded; `lines` says file, line, place and fix for every fault."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Folder:
    """What the files of a folder hold; cases are by the stem of their document."""

    insurers: Mapping[str, Insurer]
    administrations: tuple[Administration, ...]
    documents: tuple[Document, ...]
    cases: Mapping[str, tuple[WorkedCase, ...]] = field(default_factory=dict)


def read_folder(path: Path) -> Folder:
    """Read every file; FolderError names every fault of all of them at once."""
    if not path.is_dir():
        raise FolderError([f"{path}: there is no such folder. Name one that holds {INSURERS}."])
    reader = _FolderReader(path)
    folder = reader.read()
    if reader.lines:
        raise FolderError(reader.lines)
    return folder


def write_folder(path: Path, folder: Folder) -> None:
    """Write the files of a folder in the one canonical form."""
    (path / CASES).mkdir(parents=True, exist_ok=True)
    insurers = write_insurers(folder.insurers.values(), folder.administrations)
    _write(path / INSURERS, insurers)
    for document in folder.documents:
        _write(path / f"{document.stem}.yaml", write_document(document))
    for stem, cases in folder.cases.items():
        if cases:
            _write(path / CASES / f"{stem}.yaml", [write_case(case) for case in cases])


def _write(path: Path, data: object) -> None:
    path.write_text(write_yaml(data), encoding="utf-8")


class _FolderReader:
    """Reads file by file; a file with a fault is left out and reading goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: list[str] = []

    def read(self) -> Folder:
        insurers, administrations = self.insurers()
        documents = {}
        for file in sorted(self.path.glob("*.yaml")):
            if file.name != INSURERS:
                document = self.document(file, insurers)
                if document is not None:
                    documents[document.stem] = document
        cases = {}
        for file in sorted((self.path / CASES).glob("*.yaml")):
            cases[file.stem] = self.cases(file, documents.get(file.stem))
        return Folder(insurers, administrations, tuple(documents.values()), cases)

    def insurers(self) -> tuple[Mapping[str, Insurer], tuple[Administration, ...]]:
        file = self.path / INSURERS
        if not file.is_file():
            self.lines.append(f"{file}: missing: it lists the insurers of the documents.")
            return {}, ()
        text = self.text(file)
        if text is not None:
            try:
                return read_insurers(text.data)
            except InputError as error:
                self.note(file, text, error)
        return {}, ()

    def document(self, file: Path, insurers: Mapping[str, Insurer]) -> Document | None:
        text = self.text(file)
        if text is None:
            return None
        try:
            document = read_document(text.data, insurers)
        except InputError as error:
            self.note(file, text, error)
            return None
        if document.stem != file.stem:
            line = text.line_of("slug")
            self.lines.append(
                f"{file}, line {line}: slug: the file of this document is {document.stem}.yaml"
            )
        return document

    def cases(self, file: Path, document: Document | None) -> tuple[WorkedCase, ...]:
        text = self.text(file)
        if text is None:
            return ()
        try:
            cases = read_cases(text.data)
        except InputError as error:
            self.note(file, text, error)
            return ()
        if document is None:
            # A document with a fault of its own is named already.
            if not (self.path / file.name).is_file():
                self.lines.append(f"{file}: there is no document {file.name} beside it")
            return ()
        for index, case in enumerate(cases):
            for wrong in run_case(case, document):
                line = text.line_of(f"[{index}]")
                self.lines.append(f"{file}, line {line}: case {case.name!r}: {wrong}")
        return cases

    def text(self, file: Path) -> YamlText | None:
        try:
            return read_yaml(file.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            self.lines.append(f"{file}: this is not UTF-8 text ({error.reason})")
        except InputError as error:
            self.lines.extend(f"{file}, {fault}" for fault in error.faults)
        return None

    def note(self, file: Path, text: YamlText, error: InputError) -> None:
        self.lines.extend(
            f"{file}, line {text.line_of(fault.place)}: {fault}" for fault in error.faults
        )
