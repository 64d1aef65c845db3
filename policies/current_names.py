"""A folder of files under the names of now: what was renamed or merged does not come back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from policies.catalogue import Administration, AppealAddress, Document, FormerNames, Insurer
from policies.worked_cases import WorkedCase


@dataclass(frozen=True, slots=True)
class Folder:
    """What the files of a folder hold; cases are by the stem of their document.

    `renamed` tells what a file has under a former name, and what became of it.
    """

    insurers: Mapping[str, Insurer]
    administrations: tuple[Administration, ...]
    documents: tuple[Document, ...]
    cases: Mapping[str, tuple[WorkedCase, ...]] = field(default_factory=dict)
    addresses: tuple[AppealAddress, ...] = ()
    renamed: tuple[str, ...] = ()


def under_current_names(folder: Folder, former: FormerNames) -> Folder:
    """Put everything under the name it has now; what that name holds already goes before it."""
    renaming = _Renaming(former)
    insurers = renaming.insurers(folder)
    links = renaming.links(folder)
    addresses = renaming.addresses(folder)
    documents = renaming.documents(folder)
    taken = {one.stem for one in documents.values()}
    cases = {
        former.document(stem): held
        for stem, held in folder.cases.items()
        if stem in documents or former.document(stem) == stem or former.document(stem) not in taken
    }
    return Folder(
        insurers, links, tuple(documents.values()), cases, addresses, tuple(renaming.told)
    )


class _Renaming:
    """Goes through a folder part by part, and notes what it meets under a former name."""

    def __init__(self, former: FormerNames) -> None:
        self.former = former
        self.told: list[str] = []

    def insurers(self, folder: Folder) -> dict[str, Insurer]:
        found: dict[str, Insurer] = {}
        for slug, record in folder.insurers.items():
            now = self.former.insurer(slug)
            parent = self.former.insurer(record.parent)
            if now != slug and (now in folder.insurers or now in found):
                self.told.append(f"insurer {slug} is a part of {now} now: what it says is left")
                continue
            if now != slug:
                self.told.append(f"insurer {slug} is {now} now, and is taken as that")
            found[now] = replace(record, slug=now, parent="" if parent == now else parent)
        return found

    def links(self, folder: Folder) -> tuple[Administration, ...]:
        found: dict[tuple[str, str, str], Administration] = {}
        # What stands under the names of now goes first.
        for link in sorted(folder.administrations, key=self._is_former):
            insurer, administrator = map(self.former.insurer, (link.insurer, link.administrator))
            key = (insurer, administrator, link.benefit)
            if insurer == administrator or key in found:
                self.told.append(f"the link of {link.insurer} to {link.administrator} is left")
                continue
            found[key] = replace(link, insurer=insurer, administrator=administrator)
        return tuple(found.values())

    def _is_former(self, link: Administration) -> bool:
        named = (link.insurer, link.administrator)
        return any(self.former.insurer(one) != one for one in named)

    def addresses(self, folder: Folder) -> tuple[AppealAddress, ...]:
        found: list[AppealAddress] = []
        for address in folder.addresses:
            now = replace(address, insurer=self.former.insurer(address.insurer))
            if not any(now.is_same_as(one) for one in found):
                found.append(now)
        return tuple(found)

    def documents(self, folder: Folder) -> dict[str, Document]:
        """The documents by the stem of their file, which may be a former one."""
        held = {one.stem for one in folder.documents}
        found: dict[str, Document] = {}
        for document in folder.documents:
            now = self.former.document(document.stem)
            taken = {one.stem for one in found.values()}
            if now != document.stem and (now in held or now in taken):
                self.told.append(
                    f"{document.stem}.yaml is {now} now, whose own file goes before it"
                )
                continue
            if now != document.stem:
                self.told.append(f"{document.stem}.yaml is {now} now, and is taken as that")
            found[document.stem] = _renamed(document, now)
        return found


def _renamed(document: Document, stem: str) -> Document:
    insurer, _, slug = stem.partition("--")
    return replace(document, insurer=replace(document.insurer, slug=insurer), slug=slug)
