"""The writes to passages that a clinic uses again; nothing in them is about a patient."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from appeals.letters.edits import Edits, with_added
from appeals.models import Clinic, TextBlock


class StaleBlockError(ValidationError):
    """Someone else saved the block since the form was shown; nothing was written."""

    def __init__(self, block: TextBlock) -> None:
        self.block = block
        super().__init__("Someone else changed this block meanwhile. Look at what they wrote.")


@transaction.atomic
def add_block(clinic: Clinic, told: Mapping[str, Any], *, by: User) -> TextBlock:
    """Keep a new passage; ValidationError where the clinic has one of this title."""
    block = TextBlock(clinic=clinic, edited_by=by)
    return _written(block, told)


@transaction.atomic
def change_block(
    block: TextBlock, told: Mapping[str, Any], *, based_on: str, by: User
) -> TextBlock:
    """Write what changed, and that it was read; letters that hold it keep what they hold."""
    held = TextBlock.objects.select_for_update().get(pk=block.pk)
    if held.edited_at.isoformat() != based_on:
        raise StaleBlockError(held)
    held.edited_by = by
    return _written(held, told)


def _written(block: TextBlock, told: Mapping[str, Any]) -> TextBlock:
    block.title, block.text = told["title"], told["text"]
    block.review_on = told["review_on"]
    block.full_clean()
    block.save()
    return block


def is_overdue(block: TextBlock, *, on: dt.date) -> bool:
    """Whether somebody should read it before it is used again."""
    return block.review_on <= on


def with_block(edits: Edits, block: TextBlock, *, part: str, words: str) -> tuple[Edits, str]:
    """The same with a passage behind the words of the open part, or as a part of its own.

    Gives the part that it stands in too; none where no further part fits.
    """
    if not part:
        after = with_added(edits)
        if after == edits:
            return edits, ""
        part, edits, words = after.added[-1], after, ""
    text = "\n\n".join(filter(None, (words.strip(), block.text)))
    return Edits(edits.order, edits.left_out, edits.added, {**edits.texts, part: text}), part
