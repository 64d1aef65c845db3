"""A letter as a Word file: the same blocks in the same order, in styles that Word knows."""

from collections.abc import Iterable, Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.section import _Header
from docx.shared import Inches, Length, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from appeals import word_parts
from appeals.letter_sheets import BlockSheet, LetterSheet
from appeals.letters.content import (
    Boxes,
    Element,
    Enclosed,
    Facts,
    Items,
    LetterContent,
    Lines,
    Paragraph,
    Sentence,
    Signature,
    Table,
)
from appeals.word_parts import ADDRESS, BOX
from policies.faults import printable

_TEXT_WIDTH = Inches(6.5)
_LABEL_WIDTH = Inches(1.7)
# Where the line to sign on ends, and where the one for the date begins.
_SIGN_TO, _DATE_FROM = Inches(4), Inches(4.4)


def render_word(content: LetterContent) -> bytes:
    """The letter to go on writing in; the same letter makes the same bytes."""
    with translation.override(content.language):
        word = Document()
        word_parts.set_up(word, content)
        sheet = LetterSheet(content)
        writer = _Writer(word, sheet)
        writer.write_margins()
        writer.write_body()
        return word_parts.saved(word)


class _Writer:
    """Writes one letter into one Word file."""

    def __init__(self, word: WordDocument, sheet: LetterSheet) -> None:
        self.word = word
        self.sheet = sheet
        self.content = sheet.content

    def write_margins(self) -> None:
        """Heads with the notices, what the letter is about and the page; the foot with the day."""
        section = self.word.sections[0]
        section.different_first_page_header_footer = True
        for header, is_first in ((section.first_page_header, True), (section.header, False)):
            line = header.paragraphs[0]
            word_parts.tab_stops(line, (_TEXT_WIDTH, True, False))
            if not is_first:
                self.say(line, [self.content.running])
            line.add_run("\t")
            word_parts.add_page_number(line)
            if not is_first:
                self.write_notices(header)
        for footer in (section.first_page_footer, section.footer):
            footer.paragraphs[0].add_run(_("Prepared %(day)s") % {"day": self.sheet.day})

    def write_notices(self, above: WordDocument | _Header) -> None:
        for notice in self.sheet.notices:
            word_parts.add_notice(above.add_paragraph(), notice.text, notice.language)

    def write_body(self) -> None:
        self.write_notices(self.word)
        if self.sheet.subject is None:
            self.word.add_paragraph(printable(self.content.title), "Title")
        for block in self.sheet.blocks:
            self.write_block(block)
        if self.sheet.has_index_at_end:
            self.word.add_paragraph(_("Enclosures"), "Heading 1")
            self.write_index(self.content.enclosures)
        if self.sheet.is_reviewed:
            line = self.word.add_paragraph(_("Prepared from records supplied. Reviewed by:"))
            line.add_run("\t")
            word_parts.tab_stops(line, (_TEXT_WIDTH, False, True))

    def write_block(self, block: BlockSheet) -> None:
        if block.heading:
            self.word.add_paragraph(printable(block.heading), "Heading 1")
        for part in block.parts:
            self.write(part.element)
        if block.has_index:
            self.write_index(self.content.enclosures)

    def write(self, element: Element) -> None:
        match element:
            case Paragraph():
                self.say(self.word.add_paragraph(), element.sentences)
            case Lines():
                self.write_lines(element)
            case Facts():
                self.write_facts(element)
            case Items():
                self.write_items(element)
            case Table():
                self.write_table(element)
            case Boxes():
                for item in element.items:
                    line = self.word.add_paragraph(f"{BOX}\t", "List Paragraph")
                    self.say(line, item)
            case Signature():
                self.write_signature(element)

    def write_lines(self, element: Lines) -> None:
        style = "Title" if element is self.sheet.subject else ADDRESS
        lines = [self.say(self.word.add_paragraph(style=style), [one]) for one in element.lines]
        for run in (run for line in lines if element.is_strong for run in line.runs):
            run.bold = True
        for line in lines[-1:]:
            line.paragraph_format.space_after = Pt(6)

    def write_facts(self, element: Facts) -> None:
        table = self.word.add_table(len(element.rows), 2)
        for (label, sentence), row in zip(element.rows, table.rows, strict=True):
            first, second = row.cells
            first.width, second.width = _LABEL_WIDTH, Length(_TEXT_WIDTH - _LABEL_WIDTH)
            line = first.paragraphs[0]
            line.style = ADDRESS
            line.add_run(printable(label)).bold = True
            second.paragraphs[0].style = ADDRESS
            self.say(second.paragraphs[0], [sentence])
        word_parts.mark_first_column(table)
        self.space_after()

    def write_items(self, element: Items) -> None:
        style = "List Number" if element.is_numbered else "List Bullet"
        lines = [self.say(self.word.add_paragraph(style=style), item) for item in element.items]
        if element.is_numbered:
            word_parts.number_anew(self.word, lines)

    def write_table(self, element: Table) -> None:
        if element.caption:
            self.word.add_paragraph(printable(element.caption), "Caption")
        table = self.word.add_table(1 + len(element.rows), len(element.columns), "Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        head, *rows = table.rows
        for cell, column in zip(head.cells, element.columns, strict=True):
            cell.paragraphs[0].style = ADDRESS
            cell.paragraphs[0].add_run(printable(column)).bold = True
        for row, cells in zip(rows, element.rows, strict=True):
            for cell, sentences in zip(row.cells, cells, strict=True):
                self.write_cell(cell, sentences)
        word_parts.mark_header_row(table)
        self.space_after()

    def write_cell(self, cell: _Cell, sentences: Sequence[Sentence]) -> None:
        """Each sentence on a line of its own."""
        line = cell.paragraphs[0]
        for place, sentence in enumerate(sentences):
            line = cell.add_paragraph() if place else line
            self.say(line, [sentence])
        for one in cell.paragraphs:
            one.style = ADDRESS

    def write_signature(self, element: Signature) -> None:
        """Kept on one page with what stands before it."""
        if self.word.paragraphs:
            self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        ink = self.word.add_paragraph()
        ink.paragraph_format.space_before = Pt(30)
        label = self.word.add_paragraph(_("Signature"), ADDRESS)
        ink.add_run("\t")
        word_parts.tab_stops(ink, (_SIGN_TO, False, True))
        if element.wants_date:
            ink.add_run("\t\t")
            word_parts.tab_stops(ink, (_DATE_FROM, False, False), (_TEXT_WIDTH, False, True))
            word_parts.tab_stops(label, (_DATE_FROM, False, False))
            label.add_run("\t" + _("Date"))
        ink.paragraph_format.space_after = Pt(0)
        lines = [ink, label]
        lines += [self.say(self.word.add_paragraph(style=ADDRESS), [one]) for one in element.lines]
        for line in lines[:-1]:
            line.paragraph_format.keep_with_next = True
        lines[-1].paragraph_format.space_after = Pt(8)

    def write_index(self, enclosures: Iterable[Enclosed]) -> None:
        """Numbers as the letter names them, which no list of Word's may change."""
        for one in enclosures:
            line = self.word.add_paragraph(f"{one.number}.\t", "List Paragraph")
            line.add_run(printable(one.label))
            if not one.is_on_hand:
                line.add_run(" ")
                line.add_run(f"[{_('to be added')}]").bold = True

    def say(self, line: WordParagraph, sentences: Sequence[Sentence]) -> WordParagraph:
        """Sentences that run on; a gap stands out in bold and brackets."""
        for place, sentence in enumerate(sentences):
            if place:
                line.add_run(" ")
            for piece in sentence.pieces:
                if isinstance(piece, str):
                    line.add_run(printable(piece))
                else:
                    line.add_run(printable(piece.mark)).bold = True
        return line

    def space_after(self) -> None:
        """Word joins a table to the next one, and leaves no room below it."""
        self.word.add_paragraph(style=ADDRESS)
