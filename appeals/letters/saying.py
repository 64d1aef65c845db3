"""Puts facts into sentences: what a sentence says and what it rests on are made in one step."""

import re

from appeals.letters.content import Basis, Gap, Origin, Piece, Sentence, Told

PLACE = re.compile(r"%\((\w+)\)s")
Words = Told | Gap


def say(template: str, *rests_on: Basis, **words: Words) -> Sentence:
    """A sentence from a template with named places, and the facts that fill them.

    A gap stays a gap in it. KeyError names a place that nothing fills.

    >>> name = Told("Sample Patient", (Basis(Origin.FACT, "patient_name"),))
    >>> one = say("I am %(name)s, member %(id)s.", name=name, id=Gap("member_id", "member ID"))
    >>> one.text
    'I am Sample Patient, member [member ID].'
    >>> [str(basis) for basis in one.rests_on]
    ['fact:patient_name', 'fact:member_id']
    """
    pieces: list[Piece] = []
    bases: list[Basis] = []
    for index, part in enumerate(PLACE.split(template)):
        if index % 2 == 0:
            _add(pieces, part.replace("%%", "%"))
            continue
        found = words[part]
        if isinstance(found, Gap):
            pieces.append(found)
            bases.append(Basis(Origin.FACT, found.id))
        else:
            _add(pieces, found.text)
            bases.extend(found.rests_on)
    return Sentence(tuple(pieces), tuple(dict.fromkeys((*bases, *rests_on))))


def _add(pieces: list[Piece], text: str) -> None:
    """Join text to text, so that no word is cut in two."""
    if not text:
        return
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] += text
    else:
        pieces.append(text)


def line(words: Words) -> Sentence:
    """A fact alone, as a line."""
    return say("%(fact)s", fact=words)


def form(text: str, kind: str) -> Sentence:
    """A sentence that every such letter has and that claims nothing, by the kind of letter."""
    return Sentence((text,), (Basis(Origin.FORM, kind),))


def listed(several: list[Told], joint: str = ", ") -> Told:
    """Some facts as one, with all that they rest on."""
    bases = tuple(dict.fromkeys(basis for one in several for basis in one.rests_on))
    return Told(joint.join(one.text for one in several), bases)
