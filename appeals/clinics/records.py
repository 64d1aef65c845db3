"""What a clinic knows of a patient: the plain record that is sealed, and how it is found."""

import datetime as dt
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

# O'Neil, O\u2019Neil and ONeil are one name.
APOSTROPHES = re.compile("['\u2019.]")


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """Who a patient is; every field but the name may be empty.

    `member_id` is the plan's number for them, `group` the plan's number for the employer.
    """

    family_name: str
    given_name: str
    birth_on: dt.date | None = None
    member_id: str = ""
    group: str = ""
    phone: str = ""
    address: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """As it is said and signed: given name first."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def listed_name(self) -> str:
        """As it stands in lists: family name first."""
        return ", ".join(filter(None, (self.family_name, self.given_name)))

    def to_json(self) -> dict[str, Any]:
        """The data form, a day as text."""
        return {**asdict(self), "birth_on": self.birth_on.isoformat() if self.birth_on else None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read the data form of this or an earlier version; what is not there is empty."""
        known = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        birth_on = known.pop("birth_on", None)
        return cls(**known, birth_on=dt.date.fromisoformat(birth_on) if birth_on else None)


def found_by(record: PatientRecord) -> dict[str, str]:
    """The values a patient is found by, each under its field: all of it or nothing.

    >>> sorted(found_by(PatientRecord("Núñez", "José", member_id="w-12 3")))
    ['family_name', 'member_id', 'name']
    """
    values = {
        "family_name": plain_name(record.family_name),
        "name": plain_name(record.name),
        "member_id": plain_id(record.member_id),
        "birth_on": record.birth_on.isoformat() if record.birth_on else "",
    }
    return {field: value for field, value in values.items() if value}


def plain_name(text: str) -> str:
    """A name without accents, marks and case; its words in the order of the alphabet.

    >>> plain_name("  José  NÚÑEZ-Ortiz ") == plain_name("nunez ortiz, jose")
    True
    """
    without = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(one for one in without if not unicodedata.combining(one))
    return " ".join(sorted(re.findall(r"\w+", APOSTROPHES.sub("", letters))))


def plain_id(text: str) -> str:
    """A number without spaces, hyphens and case.

    >>> plain_id("w-12 3")
    'W123'
    """
    return re.sub(r"[\s-]", "", text).upper()


def digest(key: bytes, clinic: str, field: str, value: str) -> str:
    """The keyed hash that one value of one clinic is found by; another clinic's is another."""
    words = f"{clinic}\0{field}\0{value}"
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()
