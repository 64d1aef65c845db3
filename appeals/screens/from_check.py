"""From the check of a plan to a denial: what was told there is not asked again."""

import datetime as dt

from django.http import QueryDict

from appeals.forms.finder import PREFIX as KIND
from appeals.forms.notice import PREFIX as NOTICE
from appeals.law.finder import answers_from
from policies.catalogue import Catalogue
from policies.screens import situation_from
from policies.screens.memory import answers_in


def told_in_check(data: QueryDict, *, catalogue: Catalogue, on: dt.date) -> QueryDict:
    """The fields of a denial that the check has answered; none where it can't be read.

    The check's own fields stand beside them: a letter answers the plan's rule from those.
    """
    told = QueryDict(mutable=True)
    situation = situation_from(data, catalogue=catalogue, on=on)
    if situation is None:
        return told
    for name, value in answers_from(situation.plan).items():
        told[f"{KIND}-{name}"] = value
    told[f"{NOTICE}-treatment"] = situation.treatment
    for name, value in answers_in(data):
        told.appendlist(name, value)
    conditions = situation.to_json()["answers"].get("conditions")
    if conditions:
        told[f"{NOTICE}-condition"] = conditions[0]
    return told
