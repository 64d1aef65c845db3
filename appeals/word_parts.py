"""What a Word file needs beneath its words: styles, fields, numbering, and bytes that stay."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from appeals.letters.content import LetterContent
from policies.faults import printable

# On every computer that has Word; a fax keeps it.
FONT = "Cambria"
ADDRESS = "Address"
BOX = "☐"
LANGUAGES = {"en": "en-US", "es": "es-US"}
# A zip file holds no earlier day.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
# Where a tab stops, whether the text before it is pushed to its left, whether a line leads to it.
TabStop = tuple[Length, bool, bool]


def set_up(word: Document, content: LetterContent) -> None:
    """Letter paper, our few styles, the language, and what the file says of itself."""
    section = word.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    section.top_margin = section.bottom_margin = Inches(1)
    _set_styles(word)
    _set_language(word, content.language)
    about = word.core_properties
    about.title, about.language = printable(content.title), content.language
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = dt.datetime.combine(content.on, dt.time(), dt.UTC)
    about.revision = 1


def _set_styles(word: Document) -> None:
    styles = word.styles
    address = styles.add_style(ADDRESS, WD_STYLE_TYPE.PARAGRAPH)
    address.base_style = styles["Normal"]
    sizes = {"Normal": 11, "Title": 13, "Heading 1": 11.5, "Caption": 11, ADDRESS: 11}
    for name, size in sizes.items():
        style = _style(word, name)
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.bold = name in ("Title", "Heading 1", "Caption")
        _drop_theme_font(style)
        style.paragraph_format.space_before = Pt(10 if name in ("Title", "Heading 1") else 0)
        style.paragraph_format.space_after = Pt(0 if name == ADDRESS else 6)
        style.paragraph_format.keep_with_next = name in ("Title", "Heading 1", "Caption")
    for border in styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    hanging = _style(word, "List Paragraph").paragraph_format
    hanging.left_indent, hanging.first_line_indent = Inches(0.3), Inches(-0.3)
    hanging.tab_stops.add_tab_stop(Inches(0.3))


def _style(word: Document, name: str) -> ParagraphStyle:
    style = word.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is no style of paragraphs.")
    return style


def _drop_theme_font(style: ParagraphStyle) -> None:
    """The theme's font would win over the one that is named."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for part in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{part}"), None)
    for part in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{part}"), FONT)


def _set_language(word: Document, language: str) -> None:
    for found in word.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), LANGUAGES[language])


def tab_stops(line: Paragraph, *stops: TabStop) -> None:
    for position, is_right, is_line in stops:
        line.paragraph_format.tab_stops.add_tab_stop(
            position,
            WD_TAB_ALIGNMENT.RIGHT if is_right else WD_TAB_ALIGNMENT.LEFT,
            WD_TAB_LEADER.HEAVY if is_line else WD_TAB_LEADER.SPACES,
        )


def add_page_number(line: Paragraph) -> None:
    """Page x of y, which Word counts."""
    before, between, after = re.split(r"%\(pages?\)s", _("Page %(page)s of %(pages)s"))
    line.add_run(before)
    _add_field(line, "PAGE")
    line.add_run(between)
    _add_field(line, "NUMPAGES")
    line.add_run(after)


def _add_field(line: Paragraph, name: str) -> None:
    """What Word counts, with a number to show until it has."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    line._p.append(field)
    field.append(line.add_run("1")._r)


def add_notice(line: Paragraph, text: str, language: str) -> None:
    """A line in bold, in the middle, in a language of its own."""
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run(text)
    run.bold = True
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LANGUAGES[language])
    run._r.get_or_add_rPr().append(spoken)


def number_anew(word: Document, lines: Iterable[Paragraph]) -> None:
    """Count these from one; Word would go on from the list before."""
    style = word.styles["List Number"].element
    numbering = word.part.numbering_part.element
    known = numbering.num_having_numId(style.pPr.numPr.numId.val)
    fresh = numbering.add_num(known.abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    for line in lines:
        properties = line._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = fresh.numId


def mark_header_row(table: Table) -> None:
    """Repeat the first row on every page, as the header it is; break no row in two."""
    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
    _look(table, firstRow="1", firstColumn="0")


def mark_first_column(table: Table) -> None:
    """The labels stand in the first column, and no row is a header."""
    _look(table, firstRow="0", firstColumn="1")


def _look(table: Table, **parts: str) -> None:
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        table._tbl.tblPr.append(look)
    for name, value in parts.items():
        look.set(qn(f"w:{name}"), value)


def saved(word: Document) -> bytes:
    """The file with no clock in it: python-docx writes the hour into every part of the zip."""
    first, second = BytesIO(), BytesIO()
    word.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(second, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIP_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return second.getvalue()
