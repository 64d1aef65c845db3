"""The last screen: what can be taken away, and what is still missing in it."""

from dataclasses import dataclass

from appeals.law.arguments import EnclosureId, argument_data
from appeals.letters.content import LetterContent
from appeals.presenting.letters.missing import PAPER
from appeals.presenting.letters.papers import FileView, present_files
from policies.language import said


@dataclass(frozen=True, slots=True)
class FinishView:
    """The finished letter, by what is asked before it is taken away.

    `unmarked` are the papers that the letter needs and that nobody marked as on hand.
    """

    is_draft: bool
    has_own_words: bool
    cautions: tuple[str, ...]
    files: tuple[FileView, ...]
    unmarked: tuple[str, ...]


def present_finish(content: LetterContent, *, cautions: tuple[str, ...]) -> FinishView:
    known = argument_data().enclosures
    return FinishView(
        is_draft=content.is_draft,
        has_own_words=any(one.is_authors for one in content.blocks),
        cautions=cautions,
        files=present_files(content),
        unmarked=tuple(
            said(known[EnclosureId(one.id.removeprefix(PAPER))].label)
            for one in content.gaps
            if one.id.startswith(PAPER)
        ),
    )
