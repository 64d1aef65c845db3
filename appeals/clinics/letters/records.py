"""What a letter of a case holds, as the plain record that is sealed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cattrs.gen import make_dict_unstructure_fn, override

from appeals.clinics.content import converter
from appeals.letters.content import Enclosed, LetterContent, Sentence
from appeals.letters.edits import Edits
from appeals.letters.kinds import Voice
from appeals.packet.parts import CoverFacts


@dataclass(frozen=True, slots=True)
class EnclosedRecord:
    """An enclosure of a signed letter: its number, and the documents or the letter that it is.

    `digests` are the hashes of the documents' pages, which older letters lack.
    """

    number: int
    paper: str
    label: str
    documents: tuple[str, ...] = ()
    letter: str = ""
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoingRecord:
    """Where a letter goes and how, and who sends it; `way` is a choice of how it is sent."""

    recipient: str
    lines: str = ""
    fax: str = ""
    way: str = ""
    sender: str = ""
    sender_phone: str = ""

    @property
    def cover(self) -> CoverFacts:
        return CoverFacts(
            recipient=self.recipient,
            sender=self.sender,
            sender_phone=self.sender_phone,
            fax=self.fax,
            is_fax=self.way == "fax",
        )


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """What was signed off: by the name that was typed, on which day, and what goes with it.

    `going` is None in a letter that was signed before it was kept.
    """

    name: str
    title: str
    running: str
    on: dt.date
    words: str
    enclosures: tuple[EnclosedRecord, ...] = ()
    going: GoingRecord | None = None

    def content(self, kind: str, voice: str) -> LetterContent:
        """The letter for the sheets around it; its own pages are the bytes that were signed."""
        return LetterContent(
            kind=kind,
            voice=voice,
            title=self.title,
            language="en",
            on=self.on,
            running=Sentence((self.running,), ()),
            blocks=(),
            enclosures=tuple(
                Enclosed(one.number, one.paper, one.label, is_on_hand=True)
                for one in self.enclosures
            ),
        )


# What an older letter lacks is not in its signature either.
converter.register_unstructure_hook(
    EnclosedRecord,
    make_dict_unstructure_fn(EnclosedRecord, converter, digests=override(omit_if_default=True)),
)
converter.register_unstructure_hook(
    SignedRecord,
    make_dict_unstructure_fn(SignedRecord, converter, going=override(omit_if_default=True)),
)


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """A letter: whose voice it has, what was changed in it, and once it is signed what was signed.

    Its facts are the case's. `pages_of` tells what the pages to be signed were made from, and
    `replaces` is the id of the signed letter whose place it takes.
    """

    voice: Voice
    order: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    replaces: str = ""
    pages_of: str = ""
    signed: SignedRecord | None = None

    @property
    def edits(self) -> Edits:
        return Edits(self.order, self.left_out, self.added, dict(self.texts))

    def with_edits(self, edits: Edits) -> "LetterRecord":
        """The same with other changes to its words."""
        return replace(
            self,
            order=edits.order,
            left_out=edits.left_out,
            added=edits.added,
            texts=dict(edits.texts),
        )


def likely_voice(voices: tuple[Voice, ...]) -> Voice:
    """Whose letter it is if nobody says: the clinician's, where one may sign it."""
    return Voice.CLINICIAN if Voice.CLINICIAN in voices else voices[0]
