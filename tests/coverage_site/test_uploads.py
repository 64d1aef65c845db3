"""What is sent stays in memory, and too much of it is noticed."""

import tempfile
from typing import NoReturn

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory
from pytest_django import Settings

LIMIT = 300_000  # several of the chunks in which a file comes


@pytest.fixture(autouse=True)
def a_small_limit_and_no_temporary_file(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("An upload went into a temporary file.")

    settings.FILE_UPLOAD_HANDLERS = ["coverage_site.uploads.InMemory"]
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = LIMIT
    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)


def received(raw: bytes) -> InMemoryUploadedFile:
    sent = {"letter": SimpleUploadedFile("letter.pdf", raw)}
    request = RequestFactory().post("/", {"before": "1", **sent, "after": "2"})
    assert request.POST.dict() == {"before": "1", "after": "2"}
    return request.FILES["letter"]  # type: ignore[return-value]


def test_a_file_at_the_limit_is_whole() -> None:
    raw = (bytes(range(256)) * LIMIT)[:LIMIT]
    assert received(raw).read() == raw


def test_a_file_above_it_is_there_and_is_seen_to_be_too_large() -> None:
    large = received(b"x" * LIMIT * 3)
    assert large.size == LIMIT * 3
    assert len(large.read()) == LIMIT + 1  # and no more was kept


def test_the_limit_is_for_all_files_together() -> None:
    files = [SimpleUploadedFile(f"{number}.png", b"x" * 200_000) for number in range(3)]
    request = RequestFactory().post("/", {"letter": files})
    kept = [len(one.read()) for one in request.FILES.getlist("letter")]
    assert kept == [200_000, LIMIT + 1 - 200_000, 0]
