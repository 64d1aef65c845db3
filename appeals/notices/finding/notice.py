"""A letter made ready to be read: its sentences, what each is about, and labels with values."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from appeals.notices.finding.dates import DateInText, dates_in
from appeals.notices.finding.finds import Kind
from appeals.notices.finding.layout import Cell
from appeals.notices.finding.text import GREETING, Span, Text
from appeals.notices.finding.words import NoticeWords
from appeals.notices.pages import Letter

_DEFINES = re.compile(r"(?P<term>[a-z][a-z ,/\n-]{4,44}): [a-z]")
_DAY_OF_MAY = re.compile(r"[ \n]may[ \n]\d")
_COVER = tuple(map(re.compile, (r"\bfax", r"\bto:", r"\bfrom:", r"\bpages?\b|\bpgs\b")))
# A cover sheet has few words.
LONGEST_COVER = 1500
FEWEST_TERMS = 3
_UNTICKED = re.compile(r"(?:[☐□]|\[ ?\]|\( ?\)|_{2,4} )")
_BOX = re.compile(r"[☐□☑☒]|\[ ?[xX✓]? ?\]|\( ?[xX✓]? ?\)|_{2,4} ")
# How far behind a box its words may begin: "[ ] A. Not needed".
NEAR_BOX = 40
# How far into a sentence "if you" or "you may" still governs all of it.
OPENING = 28
# Some three lines, in letters.
LINES_BEFORE = 220
LONGEST_HEADING = 12
# Page numbers and running heads are shorter than a line of text.
LONGEST_HEADER = 60
# The letterhead's part of the first page.
HEAD_ABOVE = 0.16


class Topic(StrEnum):
    """What a part of the letter is about, by the heading over it."""

    BODY = "body"
    DECISION = "decision"
    APPEAL = "appeal"
    OUTSIDE = "outside"
    KEEP = "keep"
    # Forms to fill in, lists of terms: to the end of their page they are about no one's case.
    FORM = "form"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    topic: Topic
    refuses: bool
    is_heading: bool
    is_conditional: bool
    is_boilerplate: bool
    # Of an earlier decision, of none yet, or of what is never this person's.
    is_aside: bool

    @property
    def decides(self) -> bool:
        """Whether it may say what was decided, and why."""
        return not (self.is_conditional or self.is_boilerplate or self.is_aside)


class Notice:
    """One letter with our wordings."""

    def __init__(self, letter: Letter, words: NoticeWords) -> None:
        self.words = words
        self.places = Text(letter, words.vocabulary)
        self.text = self.places.text

    @cached_property
    def dates(self) -> list[DateInText]:
        return dates_in(self.text)

    @cached_property
    def cover_page(self) -> int | None:
        """The first page where it is a fax's cover sheet and more pages follow."""
        first = self.places.first_page
        if not self.places.cells or self.places.cells[-1].page == first:
            return None
        end = next(one.start for one in self.places.cells if one.page != first)
        shown = self.text[: min(end, LONGEST_COVER)]
        is_cover = end <= LONGEST_COVER and all(sign.search(shown) for sign in _COVER)
        return first if is_cover else None

    @cached_property
    def sentences(self) -> list[Sentence]:
        topic, page = Topic.BODY, 0
        found = []
        boilerplate, glossary = self._boilerplate(), self._glossary()
        for span in self.places.sentences:
            is_heading = self._is_heading(span)
            here = self.places.cell_at(span.start).page
            if topic is Topic.FORM and here != page:
                topic = Topic.OTHER
            page = here
            if GREETING.match(self.text, span.start):
                topic = Topic.BODY
            elif is_heading and topic is not Topic.FORM and not self._is_head(span):
                topic = self._topic(span) or topic
            at = bisect_right(boilerplate, span.start, key=lambda one: one.start) - 1
            found.append(
                Sentence(
                    start=span.start,
                    end=span.end,
                    topic=topic,
                    refuses=self.words["refusal"].stand_in(self.text, span.start, span.end),
                    is_heading=is_heading,
                    is_conditional=self._is_conditional(span),
                    is_aside=self.words["asides"].stand_in(self.text, span.start, span.end),
                    is_boilerplate=topic is Topic.FORM
                    or span in glossary
                    or (at >= 0 and span.start < boilerplate[at].end),
                )
            )
        return found

    def _boilerplate(self) -> list[Span]:
        """From the sentence that names it to its paragraph's end, over a page's end too."""
        found: list[Span] = []
        is_open = False
        for paragraph in self.places.paragraphs:
            first = self.words["boilerplate"].first(self.text, paragraph.start, paragraph.end)
            shown = self.text[paragraph.start : paragraph.end].rstrip()
            if first is not None:
                # What stands well before it in the same paragraph may still be the letter's own.
                start = paragraph.start if is_open else self.places.sentence_at(first.start).start
                found.append(Span(start, paragraph.end))
                is_open = shown[-1:] not in ".!?)"
            elif is_open and len(shown) > LONGEST_HEADER:
                found.append(paragraph)
                is_open = shown[-1:] not in ".!?)"
        return found

    def _glossary(self) -> set[Span]:
        """Sentences that explain a term; one or two may be the letter's reasons."""
        found = {
            span
            for span in self.places.sentences
            if (term := _DEFINES.match(self.text, span.start, span.end))
            and self.words["terms"].compiled.fullmatch(self.text, *term.span("term"))
        }
        return found if len(found) >= FEWEST_TERMS else set()

    def _is_heading(self, span: Span) -> bool:
        shown = self.text[span.start : span.end]
        if shown[-1:] in ".,;" or len(shown) > 110 or re.search(r"\d{3}", shown):
            return False
        first, last = self.places.cell_at(span.start), self.places.cell_at(span.end - 1)
        words = len(shown.split())
        # In a row of a table a few words are the name of a column or a value.
        fewest = 1 if len(self.places.row_of(first)) == 1 else 4
        return (
            span.start == first.start
            and span.end >= last.end
            and fewest <= words <= LONGEST_HEADING
        )

    def _is_head(self, span: Span) -> bool:
        """Whether it stands among the letterhead and the subject line, where no rights are told."""
        cell = self.places.cell_at(span.start)
        return cell.page == self.places.first_page and cell.top < HEAD_ABOVE

    def _topic(self, span: Span) -> Topic | None:
        for name in self.words.names("topics"):
            if self.words[f"topics.{name}"].stand_in(self.text, span.start, span.end):
                return Topic.DECISION if name == "reasons" else Topic(name)
        return None

    def _is_conditional(self, span: Span) -> bool:
        """What may be or should be done, or a box that nobody ticked: no decision."""
        line = self.places.cell_at(span.start)
        start = max(line.start, span.start - NEAR_BOX)
        boxes = list(_BOX.finditer(self.text, start, min(span.start + 4, line.end)))
        if boxes and _UNTICKED.match(self.text, boxes[-1].start()):
            return True
        for one in self.words["conditional"].spans(self.text, span.start, span.end):
            if one.start - span.start >= OPENING:
                break
            # "You wrote to us on May 19" says what was.
            if not _DAY_OF_MAY.match(self.text, one.end - 4):
                return True
        asks = self.words["imperative"].first(self.text, span.start, span.end)
        return asks is not None and asks.start - span.start < 3

    def sentence_at(self, offset: int) -> Sentence:
        at = bisect_right(self.sentences, offset, key=lambda one: one.start) - 1
        return self.sentences[max(at, 0)]

    def has(self, name: str, part: Sentence | Span | Cell | None = None) -> bool:
        """Whether a list's wording stands in a part of the letter, or anywhere."""
        if part is None:
            return self.words[name].stand_in(self.text)
        return self.words[name].stand_in(self.text, part.start, part.end)

    def is_about_next_step(self, offset: int, kind: Kind) -> bool:
        """Whether the heading above, or the lines before, speak of what answers this decision."""
        topic = self.sentence_at(offset).topic
        if kind in (Kind.UPHELD_APPEAL, Kind.EXTERNAL_DECISION):
            return topic in (Topic.APPEAL, Topic.OUTSIDE) or self._follows_step(offset)
        if kind is Kind.APPEAL_RECEIPT:
            return topic in (Topic.BODY, Topic.DECISION, Topic.APPEAL, Topic.OTHER)
        if topic in (Topic.BODY, Topic.DECISION):
            return self._follows_step(offset)
        return topic is Topic.APPEAL

    def _follows_step(self, offset: int) -> bool:
        before = self.text[max(offset - LINES_BEFORE, 0) : offset]
        return self.words["contact.appeal"].stand_in(before)

    def before(self, offset: int, far: int = 60) -> str:
        """What stands before a value in its own cell."""
        cell = self.places.cell_at(offset)
        return self.text[max(cell.start, offset - far) : offset]

    def labels_of(self, offset: int) -> Iterator[str]:
        """What may name a value: words before it, else the cell left of it and those above."""
        own = self.before(offset)
        if own.strip(" :#.-("):
            yield own
            return
        cell = self.places.cell_at(offset)
        left = self.places.left_of(cell)
        if left is not None:
            yield self.places.of(left)
        for above in self.places.above(cell, far=2):
            yield self.places.of(above)
