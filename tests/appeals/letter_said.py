"""A finished letter read sentence by sentence, each with what it rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from appeals.letters import LetterCase, LetterContent
from appeals.letters.content import Origin, Sentence, sentences_of
from appeals.letters.draft import fact_text
from appeals.letters.provenance import Source, UnknownBasisError, resolve
from policies.wording.phrases import lower_first

Fault = str
# What a person copied from a paper word for word, so that it may stand in quotation marks.
COPIED = ("stated_reason", "plan_quote", "unmet_line")
MARKS = '“”"'


@dataclass(frozen=True)
class Letter:
    """A finished letter with the case that it was written from."""

    content: LetterContent
    case: LetterCase

    @cached_property
    def said(self) -> tuple["Said", ...]:
        """Every sentence that is ours to answer for; what the writer put in is the writer's."""
        return tuple(self._read())

    def _read(self) -> Iterator["Said"]:
        yield Said(self.content.running, self.case)
        for block in self.content.blocks:
            if not block.is_authors:
                for element in block.elements:
                    for one in sentences_of(element):
                        yield Said(one, self.case)


@dataclass(frozen=True)
class Said:
    """A sentence in its case."""

    sentence: Sentence
    case: LetterCase

    @cached_property
    def text(self) -> str:
        return " ".join(self.sentence.text.split())

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """What it rests on, as far as that is there."""
        found = []
        for basis in self.sentence.rests_on:
            try:
                found.append(resolve(basis, self.case))
            except UnknownBasisError:
                continue
        return tuple(found)

    @cached_property
    def texts(self) -> str:
        """Everything that it may speak from."""
        return " ; ".join(" ".join(text.split()) for one in self.sources for text in one.texts)

    def of(self, *origins: Origin) -> tuple[Source, ...]:
        return tuple(one for one in self.sources if one.basis.origin in origins)

    def ids(self, origin: Origin) -> tuple[str, ...]:
        """The ids of one origin that it names, whether or not they are there."""
        return tuple(one.id for one in self.sentence.rests_on if one.origin is origin)

    @cached_property
    def is_form(self) -> bool:
        return {one.origin for one in self.sentence.rests_on} == {Origin.FORM}

    @cached_property
    def ours(self) -> str:
        """Its words without those of the person and without those of a document."""
        return self.without(())

    def without(self, others: Iterable[str]) -> str:
        """Its words without others, in whatever case they stand, and without those of a person."""
        text = self.text
        for words in sorted((*self.typed, *self.quoted, *others), key=len, reverse=True):
            text = text.replace(words, "…").replace(lower_first(words), "…")
        return text

    @cached_property
    def typed(self) -> tuple[str, ...]:
        """What the person wrote of which the sentence may hold a line, or all in one."""
        told = [
            fact_text(one.id, value)
            for one in self.sentence.rests_on
            if one.origin is Origin.FACT and (value := self.case.told.get(one.id))
        ]
        lines = [line for text in told for line in (*text.splitlines(), text)]
        return tuple(" ".join(one.split()).strip('“”"') for one in lines if one.strip())

    @cached_property
    def quoted(self) -> tuple[str, ...]:
        return tuple(" ".join(t.split()) for one in self.of(Origin.QUOTE) for t in one.texts)

    @cached_property
    def may_quote(self) -> tuple[str, ...]:
        """What it may put into quotation marks: a document's words, and what was copied."""
        copied = [
            " ".join(fact_text(one.id, value).split()).strip('“”"')
            for one in self.sentence.rests_on
            if one.origin is Origin.FACT
            and one.id in COPIED
            and (value := self.case.told.get(one.id))
        ]
        return (*self.quoted, *copied)

    def fault(self, what: str) -> Fault:
        bases = ", ".join(map(str, self.sentence.rests_on))
        return f"{what}: {self.text!r} <{bases}>"
