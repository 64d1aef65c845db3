"""Whether a record that was read is that of the patient: by name, birth date and member ID."""

from dataclasses import dataclass

from appeals.clinics.records import PatientRecord, plain_id, plain_name
from policies.fhir import Record
from policies.fhir.found import Person, PersonName
from policies.wording.dates import date


@dataclass(frozen=True, slots=True)
class Likeness:
    """Who the record says it is of, beside the patient.

    `differs` names what speaks against it, `lacks` what the file does not say, and `agrees` what
    both give alike. The member IDs are told where they differ.
    """

    record_name: str
    record_born: str
    patient_name: str
    patient_born: str
    differs: tuple[str, ...]
    is_equal: bool
    lacks: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ()
    patient_member: str = ""
    record_member: str = ""

    @property
    def agreement(self) -> str:
        """What speaks for it, in a sentence; empty where something speaks against it.

        >>> Likeness("", "", "", "", (), True, agrees=("name", "birth date")).agreement
        'Name and birth date in the record are those of this patient.'
        """
        if self.is_doubtful or not self.agrees:
            return ""
        are_those = "are those" if len(self.agrees) > 1 else "is that"
        return f"{_upper_first(_listed(self.agrees))} in the record {are_those} of this patient."

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
            words = _upper_first(_listed(self.differs))
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
    is_other_member = _is_other_member(patient, record)
    differs = {
        "name": _is_other_name(patient, person),
        "birth date": _is_other_birth(patient, person),
        "member ID": is_other_member,
    }
    both_give = {
        "name": bool(told),
        # A year alone is no birth date that agrees.
        "birth date": bool(patient_born) and born == patient_born,
        "member ID": bool(patient.member_id and record.member_ids),
    }
    return Likeness(
        record_name=told,
        record_born=born,
        patient_name=patient.name,
        patient_born=patient_born,
        differs=tuple(word for word, is_other in differs.items() if is_other),
        agrees=tuple(
            word for word, is_given in both_give.items() if is_given and not differs[word]
        ),
        patient_member=patient.member_id if is_other_member else "",
        record_member=", ".join(record.member_ids) if is_other_member else "",
        lacks=tuple(
            word for word, is_told in (("name", told), ("birth date", born)) if not is_told
        ),
        is_equal=plain_name(told) == plain_name(patient.name) and born == patient_born,
    )


def _listed(words: tuple[str, ...]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _upper_first(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


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
