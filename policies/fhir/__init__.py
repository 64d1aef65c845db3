"""FHIR R4: a patient's record in, as facts to review, and our questions and answers out.

Plain Python that keeps, logs and sends nothing. `read_record` takes the bytes of a file.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from policies.catalogue import Insurer
from policies.fhir.bundles import READ_TYPES, Contents, contents_of
from policies.fhir.canonical import is_ours
from policies.fhir.conditions import read_condition
from policies.fhir.coverages import read_coverage
from policies.fhir.decoding import decode
from policies.fhir.disagreements import mark_disagreements
from policies.fhir.elements import Resource
from policies.fhir.faults import RecordError, Refusal
from policies.fhir.found import (
    Caution,
    Found,
    Kind,
    LeftOut,
    Notice,
    NotUnderstood,
    Origin,
    Person,
    Reason,
    Record,
    Sureness,
)
from policies.fhir.gathering import Gathering
from policies.fhir.medicines import read_medicine
from policies.fhir.own_responses import read_own_response
from policies.fhir.patients import person_of, read_patient
from policies.fhir.procedures import Procedures
from policies.fhir.scores import Scores, holds_panel, read_response
from policies.fhir.several_codes import mark_several_codes
from policies.fhir.statuses import read_status, status_asked
from policies.fhir.trials import Trials

__all__ = [
    "Caution",
    "Found",
    "Kind",
    "LeftOut",
    "NotUnderstood",
    "Notice",
    "Origin",
    "Reason",
    "Record",
    "RecordError",
    "Refusal",
    "Sureness",
    "read_record",
    "record_from",
]

NO_INSURERS: Mapping[str, Insurer] = MappingProxyType({})


def read_record(
    data: bytes,
    *,
    on: dt.date,
    insurers: Mapping[str, Insurer] = NO_INSURERS,
    site: str | None = None,
) -> Record:
    """Read the bytes of a bundle, or of one resource, as of the day `on`.

    `site` is our own address: answers to a questionnaire from elsewhere are to be confirmed.
    """
    return record_from(decode(data), on=on, insurers=insurers, site=site)


def record_from(
    document: Mapping[str, object],
    *,
    on: dt.date,
    insurers: Mapping[str, Insurer] = NO_INSURERS,
    site: str | None = None,
) -> Record:
    """Read a bundle or a resource that is decoded already."""
    contents = contents_of(document)
    gathering = Gathering(contents, on=on, site=site)
    patient = contents.patient
    notices = [] if patient is None else read_patient(patient, gathering)
    member_ids = _read_all(contents, gathering, insurers)
    return Record(
        on=on,
        found=mark_disagreements(mark_several_codes(gathering.found())),
        notices=(*notices, *contents.notices),
        left_out=tuple(gathering.left_out),
        not_understood=gathering.codes_not_understood(),
        not_read=Counter(
            str(one["resourceType"])
            for one in contents.resources
            if one["resourceType"] not in READ_TYPES
        ),
        member_ids=tuple(dict.fromkeys(member_ids)),
        person=Person() if patient is None else person_of(patient),
    )


def _read_all(
    contents: Contents, gathering: Gathering, insurers: Mapping[str, Insurer]
) -> list[str]:
    trials, procedures, scores = Trials(on=gathering.on), Procedures(), Scores()
    member_ids: list[str | None] = []
    for resource in contents.resources:
        match resource["resourceType"]:
            case "Condition":
                read_condition(resource, gathering)
            case "Observation" if (asked := status_asked(resource)) is not None:
                read_status(resource, asked, gathering)
            case "Observation":
                scores.read(resource, gathering)
            case "QuestionnaireResponse":
                _read_response(resource, gathering, insurers)
            case "Procedure":
                procedures.read(resource, gathering)
            case "Coverage":
                member_ids.append(read_coverage(resource, gathering, insurers))
            case str() as name if name.startswith("Medication") and name != "Medication":
                read_medicine(resource, gathering, trials)
    scores.add_up(gathering)
    for found in (*trials.found(), *procedures.found()):
        gathering.put(found)
    return [one for one in member_ids if one]


def _read_response(
    resource: Resource, gathering: Gathering, insurers: Mapping[str, Insurer]
) -> None:
    """Read the answers to a questionnaire of ours, and any panel of questions that we know."""
    is_own = is_ours(resource)
    if is_own:
        read_own_response(resource, gathering, insurers)
    if not is_own or holds_panel(resource):
        read_response(resource, gathering)
