"""The blocks of every letter, by the name that the anatomy gives them.

A block of one kind alone stands under `kind.block`, and goes before the block of that name.
"""

from appeals.letters.blocks import appeal, closing, evidence, opening
from appeals.letters.blocks.parts import Writer

BLOCKS: dict[str, Writer] = {
    **opening.BLOCKS,
    **appeal.BLOCKS,
    **evidence.BLOCKS,
    **closing.BLOCKS,
}
