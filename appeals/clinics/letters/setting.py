"""What a clinic's letter has besides its words: the letterhead, and where it is signed off."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from appeals.letters.content import (
    Basis,
    Block,
    Boxes,
    Element,
    Gap,
    LetterContent,
    Lines,
    Origin,
    Sentence,
    Signature,
)
from appeals.letters.kinds import Voice
from appeals.models import Clinic
from policies.wording.dates import date

SENDER = "sender"
SIGN_OFF = Gap("sign_off", "the clinician's sign-off")
OF_CLINIC = (Basis(Origin.FACT, "practice_name"),)


def with_letterhead(content: LetterContent, clinic: Clinic) -> LetterContent:
    """The letter under the clinic's own head, where a clinician writes."""
    if content.voice != Voice.CLINICIAN:
        return content
    head = Block(SENDER, "", (Lines(tuple(_head(clinic))),))
    others = tuple(one for one in content.blocks if one.id != SENDER)
    return replace(content, blocks=(head, *others))


def _head(clinic: Clinic) -> Iterator[Sentence]:
    ways = {"Phone": clinic.phone, "Fax": clinic.fax, "NPI": clinic.npi}
    numbers = "  ·  ".join(f"{name} {number}" for name, number in ways.items() if number)
    for text in (clinic.name, *clinic.address.splitlines(), numbers, *_typed(clinic.letterhead)):
        if text.strip():
            yield Sentence((text.strip(),), OF_CLINIC)


def _typed(text: str) -> list[str]:
    return text.splitlines()


def with_sign_off(
    content: LetterContent, *, signer: str = "", on: dt.date | None = None
) -> LetterContent:
    """The letter as it is signed off; a gap stands there until it is.

    Boxes are ticked by hand, and so whoever ticks them signs by hand as well.
    """
    if content.voice != Voice.CLINICIAN:
        return content
    has_boxes = any(isinstance(one, Boxes) for each in content.blocks for one in each.elements)
    line = _sign_off(signer, on)
    return replace(
        content,
        blocks=tuple(
            replace(
                block,
                elements=tuple(
                    made
                    for one in block.elements
                    for made in _signed(one, line, keeps_ink=has_boxes)
                ),
            )
            for block in content.blocks
        ),
    )


def _sign_off(signer: str, on: dt.date | None) -> Sentence:
    if not signer or on is None:
        return Sentence((SIGN_OFF,), ())
    return Sentence((f"Reviewed and signed electronically by {signer} on {date(on)}",), ())


def _signed(element: Element, line: Sentence, *, keeps_ink: bool) -> Iterator[Element]:
    if not isinstance(element, Signature):
        yield element
    elif keeps_ink:
        yield element
        yield Lines((line,))
    else:
        yield Lines((line, *element.lines))
