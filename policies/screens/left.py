"""What is left to ask of a person, where a record or a file may have begun an answer for them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from policies.asked import TREATMENTS, Questions
from policies.catalogue import Catalogue
from policies.questions import questions_for
from policies.situation import Situation


def questions_left(
    situation: Situation, *, catalogue: Catalogue, on: dt.date, asked: Collection[str]
) -> Questions:
    """What can still change a verdict; a list of treatments that nobody was asked for is open."""
    not_sure = frozenset(asked)
    found = questions_for(situation, catalogue=catalogue, on=on, not_sure=not_sure)
    if TREATMENTS in not_sure or not is_list_begun(situation):
        return found
    unlisted = replace(situation, treatments_tried=None, treatments_complete=None)
    again = questions_for(unlisted, catalogue=catalogue, on=on, not_sure=not_sure)
    # What the begun list settles for sure is not asked, whatever else the list will hold.
    kept = {one.name for one in found.in_order} | {TREATMENTS}
    in_order = tuple(one for one in again.in_order if one.name in kept)
    asks_list = any(one.name == TREATMENTS for one in in_order)
    return replace(
        found,
        in_order=in_order,
        treatment_fields=again.treatment_fields if asks_list else (),
        asked_by=again.asked_by if asks_list else found.asked_by,
    )


def is_list_begun(situation: Situation) -> bool:
    """Whether treatments stand in the list, and nobody said whether these are all."""
    return bool(situation.treatments_tried) and situation.treatments_complete is None
