"""The clinic's workspace as it is stored; what identifies a patient or tells of them is sealed.

Columns in plain text are those that lists are ordered and filtered by: payer, stage, state of
issue, due date and step, clinician, counts and moments. None of them says who the patient is or
what they have.
"""

from appeals.models.access import AccessEntry, ClinicEvent
from appeals.models.batches import Batch, BatchItem
from appeals.models.cases import Case, CaseEvent, CaseVerdict
from appeals.models.clinics import Clinic, Clinician, Invitation, Membership, Role
from appeals.models.documents import CaseDocument
from appeals.models.letters import Letter, TextBlock
from appeals.models.patients import Patient
from appeals.models.views import CalendarFeed, SavedView

__all__ = [
    "AccessEntry",
    "Batch",
    "BatchItem",
    "CalendarFeed",
    "Case",
    "CaseDocument",
    "CaseEvent",
    "CaseVerdict",
    "Clinic",
    "ClinicEvent",
    "Clinician",
    "Invitation",
    "Letter",
    "Membership",
    "Patient",
    "Role",
    "SavedView",
    "TextBlock",
]
