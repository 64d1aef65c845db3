"""What keeps a draft from review and from publication: one list, asked wherever either is done."""

from collections.abc import Callable

from policies.catalogue import EditionStatus
from policies.draft_states import TO_BE_SAID, draft_faults, working_of
from policies.models import PolicyVersion
from policies.proofs import Prover, proof_of, unproved

Gate = Callable[[PolicyVersion], list[str]]


def obstacles(draft: PolicyVersion, *, prove: Prover = proof_of) -> list[str]:
    """Everything in the way of a draft, each as a sentence that says what to do.

    `prove` runs its cases, for who needs what comes out of them elsewhere too.
    """
    faults = faults_to_mend(draft)
    # A draft with faults has no edition yet that the gates could look at.
    return faults or [*(text for gate in GATES for text in gate(draft)), *unproved(draft, prove)]


def faults_to_mend(draft: PolicyVersion) -> list[str]:
    """The faults of a draft as it is written; the writing page leads to each."""
    faults = draft_faults(draft, working_of(draft))
    if not faults:
        return []
    return [f"{len(faults)} faults are to be mended first.", *(one.text for one in faults[:10])]


def unsaid_change(draft: PolicyVersion) -> list[str]:
    """A revision says what it changes."""
    if draft.change_note != TO_BE_SAID:
        return []
    return ["Say what this revision changes: nobody has written the change note yet."]


def retirement(draft: PolicyVersion) -> list[str]:
    """An edition that ends a policy has its day and its reason."""
    if draft.status != EditionStatus.WITHDRAWN:
        return []
    wanted = {
        "Give the day from which the policy is retired.": draft.effective,
        "Say why the policy is retired, in the change note.": draft.change_note,
    }
    missing = [text for text, value in wanted.items() if not value]
    if missing:
        return missing
    later = draft.policy.versions.published().filter(effective_on__gt=draft.effective_on).first()
    if later is None:
        return []
    return [
        f"The edition of {later.effective} is newer and would go on answering. Retire from its day."
    ]


# Each is asked of a draft without faults; a later area adds its own here.
GATES: tuple[Gate, ...] = (unsaid_change, retirement)
