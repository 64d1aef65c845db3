"""What to look at before this letter is signed and sent: who signs it, its language, its parts."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.letters import LetterCase, LetterContent, LetterKind, Voice
from appeals.letters.content import Block, Origin, sentences_of
from appeals.letters.facts import letter_facts
from policies.days import age_on
from policies.matcher import top_level
from policies.situation import Situation
from policies.sureness import Sureness
from policies.truth import Truth

ADULT_AT = 18
ADULT = N_("The patient is an adult. An adult signs, or names you with the authorization form.")
CHILD = N_("A parent often needs no such paper for a child: ask the plan first.")
# On the screen that is written in, and where it is too late for that.
WRITE_ENGLISH = N_("The letter goes out in English: write this in English, or have it translated.")
WROTE_IN_ANOTHER = N_(
    "The letter goes out in English, and what you wrote stands in it as you wrote it. If that is "
    "in another language, write it in English or have it translated."
)
MINOR_EVIDENCE = N_("The patient is under 18. Check whom each study enrolled before you cite it.")
SECOND_HAND = N_(
    "We know this rule only from others' accounts. Ask the plan for its own text, and leave this "
    "part out if the notice relies on another rule."
)
FALLS_SHORT = N_(
    "This part says where the record falls short. Give the reason for an exception, or check the "
    "answers it rests on."
)
# The parts that hold the record against the plan's rule.
OF_THE_RULE = ("criteria", "call_points")
BY_THE_RULE = frozenset({Origin.FINDING, Origin.QUOTE, Origin.POSITION})


def age_of(born_on: object, situation: Situation | None, *, on: dt.date) -> int | None:
    """The patient's age on a day, by the date of birth or as told in the check."""
    if isinstance(born_on, dt.date):
        return age_on(born_on, on)
    told = situation.answers.get("age") if situation is not None else None
    return told if isinstance(told, int) else None


def cautions_on_signing(voice: Voice | None, age: int | None, kind: LetterKind) -> Iterator[str]:
    """Where an age does not fit who signs, or what is signed."""
    if age is None:
        return
    if voice is Voice.PARENT and age >= ADULT_AT:
        yield _(ADULT)
    if kind is LetterKind.REPRESENTATIVE and age < ADULT_AT:
        yield _(CHILD)


def holds_own_words(case: LetterCase, content: LetterContent) -> bool:
    """Whether something stands in the letter as the writer typed it."""
    facts = letter_facts()
    is_told = any(facts[name].is_prose for name in case.told)
    return is_told or any(one.is_authors for one in content.blocks)


def cautions_on_part(block: Block, case: LetterCase, *, age: int | None) -> Iterator[str]:
    """What to check in one part before it is left as it is."""
    origins = {
        basis.origin
        for element in block.elements
        for one in sentences_of(element)
        for basis in one.rests_on
    }
    if Origin.STUDY in origins and age is not None and age < ADULT_AT:
        yield _(MINOR_EVIDENCE)
    if block.id not in OF_THE_RULE or origins.isdisjoint(BY_THE_RULE):
        return
    if case.checked is not None and case.checked.sureness is Sureness.SECOND_HAND:
        yield _(SECOND_HAND)
    if _falls_short(case):
        yield _(FALLS_SHORT)


def _falls_short(case: LetterCase) -> bool:
    position = case.position
    if position is None or position.findings is None:
        return False
    return any(one.truth is Truth.NOT_MET for one in top_level(position.findings))
