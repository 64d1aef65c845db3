"""How letters open that stand beside an appeal: no urgency of their own, and to another desk."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from appeals.letters.blocks.parts import Writer
from appeals.letters.content import Element, Lines, Paragraph
from appeals.letters.draft import Draft
from appeals.letters.kinds import LetterKind
from policies.language import said

# The standard of a fast decision is no standard for papers, bills or a complaint.
NEVER_EXPEDITED = (
    LetterKind.DOCUMENTS_REQUEST,
    LetterKind.PARITY_REQUEST,
    LetterKind.GOOD_CAUSE,
    LetterKind.REPRESENTATIVE,
    LetterKind.COMPLAINT,
    LetterKind.EMPLOYER_EXCEPTION,
    LetterKind.RETROSPECTIVE_AUTHORIZATION,
    LetterKind.CORRECTED_CLAIM,
    LetterKind.OUT_OF_NETWORK_CLAIM,
)
FOR_PAPERS = (LetterKind.DOCUMENTS_REQUEST, LetterKind.PARITY_REQUEST)
FOR_CLAIMS = (
    LetterKind.RETROSPECTIVE_AUTHORIZATION,
    LetterKind.CORRECTED_CLAIM,
    LetterKind.OUT_OF_NETWORK_CLAIM,
)


def plain_subject(draft: Draft) -> Iterator[Element]:
    """What it is, in one strong line."""
    yield Lines((draft.form(said(draft.plan.title)),), is_strong=True)


def to_the_plan(draft: Draft) -> Iterator[Element]:
    """To the plan, for nobody reviews a request for papers."""
    yield Paragraph((draft.form(_("To the plan:")),))


def to_claims(draft: Draft) -> Iterator[Element]:
    """To those who work on claims."""
    yield Paragraph((draft.form(_("To the claims department:")),))


def answer_in_writing(draft: Draft) -> Iterator[Element]:
    """What has to come back, and with what if the answer is no."""
    yield Paragraph(
        (
            draft.form(
                _(
                    "Please answer in writing. If the answer is no, in whole or in part, please "
                    "give the reason and say how to appeal."
                )
            ),
        )
    )


BLOCKS: Mapping[str, Writer] = MappingProxyType(
    {
        **{f"{kind}.subject": plain_subject for kind in NEVER_EXPEDITED},
        **{f"{kind}.greeting": to_the_plan for kind in FOR_PAPERS},
        **{f"{kind}.greeting": to_claims for kind in FOR_CLAIMS},
    }
)
