"""The blocks of every letter, by the name that the anatomy gives them.

A block of one kind alone stands under `kind.block`, and goes before the block of that name.
"""

from appeals.letters.blocks import (
    appeal,
    authorization,
    certification,
    claims,
    clinical,
    closing,
    complaint,
    employer,
    evidence,
    external,
    keeping,
    network,
    opening,
    plain,
    prior_authorization,
    record,
    requests,
    safety,
    script,
    stepwise,
)
from appeals.letters.blocks.parts import Writer

BLOCKS: dict[str, Writer] = {
    **opening.BLOCKS,
    **appeal.BLOCKS,
    **record.BLOCKS,
    **evidence.BLOCKS,
    **closing.BLOCKS,
    **plain.BLOCKS,
    **requests.BLOCKS,
    **keeping.BLOCKS,
    **authorization.BLOCKS,
    **complaint.BLOCKS,
    **employer.BLOCKS,
    **network.BLOCKS,
    **claims.BLOCKS,
    **external.BLOCKS,
    **certification.BLOCKS,
    **clinical.BLOCKS,
    **safety.BLOCKS,
    **prior_authorization.BLOCKS,
    **stepwise.BLOCKS,
    **script.BLOCKS,
}
