"""Whether a record that was read is that of the patient: by name, birth date and member ID."""

from dataclasses import dataclass

from appeals.clinics.records import PatientRecord, plain_id, plain_name
from policies.fhir import Record
from policies.fhir.found import Person, PersonName
from policies.wording.dates import date


@dataclass(frozen=True, slots=True)
class Likeness:
    """Who the record says it is of, beside the patient; `differs` names what speaks against it."""

    record_name: str
    record_born: str
    patient_name: str
    patient_born: str
    differs: tuple[str, ...]
    is_equal: bool

    @property
    def told(self) -> str:
        """What differs, in words.

        >>> Likeness("", "", "", "", ("name", "birth date", "member ID"), False).told
        'name, birth date and member ID'
        """
        *first, last = self.differs or ("",)
        return f"{', '.join(first)} and {last}" if first else last


def likeness(patient: PatientRecord, record: Record) -> Likeness:
    """Hold who the record is of against the patient; what either does not say is no difference."""
    person = record.person
    told = person.names[0].told if person.names else ""
    born = _born(person)
    patient_born = date(patient.birth_on) if patient.birth_on else ""
    return Likeness(
        record_name=told,
        record_born=born,
        patient_name=patient.name,
        patient_born=patient_born,
        differs=tuple(
            word
            for word, is_other in (
                ("name", _is_other_name(patient, person)),
                ("birth date", _is_other_birth(patient, person)),
                ("member ID", _is_other_member(patient, record)),
            )
            if is_other
        ),
        is_equal=plain_name(told) == plain_name(patient.name) and born == patient_born,
    )


def _born(person: Person) -> str:
    first, last = person.born_first, person.born_last
    if first is None or last is None:
        return ""
    return date(first) if first == last else f"{date(first)} to {date(last)}"


def _is_other_name(patient: PatientRecord, person: Person) -> bool:
    """Whether none of the names is the patient's: a record keeps earlier ones too."""
    return bool(person.names) and not any(_is_named(patient, one) for one in person.names)


def _is_named(patient: PatientRecord, name: PersonName) -> bool:
    """Equal family names, and given names of which one may hold a middle name more."""
    if not name.family:
        return _holds_one_another(patient.name, name.told)
    if plain_name(name.family) != plain_name(patient.family_name):
        return False
    return not (name.given and patient.given_name) or _holds_one_another(
        patient.given_name, name.given
    )


def _holds_one_another(one: str, other: str) -> bool:
    mine, its = set(plain_name(one).split()), set(plain_name(other).split())
    return mine <= its or its <= mine


def _is_other_birth(patient: PatientRecord, person: Person) -> bool:
    first, last = person.born_first, person.born_last
    if patient.birth_on is None or first is None or last is None:
        return False
    return not first <= patient.birth_on <= last


def _is_other_member(patient: PatientRecord, record: Record) -> bool:
    held = {plain_id(one) for one in record.member_ids}
    return bool(patient.member_id and held) and plain_id(patient.member_id) not in held
