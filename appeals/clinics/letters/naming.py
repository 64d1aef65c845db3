"""The part that is signed names who signs, and nobody else, whatever was written into it."""

import re
from collections.abc import Iterable, Iterator

from appeals.clinics.npi import LENGTH, is_npi
from appeals.letters.content import Block, LetterContent, Signature
from appeals.letters.edited_text import to_text
from appeals.letters.edits import OWN
from appeals.models import Clinician

UNSIGNED = (
    "The line to sign on is gone from the part Signature: undo the changes there, or put the part "
    "back."
)
NOT_NAMED = "The part Signature has words of your own that do not name {name}: undo them."
OTHER_NAMED = (
    "The part Signature has words of your own that name somebody else than {name}: “{line}”. Undo "
    "them, or choose the clinician who signs."
)
# As "Dr. Sample" or "Alex Sample, MD" names a person.
PERSON = re.compile(
    r"\bdr\b\.?\s|,\s*(?:m\.?d|d\.?o|n\.?p|p\.?a|pa-c|ph\.?d|psy\.?d|pmhnp|aprn|dnp|crna|rn)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(rf"(?<!\d)\d{{{LENGTH}}}(?!\d)")


def why_misnamed(composed: LetterContent, content: LetterContent, clinician: Clinician) -> str:
    """Why the letter as it is written can't be signed by this person; empty where it can."""
    return next(_against(composed, content, clinician), "")


def _against(
    composed: LetterContent, content: LetterContent, clinician: Clinician
) -> Iterator[str]:
    ours = {one.id: _lines(one) for one in composed.blocks if _is_signed(one)}
    written = [one for one in content.blocks if one.is_authors]
    if ours and not any(map(_is_signed, content.blocks)):
        yield UNSIGNED
    for block in written:
        if block.id in ours:
            yield from _in_signature(_lines(block), ours[block.id], clinician)
        elif block.id.startswith(OWN):
            yield from _in_own_words(_lines(block), clinician)


def _in_signature(lines: list[str], ours: list[str], clinician: Clinician) -> Iterator[str]:
    if str(clinician) in ours and str(clinician) not in lines:
        yield NOT_NAMED.format(name=clinician)
    others = [one.name.casefold() for one in _others(clinician)]
    for line in lines:
        plain = line.casefold()
        for own in (str(clinician), clinician.name):
            plain = plain.replace(own.casefold(), "")
        is_other = any(name in plain for name in others) or PERSON.search(plain)
        if line not in ours and (is_other or _has_other_npi(line, clinician)):
            yield OTHER_NAMED.format(name=clinician, line=line)


def _in_own_words(lines: list[str], clinician: Clinician) -> Iterator[str]:
    """A line that is nothing but another clinician would read as a signature."""
    named = {text.casefold() for one in _others(clinician) for text in (one.name, str(one))}
    for line in lines:
        if line.casefold() in named:
            yield OTHER_NAMED.format(name=clinician, line=line)


def _has_other_npi(line: str, clinician: Clinician) -> bool:
    said = "npi" in line.casefold().split()
    numbers = NUMBER.findall("".join(line.split()) if said else line)
    return any((said or is_npi(one)) and one != clinician.npi for one in numbers)


def _others(clinician: Clinician) -> Iterable[Clinician]:
    return clinician.clinic.clinicians.exclude(pk=clinician.pk)


def _is_signed(block: Block) -> bool:
    return any(isinstance(one, Signature) for one in block.elements)


def _lines(block: Block) -> list[str]:
    return [flat for line in to_text(block).splitlines() if (flat := " ".join(line.split()))]
