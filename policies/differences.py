"""Where two folders of the catalogue differ, in words: the files, and what the database holds."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from policies.catalogue import Document, Edition
from policies.catalogue.writing import (
    write_address,
    write_edition,
    write_head,
    write_insurer,
    write_link,
)
from policies.folder import CASES, INSURERS, Folder
from policies.worked_cases import write_case

IN_FILES = "only in the files"
IN_DATABASE = "only in the database"


def differences(files: Folder, held: Folder) -> list[str]:
    """Each document, insurer, link, address and case that is not the same, and what differs.

    What has a former name in the files is told first, and is compared under that of now.
    """
    return [*files.renamed, *_insurers(files, held), *_documents(files, held), *_cases(files, held)]


def _insurers(files: Folder, held: Folder) -> Iterator[str]:
    ours = {slug: write_insurer(one) for slug, one in files.insurers.items()}
    theirs = {slug: write_insurer(one) for slug, one in held.insurers.items()}
    yield from _pairs(f"{INSURERS}: ", ours, theirs)
    yield from _pairs(f"{INSURERS}: link ", _links(files), _links(held))
    yield from _pairs(f"{INSURERS}: address ", _addresses(files), _addresses(held))


def _links(folder: Folder) -> dict[str, dict[str, Any]]:
    return {
        f"of {one.insurer} to {one.administrator} ({one.benefit})": write_link(one)
        for one in folder.administrations
    }


def _addresses(folder: Folder) -> dict[str, dict[str, Any]]:
    """Each by whom and what it is for, and where it leads."""
    return {
        ", ".join(
            [
                f"of {one.insurer} ({one.use.label.lower()}",
                *([one.benefit.label.lower()] if one.benefit else []),
                *sorted(line.value for line in one.lines_of_business),
                *sorted(one.states),
            ]
        )
        + "): "
        + ", ".join(filter(None, (*one.postal, one.fax, one.phone, one.web))): write_address(one)
        for one in folder.addresses
    }


def _documents(files: Folder, held: Folder) -> Iterator[str]:
    ours = {one.stem: one for one in files.documents}
    theirs = {one.stem: one for one in held.documents}
    for stem in _in_order(ours, theirs):
        if stem not in theirs:
            yield f"{stem}.yaml: {IN_FILES}"
        elif stem not in ours:
            yield f"{stem}.yaml: {IN_DATABASE}"
        else:
            yield from _document(ours[stem], theirs[stem])


def _document(ours: Document, theirs: Document) -> Iterator[str]:
    names = _differing(write_head(ours), write_head(theirs))
    if names:
        yield f"{ours.stem}.yaml: {names}"
    editions = (
        {_name(one): write_edition(one) for one in sorted(document.editions, key=lambda e: e.order)}
        for document in (ours, theirs)
    )
    yield from _pairs(f"{ours.stem}.yaml: edition ", *editions)


def _name(edition: Edition) -> str:
    date = edition.effective.text if edition.effective else "without a date"
    return date if edition.revision == 1 else f"{date}, revision {edition.revision}"


def _cases(files: Folder, held: Folder) -> Iterator[str]:
    for stem in _in_order(files.cases, held.cases):
        written = (
            {case.name: write_case(case) for case in folder.cases.get(stem, ())}
            for folder in (files, held)
        )
        yield from _pairs(f"{CASES}/{stem}.yaml: case ", *written)


def _pairs(
    before: str, ours: Mapping[str, Mapping[str, Any]], theirs: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    for name in _in_order(ours, theirs):
        if name not in theirs:
            yield f"{before}{name}: {IN_FILES}"
        elif name not in ours:
            yield f"{before}{name}: {IN_DATABASE}"
        elif ours[name] != theirs[name]:
            yield f"{before}{name}: {_differing(ours[name], theirs[name])}"


def _differing(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> str:
    names = [name for name in _in_order(ours, theirs) if ours.get(name) != theirs.get(name)]
    verb = "differ" if len(names) > 1 else "differs"
    return f"{', '.join(names)} {verb}" if names else ""


def _in_order(ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """The names of both, those of the files first in their order."""
    return list(dict.fromkeys([*ours, *theirs]))
