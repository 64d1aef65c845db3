"""The keys by which insurers and documents were known before, and what they are known by now."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FormerNames:
    """What led to a page before and leads to another now, in one step.

    `documents` are by their stems, as acme--ketamine. A document that has none of its own there
    goes with its insurer.

    >>> names = FormerNames({"acme": "zenith"}, {"acme--old": "zenith--new"})
    >>> names.document("acme--old"), names.document("acme--other"), names.document("zenith--x")
    ('zenith--new', 'zenith--other', 'zenith--x')
    """

    insurers: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)

    def insurer(self, slug: str) -> str:
        """The key that an insurer has now."""
        return self.insurers.get(slug, slug)

    def document(self, stem: str) -> str:
        """The stem that a document has now."""
        if stem in self.documents:
            return self.documents[stem]
        insurer, _, slug = stem.partition("--")
        return f"{self.insurer(insurer)}--{slug}"
