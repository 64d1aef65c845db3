"""The last screen: what can be taken away, and what is still missing in it."""

from dataclasses import dataclass

from appeals.letters.content import LetterContent
from appeals.presenting.letters.papers import FileView, present_files


@dataclass(frozen=True, slots=True)
class FinishView:
    """The finished letter, by what is asked before it is taken away."""

    is_draft: bool
    has_own_words: bool
    cautions: tuple[str, ...]
    files: tuple[FileView, ...]


def present_finish(content: LetterContent, *, cautions: tuple[str, ...]) -> FinishView:
    return FinishView(
        is_draft=content.is_draft,
        has_own_words=any(one.is_authors for one in content.blocks),
        cautions=cautions,
        files=present_files(content),
    )
