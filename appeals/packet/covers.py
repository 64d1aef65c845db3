"""The first sheet of a packet as a letter's case tells it."""

from appeals.letters import LetterCase
from appeals.packet.parts import CoverFacts
from appeals.screens.letters.pages import SIGNERS


def cover_of(case: LetterCase) -> CoverFacts:
    """Who sends it to whom, as far as it was told."""
    signer = SIGNERS[case.voice]
    told = {name: value for name, value in case.told.items() if isinstance(value, str)}
    to = next(
        (one for one in ("regulator_name", "employer_name", "plan_name") if told.get(one)), ""
    )
    return CoverFacts(
        recipient=told.get(to, ""),
        sender=told.get(signer, ""),
        sender_phone=told.get(f"{signer.removesuffix('name')}phone", ""),
        fax=told.get("plan_fax", "") if to == "plan_name" else "",
        is_fax=told.get("delivery") == "fax",
    )
