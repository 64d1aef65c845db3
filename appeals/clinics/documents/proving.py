"""What the documents of a case prove: the enclosures that a letter cites for each criterion."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from appeals.clinics.documents.keeping import OpenDocument
from appeals.law.arguments import EnclosureId
from appeals.letters.case import Proof


def proofs_of(documents: Sequence[OpenDocument]) -> Mapping[str, tuple[Proof, ...]]:
    """The enclosed documents by the criteria that they are said to prove.

    Where several go under one number, each is named.
    """
    enclosed = [one.record for one in documents if one.record.paper]
    several = Counter(one.paper for one in enclosed)
    found: dict[str, list[Proof]] = defaultdict(list)
    for one in enclosed:
        name = one.title if several[one.paper] > 1 else ""
        for label in one.proves:
            found[label].append(Proof(EnclosureId(one.paper), name))
    return {label: tuple(proofs) for label, proofs in found.items()}
