"""Takes the published catalogue out of the database, as the files it can be loaded from."""

import io
import zipfile
from collections.abc import Container
from dataclasses import replace
from typing import Any

from policies.folder import Folder, write_files
from policies.models import Administration, AppealAddress, Insurer, Policy, WorkedCase
from policies.worked_cases import read_cases


def take_out() -> Folder:
    """The published catalogue as a folder holds it."""
    insurers = Insurer.objects.select_related("parent")
    links = Administration.objects.select_related("insurer__parent", "administrator__parent")
    addresses = AppealAddress.objects.select_related("insurer").order_by("insurer__slug", "pk")
    documents = tuple(policy.document() for policy in Policy.objects.listed())
    cases = published_cases()
    return Folder(
        insurers={one.slug: one.record() for one in insurers.order_by("slug")},
        administrations=tuple(link.record() for link in links),
        addresses=tuple(address.record() for address in addresses),
        documents=documents,
        cases={one.stem: read_cases(list(cases.get(one.stem, {}).values())) for one in documents},
    )


def published_cases() -> dict[str, dict[str, Any]]:
    """The newest case of each name beside published editions, by the stem of its document."""
    rows = WorkedCase.objects.filter(version__published_at__isnull=False).values_list(
        "version__policy__insurer__slug", "version__policy__slug", "name", "content"
    )
    newest: dict[str, dict[str, Any]] = {}
    for insurer, slug, name, content in rows.order_by("pk"):
        newest.setdefault(f"{insurer}--{slug}", {})[name] = content
    return {
        stem: {name: content for name, content in of_one.items() if content is not None}
        for stem, of_one in newest.items()
    }


def part_of(folder: Folder, stems: Container[str]) -> Folder:
    """Some documents with their cases, and all insurers, so that the part is a folder too."""
    return replace(
        folder,
        documents=tuple(one for one in folder.documents if one.stem in stems),
        cases={stem: cases for stem, cases in folder.cases.items() if stem in stems},
    )


def zipped(folder: Folder) -> bytes:
    """The files of a folder as one; the same catalogue gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in write_files(folder).items():
            # Without a moment of its own, which would differ from one export to the next.
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return out.getvalue()
