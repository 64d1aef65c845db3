"""Which of several conditions the treatment is for, in the fields of the check."""

from django.http import QueryDict

from policies import terms
from policies.forms.fields import UNKNOWN
from policies.forms.plan import PREFIX as PLAN
from policies.situation import Situation
from policies.terms.narrowing import narrowest

MAIN, OTHERS = f"{PLAN}-condition", f"{PLAN}-other_conditions"


def main_condition_in(data: QueryDict) -> str:
    """What was called the main condition; empty where nothing was."""
    main = str(data.get(MAIN) or "")
    return "" if main == UNKNOWN else main


def keep_main_condition(data: QueryDict, main: str) -> None:
    """What was called the main condition stays that, and whatever joins it stands after it."""
    named = [data.get(MAIN), *data.getlist(OTHERS)]
    if main in named:
        data[MAIN] = main
        data.setlist(OTHERS, [str(one) for one in named if one not in (main, None, "", UNKNOWN)])


def name_condition(data: QueryDict, after: Situation) -> None:
    """Name what the treatment is for, by word or by code, where it can be one thing alone."""
    coded = {one for code in after.icd10_codes for one in terms.conditions_of_code(code)}
    named = narrowest(after.conditions | coded)
    if len(named) == 1:
        data[MAIN] = named[0]
    elif named and after.conditions:
        # Which of them the person alone can say; none of them is lost meanwhile.
        data.pop(MAIN, None)
        data.setlist(OTHERS, sorted(after.conditions))
