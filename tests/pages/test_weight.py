"""The first visit to a public page weighs less than 100 kB, compressed as it is served.

Counted without a browser: the page, and every file that it names.
"""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

MOST = 100_000
HEADERS = 650
"""What a browser counted for the headers of one file, rounded up."""

ADDRESSES = [
    "/",
    "/check/",
    "/denied/",
    "/letters/",
    "/map/",
    "/policies/",
    "/policies/bcbs-ma/087/",
    "/insurers/bcbs-ma/",
    "/states/",
    "/states/pa/",
    "/data/",
    "/guide/",
    "/guide/appeals/",
    "/evidence/",
    "/evidence/?condition=treatment_resistant_depression",
]


def weight_of_file(address: str) -> int:
    path = finders.find(address)
    assert isinstance(path, str), address
    content = Path(path).read_bytes()
    # A font is compressed in itself.
    return HEADERS + (len(content) if path.endswith(".woff2") else len(gzip.compress(content)))


@pytest.mark.parametrize("language", ["", "/es"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_first_visit_is_light_and_asks_nobody_else(
    client: Client, address: str, language: str
) -> None:
    response = client.get(language + address, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert response["Content-Encoding"] == "gzip"
    page = gzip.decompress(response.content).decode()
    loaded = [
        *re.findall(r'<(?:script|img)[^>]*\ssrc="([^"]+)"', page),
        *re.findall(r'<use[^>]*\shref="([^"#]+)', page),
        *(
            href
            for rel, href in re.findall(r'<link\s+rel="([^"]+)"\s+href="([^"]+)"', page)
            if rel in ("preload", "stylesheet", "icon")
        ),
    ]
    files = {one.removeprefix("/static/") for one in loaded}
    assert "fonts/atkinson-hyperlegible-next.woff2" in files
    weight = HEADERS + len(response.content) + sum(map(weight_of_file, files))
    assert weight < MOST, f"{weight} bytes, {len(response.content)} of them the page itself"
