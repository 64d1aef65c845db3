"""Letter pages of a PDF: made from other pages and from pictures, with room for the number."""

from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from appeals.packet.parts import HEIGHT, WIDTH

Box = tuple[float, float, float, float]
# What is put on a page leaves free the foot, where the number goes, and what printers can't reach.
FOOT = 36
EDGE = 14
_ROOM = (WIDTH - 2 * EDGE, HEIGHT - FOOT - EDGE)
# A page that would have to shrink below this, and less so on its side, is turned.
_LEAST_SCALE = 0.82


def add_page(pdf: Pdf, drawn: Object, bounds: Box, *, may_turn: bool) -> None:
    """A Letter page with this on it, as large as goes, in the middle of its room."""
    left, bottom, right, top = bounds
    width, height = right - left, top - bottom
    is_turned = may_turn and _scale(width, height) < min(_LEAST_SCALE, _scale(height, width))
    across, up = (height, width) if is_turned else (width, height)
    scale = _scale(across, up)
    x = EDGE + (_ROOM[0] - across * scale) / 2
    y = FOOT + (_ROOM[1] - up * scale) / 2
    place: tuple[float, ...]
    if is_turned:  # its top to the left, as a book is turned
        place = (0, scale, -scale, 0, x + top * scale, y - left * scale)
    else:
        place = (scale, 0, 0, scale, x - left * scale, y - bottom * scale)
    matrix = " ".join(f"{one:.4f}" for one in place)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, WIDTH, HEIGHT]),
        Resources=Dictionary(XObject=Dictionary(Whole=drawn)),
        Contents=Stream(pdf, f"q {matrix} cm /Whole Do Q".encode()),
    )
    pdf.pages.append(Page(pdf.make_indirect(page)))


def bounds_of(drawn: Object) -> Box:
    """Where a drawing stands once its own matrix has turned it."""
    left, bottom, right, top = (float(one) for one in drawn.BBox)
    a, b, c, d, e, f = (float(one) for one in drawn.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return min(across), min(up), max(across), max(up)


def saved(pdf: Pdf) -> bytes:
    """The same bytes for the same PDF."""
    file = BytesIO()
    pdf.save(file, deterministic_id=True, compress_streams=True)
    return file.getvalue()


def _scale(width: float, height: float) -> float:
    return min(_ROOM[0] / width, _ROOM[1] / height)
