"""What the sentences of a letter rest on: each id found again, with what it may be cited for."""

from appeals.letters.provenance.resolving import UnknownBasisError, resolve, study_name
from appeals.letters.provenance.source import Printed, Source

__all__ = ["Printed", "Source", "UnknownBasisError", "resolve", "study_name"]
