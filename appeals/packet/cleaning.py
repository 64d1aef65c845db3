"""A person's PDF made into Letter pages that hold what is seen, and nothing that runs.

The pages are built anew around what is drawn on the old ones; all that hangs beside the drawing,
such as attachments, links, form fields and their actions, stays behind.
"""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Object, Page, Pdf, Stream

from appeals.packet.pages import add_page, bounds_of, saved
from appeals.packet.parts import MOST_FILE_PAGES, Cleaned, PacketError, PacketRefusal
from appeals.packet.shrinking import shrink_pictures

# What one part of a page may unpack to, and all that is drawn; a page of a book has 50 kB.
MOST_UNPACKED = 64 * 1024 * 1024
MOST_UNPACKED_IN_ALL = 256 * 1024 * 1024
_MOST_FILTERS = 4
_LEAST_SIDE = 9  # in points; a page is larger
_RUNS = (Name.JavaScript, Name.Launch, Name.ImportData, Name.SubmitForm, Name.Rendition)
# What a drawing may carry beside itself: data about it, other files, a part of a file outside.
_BESIDE = (
    "/Metadata",
    "/PieceInfo",
    "/AF",
    "/OPI",
    "/Ref",
    "/StructParent",
    "/StructParents",
    "/LastModified",
    "/Alternates",
)
_OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")


def clean_pdf(raw: bytes) -> Cleaned:
    """Open, look through and rebuild; raises PacketError with the reason."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        dct_max_memory=MOST_UNPACKED,
        max_stream_filters=_MOST_FILTERS,
    )
    try:
        return _cleaned(raw)
    except pikepdf.PasswordError:
        raise PacketError(PacketRefusal.ENCRYPTED) from None
    # What pikepdf raises for a damaged file: for its shape, or for what is missing in it.
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        raise PacketError(PacketRefusal.BROKEN) from None


def _cleaned(raw: bytes) -> Cleaned:
    with Pdf.open(BytesIO(raw)) as pdf:
        count = len(pdf.pages)
        if not count:
            raise PacketError(PacketRefusal.BROKEN)
        if count > MOST_FILE_PAGES:
            raise PacketError(PacketRefusal.TOO_MANY_PAGES)
        if _runs(pdf):
            raise PacketError(PacketRefusal.SCRIPTED)
        _flatten(pdf)
        shrink_pictures(pdf)
        made = Pdf.new()
        for page in pdf.pages:
            _add(made, page)
        _strip(made)
        return Cleaned(saved(made), count)


def _flatten(pdf: Pdf) -> None:
    """Draw what was filled in and what was marked on the page, so that it stays."""
    form = pdf.Root.get("/AcroForm")
    if form is not None and form.get("/NeedAppearances", False):
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")


def _add(made: Pdf, page: Page) -> None:
    if page.obj.get("/Contents") is None:
        raise PacketError(PacketRefusal.BROKEN)
    form = page.as_form_xobject()
    form.BBox = page.cropbox  # what a viewer shows, and not what a printer trims to
    drawn = made.copy_foreign(form)
    left, bottom, right, top = bounds_of(drawn)
    if right - left < _LEAST_SIDE or top - bottom < _LEAST_SIDE:
        raise PacketError(PacketRefusal.BROKEN)
    add_page(made, drawn, (left, bottom, right, top), may_turn=True)


def _runs(pdf: Pdf) -> bool:
    """Whether a file would do something when it is opened, shown or clicked.

    The actions of form fields don't count: the forms of insurers check a date by them, and they
    stay behind with the fields.
    """
    root = pdf.Root
    names = root.get("/Names", Dictionary())
    form = root.get("/AcroForm", Dictionary())
    if "/JavaScript" in names or root.get("/NeedsRendering", False):
        return True
    if "/XFA" in form and not len(form.get("/Fields", ())):
        return True  # its pages are drawn by a program
    if any(_is_active(one) for one in (root.get("/OpenAction"), *_values(root.get("/AA")))):
        return True
    return any(_page_runs(page.obj) for page in pdf.pages) or any(map(_launches, pdf.objects))


def _page_runs(page: Object) -> bool:
    if any(map(_is_active, _values(page.get("/AA")))):
        return True
    for note in page.get("/Annots", ()):
        if note.get("/Subtype") == Name.Widget:
            continue
        if any(_is_active(one) for one in (note.get("/A"), *_values(note.get("/AA")))):
            return True
    return False


def _values(found: Object | None) -> Iterator[Object]:
    if isinstance(found, Dictionary):
        yield from found.as_dict().values()


def _is_active(action: Object | None) -> bool:
    """Whether an action is one that runs or sends, and does not only go to a page."""
    while isinstance(action, Dictionary):
        if action.get("/S") in _RUNS or "/JS" in action:
            return True
        following = action.get("/Next")
        if isinstance(following, pikepdf.Array):
            return any(map(_is_active, following))
        action = following
    return False


def _launches(one: Object) -> bool:
    """Whether anything in the file starts a program, wherever it hangs."""
    if isinstance(one, Stream):
        return one.stream_dict.get("/Subtype") == Name.PS
    return isinstance(one, Dictionary) and one.get("/S") == Name.Launch


def _strip(pdf: Pdf) -> None:
    """Take away what hangs beside the drawings, and refuse what unpacks without end."""
    unpacked = 0
    for one in pdf.objects:
        if not isinstance(one, Dictionary | Stream):
            continue
        for name in _BESIDE:
            if name in one:
                del one[name]
        if isinstance(one, Stream):
            for name in _OUTSIDE:
                if name in one:
                    del one[name]
            if one.get("/Subtype") != Name.Image:
                unpacked += len(one.read_bytes())
                if unpacked > MOST_UNPACKED_IN_ALL:
                    raise PacketError(PacketRefusal.BROKEN)
