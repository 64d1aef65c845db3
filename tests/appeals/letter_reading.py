"""Reads a letter: its text, the text of one block, and the order of its blocks."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from appeals.denied import DeniedCase
from appeals.letters import LetterContent, compose
from appeals.letters.case import Value
from appeals.letters.content import sentences
from tests.appeals.letter_cases import make_letter, told


def letter(
    kind: str,
    voice: str = "patient",
    *,
    denied: DeniedCase | None = None,
    enclosures: Iterable[str] = ("denial_notice",),
    without: Iterable[str] = (),
    facts: Mapping[str, Value] = MappingProxyType({}),
    **more: Value,
) -> LetterContent:
    """A letter of this kind with the facts of the sample and some more."""
    return compose(
        make_letter(
            kind,
            voice,
            denied=denied,
            enclosures=enclosures,
            facts=told(without=without, **{**facts, **more}),
        )
    )


def text_of(content: LetterContent) -> str:
    return " ".join(one.text for one in sentences(content))


def ids(content: LetterContent) -> list[str]:
    return [one.id for one in content.blocks]


def block_text(content: LetterContent, name: str) -> str:
    """What one block says; empty where the letter has none of that name."""
    blocks = tuple(one for one in content.blocks if one.id == name)
    return " ".join(one.text for one in list(sentences(replace(content, blocks=blocks)))[1:])


def stands_in_order(content: LetterContent, *names: str) -> bool:
    """Whether these blocks stand, in this order."""
    found = [one for one in ids(content) if one in names]
    return found == list(names)
