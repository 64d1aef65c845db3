"""Which facts a letter asks, and on which screens: small groups, who signs first."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from appeals.letters import LetterCase
from appeals.letters.asking import is_asked_for
from appeals.letters.facts import FactGroup, letter_facts
from appeals.letters.kinds import Voice, kind_plan
from policies.truth import Truth

SIGNERS = {
    Voice.PATIENT: "patient_name",
    Voice.PARENT: "writer_name",
    Voice.REPRESENTATIVE: "writer_name",
    Voice.CLINICIAN: "clinician_name",
}
# What stands at the head and the foot of a letter, by who signs it.
HEAD = {
    Voice.PATIENT: ("patient_address", "patient_phone"),
    Voice.PARENT: ("writer_name", "writer_relation", "writer_address", "writer_phone"),
    Voice.REPRESENTATIVE: ("writer_name", "writer_relation", "writer_address", "writer_phone"),
    Voice.CLINICIAN: (
        "practice_name",
        "clinician_name",
        "clinician_specialty",
        "clinician_npi",
        "clinician_address",
        "clinician_phone",
    ),
}
ABOUT = "about"
WHO_SIGNS = N_("About you")
# A screen is a few groups of the vocabulary that are told from one paper.
PAGES: dict[str, tuple[str, tuple[FactGroup, ...]]] = {
    "writer": (WHO_SIGNS, (FactGroup.WRITER,)),
    "patient": (N_("The patient"), (FactGroup.PATIENT,)),
    "clinician": (N_("The treating clinician"), (FactGroup.CLINICIAN,)),
    "representative": (N_("Who acts for the patient"), (FactGroup.REPRESENTATIVE,)),
    "plan": (
        N_("Where it goes"),
        (FactGroup.PLAN, FactGroup.REGULATOR, FactGroup.EMPLOYER),
    ),
    "denial": (N_("What the notice says"), (FactGroup.DENIAL, FactGroup.LATE)),
    "request": (N_("What is asked for"), (FactGroup.REQUEST, FactGroup.NETWORK, FactGroup.BILL)),
    "story": (N_("How it is for the patient"), (FactGroup.STORY,)),
    "events": (
        N_("What happened, and what papers say"),
        (FactGroup.EVENTS, FactGroup.PLAN_LANGUAGE),
    ),
}
PAGE_OF_SIGNER = {
    Voice.PATIENT: "patient",
    Voice.PARENT: "writer",
    Voice.REPRESENTATIVE: "writer",
    Voice.CLINICIAN: "clinician",
}
# Where a letter does not need them, they stand folded up: few have them at hand.
FEW_HAVE = frozenset(
    {
        "policyholder_name",
        "group_number",
        "clinician_npi",
        "clinician_specialty",
        "practice_name",
        "clinician_address",
        "service_on",
        "codes",
        "diagnosis",
        "starts_on",
        "site_name",
        "rate",
        "interval",
        "course_spacing",
        "authorization_number",
    }
)


@dataclass(frozen=True, slots=True)
class Page:
    """A screen of facts; `folded` are those that few have at hand."""

    id: str
    title: str
    names: tuple[str, ...]
    folded: tuple[str, ...] = ()


def pages_for(case: LetterCase, *, known: frozenset[str]) -> tuple[Page, ...]:
    """The screens for a kind of letter and who signs it; `known` need not be asked."""
    return tuple(_pages(case, known))


def asked_for(case: LetterCase) -> frozenset[str]:
    """Every fact that such a letter may hold in this case; what was told does not matter here."""
    plan = kind_plan(case.kind)
    may = {one for one in plan.if_known if is_asked_for(one, case) is not Truth.NOT_MET}
    names = {"patient_name", *plan.must, *may, *HEAD[case.voice]}
    if case.voice is not Voice.PATIENT:
        # The patient's own address heads the patient's own letter.
        names -= {*HEAD[Voice.PATIENT]} - {*plan.must}
    return frozenset(names)


def _pages(case: LetterCase, known: frozenset[str]) -> Iterator[Page]:
    plan, voice = kind_plan(case.kind), case.voice
    asked = asked_for(case) - known
    own = PAGE_OF_SIGNER[voice]
    for name in (own, *(one for one in PAGES if one != own)):
        title, groups = PAGES[name]
        names = [
            one.id for one in letter_facts().values() if one.group in groups and one.id in asked
        ]
        if not names:
            continue
        names.sort(key=lambda one: one not in (SIGNERS[voice], *plan.must))
        folded = tuple(
            one
            for one in names
            if one not in plan.must
            and one != SIGNERS[voice]
            and (one in FEW_HAVE or is_asked_for(one, case) is Truth.UNKNOWN)
        )
        yield Page(name, WHO_SIGNS if name == own else title, tuple(names), folded)
