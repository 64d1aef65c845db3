"""Whether a record that was read is that of the patient: by name, birth date and member ID."""

from dataclasses import dataclass

from appeals.clinics.records import PatientRecord, plain_id, plain_name
from policies.fhir import Record
from policies.fhir.found import Person, PersonName
from policies.wording.dates import date


@dataclass(frozen=True, slots=True)
class Likeness:
    """Who the record says it is of, beside the patient.

    `differs` names what speaks against it, `lacks` what the file does not say.
    """

    record_name: str
    record_born: str
    patient_name: str
    patient_born: str
    differs: tuple[str, ...]
    is_equal: bool
    lacks: tuple[str, ...] = ()

    @property
    def is_born_alike(self) -> bool:
        """Whether both give a birth date, and the same."""
        return bool(self.patient_born and self.record_born) and "birth date" not in self.differs

    @property
    def is_doubtful(self) -> bool:
        """Whether a person must say that the record is this patient's."""
        return bool(self.differs or self.lacks)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why, in sentences.

        >>> Likeness("", "", "", "", ("name", "birth date", "member ID"), False).doubts
        ('Name, birth date and member ID in the record and of this patient differ.',)
        """
        told = []
        if self.differs:
            differing = _listed(self.differs)
            words = f"{differing[:1].upper()}{differing[1:]}"
            told.append(f"{words} in the record and of this patient differ.")
        if len(self.lacks) > 1:
            told.append("The file does not say whose record it is.")
        elif self.lacks:
            told.append(f"The file gives no {self.lacks[0]}; whose record it is stays unsure.")
        return tuple(told)


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
        lacks=tuple(
            word for word, is_told in (("name", told), ("birth date", born)) if not is_told
        ),
        is_equal=plain_name(told) == plain_name(patient.name) and born == patient_born,
    )


def _listed(words: tuple[str, ...]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


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
