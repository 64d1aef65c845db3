"""The pages of a PDF: the text that stands in the file, or a picture where that is no use."""

import ctypes
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from appeals.notices.lines import lines_of
from appeals.notices.pages import (
    MOST_PAGES,
    LetterError,
    Page,
    Refusal,
    Word,
    is_unreadable,
    placed_word,
)

MOST_SIGNS = 30_000  # on one page; a full page of small print has 8,000
_RENDERED_DPI = 225
_RENDERED_PIXELS = 7_000_000
# A fax stamps its line of numbers over the picture of a page; a letter has more to say.
_LITTLE_TEXT = 400
_UNREADABLE_SHARE = 0.2
# A page of this many words without one of these has a font whose signs mean other signs.
_WORDS_TO_JUDGE = 40
_COMMON_WORDS = frozenset(
    ("the", "of", "to", "and", "in", "is", "de", "la", "el", "que", "en", "y")
)


def open_pdf(raw: bytes) -> pypdfium2.PdfDocument:
    try:
        pdf = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise LetterError(Refusal.ENCRYPTED if locked else Refusal.BROKEN) from None
    if len(pdf) > MOST_PAGES:
        raise LetterError(Refusal.TOO_MANY_PAGES)
    return pdf


def pages_of(pdf: pypdfium2.PdfDocument) -> Iterator[Page | Image.Image]:
    """Each page as its own text, or as a picture to be read; what is filled in belongs to it."""
    try:
        pdf.init_forms()
        for index in range(len(pdf)):
            if pdf.formenv:
                pdf[index].flatten()
            page = pdf[index]
            yield _page_of_text(page, index + 1) or _picture_of(page)
    except pypdfium2.PdfiumError:
        raise LetterError(Refusal.BROKEN) from None


@dataclass(slots=True)
class _Text:
    """What the text layer of one page says, and how far it may be believed."""

    words: list[Word]
    signs: int = 0
    unreadable: int = 0
    turned: int = 0

    @property
    def is_garbage(self) -> bool:
        if self.unreadable > self.signs * _UNREADABLE_SHARE:
            return True
        if len(self.words) < _WORDS_TO_JUDGE:
            return False
        return _COMMON_WORDS.isdisjoint(word.text.lower() for word in self.words)

    @property
    def is_turned(self) -> bool:
        return self.turned * 2 > len(self.words)


def _page_of_text(page: pypdfium2.PdfPage, number: int) -> Page | None:
    """The page from its own text; None if a person sees something else on it."""
    text = _text_of(page)
    if text.is_garbage or text.is_turned or _is_picture(page, text):
        return None
    return Page(number, lines_of([word] for word in text.words), is_scanned=False, sureness=1.0)


def _is_picture(page: pypdfium2.PdfPage, text: _Text) -> bool:
    drawn = list(page.get_objects(max_depth=3))
    if not text.words:
        return bool(drawn)
    left, bottom, right, top = page.get_bbox()
    area = (right - left) * (top - bottom)
    text_since_picture = True
    for one in drawn:
        if one.type == pdfium.FPDF_PAGEOBJ_TEXT:
            text_since_picture = True
        elif one.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = one.get_bounds()
            if (right - left) * (top - bottom) > area / 2:
                if text.signs < _LITTLE_TEXT:
                    return True
                text_since_picture = False
    return not text_since_picture  # a picture that hides the text under it


def _text_of(page: pypdfium2.PdfPage) -> _Text:
    layer = page.get_textpage()
    count = layer.count_chars()
    if count > MOST_SIGNS:
        raise LetterError(Refusal.BROKEN)
    text = _Text(words=[])
    signs: list[tuple[str, int]] = []
    for index in range(count):
        sign = chr(min(pdfium.FPDFText_GetUnicode(layer, index), sys.maxunicode))
        if pdfium.FPDFText_IsHyphen(layer, index):
            sign = "-"
        if sign.isspace() or not _is_visible(layer, index):
            _add_word(text, signs, layer)
            signs = []
        else:
            text.signs += 1
            text.unreadable += is_unreadable(sign)
            signs.append((sign, index))
    _add_word(text, signs, layer)
    return text


def _is_visible(layer: pypdfium2.PdfTextPage, index: int) -> bool:
    """Whether a sign is drawn at all: scanners put what they read under the picture, unseen."""
    drawn = pdfium.FPDFText_GetTextObject(layer, index)
    return not drawn or (
        pdfium.FPDFTextObj_GetTextRenderMode(drawn) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    )


def _add_word(text: _Text, signs: list[tuple[str, int]], layer: pypdfium2.PdfTextPage) -> None:
    if not signs:
        return
    boxes = [_box_on_page(layer, index) for _, index in signs]
    word = placed_word(
        "".join(sign for sign, _ in signs),
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    if word:
        text.words.append(word)
        text.turned += _runs_off(boxes[0], boxes[-1])


_Box = tuple[float, float, float, float]


def _runs_off(first: _Box, last: _Box) -> bool:
    """Whether a word goes up, down or back instead of on to the right."""
    onward = last[0] + last[2] - first[0] - first[2]
    downward = abs(last[1] + last[3] - first[1] - first[3])
    return onward < 0 or downward > onward


_DEVICE = 100_000  # a page of so many steps each way: fine enough for any word


def _box_on_page(layer: pypdfium2.PdfTextPage, index: int) -> _Box:
    """A sign's box as the page is shown: cropped, turned, and in fractions from the top left."""
    left, bottom, right, top = layer.get_charbox(index, loose=True)
    across, down = [], []
    for x, y in ((left, top), (right, bottom)):
        to_right, to_bottom = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(layer.page, 0, 0, _DEVICE, _DEVICE, 0, x, y, to_right, to_bottom)
        across.append(to_right.value / _DEVICE)
        down.append(to_bottom.value / _DEVICE)
    return min(across), min(down), max(across), max(down)


def _picture_of(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise LetterError(Refusal.BROKEN)
    scale = min(_RENDERED_DPI / 72, math.sqrt(_RENDERED_PIXELS / (width * height)))
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture
