"""What people type into a letter stays text, and a page to print is fetched from our own files."""

from pathlib import Path
from typing import Any

import pytest

from appeals import pdf
from appeals.pdf import STATIC, PdfError, render_letter, render_pdf
from tests.appeals.letter_hostile import HOSTILE, UNPRINTABLE, with_text
from tests.appeals.reading import letters, pages_of, read


def test_what_was_typed_stays_text() -> None:
    made = render_letter(with_text(*HOSTILE))
    text = letters(" ".join(pages_of(made)))
    for typed in HOSTILE:
        assert text.count(letters(typed)) >= 8
    for page in read(made).pages:
        assert "/Annots" not in page
        assert not page.images


@pytest.mark.parametrize("sign", UNPRINTABLE.values(), ids=UNPRINTABLE)
def test_a_sign_that_no_page_shows_is_left_out(sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (text,) = pages_of(render_letter(with_text(f"treat{sign}ment")))
    assert text.count("treatment") >= 8
    monkeypatch.setattr(pdf, "render_to_string", lambda *_: f"<title>Test</title>treat{sign}ment")
    assert pages_of(render_pdf("", [None])) == ["treatment"]


def test_the_letter_is_fetched_from_nowhere_but_its_own_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fetched: list[str] = []
    fetch = pdf._OwnAssets.fetch  # noqa: SLF001

    def noting(self: Any, url: str, headers: Any = None) -> Any:
        fetched.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(pdf._OwnAssets, "fetch", noting)  # noqa: SLF001
    render_letter(with_text(*HOSTILE))
    assert {Path(one).name for one in fetched} == {
        "letter-print.css",
        "source-serif-4-print-400.ttf",
        "source-serif-4-print-700.ttf",
    }


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "file://localhost/etc/hostname",
        "../manage.py",
        "css/../../manage.py",
        "%2e%2e/manage.py",
        "css/%2e%2e/%2e%2e/manage.py",
        f"file://{STATIC}/../manage.py",
        "http://192.0.2.1/x.png",
        "https://192.0.2.1/x.png",
        "ftp://192.0.2.1/x.png",
        "//192.0.2.1/x.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "/etc/hostname",
    ],
)
@pytest.mark.parametrize("wanted", ['<img src="{}">', '<link rel="stylesheet" href="{}">'])
def test_nothing_outside_the_static_folder_is_fetched(
    wanted: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"<title>Test</title>{wanted.format(address)}"
    monkeypatch.setattr(pdf, "render_to_string", lambda *_: page)
    with pytest.raises(PdfError, match="A page to print could not be made"):
        render_pdf("", [None])


def test_a_link_that_leads_out_of_the_static_folder_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").symlink_to("/etc")
    monkeypatch.setattr(pdf, "STATIC", tmp_path)
    page = '<title>Test</title><img src="out/hostname">'
    monkeypatch.setattr(pdf, "render_to_string", lambda *_: page)
    with pytest.raises(PdfError, match="out/hostname"):
        render_pdf("", [None])
