"""What to say of a letter first of all: that it may be no denial, or one of another plan."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.plan_types import PlanType
from appeals.notices.carried import CarriedLetter
from appeals.notices.finding.finds import FieldName, Kind

NOT_A_DENIAL = {
    Kind.APPROVAL: N_(
        "This reads like an approval, and not a denial. If it approves all that was asked for, "
        "there is nothing to appeal. Look for a part that it leaves out."
    ),
    Kind.BILL: N_(
        "This reads like a bill, and not a denial. The denial is another paper, often an "
        "“explanation of benefits”. Ask the plan for it."
    ),
    Kind.APPEAL_RECEIPT: N_(
        "This reads like a note that they got your appeal, and not like an answer. The time to act "
        "runs from the denial itself, or from the answer that is still to come."
    ),
    Kind.RECORDS_REQUEST: N_(
        "This reads like a request for records, and not a denial. Send what it asks for by the day "
        "it names, and keep proof."
    ),
    Kind.PAID_CLAIM: N_(
        "This reads like a claim that was paid, and not a denial. Look for a line that was not "
        "paid, and for the reason beside it."
    ),
    Kind.UNCLEAR: N_(
        "We could not tell whether this is a denial. Look for words like “denied”, “not approved” "
        "or “not covered”."
    ),
}
# Once or twice stands in the small print of any letter.
OFTEN = 3
NAMED = {
    "Medicare": {
        PlanType.ORIGINAL_MEDICARE,
        PlanType.MEDICARE_ADVANTAGE,
        PlanType.MEDICARE_PART_D,
    },
    "Medicaid": {PlanType.MEDICAID_MANAGED_CARE, PlanType.MEDICAID_FFS},
    "TRICARE": {PlanType.TRICARE},
    "FEHB": {PlanType.FEHB},
}


def cautions(letter: CarriedLetter | None, plan_types: Iterable[PlanType]) -> tuple[str, ...]:
    """What to say first of all: that it may be no denial, or one of another plan."""
    if letter is None:
        return ()
    found = []
    kind = letter.reading.first(FieldName.KIND)
    if kind is not None and (text := NOT_A_DENIAL.get(Kind(kind.value))):
        found.append(_(text))
    if letter.reading.is_cut:
        found.append(
            _("The letter is very long, and we looked only at its first part. Read the rest.")
        )
    words = Counter(
        word.strip(".,;:()®").casefold()
        for page in letter.pages
        for line in page.lines
        for word in line
    )
    for name, kinds in NAMED.items():
        if words[name.casefold()] >= OFTEN and not kinds & {*plan_types}:
            text = _(
                "The letter names %(name)s again and again, and you chose another kind of plan. Go "
                "back and change the plan if the letter is right."
            )
            found.append(text % {"name": name})
    return tuple(found)
