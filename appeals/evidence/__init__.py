"""The registry of studies, guidelines and labels: which a letter may cite, and with what words."""

from appeals.evidence.choosing import (
    conditions_studied,
    evidence_for,
    finding_for_letter,
    honest_panel,
    limit_for_letter,
    must_meet,
)
from appeals.evidence.hosts import Host, HostKind, hosts
from appeals.evidence.reading import studies
from appeals.evidence.study import Direction, Kind, Meeting, Must, Study, Use

__all__ = [
    "Direction",
    "Host",
    "HostKind",
    "Kind",
    "Meeting",
    "Must",
    "Study",
    "Use",
    "conditions_studied",
    "evidence_for",
    "finding_for_letter",
    "honest_panel",
    "hosts",
    "limit_for_letter",
    "must_meet",
    "studies",
]
