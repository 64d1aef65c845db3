"""The files of the dataset as they are sent, each made once for a state of the catalogue and a day.

Where the day matters (what is in force, how sure it is) the catalogue's version does not change.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from policies.catalogue import Document
from policies.dataset import (
    LICENSE,
    LICENSE_URL,
    content_version,
    dataset,
    position_rows,
    to_csv,
    worked_cases,
)
from policies.dataset_schema import cases_schema, dataset_schema, table_description
from policies.exporting import published_cases, take_out, zipped
from policies.models import PolicyVersion
from policies.presenting.open_data import columns, value_lists
from policies.published import newest_event, published_catalogue

JSON = "application/json"
LICENSE_TEXT = f"""Ketamine Coverage: the catalogue of policies on ketamine and esketamine

The records, their arrangement and our words in them are under the Creative Commons Attribution 4.0
International license (CC BY 4.0): {LICENSE_URL}
Use them for anything, and name "Ketamine Coverage" as the source.

Not ours, and not under that license:
- Quotes are short, and stay the words of the insurers and of the others named beside them.
- Of CPT and SNOMED CT only code numbers are given. Their wording belongs to the American Medical
  Association and to SNOMED International, and is in none of these files.
- ICD-10-CM and HCPCS Level II codes are public.

Nothing here was confirmed by an insurer, and no record is a promise that a plan will pay.
"""


@dataclass(frozen=True, slots=True)
class Download:
    """A file as it is sent."""

    content_type: str
    body: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


def version() -> str:
    """The version of the catalogue, which changes exactly when its content does."""
    return _version(newest_event())


def download(name: str, *, on: dt.date, site: str) -> Download:
    """A file by its name; `site` is the address that links in it begin with."""
    return FILES[name](newest_event(), on, site)


def manifest(*, on: dt.date, site: str) -> Download:
    """The version, and what each file must be."""
    files = []
    for name in FILES:
        one = download(name, on=on, site=site)
        files.append(
            {
                "name": name,
                "url": f"{site}{reverse('open:file', args=[name])}",
                "content_type": one.content_type,
                "bytes": len(one.body),
                "sha256": one.sha256,
            }
        )
    about = {"content_version": version(), "made_on": on.isoformat(), "license": LICENSE}
    return _json({**about, "license_url": LICENSE_URL, "files": files})


@lru_cache(maxsize=1)
def _version(_event: object) -> str:
    newest = PolicyVersion.objects.aggregate(at=Max("published_at"))["at"]
    return content_version(
        published_catalogue(),
        published_cases(),
        published_on=timezone.localdate(newest) if newest else None,
    )


@lru_cache(maxsize=4)
def _policies_json(event: object, on: dt.date, site: str) -> Download:
    found = dataset(
        published_catalogue(),
        on=on,
        page_of=_page_of(site),
        content=_version(event),
        schema=f"{site}{reverse('open:file', args=['schema.json'])}",
    )
    return _json(found)


@lru_cache(maxsize=4)
def _policies_csv(_event: object, on: dt.date, site: str) -> Download:
    text = to_csv(position_rows(published_catalogue(), on=on, page_of=_page_of(site)))
    return Download("text/csv; charset=utf-8", text.encode())


def _schema(_event: object, _on: dt.date, site: str) -> Download:
    return _json(dataset_schema(f"{site}{reverse('open:file', args=['schema.json'])}"))


def _dictionary(_event: object, _on: dt.date, _site: str) -> Download:
    with override("en"):
        values = {one.column: one.values for one in value_lists()}
        return _json(table_description(columns(), values))


# Written anew after each edit alone: laying out so much YAML takes seconds.
@lru_cache(maxsize=1)
def _zip_of(_event: object) -> Download:
    return Download("application/zip", zipped(take_out()))


def _catalogue_zip(event: object, _on: dt.date, _site: str) -> Download:
    return _zip_of(event)


@lru_cache(maxsize=1)
def _cases_of(event: object, site: str) -> Download:
    schema = f"{site}{reverse('open:file', args=['cases.schema.json'])}"
    held = {one.stem: one for one in published_catalogue().documents}
    return _json(worked_cases(published_cases(), held, content=_version(event), schema=schema))


def _cases(event: object, _on: dt.date, site: str) -> Download:
    return _cases_of(event, site)


def _cases_schema(_event: object, _on: dt.date, site: str) -> Download:
    return _json(cases_schema(f"{site}{reverse('open:file', args=['cases.schema.json'])}"))


def _license(_event: object, _on: dt.date, _site: str) -> Download:
    return Download("text/plain; charset=utf-8", LICENSE_TEXT.encode())


Make = Callable[[object, dt.date, str], Download]
FILES: Mapping[str, Make] = {
    "policies.json": _policies_json,
    "policies.csv": _policies_csv,
    "schema.json": _schema,
    "policies.csv-metadata.json": _dictionary,
    "catalogue.zip": _catalogue_zip,
    "cases.json": _cases,
    "cases.schema.json": _cases_schema,
    "LICENSE.txt": _license,
}


def _json(found: Mapping[str, Any]) -> Download:
    return Download(JSON, json.dumps(found, ensure_ascii=False, indent=1).encode())


def _page_of(site: str) -> Callable[[Document], str]:
    def page(document: Document) -> str:
        path = reverse("policies:detail", args=[document.insurer.slug, document.slug])
        return f"{site}{path}"

    return page
